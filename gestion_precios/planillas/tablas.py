"""Spreadsheets with any columns, read within a worker's budget in a process of their own."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from core.procesos.aparte import Cortado, Limites, correr_aparte
from gestion_precios.planillas.celdas import Celda, Ilegible
from gestion_precios.planillas.lectura.limites import DE_DATOS, Cruda
from gestion_precios.planillas.rechazos import motivo_de_celda, rechazo

LECTOR: Final = "gestion_precios.planillas.lectura.tabla:leer_tabla"
# Several times what 50,000 rows of twelve columns take: see docs/importaciones.md.
LIMITES: Final = Limites(cpu=20, plazo=80, memoria=768 * 1024 * 1024, salida=128 * 1024 * 1024)
# A row as it travels and is kept: its number, its cells, what it has beyond the last column.
FilaCruda = tuple[int, list[Cruda], str]


@dataclass(frozen=True, slots=True)
class Tabla:
    """A file's titles and rows; `afuera`: number and text of the rows that are none."""

    titulos: list[str]
    filas: list[FilaCruda]
    hoja: str
    afuera: list[tuple[int, str]]


def leer_tabla(contenido: bytes, conocidos: Collection[str], hoja: str = "") -> Tabla:
    """The table in an XLSX or CSV file; raises ErrorDominio when there is none, or it is too big.

    `conocidos`: titles by which its header is known. `hoja`: the sheet that somebody chose.
    """
    if len(contenido) > DE_DATOS.bytes:
        raise rechazo("grande", maximo=DE_DATOS.bytes // 2**20)
    pedido = json.dumps({"hoja": hoja, "conocidos": sorted(conocidos)}).encode()
    try:
        leido = json.loads(correr_aparte(LECTOR, pedido + b"\n" + contenido, LIMITES))
    except Cortado as cortado:
        raise rechazo(cortado.motivo) from cortado
    if "rechazo" in leido:
        motivo, datos = leido["rechazo"]
        raise rechazo(motivo, **datos)
    return Tabla(**leido)


def celda_de(cruda: Cruda) -> Celda:
    """A cell as the readers of `planillas.celdas` take it."""
    if not isinstance(cruda, list):
        return cruda
    clase, *resto = cruda
    return Decimal(resto[0]) if clase == "n" else Ilegible(motivo_de_celda(resto[0]), resto[1])
