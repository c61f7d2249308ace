"""HTMX in the views: a typed request, one way to render a fragment, and honest redirects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import trigger_client_event
from django_htmx.middleware import HtmxDetails


class Peticion(HttpRequest):
    """A request as django-htmx leaves it."""

    htmx: HtmxDetails


def fragmento(
    request: HttpRequest, plantilla: str, contexto: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `templates/partials/<plantilla>.html`."""
    return render(request, f"partials/{plantilla}.html", dict(contexto), status=status)


def avisar(response: HttpResponse, texto: str, nivel: str = "info") -> HttpResponse:
    """Make the page show a toast; `nivel` is exito, info, aviso or peligro."""
    return trigger_client_event(response, "aviso", {"texto": texto, "nivel": nivel})


class FragmentoMiddleware:
    """A URL answers a page or a fragment: caches tell them apart, no fragment is a login page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Peticion) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if not self._pide_entrar(response):
            return response
        # Back to the page that is looked at: the fragment, or the deed, is none.
        pagina = request.htmx.current_url_abs_path if request.htmx else _pagina_de(request)
        destino = redirect_to_login(pagina).url if pagina else response["Location"]
        if not request.htmx:
            response["Location"] = destino
            return response
        response = HttpResponse(status=401)
        response["HX-Redirect"] = destino
        patch_vary_headers(response, ["HX-Request"])
        return response

    @staticmethod
    def _pide_entrar(response: HttpResponse) -> bool:
        entrar = resolve_url(settings.LOGIN_URL)
        return response.status_code == 302 and response["Location"].startswith(entrar)


def _pagina_de(request: HttpRequest) -> str:
    """A form's page, or the start; "" for what is a page itself, and for signing in and out."""
    if request.method in ("GET", "HEAD") or request.path.startswith("/cuentas/"):
        return ""
    anterior = request.headers.get("Referer", "")
    propia = url_has_allowed_host_and_scheme(
        anterior, {request.get_host()}, require_https=request.is_secure()
    )
    partes = urlsplit(anterior)
    return urlunsplit(("", "", partes.path, partes.query, "")) if propia and partes.path else "/"
