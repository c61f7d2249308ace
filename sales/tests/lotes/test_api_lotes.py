"""`GET /api/lotes/`: states, verdicts, whose they are."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sales.tests.mesa import QUIEN_VE, Mesa, entrar, resultado


def test_a_lote_just_received(mesa: Mesa) -> None:
    lote = mesa.lote(encolado_en=timezone.now())
    respuesta = entrar(mesa.tomador).get(f"/api/lotes/{lote.pk}/")
    assert respuesta.status_code == 200
    assert respuesta.json() == {
        "lote": str(lote.pk),
        "estado": "RECIBIDO",
        "total": 0,
        "guardados": 0,
        "rechazados": 0,
        "progreso": 0,
        "huella": lote.huella,
        "situacion": "EN_COLA",
        "tarea": None,
        "pedidos": [],
        "siguiente": None,
    }


def test_a_finished_lote_with_its_verdicts(mesa: Mesa) -> None:
    lote = mesa.lote(estado="PARCIAL", total=2, guardados=1, rechazados=1)
    pedido = mesa.pedido(loteobj=lote)
    aviso = {"codigo": "precio_en_revision", "linea": 1, "campo": "precio_unitario", "motivo": "M"}
    resultado(lote, 0, cliente_id="7", orderobj=pedido, avisos=[aviso])
    resultado(
        lote,
        1,
        cliente_id="x",
        resultado="RECHAZADO",
        codigo="cliente_desconocido",
        motivo="No existe.",
        linea=3,
        campo="articulo_id",
        huella="b" * 64,
    )
    cuerpo = entrar(mesa.tomador).get(f"/api/lotes/{lote.pk}/").json()
    assert (cuerpo["estado"], cuerpo["progreso"]) == ("PARCIAL", 100)
    assert cuerpo["pedidos"] == [
        {
            "cliente_id": "7",
            "resultado": "GUARDADO",
            "pedido_numero": pedido.pedido_numero,
            "huella": "a" * 64,
            "avisos": [aviso],
        },
        {
            "cliente_id": "x",
            "resultado": "RECHAZADO",
            "motivo": "No existe.",
            "codigo": "cliente_desconocido",
            "linea": 3,
            "campo": "articulo_id",
            "huella": "b" * 64,
            "avisos": [],
        },
    ]


def test_a_lote_that_failed_as_a_whole_says_why(mesa: Mesa) -> None:
    lote = mesa.lote(estado="FALLIDO", codigo="json_invalido")
    cuerpo = entrar(mesa.tomador).get(f"/api/lotes/{lote.pk}/").json()
    assert cuerpo["codigo"] == "json_invalido"
    assert cuerpo["motivo"] == "El contenido no es JSON válido: está cortado o mal escrito."


def test_progress_is_the_share_of_verdicts(mesa: Mesa) -> None:
    lote = mesa.lote(estado="PROCESANDO", total=500, guardados=308, rechazados=4)
    assert entrar(mesa.tomador).get(f"/api/lotes/{lote.pk}/").json()["progreso"] == 62


def test_verdicts_come_500_at_a_time(mesa: Mesa) -> None:
    lote = mesa.lote(estado="COMPLETO", total=501, guardados=501)
    resultado(lote, 0)
    modelo = lote.resultados.model
    modelo.objects.bulk_create(
        modelo(loteobj=lote, posicion=n, cliente_id=str(n), resultado="GUARDADO", huella="a" * 64)
        for n in range(1, 501)
    )
    navegador = entrar(mesa.tomador)
    primera = navegador.get(f"/api/lotes/{lote.pk}/").json()
    assert len(primera["pedidos"]) == 500
    assert primera["siguiente"].endswith(f"/api/lotes/{lote.pk}/?pagina=2")
    segunda = navegador.get(primera["siguiente"]).json()
    assert [p["cliente_id"] for p in segunda["pedidos"]] == ["500"]
    assert segunda["siguiente"] is None


@pytest.mark.parametrize("pagina", ["0", "-1", "3", "abc", "9" * 41, "9" * 5000, "1.5", "%00"])
def test_pages_that_do_not_exist_are_404(mesa: Mesa, pagina: str) -> None:
    lote = mesa.lote()
    respuesta = entrar(mesa.tomador).get(f"/api/lotes/{lote.pk}/?pagina={pagina}")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "not_found")


@pytest.mark.parametrize(("quien", "estado"), QUIEN_VE)
def test_who_sees_a_lote(mesa: Mesa, quien: str, estado: int) -> None:
    lote = mesa.lote()
    navegador = entrar(getattr(mesa, quien))
    assert navegador.get(f"/api/lotes/{lote.pk}/").status_code == estado
    lista = navegador.get("/api/lotes/")
    if estado == 403:
        assert lista.status_code == 403
    else:
        assert [fila["lote"] for fila in lista.json()["results"]] == (
            [str(lote.pk)] if estado == 200 else []
        )


def test_a_lote_that_never_existed_is_404(mesa: Mesa) -> None:
    respuesta = entrar(mesa.admin).get(f"/api/lotes/{uuid.uuid4()}/")
    assert respuesta.status_code == 404
    assert respuesta.json() == {
        "detail": "No existe o no está a su alcance.",
        "codigo": "not_found",
    }


def test_the_list_has_whose_and_when(mesa: Mesa) -> None:
    lote = mesa.lote()
    cuerpo = entrar(mesa.supervisor).get("/api/lotes/").json()
    assert set(cuerpo) == {"count", "next", "previous", "results"}
    fila = cuerpo["results"][0]
    assert set(fila) == {
        "lote",
        "estado",
        "total",
        "guardados",
        "rechazados",
        "progreso",
        "huella",
        "usuario",
        "sucursal",
        "recibido_en",
        "terminado_en",
    }
    assert (fila["usuario"], fila["sucursal"]) == (mesa.tomador.pk, lote.sucursal_id)


@pytest.mark.parametrize(
    ("filtro", "cuantos"),
    [
        ("estado=RECIBIDO", 1),
        ("estado=COMPLETO", 1),
        ("mios=true", 0),
        ("desde=2020-01-01", 2),
        ("desde=2999-01-01", 0),
        ("q=ana", 2),
        ("q=beto", 0),
        ("q={numero}", 1),
        ("q={lote}", 1),
        ("q=%25", 0),
    ],
)
def test_filters(mesa: Mesa, filtro: str, cuantos: int) -> None:
    lote = mesa.lote(estado="COMPLETO")
    mesa.lote()
    pedido = mesa.pedido(loteobj=lote)
    consulta = filtro.format(numero=pedido.pedido_numero, lote=lote.pk)
    assert entrar(mesa.supervisor).get(f"/api/lotes/?{consulta}").json()["count"] == cuantos


@pytest.mark.parametrize(
    ("consulta", "campo"),
    [("estado=OTRO", "estado"), ("mios=quizas", "mios"), ("q=%00", "q"), ("q=" + "x" * 101, "q")],
)
def test_filters_that_make_no_sense_are_400_naming_them(
    mesa: Mesa, consulta: str, campo: str
) -> None:
    respuesta = entrar(mesa.supervisor).get(f"/api/lotes/?{consulta}")
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, campo)


@pytest.mark.parametrize("ruta", ["/api/lotes/", "/api/lotes/{lote}/"])
def test_one_row_and_fifty_cost_the_same_queries(mesa: Mesa, ruta: str) -> None:
    lote = mesa.lote()
    resultado(lote, 0, orderobj=mesa.pedido(loteobj=lote))
    navegador = entrar(mesa.supervisor)
    url = ruta.format(lote=lote.pk)
    navegador.get(url)
    with CaptureQueriesContext(
        connection,
    ) as una:
        navegador.get(url)
    for n in range(1, 50):
        mesa.lote()
        resultado(lote, n, orderobj=mesa.pedido())
    with CaptureQueriesContext(connection) as cincuenta:
        navegador.get(url)
    assert len(una) == len(cincuenta)
    assert not any("contenido" in consulta["sql"] for consulta in cincuenta)
