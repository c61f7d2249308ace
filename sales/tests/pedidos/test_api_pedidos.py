"""`/api/pedidos/`: the documents, exact, and what happens to them afterwards."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sales.models import Orders
from sales.signals import Hecho, pedido_cambiado
from sales.tests.fabricas import crear_articulo, crear_empresa, crear_sucursal
from sales.tests.mesa import QUIEN_VE, Mesa, entrar


def hacer(navegador: Client, pedido: Orders, hecho: str, cuerpo: Any = None) -> Any:
    url = f"/api/pedidos/{pedido.pedido_numero}/{hecho}/"
    return navegador.post(url, json.dumps(cuerpo or {}), content_type="application/json")


def test_the_document_carries_the_models_names_and_exact_money(mesa: Mesa) -> None:
    capturado = datetime(2025, 6, 16, 15, 0, tzinfo=UTC)
    pedido = mesa.pedido(observacion="Antes de las 10", capturado_en=capturado)
    linea = pedido.detalles.get()
    cuerpo = entrar(mesa.tomador).get(f"/api/pedidos/{pedido.pedido_numero}/").json()
    anulacion = {
        "anulado_040": False,
        "anulado_040_fecha": None,
        "anulado_040_por_gecos": None,
        "anulado_040_motivo": "",
    }
    assert cuerpo == {
        "id": pedido.pk,
        "pedido_numero": pedido.pedido_numero,
        "pdvobj": mesa.cliente.pk,
        "doc_tipo": "PEDIDO",
        "doc_fecha": "2025-06-16",
        "doc_numero": 0,
        **anulacion,
        "status": "1",
        "stock_returned": False,
        "pasado_por_caja_en": None,
        "loteobj": None,
        "sucursal": mesa.asuncion.pk,
        "usuario": mesa.tomador.pk,
        "observacion": "Antes de las 10",
        "capturado_en": "2025-06-16T12:00:00-03:00",
        "impreso_en": None,
        "impreso_por": None,
        "uuid": None,
        "total": "20000",
        "detalles": [
            {
                "id": linea.pk,
                "articulo_id": mesa.articulo.pk,
                "artobj": mesa.articulo.pk,
                "cantidad_original": 2,
                "cantidad": 2,
                "precio_unitario": "10000",
                "iva_10": "1818",
                "gravada_10": "18182",
                "iva_5": "0",
                "gravada_5": "0",
                "exenta": "0",
                **anulacion,
                "precio_sistema": "10000",
                "lista_precio": None,
                "version_precios": "",
            }
        ],
    }


def test_money_has_the_decimals_of_the_companys_currency(mesa: Mesa) -> None:
    lima = crear_sucursal(crear_empresa("Lima S.A.C.", moneda="PEN"), "Lima")
    pedido = mesa.pedido(sucursal=lima, lineas=[(mesa.articulo, 3, 5)])
    cuerpo = entrar(mesa.admin).get(f"/api/pedidos/{pedido.pedido_numero}/").json()
    assert cuerpo["total"] == "15.00"
    assert cuerpo["detalles"][0]["precio_unitario"] == "5.00"
    assert cuerpo["detalles"][0]["iva_10"] == "1.36"


def test_an_order_of_another_system_has_no_branch(mesa: Mesa) -> None:
    pedido = mesa.pedido(sucursal=None)
    cuerpo = entrar(mesa.admin).get(f"/api/pedidos/{pedido.pedido_numero}/").json()
    assert (cuerpo["sucursal"], cuerpo["total"]) == (None, "20000")


@pytest.mark.parametrize(("quien", "estado"), QUIEN_VE)
@pytest.mark.parametrize("hecho", ["", "anulacion", "cancelacion", "stock-devuelto", "caja"])
def test_who_reaches_an_order(mesa: Mesa, quien: str, estado: int, hecho: str) -> None:
    pedido = mesa.pedido()
    navegador = entrar(getattr(mesa, quien))
    if hecho:
        respuesta = hacer(navegador, pedido, hecho, {"motivo": "Error de carga"})
    else:
        respuesta = navegador.get(f"/api/pedidos/{pedido.pedido_numero}/")
    assert respuesta.status_code == estado


@pytest.mark.parametrize("numero", ["0", "999999", "9" * 19, "9" * 5000])
def test_numbers_that_no_order_has_are_404(mesa: Mesa, numero: str) -> None:
    assert entrar(mesa.admin).get(f"/api/pedidos/{numero}/").status_code == 404


@pytest.mark.parametrize(
    ("consulta", "cuantos"),
    [
        ("", 2),
        ("estado=8", 1),
        ("status=8", 1),
        ("fecha=2025-06-16", 1),
        ("fecha=16/06/2025", 1),
        ("desde=2025-06-17", 1),
        ("hasta=2025-06-16", 1),
        ("cliente={cliente}", 2),
        ("cliente=999", 0),
        ("lote={lote}", 1),
        ("anulado=true", 0),
        ("anulado=false", 2),
        ("q={numero}", 1),
        ("q=DESPENSA", 2),
        ("q=despensa {ruc}", 2),
        ("q=despensa otro", 0),
        ("q=%25", 0),
    ],
)
def test_filters(mesa: Mesa, consulta: str, cuantos: int) -> None:
    lote = mesa.lote()
    uno = mesa.pedido(loteobj=lote, pedido_numero=987_654)
    mesa.pedido(doc_fecha=date(2025, 6, 17), status="8")
    texto = consulta.format(
        cliente=mesa.cliente.pk, lote=lote.pk, numero=uno.pedido_numero, ruc=mesa.cliente.ruc
    )
    assert entrar(mesa.tomador).get(f"/api/pedidos/?{texto}").json()["count"] == cuantos


@pytest.mark.parametrize(
    ("consulta", "campo"),
    [
        ("fecha=ayer", "fecha"),
        ("desde=2025-13-01", "desde"),
        ("cliente=abc", "cliente"),
        ("cliente=1.5", "cliente"),
        ("cliente=-3", "cliente"),
        ("cliente=9223372036854775808", "cliente"),
        ("cliente=" + "9" * 5000, "cliente"),
        ("lote=no", "lote"),
        ("ordering=password", "ordering"),
        ("anulado=quizas", "anulado"),
        ("por_pagina=0", "por_pagina"),
        ("por_pagina=-1", "por_pagina"),
        ("por_pagina=null", "por_pagina"),
        ("por_pagina=" + "9" * 5000, "por_pagina"),
        ("q=%00", "q"),
        ("estado=" + "1" * 9, "estado"),
    ],
)
def test_filters_that_make_no_sense_are_400_naming_them(
    mesa: Mesa, consulta: str, campo: str
) -> None:
    respuesta = entrar(mesa.tomador).get(f"/api/pedidos/?{consulta}")
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, campo)


def test_one_order_and_fifty_cost_the_same_queries(mesa: Mesa) -> None:
    navegador = entrar(mesa.supervisor)
    mesa.pedido()
    navegador.get("/api/pedidos/")
    with CaptureQueriesContext(connection) as uno:
        assert navegador.get("/api/pedidos/").json()["count"] == 1
    for _ in range(49):
        mesa.pedido(lineas=[(mesa.articulo, 1, 1000), (crear_articulo(), 2, 500)])
    with CaptureQueriesContext(connection) as cincuenta:
        assert len(navegador.get("/api/pedidos/").json()["results"]) == 50
    # session, user, groups, count, orders, lines
    assert (len(uno), len(cincuenta)) == (6, 6)


def test_a_page_has_at_most_a_hundred_orders(mesa: Mesa) -> None:
    for _ in range(3):
        mesa.pedido()
    navegador = entrar(mesa.tomador)
    pagina = navegador.get("/api/pedidos/?por_pagina=2").json()
    assert len(pagina["results"]) == 2
    assert len(navegador.get(pagina["next"]).json()["results"]) == 1
    assert len(navegador.get("/api/pedidos/?por_pagina=100000").json()["results"]) == 3


def test_voiding_the_document_writes_who_when_why_and_leaves_its_status(mesa: Mesa) -> None:
    mesa.tomador.first_name, mesa.tomador.last_name = "Ana", "Ñáñez"
    mesa.tomador.save()
    pedido, antes = mesa.pedido(status="14"), timezone.now()
    respuesta = hacer(entrar(mesa.tomador), pedido, "anulacion", {"motivo": " Error de carga "})
    assert respuesta.status_code == 200
    cuerpo = respuesta.json()
    assert (cuerpo["anulado_040"], cuerpo["anulado_040_por_gecos"]) == (True, "Ana Ñáñez")
    assert (cuerpo["anulado_040_motivo"], cuerpo["status"]) == ("Error de carga", "14")
    pedido.refresh_from_db()
    assert pedido.anulado_040_fecha is not None
    assert antes <= pedido.anulado_040_fecha <= timezone.now()
    assert pedido.detalles.filter(anulado_040=True).count() == 0


def test_voiding_one_line_takes_it_out_of_the_total(mesa: Mesa) -> None:
    pedido = mesa.pedido(lineas=[(mesa.articulo, 2, 10_000), (crear_articulo(), 1, 3_000)])
    primera = pedido.detalles.order_by("id")[0]
    cuerpo = {"motivo": "Sin stock", "detalle": primera.pk}
    respuesta = hacer(entrar(mesa.tomador), pedido, "anulacion", cuerpo)
    assert respuesta.json()["total"] == "3000"
    assert [d["anulado_040"] for d in respuesta.json()["detalles"]] == [True, False]
    assert respuesta.json()["anulado_040"] is False
    assert respuesta.json()["detalles"][0]["anulado_040_por_gecos"] == "ana"


def test_voids_are_written_once(mesa: Mesa) -> None:
    navegador, pedido = entrar(mesa.tomador), mesa.pedido()
    linea = {"motivo": "Uno", "detalle": pedido.detalles.get().pk}
    estados = [
        hacer(navegador, pedido, "anulacion", linea),
        hacer(navegador, pedido, "anulacion", linea),
        hacer(navegador, pedido, "anulacion", {"motivo": "Dos"}),
        hacer(navegador, pedido, "anulacion", {"motivo": "Tres"}),
        hacer(navegador, pedido, "anulacion", linea),
    ]
    assert [r.status_code for r in estados] == [200, 409, 200, 409, 409]
    assert {r.json()["codigo"] for r in estados if r.status_code == 409} == {"ya_anulado"}
    pedido.refresh_from_db()
    assert pedido.anulado_040_motivo == "Dos"


@pytest.mark.parametrize(
    ("cuerpo", "campo"),
    [
        ({}, "motivo"),
        ({"motivo": ""}, "motivo"),
        ({"motivo": "   "}, "motivo"),
        ({"motivo": None}, "motivo"),
        ({"motivo": "x" * 201}, "motivo"),
        ({"motivo": "a\x00b"}, "motivo"),
        ({"motivo": "a\ud800b"}, "motivo"),
        ({"motivo": ["x"]}, "motivo"),
        ({"motivo": "x", "detalle": "abc"}, "detalle"),
        ({"motivo": "x", "detalle": 0}, "detalle"),
        ({"motivo": "x", "detalle": 1.5}, "detalle"),
        ({"motivo": "x", "detalle": 2**63}, "detalle"),
        ({"motivo": "x", "detalle": [1]}, "detalle"),
        ({"motivo": "x", "detale": 1}, "detale"),
    ],
)
def test_a_void_without_sense_is_400_naming_the_field(
    mesa: Mesa, cuerpo: dict[str, Any], campo: str
) -> None:
    pedido = mesa.pedido()
    respuesta = hacer(entrar(mesa.tomador), pedido, "anulacion", cuerpo)
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, campo)
    pedido.refresh_from_db()
    assert not pedido.anulado_040


def test_a_line_of_another_order_is_404(mesa: Mesa) -> None:
    otra = mesa.pedido().detalles.get()
    cuerpo = {"motivo": "x", "detalle": otra.pk}
    respuesta = hacer(entrar(mesa.tomador), mesa.pedido(), "anulacion", cuerpo)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "linea_ajena")


@pytest.mark.parametrize(
    ("hecho", "campo", "codigo"),
    [
        ("cancelacion", "status", "ya_cancelado"),
        ("stock-devuelto", "stock_returned", "stock_ya_devuelto"),
        ("caja", "pasado_por_caja_en", "ya_paso_por_caja"),
    ],
)
def test_deeds_happen_once(mesa: Mesa, hecho: str, campo: str, codigo: str) -> None:
    navegador, pedido = entrar(mesa.tomador), mesa.pedido()
    primera = hacer(navegador, pedido, hecho)
    segunda = hacer(navegador, pedido, hecho)
    assert (primera.status_code, segunda.status_code) == (200, 409)
    assert segunda.json()["codigo"] == codigo
    despues = entrar(mesa.tomador).get(f"/api/pedidos/{pedido.pedido_numero}/").json()
    assert primera.json() == despues
    if campo == "status":
        assert despues[campo] == "8"
    else:
        assert despues[campo]


def test_each_deed_is_told_inside_its_transaction(mesa: Mesa) -> None:
    noticias: list[tuple[int, Hecho, str, bool]] = []

    def oir(pedido: Orders, hecho: Hecho, usuario: Any, **_resto: Any) -> None:
        noticias.append((pedido.pk, hecho, usuario.username, connection.in_atomic_block))

    pedido_cambiado.connect(oir, weak=False)
    try:
        lineas = [(mesa.articulo, 2, 10_000), (crear_articulo(), 1, 3_000)]
        pedido, navegador = mesa.pedido(lineas=lineas), entrar(mesa.tomador)
        linea = {"motivo": "x", "detalle": pedido.detalles.order_by("id")[0].pk}
        hacer(navegador, pedido, "anulacion", linea)
        for hecho in ("cancelacion", "caja", "stock-devuelto", "anulacion"):
            hacer(navegador, pedido, hecho, {"motivo": "x"})
            hacer(navegador, pedido, hecho, {"motivo": "x"})
    finally:
        pedido_cambiado.disconnect(oir)
    orden = [
        Hecho.ANULACION_DE_LINEA,
        Hecho.CANCELACION,
        Hecho.CAJA,
        Hecho.STOCK_DEVUELTO,
        Hecho.ANULACION,
    ]
    assert noticias == [(pedido.pk, hecho, "ana", True) for hecho in orden]


def test_a_supervisor_accepts_the_agreed_price_or_corrects_it(mesa: Mesa) -> None:
    for decision, precio in (("aceptar", "9000"), ("corregir", "10000")):
        pedido = mesa.pedido(status="14", lineas=[(mesa.articulo, 2, 9_000)])
        pedido.detalles.update(precio_sistema=10_000)
        navegador = entrar(mesa.supervisor)
        respuesta = hacer(navegador, pedido, "precio", {"decision": decision})
        cuerpo = respuesta.json()
        assert (respuesta.status_code, cuerpo["status"]) == (200, "1")
        assert cuerpo["detalles"][0]["precio_unitario"] == precio
        otra_vez = hacer(navegador, pedido, "precio", {"decision": decision})
        assert (otra_vez.status_code, otra_vez.json()) == (
            409,
            {"detail": "El pedido ya no está en revisión.", "codigo": "no_en_revision"},
        )


@pytest.mark.parametrize(
    ("cuerpo", "codigo", "campo"),
    [
        ({}, "required", "decision"),
        ({"decision": "Aceptar"}, "invalid_choice", "decision"),
        ({"decision": True}, "invalid_choice", "decision"),
        ({"decision": None}, "null", "decision"),
        ({"decision": ["aceptar"]}, "invalid_choice", "decision"),
        ({"decision": "aceptar", "precio": 1}, "desconocido", "precio"),
    ],
)
def test_a_decision_is_one_of_two(
    mesa: Mesa, cuerpo: dict[str, Any], codigo: str, campo: str
) -> None:
    pedido = mesa.pedido(status="14")
    respuesta = hacer(entrar(mesa.supervisor), pedido, "precio", cuerpo)
    dicho = respuesta.json()
    assert (respuesta.status_code, dicho["codigo"], dicho["campo"]) == (400, codigo, campo)
    pedido.refresh_from_db()
    assert pedido.status == "14"
