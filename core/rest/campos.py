"""REST fields that take one spelling of each thing: no `1_000`, `٣`, `yes`, `1,5` nor `-0`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.utils import html

from core.rest.filtros import ID_MAXIMO
from core.texto.visible import INVISIBLE, con_invisibles

_ENTERO = re.compile(r"-?[0-9]{1,20}")
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Control, format (zero width, right to left) and line separators; NUL has its own sentence.
_NUL = "\0"
_DEL_FORMULARIO = {"csrfmiddlewaretoken"}
_LARGO_NOMBRE = 60


class Entero(serializers.IntegerField):
    """A whole number, or its digits."""

    def to_internal_value(self, data: Any) -> int:
        """Refuse booleans, decimals, and whatever else Python would read as an integer."""
        if isinstance(data, bool) or not _ENTERO.fullmatch(str(data)):
            self.fail("invalid")
        return int(data)


class ClaveDeFila(Entero):
    """The number of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": ID_MAXIMO} | kwargs)


class Importe(serializers.DecimalField):
    """An amount: a JSON number or its text, with a point."""

    default_error_messages = {
        "invalid": gettext_lazy("Escribir un número, con punto si lleva decimales."),
    }

    def to_internal_value(self, data: Any) -> Decimal:
        """Refuse exponents, separators and a zero with a sign."""
        texto = str(data)
        if isinstance(data, Decimal) and data.is_finite() and abs(data.adjusted()) < 30:
            texto = f"{data:f}"
        cero_con_signo = texto.startswith("-") and not texto.strip("-0.")
        if isinstance(data, bool) or cero_con_signo or not _DECIMAL.fullmatch(texto):
            self.fail("invalid")
        valor: Decimal = super().to_internal_value(texto)
        return valor


class Texto(serializers.CharField):
    """A line of text without characters that nobody sees."""

    default_error_messages = {
        "invisible": INVISIBLE,
    }

    def to_internal_value(self, data: Any) -> str:
        """Refuse what is not text, and control, zero-width and direction characters."""
        if not isinstance(data, str):
            self.fail("invalid")
        texto: str = super().to_internal_value(data)
        if con_invisibles(texto.replace(_NUL, "")):
            self.fail("invisible")
        return texto


class Fecha(serializers.DateField):
    """A date as `2025-06-16`."""

    def to_internal_value(self, value: Any) -> date:
        """Refuse the other spellings of ISO 8601."""
        if not (isinstance(value, str) and _FECHA.fullmatch(value)):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class TextoTalCual(serializers.Field):
    """Text exactly as it came: not trimmed, NUL and lone surrogates included."""

    default_error_messages = {"invalid": gettext_lazy("Debe ser un texto.")}

    def to_internal_value(self, data: Any) -> str:
        """The text itself; numbers and booleans are not text."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(data)

    def to_representation(self, value: str) -> str:
        """The text itself."""
        return value


class SiNo(serializers.BooleanField):
    """`true` or `false`; a form sends its own words."""

    default_error_messages = {"invalid": gettext_lazy("Indicar true o false.")}

    def to_internal_value(self, data: Any) -> bool:
        """Refuse 0, 1 and words in JSON."""
        if isinstance(data, bool):
            return data
        if not de_formulario(self):
            self.fail("invalid")
        return bool(super().to_internal_value(data))


class Opcion(serializers.ChoiceField):
    """A choice out of a closed set; the refusal names them all."""

    default_error_messages = {"invalid_choice": gettext_lazy("Elegir una de: {opciones}.")}

    def to_internal_value(self, data: Any) -> Any:
        """The choice's own value."""
        # A subclass of `str` (an enum) has another `str()` than its value.
        clave = data if isinstance(data, str) else str(data)
        if clave not in self.choice_strings_to_values:
            self.fail("invalid_choice", opciones=", ".join(map(str, self.choices)))
        return self.choice_strings_to_values[clave]


class SinDesconocidos(serializers.Serializer):
    """Refuses the names it does not know: a misspelt one would become a silent default."""

    def to_internal_value(self, data: Any) -> Any:
        """The serializer's value, once every name in the body is known."""
        if isinstance(data, Mapping):
            for nombre in data:
                if nombre not in self.fields and nombre not in _DEL_FORMULARIO:
                    raise serializers.ValidationError(
                        {
                            str(nombre)[:_LARGO_NOMBRE]: [
                                _("No existe ese dato. Revisar el nombre.")
                            ]
                        },
                        code="desconocido",
                    )
        return super().to_internal_value(data)


def de_formulario(campo: serializers.Field) -> bool:
    """Whether what a field reads came from a form, where all is text, rather than in JSON."""
    return bool(html.is_html_input(getattr(campo.root, "initial_data", None)))


class EsquemaImporte(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # no types there
    """How the description names an amount: text going out, text or number coming in."""

    target_class = "core.rest.campos.Importe"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Bounds are the model's business: the refusal says them."""
        texto = {"type": "string", "format": "decimal", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
        return texto if direction == "response" else {"anyOf": [{"type": "number"}, texto]}
