"""Sentry for Django and Celery: errors and their places, never people's data."""

from __future__ import annotations

from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

Evento = dict[str, Any]
PETICION_PERMITIDA = ("method", "url")
_NADA = {"mode": "off"}
NADA_DE_NADIE = {
    "user_info": False,
    "cookies": _NADA,
    "http_headers": {"request": _NADA, "response": _NADA},
    "http_bodies": [],
    "url_query_params": _NADA,
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
}


def iniciar() -> None:
    """Start the SDK when a DSN is configured; nothing otherwise."""
    if settings.SENTRY_DSN:
        sentry_sdk.init(dsn=settings.SENTRY_DSN, **opciones())


def opciones() -> dict[str, Any]:
    """The SDK's options: no bodies, no local variables, no PII, everything else scrubbed."""
    return {
        "environment": "produccion" if settings.PRODUCCION else "desarrollo",
        "integrations": [
            DjangoIntegration(middleware_spans=False),
            CeleryIntegration(monitor_beat_tasks=False),
            LoggingIntegration(event_level=None, level=None),
        ],
        "data_collection": NADA_DE_NADIE,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,
        "traces_sample_rate": settings.SENTRY_MUESTREO,
        "before_send": depurar,
        "before_send_transaction": depurar,
    }


def depurar(evento: Evento, _pista: Evento) -> Evento:
    """Drop whatever can carry a client's, a user's or an order's data from an event."""
    peticion = evento.get("request")
    if peticion:
        evento["request"] = {k: v for k, v in peticion.items() if k in PETICION_PERMITIDA}
        evento["request"]["url"] = str(peticion.get("url", "")).split("?")[0]
    for clave in ("user", "extra", "breadcrumbs"):
        evento.pop(clave, None)
    for excepcion in (evento.get("exception") or {}).get("values") or []:
        # Database messages quote the row they refuse; the type and the stack say enough.
        excepcion["value"] = ""
    return evento
