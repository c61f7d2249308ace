"""Refusals outside REST: a page, a toast or JSON that says what happened and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.errores import ErrorDominio
from core.web.htmx import avisar

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REINTENTAR_EN = "5"
BASE_CAIDA = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Rechazo:
    """What a refused request is told."""

    estado: int
    codigo: str
    titulo: StrOrPromise
    detalle: StrOrPromise


SOLICITUD = Rechazo(
    400,
    "solicitud",
    _("La solicitud no se entiende"),
    _("Volver atrás, revisar lo cargado y reintentar."),
)
HOST = Rechazo(
    400,
    "host_no_admitido",
    SOLICITUD.titulo,
    _("El nombre del servidor no es de este sitio. Revisar la dirección."),
)
SIN_PERMISO = Rechazo(
    403,
    "sin_permiso",
    _("Sin permiso"),
    _("Su usuario no alcanza a esta página. Pedir el acceso a un administrador."),
)
CSRF = Rechazo(
    403,
    "csrf",
    _("La página quedó vieja"),
    _("Por seguridad no se guardó nada. Recargar la página y reintentar."),
)
NO_EXISTE = Rechazo(
    404,
    "no_existe",
    _("No está"),
    _("No existe o no está a su alcance. Revisar la dirección o buscarlo en las listas."),
)
EN_USO = Rechazo(
    409,
    "en_uso",
    _("Está en uso"),
    _("No se puede borrar: otros datos lo usan. Se puede desactivar."),
)
DEMASIADO_GRANDE = Rechazo(
    413,
    "demasiado_grande",
    _("El envío es demasiado grande"),
    _("No se guardó nada. Dividirlo en partes y enviarlas de a una."),
)
INTERNO = Rechazo(
    500,
    "interno",
    _("Algo falló de nuestro lado"),
    _("Ya quedó registrado. Reintentar en un momento; si sigue, avisar a soporte."),
)
BASE_NO_DISPONIBLE = Rechazo(
    503,
    "base_no_disponible",
    _("La base de datos no responde"),
    _("Lo cargado en este equipo sigue acá. Reintentar en unos segundos."),
)
# These may be drawn while nothing else works: no database, no session, no context.
SIN_BASE = {500: "500.html", 503: "503.html"}


class ErroresMiddleware:
    """Turns what a view could not do into an answer; bugs go on to Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """None: not ours to answer."""
        if isinstance(error, ErrorDominio):
            titulo = NO_EXISTE.titulo if error.estado == 404 else _("No se pudo")
            rechazo = Rechazo(error.estado, error.codigo, titulo, error.detail)
            return responder(request, rechazo, campo=error.campo)
        if isinstance(error, RequestDataTooBig):
            return responder(request, DEMASIADO_GRANDE)
        if isinstance(error, ProtectedError):
            return responder(request, EN_USO)
        if isinstance(error, BASE_CAIDA):
            return responder(request, BASE_NO_DISPONIBLE)
        return None


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old."""
    return responder(request, CSRF)


def solicitud_incorrecta(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    grande = isinstance(exception, RequestDataTooBig)
    rechazo = host_ajeno(request) or (DEMASIADO_GRANDE if grande else SOLICITUD)
    return responder(request, rechazo)


def sin_permiso(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: the view's own sentence when it gave one."""
    frase = str(exception)
    if not frase:
        return responder(request, SIN_PERMISO)
    return responder(request, Rechazo(403, SIN_PERMISO.codigo, SIN_PERMISO.titulo, frase))


def no_encontrado(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return responder(request, NO_EXISTE)


def error_del_servidor(request: HttpRequest) -> HttpResponse:
    """handler500: also what a middleware meets when the database is away."""
    caida = isinstance(sys.exc_info()[1], BASE_CAIDA)
    return responder(request, BASE_NO_DISPONIBLE if caida else INTERNO)


def es_api(request: HttpRequest) -> bool:
    """Whether a program asks: it reads JSON, whatever went wrong."""
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def host_ajeno(request: HttpRequest) -> Rechazo | None:
    """The refusal of a `Host` that is not ours."""
    try:
        request.get_host()
    except DisallowedHost:
        return HOST
    return None


def responder(request: HttpRequest, rechazo: Rechazo, campo: str | None = None) -> HttpResponse:
    """The refusal as whoever asked can read it."""
    respuesta = _cuerpo(request, rechazo, campo)
    if rechazo.estado == 503:
        respuesta["Retry-After"] = REINTENTAR_EN
    return respuesta


def _cuerpo(request: HttpRequest, rechazo: Rechazo, campo: str | None) -> HttpResponse:
    if es_api(request) or not request.accepts("text/html"):
        datos = {"detail": str(rechazo.detalle), "codigo": rechazo.codigo}
        return JsonResponse(datos | ({"campo": campo} if campo else {}), status=rechazo.estado)
    # Read from the header: a request refused early has no `htmx`.
    if request.headers.get("HX-Request") == "true":
        respuesta = HttpResponse(status=rechazo.estado)
        return avisar(respuesta, str(rechazo.detalle), "peligro")
    if rechazo.estado in SIN_BASE:
        return render(None, SIN_BASE[rechazo.estado], status=rechazo.estado)
    return render(request, "error.html", {"rechazo": rechazo}, status=rechazo.estado)
