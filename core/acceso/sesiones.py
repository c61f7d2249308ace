"""A session ends after ten hours, however busy; Django's own age ends an idle one.

It ends as well when its user's stamp is no longer the one it began with.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from core.acceso.credenciales import sello_de
from core.models import Sello
from core.web.errores_http import BASE_CAIDA, BASE_NO_DISPONIBLE, responder

INICIO = "sesion_desde"
RENOVADA = "sesion_renovada"
SELLO = "sesion_sello"
# Writing the session on every request would cost a write per poll.
SEGUNDOS_ENTRE_RENOVACIONES = 60


class SesionLimitadaMiddleware:
    """Signs out at the absolute age or with an old stamp; renews the idle clock once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            if request.session.session_key and request.user.is_authenticated:
                self._vigilar(request, int(time.time()))
        except BASE_CAIDA:
            # The first look at the database: here its absence has an answer, above it is a 500.
            return responder(request, BASE_NO_DISPONIBLE)
        return self.get_response(request)

    def _vigilar(self, request: HttpRequest, ahora: int) -> None:
        desde = request.session.setdefault(INICIO, ahora)
        vieja = ahora - desde > settings.SESION_EDAD_MAXIMA
        if vieja or request.session.get(SELLO, 0) != sello_de(request.user):
            logout(request)
        elif ahora - request.session.get(RENOVADA, 0) >= SEGUNDOS_ENTRE_RENOVACIONES:
            request.session[RENOVADA] = ahora


def anotar_sello(sesion: SessionBase, usuario_id: int) -> None:
    """The session is the user's from here on, until something ends it."""
    # Read anew: whoever signs in may have been read before their last end.
    valores = Sello.objects.filter(pk=usuario_id).values_list("valor", flat=True)
    sesion[SELLO] = valores.first() or 0


def fin_de_sesion(request: HttpRequest) -> int:
    """The second in which the session ends if nobody uses it any more."""
    ahora = int(time.time())
    ociosa = request.session.get(RENOVADA, ahora) + settings.SESSION_COOKIE_AGE
    entera = request.session.get(INICIO, ahora) + settings.SESION_EDAD_MAXIMA
    return int(min(ociosa, entera))
