"""lz-string 1.5.0 for Python: byte-equal to JavaScript's, an order of magnitude faster than the
`lzstring` package, bounded, and with one error for everything malformed.

The package of the same name on PyPI cannot read the UTF-16 form, hands out split surrogates,
inflates without a limit and fails with KeyError, IndexError or None. We take the alphabets from
it and leave the rest.

A JavaScript string is a row of UTF-16 units: a character outside the BMP counts twice, here too
(`limite` is in units), and comes back as one character. Lone surrogates pass through; whoever
stores the text decides about them. The text "" compresses to a text that is not empty ("Q===" in
Base64), so an empty compressed text is always an error.

The format carries no checksum. A changed bit may well inflate to another text.
"""

from core.lz.alphabets import CODIFICACIONES, Codificacion, escribir, leer
from core.lz.decoder import inflar
from core.lz.encoder import codificar
from core.lz.errors import LzError

LIMITE = 64 * 1024 * 1024

__all__ = ["CODIFICACIONES", "LIMITE", "Codificacion", "LzError", "comprimir", "descomprimir"]


def comprimir(texto: str, codificacion: Codificacion = "base64") -> str:
    """Compress as JavaScript's compressToBase64, …ToUTF16 or …ToEncodedURIComponent."""
    if codificacion not in CODIFICACIONES:
        raise LzError("lz_codificacion")
    return escribir(*codificar(texto), codificacion)


def descomprimir(
    texto: str,
    codificacion: Codificacion = "base64",
    *,
    limite: int = LIMITE,
    octetos: int | None = None,
) -> str:
    """Inflate what JavaScript or `comprimir` wrote; LzError if malformed or over `limite`.

    `octetos` bounds the memory of the text besides: four for each character if one needs them.
    """
    return inflar(*leer(texto, codificacion), limite, octetos)
