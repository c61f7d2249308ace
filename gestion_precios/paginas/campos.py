"""What the forms of the pages of prices are made of: dates, amounts as people write them, dress."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError

from core.texto.cifras import CifraIlegible, leer_cifra
from core.texto.frases_de_cifra import frase_de_cifra
from gestion_precios.moneda import cabe, decimales, leer_importe, redondear

# Of a number that is no amount: a percentage, a rule's threshold in units.
DECIMALES = 2


class CampoFecha(forms.DateField):
    """A date, in the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


class CampoImporte(forms.DecimalField):
    """A number as people write it here: `1.234,50`; with `moneda`, also with its symbol."""

    moneda = ""
    # Of whole things, more or less: a point groups, only a comma is decimal.
    unidades = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, max_digits=14, decimal_places=DECIMALES, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """The number written, or why it is none."""
        texto = str(value or "")
        try:
            return self._leer(texto)
        except CifraIlegible as error:
            if error.motivo == "vacio":
                return None
            caben = decimales(self.moneda) if self.moneda else DECIMALES
            raise ValidationError(frase_de_cifra(texto, error, caben), code=error.motivo) from error

    def _leer(self, texto: str) -> Decimal:
        if self.moneda:
            return leer_importe(texto, self.moneda)
        if self.unidades:
            try:
                return leer_cifra(texto, decimales=0)
            except CifraIlegible as error:
                if error.motivo != "decimales":
                    raise
        return leer_cifra(texto, decimales=DECIMALES)

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
