"""The files to fill in, with what there is now: read again unchanged, they change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from core.planillas.celdas import si_o_no
from core.planillas.inerte import para_volver
from core.planillas.tablas import Columna, Tabla, Valor
from core.planillas.tramos import de_a_una
from gestion_precios.models import Articulo
from sales.importacion.campos import Tipo
from sales.models import Cliente, Precios

ANCHO_NOMBRE: Final = 40


def _texto(leer: Callable[[Any], object]) -> Callable[[Any], Valor]:
    return lambda fila: para_volver(str(leer(fila) or ""))


def _columnas(
    leidas: dict[str, Callable[[Any], Valor]], anchas: Iterable[str] = ()
) -> list[Columna]:
    return [
        Columna(nombre, leer, ANCHO_NOMBRE if nombre in anchas else 14)
        for nombre, leer in leidas.items()
    ]


ARTICULOS: Final = _columnas(
    {
        "codigo": lambda a: a.codigo,
        "sku": _texto(lambda a: a.sku),
        "descripcion": _texto(lambda a: a.descripcion),
        "prod_marca": _texto(lambda a: a.prod_marca),
        "linea": _texto(lambda a: a.linea),
        "grupo": _texto(lambda a: a.grupo),
        "tasa_iva": lambda a: a.tasa_iva,
        "codigo_barras": _texto(lambda a: a.codigo_barras),
        "unidades_por_caja": lambda a: a.unidades_por_caja,
        "ultimo_costo": lambda a: a.ultimo_costo,
        "activo": lambda a: si_o_no(a.activo),
    },
    ("descripcion",),
)
CLIENTES: Final = _columnas(
    {
        "codigo": _texto(lambda c: c.codigo),
        "ruc": _texto(lambda c: c.ruc),
        "nombrefactura": _texto(lambda c: c.nombrefactura),
        "nombrefantasia": _texto(lambda c: c.nombrefantasia),
        "canal": _texto(lambda c: c.canalobj.nombre),
        "telefono": _texto(lambda c: c.telefono),
        "zona": _texto(lambda c: c.zona),
        "dia_visita": lambda c: c.get_dia_visita_display() if c.dia_visita else "",
        "activo": lambda c: si_o_no(c.activo),
    },
    ("nombrefactura", "nombrefantasia"),
)
PRECIOS: Final = _columnas(
    {
        "codigo": lambda p: p.articuloobj.codigo,
        "descripcion": _texto(lambda p: p.articuloobj.descripcion),
        "canal": _texto(lambda p: p.canalobj.nombre),
        "precio": lambda p: p.precio,
        "fecha_vigencia": lambda p: p.fecha_vigencia,
    },
    ("descripcion",),
)


def plantilla(tipo: Tipo) -> Tabla:
    """All rows of a kind under the titles by which an import knows its columns."""
    if tipo == Tipo.CLIENTES:
        clientes = Cliente.objects.select_related("canalobj").order_by("pk")
        return Tabla.de(str(tipo.label), CLIENTES, de_a_una(clientes))
    if tipo == Tipo.PRECIOS:
        precios = Precios.objects.select_related("articuloobj", "canalobj").order_by("pk")
        return Tabla.de(str(tipo.label), PRECIOS, de_a_una(precios))
    articulos = Articulo.objects.select_related("linea", "grupo").order_by("codigo")
    return Tabla.de(str(tipo.label), ARTICULOS, de_a_una(articulos))
