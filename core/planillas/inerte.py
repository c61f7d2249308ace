"""What a spreadsheet would take for a formula, and how it is kept from that. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A text that begins so, whatever its form or width, would be a formula when a spreadsheet opens it.
SIGNOS_DE_FORMULA = frozenset("=+-@|%\N{MINUS SIGN}")
# Seen as blanks, and yet letters or symbols to Unicode: fillers of Hangul and of hieroglyphs, the
# empty pattern of Braille, a note without head.
BLANCOS = frozenset("\u115f\u1160\u3164\uffa0\u2800\U00013441\U00013442\U0001d159")
# Neither XML nor a reader of CSV takes them.
_INESCRIBIBLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Each may be a cell of its own where a CSV is opened with another separator than its own.
_FINES = r",;|\t\r\n\x85\u2028\u2029"
_PEDAZOS = re.compile(f"[^{_FINES}]+[{_FINES}]?|[{_FINES}]")


def escribible(texto: str) -> str:
    """The text without what no file can hold."""
    return _INESCRIBIBLES.sub("", texto)


def sin_formula(texto: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `como_era` gives it back."""
    return "".join(f"'{p}" if _parece_formula(p) else p for p in _PEDAZOS.findall(texto))


def como_era(texto: str) -> str:
    """The text without the apostrophes that kept it from being a formula."""
    if "'" not in texto:
        return texto
    pedazos = _PEDAZOS.findall(texto)
    return "".join(p[1:] if p[:1] == "'" and _parece_formula(p[1:]) else p for p in pedazos)


def _parece_formula(pedazo: str) -> bool:
    """Whether the first thing to be seen of it is a formula's sign.

    Programs pass over what is not seen before it, and over the quotes that a CSV doubles; so does
    this over the apostrophes that we put there, whose number then tells what was in the text.
    """
    return next((clase for clase in map(_clase, pedazo) if clase is not None), False)


@lru_cache(maxsize=2_048)
def _clase(letra: str) -> bool | None:
    """Whether a cell that begins with it may be a formula; None: what comes after it says."""
    if letra in "\t\r\n":
        return True
    # Marks and whatever Unicode does not know yet among them.
    if letra in "'\"" or letra in BLANCOS or unicodedata.category(letra)[0] in "CZM":
        return None
    # Full-width and small signs are the sign itself.
    return unicodedata.normalize("NFKC", letra)[0] in SIGNOS_DE_FORMULA


def para_volver(texto: str) -> str:
    """A workbook's text that an import reads as it was: most need no apostrophe for that."""
    return texto if como_era(texto.strip()) == texto else sin_formula(texto)
