"""What may be asked of an admin list in its address: what the list itself offers, no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import FieldListFilter, SimpleListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import BadRequest, ImproperlyConfigured, ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from core.rest.filtros import LARGO_BUSQUEDA

_Base: Any = object
# Longer than any value that a filter's link has, and more of them than a person ticks.
LARGO_VALOR = 1000
MAXIMO_VALORES = 30
# What a value that makes no sense comes to, in Python or in the database.
SIN_SENTIDO = (ValueError, OverflowError, ValidationError, DataError)


class ConsultaPropia(_Base):
    """A list that is filtered by its own filters alone.

    Django lets any column be asked for, and any lookup: whoever sees a list would read, letter by
    letter, the columns that it does not show and the tables behind it.
    """

    # What other pages' links ask of this one, beside its own filters.
    enlazados: ClassVar[tuple[str, ...]] = ()
    # No row has a page of its own elsewhere.
    view_on_site: Any = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """What the page's filters and dates make, and what is declared to be linked."""
        return lookup in parametros_de(self, request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Django's; a value that makes no sense is a wrong filter, not an error of ours."""
        _exigir_medida(request)
        try:
            return super().get_changelist_instance(request)
        except SIN_SENTIDO as error:
            if not set(request.GET) - {ERROR_FLAG}:
                raise
            raise IncorrectLookupParameters(str(error)) from error

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        """Django's, of rows that can be: a key that none can have is refused."""
        try:
            queryset.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME)).exists()
        except SIN_SENTIDO as error:
            raise BadRequest(str(error)) from error
        return super().response_action(request, queryset, *args)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Nothing for a term that no row can have: each of its words is a condition."""
        if len(search_term) > LARGO_BUSQUEDA or "\x00" in search_term:
            return queryset.none(), False
        respuesta: tuple[QuerySet[Any], bool]
        respuesta = super().get_search_results(request, queryset, search_term)
        return respuesta


def parametros_de(pagina: Any, request: HttpRequest) -> set[str]:
    """The names that a list's address may have, beside Django's page, order and search."""
    fecha = pagina.date_hierarchy
    propios = {f"{fecha}__{parte}" for parte in ("year", "month", "day")} if fecha else set()
    for filtro in pagina.get_list_filter(request):
        propios.update(_del_filtro(pagina.model, filtro))
    return propios | {*pagina.enlazados}


def _del_filtro(modelo: type[Model], filtro: Any) -> Iterator[str]:
    if isinstance(filtro, type) and issubclass(filtro, SimpleListFilter):
        yield str(filtro.parameter_name)
        return
    ruta, clase = filtro if isinstance(filtro, tuple | list) else (filtro, None)
    campo: Any = get_fields_from_path(modelo, ruta)[-1]
    clase = clase or _clase_para(campo)
    if not issubclass(clase, admin.DateFieldListFilter) or campo.null:
        yield f"{ruta}__isnull"
    if issubclass(clase, admin.RelatedFieldListFilter):
        yield f"{ruta}__{campo.target_field.name}__exact"
    elif issubclass(clase, admin.BooleanFieldListFilter | admin.ChoicesFieldListFilter):
        yield f"{ruta}__exact"
    elif issubclass(clase, admin.DateFieldListFilter):
        yield from (f"{ruta}__gte", f"{ruta}__lt")
    elif issubclass(clase, admin.AllValuesFieldListFilter):
        yield ruta
    else:
        raise ImproperlyConfigured(f"{clase.__name__}: say what its links ask for")


def _clase_para(campo: Any) -> Any:
    conocidas: Any = FieldListFilter
    return next(clase for prueba, clase in conocidas._field_list_filters if prueba(campo))


def _exigir_medida(request: HttpRequest) -> None:
    for nombre, valores in request.GET.lists():
        largo = max(map(len, valores), default=0)
        if len(valores) > MAXIMO_VALORES or largo > LARGO_VALOR or "\x00" in "".join(valores):
            raise DisallowedModelAdminLookup(f"{nombre[:LARGO_BUSQUEDA]!r}: out of measure")


def sin_pagina_propia(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """In place of the admin's way to a row's own page: none has one, nor is one looked for."""
    raise Http404
