"""A spreadsheet with any columns: its titles, its rows, or why it is not read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final

from gestion_precios.planillas.lectura.apertura import abrir, dicho_de
from gestion_precios.planillas.lectura.columnas import nombre_llano, visto
from gestion_precios.planillas.lectura.formatos import con_fecha
from gestion_precios.planillas.lectura.limites import (
    AFUERA_MAXIMAS,
    COLUMNAS_MAXIMAS,
    DE_DATOS,
    MEMBRETE_MAXIMO,
    TEXTO_MAXIMO,
    Cruda,
    Fila,
    Rechazo,
)

_TITULO_MAXIMO: Final = 60
# Said alone, and not as the beginning of a name: a shop may be called «Total Market».
_TOTAL: Final = re.compile(r"((sub_?)?total(es)?|suma)(_general(es)?)?")
# So many known titles make a row the header; with fewer columns one title is no section's.
CONOCIDOS: Final = 2
COLUMNAS_DE_TABLA: Final = 3
Leida = tuple[int, list[Cruda], str]


def leer_tabla(entrada: bytes) -> bytes:
    """What `leer` says of a file that comes after a line of JSON: {hoja, conocidos}."""
    pedido, _fin, contenido = entrada.partition(b"\n")
    dicho = json.loads(pedido)
    return leer(contenido, dicho["hoja"], frozenset(dicho["conocidos"]))


def leer(contenido: bytes, hoja: str, conocidos: frozenset[str]) -> bytes:
    """JSON: {titulos: [text], filas: [[number, [cell], what is too many]], hoja: name, afuera:
    [[number, text]]} or {rechazo: [why, data]}.

    `conocidos`: titles, as `nombre_llano` gives them, by which a header is known.
    """
    try:
        leida = _leer(contenido, hoja, conocidos)
    except Rechazo as rechazo:
        leida = {"rechazo": [rechazo.motivo, rechazo.datos]}
    return json.dumps(leida).encode()


def _leer(contenido: bytes, hoja: str, conocidos: frozenset[str]) -> dict[str, Any]:
    def es_cabecera(fila: list[Cruda]) -> bool:
        return len({nombre_llano(celda) for celda in fila} & conocidos) >= CONOCIDOS

    cual, filas = abrir(contenido, hoja, es_cabecera, DE_DATOS)
    afuera: list[tuple[int, str]] = []
    con_datos, cabecera = _buscar_cabecera(filas, es_cabecera, afuera)
    if not cabecera:
        raise Rechazo("sin_filas", hoja=cual)
    titulos = _titulos(cabecera)
    leidas = _leer_filas(con_datos, len(titulos), afuera, exacta=not cual)
    if not leidas:
        raise Rechazo("vacio")
    return {"titulos": titulos, "filas": leidas, "hoja": cual, "afuera": afuera[:AFUERA_MAXIMAS]}


def _buscar_cabecera(
    filas: Iterator[Fila],
    es_cabecera: Callable[[list[Cruda]], bool],
    afuera: list[tuple[int, str]],
) -> tuple[Iterator[Fila], list[Cruda]]:
    """The rows after the header, and the header: by its titles, or else the first with several."""
    con_datos = ((numero, fila) for numero, fila in filas if any(fila))
    primeras = list(islice(con_datos, MEMBRETE_MAXIMO))
    if not primeras:
        return iter(()), []
    conocida = (i for i, (_n, fila) in enumerate(primeras) if es_cabecera(fila))
    con_varias = (i for i, (_n, fila) in enumerate(primeras) if sum(map(bool, fila)) > 1)
    lugar = next(chain(conocida, con_varias), 0)
    afuera += [(numero, dicho_de(fila)) for numero, fila in primeras[:lugar]]
    return chain(primeras[lugar + 1 :], con_datos), primeras[lugar][1]


def _titulos(cabecera: Sequence[Cruda]) -> list[str]:
    titulos = [visto(celda)[:_TITULO_MAXIMO] for celda in cabecera[:COLUMNAS_MAXIMAS]]
    while titulos and not titulos[-1]:
        titulos.pop()
    return titulos


def _leer_filas(
    filas: Iterator[Fila], ancho: int, afuera: list[tuple[int, str]], *, exacta: bool
) -> list[Leida]:
    leidas: list[Leida] = []
    texto = 0
    for numero, fila in filas:
        if len(leidas) == DE_DATOS.filas:
            raise Rechazo("filas", maximo=DE_DATOS.filas)
        if _es_titulo(fila, ancho) or _es_total(fila):
            afuera.append((numero, dicho_de(fila)))
            continue
        celdas = [_corta(celda) for celda in fila[:ancho]]
        sobra = _sobra(fila[ancho:], exacta=exacta)
        if any(celdas) or sobra:
            leidas.append((numero, celdas, sobra))
            texto += sum(len(celda) for celda in celdas if celda)
            if texto > DE_DATOS.texto:
                raise Rechazo("inflado")
    return leidas


def _sobra(resto: Sequence[Cruda], *, exacta: bool) -> str:
    """What stands in the row after its last column; in a book, apart from the table, are notes."""
    if not exacta and not (resto and resto[0]):
        return ""
    return next((visto(celda) for celda in resto if celda), "")


def _es_titulo(fila: Sequence[Cruda], ancho: int) -> bool:
    """Whether the row heads those below it: one text, and nothing else, across a real table."""
    dichas = [celda for celda in fila if celda]
    solo_uno = len(dichas) == 1 and isinstance(dichas[0], str) and not dichas[0].isdecimal()
    return solo_uno and ancho >= COLUMNAS_DE_TABLA


def _es_total(fila: Sequence[Cruda]) -> bool:
    """Whether the row adds up others: its only words are those of a total."""
    dichas = [celda for celda in fila if isinstance(celda, str) and not _es_cifra(celda)]
    return len(dichas) == 1 and _TOTAL.fullmatch(nombre_llano(dichas[0])) is not None


def _es_cifra(texto: str) -> bool:
    return not any(letra.isalpha() for letra in texto)


def _corta(celda: Cruda) -> Cruda:
    return celda[:TEXTO_MAXIMO] if isinstance(celda, str) else con_fecha(celda)
