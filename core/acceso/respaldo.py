"""Who a session's user is, read together with their stamp."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class RespaldoConSello(ModelBackend):
    """Django's, with the stamp in the same query: every request compares it."""

    def get_user(self, user_id: Any) -> User | None:
        """The user, if active."""
        usuario = User.objects.select_related("sello").filter(pk=user_id).first()
        return usuario if usuario is not None and self.user_can_authenticate(usuario) else None
