"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.web import precarga
from core.web.demostracion import hay_demo
from core.web.navegacion import enlaces_de, lugar_de


def aplicacion(request: HttpRequest) -> dict[str, Any]:
    """The installed capabilities, the environment, the header's links; fragments pay for none."""
    return {
        "hay_tablero": apps.is_installed("realtime"),
        "es_produccion": settings.PRODUCCION,
        "hay_demo": SimpleLazyObject(hay_demo),
        "cookie_csrf": settings.CSRF_COOKIE_NAME,
        "con_servicio": settings.TRABAJADOR_DE_SERVICIO,
        "version_app": SimpleLazyObject(precarga.version),
        "enlaces": SimpleLazyObject(lambda: enlaces_de(request)),
        "lugar": SimpleLazyObject(lambda: lugar_de(request)),
    }
