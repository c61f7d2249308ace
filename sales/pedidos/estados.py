"""What happens to an order after it was saved: cancelled, stock returned, passed the checkout.

Under the order's row lock the table of states says whether it may; `pedido_cambiado` tells it.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from sales.models import EstadoPedido, Orders
from sales.pedidos.lo_permitido import exigir
from sales.signals import Hecho, pedido_cambiado


@transaction.atomic
def cancelar(*, pedido_id: int, usuario: User) -> Orders:
    """Give the order status 8; 409 past the checkout, and a second time."""
    pedido = bloquear_para(Hecho.CANCELACION, pedido_id)
    pedido.status = EstadoPedido.CANCELADO
    return guardar(pedido, Hecho.CANCELACION, usuario, "status")


@transaction.atomic
def devolver_stock(*, pedido_id: int, usuario: User) -> Orders:
    """Note that the order's stock came back; a second time is a 409."""
    pedido = bloquear_para(Hecho.STOCK_DEVUELTO, pedido_id)
    pedido.stock_returned = True
    return guardar(pedido, Hecho.STOCK_DEVUELTO, usuario, "stock_returned")


@transaction.atomic
def pasar_por_caja(*, pedido_id: int, usuario: User) -> Orders:
    """Note when the order passed the checkout; 409 in review, undone, and a second time."""
    pedido = bloquear_para(Hecho.CAJA, pedido_id)
    pedido.pasado_por_caja_en = timezone.now()
    return guardar(pedido, Hecho.CAJA, usuario, "pasado_por_caja_en")


def bloquear(pedido_id: int) -> Orders:
    """The order under its row lock, until the caller's transaction ends."""
    return Orders.objects.select_for_update().get(pk=pedido_id)


def bloquear_para(hecho: Hecho, pedido_id: int) -> Orders:
    """The order, locked, when the table of states lets it take this deed; else its 409."""
    pedido = bloquear(pedido_id)
    exigir(pedido, hecho)
    return pedido


def guardar(pedido: Orders, hecho: Hecho, usuario: User, *campos: str) -> Orders:
    """Save these fields, note who did it and tell whoever listens, in the caller's transaction."""
    pedido._change_reason = hecho.value
    pedido._history_user = usuario
    pedido.save(update_fields=campos)
    pedido_cambiado.send(sender=Orders, pedido=pedido, hecho=hecho, usuario=usuario)
    return pedido
