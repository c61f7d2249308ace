"""The link to the prices in the header."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.web.navegacion import Enlace, registrar_enlace
from gestion_precios.personas.permisos import VER_LISTAS


def conectar() -> None:
    """Register the link."""
    registrar_enlace(Enlace("precios", _("Precios"), 40, _ve_listas, tecla="r"))


def _ve_listas(request: HttpRequest) -> bool:
    return request.user.has_perm(VER_LISTAS)
