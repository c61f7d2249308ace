"""Whose rows these are in the admin: those of the company of the order's branch."""

from __future__ import annotations

from core.administracion.filas import registrar_filas, todas
from gestion_precios.personas.alcance import por_empresa
from realtime.models import (
    PreguntaEncuesta,
    RealtimeEvent,
    RealtimeRecord,
    RespuestaEncuesta,
    UnfulfilledOrder,
)


def conectar() -> None:
    """Register every table of this app: without a branch, the superusers'; the survey, all's."""
    registrar_filas(por_empresa("orderobj__sucursal__empresa"), UnfulfilledOrder)
    registrar_filas(por_empresa("unfulfilled__orderobj__sucursal__empresa"), RealtimeRecord)
    registrar_filas(por_empresa("sucursal__empresa"), RealtimeEvent)
    registrar_filas(todas, PreguntaEncuesta, RespuestaEncuesta)
