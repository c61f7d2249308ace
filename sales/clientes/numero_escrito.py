"""What people write of a tax number: its parts, without what stands between them. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from core.texto.limpieza import limpiar

# Points, slashes, and every hyphen and dash that a keyboard or a word processor writes.
_ENTRE_PARTES: Final = re.compile(r"[ ./\-\u2010-\u2015\u2212\uFE58\uFE63·]+")
_PARTE: Final = re.compile(r"[0-9A-Za-zÑñ&]+")


class NumeroIlegible(ValueError):
    """Why a text is no tax number: its `forma`, or its `verificador` (the check digit)."""

    def __init__(self, motivo: str) -> None:
        super().__init__(motivo)
        self.motivo = motivo


def partes_de(texto: str) -> list[str]:
    """The groups of digits and letters, in upper case. Raises NumeroIlegible."""
    limpio = unicodedata.normalize("NFC", limpiar(texto))
    partes = [parte for parte in _ENTRE_PARTES.split(limpio) if parte]
    if not partes or not all(map(_PARTE.fullmatch, partes)):
        raise NumeroIlegible("forma")
    return [parte.upper() for parte in partes]
