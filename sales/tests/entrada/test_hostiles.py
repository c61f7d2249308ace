"""The hostile corpus against the desk: each refused with its status and code, nothing stored."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from core.tests.fuentes import quienes_dicen
from sales.lotes.ingesta import save_orders_clients
from sales.models import LotePedidos, Orders
from sales.tests.entrada.hostiles import Hostil, corpus
from sales.tests.mesa import Mesa, entrar


@pytest.fixture(scope="module")
def todos() -> list[Hostil]:
    """The corpus, made once: writing the heavy ones takes longer than refusing them."""
    return list(corpus())


@pytest.mark.parametrize("familia", ["lote:", "to /", "form of", "at /"])
def test_whatever_is_sent_is_refused_with_its_code(
    mesa: Mesa, todos: list[Hostil], familia: str
) -> None:
    navegador = entrar(mesa.tomador, headers={"accept": "application/json"})
    mal = []
    vistos = 0
    for hostil in todos:
        if familia not in hostil.nombre:
            continue
        vistos += 1
        if hostil.tipo:
            respuesta = navegador.generic(
                "POST", hostil.ruta, hostil.cuerpo, content_type=hostil.tipo
            )
        else:
            respuesta = navegador.get(hostil.ruta)
        hallado = (respuesta.status_code, _codigo(hostil, respuesta.json()))
        if hallado != (hostil.estado, hostil.codigo):
            mal.append((hostil.nombre, hallado, hostil.codigo))
    assert mal == []
    assert vistos >= 3
    assert not Orders.objects.exists()


def _codigo(hostil: Hostil, cuerpo: dict[str, str]) -> str:
    if hostil.estado != 202 or "codigo" in cuerpo:
        assert cuerpo["detail"]
        return cuerpo["codigo"]
    lote = UUID(json.loads(hostil.cuerpo)["lote"])
    avance = save_orders_clients(lote)
    assert avance is not None
    assert (avance.estado, avance.guardados) == ("FALLIDO", 0)
    return LotePedidos.objects.values_list("codigo", flat=True).get(pk=lote)


def test_there_are_enough_of_them(todos: list[Hostil]) -> None:
    nombres = [hostil.nombre for hostil in todos]
    assert len(nombres) >= 60
    assert len(set(nombres)) == len(nombres)


def test_nobody_inflates_but_who_processes() -> None:
    """The web stores what it is sent: reading it is the worker's, and is bounded there."""
    assert quienes_dicen(r"descomprimir\(") == {"core/lz/__init__.py", "sales/lotes/ingesta.py"}
