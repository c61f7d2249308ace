"""The other rules of `rules.py`, each as a table: who gets no card, what a deed does, what is open.

The tables say what is expected of any copy of the module (`test_mutantes.py` flips its conditions).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from types import ModuleType
from typing import Any

from realtime import rules
from realtime.models import RealtimeEvent, UnfulfilledOrder
from sales.models import Orders
from sales.signals import Hecho

DIA = timedelta(hours=24)
SEGUNDO = timedelta(seconds=1)
MOSTRADA = datetime(2025, 6, 16, 12, 0, tzinfo=UTC)
NO_SI = (False, True)
STATUS = ("4", "8", "9", "14", "77")
Pares = list[tuple[Any, Any]]


def caso(modulo: ModuleType, status: str = "9", **campos: Any) -> Any:
    """A case of this module: created, unanswered, of an order under way, unless told."""
    fijos = {
        "creado": True,
        "respondido": False,
        "status": status,
        "status_pedido": "1",
        "stock_devuelto": False,
        "pasado_por_caja": False,
    }
    return modulo.Caso(**fijos | campos)


def _omisiones(modulo: ModuleType) -> Pares:
    """(status, alone, generated, checkout, another card) → why it gets no card of its own."""
    pares: Pares = []
    for status, (sola, generado, caja, otra) in product(("4", "9"), product(NO_SI, repeat=4)):
        dado = modulo.por_que_omitir(
            caso(modulo, status, pasado_por_caja=caja),
            sola=sola,
            generado=generado,
            hay_otra=lambda otra=otra: otra,
        )
        pares.append((dado, _omision(status == "4", sola or generado, caja, otra)))
    return pares


def _omision(es_cuatro: bool, sola: bool, caja: bool, otra: bool) -> str | None:
    if sola and caja:
        return "caja"
    return "regla" if otra and (sola or es_cuatro) else None


def _vistas(modulo: ModuleType) -> Pares:
    """What a card has seen, and whether there is anything to do about its row."""
    encuesta = {"creado": False, "tipo": modulo.Tipo.ENCUESTA}
    vista = caso(modulo, "9", ultimo_status="9", **encuesta)
    otra = caso(modulo, "9", ultimo_status="14", **encuesta)
    contestada = caso(modulo, "9", ultimo_status="9", **encuesta | {"respondido": True})
    sin_tarjeta = caso(modulo, "9", creado=False)
    return [
        *zip(map(modulo.ve_otro_status, (vista, otra, sin_tarjeta)), (0, 1, 0), strict=True),
        *zip(
            map(modulo.hay_novedad, (vista, otra, contestada, sin_tarjeta, caso(modulo))),
            (0, 1, 1, 0, 1),
            strict=True,
        ),
    ]


def _anulados(modulo: ModuleType) -> Pares:
    """A void order shows nothing; what it shows already leaves as any other."""
    todos = product(STATUS, ("1", "8"), NO_SI)
    casos = [
        caso(modulo, status, status_pedido=pedido, stock_devuelto=stock, anulado=True)
        for status, pedido, stock in todos
    ]
    contestada = caso(modulo, creado=False, respondido=True, anulado=True)
    return [
        *((str(modulo.decidir(uno).accion), "nada") for uno in casos),
        (str(modulo.decidir(contestada).accion), "retirar"),
    ]


def _conciliaciones(modulo: ModuleType) -> Pares:
    """Who is cancelled too late, which card says so, and who has a "4"."""
    return [
        *(
            (
                modulo.por_conciliar(status, stock_devuelto=stock),
                status == modulo.POR_CONCILIAR["status"]
                and stock is modulo.POR_CONCILIAR["stock_returned"],
            )
            for status, stock in product(STATUS, NO_SI)
        ),
        (modulo.por_conciliar("8", stock_devuelto=False), True),
        (modulo.se_convierte(modulo.Tipo.ENCUESTA), True),
        (modulo.se_convierte(modulo.Tipo.CONCILIACION), False),
        (modulo.le_falta_no_recogido([]), True),
        (modulo.le_falta_no_recogido([("9", False), ("14", False)]), True),
        (modulo.le_falta_no_recogido([("9", False), ("4", False)]), False),
        (modulo.le_falta_no_recogido([("9", True)]), False),
        *(
            (modulo.va_sola(status, sola=sola), sola or status == "4")
            for status, sola in product(STATUS, NO_SI)
        ),
    ]


def _respuestas(modulo: ModuleType) -> Pares:
    """What is an answer, what contradicts it, and what is registered once."""

    def abierta(guardada: str | None, nueva: str | None, edad: timedelta, *, fuera: bool) -> Any:
        return modulo.sigue_abierta(guardada, nueva, retirada=fuera, edad=edad)

    return [
        *zip(map(modulo.respondido, (None, "", " \n", "x")), (0, 0, 0, 1), strict=True),
        (modulo.contradice(None, "x"), False),
        (modulo.contradice(" ", "x"), False),
        (modulo.contradice("x", "x"), False),
        (modulo.contradice("x", "y"), True),
        (abierta(None, None, DIA * 9, fuera=False), True),
        (abierta(" ", None, DIA * 9, fuera=False), True),
        (abierta(None, None, SEGUNDO, fuera=True), False),
        (abierta("x", None, SEGUNDO, fuera=False), False),
        (abierta("x", "x", DIA - SEGUNDO, fuera=False), True),
        (abierta("x", "x", DIA, fuera=False), False),
        (abierta("x", "y", SEGUNDO, fuera=False), False),
        (abierta(None, "x", SEGUNDO, fuera=False), False),
    ]


def _pedidos(modulo: ModuleType) -> Pares:
    """What a card asks for, and until when."""
    hora_justa = MOSTRADA + DIA
    return [
        *(
            (modulo.espera_precio(status, pedido), (status, pedido) == ("14", "14"))
            for status, pedido in product(STATUS, STATUS)
        ),
        (str(modulo.que_pide("encuesta", "14", "14")), "precio"),
        (str(modulo.que_pide("encuesta", "14", "1")), "respuesta"),
        (str(modulo.que_pide("encuesta", "9", "14")), "respuesta"),
        (str(modulo.que_pide("conciliacion", "4", "8")), "stock"),
        (modulo.vence(MOSTRADA), hora_justa),
        (modulo.vencida(MOSTRADA, hora_justa - SEGUNDO), False),
        (modulo.vencida(MOSTRADA, hora_justa), True),
        (modulo.vencida(MOSTRADA, hora_justa + SEGUNDO), True),
    ]


TABLAS = (_omisiones, _vistas, _anulados, _conciliaciones, _respuestas, _pedidos)


def sorpresas(modulo: ModuleType) -> list[str]:
    """The tables' rows in which this copy of the rules answers otherwise."""
    return [
        f"{tabla.__name__}: {dado} instead of {esperado}"
        for tabla in TABLAS
        for dado, esperado in tabla(modulo)
        if dado != esperado
    ]


def test_the_rules_are_these_tables() -> None:
    assert sorpresas(rules) == []


def test_what_each_deed_does_to_the_cards_of_its_order() -> None:
    ambos = {rules.Tipo.ENCUESTA, rules.Tipo.CONCILIACION}
    hechos = {
        hecho: (set(e.retira), str(e.motivo), e.concilia, e.repasa, e.cierra_revision)
        for hecho, e in rules.EFECTOS.items()
    }
    assert hechos == {
        "anulacion": (ambos, "anulacion", False, False, False),
        "anulacion_de_linea": (set(), "regla", False, False, False),
        "cancelacion": (set(), "regla", True, True, False),
        "stock_devuelto": ({rules.Tipo.CONCILIACION}, "stock", False, False, False),
        "caja": (set(), "regla", False, True, False),
        "precio_aceptado": (set(), "aceptado", False, False, True),
        "precio_corregido": (set(), "corregido", False, False, True),
    }
    assert set(hechos) == set(Hecho.values)


def test_another_card_is_looked_for_only_when_it_matters() -> None:
    def nadie() -> bool:
        raise AssertionError("asked")

    assert rules.por_que_omitir(caso(rules), sola=False, generado=False, hay_otra=nadie) is None


def test_the_reasons_and_the_columns_are_those_of_the_models() -> None:
    assert list(rules.Motivo) == RealtimeEvent.Motivo.values
    columnas = {campo.name for campo in Orders._meta.get_fields()}
    assert columnas >= {*rules.POR_CONCILIAR, *rules.POR_REVISAR}
    fila = UnfulfilledOrder(status="14", orderobj=Orders(status="14"), store_answer=" ")
    assert (fila.en_revision, fila.respondido) == (True, False)
