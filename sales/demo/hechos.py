"""What became of the demo's orders: charged, cancelled, voided, their prices decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.contrib.auth.models import User
from django.db.models import F

from sales.models import EstadoPedido, Orders, OrdersDetail
from sales.pedidos.anulacion import anular
from sales.pedidos.estados import cancelar, devolver_stock
from sales.pedidos.revision import aceptar_precio, corregir_precio

# What is younger waits for somebody.
RECIENTE: Final = timedelta(hours=20)
MOTIVOS: Final = (
    "El cliente lo cargó dos veces.",
    "Pedido de otro local de la misma dueña.",
    "Sin crédito: lo rechazó administración.",
    "El cliente cerró por vacaciones.",
    "Error del tomador en las cantidades.",
)
MOTIVOS_DE_LINEA: Final = ("Sin stock en depósito.", "El cliente no la quiso.")
DEMORA: Final = timedelta(hours=2)


def vivir_los_pedidos(ahora: datetime, azar: Random) -> None:
    """Decide, undo and charge the orders, each deed some hours after its order."""
    supervisor = User.objects.get(username="supervisor")
    pedidos = list(Orders.objects.order_by("capturado_en", "pk"))
    _decidir_precios(pedidos, supervisor, ahora - RECIENTE, azar)
    for pedido in pedidos:
        _deshacer(pedido, supervisor, azar)
    _atrasar_historia()
    _cobrar(ahora - timedelta(days=1))


def _decidir_precios(
    pedidos: Iterable[Orders], quien: User, limite: datetime, azar: Random
) -> None:
    for pedido in pedidos:
        # Nobody decided every tenth: its card expired.
        en_revision = pedido.status == EstadoPedido.EN_REVISION and pedido.capturado_en < limite
        if en_revision and azar.randrange(10):
            decidir = aceptar_precio if azar.randrange(4) else corregir_precio
            decidir(pedido_id=pedido.pk, usuario=quien)


def _deshacer(pedido: Orders, quien: User, azar: Random) -> None:
    suerte = azar.randrange(1_000)
    if suerte < 14:
        anular(pedido_id=pedido.pk, usuario=quien, motivo=azar.choice(MOTIVOS))
        momento = pedido.capturado_en + DEMORA
        Orders.objects.filter(pk=pedido.pk).update(anulado_040_fecha=momento)
    elif suerte < 26:
        cancelar(pedido_id=pedido.pk, usuario=quien)
        if suerte < 22:
            devolver_stock(pedido_id=pedido.pk, usuario=quien)
    elif suerte < 36:
        _anular_linea(pedido, quien, azar)


def _anular_linea(pedido: Orders, quien: User, azar: Random) -> None:
    lineas = list(pedido.detalles.order_by("pk").values_list("pk", flat=True))
    if len(lineas) < 2:
        return
    linea = azar.choice(lineas)
    motivo = azar.choice(MOTIVOS_DE_LINEA)
    anular(pedido_id=pedido.pk, usuario=quien, motivo=motivo, detalle_id=linea)
    momento = pedido.capturado_en + DEMORA
    OrdersDetail.objects.filter(pk=linea).update(anulado_040_fecha=momento)


def _atrasar_historia() -> None:
    """What was done is on record two hours after its order was taken."""
    cuando = dict(Orders.objects.values_list("pk", "capturado_en"))
    historia = Orders.historia.model
    filas = list(historia.objects.filter(id__in=list(cuando)))
    for fila in filas:
        fila.history_date = cuando[fila.id] + DEMORA
    historia.objects.bulk_update(filas, ["history_date"], batch_size=100)


def _cobrar(limite: datetime) -> None:
    """What is older than a day and stands has passed the checkout, in one statement."""
    Orders.objects.filter(
        capturado_en__lt=limite, anulado_040=False, status=EstadoPedido.CONFIRMADO
    ).update(pasado_por_caja_en=F("capturado_en") + timedelta(hours=21))
