"""What may be done to an order: every cell of docs/pedidos.md, over REST and from its page."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client

from sales.models import EstadoPedido
from sales.pedidos.lo_permitido import FRASES
from sales.pedidos.tabla_de_estados import (
    CANCELADO,
    EN_REVISION,
    HECHOS,
    NO_RECOGIDO,
    TABLA,
    Celda,
    Clase,
    Estado,
    estado_de,
)
from sales.signals import Hecho
from sales.tests.mesa import Mesa, entrar
from sales.tests.pedidos import tabla
from sales.tests.pedidos.tabla import (
    NO_HAY,
    Casilla,
    armar,
    casillas,
    frases,
    ofrece,
    por_pagina,
    por_rest,
    sorpresas_pagina,
    sorpresas_rest,
)

ESTADOS = {estado.nombre: estado for estado in TABLA}
COLUMNAS = dict(zip(tabla.HECHOS, HECHOS, strict=True))
CELDAS = [casilla for casilla in casillas() if casilla.dice != NO_HAY]
NO_SI = (False, True)


def nombre(casilla: Casilla) -> str:
    return f"{casilla.estado}-{casilla.hecho}".replace(" ", "_")


def test_the_page_and_the_code_have_the_same_table() -> None:
    escrita = [(c.estado, COLUMNAS[c.hecho], c.dice) for c in casillas()]
    assert escrita == [
        (estado.nombre, hecho, celda.value)
        for estado, fila in TABLA.items()
        for hecho, celda in fila.items()
    ]
    assert (len(TABLA), len(HECHOS)) == (19, 7)
    assert len(CELDAS) == 19 * 7 - 2


def test_the_page_and_the_code_have_the_same_sentences() -> None:
    assert frases() == {celda.value: str(frase) for celda, frase in FRASES.items()}
    negadas = {c for c in Celda if not c.posible} - {Celda.NO_HAY}
    assert set(FRASES) == negadas == {c for fila in TABLA.values() for c in fila.values()} & negadas


def test_the_columns_are_the_deeds_that_are_told() -> None:
    assert sorted(HECHOS) == sorted(Hecho.values)


def test_the_codes_are_those_of_the_order() -> None:
    assert [
        EstadoPedido.NO_RECOGIDO.value,
        EstadoPedido.CANCELADO.value,
        EstadoPedido.EN_REVISION.value,
    ] == [NO_RECOGIDO, CANCELADO, EN_REVISION]


def de(status: str, *banderas: bool) -> Estado:
    anulado, sin_lineas, stock, caja = banderas
    return estado_de(
        status=status, anulado=anulado, sin_lineas=sin_lineas, stock_devuelto=stock, por_caja=caja
    )


def test_every_order_has_a_row_and_every_row_an_order() -> None:
    codigos = (*EstadoPedido.values, "77", "")
    banderas = list(product(NO_SI, repeat=4))
    assert {de(status, *puestas) for status in codigos for puestas in banderas} == set(TABLA)


def test_a_void_order_is_nothing_else_and_an_empty_one_only_its_stock() -> None:
    for status, stock, caja in product(EstadoPedido.values, NO_SI, NO_SI):
        for sin_lineas in NO_SI:
            assert de(status, True, sin_lineas, stock, caja) == Estado(Clase.ANULADO)
        assert de(status, False, True, stock, caja) == Estado(Clase.SIN_LINEAS, stock)


@pytest.fixture
def navegador(mesa: Mesa) -> Client:
    """A supervisor's: whoever may do every deed."""
    return entrar(mesa.supervisor)


@pytest.mark.parametrize("casilla", CELDAS, ids=nombre)
def test_a_cell_over_rest(mesa: Mesa, navegador: Client, casilla: Casilla) -> None:
    assert sorpresas_rest(mesa, casilla, navegador) == []


@pytest.mark.parametrize("casilla", CELDAS, ids=nombre)
def test_a_cell_from_the_orders_page(mesa: Mesa, navegador: Client, casilla: Casilla) -> None:
    assert sorpresas_pagina(mesa, casilla, navegador) == []


@pytest.mark.parametrize("estado", ESTADOS)
def test_a_cell_that_says_otherwise_is_noticed(
    mesa: Mesa, navegador: Client, estado: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fila = TABLA[ESTADOS[estado]]
    for casilla in (casilla for casilla in CELDAS if casilla.estado == estado):
        hecho = COLUMNAS[casilla.hecho]
        celda = fila[hecho]
        otra = Celda.YA_CANCELADO if celda is not Celda.YA_CANCELADO else Celda.EN_REVISION
        boton = Celda.SIN_BOTON if celda is Celda.SI else Celda.SI
        for mutante in (otra, boton):
            with monkeypatch.context() as cambio:
                cambio.setitem(fila, hecho, mutante)
                assert sorpresas_pagina(mesa, casilla, navegador), (casilla, mutante)
                # Whether a page offers it is nothing that REST could tell.
                if not (mutante.posible and celda.posible):
                    assert sorpresas_rest(mesa, casilla, navegador), (casilla, mutante)


@pytest.mark.parametrize("estado", [nombre for nombre in ESTADOS if "sin líneas" in nombre])
def test_a_line_voided_before_says_so_and_none_is_offered(
    mesa: Mesa, navegador: Client, estado: str
) -> None:
    pedido = armar(mesa, estado)
    assert not ofrece(navegador, pedido, "anular línea")
    respuesta = navegador.post(
        f"/api/pedidos/{pedido.pedido_numero}/anulacion/",
        {"motivo": "Otra vez", "detalle": pedido.detalles.order_by("pk")[0].pk},
        content_type="application/json",
    )
    assert (respuesta.status_code, respuesta.json()) == (
        409,
        {"detail": "La línea ya está anulada.", "codigo": "ya_anulado"},
    )


@pytest.mark.parametrize("status", ["9", "77"])
def test_pending_orders_and_those_of_other_systems_are_under_way(
    mesa: Mesa, navegador: Client, status: str
) -> None:
    for casilla in (casilla for casilla in CELDAS if casilla.estado == "en curso"):
        for hacer, negado in ((por_rest, 409), (por_pagina, 422)):
            pedido = armar(mesa, "en curso", status=status)
            esperado = (200, "") if casilla.se_hace else (negado, casilla.dice)
            assert hacer(navegador, pedido, casilla.hecho) == esperado, casilla


def test_an_order_of_a_header_alone_passes_the_checkout(mesa: Mesa, navegador: Client) -> None:
    pedido = mesa.pedido(lineas=[])
    assert ofrece(navegador, pedido, "pasar por caja")
    assert por_rest(navegador, pedido, "pasar por caja") == (200, "")
