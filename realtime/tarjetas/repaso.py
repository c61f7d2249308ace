"""Looking at rows again: after their order changed, and after writes that fired no signal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from realtime import rules
from realtime.en_vivo.version import POR_TABLERO
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.rules import EFECTOS, POR_CONCILIAR, POR_REVISAR, Tipo
from realtime.tarjetas.movimientos import (
    Motivo,
    aplicar_reglas,
    hay_novedad,
    mostrar_nuevas,
    pedir_conciliacion,
    retirar,
    tarjeta_de,
    tarjetas_de,
)
from sales.models import Orders
from sales.pedidos.tabla_de_estados import EN_REVISION
from sales.signals import Hecho

TANDA: Final = 200


@transaction.atomic
def repasar(ids: Collection[int]) -> None:
    """Re-evaluate these rows, for whoever wrote them past their signal (bulk_create, update).

    A row without any history counts as just created, the others as updated.
    """
    filas = UnfulfilledOrder.objects.filter(pk__in=ids).order_by("pk")
    pedidos = bloquear_varios(Orders.objects.filter(pk__in=filas.values("orderobj")))
    de_pedido: dict[int, list[UnfulfilledOrder]] = {}
    # Read under the locks: whoever held one may have answered.
    for fila in filas:
        de_pedido.setdefault(fila.orderobj_id, []).append(fila)
    for pedido in pedidos:
        repasar_pedido(pedido, de_pedido.get(pedido.pk, ()), actor=None, sola=False)


def repasar_pedido(
    pedido: Orders, filas: Iterable[UnfulfilledOrder], *, actor: User | None, sola: bool = True
) -> None:
    """The rules over some rows of a locked order; with `sola` it gets no second card from here.

    Nor does it for a "4" in any case: that one is the reconciliation of what another card shows.
    """
    filas = list(filas)
    con_historia = set(
        RealtimeEvent.objects.filter(unfulfilled_id__in=[fila.pk for fila in filas]).values_list(
            "unfulfilled_id", flat=True
        )
    )
    for fila in filas:
        fila.orderobj, fila.actor = pedido, actor
        unica = rules.va_sola(fila.status, sola=sola)
        aplicar_reglas(fila, creado=fila.pk not in con_historia, sola=unica)


def al_cambiar_pedido(pedido: Orders, hecho: Hecho, actor: User | None) -> None:
    """What an order's own change means for its cards; the order comes locked and saved."""
    efecto = EFECTOS[hecho]
    motivo = Motivo(efecto.motivo)
    if efecto.retira:
        _retirar_las_de(pedido, efecto.retira, motivo, actor)
    if efecto.concilia:
        pedir_conciliacion(pedido, actor)
    if efecto.repasa:
        repasar_pedido(pedido, _filas_de(pedido), actor=actor)
    if efecto.cierra_revision:
        _cerrar_revision(pedido, motivo, actor)


def abrir_revision(order_ids: Collection[int]) -> None:
    """Put orders saved with another price than the system's on the board, as "14"."""
    pedidos = bloquear_varios(Orders.objects.filter(pk__in=order_ids, **POR_REVISAR))
    # Asked under the locks: whoever held one may have opened it.
    con_fila = set(
        UnfulfilledOrder.objects.filter(orderobj__in=pedidos).values_list("orderobj", flat=True)
    )
    filas = [
        UnfulfilledOrder(
            orderobj=pedido,
            status=EN_REVISION,
            origen=UnfulfilledOrder.Origen.PRECIO,
        )
        for pedido in pedidos
        if pedido.pk not in con_fila
    ]
    mostrar_nuevas(UnfulfilledOrder.objects.bulk_create(filas))


def repasar_todo() -> None:
    """Bring rows and cards to what the rules say, whatever wrote past them; again: no change."""
    sin_fila = UnfulfilledOrder.objects.filter(orderobj=OuterRef("pk"))
    en_revision = Orders.objects.filter(~Exists(sin_fila), **POR_REVISAR)
    for tanda in _en_tandas(en_revision):
        with transaction.atomic():
            abrir_revision(tanda)
    con_encuesta = RealtimeRecord.objects.filter(
        unfulfilled__orderobj=OuterRef("pk"), tipo=Tipo.ENCUESTA
    )
    tarde = Orders.objects.filter(Exists(con_encuesta), **POR_CONCILIAR)
    for tanda in _en_tandas(tarde):
        with transaction.atomic():
            for pedido in bloquear_varios(Orders.objects.filter(pk__in=tanda)):
                pedir_conciliacion(pedido, None)
    historia = RealtimeEvent.objects.filter(unfulfilled_id=OuterRef("pk"))
    for tanda in _en_tandas(UnfulfilledOrder.objects.filter(~Exists(historia))):
        _repasar_novedades(tanda, creado=True)
    for tanda in _en_tandas(UnfulfilledOrder.objects.exclude(tarjeta=None)):
        _repasar_novedades(tanda, creado=False)


def _repasar_novedades(ids: Collection[int], *, creado: bool) -> None:
    """Lock and evaluate those of the rows that ask for it: of thousands, hardly any does."""
    filas = UnfulfilledOrder.objects.filter(pk__in=ids).select_related("orderobj", "tarjeta")
    if nuevas := [fila.pk for fila in filas if hay_novedad(fila, creado=creado)]:
        repasar(nuevas)


def bloquear_varios(pedidos: QuerySet[Orders]) -> list[Orders]:
    """Several orders under their row locks; by board, so that two transactions never cross."""
    return list(pedidos.select_for_update(of=("self",)).order_by(*POR_TABLERO))


def _filas_de(pedido: Orders) -> QuerySet[UnfulfilledOrder]:
    return UnfulfilledOrder.objects.filter(orderobj=pedido).order_by("pk")


def _retirar_las_de(
    pedido: Orders, tipos: Collection[Tipo], motivo: Motivo, actor: User | None
) -> None:
    for tarjeta in tarjetas_de(pedido):
        if tarjeta.tipo in tipos:
            retirar(tarjeta, motivo, actor=actor)


def _cerrar_revision(pedido: Orders, motivo: Motivo, actor: User | None) -> None:
    """The rows in review follow their order, which is confirmed now."""
    for fila in _filas_de(pedido).filter(status=EN_REVISION):
        fila.orderobj, fila.actor = pedido, actor
        tarjeta = tarjeta_de(fila)
        if tarjeta is not None:
            retirar(tarjeta, motivo, regla="2.2", actor=actor)
        fila.status = pedido.status
        fila.save()


def _en_tandas(filas: QuerySet[Orders] | QuerySet[UnfulfilledOrder]) -> Iterator[list[int]]:
    """The keys of many rows, some at a time; each time from where the last one ended."""
    ultima = 0
    while tanda := list(
        filas.filter(pk__gt=ultima).order_by("pk").values_list("pk", flat=True)[:TANDA]
    ):
        yield tanda
        ultima = tanda[-1]
