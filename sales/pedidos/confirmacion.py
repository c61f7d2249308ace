"""What an ERP says of an order that it has taken: the number it gave the document, and its state.

Said once: the same again is no news, something else is a refusal.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.cambios.registro import anotar
from sales.models import Cambio, EstadoPedido, Orders
from sales.pedidos.estados import bloquear, cancelar
from sales.pedidos.lo_permitido import en_curso

# How the order's history names it.
CONFIRMACION: Final = "confirmacion"


@transaction.atomic
def confirmar(
    *,
    pedido_id: int,
    usuario: User,
    doc_numero: int,
    doc_tipo: str | None = None,
    status: str | None = None,
) -> Orders:
    """Give the order its number in the ERP; raises 409 `ya_confirmado` when it has another.

    `status` is 8, which cancels the order as any cancellation does, or a code of the ERP's own for
    an order under way (409 `estado_no_admite`).
    """
    pedido = bloquear(pedido_id)
    datos = _dicho(doc_numero, doc_tipo, status)
    dada = pedido.cambios.filter(tipo=Cambio.Tipo.CONFIRMADO_ERP).first()
    if dada is not None and dada.datos == datos:
        return pedido
    if dada is not None or pedido.doc_numero not in {0, doc_numero}:
        raise _ya_confirmado(pedido)
    pedido.doc_numero = doc_numero
    pedido.doc_tipo = doc_tipo or pedido.doc_tipo
    campos = ["doc_numero", "doc_tipo", *_poner_status(pedido, status)]
    pedido._change_reason = CONFIRMACION
    pedido._history_user = usuario
    pedido.save(update_fields=campos)
    anotar(pedido, Cambio.Tipo.CONFIRMADO_ERP, datos)
    cancela = status == EstadoPedido.CANCELADO and pedido.status != status
    return cancelar(pedido_id=pedido_id, usuario=usuario) if cancela else pedido


def _dicho(doc_numero: int, doc_tipo: str | None, status: str | None) -> dict[str, Any]:
    dicho = {"doc_numero": doc_numero, "doc_tipo": doc_tipo, "status": status}
    return {nombre: valor for nombre, valor in dicho.items() if valor is not None}


def _poner_status(pedido: Orders, status: str | None) -> list[str]:
    """A code of the ERP's own leaves the order where it is in the table of states: under way."""
    if status in {None, pedido.status, EstadoPedido.CANCELADO}:
        return []
    if status in EstadoPedido.values:
        raise ErrorDominio(
            _("Ese estado no se confirma: enviar 8 para cancelar, o un código propio."),
            codigo="status_invalido",
            campo="status",
        )
    if not en_curso(pedido):
        raise ErrorDominio(
            _("El pedido no está en curso: su estado no se cambia."),
            codigo="estado_no_admite",
            campo="status",
            estado=409,
        )
    pedido.status = str(status)
    return ["status"]


def _ya_confirmado(pedido: Orders) -> ErrorDominio:
    return ErrorDominio(
        _("El pedido ya está confirmado con otros datos (documento {numero}).").format(
            numero=pedido.doc_numero
        ),
        codigo="ya_confirmado",
        campo="doc_numero",
        estado=409,
    )
