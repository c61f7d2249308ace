"""A PDF read back: each page's size and text."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PdfReader

MM = 72 / 25.4


def textos(archivo: bytes) -> list[str]:
    """The text of each page, its white space folded."""
    return [
        re.sub(r"\s+", " ", pagina.extract_text()).strip()
        for pagina in PdfReader(BytesIO(archivo)).pages
    ]


def texto(archivo: bytes) -> str:
    """The text of all pages."""
    return " ".join(textos(archivo))


def medidas(archivo: bytes) -> list[tuple[float, float]]:
    """Each page's width and height, in millimetres."""
    paginas = PdfReader(BytesIO(archivo)).pages
    return [
        (round(float(p.mediabox.width) / MM, 2), round(float(p.mediabox.height) / MM, 2))
        for p in paginas
    ]
