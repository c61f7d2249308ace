"""The header's links and the user's place: each app registers its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Condicion = Callable[[HttpRequest], bool]
Lugar = Callable[[HttpRequest], str]


@dataclass(frozen=True)
class Enlace:
    """A link of the header; `tecla` opens it after `g`, `para` says who sees it."""

    vista: str
    texto: StrOrPromise
    orden: int
    para: Condicion
    tecla: str = ""


@dataclass(frozen=True)
class EnlaceVisible:
    """A link as one page shows it."""

    url: str
    texto: StrOrPromise
    tecla: str
    actual: bool


_enlaces: dict[str, Enlace] = {}
_lugares: list[Lugar] = []


def registrar_enlace(enlace: Enlace) -> None:
    """Add a link to the header; the same view again replaces it."""
    _enlaces[enlace.vista] = enlace


def registrar_lugar(lugar: Lugar) -> None:
    """Say how to name the place (branch) somebody works for."""
    _lugares[:] = [lugar]


def enlaces_de(request: HttpRequest) -> list[EnlaceVisible]:
    """The links this person sees, the present page marked."""
    if not _conocido(request):
        return []
    visibles = [
        (url, enlace)
        for enlace in sorted(_enlaces.values(), key=lambda e: e.orden)
        if (url := _url(enlace.vista)) and enlace.para(request)
    ]
    actual = max(
        (url for url, _enlace in visibles if request.path.startswith(url)), key=len, default=""
    )
    return [
        EnlaceVisible(url=url, texto=enlace.texto, tecla=enlace.tecla, actual=url == actual)
        for url, enlace in visibles
    ]


def lugar_de(request: HttpRequest) -> str:
    """The name of the place this person works for; empty when nobody can say."""
    return _lugares[0](request) if _lugares and _conocido(request) else ""


def _conocido(request: HttpRequest) -> bool:
    """Whether the request came as far as having a user: one with a bad Host does not."""
    return hasattr(request, "user")


def _url(vista: str) -> str:
    try:
        return reverse(vista)
    except NoReverseMatch:
        return ""
