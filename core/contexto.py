"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest


def aplicacion(request: HttpRequest) -> dict[str, Any]:
    """The installed capabilities and the environment, for the navigation and the footer."""
    return {
        "hay_tablero": apps.is_installed("realtime"),
        "es_produccion": settings.PRODUCCION,
    }
