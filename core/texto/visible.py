"""Text that people can see: what it may not hold."""

from __future__ import annotations

import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy

INVISIBLE: Final = gettext_lazy(
    "El texto tiene un carácter invisible o que lo da vuelta: escribirlo de nuevo."
)
# Control, zero-width and direction characters, and the ends of lines and paragraphs.
_INVISIBLES: Final = {"Cc", "Cf", "Zl", "Zp"}


def con_invisibles(texto: str) -> bool:
    """Whether a character of it is not seen, or turns the others around."""
    return any(unicodedata.category(caracter) in _INVISIBLES for caracter in texto)
