"""XLSX a piece at a time: a zip written to nowhere, whose bytes leave as soon as there are some.

Only what a table needs of the format (ECMA-376): texts in their cells, numbers, days and hours.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from openpyxl.utils import get_column_letter

from core.planillas import partes_del_libro as partes
from core.planillas.celdas import hora_local, si_o_no
from core.planillas.inerte import escribible, sin_formula
from core.planillas.tablas import Fila, Tabla, Valor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a sheet holds; the rest goes on in another one.
FILAS_POR_HOJA: Final = 1_048_576
BYTES_POR_HOJA: Final = 1024 * 1024 * 1024
# A cell's; a number has fifteen digits, and more are kept as text.
TEXTO_MAXIMO: Final = 32_767
ENTERO_MAXIMO: Final = 10**15
PEDAZO: Final = 64 * 1024
# Days are counted from here, and those before have no number.
_DIA_CERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's hours have no zone
_PRIMER_DIA: Final = date(1900, 3, 1)
# What programs read as a letter's code.
_CODIGO = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


class _Salida(io.RawIOBase):
    """A file that cannot be gone back in, nor read: what is written is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._pedazos: list[bytes] = []
        self.largo = 0

    def writable(self) -> bool:
        return True

    def write(self, dato: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        self._pedazos.append(bytes(dato))
        self.largo += len(dato)
        return len(dato)

    def sacar(self) -> bytes:
        dado = b"".join(self._pedazos)
        self._pedazos, self.largo = [], 0
        return dado


def escribir_xlsx(tabla: Tabla) -> Generator[bytes]:
    """The table's workbook, each piece made when it is asked for."""
    salida = _Salida()
    filas = iter(tabla.filas)
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as libro:
        hojas = 0
        siguiente = next(filas, None)
        while siguiente is not None or not hojas:
            hojas += 1
            with libro.open(_parte(f"xl/worksheets/sheet{hojas}.xml"), "w") as hoja:
                for xml in _Hoja(tabla).escribir(siguiente, filas):
                    hoja.write(xml.encode())
                    if salida.largo >= PEDAZO:
                        yield salida.sacar()
            siguiente = next(filas, None)
        for nombre, contenido in partes.las_demas(tabla.nombre, hojas).items():
            libro.writestr(_parte(nombre), contenido)
    yield salida.sacar()


def _parte(nombre: str) -> zipfile.ZipInfo:
    parte = zipfile.ZipInfo(nombre)
    parte.compress_type = zipfile.ZIP_DEFLATED
    return parte


class _Hoja:
    """One sheet: its titles, and rows until it is full."""

    def __init__(self, tabla: Tabla) -> None:
        self._tabla = tabla
        self._letras = [get_column_letter(n) for n in range(1, len(tabla.titulos) + 1)]

    def escribir(self, primera: Fila | None, filas: Iterator[Fila]) -> Iterator[str]:
        """The sheet's XML; what does not fit in it stays in `filas`."""
        yield partes.principio_de_hoja(self._tabla.anchos)
        titulos = [_texto(str(titulo), partes.TITULO) for titulo in self._tabla.titulos]
        yield self._fila(1, titulos)
        numero, largo = 1, 0
        while primera is not None:
            numero += 1
            xml = self._fila(numero, [celda(valor) for valor in primera])
            yield xml
            largo += len(xml)
            llena = numero == FILAS_POR_HOJA or largo >= BYTES_POR_HOJA
            primera = None if llena else next(filas, None)
        yield partes.FIN_DE_HOJA

    def _fila(self, numero: int, celdas: list[str]) -> str:
        escritas = [
            f'<c r="{letra}{numero}"{contenido}</c>'
            for letra, contenido in zip(self._letras, celdas, strict=True)
            if contenido
        ]
        return f'<row r="{numero}">{"".join(escritas)}</row>'


def celda(valor: Valor) -> str:
    """A cell after its place: its style, its type, what it says; empty when it says nothing."""
    if valor is None or valor == "":
        return ""
    escribir = _POR_TIPO.get(type(valor))
    return escribir(valor) if escribir else _texto(str(valor))


def _de_entero(valor: int) -> str:
    if abs(valor) >= ENTERO_MAXIMO:
        return _texto(str(valor))
    return f' s="{partes.ENTERO}"><v>{valor}</v>'


def _de_decimal(valor: Decimal) -> str:
    exponente = valor.as_tuple().exponent
    con_decimales = isinstance(exponente, int) and exponente < 0
    estilo = partes.CON_DECIMALES if con_decimales else partes.SIN_DECIMALES
    return f' s="{estilo}"><v>{valor:f}</v>'


def _de_dia(valor: date) -> str:
    if valor < _PRIMER_DIA:
        return _texto(f"{valor:%d/%m/%Y}")
    return f' s="{partes.DIA}"><v>{(valor - _DIA_CERO.date()).days}</v>'


def _de_momento(valor: datetime) -> str:
    local = hora_local(valor)
    if local.date() < _PRIMER_DIA:
        return _texto(f"{local:%d/%m/%Y %H:%M:%S}")
    segundos = (local - _DIA_CERO) // timedelta(seconds=1)
    return f' s="{partes.MOMENTO}"><v>{Decimal(segundos) / 86_400:.10f}</v>'


@lru_cache(maxsize=2_048)
def _texto(valor: str, estilo: int = partes.TEXTO) -> str:
    """A text that is one: where its program would make a formula of it once edited, it is told."""
    texto = escribible(valor)[:TEXTO_MAXIMO]
    if estilo == partes.TEXTO and texto != sin_formula(texto):
        estilo = partes.TEXTO_INERTE
    xml = _CODIGO.sub("_x005F_", texto).translate(_XML)
    return f' t="inlineStr" s="{estilo}"><is><t xml:space="preserve">{xml}</t></is>'


_POR_TIPO: dict[type, Callable[..., str]] = {
    bool: lambda valor: _texto(si_o_no(valor)),
    int: _de_entero,
    Decimal: _de_decimal,
    date: _de_dia,
    datetime: _de_momento,
}
