"""The letters on paper: fonts, widths, and what is printed of a text that they cannot write."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from io import BytesIO
from threading import Lock
from typing import Final, NamedTuple

from pymupdf_fonts import NotoSans_Bold, NotoSans_Regular
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from core.texto.limpieza import limpiar

# What stands where a character has no glyph: seen, and never a crash.
SIN_GLIFO: Final = "\N{REPLACEMENT CHARACTER}"
PUNTOS: Final = "…"
_FUENTES: Final = {"Noto": NotoSans_Regular, "Noto-Negrita": NotoSans_Bold}
_CUERPO_MINIMO: Final = 4.0
_TURNO: Final = Lock()


class Letra(NamedTuple):
    """A face and its size in points."""

    cuerpo: float
    negrita: bool = False

    @property
    def fuente(self) -> str:
        """Its name in the file."""
        return "Noto-Negrita" if self.negrita else "Noto"

    @property
    def interlinea(self) -> float:
        """From one base line to the next."""
        return self.cuerpo * 1.25


def glifos() -> frozenset[int]:
    """The characters that both faces can write; registers the faces, once in a process."""
    # Two threads that print first at the same time would each have faces of their own.
    with _TURNO:
        return _registrar()


@cache
def _registrar() -> frozenset[int]:
    for nombre, modulo in _FUENTES.items():
        pdfmetrics.registerFont(TTFont(nombre, BytesIO(modulo.fontbuffer)))
    caras = (pdfmetrics.getFont(nombre).face for nombre in _FUENTES)
    return frozenset.intersection(*(frozenset(cara.charToGlyph) for cara in caras))


@lru_cache(maxsize=20_000)
def imprimible(texto: str) -> str:
    """The text in one line of glyphs that there are; `�` for each that there is not."""
    texto = unicodedata.normalize("NFC", limpiar(texto))
    return texto if glifos().issuperset(map(ord, texto)) else "".join(map(_con_glifo, texto))


@lru_cache(maxsize=50_000)
def ancho(texto: str, letra: Letra) -> float:
    """How wide the text is, in points."""
    glifos()
    return float(pdfmetrics.stringWidth(texto, letra.fuente, letra.cuerpo))


def que_quepa(texto: str, letra: Letra, espacio: float) -> Letra:
    """The letter, smaller where the text would not fit: a figure is never cut."""
    largo = ancho(texto, letra)
    if largo <= espacio:
        return letra
    return letra._replace(cuerpo=max(letra.cuerpo * espacio / largo, _CUERPO_MINIMO))


def partir(texto: str, letra: Letra, espacio: float) -> list[str]:
    """The text in lines of this width, broken between words; within one that is too long."""
    lineas: list[str] = []
    actual = ""
    for palabra in imprimible(texto).split(" "):
        junto = f"{actual} {palabra}" if actual else palabra
        if ancho(junto, letra) <= espacio:
            actual = junto
            continue
        if actual:
            lineas.append(actual)
        *enteras, actual = _trozos(palabra, letra, espacio)
        lineas.extend(enteras)
    return [*lineas, actual] if actual else lineas


def cortar(texto: str, letra: Letra, espacio: float) -> str:
    """The text in one line; its end, where it does not fit, is three points."""
    texto = imprimible(texto)
    if ancho(texto, letra) <= espacio:
        return texto
    while texto and ancho(texto + PUNTOS, letra) > espacio:
        texto = texto[:-1]
    return texto.rstrip() + PUNTOS


def _trozos(palabra: str, letra: Letra, espacio: float) -> list[str]:
    trozos = [""]
    for caracter in palabra:
        if trozos[-1] and ancho(trozos[-1] + caracter, letra) > espacio:
            trozos.append("")
        trozos[-1] += caracter
    return trozos


def _con_glifo(caracter: str) -> str:
    if ord(caracter) in glifos():
        return caracter
    parecido = unicodedata.normalize("NFKC", caracter)
    return parecido if glifos().issuperset(map(ord, parecido)) else SIN_GLIFO
