"""Spreadsheets of prices, XLSX and CSV: written for people, read from whatever they send back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Event
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from core.procesos.aparte import Cortado, Limites, correr_aparte
from gestion_precios.planillas.celdas import Celda, leer_texto, sin_formula
from gestion_precios.planillas.lectura.limites import BYTES_MAXIMOS, COLUMNAS, HOJA
from gestion_precios.planillas.rechazos import rechazo
from gestion_precios.planillas.tablas import celda_de

LECTOR = "gestion_precios.planillas.lectura.planilla:leer_hoja"
# More than the largest honest file takes: see docs/planillas.md. By the clock, ten times that: it
# comes last where there is other work.
LIMITES = Limites(cpu=1.5, plazo=15, memoria=112 * 1024 * 1024, salida=32 * 1024 * 1024)
# Neither XML nor a reader of CSV takes them.
_INESCRIBIBLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ANCHOS = {"A": 10, "B": 18, "C": 48, "D": 16, "E": 9}


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


def escribir_xlsx(filas: Iterable[Sequence[Any]], *, con_decimales: bool) -> bytes:
    """A workbook: numbers as numbers, texts that no program takes for formulas."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(HOJA)
    hoja.freeze_panes = "A2"
    for columna, ancho in ANCHOS.items():
        hoja.column_dimensions[columna].width = ancho
    hoja.append([_celda_xlsx(hoja, nombre, negrita=True) for nombre in COLUMNAS])
    formato = "#,##0.00" if con_decimales else "#,##0"
    for fila in filas:
        hoja.append([_celda_xlsx(hoja, valor, formato=formato) for valor in fila])
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def escribir_csv(filas: Iterable[Sequence[Any]]) -> bytes:
    """A CSV that a Spanish spreadsheet opens: UTF-8 with its mark, semicolons, decimal comma."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=";")
    escritor.writerow(COLUMNAS)
    escritor.writerows([_texto_csv(valor) for valor in fila] for fila in filas)
    return salida.getvalue().encode("utf-8-sig")


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


def _texto_csv(valor: Any) -> str:
    if isinstance(valor, Decimal):
        return f"{valor:f}".replace(".", ",")
    return sin_formula(_INESCRIBIBLES.sub("", str(valor)))


def _celda_xlsx(hoja: Any, valor: Any, *, negrita: bool = False, formato: str = "") -> Any:
    celda = WriteOnlyCell(hoja, value=None)
    if valor == "":
        return None
    if isinstance(valor, str):
        texto = _INESCRIBIBLES.sub("", valor)
        celda.quotePrefix = texto != sin_formula(texto)
        # A workbook's texts need no apostrophe, but for those that would not come back without.
        vuelve = leer_texto(texto.strip()) == texto
        # The type after the value: openpyxl takes a leading `=` for a formula.
        celda.value = texto if vuelve else sin_formula(texto)
        celda.data_type = "s"
    else:
        celda.value = valor
        celda.number_format = formato if isinstance(valor, Decimal) else "0"
    if negrita:
        celda.font = Font(bold=True)
    return celda
