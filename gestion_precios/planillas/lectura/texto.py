"""A CSV file: its letters, its separator, its rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice

from gestion_precios.planillas.lectura.limites import (
    CARACTERES_DE_CELDA,
    CELDAS_POR_FILA,
    FILAS_DEL_ARCHIVO,
    Cruda,
    Fila,
    Rechazo,
)

_SEPARADORES = ";\t,|"
_SEPARADOR = re.compile(r"\s*\"?sep=([;\t,|])\"?[;,]*\r?\n", re.IGNORECASE)
# How much is looked at to tell the separator.
MIRADAS, LINEA_MIRADA = 20, 10_000


def leer_csv(contenido: bytes, es_cabecera: Callable[[list[Cruda]], bool]) -> Iterator[Fila]:
    """The rows of the file under the numbers that a spreadsheet gives them; Rechazo.

    Parted as the line `sep=` of Excel says, or as makes a header of one of the first lines.
    """
    texto = _decodificar(contenido)
    if "\0" in texto:
        raise Rechazo("otro")
    lineas = _Lineas(texto, es_cabecera)
    # A quote that is never closed makes one cell of all that follows.
    csv.field_size_limit(CARACTERES_DE_CELDA)
    lector = csv.reader(lineas, delimiter=lineas.separador, strict=True)
    anterior = 0
    try:
        for cuantas, fila in enumerate(lector, 1):
            if cuantas > FILAS_DEL_ARCHIVO:
                raise Rechazo("celdas")
            yield anterior + 1, [celda.strip() for celda in fila]
            anterior = lector.line_num
            lineas.separadores = 0
    except csv.Error as error:
        raise Rechazo("comillas", linea=lector.line_num) from error


class _Lineas:
    """The lines of a text; counts a row's separators before cells are made of them.

    `separadores`: those of the row so far, to be set to 0 after each.
    """

    def __init__(self, texto: str, es_cabecera: Callable[[list[Cruda]], bool]) -> None:
        self.separadores = 0
        # Excel reads that line and shows the others from number 1 on.
        dicho = _SEPARADOR.match(texto)
        self._texto = texto[dicho.end() :] if dicho else texto
        self.separador = dicho[1] if dicho else _separador(self._texto, es_cabecera)

    def __iter__(self) -> Iterator[str]:
        for numero, linea in enumerate(io.StringIO(self._texto, newline=""), 1):
            de_esta = linea.count(self.separador)
            self.separadores += de_esta
            if de_esta > CELDAS_POR_FILA:
                raise Rechazo("celdas")
            if self.separadores > CELDAS_POR_FILA:
                # A row of so many lines is a quote that somebody forgot.
                raise Rechazo("comillas", linea=numero)
            yield linea


def _separador(texto: str, es_cabecera: Callable[[list[Cruda]], bool]) -> str:
    primeras = [linea[:LINEA_MIRADA] for linea in islice(io.StringIO(texto, newline=""), MIRADAS)]
    for linea in primeras:
        for separador in _SEPARADORES:
            celdas: list[Cruda] = [celda.strip(" \"'\r\n") for celda in linea.split(separador)]
            if es_cabecera(celdas):
                return separador
    primera = next(filter(_dice, primeras), "")
    return max(_SEPARADORES, key=primera.count)


def _dice(linea: str) -> bool:
    return bool(linea.strip(";,\t\r\n \"'"))


def _decodificar(contenido: bytes) -> str:
    """UTF-8, what Excel calls Unicode text, or Windows' own for Western languages."""
    try:
        if contenido.startswith((b"\xff\xfe", b"\xfe\xff")):
            return contenido.decode("utf-16")
        try:
            return contenido.decode("utf-8-sig")
        except UnicodeDecodeError:
            return contenido.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Rechazo("otro") from error
