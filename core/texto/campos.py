"""Form fields for what people write: numbers as core/texto/cifras.py reads them, and whole ones."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.texto.cifras import CifraIlegible, leer_cifra
from core.texto.frases_de_cifra import frase_de_cifra
from core.texto.limpieza import limpiar

DECIMALES: Final = 2
_ENTERO: Final = re.compile(r"-?[0-9]{1,18}")


class CampoCifra(forms.DecimalField):
    """A number as people write it, such as `1.234,50`: in a text box, where no wheel turns it."""

    decimales = DECIMALES
    simbolos: tuple[str, ...] = ()
    ajenos: tuple[str, ...] = ()
    # Of whole things, more or less: a point groups, only a comma is decimal.
    unidades = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = kwargs.get("widget") or forms.TextInput
        super().__init__(**{"max_digits": 14, "decimal_places": DECIMALES} | kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """The number written, or why it is none."""
        # A field that may not be changed gives back its own.
        if isinstance(value, Decimal):
            return value
        texto = str(value or "")
        try:
            return self._leer(texto)
        except CifraIlegible as error:
            if error.motivo == "vacio":
                return None
            frase = frase_de_cifra(texto, error, self.decimales)
            raise ValidationError(frase, code=error.motivo) from error

    def _leer(self, texto: str) -> Decimal:
        if self.unidades:
            try:
                return leer_cifra(texto, decimales=0)
            except CifraIlegible as error:
                if error.motivo != "decimales":
                    raise
        return leer_cifra(
            texto, decimales=self.decimales, simbolos=self.simbolos, ajenos=self.ajenos
        )

    def prepare_value(self, value: Any) -> Any:
        """The number as one would write it: a comma, and no decimals that say nothing."""
        if not isinstance(value, Decimal):
            return value
        return f"{value.normalize():f}".replace(".", ",")


class CampoEntero(forms.IntegerField):
    """A whole number in digits alone, in a text box, where no wheel turns it."""

    default_error_messages = {
        "invalid": gettext_lazy("Es un número entero, sin puntos ni comas."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = kwargs.get("widget") or forms.TextInput
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """The number written; separators would make a code of another."""
        texto = limpiar(str("" if value is None else value))
        if texto and not _ENTERO.fullmatch(texto):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(texto)

    def prepare_value(self, value: Any) -> Any:
        """Its digits, whatever the country groups them with."""
        return str(value) if isinstance(value, int) else value


class CampoCantidad(CampoEntero):
    """A quantity as people write it: `1.200` is twelve hundred."""

    def to_python(self, value: Any) -> Any:
        """The whole number written, or why it is none."""
        texto = str("" if value is None else value)
        try:
            return int(leer_cifra(texto, decimales=0))
        except CifraIlegible as error:
            if error.motivo == "vacio":
                return None
            raise ValidationError(frase_de_cifra(texto, error, 0), code=error.motivo) from error
