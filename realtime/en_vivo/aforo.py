"""How many streams one person may have open, in all web processes together.

Each process writes in Redis how many each of its people has, under a name that lives as long as
the process says so: what was killed is not counted for long. Without Redis each counts its own.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Final
from uuid import uuid4

from redis.exceptions import RedisError

from core.datos.redisdb import cliente

registro = logging.getLogger(__name__)
POR_PERSONA: Final = 20
# The name's life: two heartbeats of the streams may be missed.
VIDA: Final = 45
# A person's counts: longer than any stream.
VENCE: Final = 900
SIN_INTENTAR: Final = 5.0
_PROCESO: Final = "tablero:proceso:"
_OYENTES: Final = "tablero:oyentes:"
# Write this process' count of a person, unless with the living others' it is too many.
_ANOTAR: Final = """
local otros, cuentas = 0, redis.call('HGETALL', KEYS[1])
for i = 1, #cuentas, 2 do
  if cuentas[i] ~= ARGV[2] then
    if redis.call('EXISTS', ARGV[1] .. cuentas[i]) == 1 then
      otros = otros + tonumber(cuentas[i + 1])
    else
      redis.call('HDEL', KEYS[1], cuentas[i])
    end
  end
end
if tonumber(ARGV[3]) > 0 and otros + tonumber(ARGV[3]) > tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
"""


class Aforo:
    """The streams of this process by person. It waits for Redis: from one thread at a time."""

    def __init__(self) -> None:
        self._nombre = uuid4().hex
        self._cuentas: Counter[int] = Counter()
        self._sin_redis_hasta = 0.0

    def entrar(self, usuario_id: int) -> bool:
        """Count one more of a person's, if there is room."""
        cuantos = self._cuentas[usuario_id] + 1
        if cuantos > POR_PERSONA or not self._anotar(usuario_id, cuantos):
            return False
        self._cuentas[usuario_id] = cuantos
        return True

    def salir(self, usuario_id: int, cuantos: int) -> None:
        """Count so many less."""
        self._cuentas[usuario_id] -= cuantos
        self._anotar(usuario_id, self._cuentas[usuario_id])
        if not self._cuentas[usuario_id]:
            del self._cuentas[usuario_id]

    def respirar(self) -> None:
        """Say that this process lives."""
        if time.monotonic() >= self._sin_redis_hasta:
            try:
                cliente().set(_PROCESO + self._nombre, 1, ex=VIDA)
            except RedisError as error:
                self._fallo(error)

    def despedirse(self) -> None:
        """Say that it has no streams any more: it may be stopping."""
        try:
            cliente().delete(_PROCESO + self._nombre)
        except RedisError as error:
            self._fallo(error)

    def _anotar(self, usuario_id: int, cuantos: int) -> bool:
        if time.monotonic() < self._sin_redis_hasta:
            return True
        valores = (_PROCESO, self._nombre, str(cuantos), str(POR_PERSONA), str(VENCE))
        try:
            return bool(cliente().eval(_ANOTAR, 1, f"{_OYENTES}{usuario_id}", *valores))
        except RedisError as error:
            self._fallo(error)
            return True

    def _fallo(self, error: RedisError) -> None:
        # A thousand streams must not wait for it one after the other.
        self._sin_redis_hasta = time.monotonic() + SIN_INTENTAR
        registro.warning("aforo_sin_redis", extra={"error": type(error).__name__})
