"""Admin of client channels, clients, products and fallback prices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.administracion.exportacion import ConExportacion
from core.administracion.filas_por_empresa import EnLinea
from core.administracion.paginas import AdminRapido, BusquedaSinAcentos, SoloLectura
from core.planillas.tablas import Columna
from gestion_precios.admin import ArticuloAdmin
from gestion_precios.admin.importes import ConImportesDeLaCasa, columna_de_la_casa
from sales.clientes.busqueda import formas_de_ruc
from sales.models import Canal, Cliente, Contador, Precios, Producto, paises_de_la_casa


@admin.register(Canal)
class CanalAdmin(AdminRapido):
    """Client channels."""

    list_display = ("nombre", "canal_venta")
    list_filter = ("canal_venta",)
    search_fields = ("nombre",)


def _paises_para(cliente: Cliente | None) -> set[str]:
    """The companies' countries, and the client's own."""
    return {*paises_de_la_casa(), (cliente and cliente.pais) or ""} - {""}


class ClienteForm(forms.ModelForm):
    """A client, of one of the countries that there are to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "pais" in self.fields:
            paises = _paises_para(self.instance)
            campo: Any = self.fields["pais"]
            campo.choices = [(p, nombre) for p, nombre in campo.choices if not p or p in paises]


@admin.register(Cliente)
class ClienteAdmin(ConExportacion, BusquedaSinAcentos):
    """Clients: closing one (not active) keeps its orders."""

    columnas_exportadas = (
        Columna(_("Código"), lambda c: c.pk, 10),
        Columna(_("RUC"), lambda c: c.ruc, 16),
        Columna(_("País"), lambda c: c.pais, 7),
        Columna(_("Razón social"), lambda c: c.nombrefactura, 36),
        Columna(_("Nombre de fantasía"), lambda c: c.nombrefantasia, 36),
        Columna(_("Canal"), lambda c: c.canalobj.nombre, 18),
        Columna(_("Activo"), lambda c: c.activo, 8),
    )
    relacionadas_exportadas = ("canalobj",)

    form = ClienteForm
    list_display = ("nombrefantasia", "nombrefactura", "ruc", "codigo", "canalobj", "activo")
    list_display_links = ("nombrefantasia", "nombrefactura")
    list_filter = ("activo", "pais", "canalobj", "dia_visita")
    list_select_related = ("canalobj",)
    autocomplete_fields = ("canalobj",)
    fields = (
        "codigo",
        "ruc",
        "pais",
        "nombrefactura",
        "nombrefantasia",
        "canalobj",
        "telefono",
        "zona",
        "dia_visita",
        "activo",
    )

    def con_codigo(self, texto: str) -> QuerySet[Any]:
        """The clients whose tax number it is."""
        return Cliente.objects.filter(ruc__in=formas_de_ruc(texto))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of them; the country only where there are several to choose from."""
        if len(_paises_para(obj)) > 1:
            return self.fields
        return [campo for campo in self.fields if campo != "pais"]


class PrecioEnLinea(ConImportesDeLaCasa, EnLinea):
    model = Precios
    extra = 0
    autocomplete_fields = ("canalobj",)
    ordering = ("canalobj_id", "-fecha_vigencia")


@admin.register(Producto)
class ProductoAdmin(ArticuloAdmin):
    """The articles as the desk sells them, with the prices of their client channels."""

    inlines = (PrecioEnLinea,)


@admin.register(Precios)
class PreciosAdmin(ConExportacion, ConImportesDeLaCasa, AdminRapido):
    """Prices of the client channels, where no list decides."""

    columnas_exportadas = (
        Columna(_("Código"), lambda p: p.articuloobj.codigo, 10),
        Columna(_("SKU"), lambda p: p.articuloobj.sku, 16),
        Columna(_("Descripción"), lambda p: p.articuloobj.descripcion, 44),
        Columna(_("Canal"), lambda p: p.canalobj.nombre, 18),
        Columna(_("Vigente desde"), lambda p: p.fecha_vigencia, 12),
    )
    relacionadas_exportadas = ("articuloobj", "canalobj")

    list_display = ("articuloobj", "canalobj", "precio", "fecha_vigencia")
    # Not a date hierarchy, here and for orders and lotes: that reads the whole table.
    list_filter = ("canalobj", "fecha_vigencia")
    list_select_related = ("articuloobj", "canalobj")
    search_fields = ("articuloobj__busqueda",)
    autocomplete_fields = ("articuloobj", "canalobj")
    # As the table's own index is.
    ordering = ("canalobj_id", "articuloobj_id", "-fecha_vigencia")

    def columnas_de(self, request: HttpRequest) -> tuple[Columna, ...]:
        """What is exported, the price in the house's currency."""
        precio = columna_de_la_casa(_("Precio"), lambda p: p.precio)
        return (*self.columnas_exportadas, precio)


@admin.register(Contador)
class ContadorAdmin(SoloLectura):
    """The order numbers given so far."""

    list_display = ("nombre", "ultimo")
    fields = ("nombre", "ultimo")

    @admin.display(description=_("último número"))
    def ultimo(self, obj: Contador) -> str:
        """The number as it is."""
        return str(obj.valor)
