"""Signing in, out, and the lockout after too many tries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bloqueado(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """Answer a locked-out sign-in: a page, or JSON for the API."""
    if request.path.startswith("/api/"):
        cuerpo = {
            "detail": _("Demasiados intentos. Esperar 15 minutos."),
            "codigo": "demasiados_intentos",
        }
        return JsonResponse(cuerpo, status=429)
    return render(request, "cuentas/bloqueado.html", status=429)
