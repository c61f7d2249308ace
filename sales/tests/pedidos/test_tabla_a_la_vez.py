"""Two deeds on one order at once, one over REST and one from its page: as one after the other.

What each order of the two would have answered is read from docs/pedidos.md.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pytest
from django.test import Client

from core.tests.base_real import a_la_vez
from sales.models import Orders
from sales.tests.mesa import Mesa, crear_mesa, entrar
from sales.tests.pedidos.tabla import (
    HECHOS,
    NO_HAY,
    STATUS,
    armar,
    casillas,
    por_pagina,
    por_rest,
)

pytestmark = pytest.mark.usefixtures("base_real")
DICE = {(casilla.estado, casilla.hecho): casilla.dice for casilla in casillas()}
ESTADOS = list(dict.fromkeys(casilla.estado for casilla in casillas()))
SE_HACE = {"sí", "sin botón"}
# Asked twice at once it voids two lines, one for each who asks.
POR_LINEAS = "anular línea"


class Desenlace(NamedTuple):
    """What the two were told, in the order of the deeds, and how they left the order."""

    codigos: tuple[str, str]
    estado: str


@pytest.fixture
def mesa() -> Mesa:
    """In the database that the threads share."""
    return crear_mesa()


def uno_tras_otro(estado: str, primero: str, segundo: str, lineas: int = 2) -> tuple[str, str, str]:
    """The codes of two deeds, one after the other, and the state they leave."""
    codigos = []
    for hecho in (primero, segundo):
        dice = DICE[estado, hecho]
        codigos.append("" if dice in SE_HACE else dice)
        if dice in SE_HACE:
            lineas -= hecho == POR_LINEAS
            estado = despues(estado, hecho, lineas)
    return codigos[0], codigos[1], estado


def despues(estado: str, hecho: str, lineas: int) -> str:
    """The state that a deed leaves, with so many lines in force."""
    clase, *partes = estado.split(" · ")
    partes += {"pasar por caja": ["por caja"], "devolver stock": ["stock devuelto"]}.get(hecho, [])
    clase = {
        "anular": "anulado",
        "aceptar precio": "en curso",
        "corregir precio": "en curso",
        "cancelar": "cancelado",
    }.get(hecho, clase)
    return nombre(clase if lineas or clase == "anulado" else "sin líneas", set(partes))


def nombre(clase: str, partes: set[str]) -> str:
    """As the page writes it: what no longer matters is left out."""
    cuentan = {"anulado": [], "sin líneas": ["stock devuelto"]}
    todas = cuentan.get(clase, ["por caja", "stock devuelto"])
    return " · ".join([clase, *(parte for parte in todas if parte in partes)])


def como_quedo(pedido: Orders) -> str:
    """The state that the database shows."""
    pedido = Orders.objects.get(pk=pedido.pk)
    partes = {"por caja"} if pedido.pasado_por_caja_en else set()
    partes |= {"stock devuelto"} if pedido.stock_returned else set()
    if pedido.anulado_040:
        return nombre("anulado", partes)
    if not pedido.detalles.filter(anulado_040=False).exists():
        return nombre("sin líneas", partes)
    clases = {status: clase for clase, status in STATUS.items()}
    return nombre(clases.get(pedido.status, "en curso"), partes)


def a_la_vez_los_dos(
    mesa: Mesa, navegadores: list[Client], estado: str, hechos: tuple[str, str]
) -> Desenlace:
    """Both at once on one order."""
    pedido = armar(mesa, estado)
    lineas = list(pedido.detalles.order_by("pk").values_list("pk", flat=True))
    vias = (por_rest, por_pagina)

    def hacer(numero: int) -> tuple[int, str]:
        return vias[numero](navegadores[numero], pedido, hechos[numero], lineas[numero])

    (rest, por_que), (pagina, frase) = a_la_vez(2, hacer)
    assert (rest, pagina) == (409 if por_que else 200, 422 if frase else 200)
    return Desenlace((por_que, frase), como_quedo(pedido))


def posibles(estado: str, uno: str, otro: str) -> set[Desenlace]:
    """What both orders of the two would have left."""
    a, b, queda = uno_tras_otro(estado, uno, otro)
    b_antes, a_despues, queda_al_reves = uno_tras_otro(estado, otro, uno)
    return {Desenlace((a, b), queda), Desenlace((a_despues, b_antes), queda_al_reves)}


@pytest.mark.parametrize("estado", ESTADOS)
def test_a_deed_asked_twice_at_once_is_done_once(mesa: Mesa, estado: str) -> None:
    navegadores = [entrar(mesa.supervisor), entrar(mesa.supervisor)]
    for hecho in HECHOS:
        if DICE[estado, hecho] != NO_HAY:
            dado = a_la_vez_los_dos(mesa, navegadores, estado, (hecho, hecho))
            assert dado in posibles(estado, hecho, hecho), hecho


@pytest.mark.parametrize("estado", ["en curso", "no recogido", "cancelado", "en revisión"])
def test_two_deeds_at_once_are_as_one_after_the_other(mesa: Mesa, estado: str) -> None:
    navegadores = [entrar(mesa.supervisor), entrar(mesa.supervisor)]
    for numero, (uno, otro) in enumerate(combinations(HECHOS, 2)):
        hechos = (uno, otro) if numero % 2 else (otro, uno)
        dado = a_la_vez_los_dos(mesa, navegadores, estado, hechos)
        assert dado in posibles(estado, *hechos), hechos
