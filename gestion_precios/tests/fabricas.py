"""Factories of price-list rows for tests: fixed defaults, every field can be given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Max

from gestion_precios.models import (
    Articulo,
    CanalVenta,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    Moneda,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
    TasaIva,
)

DESDE = date(2020, 1, 1)


def crear_empresa(
    nombre: str = "Distribuidora Ñandutí S.A.",
    *,
    moneda: str = Moneda.PYG,
    zona_horaria: str = "America/Asuncion",
    pais: str = "",
) -> Empresa:
    """A company, Paraguayan unless its currency or its clock is another country's."""
    return Empresa.objects.create(
        nombre=nombre, moneda=moneda, zona_horaria=zona_horaria, pais=pais
    )


def crear_sucursal(empresa: Empresa | None = None, nombre: str = "Asunción") -> Sucursal:
    """A branch, of a new company when none is given."""
    return Sucursal.objects.create(empresa=empresa or crear_empresa(), nombre=nombre)


def crear_articulo(
    descripcion: str = "Yerba mate 500 g",
    *,
    codigo: int | None = None,
    sku: str = "",
    prod_marca: str = "Ka'aguy Poty",
    linea: LineaArticulo | None = None,
    grupo: GrupoArticulo | None = None,
    ultimo_costo: Decimal | int | str = 0,
    tasa_iva: int = TasaIva.DIEZ,
    codigo_barras: str | None = None,
    activo: bool = True,
) -> Articulo:
    """An article; without a code, the next one."""
    if codigo is None:
        codigo = (Articulo.objects.aggregate(ultimo=Max("codigo"))["ultimo"] or 0) + 1
    return Articulo.objects.create(
        codigo=codigo,
        sku=sku or f"SKU-{codigo:05d}",
        prod_marca=prod_marca,
        descripcion=descripcion,
        linea=linea,
        grupo=grupo,
        ultimo_costo=Decimal(ultimo_costo),
        tasa_iva=tasa_iva,
        codigo_barras=codigo_barras,
        activo=activo,
    )


def crear_lista(
    empresa: Empresa,
    *,
    sucursal: Sucursal | None = None,
    canal_venta: str = CanalVenta.TODOS,
    desde: date = DESDE,
    hasta: date | None = None,
    activa: bool = True,
    nombre: str = "Lista general",
) -> ListaPrecio:
    """A price list in force since 2020, without end."""
    return ListaPrecio.objects.create(
        empresa=empresa,
        sucursal=sucursal,
        nombre=nombre,
        canal_venta=canal_venta,
        fecha_inicio_vigencia=desde,
        fecha_fin_vigencia=hasta,
        activa=activa,
    )


def crear_precio_lista(
    lista: ListaPrecio, articulo: Articulo, precio_base: Decimal | int | str = 10_000
) -> PrecioArticulo:
    """An article's base price in a list."""
    return PrecioArticulo.objects.create(
        lista_precio=lista, articulo_id=articulo.pk, precio_base=Decimal(precio_base)
    )


def crear_combinacion(
    lista: ListaPrecio, articulos: Iterable[Articulo], nombre: str = "Combo"
) -> CombinacionProducto:
    """A combination of these articles."""
    combinacion = CombinacionProducto.objects.create(lista_precio=lista, nombre=nombre)
    combinacion.articulos.set([articulo.pk for articulo in articulos])
    return combinacion


def crear_regla(
    lista: ListaPrecio,
    *,
    nombre: str = "Regla",
    tipo: str = ReglaPrecio.Tipo.PORCENTAJE,
    valor: Decimal | int | str = 10,
    condicion: str = ReglaPrecio.Condicion.CANTIDAD_MINIMA,
    condicion_valor: Decimal | int | str = 0,
    articulo: Articulo | None = None,
    grupo: GrupoArticulo | None = None,
    linea: LineaArticulo | None = None,
    combinacion: CombinacionProducto | None = None,
    prioridad: int = 10,
    permite_venta_bajo_costo: bool = False,
    activa: bool = True,
) -> ReglaPrecio:
    """A rule: 10 % off everything unless told otherwise."""
    return ReglaPrecio.objects.create(
        lista_precio=lista,
        nombre_regla=nombre,
        tipo_regla=tipo,
        valor_regla=Decimal(valor),
        condicion=condicion,
        condicion_valor=Decimal(condicion_valor),
        aplica_articulo=articulo,
        aplica_grupo=grupo,
        aplica_linea=linea,
        aplica_combinacion=combinacion,
        prioridad=prioridad,
        permite_venta_bajo_costo=permite_venta_bajo_costo,
        activa=activa,
    )
