"""What happens to an order after it was saved: cancelled, stock returned, passed the checkout.

Each deed happens once, under the order's row lock, and is told through `pedido_cambiado`.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.models import EstadoPedido, Orders
from sales.signals import Hecho, pedido_cambiado


@transaction.atomic
def cancelar(*, pedido_id: int, usuario: User) -> Orders:
    """Give the order status 8; a second time is a 409."""
    pedido = bloquear(pedido_id)
    if pedido.status == EstadoPedido.CANCELADO:
        raise ya_hecho(_("El pedido ya está cancelado."), "ya_cancelado")
    pedido.status = EstadoPedido.CANCELADO
    return guardar(pedido, Hecho.CANCELACION, usuario, "status")


@transaction.atomic
def devolver_stock(*, pedido_id: int, usuario: User) -> Orders:
    """Note that the order's stock came back; a second time is a 409."""
    pedido = bloquear(pedido_id)
    if pedido.stock_returned:
        raise ya_hecho(_("El stock de este pedido ya fue devuelto."), "stock_ya_devuelto")
    pedido.stock_returned = True
    return guardar(pedido, Hecho.STOCK_DEVUELTO, usuario, "stock_returned")


@transaction.atomic
def pasar_por_caja(*, pedido_id: int, usuario: User) -> Orders:
    """Note when the order passed the checkout; a second time is a 409."""
    pedido = bloquear(pedido_id)
    if pedido.pasado_por_caja_en is not None:
        raise ya_hecho(_("El pedido ya pasó por caja."), "ya_paso_por_caja")
    pedido.pasado_por_caja_en = timezone.now()
    return guardar(pedido, Hecho.CAJA, usuario, "pasado_por_caja_en")


def bloquear(pedido_id: int) -> Orders:
    """The order under its row lock, until the caller's transaction ends."""
    return Orders.objects.select_for_update().get(pk=pedido_id)


def guardar(pedido: Orders, hecho: Hecho, usuario: User, *campos: str) -> Orders:
    """Save these fields, note who did it and tell whoever listens, in the caller's transaction."""
    pedido._change_reason = hecho.value
    pedido._history_user = usuario
    pedido.save(update_fields=campos)
    pedido_cambiado.send(sender=Orders, pedido=pedido, hecho=hecho, usuario=usuario)
    return pedido


def ya_hecho(detalle: str, codigo: str) -> ErrorDominio:
    """The refusal of a deed that was done before."""
    return ErrorDominio(detalle, codigo=codigo, estado=409)
