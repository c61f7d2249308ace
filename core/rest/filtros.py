"""Filters of lists that refuse what makes no sense instead of ignoring it."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

ID_MAXIMO = 2**63 - 1
LARGO_BUSQUEDA = 100


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": ID_MAXIMO})
class FiltroEntero(django_filters.Filter):
    """A row's number."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=ID_MAXIMO, **kwargs)


@extend_schema_field({"type": "boolean"})
class FiltroSiNo(django_filters.TypedChoiceFilter):
    """`true` or `false`; anything else is refused, not ignored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        opciones = [("", "---------"), ("true", _("Sí")), ("false", _("No"))]
        super().__init__(*args, choices=opciones, coerce="true".__eq__, **kwargs)


class FiltroOrden(django_filters.ChoiceFilter):
    """`ordering=campo` or `-campo`, of a named set; equal rows by key, so that pages never mix."""

    def __init__(self, *campos: str) -> None:
        opciones = [(signo + campo, signo + campo) for campo in campos for signo in ("", "-")]
        super().__init__(choices=opciones, label=_("Orden"))

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Ordered as asked; as the model says when nothing is."""
        return qs.order_by(value, "pk") if value else qs
