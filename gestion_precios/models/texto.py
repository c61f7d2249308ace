"""What every row with texts has in common."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models

from core.texto.visible import INVISIBLE, con_invisibles


class DeTextoVisible(models.Model):
    """A row whose texts are what they look like."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse characters that nobody sees, or that turn the others around."""
        super().clean_fields(exclude=exclude)
        for campo in self._meta.concrete_fields:
            if campo.name in (exclude or ()) or not isinstance(campo, models.CharField):
                continue
            if con_invisibles(getattr(self, campo.attname) or ""):
                raise ValidationError({campo.name: INVISIBLE})
