"""Lists on pages: the filters of the URL, and one page of what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_filters import FilterSet

from core.web.htmx import Peticion, fragmento

POR_PAGINA = 50


@dataclass(frozen=True)
class Lista:
    """A page of rows, the filters as they were typed, and what is wrong with them."""

    pagina: Page[Any]
    valores: dict[str, str]
    errores: dict[str, str]
    filtrada: bool


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
    pagina = Paginator(elegidas, por_pagina).get_page(request.GET.get("pagina"))
    return Lista(pagina, valores, errores, filtrada=any(valores.values()))


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
