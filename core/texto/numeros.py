"""Numbers as people write them in an address or a form."""

from __future__ import annotations

CIFRAS = 18


def numero_de_fila(texto: str) -> int | None:
    """A row's number from its digits; None for a sign, a space, `²` or more than a column holds."""
    correcto = texto.isascii() and texto.isdigit() and len(texto) <= CIFRAS
    return int(texto) if correcto else None
