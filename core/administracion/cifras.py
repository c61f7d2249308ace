"""How the admin reads numbers: as the rest of the house, and where no wheel turns them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from core.texto.campos import CampoCifra, CampoEntero

_ANGOSTO = {"class": "vIntegerField"}


def campo_de(columna: Any) -> dict[str, Any]:
    """The form field of a column of numbers, as arguments of `formfield`; empty for another."""
    clase: type[CampoCifra | CampoEntero]
    if isinstance(columna, models.DecimalField):
        clase = CampoCifra
    elif isinstance(columna, models.IntegerField) and not columna.choices:
        clase = CampoEntero
    else:
        return {}
    return {"form_class": clase, "widget": forms.TextInput(attrs=_ANGOSTO)}
