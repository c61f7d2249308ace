"""Where the published catalogue is kept: Redis.

`catalogo:seccion:<sha256>` is a hash with a section's lz-string forms, named by content, so that
branches with equal sections share one. `catalogo:manifiesto:<sucursal>` says which sections make
up a branch's catalogue. Sections are written before the manifest that names them and outlive it,
so no reader meets a manifest without its sections; the replaced ones expire minutes later.

Everything here may raise RedisError. After a failure nobody tries again for five seconds.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, cast

import redis
from django.conf import settings

from core.datos.redisdb import cliente
from sales.catalogo.secciones import Manifiesto

SECCION: Final = "catalogo:seccion:"
MANIFIESTO: Final = "catalogo:manifiesto:"
# The number of the last rebuild begun, and of the last change seen with its time.
TURNO: Final = "catalogo:turno"
CAMBIO: Final = "catalogo:cambio"
PENDIENTE: Final = "catalogo:pendiente"
UN_DIA: Final = 24 * 3600
MANIFIESTO_VENCE: Final = 2 * UN_DIA
SECCION_VENCE: Final = 3 * UN_DIA
# Longer than any reader holds on to a manifest, longer than a rebuild of all branches.
JUBILADA_VENCE: Final = 120
SEGUNDOS_SIN_INTENTAR: Final = 5.0
# A rebuild that began earlier must not replace one that began later and finished first.
_PUBLICAR: Final = """
local actual = redis.call('HGET', KEYS[1], 'turno')
if actual and tonumber(actual) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'turno', ARGV[1], 'datos', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
# One change: numbered, dated, and 1 for the first since the last rebuild was asked for.
_ANOTAR: Final = """
local turno = redis.call('INCR', KEYS[1])
local ahora = redis.call('TIME')
redis.call('HSET', KEYS[2], 'turno', turno, 'momento', ahora[1])
if redis.call('SET', KEYS[3], '1', 'NX', 'EX', ARGV[1]) then return 1 end
return 0
"""


class SinRedis(redis.ConnectionError):
    """Redis failed a moment ago: not tried again yet."""


_sin_intentar_hasta: dict[str, float] = {}


def reintentar_ya() -> None:
    """Forget past failures."""
    _sin_intentar_hasta.clear()


@contextmanager
def _conexion() -> Iterator[redis.Redis]:
    url = settings.DATOS_REDIS_URL
    if time.monotonic() < _sin_intentar_hasta.get(url, 0.0):
        raise SinRedis("Redis did not answer a moment ago.")
    try:
        yield cliente()
    except redis.RedisError:
        _sin_intentar_hasta[url] = time.monotonic() + SEGUNDOS_SIN_INTENTAR
        raise


def tomar_turno() -> int:
    """Number a rebuild that is about to read the database."""
    with _conexion() as conexion:
        return conexion.incr(TURNO)


def guardada(sha256: str) -> int:
    """The bytes of a kept section's Base64, whose life is thereby prolonged; 0: not there."""
    with _conexion() as conexion:
        tubo = conexion.pipeline(transaction=False)
        tubo.expire(SECCION + sha256, SECCION_VENCE)
        tubo.hstrlen(SECCION + sha256, "base64")
        prolongada, largo = tubo.execute()
    return int(largo) if prolongada else 0


def guardar(sha256: str, formas: Mapping[str, bytes]) -> None:
    """Keep a section's forms."""
    with _conexion() as conexion:
        tubo = conexion.pipeline(transaction=True)
        tubo.hset(SECCION + sha256, mapping=cast(Mapping[Any, Any], formas))
        tubo.expire(SECCION + sha256, SECCION_VENCE)
        tubo.execute()


def publicar(sucursal_id: int, manifiesto: Manifiesto) -> bool:
    """Make a manifest the branch's; False when a later rebuild was faster."""
    with _conexion() as conexion:
        hecho = conexion.eval(
            _PUBLICAR,
            1,
            f"{MANIFIESTO}{sucursal_id}",
            str(manifiesto.turno),
            cast(str, manifiesto.serializar()),
            str(MANIFIESTO_VENCE),
        )
    return bool(hecho)


def jubilar(hashes: Iterable[str]) -> None:
    """Let replaced sections go soon; a branch that still shows one prolongs it when it rebuilds.

    Without this, a day of busy price changes would fill the server that also queues the orders.
    """
    with _conexion() as conexion:
        tubo = conexion.pipeline(transaction=False)
        for sha256 in hashes:
            tubo.expire(SECCION + sha256, JUBILADA_VENCE, lt=True)
        tubo.execute()


def leer_manifiesto(sucursal_id: int, *, gracia: float) -> Manifiesto | None:
    """The branch's manifest; None without one, or when a change waits for longer than `gracia`."""
    with _conexion() as conexion:
        tubo = conexion.pipeline(transaction=False)
        tubo.hget(f"{MANIFIESTO}{sucursal_id}", "datos")
        tubo.hmget(CAMBIO, "turno", "momento")
        tubo.time()
        datos, (turno, momento), (ahora, _micros) = tubo.execute()
    if datos is None:
        return None
    manifiesto = Manifiesto.leer(datos)
    desatendido = turno and manifiesto.turno < int(turno) and ahora - int(momento) > gracia
    return None if desatendido else manifiesto


def leer_forma(sha256: str, forma: str) -> bytes | None:
    """One form of a kept section."""
    with _conexion() as conexion:
        return cast("bytes | None", conexion.hget(SECCION + sha256, forma))


def anotar_cambio(*, vence: int) -> bool:
    """Note that the catalogue's data changed; True: nobody has asked for its rebuild yet."""
    with _conexion() as conexion:
        return bool(conexion.eval(_ANOTAR, 3, TURNO, CAMBIO, PENDIENTE, str(vence)))


def olvidar_pedido() -> None:
    """From now on another change asks for another rebuild."""
    with _conexion() as conexion:
        conexion.delete(PENDIENTE)
