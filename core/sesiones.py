"""A session ends after ten hours, however busy; Django's own age ends an idle one."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from core.errores_http import BASE_CAIDA, BASE_NO_DISPONIBLE, responder

INICIO = "sesion_desde"
RENOVADA = "sesion_renovada"
# Writing the session on every request would cost a write per poll.
SEGUNDOS_ENTRE_RENOVACIONES = 60


class SesionLimitadaMiddleware:
    """Signs out at the absolute age and renews the idle clock at most once a minute."""

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
        if ahora - desde > settings.SESION_EDAD_MAXIMA:
            logout(request)
        elif ahora - request.session.get(RENOVADA, 0) >= SEGUNDOS_ENTRE_RENOVACIONES:
            request.session[RENOVADA] = ahora
