"""REST plumbing: one shape of error, one pagination."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.validators import ProhibitSurrogateCharactersValidator
from rest_framework.views import exception_handler, set_rollback

from core.errores import ErrorDominio
from core.texto.citas import acotar, cita, citados

REINTENTAR_EN = "5"
# The one sentence of DRF's that has no Spanish yet.
ProhibitSurrogateCharactersValidator.message = gettext_lazy(
    "El texto tiene un carácter incompleto."
)


def _sin_mitades(self: ProhibitSurrogateCharactersValidator, value: Any) -> None:
    try:
        str(value).encode("utf-8")
    except UnicodeEncodeError:
        raise exceptions.ValidationError(self.message, code=self.code) from None


# Its own walks the text in Python: a long one would stop the process for seconds.
ProhibitSurrogateCharactersValidator.__call__ = _sin_mitades  # type: ignore[method-assign]  # no hook
_fallar = serializers.Field.fail


def _fallar_brevemente(self: serializers.Field, key: str, **nombres: Any) -> NoReturn:
    _fallar(self, key, **citados(nombres))


serializers.Field.fail = _fallar_brevemente  # type: ignore[method-assign]  # no hook
# What Django says of a body it cannot read; without an answer here they would be HTML pages.
ILEGIBLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


class Paginacion(PageNumberPagination):
    """`?pagina=` and `?por_pagina=` (50, at most 500)."""

    page_size = 50
    max_page_size = 500
    page_query_param = "pagina"
    page_size_query_param = "por_pagina"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """The page's rows; one that is not there is a 404 that says so."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except exceptions.NotFound as error:
            raise ErrorDominio(
                _("Esa página no existe. Volver a la primera."),
                codigo="not_found",
                campo=self.page_query_param,
                estado=404,
            ) from error

    def get_page_number(self, request: Request, paginator: Any) -> Any:
        """The page's number as asked, in plain digits."""
        pedida = request.query_params.get(self.page_query_param, "1")
        if not (pedida.isascii() and pedida.isdigit() and len(pedida) < 10):
            raise exceptions.NotFound
        return int(pedida)

    def get_page_size(self, request: Request) -> int | None:
        """The size as asked, up to the maximum; nonsense is a 400, not a silent default."""
        pedido = request.query_params.get(self.page_size_query_param or "", "1")
        if not (pedido.isascii() and pedido.isdigit() and len(pedido) < 10 and int(pedido)):
            raise exceptions.ValidationError(
                {self.page_size_query_param: [_("Indicar cuántas filas por página.")]}
            )
        return super().get_page_size(request)


def manejar_error(error: Exception, contexto: dict[str, Any]) -> Response | None:
    """Answer every refusal as `{detail, codigo, campo?, errores?}`; None: a bug, a 500."""
    traducido = _traducir(error)
    if isinstance(traducido, ErrorDominio):
        set_rollback()
        respuesta = Response(
            acotar(traducido.como_dict(), _enviados(contexto)), status=traducido.estado
        )
        if traducido.estado == 503:
            respuesta["Retry-After"] = REINTENTAR_EN
        return respuesta
    normal = exception_handler(traducido, contexto)
    if normal is not None:
        normal.data = acotar(_cuerpo(traducido), _enviados(contexto))
    return normal


def _enviados(contexto: dict[str, Any]) -> list[str]:
    """What the address says: forms of filters quote it as it is."""
    request = contexto.get("request")
    return list(request.query_params.values()) if request else []


def _traducir(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound(_("No existe o no está a su alcance."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, RequestDataTooBig):
        return ErrorDominio(
            _("El envío es demasiado grande."), codigo="demasiado_grande", estado=413
        )
    if isinstance(error, ProtectedError):
        return ErrorDominio(
            _("No se puede borrar: otros datos lo usan."), codigo="en_uso", estado=409
        )
    if isinstance(error, ILEGIBLE):
        return ErrorDominio(_("No se pudo leer el envío."), codigo="cuerpo_ilegible")
    if isinstance(error, OperationalError | InterfaceError):
        return ErrorDominio(
            _("La base de datos no responde. Reintentar en unos segundos."),
            codigo="base_no_disponible",
            estado=503,
        )
    return error


def _cuerpo(error: Exception) -> dict[str, Any]:
    if not isinstance(error, exceptions.APIException):
        return {"detail": str(error), "codigo": "error"}
    if isinstance(error, exceptions.ValidationError):
        return _cuerpo_validacion(error)
    if isinstance(error, exceptions.Throttled):
        espera = {"segundos": max(getattr(error, "wait", None) or 0, 1)}
        detalle = _("Demasiadas solicitudes. Esperar %(segundos)d segundos.") % espera
        return {"detail": detalle, "codigo": error.default_code}
    codigos = error.get_codes()
    codigo = codigos if isinstance(codigos, str) else str(error.default_code)
    return {"detail": str(error.detail), "codigo": codigo}


def _cuerpo_validacion(error: exceptions.ValidationError) -> dict[str, Any]:
    campo, detalle = _primero(error.detail)
    cuerpo: dict[str, Any] = {
        "detail": str(detalle),
        "codigo": getattr(detalle, "code", "invalido"),
    }
    if campo:
        cuerpo["campo"] = campo
    if isinstance(error.detail, dict):
        cuerpo["errores"] = error.detail
    return cuerpo


def _primero(detalle: Any, campo: str = "") -> tuple[str, Any]:
    """The first sentence of a nested error, and the path of its field (`lineas.2.cantidad`)."""
    if isinstance(detalle, dict) and detalle:
        nombre, interior = next(iter(detalle.items()))
        if nombre == "non_field_errors":
            return _primero(interior, campo)
        nombre = cita(nombre)
        return _primero(interior, f"{campo}.{nombre}" if campo else nombre)
    if isinstance(detalle, list) and detalle:
        for lugar, interior in enumerate(detalle):
            if interior:
                anidado = isinstance(interior, dict)
                return _primero(interior, f"{campo}.{lugar}" if anidado and campo else campo)
    return campo, detalle
