"""The load sheet: how many of each article some orders take, by the articles' line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Lower
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from core.texto.limpieza import limpiar
from sales.models import EstadoPedido, Orders, OrdersDetail

ARTICULOS_MAXIMO: Final = 5_000


class ArticuloDeCarga(NamedTuple):
    """An article: how many units of it go, for how many orders."""

    codigo: int
    descripcion: str
    marca: str
    unidades: int
    pedidos: int


@dataclass(frozen=True)
class LineaDeCarga:
    """The articles of one line."""

    nombre: str
    articulos: tuple[ArticuloDeCarga, ...]

    @property
    def unidades(self) -> int:
        """All of them together."""
        return sum(articulo.unidades for articulo in self.articulos)


@dataclass(frozen=True)
class Carga:
    """What has to be loaded, and for which orders."""

    empresas: tuple[str, ...]
    lineas: tuple[LineaDeCarga, ...]
    pedidos: int
    en_revision: int
    fuera: int

    @property
    def unidades(self) -> int:
        """All units."""
        return sum(linea.unidades for linea in self.lineas)


def carga_de(pedidos: QuerySet[Orders]) -> Carga:
    """The sums over the orders that leave: not the voided, the cancelled nor those whose stock came
    back; and no voided lines."""
    # A copy without the list's own columns and order: only its rows count.
    elegidos = Orders.objects.filter(pk__in=pedidos.order_by().values("pk"))
    vigentes = elegidos.filter(anulado_040=False, stock_returned=False)
    salen = vigentes.exclude(status=EstadoPedido.CANCELADO)
    filas = list(_sumar(salen)[: ARTICULOS_MAXIMO + 1])
    if len(filas) > ARTICULOS_MAXIMO:
        raise ErrorDominio(
            _("Son más de %(maximo)s artículos: filtrar por fecha, estado o cliente.")
            % {"maximo": number_format(ARTICULOS_MAXIMO)},
            codigo="demasiados_articulos",
        )
    cuantos = salen.count()
    empresas = elegidos.order_by("sucursal__empresa__nombre").distinct()
    return Carga(
        empresas=tuple(
            limpiar(nombre)
            for nombre in empresas.values_list("sucursal__empresa__nombre", flat=True)
            if nombre
        ),
        lineas=tuple(_por_linea(filas)),
        pedidos=cuantos,
        en_revision=salen.filter(status=EstadoPedido.EN_REVISION).count(),
        fuera=elegidos.count() - cuantos,
    )


def _sumar(pedidos: QuerySet[Orders]) -> QuerySet[OrdersDetail, dict[str, Any]]:
    lineas = OrdersDetail.objects.filter(orderobj__in=pedidos.values("pk"), anulado_040=False)
    campos = ("codigo", "descripcion", "prod_marca", "linea__nombre", "linea_id")
    sumadas: QuerySet[OrdersDetail, dict[str, Any]] = (
        lineas.filter(cantidad__gt=0)
        .values(*(f"artobj__{campo}" for campo in campos))
        .annotate(unidades=Sum("cantidad"), pedidos=Count("orderobj", distinct=True))
        .order_by(Lower("artobj__linea__nombre"), "artobj__linea_id", "artobj__codigo")
    )
    return sumadas


def _por_linea(filas: list[dict[str, Any]]) -> list[LineaDeCarga]:
    """Lines by name; articles without one last, in either database."""
    grupos = [
        (clave, tuple(_articulo(fila) for fila in grupo))
        for clave, grupo in groupby(filas, key=lambda f: f["artobj__linea_id"])
    ]
    nombres = {f["artobj__linea_id"]: f["artobj__linea__nombre"] for f in filas}
    grupos.sort(key=lambda par: par[0] is None)
    return [
        LineaDeCarga(limpiar(nombres[clave] or _("Sin línea")), articulos)
        for clave, articulos in grupos
    ]


def _articulo(fila: dict[str, Any]) -> ArticuloDeCarga:
    return ArticuloDeCarga(
        codigo=fila["artobj__codigo"],
        descripcion=limpiar(fila["artobj__descripcion"]),
        marca=limpiar(fila["artobj__prod_marca"]),
        unidades=fila["unidades"],
        pedidos=fila["pedidos"],
    )
