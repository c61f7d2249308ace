"""Orders as a table: one row each, with its sums as its page has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.planillas.tablas import Columna, Tabla
from core.planillas.tramos import por_tramos
from sales.exportacion.comunes import IMPUESTOS, del_pedido, en_moneda, nombre_de
from sales.models import Orders, OrdersDetail
from sales.pedidos.totales import CAMPOS, Totales


@dataclass(frozen=True, slots=True)
class PedidoSumado:
    """An order, what its lines in force come to, and how many lines it has of each kind."""

    pedido: Orders
    totales: Totales
    vigentes: int
    anuladas: int


def tabla_de_pedidos(pedidos: QuerySet[Orders]) -> Tabla:
    """These orders, in their own order; two queries for each stretch."""
    filas = pedidos.select_related("pdvobj", "sucursal__empresa", "usuario")
    return Tabla.de(_("Pedidos"), COLUMNAS, _sumados(filas))


def _sumados(pedidos: QuerySet[Orders]) -> Iterator[PedidoSumado]:
    for tramo in por_tramos(pedidos):
        sumas = _sumas([pedido.pk for pedido in tramo])
        for pedido in tramo:
            suma = sumas.get(pedido.pk, {})
            totales = Totales(
                *(en_moneda(suma.get(campo) or Decimal(0), pedido) for campo in CAMPOS)
            )
            yield PedidoSumado(pedido, totales, suma.get("vigentes", 0), suma.get("anuladas", 0))


def _sumas(claves: Collection[int]) -> dict[int, dict[str, Any]]:
    en_vigor = Q(anulado_040=False)
    sumas: dict[str, Any] = {campo: Sum(campo, filter=en_vigor) for campo in CAMPOS}
    filas = (
        OrdersDetail.objects.filter(orderobj__in=claves)
        .order_by()
        .values("orderobj")
        .annotate(
            vigentes=Count("pk", filter=en_vigor), anuladas=Count("pk", filter=~en_vigor), **sumas
        )
    )
    return {fila["orderobj"]: dict(fila) for fila in filas}


def _impuesto(campo: str) -> Columna:
    return Columna(IMPUESTOS[campo], lambda fila: getattr(fila.totales, campo))


_P = del_pedido(lambda fila: fila.pedido)
COLUMNAS = (
    *(_P[c] for c in ("numero", "fecha", "cliente", "ruc", "fantasia", "razon")),
    *(_P[c] for c in ("empresa", "sucursal")),
    Columna(gettext_lazy("Usuario"), lambda f: nombre_de(f.pedido.usuario), 20),
    _P["estado"],
    Columna(gettext_lazy("Anulado"), lambda f: f.pedido.anulado_040, 9),
    Columna(gettext_lazy("Anulado el"), lambda f: f.pedido.anulado_040_fecha, 19),
    Columna(gettext_lazy("Anulado por"), lambda f: f.pedido.anulado_040_por_gecos, 20),
    Columna(gettext_lazy("Motivo de anulación"), lambda f: f.pedido.anulado_040_motivo, 30),
    _P["moneda"],
    Columna(gettext_lazy("Total"), lambda f: f.totales.total),
    *map(_impuesto, CAMPOS),
    Columna(gettext_lazy("Líneas"), lambda f: f.vigentes, 8),
    Columna(gettext_lazy("Líneas anuladas"), lambda f: f.anuladas, 8),
    Columna(gettext_lazy("Observación"), lambda f: f.pedido.observacion, 40),
    Columna(gettext_lazy("Capturado"), lambda f: f.pedido.capturado_en, 19),
)
