"""The files' addresses: who gets them, how many orders fit, and the mark that a printing leaves."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sales.documentos import seleccion
from sales.documentos.impresos import anotar_impresos
from sales.models import Orders
from sales.tests.documentos.lectura import medidas, texto, textos
from sales.tests.mesa import QUIEN_VE, Mesa, entrar
from sales.tests.mesa import texto as html


def _marca(pedido: Orders) -> tuple[bool, str | None]:
    pedido.refresh_from_db()
    quien = pedido.impreso_por.username if pedido.impreso_por else None
    return pedido.impreso_en is not None, quien


@pytest.mark.parametrize(
    ("formato", "ancho", "nombre"),
    [
        ("", 210, "pedido-{n}.pdf"),
        ("a4", 210, "pedido-{n}.pdf"),
        ("80mm", 80, "pedido-{n}-80mm.pdf"),
    ],
)
def test_an_order_s_file_opens_in_the_browser_under_its_number(
    mesa: Mesa, formato: str, ancho: float, nombre: str
) -> None:
    n = mesa.pedido().pedido_numero
    respuesta = entrar(mesa.tomador).get(f"/pedidos/{n}/documento.pdf?formato={formato}")
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"] == f'inline; filename="{nombre.format(n=n)}"'
    assert [medida for medida, _alto in medidas(respuesta.content)] == [ancho]
    assert "no-cache" in respuesta["Cache-Control"]


def test_a_browser_s_viewer_may_show_the_file_and_nobody_may_frame_it(mesa: Mesa) -> None:
    numero = mesa.pedido().pedido_numero
    respuesta = entrar(mesa.tomador).get(f"/pedidos/{numero}/documento.pdf")
    partes = set(respuesta["Content-Security-Policy"].split("; "))
    # Chrome's viewer is an object with a style of its own, in a page that it makes.
    assert partes == {f"{d} 'none'" for d in ("base-uri", "form-action", "frame-ancestors")}
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    mala = entrar(mesa.tomador).get(f"/pedidos/{numero}/documento.pdf?formato=carta")
    assert "default-src 'none'" in mala["Content-Security-Policy"]


@pytest.mark.parametrize(("quien", "estado"), QUIEN_VE)
@pytest.mark.parametrize("metodo", ["get", "post"])
def test_who_does_not_see_the_order_gets_no_paper_of_it(
    mesa: Mesa, quien: str, estado: int, metodo: str
) -> None:
    lote = mesa.lote()
    pedido = mesa.pedido(loteobj=lote)
    navegador = entrar(getattr(mesa, quien))
    for ruta in (
        f"/pedidos/{pedido.pedido_numero}/documento.pdf",
        f"/lotes/{lote.pk}/documentos.pdf",
    ):
        assert getattr(navegador, metodo)(ruta).status_code == estado
    if metodo == "get":
        assert navegador.get(f"/lotes/{lote.pk}/carga.pdf").status_code == estado
    assert _marca(pedido)[0] is (estado == 200 and metodo == "post")


def test_another_s_orders_are_in_nobody_s_file_of_many(mesa: Mesa) -> None:
    propio, ajeno = mesa.pedido(), mesa.pedido(mesa.ajeno, sucursal=mesa.ajena)
    for quien, esperado in ((mesa.tomador, propio), (mesa.supervisor_ajeno, ajeno)):
        respuesta = entrar(quien).post("/pedidos/documentos.pdf")
        paginas = textos(respuesta.content)
        assert [p.rsplit(" Hoja")[0].rsplit(" ", 1)[1] for p in paginas] == [str(esperado)]
        numero = esperado.pedido_numero
        nombre = f'inline; filename="pedidos-{numero}-{numero}.pdf"'
        assert respuesta["Content-Disposition"] == nombre
    assert (_marca(propio), _marca(ajeno)) == ((True, "ana"), (True, "otra"))


def test_a_get_writes_nothing_and_the_first_post_is_the_one_noted(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    ruta = f"/pedidos/{pedido.pedido_numero}/documento.pdf"
    entrar(mesa.tomador).get(ruta)
    assert _marca(pedido) == (False, None)
    entrar(mesa.tomador).post(ruta, {"formato": "80mm"})
    assert _marca(pedido) == (True, "ana")
    antes = pedido.impreso_en
    respuesta = entrar(mesa.supervisor).post(ruta)
    assert respuesta.status_code == 200
    assert _marca(pedido) == (True, "ana")
    assert pedido.impreso_en == antes


def test_a_file_that_is_refused_leaves_no_mark(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    ruta = f"/pedidos/{pedido.pedido_numero}/documento.pdf"
    respuesta = entrar(mesa.tomador).post(ruta, {"formato": "carta"}, headers={"Accept": "*/json"})
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (400, "formato_desconocido")
    assert _marca(pedido) == (False, None)


def test_the_mark_counts_those_that_had_none(mesa: Mesa) -> None:
    ya, nuevo = mesa.pedido(impreso_en=timezone.now(), impreso_por=mesa.colega), mesa.pedido()
    assert anotar_impresos(pedidos=[ya, nuevo], usuario=mesa.tomador) == 1
    assert (_marca(ya), _marca(nuevo)) == ((True, "beto"), (True, "ana"))


def test_the_mark_is_on_the_page_in_the_list_and_a_filter(mesa: Mesa) -> None:
    impreso, otro = mesa.pedido(), mesa.pedido()
    navegador = entrar(mesa.tomador)
    navegador.post(f"/pedidos/{impreso.pedido_numero}/documento.pdf")
    pagina = html(navegador.get(f"/pedidos/{impreso.pedido_numero}/").content)
    assert "<dt>Impreso</dt>" in pagina
    assert "<dt>Impreso</dt>" not in html(navegador.get(f"/pedidos/{otro.pedido_numero}/").content)
    for filtro, esperado, ausente in (("true", impreso, otro), ("false", otro, impreso)):
        lista = html(navegador.get(f"/pedidos/?impreso={filtro}").content)
        assert f'href="/pedidos/{esperado.pedido_numero}/"' in lista
        assert f'href="/pedidos/{ausente.pedido_numero}/"' not in lista
    respuesta = navegador.get(f"/api/pedidos/{impreso.pedido_numero}/").json()
    impreso.refresh_from_db()
    assert respuesta["impreso_por"] == mesa.tomador.pk
    assert respuesta["impreso_en"] is not None
    assert navegador.get("/api/pedidos/?impreso=true").json()["count"] == 1


def test_a_lote_s_orders_not_printed_yet_are_printed_once(mesa: Mesa) -> None:
    lote = mesa.lote()
    primero, suelto = mesa.pedido(loteobj=lote), mesa.pedido()
    navegador = entrar(mesa.tomador)
    ruta = f"/lotes/{lote.pk}/documentos.pdf?impreso=false&proximos=true"
    pagina = html(navegador.get(f"/lotes/{lote.pk}/").content)
    assert pagina.count(ruta.replace("&", "&amp;")) == 2
    assert f"Pedido {primero.pedido_numero} " in texto(navegador.post(ruta).content)
    assert (_marca(primero), _marca(suelto)) == ((True, "ana"), (False, None))
    otra = navegador.post(ruta, headers={"Accept": "application/json"})
    assert (otra.status_code, otra.json()["codigo"]) == (400, "sin_pedidos")
    assert navegador.post(f"/lotes/{lote.pk}/documentos.pdf").status_code == 200


def test_the_filters_of_the_list_choose_and_a_senseless_one_is_refused(mesa: Mesa) -> None:
    viejo, nuevo = mesa.pedido(doc_fecha=date(2025, 1, 2)), mesa.pedido()
    navegador = entrar(mesa.tomador)
    leido = texto(navegador.get("/pedidos/documentos.pdf?hasta=2025-01-31&pagina=9").content)
    assert f"Pedido {viejo.pedido_numero} " in leido
    assert f"Pedido {nuevo.pedido_numero} " not in leido
    mala = navegador.get("/pedidos/documentos.pdf?hasta=ayer", headers={"Accept": "*/json"})
    assert (mala.status_code, mala.json()["codigo"]) == (400, "filtro_invalido")
    for ruta in ("documentos", "carga"):
        ajena = navegador.get(f"/pedidos/{ruta}.pdf?estdo=9", headers={"Accept": "*/json"})
        assert (ajena.status_code, ajena.json()["campo"]) == (400, "estdo")
    assert navegador.post("/pedidos/documentos.pdf?estdo=9").status_code == 400
    assert _marca(nuevo) == (False, None)
    pagina = html(navegador.get("/pedidos/?hasta=2025-01-31&pagina=1").content)
    assert 'action="/pedidos/documentos.pdf?hasta=2025-01-31"' in pagina
    assert (
        'formaction="/pedidos/documentos.pdf?hasta=2025-01-31&amp;impreso=false&amp;proximos=true"'
        in pagina
    )
    assert 'href="/pedidos/carga.pdf?hasta=2025-01-31"' in pagina


@pytest.mark.parametrize(
    ("limite", "codigo", "frase"),
    [
        ("PEDIDOS_MAXIMO", "demasiados_pedidos", "Son más de 1 pedidos"),
        ("LINEAS_MAXIMO", "demasiadas_lineas", "Son más de 1 líneas"),
    ],
)
def test_more_than_fit_in_one_file_are_refused_in_words(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch, limite: str, codigo: str, frase: str
) -> None:
    assert (seleccion.PEDIDOS_MAXIMO, seleccion.LINEAS_MAXIMO) == (500, 20_000)
    pedidos = [mesa.pedido(), mesa.pedido()]
    monkeypatch.setattr(seleccion, limite, 1)
    respuesta = entrar(mesa.tomador).post("/pedidos/documentos.pdf", headers={"Accept": "*/json"})
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (400, codigo)
    assert respuesta.json()["detail"].startswith(frase)
    assert [_marca(pedido)[0] for pedido in pedidos] == [False, False]


def test_many_orders_take_as_many_queries_as_one(mesa: Mesa) -> None:
    cuentas = []
    for _vez in range(2):
        mesa.pedido()
        navegador = entrar(mesa.tomador)
        with CaptureQueriesContext(connection) as consultas:
            navegador.get("/pedidos/documentos.pdf")
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


@pytest.mark.parametrize(("limite", "maximo"), [("PEDIDOS_MAXIMO", 2), ("LINEAS_MAXIMO", 2)])
def test_those_not_printed_go_as_many_as_fit_and_then_the_next(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch, limite: str, maximo: int
) -> None:
    pedidos = [mesa.pedido() for _n in range(3)]
    monkeypatch.setattr(seleccion, limite, maximo)
    navegador = entrar(mesa.tomador)
    ruta = "/pedidos/documentos.pdf?impreso=false&proximos=true"
    vistos = []
    for _vez in range(2):
        navegador.post(ruta)
        vistos.append([_marca(pedido)[0] for pedido in pedidos])
    assert vistos == [[True, True, False], [True, True, True]]


def test_an_order_with_more_lines_than_fit_is_printed_by_itself(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    mesa.pedido(lineas=[(mesa.articulo, 1, 1)] * 3)
    monkeypatch.setattr(seleccion, "LINEAS_MAXIMO", 2)
    assert len(seleccion.elegidos(Orders.objects.all(), los_que_quepan=True)) == 1
