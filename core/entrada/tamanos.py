"""How long a request's body may be, by its path: the one table (docs/operacion.md repeats it)."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings

KIB: Final = 1024
MIB: Final = 1024 * KIB
# A name, two passwords and where to go on to; what is longer is drawn again in the answer.
ENTRADA: Final = 64 * KIB
# A spreadsheet with what wraps it. One that is a little too big still hears so on its own page.
PLANILLA: Final = 8 * MIB
# Clients, articles or prices of a whole company.
DATOS: Final = 24 * MIB
# The longest are a cart of 1,000 lines, a form of 10,000 fields, a rule of as many articles.
DEMAS: Final = 2 * MIB

_ENTRADAS: Final = re.compile(
    r"/cuentas/.*|/api/token/|/admin/login/|/admin/password_change/|/admin/auth/user/\d+/password/"
)
_PLANILLAS: Final = re.compile(r"/precios/\d+/importacion/")
_DATOS: Final = re.compile(r"/importaciones/")
_LOTES: Final = re.compile(r"/api/pedidos/")


def limite_de(ruta: str) -> int:
    """Bytes of body that this path takes."""
    if _LOTES.fullmatch(ruta):
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if _PLANILLAS.fullmatch(ruta):
        return PLANILLA
    if _DATOS.fullmatch(ruta):
        return DATOS
    return ENTRADA if _ENTRADAS.fullmatch(ruta) else DEMAS
