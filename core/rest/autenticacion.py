"""REST: who is asking, by token or by session, with refusals in Spanish."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.request import Request


class PorToken(TokenAuthentication):
    """`Authorization: Token …`."""

    def authenticate_credentials(self, key: str) -> tuple[Any, Any]:
        """The token's user; a key that could never be one does not reach the database."""
        if not (key.isascii() and key.isalnum()):
            raise exceptions.AuthenticationFailed(_("El token no es válido."))
        par: tuple[Any, Any] = super().authenticate_credentials(key)
        return par


class PorSesion(SessionAuthentication):
    """The desk's own session; writing asks for its CSRF token."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuse a write without the token that its page was given."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise exceptions.PermissionDenied(
                _("La página venció. Recargarla y repetir."), code="csrf"
            ) from error
