"""Lists on the desk's pages (`core.listas`), and whose they are."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from core.listas import Lista, filtrar, solo_la_lista

__all__ = ["Lista", "filtrar", "solo_la_lista", "usuario_de"]


def usuario_de(request: HttpRequest) -> User:
    """The signed-in user, past `para_roles`."""
    return cast(User, request.user)
