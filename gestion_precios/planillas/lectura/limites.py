"""How much of a file is looked at, and how it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

COLUMNAS = ("codigo", "sku", "descripcion", "precio_base", "quitar")
HOJA = "Precios"
# What `quitar` may say.
SI = frozenset({"SI", "SÍ", "S", "X", "1", "TRUE", "VERDADERO"})
NO = frozenset({"", "NO", "N", "0", "FALSE", "FALSO"})
BYTES_MAXIMOS = 5 * 1024 * 1024
FILAS_MAXIMAS = 10_000
# How far down the header may stand, and how many of the rows left out are named.
MEMBRETE_MAXIMO = 20
AFUERA_MAXIMAS = 50
COLUMNAS_MAXIMAS = 40
# In the file, empty ones included.
FILAS_DEL_ARCHIVO = 100_000
# A CSV's row; spreadsheets that count empty columns write a few hundred.
CELDAS_POR_FILA = 2_000
# No cell is read further; those that mean something are never so long: a SKU has 60 characters,
# each of which may bring the apostrophe that we put before it. And what all together may say.
TEXTO_MAXIMO = 1_000
LARGOS = {"codigo": 40, "sku": 120, "precio_base": 60, "quitar": 40}
TEXTO_TOTAL = 8_000_000
# What a spreadsheet program itself holds.
FILA_ULTIMA = 1_048_576
COLUMNA_ULTIMA = 16_384
CARACTERES_DE_CELDA = 32_767
# A workbook is a zip of XML: what it may grow to, and how many elements that may hold.
INFLADO_MAXIMO = 48 * 1024 * 1024
PARTES_MAXIMAS = 500
HOJAS_MAXIMAS = 500
ESTILOS_MAXIMOS = 66_000
FORMATOS_MAXIMOS = 5_000
ELEMENTOS_MAXIMOS = 500_000
PROFUNDIDAD_MAXIMA = 64


@dataclass(frozen=True, slots=True)
class Cupo:
    """How much of a file is looked at: `bytes` of it, `inflado` bytes of a workbook's parts, its
    XML `elementos`, `filas` with something in them, and `texto` characters of all its cells.

    `hoja`: the sheet that is read before any other.
    """

    bytes: int
    filas: int
    elementos: int
    inflado: int
    texto: int
    hoja: str = ""


# A price list, read while somebody waits for the page.
DE_PRECIOS: Final = Cupo(
    bytes=BYTES_MAXIMOS,
    filas=FILAS_MAXIMAS,
    elementos=ELEMENTOS_MAXIMOS,
    inflado=INFLADO_MAXIMO,
    texto=TEXTO_TOTAL,
    hoja=HOJA,
)
# Clients, articles and prices of a whole company, read by a worker.
DE_DATOS: Final = Cupo(
    bytes=20 * 1024 * 1024,
    filas=50_000,
    elementos=2_500_000,
    inflado=192 * 1024 * 1024,
    texto=32_000_000,
)

# A cell as it was found: nothing, a text, ["n", a number's digits] or ["i", why it is neither,
# what it looks like]. JSON as it stands.
Cruda = str | list[str] | None
Fila = tuple[int, list[Cruda]]


class Rechazo(Exception):
    """The file is not read. `motivo` is a key of the sentences in planillas.archivo."""

    def __init__(self, motivo: str, **datos: Any) -> None:
        super().__init__(motivo)
        self.motivo = motivo
        self.datos = datos
