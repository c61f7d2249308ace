"""What each kind of import is made of: its columns, and the titles that other programs give them.

Titles are compared as `nombre_llano` writes them. Those of Odoo (res.partner, product.template,
pricelist items) and ERPNext (Customer, Item, Item Price) are the ones of their own exports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sales.models import ImportacionDatos

Tipo = ImportacionDatos.Tipo


@dataclass(frozen=True, slots=True)
class Campo:
    """A column that an import reads. `titulos`: how files call it, the likeliest first."""

    nombre: str
    rotulo: Any
    titulos: tuple[str, ...]
    ayuda: Any = ""


def _campo(nombre: str, rotulo: Any, titulos: str, ayuda: Any = "") -> Campo:
    return Campo(nombre, rotulo, (nombre, *titulos.split()), ayuda)


_ACTIVO: Final = _campo("activo", _("Activo (sí o no)"), "active habilitado activa vigente")
_INACTIVO: Final = _campo(
    "inactivo",
    _("Inactivo (sí o no)"),
    "disabled deshabilitado archivado archived bloqueado de_baja",
)
_SKU: Final = _campo(
    "sku",
    _("SKU o código con letras"),
    "internal_reference default_code referencia_interna item_code item codigo_alfanumerico"
    " referencia ref codigo_erp",
)
_CODIGO: Final = _campo(
    "codigo",
    _("Código (número)"),
    "cod codigo_articulo cod_articulo codigo_de_articulo codigo_producto cod_producto"
    " codigo_interno cod_interno nro_articulo numero_de_articulo",
)
_BARRAS: Final = _campo(
    "codigo_barras",
    _("Código de barras"),
    "codigo_de_barras cod_barras cod_de_barras barras barcode barcode_barcodes ean ean13 ean_13"
    " gtin upc cb",
)
_CANAL: Final = _campo(
    "canal",
    _("Canal"),
    "canal_de_venta canal_venta customer_group grupo_de_cliente tipo_de_cliente tipo_cliente"
    " segmento price_list pricelist lista_de_precios lista_de_precio lista tags etiquetas",
)

CLIENTES: Final = (
    _campo(
        "codigo",
        _("Código"),
        "codigo_cliente codigo_de_cliente cod_cliente cod reference ref referencia id_cliente"
        " nro_cliente numero_de_cliente customer_id id external_id",
        _("El de su sistema; dice qué cliente es."),
    ),
    _campo(
        "ruc",
        _("RUC o documento"),
        "nro_ruc numero_de_ruc ruc_ci ruc_o_ci ci_ruc ruc_cliente tax_id vat nif"
        " identificacion_fiscal numero_de_identificacion_fiscal documento nro_documento cuit nit"
        " rut rfc cnpj rif cedula ci",
    ),
    _campo("dv", _("Dígito verificador del RUC"), "digito_verificador div dig_verif d_v"),
    _campo(
        "nombrefactura",
        _("Razón social"),
        "razon_social nombre_o_razon_social razon_social_o_nombre nombre customer_name"
        " complete_name display_name name nombre_completo denominacion cliente nombre_cliente",
    ),
    _campo(
        "nombrefantasia",
        _("Nombre de fantasía"),
        "nombre_de_fantasia nombre_fantasia fantasia nombre_comercial local comercio trade_name",
    ),
    _CANAL,
    _campo(
        "telefono",
        _("Teléfono"),
        "tel celular movil phone mobile mobile_no phone_number whatsapp nro_telefono telefonos",
    ),
    _campo("zona", _("Zona"), "ruta territory zona_ruta barrio sector ciudad city localidad"),
    _campo("dia_visita", _("Día de visita"), "dia_de_visita dia visita dias_de_visita visit_day"),
    _ACTIVO,
    _INACTIVO,
)
ARTICULOS: Final = (
    _CODIGO,
    _SKU,
    _campo(
        "descripcion",
        _("Descripción"),
        "descripcion_del_articulo descripcion_articulo descripcion_del_producto item_name nombre"
        " name articulo producto detalle nombre_del_producto nombre_producto description",
    ),
    _campo("prod_marca", _("Marca"), "marca brand fabricante"),
    _campo(
        "linea",
        _("Línea"),
        "familia rubro categoria product_category categ_id item_group category departamento"
        " categoria_del_producto",
    ),
    _campo("grupo", _("Grupo"), "subgrupo sublinea subcategoria subfamilia seccion subrubro"),
    _campo(
        "tasa_iva",
        _("IVA (10, 5 o 0)"),
        "iva tasa_de_iva tasa porcentaje_iva tipo_iva tipo_de_iva impuesto impuestos customer_taxes"
        " sales_taxes taxes_id tax item_tax_template_taxes item_tax_template",
    ),
    _BARRAS,
    _campo(
        "unidades_por_caja",
        _("Unidades por caja"),
        "unidades_caja unid_por_caja unid_caja uxb u_x_b u_x_caja uxc bulto unidades_por_bulto"
        " cantidad_por_caja pack units_per_box",
    ),
    _campo(
        "ultimo_costo",
        _("Último costo"),
        "costo cost standard_price valuation_rate precio_de_costo precio_costo costo_unitario",
    ),
    _ACTIVO,
    _INACTIVO,
)
PRECIOS: Final = (
    _CODIGO,
    _SKU,
    _BARRAS,
    _CANAL,
    _campo(
        "precio",
        _("Precio, IVA incluido"),
        "precio_de_venta precio_venta price_list_rate fixed_price price precio_unitario"
        " precio_con_iva precio_final list_price sales_price precio_lista importe rate"
        " pricelist_rules_fixed_price item_ids_fixed_price precio_fijo",
    ),
    _campo(
        "fecha_vigencia",
        _("Vigente desde"),
        "vigente_desde vigencia desde valid_from fecha fecha_de_vigencia date_start start_date",
    ),
)
CAMPOS: Final = {Tipo.CLIENTES: CLIENTES, Tipo.ARTICULOS: ARTICULOS, Tipo.PRECIOS: PRECIOS}
# Of each group one column, at least, says which row of ours it is.
NOMBRAN: Final = {
    Tipo.CLIENTES: ("codigo", "ruc"),
    Tipo.ARTICULOS: ("codigo", "sku", "codigo_barras"),
    Tipo.PRECIOS: ("codigo", "sku", "codigo_barras"),
}
EXIGIDOS: Final = {Tipo.CLIENTES: (), Tipo.ARTICULOS: (), Tipo.PRECIOS: ("precio",)}


def campos_de(tipo: str) -> dict[str, Campo]:
    """The columns of a kind, by name."""
    return {campo.nombre: campo for campo in CAMPOS[Tipo(tipo)]}


def titulos_conocidos(tipo: str) -> frozenset[str]:
    """Every title by which a header of this kind is known."""
    return frozenset(titulo for campo in CAMPOS[Tipo(tipo)] for titulo in campo.titulos)


def faltantes(tipo: str, nombres: Iterable[str]) -> list[str]:
    """What these columns lack to be an import: the labels of what is asked for."""
    hay, de = {*nombres}, campos_de(tipo)
    faltan = [str(de[nombre].rotulo) for nombre in EXIGIDOS[Tipo(tipo)] if nombre not in hay]
    if not hay & {*NOMBRAN[Tipo(tipo)]}:
        cuales = [str(de[nombre].rotulo) for nombre in NOMBRAN[Tipo(tipo)]]
        faltan.insert(0, str(_(" o ")).join(cuales))
    return faltan
