"""CSV a piece at a time: UTF-8 with its mark, semicolons, decimal comma."""

from __future__ import annotations

import csv
from collections.abc import Generator

from core.planillas.celdas import texto_csv
from core.planillas.tablas import Tabla

CSV = "text/csv; charset=utf-8"
# So many letters go out together.
PEDAZO = 64 * 1024


class _Eco:
    """Where `csv` writes a line: it comes back."""

    def write(self, linea: str) -> str:
        return linea


def escribir_csv(tabla: Tabla) -> Generator[bytes]:
    """The table's CSV, each piece made when it is asked for."""
    escritor = csv.writer(_Eco(), delimiter=";")
    lineas = ["\ufeff", escritor.writerow([texto_csv(titulo) for titulo in tabla.titulos])]
    largo = 0
    for fila in tabla.filas:
        linea = escritor.writerow([texto_csv(valor) for valor in fila])
        lineas.append(linea)
        largo += len(linea)
        if largo >= PEDAZO:
            yield "".join(lineas).encode()
            lineas, largo = [], 0
    yield "".join(lineas).encode()
