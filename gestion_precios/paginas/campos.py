"""What the forms of the pages of prices are made of: dates, and dress."""

from __future__ import annotations

from typing import Any, Self

from django import forms


class CampoFecha(forms.DateField):
    """A date, in the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


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
