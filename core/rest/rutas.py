"""Under `api/` programs ask: each answer that no view gave is JSON, in development as well, and no
write is ever redirected, which would make a read of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from core.web.errores_http import (
    INTERNO,
    NO_EXISTE,
    SOLICITUD,
    Rechazo,
    es_api,
    host_ajeno,
    responder,
)

LARGO_RUTA = 200
LECTURA = ("GET", "HEAD", "OPTIONS", "TRACE")
SIN_HTTPS = Rechazo(
    400,
    "sin_https",
    gettext_lazy("Sin https"),
    gettext_lazy("Por http no se recibe nada: repetir por https. No se hizo nada."),
)
_POR_ESTADO: Final = {400: SOLICITUD, 404: NO_EXISTE, 500: INTERNO}
# What describes the page that is thrown away.
_DEL_CUERPO: Final = {"content-type", "content-length", "content-encoding", "etag"}


class ApiEnJson:
    """The first middleware: outside of it there is only the server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not es_api(request):
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and _escribe(request) and not request.is_secure():
            return responder(request, SIN_HTTPS)
        respuesta = self.get_response(request)
        return _en_json(request, respuesta) if _es_de_django(request, respuesta) else respuesta


@csrf_exempt
def ruta_desconocida(request: HttpRequest, resto: str = "") -> HttpResponse:
    """404 to every method. That it is a view keeps Django from adding the slash by a redirect."""
    if request.path_info.endswith("/") or not _lleva_a_algo(f"{request.path_info}/"):
        return responder(request, NO_EXISTE)
    frase = _("Falta la barra del final: la dirección es «{ruta}». No se hizo nada.")
    detalle = frase.format(ruta=f"{request.path[:LARGO_RUTA]}/")
    return responder(request, Rechazo(404, "falta_barra", NO_EXISTE.titulo, detalle))


def _lleva_a_algo(ruta: str) -> bool:
    try:
        return resolve(ruta).func is not ruta_desconocida
    except Resolver404:
        return False


def _escribe(request: HttpRequest) -> bool:
    return request.method not in LECTURA


def _es_de_django(request: HttpRequest, respuesta: HttpResponse) -> bool:
    """A page of Django's own, with its traceback or its routes, and none that a view rendered:
    the browsable API's, or a fragment."""
    if respuesta.status_code not in _POR_ESTADO or hasattr(respuesta, "accepted_renderer"):
        return False
    if request.headers.get("HX-Request") == "true" and respuesta.status_code < 500:
        return False
    return not respuesta.get("Content-Type", "").startswith("application/json")


def _en_json(request: HttpRequest, pagina: HttpResponse) -> HttpResponse:
    rechazo = host_ajeno(request) or _POR_ESTADO[pagina.status_code]
    respuesta = responder(request, rechazo)
    for nombre, valor in pagina.items():
        if nombre.lower() not in _DEL_CUERPO:
            respuesta[nombre] = valor
    return respuesta
