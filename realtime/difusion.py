"""One reader a process, and every open stream told what it read.

The reader follows the Redis stream from the last entry it saw, never from "now", and asks the
database for the boards' versions when it starts, when Redis comes back, and every few seconds:
what was published to nobody is found there.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final

import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from realtime.emisora import FLUJO
from realtime.tablero import versiones

registro = logging.getLogger(__name__)
LATIDO: Final = 15.0
# Without Redis the database is asked this often, once a process.
SIN_REDIS: Final = 2.0
# An answer that takes longer than the wait it was given never comes: the connection is dead.
GRACIA: Final = 5.0
ARRANQUE: Final = 2.0


class Oyente:
    """An open stream: the boards it shows (None: all), the version it has, and its wake-up."""

    __slots__ = ("aviso", "claves", "cortado", "visto")

    def __init__(self, claves: Collection[int] | None, visto: int) -> None:
        self.claves = claves
        self.visto = visto
        self.aviso = asyncio.Event()
        self.cortado = False

    def cortar(self) -> None:
        """Nobody is at the other end any more."""
        self.cortado = True
        self.aviso.set()


class Difusor:
    """The boards' versions as this process knows them, and who waits for newer ones."""

    def __init__(self) -> None:
        self._versiones: dict[int, int] = {}
        self._oyentes: defaultdict[int | None, set[Oyente]] = defaultdict(set)
        self._cuantos = 0
        self._al_dia = asyncio.Event()
        self._tareas: list[asyncio.Task[None]] = []

    async def suscribir(self, oyente: Oyente) -> None:
        """Count one more listener; the first one sets the reader going."""
        for clave in _claves(oyente):
            self._oyentes[clave].add(oyente)
        self._cuantos += 1
        if not self._tareas:
            self._tareas = [asyncio.create_task(self._seguir()), asyncio.create_task(self._latir())]
        if not self._al_dia.is_set():
            # A database that does not answer must not keep the stream from opening.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._al_dia.wait(), ARRANQUE)

    def olvidar(self, oyente: Oyente) -> None:
        """Count one less; after the last one the reader rests."""
        for clave in _claves(oyente):
            self._oyentes[clave].discard(oyente)
        self._cuantos -= 1
        if self._cuantos == 0:
            for tarea in self._tareas:
                tarea.cancel()
            self._tareas = []
            self._al_dia.clear()

    def version(self, oyente: Oyente) -> int:
        """How new what a listener shows is by now."""
        if oyente.claves is None:
            return sum(self._versiones.values())
        return sum(self._versiones.get(clave, 0) for clave in oyente.claves)

    def anotar(self, clave: int, version: int) -> None:
        """A board is at this version: wake up whoever shows it. Old news wake nobody."""
        if version <= self._versiones.get(clave, 0):
            return
        self._versiones[clave] = version
        for quienes in (self._oyentes.get(clave, ()), self._oyentes.get(None, ())):
            for oyente in quienes:
                oyente.aviso.set()

    async def _seguir(self) -> None:
        """Read for ever; without Redis, from the database."""
        ultimo = ""
        while True:
            cliente = redis.asyncio.Redis.from_url(
                settings.DATOS_REDIS_URL,
                socket_timeout=None,
                socket_connect_timeout=settings.REDIS_ESPERA,
            )
            try:
                ultimo = ultimo or await _ultima_entrada(cliente)
                await self._ponerse_al_dia()
                while True:
                    ultimo = await self._leer(cliente, ultimo)
            except (RedisError, OSError, TimeoutError) as error:
                registro.warning("tablero_sin_redis", extra={"error": type(error).__name__})
                await self._ponerse_al_dia()
                await asyncio.sleep(SIN_REDIS)
            finally:
                await cliente.aclose()

    async def _leer(self, cliente: redis.asyncio.Redis, ultimo: str) -> str:
        """What came after an entry, waited for; the last entry of it."""
        espera = cliente.xread({FLUJO: ultimo}, block=int(LATIDO * 1000), count=1000)
        leido: Any = await asyncio.wait_for(espera, LATIDO + GRACIA)
        for _flujo, entradas in leido or ():
            for entrada, campos in entradas:
                self.anotar(int(campos[b"t"]), int(campos[b"v"]))
                ultimo = entrada.decode()
        return ultimo

    async def _latir(self) -> None:
        """Wake everybody up now and then, so that each stream says it is alive."""
        while True:
            await asyncio.sleep(LATIDO)
            await self._ponerse_al_dia()
            for quienes in self._oyentes.values():
                for oyente in quienes:
                    oyente.aviso.set()

    async def _ponerse_al_dia(self) -> None:
        try:
            for clave, version in (await _versiones()).items():
                self.anotar(clave, version)
        except DatabaseError as error:
            registro.warning("tablero_sin_base", extra={"error": type(error).__name__})
        self._al_dia.set()


def _claves(oyente: Oyente) -> Collection[int | None]:
    return (None,) if oyente.claves is None else oyente.claves


async def _ultima_entrada(cliente: redis.asyncio.Redis) -> str:
    entradas: Any = await cliente.xrevrange(FLUJO, count=1)
    return entradas[0][0].decode() if entradas else "0-0"


@sync_to_async(thread_sensitive=False)
def _versiones() -> dict[int, int]:
    # The thread goes back to a pool that nobody else uses: it keeps no connection.
    try:
        return versiones()
    finally:
        connection.close()
