"""How names and codes are compared: without marks, case or the zeros before a number. Pure.

The same rules as static/js/lectura/normal.js; docs/lectura.md has them in words.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# An accent that stands by itself is an apostrophe, and Unicode would take it for a space.
ACENTO_SUELTO: Final = ("\u00b4", "'")
# Letters that are no other letter with a mark, as keyboards without them write them.
_DE_A_UNA: Final = (
    ("øđðħıĸłŋŧƀƚɇɨʉɏς", "oddhiklntbleiuyσ"),
    ("\u2018\u2019\u02bc\u2032\ua78c", "'''''"),
    ("\u2010\u2012\u2013\u2014\u2015\u2212", "------"),
    ("\u201c\u201d\u00d7", '""x'),
)
DOBLES: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
LETRAS: Final = {de: a for pareja in _DE_A_UNA for de, a in zip(*pareja, strict=True)} | DOBLES
_LETRAS: Final = str.maketrans(LETRAS)
_ESPACIOS: Final = frozenset("\t\n\v\f\r\x85")
_DE_ESPACIOS: Final = "Z"
_MARCAS: Final = "M"
_INVISIBLES: Final = frozenset({"Cc", "Cf", "Cs"})


def normalizar(texto: str) -> str:
    """A text without marks, case or what is not seen, with single spaces."""
    sueltas = unicodedata.normalize("NFKD", texto.replace(*ACENTO_SUELTO))
    llanas = sueltas if _sin_vueltas(sueltas) else "".join(map(_llana, sueltas))
    return " ".join(llanas.lower().translate(_LETRAS).split())


def clave(texto: str) -> str:
    """A code as it is compared: normalized, and a number without the zeros before it.

    So are GTIN-8, 12, 13 and 14 one number (GS1: the shorter ones, filled with zeros).
    """
    normal = normalizar(texto)
    return normal.lstrip("0") or normal[-1:] if es_numero(normal) else normal


def es_numero(texto: str) -> bool:
    """Whether it is digits alone."""
    return texto.isascii() and texto.isdigit()


def se_pierde(caracter: str) -> bool:
    """Whether a decomposed character says nothing: marks, and what is not seen."""
    clase = unicodedata.category(caracter)
    return clase.startswith(_MARCAS) or (clase in _INVISIBLES and caracter not in _ESPACIOS)


def es_espacio(caracter: str) -> bool:
    """Whether it only separates."""
    return caracter in _ESPACIOS or unicodedata.category(caracter).startswith(_DE_ESPACIOS)


def _sin_vueltas(texto: str) -> bool:
    return texto.isascii() and texto.isprintable()


def _llana(caracter: str) -> str:
    if se_pierde(caracter):
        return ""
    return " " if es_espacio(caracter) else caracter
