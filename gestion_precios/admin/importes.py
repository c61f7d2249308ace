"""The admin's amounts: each read in the currency that it is of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import DecimalField

from gestion_precios.campos import (
    CampoImporte,
    de_la_regla,
    moneda_de_la_casa,
    moneda_de_la_lista,
    poner_moneda,
)

_Base: Any = object


class ConImportes(_Base):
    """A page or an inline with amounts: its form, or its form set, says of which currency."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The field; a decimal one is an amount."""
        if isinstance(db_field, DecimalField):
            kwargs["form_class"] = CampoImporte
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ConImportesDeLaCasa(ConImportes):
    """Amounts of no company: of the currency of all of them, if that is one."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The field; an amount is in the house's currency."""
        campo = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(campo, CampoImporte):
            campo.moneda = moneda_de_la_casa()
        return campo


class PrecioForm(forms.ModelForm):
    """A price, in its list's currency."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        poner_moneda(self, moneda_de_la_lista(self))


class ReglaForm(forms.ModelForm):
    """A rule, whose numbers count what its other fields say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        de_la_regla(self, moneda_de_la_lista(self))
