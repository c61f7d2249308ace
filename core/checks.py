"""Boot checks: a wrong setting stops the process with an id and a hint, before any request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core import checks as django_checks
from django.core.checks import CheckMessage, Error, Tags, register

POLITICAS_DE_PRECIO = ("revisar", "corregir", "rechazar")


def registrar() -> None:
    """Register the project's checks with Django."""
    register(politica_de_precio)
    register(datos_horarios)
    register(sqlite_en_produccion, Tags.database, deploy=True)
    register(proxies_sin_nombre, Tags.security, deploy=True)


def politica_de_precio(**_kwargs: Any) -> list[CheckMessage]:
    """PEDIDOS_PRECIO_DISTINTO is one of the three policies."""
    if settings.PEDIDOS_PRECIO_DISTINTO in POLITICAS_DE_PRECIO:
        return []
    return [
        Error(
            "PEDIDOS_PRECIO_DISTINTO is not a known policy.",
            hint=f"Use one of: {', '.join(POLITICAS_DE_PRECIO)}.",
            id="core.E001",
        )
    ]


def datos_horarios(**_kwargs: Any) -> list[CheckMessage]:
    """The installed time zones know that Paraguay stays on its summer clock since October 2024."""
    invierno = datetime(2025, 7, 1, tzinfo=UTC)
    try:
        corrimiento = invierno.astimezone(ZoneInfo("America/Asuncion")).utcoffset()
    except ZoneInfoNotFoundError:
        corrimiento = None
    if corrimiento == timedelta(hours=-3):
        return []
    return [
        Error(
            "The time-zone data are missing, or older than 2024b.",
            hint="Install the requirements again: tzdata.",
            id="core.E002",
        )
    ]


def sqlite_en_produccion(**_kwargs: Any) -> list[CheckMessage]:
    """SQLite serves one machine: a deployment of several needs PostgreSQL."""
    if not (settings.PRODUCCION and settings.ES_SQLITE and settings.ENTORNO.web_concurrency > 1):
        return []
    return [
        django_checks.Warning(
            "SQLite with several web processes.",
            hint="Set DATABASE_URL to a PostgreSQL server.",
            id="core.W001",
        )
    ]


def proxies_sin_nombre(**_kwargs: Any) -> list[CheckMessage]:
    """Where more than this machine reaches the web, the proxies that are believed have names."""
    local = settings.ENTORNO.host in {"127.0.0.1", "::1", "localhost"}
    if local or not settings.PROXIES_DE_CONFIANZA or settings.REDES_DE_PROXIES:
        return []
    return [
        django_checks.Warning(
            "Any private address that reaches the web may speak for others.",
            hint="Set REDES_DE_PROXIES to the addresses of your proxies.",
            id="core.W002",
        )
    ]
