"""What is taken away from a text before it is read as a number or a code, or looked for. Pure.

The same rule as static/js/lectura/limpieza.js; docs/lectura.md has it in words.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# Full-width forms: the keyboard of East Asia writes them, and they are the sign itself.
ANCHOS: Final = {0xFF01 + n: 0x21 + n for n in range(94)}
_ESPACIOS: Final = frozenset("\t\n\v\f\r\x85")
_DE_ESPACIOS: Final = "Z"
# Control, zero-width and direction characters.
_INVISIBLES: Final = {"Cc", "Cf"}


def limpiar(texto: str) -> str:
    """The text without what is not seen, full-width signs as they are usually, single spaces."""
    return " ".join("".join(map(_limpio, texto.translate(ANCHOS))).split())


def _limpio(caracter: str) -> str:
    clase = unicodedata.category(caracter)
    if caracter in _ESPACIOS or clase.startswith(_DE_ESPACIOS):
        return " "
    return "" if clase in _INVISIBLES else caracter
