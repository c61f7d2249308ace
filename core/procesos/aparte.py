"""Reading hostile input in a process of its own: it can be stopped, whatever it is doing.

The task is a pure function of bytes to bytes. Its process has limits of processor time, memory and
output; it ends with its answer, at its deadline, or when whoever asked has gone.
"""

from __future__ import annotations

import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from core.procesos.aparte_hijo import ROTO, SIN_MEMORIA

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

registro = logging.getLogger(__name__)
HIJO = Path(__file__).with_name("aparte_hijo.py")
TROZO = 64 * 1024
# How often the one who waits looks whether the client is still there, in seconds.
MIRADA = 0.05
A_LA_VEZ = 2
# Longer than a task's processor time, so that who comes next gets the place that it leaves.
ESPERA_TURNO = 4
_POR_TIEMPO = {-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGALRM}


@dataclass(frozen=True, slots=True)
class Limites:
    """What one task may take: `cpu` and `plazo` in seconds, `memoria` and `salida` in bytes.

    `memoria` is what it has besides the interpreter's own.
    `plazo` is by the clock, and generous: on a busy machine it passes without work being done.
    """

    cpu: float
    plazo: float
    memoria: int
    salida: int


class Cortado(Exception):
    """The task gave no answer: `motivo` is tiempo, memoria, salida, roto, ocupado or partida."""

    def __init__(self, motivo: str) -> None:
        super().__init__(motivo)
        self.motivo = motivo


@dataclass(eq=False, slots=True)
class _Espera:
    """A task that waits in the line, for a person if that is known."""

    de: Hashable | None


class Turnos:
    """At most so many tasks at once in this process, and one of each person; others wait a little.

    Who had a place goes behind all the others in the line.
    """

    def __init__(self, cuantos: int, espera: float) -> None:
        self._libres = cuantos
        self._cola: list[_Espera] = []
        self._con_turno: set[Hashable] = set()
        self._cambio = threading.Condition()
        self.espera = espera

    @contextmanager
    def turno(
        self, partida: threading.Event | None = None, de: Hashable | None = None
    ) -> Iterator[None]:
        """Hold a place; Cortado when none gets free in time, or the client goes meanwhile.

        `de`: the person, who holds no other meanwhile.
        """
        self._esperar(_Espera(de), partida)
        try:
            yield
        finally:
            with self._cambio:
                self._libres += 1
                self._con_turno.discard(de)
                self._cola.sort(key=lambda otra: de is not None and otra.de == de)
                self._cambio.notify_all()

    def _esperar(self, esta: _Espera, partida: threading.Event | None) -> None:
        hasta = time.monotonic() + self.espera
        with self._cambio:
            self._cola.append(esta)
            try:
                while self._siguiente() is not esta:
                    self._cambio.wait(MIRADA)
                    _exigir_presente(partida)
                    if time.monotonic() > hasta:
                        raise Cortado("ocupado")
                self._libres -= 1
                if esta.de is not None:
                    self._con_turno.add(esta.de)
            finally:
                self._cola.remove(esta)
                self._cambio.notify_all()

    def _siguiente(self) -> _Espera | None:
        """The first in the line whose person has no place, while there is one."""
        if not self._libres:
            return None
        return next((otra for otra in self._cola if otra.de not in self._con_turno), None)


turnos = Turnos(A_LA_VEZ, ESPERA_TURNO)


def correr_aparte(
    tarea: str,
    entrada: bytes,
    limites: Limites,
    partida: threading.Event | None = None,
    de: Hashable | None = None,
) -> bytes:
    """What `tarea` (`package.module:function`) makes of the input; Cortado when it does not.

    `partida` is set when the client leaves: the task ends with it. `de`: for whom, one at a time.
    """
    with turnos.turno(partida, de):
        _exigir_presente(partida)
        with _arrancar(tarea, limites) as proceso:
            try:
                salida = _conversar(proceso, entrada, limites, partida)
                codigo = proceso.wait(limites.plazo)
            except subprocess.TimeoutExpired as error:
                raise Cortado("tiempo") from error
            finally:
                # No group to kill: the task cannot start processes.
                proceso.kill()
    if codigo == ROTO:
        registro.error("Task %s broke: %s", tarea, salida[:300].decode("ascii", "replace"))
    if codigo:
        raise Cortado(_motivo(codigo))
    return salida


def _arrancar(tarea: str, limites: Limites) -> subprocess.Popen[bytes]:
    # It limits itself, first of all: a preexec_fn is not safe where there are threads. It stays in
    # our process group, so that what ends the group ends it as well.
    topes = (str(tope) for tope in (limites.cpu, limites.plazo, limites.memoria))
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", str(HIJO), tarea, *topes],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd="/",
        # Our environment holds secrets.
        env={n: v for n, v in os.environ.items() if n in {"PATH", "LD_LIBRARY_PATH"}},
        bufsize=0,
    )


def _conversar(
    proceso: subprocess.Popen[bytes],
    entrada: bytes,
    limites: Limites,
    partida: threading.Event | None,
) -> bytes:
    """Write the input and read the output as each side is ready, looking up now and then."""
    tubo = cast("IO[bytes]", proceso.stdin)
    hasta = time.monotonic() + limites.plazo
    pendiente = memoryview(entrada)
    salida = bytearray()
    os.set_blocking(tubo.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(tubo, selectors.EVENT_WRITE)
        selector.register(cast("IO[bytes]", proceso.stdout), selectors.EVENT_READ)
        while selector.get_map():
            _exigir_presente(partida)
            if time.monotonic() > hasta:
                raise Cortado("tiempo")
            for llave, _ in selector.select(MIRADA):
                if llave.fileobj is not tubo:
                    trozo = os.read(llave.fd, TROZO)
                    salida += trozo
                    if len(salida) > limites.salida:
                        raise Cortado("salida")
                    seguir = bool(trozo)
                else:
                    pendiente = _escribir(tubo, pendiente)
                    seguir = bool(pendiente)
                if not seguir:
                    selector.unregister(llave.fileobj)
                    cast("IO[bytes]", llave.fileobj).close()
    return bytes(salida)


def _escribir(tubo: IO[bytes], pendiente: memoryview) -> memoryview:
    """What is left to write; a child that is gone takes nothing more, and its end says why."""
    try:
        return pendiente[os.write(tubo.fileno(), pendiente[:TROZO]) :]
    except BrokenPipeError:
        return pendiente[:0]


def _exigir_presente(partida: threading.Event | None) -> None:
    if partida is not None and partida.is_set():
        raise Cortado("partida")


def _motivo(codigo: int) -> str:
    if codigo in _POR_TIEMPO:
        return "tiempo"
    # Nobody else kills it but the kernel, for want of memory.
    return "memoria" if codigo in {SIN_MEMORIA, -signal.SIGKILL} else "roto"
