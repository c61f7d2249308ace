"""Tickets for the stream: who listens to which boards, signed, and good for a few minutes.

The stream itself asks neither the session nor the database; the page it belongs to did.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, NamedTuple

from django.core import signing

VALE: Final = 600
_SAL: Final = "realtime.boletos"


class BoletoInvalido(Exception):
    """Not ours, altered, or too old."""


class Boleto(NamedTuple):
    """A user, and the boards they may listen to; None: all of them."""

    usuario_id: int
    claves: frozenset[int] | None


def emitir_boleto(usuario_id: int, claves: Collection[int] | None) -> str:
    """A ticket for these boards, good for ten minutes."""
    dato = [usuario_id, None if claves is None else sorted(claves)]
    return signing.dumps(dato, salt=_SAL, compress=True)


def leer_boleto(texto: str) -> Boleto:
    """What a ticket says; raises BoletoInvalido."""
    try:
        usuario_id, claves = _abrir(texto)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BoletoInvalido from error
    return Boleto(usuario_id, None if claves is None else frozenset(claves))


def _abrir(texto: str) -> Any:
    return signing.loads(texto, salt=_SAL, max_age=VALE)
