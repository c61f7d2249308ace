"""`POST /api/pedidos/<n>/confirmacion/`: what an ERP says of an order, said once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from sales.models import Cambio, Orders
from sales.tests.mesa import Mesa, entrar
from sales.tests.pedidos.tabla import armar


def confirmar(navegador: Client, pedido: Orders, **cuerpo: Any) -> Any:
    url = f"/api/pedidos/{pedido.pedido_numero}/confirmacion/"
    return navegador.post(url, json.dumps(cuerpo), content_type="application/json")


def tipos(pedido: Orders) -> list[str]:
    return list(Cambio.objects.filter(pedido=pedido).values_list("tipo", flat=True))


def test_the_same_again_is_the_same_answer_and_no_news(mesa: Mesa) -> None:
    erp, pedido = entrar(mesa.supervisor), mesa.pedido()
    dicho = {"doc_numero": 4711, "doc_tipo": "FACTURA", "status": "F2"}
    primera, segunda = confirmar(erp, pedido, **dicho), confirmar(erp, pedido, **dicho)
    assert (primera.status_code, segunda.status_code) == (200, 200)
    assert primera.json() == segunda.json()
    visto = primera.json()
    assert {nombre: visto[nombre] for nombre in dicho} == dicho
    assert tipos(pedido) == ["pedido.guardado", "pedido.confirmado_erp"]
    assert Cambio.objects.get(tipo="pedido.confirmado_erp").datos == dicho
    historia = pedido.historia.get(history_change_reason="confirmacion")
    assert (historia.status, historia.history_user) == ("F2", mesa.supervisor)


@pytest.mark.parametrize(
    "otra", [{"doc_numero": 4712}, {"doc_numero": 4711, "status": "8"}, {"doc_numero": 4711}]
)
def test_something_else_is_refused(mesa: Mesa, otra: dict[str, Any]) -> None:
    erp, pedido = entrar(mesa.supervisor), mesa.pedido()
    assert confirmar(erp, pedido, doc_numero=4711, status="F2").status_code == 200
    respuesta = confirmar(erp, pedido, **otra)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "ya_confirmado")
    pedido.refresh_from_db()
    assert (pedido.doc_numero, pedido.status) == (4711, "F2")


def test_status_8_cancels_as_any_cancellation(mesa: Mesa) -> None:
    erp, pedido = entrar(mesa.supervisor), mesa.pedido()
    for _vez in range(2):
        assert confirmar(erp, pedido, doc_numero=4711, status="8").json()["status"] == "8"
    assert tipos(pedido) == ["pedido.guardado", "pedido.confirmado_erp", "pedido.cancelado"]


@pytest.mark.parametrize(
    ("estado", "status", "espera"),
    [
        ("en curso · por caja", "8", (409, "ya_paso_por_caja")),
        ("anulado", "8", (409, "pedido_anulado")),
        ("anulado", "F2", (409, "estado_no_admite")),
        ("en revisión", "F2", (409, "estado_no_admite")),
        ("cancelado", "F2", (409, "estado_no_admite")),
        ("en curso", "14", (400, "status_invalido")),
        ("en curso", "4", (400, "status_invalido")),
    ],
)
def test_a_status_that_the_table_does_not_allow_changes_nothing(
    mesa: Mesa, estado: str, status: str, espera: tuple[int, str]
) -> None:
    pedido = armar(mesa, estado)
    respuesta = confirmar(entrar(mesa.supervisor), pedido, doc_numero=4711, status=status)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == espera
    pedido.refresh_from_db()
    assert (pedido.doc_numero, tipos(pedido)) == (0, ["pedido.guardado"])


@pytest.mark.parametrize("numero", [0, -1, 2**63, "x", 1.5, True, None])
def test_a_number_that_is_none_is_refused(mesa: Mesa, numero: Any) -> None:
    respuesta = confirmar(entrar(mesa.supervisor), mesa.pedido(), doc_numero=numero)
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "doc_numero")
