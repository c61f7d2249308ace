"""What people and stores do to a card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core.errores import ErrorDominio
from realtime.models import RealtimeRecord, UnfulfilledOrder, VersionTablero
from realtime.personas.permisos import claves_visibles, no_completados_visibles, tarjetas_visibles
from realtime.tarjetas.acciones import cambiar, registrar, responder, soltar, tomar
from realtime.tests.fabricas import RESPUESTA, crear_no_completado, historia, tablero
from sales.pedidos import estados
from sales.pedidos.anulacion import nombre_gecos
from sales.tests.mesa import Mesa

pytestmark = pytest.mark.django_db


@pytest.fixture
def fila(mesa: Mesa) -> UnfulfilledOrder:
    return crear_no_completado(mesa.pedido())


@contextmanager
def negado(**esperado: Any) -> Iterator[None]:
    with pytest.raises(ErrorDominio) as error:
        yield
    assert {campo: getattr(error.value, campo) for campo in esperado} == esperado


def test_registering_shows_a_card_with_who_did_it(mesa: Mesa) -> None:
    fila = registrar(pedido=mesa.pedido(), status=" 9 ", store_answer="  ", actor=mesa.tomador)
    assert (fila.status, fila.store_answer) == ("9", None)
    assert tablero() == [(fila.pk, "encuesta", "1.1")]
    assert VersionTablero.objects.get().clave == mesa.asuncion.pk


def test_answering_takes_the_card_away_by_name(mesa: Mesa, fila: UnfulfilledOrder) -> None:
    responder(unfulfilled_id=fila.pk, respuesta=f" {RESPUESTA}\n", actor=mesa.colega)
    fila.refresh_from_db()
    assert fila.store_answer == RESPUESTA
    assert tablero() == []
    assert historia(fila)[-1] == ("RETIRADA", "respondido", "2.1")


def test_an_answer_is_in_the_feed_of_changes_once(mesa: Mesa, fila: UnfulfilledOrder) -> None:
    for _vez in range(2):
        responder(unfulfilled_id=fila.pk, respuesta=RESPUESTA, actor=mesa.colega)
    estados.pasar_por_caja(pedido_id=fila.orderobj_id, usuario=mesa.supervisor)
    otra = registrar(pedido=fila.orderobj, status="9", store_answer="Otra", actor=mesa.tomador)
    cambios = fila.orderobj.cambios.values_list("tipo", "datos")
    assert list(cambios) == [
        ("pedido.guardado", {}),
        ("pedido.respondido", {"no_completado": fila.pk, "respuesta": RESPUESTA}),
        ("pedido.en_caja", {}),
        ("pedido.respondido", {"no_completado": otra.pk, "respuesta": "Otra"}),
    ]


def test_the_same_answer_twice_is_fine_and_another_is_told_who_was_first(
    mesa: Mesa, fila: UnfulfilledOrder
) -> None:
    for _ in range(2):
        responder(unfulfilled_id=fila.pk, respuesta=RESPUESTA, actor=mesa.tomador)
    assert len(historia(fila)) == 2
    with negado(codigo="ya_respondido", campo="store_answer", estado=409):
        responder(unfulfilled_id=fila.pk, respuesta="Otra", actor=mesa.colega)
    with negado(codigo="ya_respondido", estado=409):
        cambiar(unfulfilled_id=fila.pk, status=None, store_answer="Otra", actor=mesa.colega)


def test_answering_a_card_that_left_says_why_it_left(mesa: Mesa, fila: UnfulfilledOrder) -> None:
    estados.pasar_por_caja(pedido_id=fila.orderobj_id, usuario=mesa.supervisor)
    with pytest.raises(ErrorDominio) as error:
        responder(unfulfilled_id=fila.pk, respuesta=RESPUESTA, actor=mesa.tomador)
    assert error.value.codigo == "tarjeta_retirada"
    quien = nombre_gecos(mesa.supervisor)
    dicho = f"La tarjeta ya no está en el tablero. Pasó por caja ({quien}, "
    assert error.value.detail.startswith(dicho)
    fila.refresh_from_db()
    assert fila.store_answer is None
    # A store's system may still answer: what it says is kept.
    cambiar(unfulfilled_id=fila.pk, status=None, store_answer=RESPUESTA, actor=mesa.tomador)
    fila.refresh_from_db()
    assert fila.store_answer == RESPUESTA


@pytest.mark.parametrize(
    ("respuesta", "codigo"),
    [
        ("", "respuesta_vacia"),
        (" \n ", "respuesta_vacia"),
        ("x" * 2001, "respuesta_larga"),
        ("a\0b", "respuesta_ilegible"),
        ("a\ud800", "respuesta_ilegible"),
    ],
)
def test_answers_that_cannot_be(
    mesa: Mesa, fila: UnfulfilledOrder, respuesta: str, codigo: str
) -> None:
    with negado(codigo=codigo, campo="store_answer", estado=400):
        responder(unfulfilled_id=fila.pk, respuesta=respuesta, actor=mesa.tomador)
    assert len(tablero()) == 1


@pytest.mark.parametrize("status", ["", " ", "123456789", "9\n9", "\0"])
def test_a_status_that_cannot_be(mesa: Mesa, fila: UnfulfilledOrder, status: str) -> None:
    with negado(codigo="status_invalido", campo="status", estado=400):
        cambiar(unfulfilled_id=fila.pk, status=status, store_answer=None, actor=mesa.tomador)


def test_another_status_resolves_it(mesa: Mesa, fila: UnfulfilledOrder) -> None:
    cambiar(unfulfilled_id=fila.pk, status="1", store_answer=None, actor=mesa.tomador)
    assert tablero() == []
    assert historia(fila)[-1] == ("RETIRADA", "estado", "2.2")


def test_taking_moves_from_hand_to_hand_and_once(mesa: Mesa, fila: UnfulfilledOrder) -> None:
    for actor in (mesa.tomador, mesa.tomador, mesa.colega):
        tomar(unfulfilled_id=fila.pk, actor=actor)
    tarjeta = RealtimeRecord.objects.get()
    assert tarjeta.tomado_por == mesa.colega
    for _ in range(2):
        soltar(unfulfilled_id=fila.pk, actor=mesa.tomador)
    assert [hecho for hecho, _, _ in historia(fila)] == ["MOSTRADA", "TOMADA", "TOMADA", "SOLTADA"]
    assert VersionTablero.objects.get().version == 4


def test_a_card_that_left_cannot_be_taken(mesa: Mesa, fila: UnfulfilledOrder) -> None:
    responder(unfulfilled_id=fila.pk, respuesta=RESPUESTA, actor=mesa.colega)
    for deed in (tomar, soltar):
        with negado(codigo="tarjeta_retirada", estado=409):
            deed(unfulfilled_id=fila.pk, actor=mesa.tomador)


def test_who_sees_what(mesa: Mesa) -> None:
    filas = {
        lugar: crear_no_completado(mesa.pedido(sucursal=sucursal))
        for lugar, sucursal in (
            ("asuncion", mesa.asuncion),
            ("este", mesa.este),
            ("ajena", mesa.ajena),
            ("ninguna", None),
        )
    }
    esperado = {
        mesa.tomador: {"asuncion"},
        mesa.supervisor: {"asuncion", "este"},
        mesa.supervisor_ajeno: {"ajena"},
        mesa.admin: set(filas),
        mesa.sin_grupo: set(),
    }
    for usuario, lugares in esperado.items():
        propias = {filas[lugar].pk for lugar in lugares}
        assert {f.pk for f in no_completados_visibles(usuario)} == propias
        assert {t.unfulfilled_id for t in tarjetas_visibles(usuario)} == propias
        claves = {filas[lugar].orderobj.sucursal_id or 0 for lugar in lugares}
        assert set(claves_visibles(usuario)) == claves
