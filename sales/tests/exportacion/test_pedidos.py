"""Orders and their lines as files: the rows of the list, its sums, nobody else's."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from sales.tests.fabricas import crear_articulo
from sales.tests.mesa import Mesa, entrar

MALOS = (
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\uff1d1+1",
    "'=1",
    'x,"=1+1";-2',
    "\u3164=1",
    "+595 981",
)


def bajar(navegador: Client, url: str) -> bytes:
    respuesta = navegador.get(url)
    assert respuesta.status_code == 200, respuesta.content
    return b"".join(respuesta)


def filas_xlsx(contenido: bytes) -> list[dict[str, Any]]:
    hoja = load_workbook(io.BytesIO(contenido)).active
    assert hoja is not None
    titulos, *filas = hoja.iter_rows(values_only=True)
    return [dict(zip(titulos, fila, strict=True)) for fila in filas]


def filas_csv(contenido: bytes) -> list[dict[str, str]]:
    texto = contenido.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto, newline=""), delimiter=";"))


def numeros(navegador: Client, url: str) -> list[int]:
    return [fila["Pedido"] for fila in filas_xlsx(bajar(navegador, url))]


def test_an_order_says_what_its_page_says(mesa: Mesa) -> None:
    de_diez, de_cinco = mesa.articulo, crear_articulo("Arroz", tasa_iva=5)
    pedido = mesa.pedido(
        lineas=[(de_diez, 2, 10_000), (de_cinco, 3, 7_000)], observacion="Por la tarde"
    )
    fila, *otras = filas_xlsx(bajar(entrar(mesa.tomador), "/pedidos/exportacion.xlsx"))
    assert otras == []
    assert (fila["Pedido"], fila["Fecha"].date()) == (pedido.pedido_numero, pedido.doc_fecha)
    assert (fila["Código de cliente"], fila["RUC"]) == (mesa.cliente.pk, mesa.cliente.ruc)
    assert (fila["Total"], fila["IVA 10 %"], fila["IVA 5 %"]) == (41_000, 1_818, 1_000)
    assert (fila["Gravada 10 %"], fila["Gravada 5 %"], fila["Exenta"]) == (18_182, 20_000, 0)
    assert (fila["Estado"], fila["Anulado"], fila["Moneda"]) == ("Confirmado", "no", "PYG")
    assert (fila["Líneas"], fila["Líneas anuladas"], fila["Observación"]) == (2, 0, "Por la tarde")
    assert (fila["Empresa"], fila["Sucursal"]) == (str(mesa.asuncion.empresa), "Asunción")
    pagina = entrar(mesa.tomador).get("/pedidos/").content.decode()
    assert "41.000" in pagina
