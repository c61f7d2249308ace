"""Who may listen, and for how long: open streams are compared with the database many at a time.

A look answers for every stream that waits for one: a thousand that come back together cost a few
queries. One is had by each newcomer, by a person's streams when their credentials are told to have
ended (`realtime.signals`), and by all with every heartbeat, or every two seconds without Redis.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Collection, Iterable
from enum import Enum
from typing import Final

from asgiref.sync import sync_to_async
from django.db import Error, connection

from core.acceso.credenciales import huellas_vigentes, sesiones_vivas
from realtime.en_vivo.aforo import Aforo
from realtime.en_vivo.boletos import Credencial

registro = logging.getLogger(__name__)
# Nobody is let in later than this; and a database that is away ends them all in the end.
PACIENCIA: Final = 5.0
A_CIEGAS: Final = 60.0


class Negativa(Enum):
    """Why a stream is not opened."""

    TERMINADA = "terminada"
    LLENO = "lleno"
    SIN_BASE = "sin_base"


class Vigilado:
    """An open stream, as the guard sees it: whose it is, and whether it must end."""

    __slots__ = ("cortado", "credencial", "dentro", "negativa")

    def __init__(self, credencial: Credencial) -> None:
        self.credencial = credencial
        self.dentro = False
        self.cortado = False
        self.negativa: Negativa | None = Negativa.SIN_BASE

    def cortar(self) -> None:
        """Nothing more is told."""
        self.cortado = True


class Guardia:
    """The streams of this process by person, and the looks at the database that they share."""

    def __init__(self) -> None:
        self._aforo = Aforo()
        self._de_cada: dict[int, set[Vigilado]] = {}
        self._por_mirar: set[Vigilado] = set()
        self._idos: Counter[int] = Counter()
        self._actual: asyncio.Task[None] | None = None
        self._siguiente: asyncio.Task[None] | None = None
        self._vista = time.monotonic()

    async def admitir(self, vigilado: Vigilado) -> Negativa | None:
        """Let a stream in, or say why not; whatever is answered, `despedir` it at its end."""
        # Known before it is looked at: what is told meanwhile looks again.
        self._de_cada.setdefault(vigilado.credencial.usuario_id, set()).add(vigilado)
        try:
            await asyncio.wait_for(asyncio.shield(self.mirar((vigilado,))), PACIENCIA)
        except TimeoutError:
            return Negativa.SIN_BASE
        return vigilado.negativa

    def despedir(self, vigilado: Vigilado) -> None:
        """A stream ended, or was not let in."""
        usuario_id = vigilado.credencial.usuario_id
        suyos = self._de_cada[usuario_id]
        suyos.discard(vigilado)
        vigilado.cortado = True
        if not suyos:
            del self._de_cada[usuario_id]
        if vigilado.dentro:
            self._idos[usuario_id] += 1
            self.mirar(())
        if not self._de_cada:
            # Not a task: a loop that is being closed runs no more of those, but waits for this.
            asyncio.get_running_loop().run_in_executor(None, self._aforo.despedirse)

    def mirar(self, vigilados: Iterable[Vigilado]) -> asyncio.Task[None]:
        """Have these looked at; the look that will have answered for them."""
        self._por_mirar.update(vigilados)
        if self._siguiente is None:
            self._siguiente = asyncio.create_task(self._vuelta(self._actual))
        return self._siguiente

    def mirar_a(self, usuario_id: int) -> None:
        """Have a person's looked at."""
        if usuario_id in self._de_cada:
            self.mirar(self._de_cada[usuario_id])

    def mirar_a_todos(self) -> None:
        """Have all looked at."""
        self.mirar([vigilado for suyos in self._de_cada.values() for vigilado in suyos])

    async def _vuelta(self, anterior: asyncio.Task[None] | None) -> None:
        if anterior is not None:
            await asyncio.wait((anterior,))
        self._actual, self._siguiente = self._siguiente, None
        vigilados = [v for v in self._por_mirar if not v.cortado]
        idos = self._idos
        self._por_mirar, self._idos = set(), Counter()
        try:
            vigentes, llenos = await _consultar(self._aforo, vigilados, idos)
        except Error as error:
            self._a_ciegas(error)
            return
        self._vista = time.monotonic()
        for vigilado in vigilados:
            self._fallar(vigilado, vigentes, llenos)

    def _fallar(self, vigilado: Vigilado, vigentes: set[Credencial], llenos: set[Vigilado]) -> None:
        """What the look says of one of them."""
        if vigilado.credencial not in vigentes:
            vigilado.negativa = Negativa.TERMINADA
            vigilado.cortar()
        elif vigilado in llenos:
            vigilado.negativa = Negativa.LLENO
        else:
            vigilado.negativa = None
            self._contar(vigilado)

    def _contar(self, vigilado: Vigilado) -> None:
        """A newcomer was counted; one that went meanwhile no longer counts."""
        if vigilado.dentro:
            return
        vigilado.dentro = True
        usuario_id = vigilado.credencial.usuario_id
        if vigilado not in self._de_cada.get(usuario_id, ()):
            self._idos[usuario_id] += 1
            self.mirar(())

    def _a_ciegas(self, error: Error) -> None:
        registro.warning("guardia_sin_base", extra={"error": type(error).__name__})
        if time.monotonic() - self._vista > A_CIEGAS:
            for suyos in self._de_cada.values():
                for vigilado in suyos:
                    vigilado.cortar()


@sync_to_async(thread_sensitive=False)
def _consultar(
    aforo: Aforo, vigilados: Collection[Vigilado], idos: Counter[int]
) -> tuple[set[Credencial], set[Vigilado]]:
    """Which credentials are good, and for which newcomers there is no room."""
    # The thread goes back to a pool that nobody else uses: it keeps no connection.
    try:
        for usuario_id, cuantos in idos.items():
            aforo.salir(usuario_id, cuantos)
        if vigilados:
            aforo.respirar()
        vigentes = _vigentes({vigilado.credencial for vigilado in vigilados})
        nuevos = [v for v in vigilados if not v.dentro and v.credencial in vigentes]
        return vigentes, {v for v in nuevos if not aforo.entrar(v.credencial.usuario_id)}
    finally:
        connection.close()


def _vigentes(credenciales: set[Credencial]) -> set[Credencial]:
    huellas = huellas_vigentes({credencial.usuario_id for credencial in credenciales})
    sesiones = sesiones_vivas({credencial.sesion for credencial in credenciales})
    return {
        c for c in credenciales if c.sesion in sesiones and huellas.get(c.usuario_id) == c.huella
    }
