"""Tickets for the stream: whose session listens to which boards, signed, for a few minutes.

A ticket is good with its own session's cookie only, so that a copied address opens nothing. The
same session is given the same one for a minute: there are never many.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

VALE: Final = 600
_SAL: Final = "realtime.boleto"
_MINUTO: Final = 60


class BoletoInvalido(Exception):
    """Not ours, altered, of another session, or too old."""


class Credencial(NamedTuple):
    """Who listens: a session's user, as they were then (`core.acceso.credenciales.huella_de`)."""

    usuario_id: int
    sesion: str
    huella: str


class Boleto(NamedTuple):
    """Who listens to which boards (None: all of them), and when their session ends."""

    credencial: Credencial
    claves: frozenset[int] | None
    fin: int


def emitir_boleto(credencial: Credencial, claves: Collection[int] | None, *, fin: int) -> str:
    """A ticket for these boards, good for nine to ten minutes of a session that ends at `fin`."""
    usuario_id, sesion, huella = credencial
    vence = (int(time.time()) + VALE) // _MINUTO * _MINUTO
    visibles = None if claves is None else sorted(claves)
    # The session's key itself opens everything: it must not be read in a proxy's log.
    dato = [usuario_id, visibles, huella, _atadura(sesion), vence, fin]
    return signing.Signer(salt=_SAL).sign_object(dato, compress=True)


def leer_boleto(texto: str, sesion: str) -> Boleto:
    """What a ticket says to the session that brings it; raises BoletoInvalido."""
    try:
        usuario_id, claves, huella, atadura, vence, fin = _abrir(texto)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BoletoInvalido from error
    if not constant_time_compare(atadura, _atadura(sesion)) or time.time() >= min(vence, fin):
        raise BoletoInvalido
    visibles = None if claves is None else frozenset(claves)
    return Boleto(Credencial(usuario_id, sesion, huella), visibles, fin)


def _abrir(texto: str) -> Any:
    return signing.Signer(salt=_SAL).unsign_object(texto)


def _atadura(sesion: str) -> str:
    return salted_hmac(_SAL, sesion, algorithm="sha256").hexdigest()[:32]
