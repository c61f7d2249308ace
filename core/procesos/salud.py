"""Liveness and readiness: what an orchestrator asks, and what a 503 answers."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

from core.datos.redisdb import cliente

registro = logging.getLogger(__name__)
Comprobacion = Callable[[], str | None]
LATIDO_CLAVE = "cp:latido:trabajador"
LATIDO_VENCE = 15
_comprobaciones: dict[str, Comprobacion] = {}


def registrar_comprobacion(nombre: str, comprobacion: Comprobacion) -> None:
    """Add an app's own readiness check: it answers None when well, or the reason."""
    _comprobaciones[nombre] = comprobacion


def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when orders flow: database, Redis, a worker; 503 naming what is missing."""
    todas = {"base_de_datos": _base, "redis": _redis, "trabajador": _trabajador} | _comprobaciones
    faltas = {nombre: motivo for nombre, prueba in todas.items() if (motivo := prueba())}
    if faltas:
        return JsonResponse({"estado": "no_listo", "faltas": faltas}, status=503)
    return JsonResponse({"estado": "listo"})


def latir() -> None:
    """A worker says that it is alive; without Redis nobody can hear it."""
    try:
        cliente().set(LATIDO_CLAVE, str(int(time.time())), ex=LATIDO_VENCE)
    except RedisError as error:
        registro.warning("latido_sin_redis", extra={"error": type(error).__name__})


def _base() -> str | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return type(error).__name__
    return None


def _redis() -> str | None:
    try:
        cliente().ping()
    except RedisError as error:
        return type(error).__name__
    return None


def _trabajador() -> str | None:
    try:
        vivo = cliente().exists(LATIDO_CLAVE)
    except RedisError:
        return "sin Redis no se sabe"
    return None if vivo else f"ningún trabajador en los últimos {LATIDO_VENCE} s"
