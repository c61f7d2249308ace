"""Spreadsheets of prices, XLSX and CSV: written for people, read from whatever they send back."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

from core.planillas.inerte import para_volver
from core.planillas.libro import escribir_xlsx as escribir_libro
from core.planillas.separado import escribir_csv as escribir_separado
from core.planillas.tablas import Tabla, Valor
from core.procesos.aparte import Cortado, Limites, correr_aparte
from gestion_precios.planillas.celdas import Celda
from gestion_precios.planillas.lectura.limites import BYTES_MAXIMOS, COLUMNAS, HOJA
from gestion_precios.planillas.rechazos import rechazo
from gestion_precios.planillas.tablas import celda_de

LECTOR = "gestion_precios.planillas.lectura.planilla:leer_hoja"
# More than the largest honest file takes: see docs/planillas.md. By the clock, ten times that: it
# comes last where there is other work.
LIMITES = Limites(cpu=1.5, plazo=15, memoria=112 * 1024 * 1024, salida=32 * 1024 * 1024)
ANCHOS = (10, 18, 48, 16, 9)


@dataclass(frozen=True, slots=True)
class FilaLeida:
    """A row with something in it, under the number the spreadsheet shows."""

    numero: int
    celdas: dict[str, Celda]


@dataclass(frozen=True, slots=True)
class Planilla:
    """The rows of a file, and what of it was not read.

    `ignoradas`: titles of columns. `hoja`: the sheet's name, empty in a CSV. `afuera`: number and
    text of the rows above the header, and of titles and totals between the others.
    """

    filas: list[FilaLeida]
    ignoradas: tuple[str, ...] = ()
    hoja: str = ""
    afuera: tuple[tuple[int, str], ...] = ()


def escribir_xlsx(filas: Iterable[Sequence[Any]]) -> bytes:
    """A workbook: numbers as numbers, texts that no program takes for formulas."""
    vueltas = ([_devuelto(valor) for valor in fila] for fila in filas)
    return b"".join(escribir_libro(Tabla(HOJA, COLUMNAS, ANCHOS, vueltas)))


def escribir_csv(filas: Iterable[Sequence[Any]]) -> bytes:
    """A CSV that a Spanish spreadsheet opens: UTF-8 with its mark, semicolons, decimal comma."""
    return b"".join(escribir_separado(Tabla(HOJA, COLUMNAS, ANCHOS, filas)))


def leer_planilla(
    contenido: bytes, partida: Event | None = None, de: Hashable | None = None, hoja: str = ""
) -> Planilla:
    """The rows of an XLSX or CSV file; raises ErrorDominio when it is neither, or too big.

    It is read in a process of its own, which ends when `partida` says that the client has gone; one
    at a time of each person (`de`). `hoja`: the sheet that they chose.
    """
    if len(contenido) > BYTES_MAXIMOS:
        raise rechazo("grande", maximo=BYTES_MAXIMOS // 2**20)
    try:
        elegida = hoja.replace("\n", " ").encode(errors="replace")
        entrada = elegida + b"\n" + contenido
        leido = json.loads(correr_aparte(LECTOR, entrada, LIMITES, partida, de))
    except Cortado as cortado:
        raise rechazo(cortado.motivo) from cortado
    if "rechazo" in leido:
        motivo, datos = leido["rechazo"]
        raise rechazo(motivo, **datos)
    filas = [
        FilaLeida(numero, {columna: celda_de(cruda) for columna, cruda in celdas.items()})
        for numero, celdas in leido["filas"]
    ]
    afuera = tuple((numero, dicho) for numero, dicho in leido["afuera"])
    return Planilla(filas, tuple(leido["ignoradas"]), leido["hoja"], afuera)


def _devuelto(valor: Valor) -> Valor:
    return para_volver(valor) if isinstance(valor, str) else valor
