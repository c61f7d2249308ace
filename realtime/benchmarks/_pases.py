"""Sessions and tickets for streams that nobody's browser opens."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore

from core.acceso.credenciales import huella_de
from realtime.en_vivo.boletos import Credencial, emitir_boleto


class Pase(NamedTuple):
    """What a stream is opened with."""

    cookie: str
    boleto: str


def dar_pase(usuario: User, claves: Collection[int] | None) -> Pase:
    """A session of the user's, and its ticket for these boards."""
    sesion = SessionStore()
    sesion.create()
    credencial = Credencial(usuario.pk, str(sesion.session_key), huella_de(usuario))
    fin = int(sesion.get_expiry_date().timestamp())
    cookie = f"{settings.SESSION_COOKIE_NAME}={sesion.session_key}"
    return Pase(cookie, emitir_boleto(credencial, claves, fin=fin))
