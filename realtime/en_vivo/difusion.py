"""One reader a process, and every open stream told what it read.

The reader follows the Redis stream from the last entry it saw, never from "now", and asks the
database for the boards' versions when it starts, when Redis comes back, and every few seconds:
what was published to nobody is found there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Final, cast

import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error, connection
from redis.exceptions import RedisError

from realtime.en_vivo.boletos import Credencial
from realtime.en_vivo.emisora import FINES, FLUJO
from realtime.en_vivo.guardia import Guardia, Vigilado
from realtime.en_vivo.version import versiones

Claves = frozenset[int] | None
registro = logging.getLogger(__name__)
LATIDO: Final = 15.0
# Without Redis the database is asked this often, once a process.
SIN_REDIS: Final = 2.0
# An answer that takes longer than the wait it was given never comes: the connection is dead.
GRACIA: Final = 5.0
ARRANQUE: Final = 2.0
PARTE: Final = 50


class Grupo:
    """Who shows the same boards (None: all), and how new those are by now."""

    __slots__ = ("claves", "oyentes", "version")

    def __init__(self, claves: Claves, version: int) -> None:
        self.claves = claves
        self.version = version
        self.oyentes: set[Oyente] = set()

    def muestra(self, clave: int) -> bool:
        """Whether the board is one of theirs."""
        return self.claves is None or clave in self.claves

    def llamar(self) -> None:
        """Wake them all up: some, and while those are being told, the next."""
        _llamar_por_partes(iter(tuple(self.oyentes)))


def _llamar_por_partes(oyentes: Iterator[Oyente]) -> None:
    llamados = 0
    for oyente in islice(oyentes, PARTE):
        oyente.llamar()
        llamados += 1
    if llamados == PARTE:
        asyncio.get_running_loop().call_soon(_llamar_por_partes, oyentes)


class Oyente(Vigilado):
    """An open stream: its group, the version it has, and its wake-up.

    However often it is called while it cannot listen, it wakes up once, to what is newest then.
    """

    __slots__ = ("_espera", "_llamado", "grupo", "visto")

    def __init__(self, credencial: Credencial, visto: int) -> None:
        super().__init__(credencial)
        self.visto = visto
        self.grupo: Grupo | None = None
        self._llamado = False
        self._espera: asyncio.Future[None] | None = None

    def llamar(self) -> None:
        """There may be something to say."""
        self._llamado = True
        if self._espera is not None and not self._espera.done():
            self._espera.set_result(None)

    async def llamado(self) -> None:
        """Wait until there may be."""
        if not self._llamado:
            # A thousand of these wake up at once: half the cost of an Event each.
            self._espera = asyncio.get_running_loop().create_future()
            await self._espera
        self._llamado = False

    def cortar(self) -> None:
        """Nobody is at the other end any more, or nobody who may listen."""
        super().cortar()
        self.llamar()


class Difusor:
    """The boards' versions as this process knows them, and who waits for newer ones."""

    def __init__(self, guardia: Guardia) -> None:
        self._guardia = guardia
        self._versiones: dict[int, int] = {}
        self._grupos: dict[Claves, Grupo] = {}
        self._al_dia = asyncio.Event()
        self._tareas: list[asyncio.Task[None]] = []

    async def suscribir(self, oyente: Oyente, claves: Claves) -> None:
        """Count one more listener; the first one sets the reader going."""
        grupo = self._grupos.get(claves)
        if grupo is None:
            grupo = self._grupos[claves] = Grupo(claves, self._suma(claves))
        grupo.oyentes.add(oyente)
        oyente.grupo = grupo
        if not self._tareas:
            self._tareas = [asyncio.create_task(self._seguir()), asyncio.create_task(self._latir())]
        if not self._al_dia.is_set():
            # A database that does not answer must not keep the stream from opening.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._al_dia.wait(), ARRANQUE)

    def olvidar(self, oyente: Oyente) -> None:
        """Count one less; after the last one the reader rests."""
        grupo = oyente.grupo
        if grupo is None:
            return
        grupo.oyentes.discard(oyente)
        if not grupo.oyentes:
            del self._grupos[grupo.claves]
        if not self._grupos:
            for tarea in self._tareas:
                tarea.cancel()
            self._tareas = []
            self._al_dia.clear()

    def anotar(self, clave: int, version: int) -> None:
        """A board is at this version: wake up whoever shows it. Old news wake nobody."""
        previa = self._versiones.get(clave, 0)
        if version <= previa:
            return
        self._versiones[clave] = version
        for grupo in self._grupos.values():
            if grupo.muestra(clave):
                grupo.version += version - previa
                grupo.llamar()

    def _suma(self, claves: Claves) -> int:
        if claves is None:
            return sum(self._versiones.values())
        return sum(self._versiones.get(clave, 0) for clave in claves)

    async def _seguir(self) -> None:
        """Read for ever; without Redis, from the database."""
        ultimos: dict[str, str] = {}
        while True:
            cliente = redis.asyncio.Redis.from_url(
                settings.DATOS_REDIS_URL,
                socket_timeout=None,
                socket_connect_timeout=settings.REDIS_ESPERA,
            )
            try:
                ultimos = ultimos or await asyncio.wait_for(_ultimas_entradas(cliente), GRACIA)
                await self._ponerse_al_dia()
                while True:
                    await self._leer(cliente, ultimos)
            except (RedisError, OSError, TimeoutError) as error:
                registro.warning("tablero_sin_redis", extra={"error": type(error).__name__})
                await self._ponerse_al_dia()
                await asyncio.sleep(SIN_REDIS)
            finally:
                await cliente.aclose()

    async def _leer(self, cliente: redis.asyncio.Redis, ultimos: dict[str, str]) -> None:
        """What came after these entries, waited for; they become the last ones of it."""
        espera = cliente.xread(
            cast("dict[Any, Any]", ultimos), block=int(LATIDO * 1000), count=1000
        )
        leido: Any = await asyncio.wait_for(espera, LATIDO + GRACIA)
        for flujo, entradas in leido or ():
            for entrada, campos in entradas:
                if b"u" in campos:
                    self._guardia.mirar_a(int(campos[b"u"]))
                else:
                    self.anotar(int(campos[b"t"]), int(campos[b"v"]))
                ultimos[flujo.decode()] = entrada.decode()

    async def _latir(self) -> None:
        """Wake everybody up now and then, so that each stream says it is alive."""
        while True:
            await asyncio.sleep(LATIDO)
            await self._ponerse_al_dia()
            for grupo in self._grupos.values():
                grupo.llamar()

    async def _ponerse_al_dia(self) -> None:
        self._guardia.mirar_a_todos()
        try:
            for clave, version in (await _versiones()).items():
                self.anotar(clave, version)
        except Error as error:
            registro.warning("tablero_sin_base", extra={"error": type(error).__name__})
        self._al_dia.set()


async def _ultimas_entradas(cliente: redis.asyncio.Redis) -> dict[str, str]:
    ultimas = {}
    for flujo in (FLUJO, FINES):
        entradas: Any = await cliente.xrevrange(flujo, count=1)
        ultimas[flujo] = entradas[0][0].decode() if entradas else "0-0"
    return ultimas


@sync_to_async(thread_sensitive=False)
def _versiones() -> dict[int, int]:
    # The thread goes back to a pool that nobody else uses: it keeps no connection.
    try:
        return versiones()
    finally:
        connection.close()
