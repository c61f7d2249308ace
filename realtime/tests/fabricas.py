"""Orders and unfulfilled orders for the tests of the board."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gestion_precios.models import Sucursal
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from sales.models import Orders
from sales.tests.fabricas import crear_cliente, crear_pedido, crear_sucursal

RESPUESTA = "El cliente no pasó"


def crear_orden(
    sucursal: Sucursal | None = None,
    *,
    status: str = "1",
    stock_devuelto: bool = False,
    por_caja: bool = False,
    **campos: Any,
) -> Orders:
    """An order of a client of its own."""
    return crear_pedido(
        crear_cliente(),
        sucursal=sucursal or crear_sucursal(),
        status=status,
        stock_returned=stock_devuelto,
        pasado_por_caja_en=timezone.now() if por_caja else None,
        **campos,
    )


def crear_no_completado(
    pedido: Orders | None = None, *, status: str = "9", store_answer: str | None = None
) -> UnfulfilledOrder:
    """An unfulfilled order, through its signal."""
    return UnfulfilledOrder.objects.create(
        orderobj=pedido or crear_orden(), status=status, store_answer=store_answer
    )


def tablero() -> list[tuple[int, str, str]]:
    """What is on show: (row, kind, rule), oldest first."""
    filas = RealtimeRecord.objects.order_by("pk")
    return list(filas.values_list("unfulfilled_id", "tipo", "regla"))


def historia(fila: UnfulfilledOrder | int) -> list[tuple[str, str, str]]:
    """A row's history: (deed, reason, rule), oldest first."""
    pk = fila if isinstance(fila, int) else fila.pk
    eventos = RealtimeEvent.objects.filter(unfulfilled_id=pk).order_by("pk")
    return list(eventos.values_list("hecho", "motivo", "regla"))
