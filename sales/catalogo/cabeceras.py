"""HTTP's side of the catalogue: content types, gzip, and which ETag the client already has."""

from __future__ import annotations

from typing import Final

from django.utils.http import parse_etags

TIPOS: Final = {"base64": "text/plain; charset=us-ascii", "utf16": "text/plain; charset=utf-16le"}
# Under ASGI, where the view notes in the request's scope which branch it let the user read.
CONCEDIDA: Final = "catalogo.sucursal"
_CALIDAD_CERO: Final = frozenset({"q=0", "q=0.0", "q=0.00", "q=0.000"})


def acepta_gzip(cabecera: str) -> bool:
    """Whether an Accept-Encoding names gzip and does not refuse it."""
    for parte in cabecera.lower().split(","):
        nombre, _punto, calidad = parte.partition(";")
        if nombre.strip() == "gzip":
            return calidad.replace(" ", "") not in _CALIDAD_CERO
    return False


def ya_lo_tiene(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match names the ETag, by weak comparison."""
    if if_none_match == etag:
        return True
    propia = etag.removeprefix("W/")
    conocidas = {conocida.removeprefix("W/") for conocida in parse_etags(if_none_match)}
    return bool({"*", propia} & conocidas)
