"""Many at once on the same cards: real threads, each on a connection of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from core.errores import ErrorDominio
from core.tests.base_real import a_la_vez
from realtime.en_vivo.version import avanzar, version_de
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.tarjetas.acciones import cambiar, registrar, responder, soltar, tomar
from realtime.tarjetas.repaso import abrir_revision, repasar, repasar_todo
from realtime.tarjetas.vencidas import cerrar_vencidas
from realtime.tests.fabricas import RESPUESTA, crear_no_completado, crear_orden
from sales.models import Orders
from sales.pedidos.anulacion import anular
from sales.pedidos.estados import cancelar, devolver_stock, pasar_por_caja
from sales.pedidos.revision import aceptar_precio, corregir_precio
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_sucursal, crear_usuario

pytestmark = pytest.mark.usefixtures("base_real")
HACE_UN_DIA = timedelta(hours=24, minutes=1)
Hecho = RealtimeEvent.Hecho


def intentar(trabajo: Callable[[], Any]) -> str:
    """The code of the documented refusal, or "" when it was done; anything else is raised."""
    try:
        trabajo()
    except ErrorDominio as error:
        return error.codigo
    return ""


def a_la_vez_todos(*trabajos: Callable[[], Any]) -> list[str]:
    return a_la_vez(len(trabajos), lambda numero: intentar(trabajos[numero]))


def envejecer() -> None:
    RealtimeRecord.objects.update(creado_en=timezone.now() - HACE_UN_DIA)


def salidas() -> list[int]:
    return sorted(Counter(_de_hecho(Hecho.RETIRADA)).values())


def _de_hecho(hecho: str) -> list[int]:
    return list(RealtimeEvent.objects.filter(hecho=hecho).values_list("unfulfilled_id", flat=True))


def test_two_closings_at_once_close_each_card_once() -> None:
    sucursales = [crear_sucursal(), None]
    for numero in range(120):
        crear_no_completado(crear_orden(sucursales[numero % 2]))
    envejecer()
    cerradas = a_la_vez(4, lambda _numero: cerrar_vencidas())
    assert sum(cerradas) == 120
    assert salidas() == [1] * 120
    assert not RealtimeRecord.objects.exists()
    assert cerrar_vencidas() == 0


def test_answer_timeout_checkout_and_cancellation_at_once_have_one_outcome() -> None:
    ana = crear_usuario("ana", Rol.TOMADOR, crear_sucursal())
    for _ronda in range(12):
        fila = crear_no_completado()
        de_la_fila: dict[str, Any] = {"unfulfilled_id": fila.pk, "actor": ana}
        del_pedido: dict[str, Any] = {"pedido_id": fila.orderobj_id, "usuario": ana}
        envejecer()
        codigos = a_la_vez_todos(
            partial(responder, respuesta=RESPUESTA, **de_la_fila),
            cerrar_vencidas,
            partial(pasar_por_caja, **del_pedido),
            partial(cancelar, **del_pedido),
            partial(devolver_stock, **del_pedido),
            partial(anular, motivo="Error", **del_pedido),
            partial(tomar, **de_la_fila),
            partial(soltar, **de_la_fila),
        )
        contestar, vencer, caja, cancelacion, stock, anulacion, *tomas = codigos
        assert {contestar, *tomas} <= {"", "tarjeta_retirada"}
        assert (vencer, anulacion) == ("", "")
        # Each deed found the order as another one had left it: the table of states says so.
        assert caja in {"", "pedido_anulado", "pedido_cancelado"}
        assert cancelacion in {"", "pedido_anulado", "ya_paso_por_caja"}
        assert stock in {"", "pedido_anulado"}
        assert "" in {caja, cancelacion} or {caja, cancelacion} == {"pedido_anulado"}
    vivas = set(RealtimeRecord.objects.values_list("unfulfilled_id", flat=True))
    mostradas = Counter(_de_hecho(Hecho.MOSTRADA))
    retiradas = Counter(_de_hecho(Hecho.RETIRADA))
    assert set(mostradas.values()) == {1}
    assert set(retiradas.values()) == {1}
    assert vivas == set(mostradas) - set(retiradas) == set()


def test_of_two_answers_at_once_one_stays_and_the_other_is_refused() -> None:
    ana = crear_usuario("ana", Rol.TOMADOR, crear_sucursal())
    fila = crear_no_completado()
    codigos = a_la_vez(
        6,
        lambda numero: intentar(
            lambda: responder(unfulfilled_id=fila.pk, respuesta=f"Motivo {numero}", actor=ana)
        ),
    )
    assert sorted(codigos) == [""] + ["ya_respondido"] * 5
    assert salidas() == [1]


def test_orders_in_review_found_by_several_at_once_get_one_row_each() -> None:
    sucursal = crear_sucursal()
    ids = [crear_orden(sucursal, status="14").pk for _ in range(30)]

    def abrir() -> None:
        with transaction.atomic():
            abrir_revision(ids)

    a_la_vez(6, lambda numero: repasar_todo() if numero % 2 else abrir())
    filas = UnfulfilledOrder.objects.values_list("orderobj", flat=True)
    assert sorted(filas) == sorted(ids)
    assert RealtimeRecord.objects.count() == 30
    assert set(Counter(_de_hecho(Hecho.MOSTRADA)).values()) == {1}


def test_a_price_accepted_while_its_review_is_opened_leaves_no_card() -> None:
    ana = crear_usuario("ana", Rol.SUPERVISOR, crear_sucursal())
    ids = [crear_orden(status="14").pk for _ in range(12)]

    def decidir(numero: int) -> None:
        for pedido in ids:
            if numero == 0:
                repasar_todo()
            else:
                hacer = aceptar_precio if numero == 1 else corregir_precio
                intentar(partial(hacer, pedido_id=pedido, usuario=ana))

    a_la_vez(3, decidir)
    assert set(Orders.objects.values_list("status", flat=True)) == {"1"}
    assert not RealtimeRecord.objects.exists()


def test_unfulfilled_while_cancelled_is_one_reconciliation_with_one_generated_row() -> None:
    ana = crear_usuario("ana", Rol.SUPERVISOR, crear_sucursal())
    for _ronda in range(12):
        pedido = crear_orden()

        def trabajo(numero: int, pedido: Orders = pedido) -> str:
            if numero == 0:
                return intentar(lambda: cancelar(pedido_id=pedido.pk, usuario=ana))
            if numero == 1:
                return intentar(repasar_todo)
            return intentar(
                lambda: registrar(pedido=pedido, status="4", store_answer=None, actor=ana)
            )

        assert set(a_la_vez(5, trabajo)) == {""}
        repasar_todo()
        tarjetas = RealtimeRecord.objects.filter(unfulfilled__orderobj=pedido)
        assert [tarjeta.tipo for tarjeta in tarjetas] == ["conciliacion"]
    assert salidas() == []


def test_a_generated_row_whose_status_changed_is_not_generated_again() -> None:
    ana = crear_usuario("ana", Rol.SUPERVISOR, crear_sucursal())
    pedido = crear_orden()
    cancelar(pedido_id=pedido.pk, usuario=ana)
    [generada] = UnfulfilledOrder.objects.all()
    cambiar(unfulfilled_id=generada.pk, status="9", store_answer=None, actor=ana)
    registrar(pedido=pedido, status="9", store_answer=None, actor=ana)
    assert UnfulfilledOrder.objects.filter(origen="GENERADO").count() == 1


def test_rows_looked_at_while_they_are_answered_lose_no_card_and_keep_none() -> None:
    ana = crear_usuario("ana", Rol.TOMADOR, crear_sucursal())
    filas = [crear_no_completado() for _ in range(20)]
    ids = [fila.pk for fila in filas]

    def trabajo(numero: int) -> None:
        if numero < 2:
            for fila in filas[numero::2]:
                responder(unfulfilled_id=fila.pk, respuesta=RESPUESTA, actor=ana)
        else:
            for _ in range(5):
                repasar(ids)

    a_la_vez(4, trabajo)
    assert not RealtimeRecord.objects.exists()
    assert salidas() == [1] * 20
    assert set(Counter(_de_hecho(Hecho.MOSTRADA)).values()) == {1}


def test_eight_times_fifty_changes_of_one_board_are_four_hundred_versions() -> None:
    def cambiar_tablero(_numero: int) -> list[int]:
        versiones = []
        for _ in range(50):
            with transaction.atomic():
                versiones.append(avanzar(7))
        return versiones

    dadas = sorted(version for serie in a_la_vez(8, cambiar_tablero) for version in serie)
    assert dadas == list(range(1, 401))
    assert version_de([7]) == 400


def test_cards_of_many_boards_handled_at_once_never_wait_for_each_other_in_a_circle() -> None:
    ana = crear_usuario("ana", Rol.SUPERVISOR, crear_sucursal())
    sucursales = [*(crear_sucursal() for _ in range(3)), None]
    series = [
        [crear_orden(sucursales[numero % 4], status="14").pk for numero in range(16)]
        for _ in range(4)
    ]
    viejas = [crear_no_completado(crear_orden(sucursales[n % 4])).pk for n in range(24)]
    envejecer()

    def trabajo(numero: int) -> None:
        if numero < 4:
            with transaction.atomic():
                abrir_revision(series[numero])
        elif numero == 4:
            cerrar_vencidas()
        elif numero == 5:
            repasar(viejas)
        else:
            for pk in reversed(viejas):
                intentar(partial(tomar, unfulfilled_id=pk, actor=ana))

    a_la_vez(7, trabajo)
    assert RealtimeRecord.objects.filter(unfulfilled__status="14").count() == 64
