"""Cards come and go here, each with its line of history and its board's new version.

Every function expects the order's row locked by the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from realtime import rules
from realtime.en_vivo.version import avanzar, clave_de
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.rules import (
    MOTIVO_DE_REGLA,
    Accion,
    Caso,
    Decision,
    Tipo,
    decidir,
    por_que_omitir,
)
from sales.cambios.registro import anotar_respuesta
from sales.models import Orders
from sales.pedidos.anulacion import nombre_gecos
from sales.pedidos.tabla_de_estados import NO_RECOGIDO

Hecho = RealtimeEvent.Hecho
Motivo = RealtimeEvent.Motivo


def aplicar_reglas(fila: UnfulfilledOrder, *, creado: bool, sola: bool = False) -> Decision:
    """Apply the rules to a row; with `sola`, as `por_que_omitir` says, it may get no card."""
    pedido = fila.orderobj
    if fila.respondido:
        anotar_respuesta(pedido, no_completado=fila.pk, respuesta=fila.store_answer or "")
    tarjeta = tarjeta_de(fila)
    caso = _caso(fila, tarjeta, creado=creado)
    decision = decidir(caso)
    if decision.accion is Accion.MOSTRAR:
        if tarjeta is None:
            _mostrar_u_omitir(fila, caso, decision, sola=sola)
        if decision.generar:
            asegurar_no_recogido(pedido, fila.actor)
    elif decision.accion is Accion.RETIRAR and tarjeta is not None:
        motivo = Motivo(MOTIVO_DE_REGLA[decision.regla])
        retirar(tarjeta, motivo, regla=decision.regla, actor=fila.actor)
    elif tarjeta is not None and rules.ve_otro_status(caso):
        tarjeta.ultimo_status = fila.status
        tarjeta.save(update_fields=["ultimo_status"])
        avanzar(clave_de(pedido))
    return decision


def hay_novedad(fila: UnfulfilledOrder, *, creado: bool) -> bool:
    """Whether `aplicar_reglas` would change anything: a look that locks nothing."""
    tarjeta: RealtimeRecord | None = getattr(fila, "tarjeta", None)
    return rules.hay_novedad(_caso(fila, tarjeta, creado=creado))


def _mostrar_u_omitir(
    fila: UnfulfilledOrder, caso: Caso, decision: Decision, *, sola: bool
) -> None:
    motivo = por_que_omitir(
        caso,
        sola=sola,
        generado=fila.origen == UnfulfilledOrder.Origen.GENERADO,
        hay_otra=lambda: bool(tarjetas_de(fila.orderobj)),
    )
    if motivo is None:
        mostrar(fila, decision)
    else:
        # On record, or it would count as just created the next time somebody looks.
        anotar(fila, Hecho.OMITIDA, Motivo(motivo), tipo=decision.tipo, actor=fila.actor)


def mostrar(fila: UnfulfilledOrder, decision: Decision) -> RealtimeRecord:
    """Put the row's card on its board."""
    tarjeta = _tarjeta(fila, decision, timezone.now())
    tarjeta.save()
    anotar(
        fila,
        Hecho.MOSTRADA,
        Motivo.REGLA,
        tipo=decision.tipo,
        regla=decision.regla,
        actor=fila.actor,
    )
    return tarjeta


def mostrar_nuevas(filas: Sequence[UnfulfilledOrder]) -> None:
    """Show the cards of rows just written in bulk: as one by one, in a few statements."""
    ahora = timezone.now()
    mostradas = []
    for fila in filas:
        decision = decidir(_caso(fila, None, creado=True))
        if decision.generar:
            aplicar_reglas(fila, creado=True)
        elif decision.accion is Accion.MOSTRAR:
            mostradas.append((fila, decision))
    RealtimeRecord.objects.bulk_create(
        [_tarjeta(fila, decision, ahora) for fila, decision in mostradas]
    )
    RealtimeEvent.objects.bulk_create(
        [
            _evento(fila, Hecho.MOSTRADA, Motivo.REGLA, decision.tipo, decision.regla, None)
            for fila, decision in mostradas
        ]
    )
    for clave in sorted({clave_de(fila.orderobj) for fila, _decision in mostradas}):
        avanzar(clave)


def retirar(
    tarjeta: RealtimeRecord, motivo: Motivo, *, regla: str = "", actor: User | None = None
) -> None:
    """Take a card off its board."""
    anotar(tarjeta.unfulfilled, Hecho.RETIRADA, motivo, tipo=tarjeta.tipo, regla=regla, actor=actor)
    tarjeta.delete()


def convertir(tarjeta: RealtimeRecord, actor: User | None) -> None:
    """A survey's card whose order was cancelled too late asks for the reconciliation instead."""
    tarjeta.tipo, tarjeta.regla = Tipo.CONCILIACION, "1.2"
    tarjeta.save(update_fields=["tipo", "regla"])
    anotar(
        tarjeta.unfulfilled,
        Hecho.CONVERTIDA,
        Motivo.CANCELACION,
        tipo=tarjeta.tipo,
        regla="1.2",
        actor=actor,
    )


def pedir_conciliacion(pedido: Orders, actor: User | None) -> None:
    """A cancelled order whose stock is still out: one card at least, and a "4" of its own."""
    if not rules.por_conciliar(pedido.status, stock_devuelto=pedido.stock_returned):
        return
    for tarjeta in tarjetas_de(pedido):
        if rules.se_convierte(Tipo(tarjeta.tipo)):
            convertir(tarjeta, actor)
    asegurar_no_recogido(pedido, actor)


def asegurar_no_recogido(pedido: Orders, actor: User | None) -> None:
    """See that the order has an "Unfulfilled by User" (1.2), generated when it has none."""
    filas = UnfulfilledOrder.objects.filter(orderobj=pedido).values_list("status", "origen")
    de_reglas = UnfulfilledOrder.Origen.GENERADO
    if rules.le_falta_no_recogido((status, origen == de_reglas) for status, origen in filas):
        generado = UnfulfilledOrder(
            orderobj=pedido, status=NO_RECOGIDO, origen=UnfulfilledOrder.Origen.GENERADO
        )
        generado.actor = actor
        generado.save()


def anotar(
    fila: UnfulfilledOrder,
    hecho: Hecho,
    motivo: Motivo,
    *,
    tipo: str,
    regla: str = "",
    actor: User | None = None,
) -> None:
    """One line of history, and one version more of the board."""
    _evento(fila, hecho, motivo, tipo, regla, actor).save()
    avanzar(clave_de(fila.orderobj))


def tarjeta_de(fila: UnfulfilledOrder) -> RealtimeRecord | None:
    """The row's card as it is now, locked."""
    tarjeta = RealtimeRecord.objects.select_for_update().filter(unfulfilled=fila).first()
    if tarjeta is not None:
        tarjeta.unfulfilled = fila
    return tarjeta


def tarjetas_de(pedido: Orders) -> list[RealtimeRecord]:
    """The order's cards, locked."""
    tarjetas = RealtimeRecord.objects.select_for_update(of=("self",))
    filas = tarjetas.filter(unfulfilled__orderobj=pedido).select_related("unfulfilled")
    halladas = list(filas.order_by("pk"))
    for tarjeta in halladas:
        tarjeta.unfulfilled.orderobj = pedido
    return halladas


def _caso(fila: UnfulfilledOrder, tarjeta: RealtimeRecord | None, *, creado: bool) -> Caso:
    pedido = fila.orderobj
    return Caso(
        creado=creado,
        respondido=fila.respondido,
        status=fila.status,
        status_pedido=pedido.status,
        stock_devuelto=pedido.stock_returned,
        pasado_por_caja=pedido.pasado_por_caja_en is not None,
        tipo=Tipo(tarjeta.tipo) if tarjeta else None,
        ultimo_status=tarjeta.ultimo_status if tarjeta else None,
        anulado=pedido.anulado_040,
    )


def _tarjeta(fila: UnfulfilledOrder, decision: Decision, ahora: datetime) -> RealtimeRecord:
    return RealtimeRecord(
        unfulfilled=fila,
        tipo=decision.tipo,
        regla=decision.regla,
        ultimo_status=fila.status,
        creado_en=ahora,
    )


def _evento(
    fila: UnfulfilledOrder, hecho: Hecho, motivo: Motivo, tipo: str, regla: str, actor: User | None
) -> RealtimeEvent:
    pedido = fila.orderobj
    return RealtimeEvent(
        unfulfilled_id=fila.pk,
        pedido_numero=pedido.pedido_numero,
        sucursal_id=pedido.sucursal_id,
        hecho=hecho,
        tipo=tipo,
        regla=regla,
        motivo=motivo,
        status=fila.status,
        usuario=actor,
        quien=nombre_gecos(actor) if actor else "",
        creado_en=timezone.now(),
    )
