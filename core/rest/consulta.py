"""REST: which names the address of a request may carry. An unknown one is refused, not ignored: a
filter that nobody applies answers another question."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.settings import api_settings

from core.errores import ErrorDominio

LARGO_NOMBRE = 60
_LECTURA = ("GET", "HEAD")


class ConsultaEstricta:
    """First base of every REST view: it takes the parameters that it reads, each once."""

    # What the view reads by itself when it answers a GET; filters and pages are found out.
    parametros: Collection[str] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may ask comes first: a stranger learns no names."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # APIView's
        exigir_conocidos(request, parametros_de(self, request.method or ""))


def parametros_de(vista: Any, metodo: str) -> list[str]:
    """The names that a view reads of an address, for this method and action."""
    nombres: list[str] = []
    if metodo in _LECTURA:
        nombres += vista.parametros
        if _lista(vista):
            nombres += [*_filtros(vista), *_paginas(vista)]
    if issubclass(vista.content_negotiation_class, DefaultContentNegotiation):
        nombres.append(api_settings.URL_FORMAT_OVERRIDE)
    return nombres


def exigir_conocidos(request: Request, conocidos: Collection[str]) -> None:
    """Raise ErrorDominio naming the parameter that is unknown, or there twice."""
    for nombre, valores in request.query_params.lists():
        if nombre not in conocidos:
            visto = _legible(nombre)
            raise ErrorDominio(
                _frase(visto, conocidos), codigo="parametro_desconocido", campo=visto
            )
        if len(valores) > 1:
            raise ErrorDominio(
                _("Indicar una sola vez este dato."), codigo="repetido", campo=nombre
            )


def _lista(vista: Any) -> bool:
    """Whether it answers rows: filters also reach a single one in Django REST, where nobody
    expects them."""
    return hasattr(vista, "list") and getattr(vista, "action", "list") == "list"


def _filtros(vista: Any) -> list[str]:
    if DjangoFilterBackend not in vista.filter_backends:
        return []
    clase = DjangoFilterBackend().get_filterset_class(vista, vista.queryset)
    return list(clase.base_filters) if clase else []


def _paginas(vista: Any) -> list[str]:
    paginador = vista.paginator
    nombres = (paginador.page_query_param, paginador.page_size_query_param) if paginador else ()
    return [nombre for nombre in nombres if nombre]


def _legible(nombre: str) -> str:
    visto = "".join(c if c.isprintable() else "\ufffd" for c in nombre[:LARGO_NOMBRE])
    return visto or _("(sin nombre)")


def _frase(nombre: str, conocidos: Collection[str]) -> str:
    if not conocidos:
        return _("El parámetro «{nombre}» no existe: acá no va ninguno.").format(nombre=nombre)
    parecidos = get_close_matches(nombre.lower(), conocidos, n=1)
    if parecidos:
        return _("El parámetro «{nombre}» no existe. El más parecido es «{parecido}».").format(
            nombre=nombre, parecido=parecidos[0]
        )
    return _("El parámetro «{nombre}» no existe. Se admiten: {conocidos}.").format(
        nombre=nombre, conocidos=", ".join(conocidos)
    )
