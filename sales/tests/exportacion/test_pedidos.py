"""Orders and their lines as files: the rows of the list, its sums, nobody else's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from core.planillas.inerte import como_era
from core.tests.planillas.leidas import MALOS, bajar, columna, del_csv, del_libro
from gestion_precios.models import Moneda
from gestion_precios.tests.fabricas import crear_lista
from sales.exportacion import lineas
from sales.models import OrdersDetail
from sales.pedidos.anulacion import anular
from sales.pedidos.totales import CAMPOS
from sales.tests.fabricas import crear_articulo, crear_cliente, crear_empresa, crear_sucursal
from sales.tests.mesa import QUIEN_VE, Mesa, entrar, texto

PEDIDOS = "/pedidos/exportacion.xlsx"
LINEAS = "/pedidos/lineas/exportacion.xlsx"


def test_an_order_says_what_its_page_says(mesa: Mesa) -> None:
    arroz = crear_articulo("Arroz", tasa_iva=5)
    pedido = mesa.pedido(
        lineas=[(mesa.articulo, 2, 10_000), (arroz, 3, 7_000)], observacion="Por la tarde"
    )
    [fila] = del_libro(bajar(entrar(mesa.tomador), PEDIDOS))
    assert (fila["Pedido"], fila["Fecha"].date()) == (pedido.pedido_numero, date(2025, 6, 16))
    assert (fila["Código de cliente"], fila["RUC"]) == (mesa.cliente.pk, mesa.cliente.ruc)
    assert fila["Razón social"] == mesa.cliente.nombrefactura
    assert (fila["Total"], fila["IVA 10 %"], fila["IVA 5 %"]) == (41_000, 1_818, 1_000)
    assert (fila["Gravada 10 %"], fila["Gravada 5 %"], fila["Exenta"]) == (18_182, 20_000, 0)
    assert (fila["Estado"], fila["Anulado"], fila["Moneda"]) == ("Confirmado", "no", "PYG")
    assert (fila["Líneas"], fila["Líneas anuladas"], fila["Observación"]) == (2, 0, "Por la tarde")
    assert (fila["Empresa"], fila["Sucursal"]) == (str(mesa.asuncion.empresa), "Asunción")
    assert fila["Usuario"] == "ana"
    pagina = texto(entrar(mesa.tomador).get(f"/pedidos/{pedido.pedido_numero}/").content)
    assert all(monto in pagina for monto in ("41.000", "18.182", "1.818", "20.000", "1.000"))
    assert "41.000" in texto(entrar(mesa.tomador).get("/pedidos/").content)


def test_a_void_order_and_a_void_line_are_told_and_not_summed(mesa: Mesa) -> None:
    arroz = crear_articulo("Arroz")
    pedido = mesa.pedido(lineas=[(mesa.articulo, 2, 10_000), (arroz, 1, 5_000)])
    detalle = pedido.detalles.get(artobj_id=arroz.pk)
    anular(pedido_id=pedido.pk, usuario=mesa.tomador, motivo="Sin stock", detalle_id=detalle.pk)
    anular(pedido_id=pedido.pk, usuario=mesa.supervisor, motivo="Repetido")
    [fila] = del_libro(bajar(entrar(mesa.tomador), PEDIDOS))
    assert (fila["Total"], fila["Líneas"], fila["Líneas anuladas"]) == (20_000, 1, 1)
    assert (fila["Anulado"], fila["Motivo de anulación"]) == ("sí", "Repetido")
    assert (fila["Anulado por"], fila["Estado"]) == ("sofia", "Confirmado")
    primera, segunda = del_libro(bajar(entrar(mesa.tomador), LINEAS))
    assert (primera["Línea anulada"], segunda["Línea anulada"]) == ("no", "sí")
    assert (segunda["Motivo de anulación"], segunda["Pedido anulado"]) == ("Sin stock", "sí")


def test_a_line_says_what_it_was_sold_at_and_where_its_price_came_from(mesa: Mesa) -> None:
    lista = crear_lista(mesa.asuncion.empresa, nombre="Mayorista")
    pedido = mesa.pedido(lineas=[(mesa.articulo, 3, 9_500)])
    pedido.detalles.update(cantidad_original=4, precio_sistema=9_900, lista_precio=lista)
    [fila] = del_libro(bajar(entrar(mesa.supervisor), LINEAS))
    assert (fila["Pedido"], fila["Código"]) == (pedido.pedido_numero, mesa.articulo.codigo)
    assert (fila["SKU"], fila["Descripción"]) == (mesa.articulo.sku, mesa.articulo.descripcion)
    assert (fila["Cantidad pedida"], fila["Cantidad"]) == (4, 3)
    assert (fila["Precio unitario"], fila["Importe"]) == (9_500, 28_500)
    assert (fila["Gravada 10 %"], fila["IVA 10 %"]) == (25_909, 2_591)
    assert (fila["Precio del sistema"], fila["Lista de precios"]) == (9_900, "Mayorista")


def test_a_currency_has_its_decimals_as_numbers(mesa: Mesa) -> None:
    lima = crear_sucursal(crear_empresa("Lima", moneda=Moneda.PEN), "Lima")
    mesa.pedido(mesa.admin, sucursal=lima, lineas=[(mesa.articulo, 3, "12.35")])
    [fila] = del_csv(bajar(entrar(mesa.admin), "/pedidos/exportacion.csv"))
    assert (fila["Total"], fila["Moneda"], fila["Fecha"]) == ("37,05", "PEN", "16/06/2025")
    [linea] = del_libro(bajar(entrar(mesa.admin), LINEAS))
    assert (linea["Precio unitario"], linea["Importe"]) == (12.35, 37.05)


def test_what_is_exported_sums_to_what_the_database_has(mesa: Mesa) -> None:
    otro = crear_articulo("Azúcar", tasa_iva=5)
    for n in range(1, 8):
        mesa.pedido(lineas=[(mesa.articulo, n, 1_050 * n), (otro, 2 * n, 777)])
    quien = entrar(mesa.supervisor)
    suma = OrdersDetail.objects.aggregate(**{campo: Sum(campo) for campo in CAMPOS})
    total = sum(suma.values(), Decimal(0))
    assert sum(columna(quien, PEDIDOS, "Total")) == total
    assert sum(columna(quien, LINEAS, "Importe")) == total
    assert sum(columna(quien, LINEAS, "IVA 5 %")) == suma["iva_5"]
    en_csv = del_csv(bajar(quien, "/pedidos/lineas/exportacion.csv"))
    assert sum(Decimal(fila["Importe"].replace(",", ".")) for fila in en_csv) == total


def test_the_filters_of_the_list_decide_the_rows(mesa: Mesa) -> None:
    otro = crear_cliente(canal=mesa.canal, nombrefantasia="Despensa Aurora")
    viejo = mesa.pedido(doc_fecha=date(2025, 1, 2), pedido_numero=90_001)
    nuevo = mesa.pedido(doc_fecha=date(2025, 7, 1), status="14")
    mesa.cliente = otro
    ajeno = mesa.pedido(doc_fecha=date(2025, 7, 2))
    quien = entrar(mesa.tomador)
    numeros = {p: p.pedido_numero for p in (viejo, nuevo, ajeno)}
    casos: dict[str, list[Any]] = {
        "": [viejo, ajeno, nuevo],
        "?estado=14": [nuevo],
        "?desde=2025-06-30&hasta=2025-07-01": [nuevo],
        "?q=aurora": [ajeno],
        f"?q={viejo.pedido_numero}": [viejo],
        "?estado=8": [],
        f"?cliente={otro.pk}&pagina=7&estado=": [ajeno],
    }
    for consulta, esperados in casos.items():
        assert columna(quien, PEDIDOS + consulta) == [numeros[p] for p in esperados], consulta
        assert columna(quien, LINEAS + consulta) == [numeros[p] for p in esperados], consulta


@pytest.mark.parametrize(
    ("consulta", "campo"),
    [
        ("?desde=ayer", "desde"),
        ("?anulado=quizas", "anulado"),
        ("?lote=x", "lote"),
        ("?estdo=9", "estdo"),
        ("?desde=ayer&estado=14", "desde"),
    ],
)
@pytest.mark.parametrize("ruta", ["/pedidos/", "/pedidos/lineas/"])
def test_a_filter_that_makes_no_sense_exports_nothing(
    mesa: Mesa, ruta: str, consulta: str, campo: str
) -> None:
    mesa.pedido()
    quien = entrar(mesa.tomador)
    respuesta = quien.get(f"{ruta}exportacion.csv{consulta}")
    assert respuesta.status_code == 400
    assert "no se exportó nada" in respuesta.content.decode()
    dicho = quien.get(f"{ruta}exportacion.csv{consulta}", headers={"Accept": "application/json"})
    assert (dicho.json()["codigo"], dicho.json()["campo"]) == ("filtro_incorrecto", campo)


@pytest.mark.parametrize(("quien", "estado"), QUIEN_VE)
def test_each_exports_the_rows_that_they_see(mesa: Mesa, quien: str, estado: int) -> None:
    pedido = mesa.pedido()
    mesa.pedido(mesa.ajeno, sucursal=mesa.ajena)
    navegador = entrar(getattr(mesa, quien))
    if estado == 403:
        assert navegador.get(PEDIDOS).status_code == 403
        return
    for ruta in (PEDIDOS, LINEAS):
        numeros = columna(navegador, ruta)
        assert (pedido.pedido_numero in numeros) is (estado == 200)
        assert len(numeros) == {"admin": 2, "colega": 0}.get(quien, 1)


def test_no_text_is_a_formula_and_each_comes_back(mesa: Mesa) -> None:
    for n, malo in enumerate(MALOS):
        cliente = crear_cliente(canal=mesa.canal, nombrefactura=malo, nombrefantasia=malo)
        articulo = crear_articulo(malo, sku=f"={n}")
        mesa.cliente = cliente
        pedido = mesa.pedido(lineas=[(articulo, 1, 1_000)], observacion=malo, status="=1")
        anular(pedido_id=pedido.pk, usuario=mesa.tomador, motivo=malo)
    quien = entrar(mesa.tomador)
    esperados = [m.strip() for m in reversed(MALOS)]
    assert columna(quien, PEDIDOS, "Observación") == [*reversed(MALOS)]
    assert columna(quien, PEDIDOS, "Motivo de anulación") == esperados
    assert columna(quien, LINEAS, "Descripción") == [*reversed(MALOS)]
    filas = del_csv(bajar(quien, "/pedidos/exportacion.csv"))
    for titulo in ("Observación", "Razón social", "Nombre de fantasía", "Estado"):
        for fila in filas:
            assert fila[titulo].startswith("'") or fila[titulo].startswith("x,")
    assert [como_era(fila["Observación"]) for fila in filas] == [*reversed(MALOS)]
    assert {fila["Estado"] for fila in filas} == {"'=1"}


def _consultas(mesa: Mesa, url: str) -> int:
    quien = entrar(mesa.supervisor)
    quien.get("/pedidos/")
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        bajar(quien, url)
    return len(consultas)


def test_each_stretch_takes_the_same_queries(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.planillas.tramos.por_tramos.__defaults__", (5,))
    monkeypatch.setattr(lineas, "PEDIDOS_POR_TRAMO", 5)
    for n in range(5):
        mesa.pedido(lineas=[(crear_articulo(f"A{n}"), 1, 1_000)])
    una = {url: _consultas(mesa, url) for url in (PEDIDOS, LINEAS)}
    for n in range(20):
        mesa.cliente = crear_cliente(canal=mesa.canal)
        mesa.pedido(lineas=[(crear_articulo(f"B{n}"), 1, 1_000), (mesa.articulo, 1, 500)])
    # Four stretches more: the orders of each, and their sums or their lines.
    assert {url: _consultas(mesa, url) - una[url] for url in una} == {PEDIDOS: 8, LINEAS: 8}


def test_the_list_offers_what_it_shows(mesa: Mesa) -> None:
    mesa.pedido(status="14")
    html = entrar(mesa.tomador).get("/pedidos/?estado=14&q=&pagina=1&otro=1").content.decode()
    for destino in ("/pedidos/", "/pedidos/lineas/"):
        for formato in ("xlsx", "csv"):
            assert f'href="{destino}exportacion.{formato}?estado=14"' in html
