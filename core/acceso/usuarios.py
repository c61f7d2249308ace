"""Who asks, for views that let only signed-in people in."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from rest_framework.request import Request


def usuario_de(request: HttpRequest | Request) -> User:
    """The signed-in user, past `para_roles`, `con_permiso` or REST's permissions."""
    return cast(User, request.user)
