"""Filters of lists that refuse what makes no sense instead of ignoring it."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from core.datos.funciones import Normal
from core.texto.normal import normalizar

ID_MAXIMO = 2**63 - 1
LARGO_BUSQUEDA = 100
FORMATO_FECHA = ["%Y-%m-%d"]


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


class FiltroPalabras(django_filters.CharFilter):
    """`q`: every word is somewhere in the text, whatever its accents and its case."""

    def __init__(self, campo: str, *, normalizado: bool = False) -> None:
        self.normalizado = normalizado
        super().__init__(field_name=campo, max_length=LARGO_BUSQUEDA, label=_("Buscar"))

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that have them all."""
        palabras = normalizar(value or "").split()
        if not palabras:
            return qs
        campo = F(self.field_name)
        condicion = Q()
        for palabra in palabras:
            condicion &= Q(texto_buscado__contains=palabra)
        texto = campo if self.normalizado else Normal(campo)
        halladas: QuerySet[Any] = qs.alias(texto_buscado=texto).filter(condicion)
        return halladas


class FiltroOrden(django_filters.ChoiceFilter):
    """`ordering=campo` or `-campo`, of a named set; equal rows by key, so that pages never mix."""

    def __init__(self, *campos: str) -> None:
        opciones = [(signo + campo, signo + campo) for campo in campos for signo in ("", "-")]
        super().__init__(choices=opciones, label=_("Orden"))

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Ordered as asked; as the model says when nothing is."""
        return qs.order_by(value, "pk") if value else qs
