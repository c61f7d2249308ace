"""Telling the streams that a board changed: one entry of a Redis stream, tried once."""

from __future__ import annotations

import logging
from typing import Final

from redis.exceptions import RedisError

from core.redisdb import cliente

registro = logging.getLogger(__name__)
FLUJO: Final = "tablero"
LARGO: Final = 10_000


def emitir(clave: int, version: int) -> bool:
    """Say that board `clave` is at `version`; False without Redis: then boards are polled."""
    try:
        cliente().xadd(FLUJO, {"t": clave, "v": version}, maxlen=LARGO, approximate=True)
    except RedisError as error:
        registro.warning("tablero_sin_redis", extra={"error": type(error).__name__})
        return False
    return True
