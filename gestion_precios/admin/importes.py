"""The admin's amounts: each read in the currency that it is of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import DecimalField

from core.planillas.tablas import Columna
from gestion_precios.campos import (
    CampoImporte,
    de_la_regla,
    moneda_de_la_casa,
    moneda_de_la_lista,
    poner_moneda,
)
from gestion_precios.moneda import cabe, redondear

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


def columna_de_la_casa(titulo: Any, monto: Callable[[Any], Decimal]) -> Columna:
    """A column of amounts of no company, in the currency of all of them, if that is one."""
    moneda = moneda_de_la_casa()

    def valor(fila: Any) -> Decimal:
        suyo = monto(fila)
        return redondear(suyo, moneda) if moneda and cabe(suyo, moneda) else suyo

    return Columna(titulo, valor)
