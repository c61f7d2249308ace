"""The real ASGI application with one page more, whose task never ends by itself.

For `uvicorn core.tests.entrada.asgi_lento:application` in a process of its own.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from core.asgi import application as application
from core.entrada.partida import partida_de
from core.procesos.aparte import Limites, correr_aparte

LIMITES = Limites(cpu=500, plazo=500, memoria=256 * 1024 * 1024, salida=1024)


def lenta(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        correr_aparte(
            "core.tests.procesos.tareas:dormir", request.body, LIMITES, partida_de(request)
        )
    )


settings.ROOT_URLCONF = __name__
urlpatterns = [path("lenta/", lenta), path("", include("core.urls"))]
