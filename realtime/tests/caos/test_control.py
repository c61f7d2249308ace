"""The fault run's checker: made-up losses, copies and halves are each found and named."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from realtime.benchmarks._caos.control import (
    Cuenta,
    Falta,
    LoteEnviado,
    LoteGuardado,
    PedidoEnviado,
    PedidoGuardado,
    Recibo,
    Sumas,
    revisar,
)

LOTE = UUID(int=1)
LINEAS = ((5, 2, 1100, 2000, 200, 0, 0, 0), (6, 1, 2100, 0, 0, 2000, 100, 0))
BUENO = PedidoEnviado("12", LINEAS, "huella-12")
ACORDADO = PedidoEnviado("13", LINEAS[:1], "huella-13", en_revision=True)
MALO = PedidoEnviado("99", LINEAS, "huella-99", codigo="cliente_desconocido")
ENVIADO = LoteEnviado(LOTE, (BUENO, ACORDADO, MALO))

UNO = PedidoGuardado(1, "12", "1", LINEAS)
DOS = PedidoGuardado(2, "13", "14", LINEAS[:1], filas=1, tarjetas=1, mostradas=1)
RECIBOS = (
    Recibo("12", "GUARDADO", "", 1, "huella-12"),
    Recibo("13", "GUARDADO", "", 2, "huella-13"),
    Recibo("99", "RECHAZADO", "cliente_desconocido", None, "huella-99"),
)
GUARDADO = LoteGuardado("PARCIAL", "", (UNO, DOS), RECIBOS)


def contar(guardado: LoteGuardado | None, enviado: LoteEnviado = ENVIADO) -> Cuenta:
    return revisar([enviado], {} if guardado is None else {enviado.id: guardado})


def clases(cuenta: Cuenta) -> set[Falta]:
    return {falta for falta, _ in cuenta.faltas}


def test_what_is_as_it_should_be_is_clean() -> None:
    cuenta = contar(GUARDADO)
    assert cuenta.limpia
    assert cuenta.debido == cuenta.guardado == Sumas(2, 3, Decimal(6500), Decimal(500))


def test_an_acknowledged_lote_that_is_not_there_is_lost_with_all_its_orders() -> None:
    cuenta = contar(None)
    assert (cuenta.de(Falta.PERDIDO), clases(cuenta)) == (2, {Falta.PERDIDO})
    assert not cuenta.limpia


def test_a_lote_that_nobody_acknowledged_may_be_absent_but_not_half_there() -> None:
    sin_acuse = ENVIADO._replace(acusado=False)
    assert contar(None, sin_acuse).limpia
    assert contar(GUARDADO, sin_acuse).limpia
    cuenta = contar(GUARDADO._replace(pedidos=(UNO,)), sin_acuse)
    assert Falta.PERDIDO in clases(cuenta)


def test_an_acknowledged_lote_of_nothing_good_has_to_be_there_too() -> None:
    cuenta = contar(None, LoteEnviado(LOTE, (MALO,)))
    assert clases(cuenta) == {Falta.RECIBO}


CASOS: Mapping[str, tuple[dict[str, Any], set[Falta]]] = {
    "an order is missing": ({"pedidos": (UNO,)}, {Falta.PERDIDO, Falta.RECIBO}),
    "an order is there twice": (
        {"pedidos": (UNO, DOS, UNO._replace(numero=3))},
        {Falta.DUPLICADO, Falta.RECIBO},
    ),
    "a line is missing": (
        {"pedidos": (UNO._replace(lineas=LINEAS[:1]), DOS)},
        {Falta.PARCIAL},
    ),
    "an order has no lines": ({"pedidos": (UNO._replace(lineas=()), DOS)}, {Falta.PARCIAL}),
    "a line is there twice": (
        {"pedidos": (UNO._replace(lineas=(*LINEAS, LINEAS[0])), DOS)},
        {Falta.PARCIAL},
    ),
    "an amount of IVA is another": (
        {"pedidos": (UNO, DOS._replace(lineas=((5, 2, 1100, 2001, 199, 0, 0, 0),)))},
        {Falta.PARCIAL},
    ),
    "an agreed price was just confirmed": (
        {"pedidos": (UNO, DOS._replace(status="1"))},
        {Falta.PARCIAL},
    ),
    "a card is missing": ({"pedidos": (UNO, DOS._replace(tarjetas=0))}, {Falta.TABLERO}),
    "its row is there twice": (
        {"pedidos": (UNO, DOS._replace(filas=2, tarjetas=2, mostradas=2))},
        {Falta.TABLERO},
    ),
    "its card was shown twice": ({"pedidos": (UNO, DOS._replace(mostradas=2))}, {Falta.TABLERO}),
    "a card of an order that needs none": (
        {"pedidos": (UNO._replace(filas=1, tarjetas=1, mostradas=1), DOS)},
        {Falta.TABLERO},
    ),
    "a rejected order was saved": (
        {"pedidos": (UNO, DOS, PedidoGuardado(3, "99", "1", LINEAS))},
        {Falta.DE_MAS},
    ),
    "it was never done": ({"estado": "PROCESANDO"}, {Falta.PENDIENTE}),
    "it was given up": (
        {"estado": "PARCIAL", "codigo": "demasiados_intentos"},
        {Falta.RECIBO},
    ),
    "a receipt is missing": ({"recibos": RECIBOS[:2]}, {Falta.RECIBO}),
    "a receipt is of other lines": (
        {"recibos": (RECIBOS[0]._replace(huella="otra"), *RECIBOS[1:])},
        {Falta.RECIBO},
    ),
    "a receipt names another number": (
        {"recibos": (RECIBOS[0]._replace(numero=7), *RECIBOS[1:])},
        {Falta.RECIBO},
    ),
    "a number was given twice": (
        {
            "pedidos": (UNO, DOS._replace(numero=1)),
            "recibos": (RECIBOS[0], RECIBOS[1]._replace(numero=1), RECIBOS[2]),
        },
        {Falta.NUMERO},
    ),
    "a number was lost": (
        {
            "pedidos": (UNO, DOS._replace(numero=3)),
            "recibos": (RECIBOS[0], RECIBOS[1]._replace(numero=3), RECIBOS[2]),
        },
        {Falta.NUMERO},
    ),
}


@pytest.mark.parametrize(("cambio", "faltas"), CASOS.values(), ids=CASOS)
def test_what_is_wrong_is_named(cambio: dict[str, Any], faltas: set[Falta]) -> None:
    cuenta = contar(GUARDADO._replace(**cambio))
    assert clases(cuenta) == faltas
    assert not cuenta.limpia


def test_orders_of_a_lote_that_nobody_sent_are_too_many() -> None:
    ajeno = LoteGuardado("COMPLETO", "", (PedidoGuardado(3, "12", "1", LINEAS),))
    cuenta = revisar([ENVIADO], {LOTE: GUARDADO, None: ajeno})
    assert clases(cuenta) == {Falta.DE_MAS}
    assert cuenta.debido != cuenta.guardado


def test_a_lote_that_cannot_be_read_fails_with_its_reason_and_saves_nothing() -> None:
    ilegible = LoteEnviado(LOTE, (), codigo="json_invalido")
    assert contar(LoteGuardado("FALLIDO", "json_invalido"), ilegible).limpia
    assert clases(contar(LoteGuardado("FALLIDO", "sin_pedidos"), ilegible)) == {Falta.RECIBO}
    de_mas = LoteGuardado("FALLIDO", "json_invalido", (UNO,))
    assert Falta.DE_MAS in clases(contar(de_mas, ilegible))
