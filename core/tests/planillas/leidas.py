"""Exported files as whoever opens them has them."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook

# What a spreadsheet would run, in whatever a person may write.
MALOS = (
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    '-cable "fino"; rojo',
    "\uff1d1+1",
    "'=1",
    'x,"=1+1";-2',
    "\u3164=1",
    "+595 981",
)


def bajar(navegador: Client, url: str) -> bytes:
    """The whole file; AssertionError when there is none."""
    respuesta: Any = navegador.get(url)
    assert respuesta.status_code == 200, (url, respuesta.status_code)
    assert respuesta.streaming
    return b"".join(respuesta)


def del_libro(contenido: bytes) -> list[dict[str, Any]]:
    """A workbook's rows by their titles; no cell of it is a formula."""
    hoja = load_workbook(io.BytesIO(contenido)).active
    assert hoja is not None
    assert all(celda.data_type != "f" for fila in hoja.iter_rows() for celda in fila)
    titulos, *filas = hoja.iter_rows(values_only=True)
    assert len(set(titulos)) == len(titulos)
    return [dict(zip(titulos, fila, strict=True)) for fila in filas]


def del_csv(contenido: bytes) -> list[dict[str, str]]:
    """A CSV's rows by their titles, with the apostrophes that keep texts from being formulas."""
    texto = contenido.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto, newline=""), delimiter=";"))


def columna(navegador: Client, url: str, titulo: str = "Pedido") -> list[Any]:
    """What a workbook has under one title."""
    return [fila[titulo] for fila in del_libro(bajar(navegador, url))]
