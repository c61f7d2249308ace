"""What an order's own changes do to its cards, and writes that fire no signal."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from realtime.models import RealtimeEvent, UnfulfilledOrder, VersionTablero
from realtime.tarjetas.repaso import abrir_revision, repasar, repasar_todo
from realtime.tests.fabricas import (
    RESPUESTA,
    crear_no_completado,
    crear_orden,
    historia,
    tablero,
)
from sales.models import Orders
from sales.pedidos import estados
from sales.pedidos.anulacion import anular
from sales.pedidos.revision import aceptar_precio, corregir_precio
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import Mesa

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(db: None) -> User:
    return crear_usuario("rosa")


def filas(pedido: Orders) -> list[tuple[str, str]]:
    return list(pedido.no_completados.order_by("pk").values_list("status", "origen"))


def test_cancelling_with_the_stock_out_turns_the_survey_into_a_reconciliation(rosa: User) -> None:
    pedido = crear_orden()
    fila = crear_no_completado(pedido)
    estados.cancelar(pedido_id=pedido.pk, usuario=rosa)
    assert tablero() == [(fila.pk, "conciliacion", "1.2")]
    assert filas(pedido) == [("9", "REGISTRADO"), ("4", "GENERADO")]
    assert historia(fila) == [("MOSTRADA", "regla", "1.1"), ("CONVERTIDA", "cancelacion", "1.2")]


def test_cancelling_an_order_without_rows_shows_one_card(rosa: User) -> None:
    pedido = crear_orden()
    estados.cancelar(pedido_id=pedido.pk, usuario=rosa)
    [generado] = pedido.no_completados.all()
    assert tablero() == [(generado.pk, "conciliacion", "1.2")]
    assert RealtimeEvent.objects.get().quien == "rosa"


def test_cancelling_shows_the_no_recogido_that_had_no_reason_before(rosa: User) -> None:
    pedido = crear_orden()
    fila = crear_no_completado(pedido, status="4")
    assert tablero() == []
    estados.cancelar(pedido_id=pedido.pk, usuario=rosa)
    assert tablero() == [(fila.pk, "conciliacion", "1.2")]
    assert filas(pedido) == [("4", "REGISTRADO")]


def test_cancelling_with_the_stock_back_changes_no_card(rosa: User) -> None:
    pedido = crear_orden(stock_devuelto=True)
    fila = crear_no_completado(pedido)
    estados.cancelar(pedido_id=pedido.pk, usuario=rosa)
    assert tablero() == [(fila.pk, "encuesta", "1.1")]
    assert filas(pedido) == [("9", "REGISTRADO")]


def test_returned_stock_ends_the_reconciliation_and_no_survey(rosa: User) -> None:
    tarde, otra = crear_orden(status="8"), crear_orden()
    crear_no_completado(tarde)
    encuesta = crear_no_completado(otra)
    for pedido in (tarde, otra):
        estados.devolver_stock(pedido_id=pedido.pk, usuario=rosa)
    assert tablero() == [(encuesta.pk, "encuesta", "1.1")]


@pytest.mark.parametrize("status", ["1", "8"])
def test_the_checkout_ends_every_card_of_the_order_for_good(rosa: User, status: str) -> None:
    pedido = crear_orden(status=status)
    primera, segunda = crear_no_completado(pedido), crear_no_completado(pedido, status="14")
    estados.pasar_por_caja(pedido_id=pedido.pk, usuario=rosa)
    assert tablero() == []
    for fila in (primera, segunda):
        assert historia(fila)[-1] == ("RETIRADA", "caja", "2.3")
    repasar_todo()
    assert tablero() == []


def test_voiding_the_document_ends_its_cards_and_a_line_does_not(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    fila = crear_no_completado(pedido)
    linea = pedido.detalles.get()
    anular(pedido_id=pedido.pk, usuario=mesa.supervisor, motivo="error", detalle_id=linea.pk)
    assert len(tablero()) == 1
    anular(pedido_id=pedido.pk, usuario=mesa.supervisor, motivo="error")
    assert tablero() == []
    assert historia(fila)[-1] == ("RETIRADA", "anulacion", "")
    crear_no_completado(pedido)
    assert tablero() == []


def test_answering_one_row_leaves_the_others_card(rosa: User) -> None:
    pedido = crear_orden()
    una, otra = crear_no_completado(pedido), crear_no_completado(pedido)
    una.store_answer = RESPUESTA
    una.save()
    assert tablero() == [(otra.pk, "encuesta", "1.1")]


def test_deleting_a_row_takes_its_card_and_leaves_its_history() -> None:
    fila = crear_no_completado()
    pk = fila.pk
    fila.delete()
    assert tablero() == []
    assert historia(pk) == [("MOSTRADA", "regla", "1.1"), ("RETIRADA", "borrado", "")]


def test_an_order_in_review_is_accepted_by_name(mesa: Mesa) -> None:
    pedido = mesa.pedido(status="14")
    abrir_revision([pedido.pk])
    [fila] = pedido.no_completados.all()
    assert (fila.status, fila.origen) == ("14", "PRECIO")
    aceptar_precio(pedido_id=pedido.pk, usuario=mesa.supervisor)
    pedido.refresh_from_db()
    fila.refresh_from_db()
    assert (pedido.status, fila.status) == ("1", "1")
    assert tablero() == []
    salida = RealtimeEvent.objects.latest("pk")
    assert (salida.motivo, salida.usuario) == ("aceptado", mesa.supervisor)


def test_correcting_brings_the_lines_to_the_systems_price(mesa: Mesa) -> None:
    pedido = mesa.pedido(status="14", lineas=[(mesa.articulo, 2, 9_000), (mesa.articulo, 1, 5_000)])
    primera = pedido.detalles.order_by("pk")[0]
    primera.precio_sistema = 10_000
    primera.save()
    abrir_revision([pedido.pk])
    corregir_precio(pedido_id=pedido.pk, usuario=mesa.supervisor)
    campos = ("precio_unitario", "gravada_10", "iva_10")
    lineas: list[Any] = list(pedido.detalles.order_by("pk").values_list(*campos))
    assert lineas == [(10_000, 18_182, 1_818), (5_000, 4_545, 455)]
    assert historia(pedido.no_completados.get())[-1] == ("RETIRADA", "corregido", "2.2")


# --- Past the signals ----------------------------------------------------------------------------


def test_rows_written_in_bulk_are_evaluated_as_if_one_by_one() -> None:
    casos = [("9", "1"), ("9", "8"), ("4", "8"), ("4", "1"), ("77", "1")]
    nuevas = UnfulfilledOrder.objects.bulk_create(
        UnfulfilledOrder(orderobj=crear_orden(status=pedido), status=status)
        for status, pedido in casos
    )
    assert tablero() == []
    repasar([fila.pk for fila in nuevas])
    en_bloque = [(tipo, regla) for _, tipo, regla in tablero()]
    for status, pedido in casos:
        crear_no_completado(crear_orden(status=pedido), status=status)
    assert [(tipo, regla) for _, tipo, regla in tablero()[len(en_bloque) :]] == en_bloque
    assert en_bloque == [
        ("encuesta", "1.1"),
        ("conciliacion", "1.1+1.2"),
        ("conciliacion", "1.2"),
        ("encuesta", "1.1"),
    ]


def test_rows_updated_in_bulk_are_evaluated_as_updated() -> None:
    respondida, resuelta, espera = (crear_no_completado() for _ in range(3))
    UnfulfilledOrder.objects.filter(pk=respondida.pk).update(store_answer=RESPUESTA)
    UnfulfilledOrder.objects.filter(pk=resuelta.pk).update(status="1")
    repasar([respondida.pk, resuelta.pk, espera.pk])
    assert tablero() == [(espera.pk, "encuesta", "1.1")]
    assert historia(respondida)[-1] == ("RETIRADA", "respondido", "2.1")
    assert historia(resuelta)[-1] == ("RETIRADA", "estado", "2.2")


def test_reconciling_finds_what_nobody_told_and_then_nothing_more() -> None:
    en_revision, anulada = crear_orden(status="14"), crear_orden(status="14")
    Orders.objects.filter(pk=anulada.pk).update(
        anulado_040=True, anulado_040_fecha="2025-06-16T00:00Z", anulado_040_por_gecos="Ana"
    )
    [suelta] = UnfulfilledOrder.objects.bulk_create(
        [UnfulfilledOrder(orderobj=crear_orden(), status="9")]
    )
    por_caja, cancelada = crear_no_completado(), crear_no_completado()
    Orders.objects.filter(pk=por_caja.orderobj_id).update(pasado_por_caja_en="2025-06-16T00:00Z")
    Orders.objects.filter(pk=cancelada.orderobj_id).update(status="8")
    call_command("reconcile_unfulfilled")
    esperado = {
        (en_revision.no_completados.get().pk, "encuesta", "1.1"),
        (suelta.pk, "encuesta", "1.1"),
        (cancelada.pk, "conciliacion", "1.2"),
    }
    assert set(tablero()) == esperado
    assert filas(anulada) == []
    versiones = set(VersionTablero.objects.values_list("clave", "version"))
    eventos = RealtimeEvent.objects.count()
    repasar_todo()
    assert set(tablero()) == esperado
    assert RealtimeEvent.objects.count() == eventos
    assert set(VersionTablero.objects.values_list("clave", "version")) == versiones


def test_a_thousand_orders_in_review_cost_the_same_queries(
    mesa: Mesa, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    abrir_revision([mesa.pedido(status="14").pk])
    for total in (1, 40):
        ids = [mesa.pedido(status="14").pk for _ in range(total)]
        with django_assert_num_queries(7):
            abrir_revision(ids)
    assert len(tablero()) == 42
    assert VersionTablero.objects.get().version == 3


def test_history_is_not_rewritten() -> None:
    crear_no_completado()
    evento = RealtimeEvent.objects.get()
    for intento in (
        evento.save,
        evento.delete,
        RealtimeEvent.objects.all().delete,
        lambda: RealtimeEvent.objects.update(quien="otro"),
    ):
        with pytest.raises(TypeError, match="append-only"):
            intento()


def test_reconciling_cards_that_are_right_locks_and_asks_nothing_for_each(
    mesa: Mesa, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        crear_no_completado()
        # Answered at once: no card, no history, and looked at again for ever.
        crear_no_completado(store_answer=RESPUESTA)
    antes = VersionTablero.objects.count(), len(tablero())
    with django_assert_max_num_queries(16):
        repasar_todo()
    assert (VersionTablero.objects.count(), len(tablero())) == antes
