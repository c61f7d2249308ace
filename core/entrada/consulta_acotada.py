"""The query of an address: bounded before anybody splits it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.web.errores_http import Rechazo, responder

LARGO_MAXIMO = 60_000
PARAMETROS_MAXIMO = 200
CONSULTA_LARGA = Rechazo(
    400,
    "consulta_larga",
    _("La dirección es demasiado larga"),
    _("La dirección es demasiado larga. Volver atrás y elegir menos cosas a la vez."),
)
DEMASIADOS_PARAMETROS = Rechazo(
    400,
    "demasiados_parametros",
    _("La dirección trae demasiados datos"),
    _("La dirección trae demasiados datos. Volver atrás y elegir menos cosas a la vez."),
)


def pares(consulta: bytes) -> list[tuple[str, str]] | None:
    """What a query says, for who answers before Django; None where the middleware refuses it."""
    if len(consulta) > LARGO_MAXIMO or consulta.count(b"&") >= PARAMETROS_MAXIMO:
        return None
    return parse_qsl(consulta.decode("latin-1"), keep_blank_values=True)


class ConsultaMiddleware:
    """Answers 400 to a query that nobody of ours would write; the other limits are each view's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        consulta = request.META.get("QUERY_STRING", "")
        if len(consulta) > LARGO_MAXIMO:
            return responder(request, CONSULTA_LARGA)
        if consulta.count("&") >= PARAMETROS_MAXIMO:
            return responder(request, DEMASIADOS_PARAMETROS)
        return self.get_response(request)
