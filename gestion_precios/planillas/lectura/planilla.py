"""A spreadsheet of prices, of whatever kind: its header, its rows, or why it is not read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from gestion_precios.planillas.lectura.apertura import abrir, dicho_de
from gestion_precios.planillas.lectura.columnas import Columnas, es_cabecera, normalizar, visto
from gestion_precios.planillas.lectura.limites import (
    AFUERA_MAXIMAS,
    DE_PRECIOS,
    FILAS_MAXIMAS,
    MEMBRETE_MAXIMO,
    SI,
    TEXTO_TOTAL,
    Cruda,
    Fila,
    Rechazo,
)

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
    cual, filas = abrir(contenido, hoja, es_cabecera, DE_PRECIOS)
    afuera: list[tuple[int, str]] = []
    con_datos, cabecera = _buscar_cabecera(filas, afuera)
    if not cabecera:
        raise Rechazo("sin_filas", hoja=cual)
    columnas = Columnas(cabecera, exacta=not cual)
    columnas.exigir(cual)
    leidas = _leer_filas(con_datos, columnas, afuera)
    if not leidas:
        raise Rechazo("vacio")
    return {
        "filas": leidas,
        "ignoradas": columnas.ignoradas(),
        "hoja": cual,
        "afuera": afuera[:AFUERA_MAXIMAS],
    }


def _buscar_cabecera(
    filas: Iterator[Fila], afuera: list[tuple[int, str]]
) -> tuple[Iterator[Fila], list[Cruda]]:
    """The rows after the header, and the header: below a letterhead, or else the first row."""
    con_datos = ((numero, fila) for numero, fila in filas if any(fila))
    primeras = list(islice(con_datos, MEMBRETE_MAXIMO))
    lugar = next((i for i, (_numero, fila) in enumerate(primeras) if es_cabecera(fila)), 0)
    if not primeras:
        return iter(()), []
    afuera += [(numero, dicho_de(fila)) for numero, fila in primeras[:lugar]]
    return chain(primeras[lugar + 1 :], con_datos), primeras[lugar][1]


def _leer_filas(
    filas: Iterator[Fila], columnas: Columnas, afuera: list[tuple[int, str]]
) -> list[tuple[int, dict[str, Cruda]]]:
    leidas: list[tuple[int, dict[str, Cruda]]] = []
    texto = 0
    for numero, fila in filas:
        if len(leidas) == FILAS_MAXIMAS:
            raise Rechazo("filas", maximo=FILAS_MAXIMAS)
        celdas = columnas.celdas(fila)
        if _es_titulo(celdas, fila) or _es_total(celdas, fila):
            afuera.append((numero, dicho_de(fila)))
            continue
        if sobra := columnas.sobra(fila):
            celdas |= _de_mas(celdas, sobra)
        if any(celdas.values()):
            leidas.append((numero, celdas))
            texto += sum(len(celda) for celda in celdas.values() if celda)
            if texto > TEXTO_TOTAL:
                raise Rechazo("inflado")
    return leidas


def _de_mas(celdas: dict[str, Cruda], sobra: Cruda) -> dict[str, Cruda]:
    """The cells of a row that has one too many: its price is none, and what else it says undone."""
    pedazos = filter(None, (visto(celdas.get("precio_base")), visto(sobra)))
    return {"precio_base": ["i", "sobra", " | ".join(pedazos)[:_VISTO]], "quitar": None}


def _es_titulo(celdas: dict[str, Cruda], fila: list[Cruda]) -> bool:
    """Whether the row heads those below it: one text, which is no code, and nothing else."""
    dichas = [celda for celda in fila if celda]
    solo_uno = len(dichas) == 1 and isinstance(dichas[0], str) and not dichas[0].isdecimal()
    return solo_uno and not celdas.get("precio_base") and not _quita(celdas)


def _es_total(celdas: dict[str, Cruda], fila: list[Cruda]) -> bool:
    """Whether the row adds up others: it says so first, and names no article."""
    codigo = celdas.get("codigo")
    nombra = isinstance(codigo, list) or (isinstance(codigo, str) and codigo.isdecimal())
    primera = next((celda for celda in fila if celda), None)
    dice = isinstance(primera, str) and _TOTAL.match(normalizar(primera)) is not None
    return dice and not nombra and not _quita(celdas)


def _quita(celdas: dict[str, Cruda]) -> bool:
    """Whether `quitar` says something; a title may stand in that column too."""
    dicho = celdas.get("quitar")
    return dicho.upper() in SI if isinstance(dicho, str) else dicho is not None
