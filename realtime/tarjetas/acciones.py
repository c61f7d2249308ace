"""What people and stores do to an unfulfilled order and its card.

The order's row is locked first, always; what follows happens in the same transaction.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from realtime.models import RESPUESTA_MAXIMA, RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.rules import contradice, respondido
from realtime.tarjetas.historia import por_que_salio
from realtime.tarjetas.movimientos import Motivo, anotar, tarjeta_de
from sales.models import Orders
from sales.pedidos.estados import bloquear

STATUS_MAXIMO = 8


@transaction.atomic
def registrar(
    *, pedido: Orders, status: str, store_answer: str | None, actor: User
) -> UnfulfilledOrder:
    """Note that an order could not be completed; the rules decide about its card."""
    fila = UnfulfilledOrder(
        orderobj=bloquear(pedido.pk),
        status=codigo_valido(status),
        store_answer=respuesta_o_nada(store_answer),
    )
    return _guardar(fila, actor)


@transaction.atomic
def cambiar(
    *, unfulfilled_id: int, status: str | None, store_answer: str | None, actor: User
) -> UnfulfilledOrder:
    """Change its status, or answer it, card or no card; None leaves what there is.

    The same answer again is no news; another one is a 409 `ya_respondido`.
    """
    fila = _bloquear(unfulfilled_id)
    if status is not None:
        fila.status = codigo_valido(status)
    if store_answer is not None:
        _contestar(fila, respuesta_valida(store_answer))
    return _guardar(fila, actor)


@transaction.atomic
def responder(*, unfulfilled_id: int, respuesta: str, actor: User) -> UnfulfilledOrder:
    """Answer the survey of a card that is on the board; 409 `tarjeta_retirada` when it left."""
    fila = _bloquear(unfulfilled_id)
    texto = respuesta_valida(respuesta)
    if fila.respondido:
        _contestar(fila, texto)
        return fila
    _exigir_tarjeta(fila)
    fila.store_answer = texto
    return _guardar(fila, actor)


@transaction.atomic
def tomar(*, unfulfilled_id: int, actor: User) -> RealtimeRecord:
    """Say that somebody is on it; whoever had it before no longer does."""
    tarjeta = _exigir_tarjeta(_bloquear(unfulfilled_id))
    if tarjeta.tomado_por_id != actor.pk:
        tarjeta.tomado_por, tarjeta.tomado_en = actor, timezone.now()
        _guardar_toma(tarjeta, RealtimeEvent.Hecho.TOMADA, actor)
    return tarjeta


@transaction.atomic
def soltar(*, unfulfilled_id: int, actor: User) -> RealtimeRecord:
    """Say that nobody is on it any more."""
    tarjeta = _exigir_tarjeta(_bloquear(unfulfilled_id))
    if tarjeta.tomado_por_id is not None:
        tarjeta.tomado_por = tarjeta.tomado_en = None
        _guardar_toma(tarjeta, RealtimeEvent.Hecho.SOLTADA, actor)
    return tarjeta


def _bloquear(unfulfilled_id: int) -> UnfulfilledOrder:
    """The row, its order locked before it."""
    pedido_id = UnfulfilledOrder.objects.values_list("orderobj", flat=True).get(pk=unfulfilled_id)
    pedido = bloquear(pedido_id)
    fila = UnfulfilledOrder.objects.select_for_update().get(pk=unfulfilled_id)
    fila.orderobj = pedido
    return fila


def _guardar(fila: UnfulfilledOrder, actor: User) -> UnfulfilledOrder:
    fila.actor = actor
    fila.save()
    return fila


def _exigir_tarjeta(fila: UnfulfilledOrder) -> RealtimeRecord:
    tarjeta = tarjeta_de(fila)
    if tarjeta is None:
        raise ErrorDominio(
            _("La tarjeta ya no está en el tablero. {por_que}").format(
                por_que=por_que_salio(fila.pk)
            ),
            codigo="tarjeta_retirada",
            estado=409,
        )
    return tarjeta


def _contestar(fila: UnfulfilledOrder, texto: str) -> None:
    if contradice(fila.store_answer, texto):
        raise ErrorDominio(
            _("Ya tiene otra respuesta. {por_que}").format(por_que=por_que_salio(fila.pk)),
            codigo="ya_respondido",
            campo="store_answer",
            estado=409,
        )
    fila.store_answer = texto


def _guardar_toma(tarjeta: RealtimeRecord, hecho: RealtimeEvent.Hecho, actor: User) -> None:
    tarjeta.save(update_fields=["tomado_por", "tomado_en"])
    anotar(tarjeta.unfulfilled, hecho, Motivo.PERSONA, tipo=tarjeta.tipo, actor=actor)


def codigo_valido(texto: str) -> str:
    """A code: another system's too, but one that fits and can be read."""
    codigo = texto.strip()
    if not codigo or len(codigo) > STATUS_MAXIMO or not codigo.isprintable():
        raise ErrorDominio(
            _("El estado es un código de 1 a {maximo} caracteres.").format(maximo=STATUS_MAXIMO),
            codigo="status_invalido",
            campo="status",
        )
    return codigo


def respuesta_valida(texto: str) -> str:
    """What a store says: not blank, not endless, and nothing that no database takes."""
    limpio = texto.strip()
    if not limpio:
        raise _mala_respuesta(_("Escribir la respuesta de la tienda."), "respuesta_vacia")
    if len(limpio) > RESPUESTA_MAXIMA:
        raise _mala_respuesta(
            _("La respuesta no pasa de {maximo} caracteres.").format(maximo=RESPUESTA_MAXIMA),
            "respuesta_larga",
        )
    if any(letra == "\0" or "\ud800" <= letra <= "\udfff" for letra in limpio):
        raise _mala_respuesta(
            _("La respuesta tiene un carácter que no se puede guardar."), "respuesta_ilegible"
        )
    return limpio


def respuesta_o_nada(texto: str | None) -> str | None:
    """A store's answer as `respuesta_valida` has it; None where a blank is no answer."""
    return respuesta_valida(texto) if texto and respondido(texto) else None


def _mala_respuesta(detalle: str, codigo: str) -> ErrorDominio:
    return ErrorDominio(detalle, codigo=codigo, campo="store_answer")
