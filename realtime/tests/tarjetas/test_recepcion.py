"""A store that retries while its first try is still on its way."""

from __future__ import annotations

import pytest

from core.tests.base_real import a_la_vez
from realtime.models import UnfulfilledOrder
from realtime.tarjetas.recepcion import registrar_una_vez
from realtime.tests.fabricas import RESPUESTA, crear_orden, tablero
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_sucursal, crear_usuario


@pytest.mark.usefixtures("base_real")
@pytest.mark.parametrize("respuesta", [None, RESPUESTA])
def test_twenty_at_once_are_one_row(respuesta: str | None) -> None:
    sucursal = crear_sucursal()
    usuario = crear_usuario("ana", Rol.TOMADOR, sucursal)
    pedido = crear_orden(sucursal)

    def registrar(_numero: int) -> tuple[int, bool]:
        fila, nueva = registrar_una_vez(
            pedido=pedido, status="9", store_answer=respuesta, actor=usuario
        )
        return fila.pk, nueva

    hechas = a_la_vez(20, registrar)
    fila = UnfulfilledOrder.objects.get()
    assert {pk for pk, _ in hechas} == {fila.pk}
    assert sum(nueva for _, nueva in hechas) == 1
    assert len(tablero()) == (0 if respuesta else 1)
