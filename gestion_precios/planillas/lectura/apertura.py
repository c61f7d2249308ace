"""Opening a spreadsheet of whatever kind, for whoever reads its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gestion_precios.planillas.lectura.clases import exigir_legible
from gestion_precios.planillas.lectura.columnas import visto
from gestion_precios.planillas.lectura.libro import leer_libro
from gestion_precios.planillas.lectura.limites import Cruda, Cupo, Fila
from gestion_precios.planillas.lectura.texto import leer_csv

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_VISTO: Final = 40


def abrir(
    contenido: bytes, hoja: str, es_cabecera: Callable[[list[Cruda]], bool], cupo: Cupo
) -> tuple[str, Iterator[Fila]]:
    """The name of the sheet (empty for a CSV) and its rows; Rechazo for what is no spreadsheet."""
    exigir_legible(contenido)
    if contenido.startswith(_ZIP):
        return leer_libro(contenido, hoja, es_cabecera, cupo)
    return "", leer_csv(contenido, es_cabecera)


def dicho_de(fila: Sequence[Cruda]) -> str:
    """What a row says, more or less; short."""
    return " ".join(dicho for celda in fila if (dicho := visto(celda)))[:_VISTO]
