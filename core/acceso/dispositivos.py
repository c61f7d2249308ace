"""Browsers somebody has signed in with: a signed cookie that says so, for as long as half a year.

It opens nothing. Whoever guesses from elsewhere is counted elsewhere, so nobody's guesses close the
door on a person at their own desk. The cookie holds digests of names, not names.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SAL: Final = "core.dispositivos"
DURA: Final = 180 * 24 * 3600
PERSONAS_MAXIMAS: Final = 20
FIRMA_LARGO: Final = 24


class DispositivoMiddleware:
    """Gives a browser its cookie with the answer to a sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        valor: str | None = getattr(request, "dispositivo_nuevo", None)
        # A program keeps no cookies.
        if valor and not request.path.startswith("/api/"):
            response.set_cookie(
                settings.DISPOSITIVO_COOKIE_NAME,
                valor,
                max_age=DURA,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        return response


def conocido(request: HttpRequest, nombre: str) -> str | None:
    """The device's name, if this very account has signed in with it before."""
    datos = _leer(request)
    return datos["d"] if datos and _firma(nombre) in datos["p"] else None


def recordar(request: HttpRequest, nombre: str) -> None:
    """Let the answer tell the browser that this account has signed in with it."""
    datos = _leer(request) or {"d": secrets.token_urlsafe(12), "p": []}
    firma = _firma(nombre)
    otras = [otra for otra in datos["p"] if otra != firma]
    nuevo = datos | {"p": [*otras, firma][-PERSONAS_MAXIMAS:]}
    vars(request)["dispositivo_nuevo"] = signing.dumps(nuevo, salt=SAL)


def _leer(request: HttpRequest) -> dict[str, Any] | None:
    cookie = request.COOKIES.get(settings.DISPOSITIVO_COOKIE_NAME, "")
    try:
        datos: dict[str, Any] = signing.loads(cookie, salt=SAL, max_age=DURA)
    except signing.BadSignature:
        return None
    return datos


def _firma(nombre: str) -> str:
    return salted_hmac(SAL, nombre, algorithm="sha256").hexdigest()[:FIRMA_LARGO]
