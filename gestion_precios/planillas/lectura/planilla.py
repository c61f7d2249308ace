"""A spreadsheet of prices, of whatever kind: its header, its rows, or why it is not read."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from gestion_precios.planillas.lectura.formatos import con_fecha
from gestion_precios.planillas.lectura.libro import leer_libro
from gestion_precios.planillas.lectura.limites import (
    COLUMNAS,
    FILAS_MAXIMAS,
    LARGOS,
    TEXTO_MAXIMO,
    TEXTO_TOTAL,
    Cruda,
    Fila,
    Rechazo,
)
from gestion_precios.planillas.lectura.texto import leer_csv

SINONIMOS = {"precio": "precio_base"}
_ZIP = b"PK"
# Of Excel 97, and around a workbook with a password.
_OLE = b"\xd0\xcf\x11\xe0"
_VISTO = 40


def leer(contenido: bytes) -> bytes:
    """JSON: {filas: [[number, {column: cell}]], ignoradas: [title]} or {rechazo: [why, data]}."""
    try:
        leida = _leer(contenido)
    except Rechazo as rechazo:
        leida = {"rechazo": [rechazo.motivo, rechazo.datos]}
    return json.dumps(leida).encode()


def _leer(contenido: bytes) -> dict[str, Any]:
    if contenido.startswith(_OLE):
        raise Rechazo("contrasena")
    filas = leer_libro(contenido) if contenido.startswith(_ZIP) else leer_csv(contenido)
    con_datos = ((numero, fila) for numero, fila in filas if any(fila))
    _numero, cabecera = next(con_datos, (0, []))
    nombres = [_normalizar(celda) for celda in cabecera]
    _exigir_columnas(nombres)
    leidas = _leer_filas(con_datos, nombres)
    if not leidas:
        raise Rechazo("vacio")
    ajenas = (_visto(c) for n, c in zip(nombres, cabecera, strict=True) if n not in COLUMNAS)
    return {"filas": leidas, "ignoradas": [titulo for titulo in ajenas if titulo]}


def _leer_filas(filas: Iterator[Fila], nombres: list[str]) -> list[tuple[int, dict[str, Cruda]]]:
    leidas: list[tuple[int, dict[str, Cruda]]] = []
    texto = 0
    for numero, fila in filas:
        if len(leidas) == FILAS_MAXIMAS:
            raise Rechazo("filas", maximo=FILAS_MAXIMAS)
        celdas = {n: _corta(n, c) for n, c in zip(nombres, fila, strict=False) if n in COLUMNAS}
        sobra = next((celda for celda in fila[len(nombres) :] if celda), None)
        if sobra:
            celdas["quitar"] = ["i", "sobra", _visto(sobra)]
        if any(celdas.values()):
            leidas.append((numero, celdas))
            texto += sum(len(celda) for celda in celdas.values() if celda)
            if texto > TEXTO_TOTAL:
                raise Rechazo("inflado")
    return leidas


def _corta(nombre: str, celda: Cruda) -> Cruda:
    """A cell no longer than its column, and as it looks."""
    if not isinstance(celda, str) or len(celda) <= LARGOS.get(nombre, 0):
        return con_fecha(celda)
    return ["i", "larga", celda[:_VISTO]] if nombre in LARGOS else celda[:TEXTO_MAXIMO]


def _exigir_columnas(nombres: list[str]) -> None:
    faltan = [] if {"codigo", "sku"} & set(nombres) else ["codigo"]
    faltan += [] if "precio_base" in nombres else ["precio_base"]
    if faltan:
        raise Rechazo("faltan", faltan=faltan)
    repetidas = sorted({n for n in nombres if n in COLUMNAS and nombres.count(n) > 1})
    if repetidas:
        raise Rechazo("repetida", nombre=repetidas[0])


def _normalizar(celda: Cruda) -> str:
    """`Precio base` and `CÓDIGO` are the names we wrote."""
    plano = unicodedata.normalize("NFKD", celda[:_VISTO] if isinstance(celda, str) else "")
    nombre = re.sub(r"[^a-z0-9]+", "_", plano.encode("ascii", "ignore").decode().lower()).strip("_")
    return SINONIMOS.get(nombre, nombre)


def _visto(celda: Cruda) -> str:
    """What the person sees in a cell, more or less; short."""
    celda = con_fecha(celda)
    return (celda[-1] if isinstance(celda, list) else celda or "")[:_VISTO]
