"""Things die in the middle; every acknowledged order is saved exactly once, to the guaraní."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from core.tests.e2e.mesa import ALIAS, Mesa, esperar
from core.tests.e2e.navegante import Navegante
from sales.models import LotePedidos, Orders, OrdersDetail

MONTOS = ("precio_unitario", "gravada_10", "iva_10", "gravada_5", "iva_5", "exenta")


@pytest.fixture
def navegante(mesa_real: Mesa) -> Navegante:
    return Navegante(mesa_real).entrar()


def guardado(lote: str) -> dict[int, list[tuple[int, ...]]]:
    """client → its lines as stored. Every client once, or the assertion says who came twice."""
    pedidos = list(Orders.objects.using(ALIAS).filter(loteobj_id=UUID(lote)))
    assert len({p.pdvobj_id for p in pedidos}) == len(pedidos)
    lineas: dict[int, list[tuple[int, ...]]] = {p.pdvobj_id: [] for p in pedidos}
    filas = (
        OrdersDetail.objects.using(ALIAS)
        .filter(orderobj__loteobj_id=UUID(lote))
        .order_by("id")
        .values_list("orderobj__pdvobj_id", "artobj_id", "cantidad", *MONTOS)
    )
    for cliente, *valores in filas:
        lineas[cliente].append(tuple(int(valor) for valor in valores))
    return lineas


@pytest.fixture
def redis_detenido(mesa_real: Mesa) -> Iterator[None]:
    mesa_real.parar("redis")
    yield
    if "redis" not in mesa_real.procesos:
        mesa_real.arrancar("redis")
    mesa_real.esperar_lista()


def _procesando(lotes: list[str]) -> bool:
    return (
        LotePedidos.objects.using(ALIAS)
        .filter(id__in=lotes, estado="PROCESANDO", guardados__gt=0)
        .exists()
    )


def test_a_worker_killed_in_mid_lote_loses_and_repeats_nothing(
    navegante: Navegante, mesa_real: Mesa
) -> None:
    # The desk's other hundred clients stay without orders, for the tests that need such.
    cargas: list[Any] = [navegante.pedidos(200, 180, desde=salto) for salto in (0, 180)]
    sobres = [navegante.sobre(pedidos) for pedidos in cargas]
    lotes = [sobre["lote"] for sobre in sobres]
    for sobre in sobres:
        assert navegante.enviar(sobre).estado == 202
    esperar("a lote is half saved", lambda: _procesando(lotes))
    mesa_real.matar("worker")
    for lote, pedidos in zip(lotes, cargas, strict=True):
        final = navegante.esperar_final(lote)
        assert (final["estado"], final["total"], final["guardados"]) == ("COMPLETO", 200, 200)
        assert guardado(lote) == navegante.lineas_esperadas(pedidos)
    assert LotePedidos.objects.using(ALIAS).filter(id__in=lotes, intentos__gt=1).exists()


def test_redis_stopped_during_the_post_delays_and_loses_nothing(
    navegante: Navegante, mesa_real: Mesa, redis_detenido: None
) -> None:
    pedidos = navegante.pedidos(20, 10)
    sobre = navegante.sobre(pedidos)
    respuesta = navegante.enviar(sobre)
    assert (respuesta.estado, respuesta.cuerpo["estado"]) == (202, "RECIBIDO")
    assert navegante.lote(sobre["lote"])["estado"] == "RECIBIDO"
    mesa_real.arrancar("redis")
    final = navegante.esperar_final(sobre["lote"])
    assert final["estado"] == "COMPLETO"
    assert guardado(sobre["lote"]) == navegante.lineas_esperadas(pedidos)


def test_the_web_killed_after_its_answer_has_stored_the_lote(
    navegante: Navegante, mesa_real: Mesa
) -> None:
    pedidos = navegante.pedidos(5, 5)
    sobre = navegante.sobre(pedidos)
    assert navegante.enviar(sobre).estado == 202
    mesa_real.matar("web")
    mesa_real.esperar_lista()
    assert navegante.esperar_final(sobre["lote"])["estado"] == "COMPLETO"
    repetido = navegante.enviar(sobre)
    assert (repetido.estado, repetido.cuerpo["estado"]) == (200, "COMPLETO")
    assert guardado(sobre["lote"]) == navegante.lineas_esperadas(pedidos)
