"""A spreadsheet of prices, of whatever kind: its header, its rows, or why it is not read."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from gestion_precios.planillas.lectura.formatos import con_fecha
from gestion_precios.planillas.lectura.libro import leer_libro
from gestion_precios.planillas.lectura.limites import (
    AFUERA_MAXIMAS,
    COLUMNAS,
    FILAS_MAXIMAS,
    LARGOS,
    MEMBRETE_MAXIMO,
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
_TOTAL = re.compile(r"(sub_?)?total(es)?(_|$)|suma(_|$)")


def leer_hoja(entrada: bytes) -> bytes:
    """What `leer` says of a file that comes after a line with the name of its sheet."""
    hoja, _fin, contenido = entrada.partition(b"\n")
    return leer(contenido, hoja.decode())


def leer(contenido: bytes, hoja: str = "") -> bytes:
    """JSON: {filas: [[number, {column: cell}]], ignoradas: [title], hoja: name, afuera: [[number,
    text]]} or {rechazo: [why, data]}.
    """
    try:
        leida = _leer(contenido, hoja)
    except Rechazo as rechazo:
        leida = {"rechazo": [rechazo.motivo, rechazo.datos]}
    return json.dumps(leida).encode()


def _leer(contenido: bytes, hoja: str) -> dict[str, Any]:
    if contenido.startswith(_OLE):
        raise Rechazo("contrasena")
    if contenido.startswith(_ZIP):
        cual, filas = leer_libro(contenido, hoja, _es_cabecera)
    else:
        cual, filas = "", leer_csv(contenido, _es_cabecera)
    afuera: list[tuple[int, str]] = []
    con_datos, cabecera = _buscar_cabecera(filas, afuera)
    nombres = [_normalizar(celda) for celda in cabecera]
    _exigir_columnas(nombres)
    leidas = _leer_filas(con_datos, nombres, afuera)
    if not leidas:
        raise Rechazo("vacio")
    ajenas = (_visto(c) for n, c in zip(nombres, cabecera, strict=True) if n not in COLUMNAS)
    return {
        "filas": leidas,
        "ignoradas": [titulo for titulo in ajenas if titulo],
        "hoja": cual,
        "afuera": afuera[:AFUERA_MAXIMAS],
    }


def _buscar_cabecera(
    filas: Iterator[Fila], afuera: list[tuple[int, str]]
) -> tuple[Iterator[Fila], list[Cruda]]:
    """The rows after the header, and the header: below a letterhead, or else the first row."""
    con_datos = ((numero, fila) for numero, fila in filas if any(fila))
    primeras = list(islice(con_datos, MEMBRETE_MAXIMO))
    lugar = next((i for i, (_numero, fila) in enumerate(primeras) if _es_cabecera(fila)), 0)
    if not primeras:
        return iter(()), []
    afuera += [(numero, _dicho(fila)) for numero, fila in primeras[:lugar]]
    return chain(primeras[lugar + 1 :], con_datos), primeras[lugar][1]


def _es_cabecera(fila: list[Cruda]) -> bool:
    nombres = {_normalizar(celda) for celda in fila}
    return "precio_base" in nombres and bool({"codigo", "sku"} & nombres)


def _leer_filas(
    filas: Iterator[Fila], nombres: list[str], afuera: list[tuple[int, str]]
) -> list[tuple[int, dict[str, Cruda]]]:
    leidas: list[tuple[int, dict[str, Cruda]]] = []
    texto = 0
    for numero, fila in filas:
        if len(leidas) == FILAS_MAXIMAS:
            raise Rechazo("filas", maximo=FILAS_MAXIMAS)
        celdas = {n: _corta(n, c) for n, c in zip(nombres, fila, strict=False) if n in COLUMNAS}
        if _es_titulo(celdas, fila) or _es_total(celdas, fila):
            afuera.append((numero, _dicho(fila)))
            continue
        sobra = next((celda for celda in fila[len(nombres) :] if celda), None)
        if sobra:
            # Most often a price whose comma parts it in two; what else the row says is not done.
            pedazos = (_visto(celda) for celda in (celdas.get("precio_base"), sobra))
            visto = " | ".join(pedazo for pedazo in pedazos if pedazo)[:_VISTO]
            celdas |= {"precio_base": ["i", "sobra", visto], "quitar": None}
        if any(celdas.values()):
            leidas.append((numero, celdas))
            texto += sum(len(celda) for celda in celdas.values() if celda)
            if texto > TEXTO_TOTAL:
                raise Rechazo("inflado")
    return leidas


def _es_titulo(celdas: dict[str, Cruda], fila: list[Cruda]) -> bool:
    """Whether the row heads those below it: one text, which is no code, and nothing else."""
    dichas = [celda for celda in fila if celda]
    solo_uno = len(dichas) == 1 and isinstance(dichas[0], str) and not dichas[0].isdecimal()
    return solo_uno and not celdas.get("precio_base") and not celdas.get("quitar")


def _es_total(celdas: dict[str, Cruda], fila: list[Cruda]) -> bool:
    """Whether the row adds up others: it says so first, and names no article."""
    codigo = celdas.get("codigo")
    nombra = isinstance(codigo, list) or (isinstance(codigo, str) and codigo.isdecimal())
    primera = next((celda for celda in fila if celda), None)
    dice = isinstance(primera, str) and _TOTAL.match(_normalizar(primera)) is not None
    return dice and not nombra and not celdas.get("quitar")


def _dicho(fila: list[Cruda]) -> str:
    """What a row says, more or less; short."""
    return " ".join(dicho for celda in fila if (dicho := _visto(celda)))[:_VISTO]


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
