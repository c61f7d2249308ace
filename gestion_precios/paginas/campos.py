"""What the forms of the pages of prices are made of: dates, amounts as people write them, dress."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from gestion_precios.moneda import cabe, redondear
from gestion_precios.planillas.celdas import sin_simbolo

# Points group by three, or there is one and it is the decimals'; a comma is always theirs.
_AGRUPADO = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?", re.ASCII)
_SIMPLE = re.compile(r"-?[0-9]+(?:[.,][0-9]*)?", re.ASCII)


class CampoFecha(forms.DateField):
    """A date, in the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


class CampoImporte(forms.DecimalField):
    """A number as people write it here: `1.234,50`; with `moneda`, its symbol may precede it."""

    default_error_messages = {"invalid": gettext_lazy("Escribir un número, como 1.234,50.")}
    moneda = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, max_digits=14, decimal_places=2, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """Refuse what is not one number, such as `1e3`, `1.2.3` or other alphabets' digits."""
        texto = sin_simbolo(str(value or ""), self.moneda)
        if _AGRUPADO.fullmatch(texto):
            texto = texto.replace(".", "")
        elif texto and not _SIMPLE.fullmatch(texto):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(texto.replace(".", ","))

    def prepare_value(self, value: Any) -> Any:
        """The value without decimals that say nothing; an amount, with its currency's."""
        if not isinstance(value, Decimal):
            return value
        if self.moneda and cabe(value, self.moneda):
            return redondear(value, self.moneda)
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


class Vestido(forms.BaseForm):
    """Bootstrap's classes (or `clases`), and the mark of an error on the fields at fault."""

    clases: dict[str, str] = {}

    def vestir(self, *, enfocar: bool = False) -> Self:
        """Dress the fields; with `enfocar`, the one to start from takes the focus when the form
        arrives. Returns the form."""
        for nombre, campo in self.fields.items():
            clase = "form-control form-control-sm"
            if isinstance(campo.widget, forms.CheckboxInput):
                clase = "form-check-input"
            elif isinstance(campo.widget, forms.Select):
                clase = "form-select form-select-sm"
            clase = self.clases.get(nombre, clase)
            malo = self.is_bound and nombre in self.errors
            campo.widget.attrs["class"] = f"{clase} is-invalid" if malo else clase
            campo.widget.attrs.pop("autofocus", None)
        if enfocar:
            self.fields[self.primero].widget.attrs["autofocus"] = True
        return self

    @property
    def primero(self) -> str:
        """The field that takes the focus: the first at fault, else the first."""
        visibles = [c.name for c in self.visible_fields()]
        malos = [nombre for nombre in visibles if self.is_bound and nombre in self.errors]
        return (malos or visibles)[0]
