"""The columns of a table of prices: which is which, and which are not read."""

from __future__ import annotations

import re

from core.texto.normal import normalizar as texto_normal
from gestion_precios.planillas.lectura.formatos import con_fecha
from gestion_precios.planillas.lectura.limites import (
    COLUMNAS,
    COLUMNAS_MAXIMAS,
    LARGOS,
    TEXTO_MAXIMO,
    Cruda,
    Rechazo,
)

SINONIMOS = {"precio": "precio_base"}
_VISTO = 40
# What a comma leaves of a price when it parts it in two: "9,050".
_MILES, _RESTO = re.compile(r"[0-9]{1,3}"), re.compile(r"[0-9]{3}")


class Columnas:
    """A header. `exacta`: as in a CSV, rows have no cell beyond it; in a book there are notes."""

    def __init__(self, cabecera: list[Cruda], *, exacta: bool) -> None:
        titulos = [visto(celda) for celda in cabecera]
        self._escritas = len(titulos)
        while titulos and not titulos[-1]:
            titulos.pop()
        self._exacta = exacta
        self._titulos = titulos
        self.nombres = [normalizar(celda) for celda in cabecera[: len(titulos)]]
        self._leidas = [(i, nombre) for i, nombre in enumerate(self.nombres) if nombre in COLUMNAS]
        vacios = (i for i, titulo in enumerate(titulos) if not titulo)
        self._sin_titulo = [i for i in vacios if i < COLUMNAS_MAXIMAS]
        self._con_algo: set[int] = set()

    def exigir(self, hoja: str) -> None:
        """Raise Rechazo unless an article and a price are there, each once."""
        faltan = [] if {"codigo", "sku"} & set(self.nombres) else ["codigo"]
        faltan += [] if "precio_base" in self.nombres else ["precio_base"]
        if faltan:
            raise Rechazo("faltan", faltan=faltan, hoja=hoja)
        propias = [nombre for _i, nombre in self._leidas]
        repetidas = sorted({nombre for nombre in propias if propias.count(nombre) > 1})
        if repetidas:
            raise Rechazo("repetida", nombre=repetidas[0])

    def celdas(self, fila: list[Cruda]) -> dict[str, Cruda]:
        """What a row says under our columns."""
        for i in self._sin_titulo:
            if i < len(fila) and fila[i]:
                self._con_algo.add(i)
        largo = len(fila)
        return {nombre: _corta(nombre, fila[i]) for i, nombre in self._leidas if i < largo}

    def sobra(self, fila: list[Cruda]) -> Cruda:
        """The cell that a row has too many: most often the rest of a price parted by its comma."""
        if len(fila) <= len(self.nombres):
            return None
        resto = fila[len(self.nombres) :]
        if self._exacta or resto[0]:
            return next((celda for celda in resto if celda), None) or self._partido(fila)
        # Apart from the table, by a column at least: somebody's notes.
        primera = len(self.nombres)
        self._con_algo |= {primera + i for i, celda in enumerate(resto) if celda}
        return None

    def _partido(self, fila: list[Cruda]) -> Cruda:
        """The rest of a price in a row that is longer than the header by an empty cell."""
        if len(fila) <= self._escritas:
            return None
        lugar = self.nombres.index("precio_base")
        miles, resto = fila[lugar : lugar + 2]
        if not (isinstance(miles, str) and isinstance(resto, str)):
            return None
        return resto if _MILES.fullmatch(miles) and _RESTO.fullmatch(resto) else None

    def ignoradas(self) -> list[str]:
        """The titles of the columns that are not read; the letters of those without, with cells."""
        ajenos = [
            titulo
            for titulo, nombre in zip(self._titulos, self.nombres, strict=True)
            if titulo and nombre not in COLUMNAS
        ]
        return list(dict.fromkeys(ajenos + [_letras(i) for i in sorted(self._con_algo)]))


def es_cabecera(fila: list[Cruda]) -> bool:
    """Whether the row has the titles without which there is no table of prices."""
    nombres = {normalizar(celda) for celda in fila}
    return "precio_base" in nombres and bool({"codigo", "sku"} & nombres)


def normalizar(celda: Cruda) -> str:
    """`Precio base` and `CÓDIGO` are the names we wrote."""
    nombre = nombre_llano(celda)
    return SINONIMOS.get(nombre, nombre)


def nombre_llano(celda: Cruda) -> str:
    """A title as it is compared: `Código de Barras ` is `codigo_de_barras`."""
    normal = texto_normal(celda[:_VISTO] if isinstance(celda, str) else "")
    return re.sub(r"[^a-z0-9]+", "_", normal).strip("_")


def visto(celda: Cruda) -> str:
    """What the person sees in a cell, more or less; short."""
    celda = con_fecha(celda)
    return (celda[-1] if isinstance(celda, list) else celda or "")[:_VISTO]


def _corta(nombre: str, celda: Cruda) -> Cruda:
    """A cell no longer than its column, and as it looks."""
    if not isinstance(celda, str) or len(celda) <= LARGOS.get(nombre, 0):
        return con_fecha(celda)
    return ["i", "larga", celda[:_VISTO]] if nombre in LARGOS else celda[:TEXTO_MAXIMO]


def _letras(columna: int) -> str:
    """`A` of 0, `AB` of 27: what a spreadsheet calls a column."""
    letras = ""
    while columna >= 0:
        letras = chr(ord("A") + columna % 26) + letras
        columna = columna // 26 - 1
    return letras
