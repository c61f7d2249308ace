"""Lotes and verdicts as files."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.planillas.inerte import como_era
from core.tests.planillas.leidas import MALOS, bajar, columna, del_csv, del_libro
from sales.models import LotePedidos, ResultadoPedido
from sales.tests.mesa import QUIEN_VE, Mesa, entrar, resultado

LOTES = "/lotes/exportacion.xlsx"
R = ResultadoPedido.Resultado


@pytest.fixture
def lote(mesa: Mesa) -> LotePedidos:
    hecho = mesa.lote(estado="PARCIAL", total=3, guardados=2, rechazados=1)
    pedido = mesa.pedido(loteobj=hecho)
    resultado(hecho, 0, cliente_id=str(mesa.cliente.pk), orderobj=pedido)
    rechazo = {"resultado": R.RECHAZADO, "codigo": "precio_distinto", "linea": 2}
    resultado(hecho, 1, cliente_id="=1+1", motivo="=SUM(1)", campo="precio", **rechazo)
    resultado(hecho, 2, avisos=[{"linea": 1, "motivo": "Se corrigió"}, {"motivo": "Otro"}])
    return hecho


def test_a_lote_says_what_its_page_says(mesa: Mesa, lote: LotePedidos) -> None:
    [fila] = del_libro(bajar(entrar(mesa.tomador), LOTES))
    assert (fila["Lote"], fila["Usuario"], fila["Sucursal"]) == (str(lote.pk), "ana", "Asunción")
    assert (fila["Pedidos"], fila["Guardados"], fila["Rechazados"]) == (3, 2, 1)
    assert (fila["Estado"], fila["Qué pasó"]) == ("Parcial", "2/3 pedidos guardados, 1 con error")


def test_the_filters_of_the_log_decide_the_lotes(mesa: Mesa, lote: LotePedidos) -> None:
    otro = mesa.lote(mesa.supervisor, estado="COMPLETO")
    mesa.lote(mesa.ajeno, sucursal=mesa.ajena)
    quien = entrar(mesa.supervisor)
    for consulta, esperados in {
        "": {lote, otro},
        "?estado=PARCIAL": {lote},
        "?mios=true": {otro},
        "?q=ana": {lote},
        "?desde=2199-01-01": set(),
    }.items():
        vistos = columna(quien, LOTES + consulta, "Lote")
        assert sorted(vistos) == sorted(str(uno.pk) for uno in esperados), consulta
    for consulta in ("?estado=ROTO", "?desde=x", "?que=1"):
        assert quien.get(LOTES + consulta).status_code == 400


def test_a_lotes_verdicts_are_those_of_its_page(mesa: Mesa, lote: LotePedidos) -> None:
    quien = entrar(mesa.tomador)
    url = f"/lotes/{lote.pk}/exportacion.xlsx"
    guardado, rechazado, avisado = del_libro(bajar(quien, url))
    assert (guardado["Resultado"], guardado["Cliente"]) == ("Guardado", str(mesa.cliente))
    assert guardado["Pedido"] == lote.pedidos.get().pedido_numero
    assert (rechazado["Cliente enviado"], rechazado["Código"]) == ("=1+1", "precio_distinto")
    assert (rechazado["Qué pasó"], rechazado["Línea"]) == ("=SUM(1)", 2)
    assert avisado["Avisos"] == "Línea 1: Se corrigió · Otro"
    assert columna(quien, f"{url}?ver=rechazados", "Posición") == [2]
    assert quien.get(f"{url}?ver=todos").status_code == 400
    html = quien.get(f"/lotes/{lote.pk}/?ver=rechazados").content.decode()
    assert f'href="/lotes/{lote.pk}/exportacion.csv?ver=rechazados"' in html


@pytest.mark.parametrize(("quien", "estado"), QUIEN_VE)
def test_whose_verdicts(mesa: Mesa, lote: LotePedidos, quien: str, estado: int) -> None:
    respuesta = entrar(getattr(mesa, quien)).get(f"/lotes/{lote.pk}/exportacion.csv")
    assert respuesta.status_code == estado


def test_no_text_of_a_verdict_is_a_formula(mesa: Mesa) -> None:
    lote = mesa.lote(estado="FALLIDO", codigo="json_invalido")
    for n, malo in enumerate(MALOS):
        campos = {"cliente_id": malo, "motivo": malo, "codigo": malo, "campo": malo}
        resultado(lote, n, avisos=[{"motivo": malo}], **campos)
    filas = del_csv(bajar(entrar(mesa.tomador), f"/lotes/{lote.pk}/exportacion.csv"))
    for titulo in ("Cliente enviado", "Qué pasó", "Código", "Campo", "Avisos"):
        assert [como_era(fila[titulo]) for fila in filas] == [*MALOS]
        assert all(fila[titulo] != como_era(fila[titulo]) for fila in filas)


def test_each_stretch_takes_the_same_queries(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.planillas.tramos.por_tramos.__defaults__", (5,))
    lote = mesa.lote()
    verdictos = f"/lotes/{lote.pk}/exportacion.csv"
    quien = entrar(mesa.tomador)

    def cuantas(url: str) -> int:
        bajar(quien, url)
        with CaptureQueriesContext(connection) as consultas:
            bajar(quien, url)
        return len(consultas)

    def agregar(desde: int, hasta: int) -> None:
        for n in range(desde, hasta):
            resultado(lote, n, orderobj=mesa.pedido(), cliente_id=str(mesa.cliente.pk))
            mesa.lote()

    agregar(0, 4)
    resultado(lote, 4, orderobj=mesa.pedido(), cliente_id=str(mesa.cliente.pk))
    antes = {url: cuantas(url) for url in (LOTES, verdictos)}
    agregar(5, 25)
    # Four stretches more. A lote: itself and its task's row. A verdict: itself, order, client.
    despues = {url: cuantas(url) - antes[url] for url in antes}
    assert despues == {LOTES: 4 * 2, verdictos: 4 * 3}
