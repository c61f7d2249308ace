"""What stands at the root for when there is no line: the service worker and an honest page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core.web import precarga


@require_GET
def servicio(request: HttpRequest) -> HttpResponse:
    """The service worker, asked for again each time: it says which version this is."""
    respuesta = HttpResponse(precarga.guion(), content_type="text/javascript; charset=utf-8")
    respuesta["Cache-Control"] = "no-cache"
    return respuesta


@require_GET
def sin_linea(request: HttpRequest) -> HttpResponse:
    """What a page shows that cannot be had now."""
    return _de_todos(precarga.pintar_sin_linea(precarga.version()))


@require_GET
def mesa(request: HttpRequest) -> HttpResponse:
    """The desk without anybody's data: what is a person's, their browser has."""
    cascaron = precarga.cascaron()
    if cascaron is None:
        raise Http404
    return _de_todos(cascaron.pintar(precarga.version()))


def _de_todos(pagina: str) -> HttpResponse:
    respuesta = HttpResponse(pagina)
    respuesta["Cache-Control"] = "no-cache"
    return respuesta
