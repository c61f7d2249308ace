"""Telling the streams what happened: one entry of a Redis stream, tried once."""

from __future__ import annotations

import logging
from typing import Any, Final

from redis.exceptions import RedisError

from core.datos.redisdb import cliente

registro = logging.getLogger(__name__)
FLUJO: Final = "tablero"
# One of its own: a process of the version before would not understand these.
FINES: Final = "tablero:fines"
LARGO: Final = 10_000


def emitir(clave: int, version: int) -> bool:
    """Say that board `clave` is at `version`; False without Redis: then boards are polled."""
    return _decir(FLUJO, {"t": clave, "v": version})


def emitir_fin(usuario_id: int) -> bool:
    """Say that a user's credentials changed; False without Redis: then streams are looked at."""
    return _decir(FINES, {"u": usuario_id})


def _decir(flujo: str, campos: dict[Any, Any]) -> bool:
    try:
        cliente().xadd(flujo, campos, maxlen=LARGO, approximate=True)
    except RedisError as error:
        registro.warning("tablero_sin_redis", extra={"error": type(error).__name__})
        return False
    return True
