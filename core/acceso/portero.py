"""django-axes' handler: what it is told of sign-ins, counted and answered by `core.acceso.puerta`.

Whatever looks at a password asks `authenticate()`, and so comes by here: the desk's sign-in, the
admin's, `POST /api/token/`, and the old password of who changes it.
"""

from __future__ import annotations

import logging
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from django.http import HttpRequest

from core.acceso import dispositivos
from core.acceso.puerta import (
    Admision,
    Solicitante,
    admitir,
    confirmar,
    nombre_de,
    perdonar,
    persona_de,
)
from core.entrada.direcciones import red_de
from core.entrada.quien import direccion_de

logger = logging.getLogger(__name__)
# A link is a key: the log and the counts name its page, not it.
_RUTA_DE_ENLACES = "/cuentas/invitacion/"


class Portero(AxesDatabaseHandler):
    """Lets a try be checked, or not, and keeps who signed in."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether this try may be checked; if so, it has been counted."""
        quien = solicitante(request, get_client_username(request, credentials))
        admision = admitir(quien)
        vars(request)["admision"] = admision
        if admision.cerrada:
            logger.info("entrada_frenada", extra=_dicho(request, quien, admision))
        return not admision.cerrada

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> None:
        """Count a wrong password; one that was not looked at is the middleware's to answer."""
        admision = admision_de(request)
        if request is None or admision is None:
            return
        vars(request)["axes_credentials"] = credentials
        vars(request)["axes_locked_out"] = admision.cerrada or admision.ultima
        if not admision.cerrada:
            quien = solicitante(request, get_client_username(request, credentials))
            confirmar(quien)
            logger.warning("entrada_fallida", extra=_dicho(request, quien, admision))

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Note the sign-in, forget its wrong tries, and let the browser be known from now on."""
        super().user_logged_in(sender, request, user, **kwargs)
        dispositivos.recordar(request, nombre_de(user.get_username()))

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """A right password: as `core.acceso.puerta` forgives it."""
        return perdonar(solicitante(request, get_client_username(request, credentials)))

    def clean_expired_user_attempts(
        self, request: HttpRequest | None = None, credentials: dict[str, Any] | None = None
    ) -> int:
        """Nothing: old counts count no more by themselves, and beat sweeps them up."""
        return 0


def solicitante(request: HttpRequest, nombre: str | None) -> Solicitante:
    """Who tries a password with this request."""
    exacto = nombre_de(nombre)
    return Solicitante(
        persona=persona_de(nombre),
        red=red_de(direccion_de(request)),
        dispositivo=dispositivos.conocido(request, exacto),
        ruta=request.path,
        nombre=exacto,
    )


def acertada(request: HttpRequest, nombre: str) -> None:
    """A right password that is no sign-in, such as the old one of who changes it."""
    perdonar(solicitante(request, nombre))


def admision_de(request: HttpRequest | None) -> Admision | None:
    """What was decided about this request's last try, if there was one."""
    return getattr(request, "admision", None)


def _dicho(request: HttpRequest, quien: Solicitante, admision: Admision) -> dict[str, Any]:
    """What the log says: who, from where and how often; of what was typed, only the name."""
    return {
        "persona": quien.persona,
        "direccion": direccion_de(request),
        "ruta": quien.ruta,
        "conocido": quien.dispositivo is not None,
        "fallas": admision.fallas,
        "motivo": admision.motivo,
        "espera": round(admision.espera.total_seconds()),
    }


def enlace_equivocado(request: HttpRequest) -> bool:
    """Count a link that is worth nothing, by address; whether that one may go on trying."""
    red = red_de(direccion_de(request))
    # No account's name: each address counts by itself, so that nobody slows another's link.
    quien = Solicitante(persona=f"\nenlace {red}", red=red, ruta=_RUTA_DE_ENLACES)
    admision = admitir(quien)
    vars(request)["admision"] = admision
    if admision.cerrada:
        logger.info("entrada_frenada", extra=_dicho(request, quien, admision))
        return False
    confirmar(quien)
    return True
