"""Pages of orders: the list, the document, voiding; where each role's day starts; the panel."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sales.pantalla.panel import panel_de
from sales.tests.fabricas import crear_articulo, crear_empresa, crear_sucursal
from sales.tests.mesa import HX, Mesa, entrar

# Each drawing masks the session's token anew.
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')


def _texto(html: bytes) -> str:
    return _TOKEN.sub("", re.sub(r"\s+", " ", html.decode()))


def test_the_list_shows_client_state_and_total(mesa: Mesa) -> None:
    pedido = mesa.pedido(status="14")
    texto = _texto(entrar(mesa.tomador).get("/pedidos/").content)
    assert mesa.cliente.nombrefantasia in texto
    assert "Gs. 20.000" in texto
    assert "En revisión" in texto
    assert f'href="/pedidos/{pedido.pedido_numero}/"' in texto


def test_the_list_after_a_swap_is_the_fresh_list(mesa: Mesa) -> None:
    mesa.pedido()
    navegador = entrar(mesa.tomador)
    lista = _texto(navegador.get("/pedidos/?estado=1", headers=HX).content).strip()
    assert lista.startswith('<section id="pedidos_lista"')
    assert lista in _texto(navegador.get("/pedidos/?estado=1").content)


def test_filters_live_in_the_url_and_an_empty_answer_says_how_to_go_on(mesa: Mesa) -> None:
    mesa.pedido(doc_fecha=date(2025, 6, 16))
    navegador = entrar(mesa.tomador)
    ninguno = navegador.get("/pedidos/?desde=2025-06-17&q=despensa").content.decode()
    assert "Ningún pedido coincide" in ninguno
    assert 'value="2025-06-17"' in ninguno
    assert 'value="despensa"' in ninguno
    assert "Un filtro no se entiende" in navegador.get("/pedidos/?desde=ayer").content.decode()
    assert "Sin pedidos todavía" in entrar(mesa.colega).get("/pedidos/").content.decode()


def test_the_document_shows_its_lines_its_taxes_and_the_systems_price(mesa: Mesa) -> None:
    exento = crear_articulo("Libro de lectura", tasa_iva=0)
    pedido = mesa.pedido(lineas=[(mesa.articulo, 2, 10_000), (exento, 1, 3_000)])
    pedido.detalles.filter(artobj_id=exento.pk).update(precio_sistema=3_500, cantidad_original=4)
    texto = _texto(entrar(mesa.tomador).get(f"/pedidos/{pedido.pedido_numero}/").content)
    for fragmento in (
        "Gs. 18.182",
        "Gs. 1.818",
        "Gs. 3.000",
        "Gs. 23.000",
        "sistema: 3.500",
        "pedida: 4",
        "Libro de lectura",
    ):
        assert fragmento in texto


def test_voiding_by_htmx_draws_the_document_as_the_fresh_page_does(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    navegador, url = entrar(mesa.tomador), f"/pedidos/{pedido.pedido_numero}/"
    respuesta = navegador.post(f"{url}anulacion/", {"motivo": "Error de carga"}, headers=HX)
    assert respuesta.status_code == 200
    documento = _texto(respuesta.content).strip()
    assert documento.startswith('<article id="pedido_documento"')
    assert "Anulado por ana" in documento
    assert 'name="motivo"' not in documento
    assert documento in _texto(navegador.get(url).content)


def test_voiding_a_line_strikes_it_and_takes_it_off_the_choices(mesa: Mesa) -> None:
    otro = crear_articulo("Harina 000")
    pedido = mesa.pedido(lineas=[(mesa.articulo, 2, 10_000), (otro, 1, 3_000)])
    linea = pedido.detalles.get(artobj_id=mesa.articulo.pk)
    url = f"/pedidos/{pedido.pedido_numero}/anulacion/"
    respuesta = entrar(mesa.tomador).post(
        url, {"motivo": "Sin stock", "detalle": linea.pk}, headers=HX
    )
    texto = _texto(respuesta.content)
    assert "Línea anulada por ana" in texto
    assert f'<option value="{linea.pk}"' not in texto
    assert "Gs. 3.000" in texto


def test_a_refused_void_draws_the_form_again_with_what_was_typed(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    url = f"/pedidos/{pedido.pedido_numero}/anulacion/"
    navegador = entrar(mesa.tomador)
    vacio = navegador.post(url, {"motivo": " "}, headers=HX)
    assert vacio.status_code == 422
    assert "Escribir el motivo de la anulación." in vacio.content.decode()
    ajena = mesa.pedido().detalles.get()
    errado = navegador.post(url, {"motivo": "Roto", "detalle": ajena.pk}, headers=HX)
    assert errado.status_code == 422
    assert 'value="Roto"' in errado.content.decode()
    navegador.post(url, {"motivo": "Uno"}, headers=HX)
    otra_vez = navegador.post(url, {"motivo": "Dos"}, headers=HX)
    assert otra_vez.status_code == 422
    assert "Anulado por ana" in otra_vez.content.decode()


def test_without_javascript_the_form_works_too(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    url = f"/pedidos/{pedido.pedido_numero}/"
    navegador = entrar(mesa.tomador)
    respuesta = navegador.post(f"{url}anulacion/", {"motivo": "Error"})
    assert (respuesta.status_code, respuesta["Location"]) == (302, url)


def test_stored_markup_is_inert(mesa: Mesa) -> None:
    mesa.cliente.nombrefantasia = "<script>alert(1)</script>"
    mesa.cliente.save()
    pedido = mesa.pedido(observacion="<img src=x onerror=alert(2)>")
    navegador = entrar(mesa.tomador)
    for url in ("/pedidos/", f"/pedidos/{pedido.pedido_numero}/"):
        texto = navegador.get(url).content.decode()
        assert "<script>alert" not in texto
        assert "<img src=x" not in texto


@pytest.mark.parametrize("ruta", ["/pedidos/", "/pedidos/{pedido}/"])
def test_one_row_and_fifty_cost_the_same_queries(mesa: Mesa, ruta: str) -> None:
    chico = mesa.pedido()
    grande = mesa.pedido(lineas=[(crear_articulo(), 1, 1_000) for _ in range(30)])
    navegador = entrar(mesa.supervisor)
    navegador.get("/pedidos/")
    with CaptureQueriesContext(connection) as una:
        navegador.get(ruta.format(pedido=chico.pedido_numero))
    for _ in range(48):
        mesa.pedido()
    with CaptureQueriesContext(connection) as cincuenta:
        navegador.get(ruta.format(pedido=grande.pedido_numero))
    assert len(una) == len(cincuenta)


@pytest.mark.parametrize(
    ("quien", "destino"),
    [("tomador", "/pedidos/nuevo/"), ("supervisor", "/lotes/"), ("admin", "/panel/")],
)
def test_each_role_starts_where_it_works(mesa: Mesa, quien: str, destino: str) -> None:
    assert entrar(getattr(mesa, quien)).get("/")["Location"] == destino


def test_somebody_without_a_role_is_told_whom_to_ask(mesa: Mesa) -> None:
    respuesta = entrar(mesa.sin_grupo).get("/")
    assert respuesta.status_code == 403
    assert "Pedir a un administrador que le dé uno." in respuesta.content.decode()


def test_the_panels_figures_are_todays_and_within_reach(mesa: Mesa) -> None:
    mesa.pedido(capturado_en=timezone.now())
    mesa.pedido(capturado_en=timezone.now(), lineas=[(mesa.articulo, 1, 5_000)])
    mesa.pedido(mesa.colega, sucursal=mesa.este, capturado_en=timezone.now())
    mesa.pedido(capturado_en=timezone.now() - timedelta(days=2))
    mesa.pedido(mesa.ajeno, sucursal=mesa.ajena, capturado_en=timezone.now())
    anulado = mesa.pedido(capturado_en=timezone.now())
    type(anulado).objects.filter(pk=anulado.pk).update(
        anulado_040=True, anulado_040_fecha=timezone.now(), anulado_040_por_gecos="x"
    )
    mesa.lote()
    mesa.lote(estado="COMPLETO")
    mesa.lote(estado="COMPLETO", recibido_en=timezone.now() - timedelta(days=2))
    panel = panel_de(mesa.supervisor)
    assert [(c.moneda, c.pedidos, c.total) for c in panel.cargas] == [("PYG", 3, Decimal(45_000))]
    assert [(c.quien, c.pedidos, c.total, c.parte) for c in panel.personas] == [
        ("ana", 2, Decimal(25_000), 100),
        ("beto", 1, Decimal(20_000), 50),
    ]
    assert {e.codigo: e.cuantos for e in panel.estados} == {
        "RECIBIDO": 1,
        "PROCESANDO": 0,
        "COMPLETO": 1,
        "PARCIAL": 0,
        "FALLIDO": 0,
    }
    assert [lote.estado for lote in panel.en_espera] == ["RECIBIDO"]
    texto = _texto(entrar(mesa.supervisor).get("/panel/").content)
    assert "Gs. 45.000" in texto


def test_the_panel_keeps_currencies_apart(mesa: Mesa) -> None:
    lima = crear_sucursal(crear_empresa("Lima S.A.C.", moneda="PEN"), "Lima")
    mesa.pedido(capturado_en=timezone.now())
    mesa.pedido(capturado_en=timezone.now(), sucursal=lima, lineas=[(mesa.articulo, 1, 5)])
    panel = panel_de(mesa.admin)
    assert [(c.moneda, c.total) for c in panel.cargas] == [
        ("PEN", Decimal(5)),
        ("PYG", Decimal(20_000)),
    ]
