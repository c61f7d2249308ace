"""The table of rules, every combination of it, through the real signal on the real models.

Each row reads: when, what the store said, the row's status, whether its order is cancelled,
whether its stock is back, whether it passed the checkout → what is on the board afterwards.
"""

from __future__ import annotations

from itertools import product

import pytest
from django.utils import timezone

from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.tests.fabricas import RESPUESTA, crear_no_completado, crear_orden, tablero
from sales.models import Orders

pytestmark = pytest.mark.django_db

RESPUESTAS = (None, RESPUESTA)
ESTADOS = ("4", "9", "14", "77")
PEDIDOS = ("8", "1")
NO_SI = (False, True)
Fila = tuple[str | None, str, str, bool, bool]
FILAS = list(product(RESPUESTAS, ESTADOS, PEDIDOS, NO_SI, NO_SI))
assert 2 * len(FILAS) == 128

CREADA_ENCUESTA = ("encuesta", "1.1")
CREADA_TARDE = ("conciliacion", "1.1+1.2")
CREADA_NO_RECOGIDO = ("conciliacion", "1.2")


def al_crear(fila: Fila) -> tuple[str, str] | None:
    """The table's upper half, as it is written."""
    match fila:
        case (None, "4", "8", False, _):
            return CREADA_NO_RECOGIDO
        case (None, "4", _, _, _):
            return None
        case (None, _, "8", False, _):
            return CREADA_TARDE
        case (None, _, _, _, _):
            return CREADA_ENCUESTA
        case _:
            return None


def al_actualizar(fila: Fila) -> str | None:
    """The table's lower half: the rule that removes the card, if one does."""
    match fila:
        case (str(), _, _, _, _):
            return "2.1"
        case (None, _, _, _, True):
            return "2.3"
        case (None, "9" | "14", _, _, False):
            return None
        case _:
            return "2.2"


def nombre(fila: Fila) -> str:
    respuesta, status, pedido, devuelto, caja = fila
    return (
        f"{'respondido' if respuesta else 'sin-respuesta'}-{status}-pedido-{pedido}"
        f"{'-devuelto' if devuelto else ''}{'-caja' if caja else ''}"
    )


@pytest.mark.parametrize("fila", FILAS, ids=nombre)
def test_created(fila: Fila) -> None:
    respuesta, status, status_pedido, devuelto, caja = fila
    pedido = crear_orden(status=status_pedido, stock_devuelto=devuelto, por_caja=caja)
    creado = crear_no_completado(pedido, status=status, store_answer=respuesta)
    esperado = al_crear(fila)
    assert tablero() == ([] if esperado is None else [(creado.pk, *esperado)])
    estados = list(pedido.no_completados.order_by("pk").values_list("status", "origen"))
    generado = [("4", "GENERADO")] if esperado == CREADA_TARDE else []
    assert estados == [(status, "REGISTRADO"), *generado]


@pytest.mark.parametrize("fila", FILAS, ids=nombre)
def test_updated(fila: Fila) -> None:
    """A survey's card, shown while the row waited, and then the row is saved as `fila` says."""
    respuesta, status, status_pedido, devuelto, caja = fila
    creado = crear_no_completado()
    mostrada = RealtimeRecord.objects.get()
    Orders.objects.update(
        status=status_pedido,
        stock_returned=devuelto,
        pasado_por_caja_en=timezone.now() if caja else None,
    )
    creado.status, creado.store_answer = status, respuesta
    creado.save()
    regla = al_actualizar(fila)
    queda = [] if regla else [(creado.pk, "encuesta", "1.1")]
    assert tablero() == queda
    if queda:
        assert RealtimeRecord.objects.get().creado_en == mostrada.creado_en
    assert UnfulfilledOrder.objects.count() == 1


@pytest.mark.parametrize("blanco", ["", "   ", "\n\t"])
def test_a_blank_answer_is_none(blanco: str) -> None:
    creado = crear_no_completado(store_answer=blanco)
    assert tablero() == [(creado.pk, *CREADA_ENCUESTA)]
    creado.store_answer = blanco + " "
    creado.save()
    assert len(tablero()) == 1


@pytest.mark.parametrize(
    ("antes", "despues", "queda"), [("4", "4", 1), ("9", "4", 0), ("4", "1", 0)]
)
def test_a_reconciliation_leaves_only_when_its_status_changes(
    antes: str, despues: str, queda: int
) -> None:
    pedido = crear_orden(status="8")
    creado = crear_no_completado(pedido, status=antes)
    assert RealtimeRecord.objects.get().tipo == "conciliacion"
    creado.status = despues
    creado.save()
    assert RealtimeRecord.objects.count() == queda


def test_a_status_already_seen_no_longer_counts_as_a_change() -> None:
    creado = crear_no_completado(crear_orden(status="8"), status="9")
    for status in ("14", "14"):
        creado.status = status
        creado.save()
    assert RealtimeRecord.objects.get().ultimo_status == "14"
    creado.status = "4"
    creado.save()
    assert tablero() == []
