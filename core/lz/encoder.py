"""Compressing: from the text to a bit stream, bit for bit what JavaScript writes."""

import re
from typing import Final

from core.lz.bits import Escritor

_LITERAL_8: Final = 0
_LITERAL_16: Final = 1
_FIN: Final = 2
_PRIMERA_ENTRADA: Final = 3

# Length of the roots (see `_numerar`), and how far a search reaches at a time.
_RAIZ: Final = 8
_ALCANCE: Final = 4

_FUERA_DEL_BMP: Final = re.compile("[\U00010000-\U0010ffff]")

# (how many numbers go before it, the UTF-16 unit) of each character when it first appears.
Literales = list[tuple[int, int]]


def codificar(texto: str) -> tuple[bytes, int]:
    """The bit stream of a text, and its length in bits."""
    if not texto:
        return _empaquetar([], [])
    return _empaquetar(*_numerar(_FUERA_DEL_BMP.sub(_par, texto)))


def _par(coincidencia: re.Match[str]) -> str:
    """A character as the surrogate pair it is in JavaScript."""
    resto = ord(coincidencia[0]) - 0x10000
    return chr(0xD800 + (resto >> 10)) + chr(0xDC00 + (resto & 0x3FF))


def _numerar(texto: str) -> tuple[list[int], Literales]:
    """Cut a text into the longest known pieces; their numbers, and the new characters.

    JavaScript grows each piece one character at a time. But whenever the dictionary holds a
    piece it holds all its beginnings too, so the longest one can be found by halving. Each root
    (the first 8 characters) remembers how long the last piece from it was: a good first guess.
    `desde` characters are known to be in the dictionary (`pieza`), `hasta` are known not to be
    (`nueva`: in the end one character longer, just the entry to add). Slices that reach past
    the end of the text do no harm: they are the whole rest of it.
    """
    diccionario = {texto[0]: _PRIMERA_ENTRADA}
    entrada = _PRIMERA_ENTRADA + 1
    literales: Literales = [(0, ord(texto[0]))]
    numeros: list[int] = []
    emitir = numeros.append
    largos: dict[str, int] = {}
    largo_de = largos.get
    i, fin = 1, len(texto)
    nueva = texto[:2]
    while i < fin:
        pieza = texto[i]
        if pieza not in diccionario:
            diccionario[pieza] = entrada
            diccionario[nueva] = entrada + 1
            entrada += 2
            literales.append((len(numeros), ord(pieza)))
            nueva = texto[i : i + 2]
            i += 1
            continue
        diccionario[nueva] = entrada
        entrada += 1
        desde, hasta = 1, _RAIZ
        nueva = raiz = texto[i : i + _RAIZ]
        if raiz in diccionario:
            pieza, desde, hasta = raiz, _RAIZ, largo_de(raiz, _RAIZ) + 1
            while (nueva := texto[i : i + hasta]) in diccionario and i + desde < fin:
                pieza, desde, hasta = nueva, hasta, hasta + _ALCANCE
        while hasta - desde > 1:
            medio = (desde + hasta) >> 1
            if (media := texto[i : i + medio]) in diccionario:
                pieza, desde = media, medio
            else:
                nueva, hasta = media, medio
        if desde >= _RAIZ:
            largos[raiz] = desde
        emitir(diccionario[pieza])
        i += desde
    return numeros, literales


def _empaquetar(numeros: list[int], literales: Literales) -> tuple[bytes, int]:
    """Write numbers and new characters, each number as wide as the decoder's dictionary asks."""
    escritor = Escritor()
    entradas = 2
    desde = 0
    for hasta, unidad in literales:
        entradas = _corrida(escritor, numeros[desde:hasta], entradas)
        desde = hasta
        ancho = entradas.bit_length()
        escritor.campo(_LITERAL_8 if unidad < 256 else _LITERAL_16, ancho)
        escritor.campo(unidad, 8 if unidad < 256 else 16)
        entradas += 2
    entradas = _corrida(escritor, numeros[desde:], entradas)
    escritor.campo(_FIN, entradas.bit_length())
    return escritor.terminar()


def _corrida(escritor: Escritor, numeros: list[int], entradas: int) -> int:
    """Write numbers that no new character interrupts; how many entries there are after them."""
    k = 0
    while k < len(numeros):
        ancho = entradas.bit_length()
        cantidad = min(len(numeros) - k, (1 << ancho) - entradas)
        escritor.campos(numeros[k : k + cantidad], ancho)
        k += cantidad
        entradas += cantidad
    return entradas
