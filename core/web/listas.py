"""Lists on pages: the filters of the URL, and one page of what is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django_filters import FilterSet

from core.errores import ErrorDominio
from core.web.htmx import Peticion, fragmento

POR_PAGINA = 50
# Of an address: which page of the list; and how much of a name is said again.
PAGINA: Final = "pagina"
LARGO_NOMBRE: Final = 60
_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True)
class Lista:
    """A page of rows, the filters as they were typed, and what is wrong with them."""

    pagina: Page[Any]
    valores: dict[str, str]
    errores: dict[str, str]
    filtrada: bool

    @property
    def consulta(self) -> str:
        """The filters in use as an address has them, for what shows the same rows elsewhere."""
        return consulta_de(self.valores)


def filtrar(
    request: HttpRequest,
    filtro: type[FilterSet],
    filas: QuerySet[Any],
    *,
    por_pagina: int = POR_PAGINA,
) -> Lista:
    """Narrow the rows by the URL; a filter that makes no sense is shown, and narrows nothing."""
    conjunto = filtro(request.GET, queryset=filas, request=request)
    valores = {
        nombre: request.GET.get(nombre, "").replace("\x00", "") for nombre in conjunto.filters
    }
    errores = {nombre: str(lista[0]) for nombre, lista in conjunto.errors.items()}
    elegidas = filas if errores else conjunto.qs
    pagina = Paginator(elegidas, por_pagina).get_page(request.GET.get(PAGINA))
    return Lista(pagina, valores, errores, filtrada=any(valores.values()))


def consulta_de(valores: Mapping[str, str]) -> str:
    """`?estado=9&q=x`, or nothing: the filters that say something."""
    dichos = {nombre: valor for nombre, valor in valores.items() if valor}
    return f"?{urlencode(dichos)}" if dichos else ""


def las_filtradas(
    request: HttpRequest, filtro: type[FilterSet], filas: QuerySet[_M]
) -> QuerySet[_M]:
    """All the rows that the URL's filters show; ErrorDominio, naming it, for one that makes no
    sense or that there is not: nobody sees beside these rows that it was left out."""
    conjunto = filtro(request.GET, queryset=filas, request=request)
    exigir_nombres(request, conjunto.filters)
    for nombre, frases in conjunto.errors.items():
        raise _incorrecto(nombre, str(frases[0]))
    elegidas: QuerySet[_M] = conjunto.qs
    return elegidas


def exigir_nombres(request: HttpRequest, conocidos: Collection[str]) -> None:
    """Raise ErrorDominio for a filter that the list has not."""
    for nombre in request.GET.keys() - {*conocidos, PAGINA}:
        raise _incorrecto(nombre[:LARGO_NOMBRE], gettext("La lista no tiene ese filtro."))


def exigir_elegido(request: HttpRequest, nombre: str, opciones: Collection[str]) -> None:
    """Raise ErrorDominio unless the URL has, of filters, this one alone, with one of its values."""
    exigir_nombres(request, {nombre})
    if request.GET.get(nombre, "") not in opciones:
        raise _incorrecto(nombre, gettext("Elegir una de las opciones de la lista."))


def _incorrecto(nombre: str, frase: str) -> ErrorDominio:
    dicho = gettext("Un filtro no se entiende y no se exportó nada: %(frase)s")
    return ErrorDominio(dicho % {"frase": frase}, codigo="filtro_incorrecto", campo=nombre)


def solo_la_lista(request: HttpRequest) -> bool:
    """Whether HTMX asks for the list to swap in, not for the page (nor for it from history)."""
    htmx = cast(Peticion, request).htmx
    return bool(htmx) and not htmx.history_restore_request


def parte_o_pagina(
    request: HttpRequest,
    parte: str,
    pagina: str,
    contexto: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The part (a fragment's name) that HTMX swaps in, or the page (a template) it is in."""
    if solo_la_lista(request):
        return fragmento(request, parte, contexto, status=status)
    return render(request, pagina, dict(contexto), status=status)
