"""Forms about people that write what was changed in them, and nothing they had read besides.

A row read before somebody's new password, or demotion, and written whole after it undoes it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from core.acceso.credenciales import Motivo, terminar_llaves

_Base: Any = object


class SoloLoCambiado(_Base):
    """Makes an admin page save what its form changed, column by column."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new row whole; of one that was there, the columns that changed."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        columnas = {campo.name for campo in obj._meta.concrete_fields}
        obj.save(update_fields=[campo for campo in form.changed_data if campo in columnas])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Groups and permissions as well: those of a list that nobody touched stay as they are."""
        if change:
            for campo in form.instance._meta.many_to_many:
                if campo.name not in form.changed_data:
                    form.cleaned_data.pop(campo.name, None)
        super().save_related(request, form, formsets, change)


class SoloLaClave(_Base):
    """Makes a password form write the column and end the old one's rights, or do neither.

    What ends, `core.signals` ends as it sees the column written.
    """

    def set_password_and_save(self, user: User, *args: Any, **opciones: Any) -> User:
        """Django's, which writes the whole row as it was read."""
        commit = opciones.pop("commit", True)
        super().set_password_and_save(user, *args, commit=False, **opciones)
        if commit:
            with transaction.atomic():
                user.save(update_fields=["password"])
                if not user.has_usable_password():
                    # No new one was typed: nothing tells this write from the old one's renewal.
                    terminar_llaves(user.pk, Motivo.CONTRASENA)
        return user
