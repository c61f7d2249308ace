"""The same lote sent by many at once: saved once, the same answer to all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from sales.models import LotePedidos
from sales.tests.mesa import Mesa, comprimir, crear_mesa, entrar, sobre

URL = "/api/pedidos/"


@pytest.fixture
def mesa_real(transactional_db: None) -> Mesa:
    """A desk whose rows other connections see."""
    return crear_mesa()


def _a_la_vez(mesa: Mesa, envios: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    salida = Barrier(len(envios))
    navegadores = [entrar(mesa.tomador) for _ in envios]

    def uno(navegador: Client, envio: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        salida.wait(30)
        try:
            respuesta = navegador.post(URL, envio, content_type="application/json")
            return respuesta.status_code, respuesta.json()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(envios)) as grupo:
        return list(grupo.map(uno, navegadores, envios))


@pytest.mark.parametrize("cuantos", [20, 50])
def test_equal_sends_make_one_lote_and_get_one_answer(mesa_real: Mesa, cuantos: int) -> None:
    envio = sobre()
    respuestas = _a_la_vez(mesa_real, [envio] * cuantos)
    esperada = {
        "lote": envio["lote"],
        "estado": "RECIBIDO",
        "url": f"/api/lotes/{envio['lote']}/",
    }
    assert sorted(estado for estado, _ in respuestas) == [200] * (cuantos - 1) + [202]
    assert [cuerpo for _, cuerpo in respuestas] == [esperada] * cuantos
    assert LotePedidos.objects.count() == 1


def test_different_contents_under_one_id_leave_one_winner(mesa_real: Mesa) -> None:
    base = sobre()
    envios = [base | {"pedidos": comprimir({str(n): []})} for n in range(1, 11)]
    respuestas = _a_la_vez(mesa_real, envios)
    assert sorted(estado for estado, _ in respuestas) == [202] + [422] * 9
    guardado = bytes(LotePedidos.objects.get().contenido).decode()
    ganador = next(
        envio for envio, (estado, _) in zip(envios, respuestas, strict=True) if estado == 202
    )
    assert guardado == ganador["pedidos"]
