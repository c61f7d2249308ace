"""Restart wrapper of a Procfile line: ``python -m core.procesos.supervisor COMMAND [ARG…]``.

The process manager stops everything when one process exits. Under this wrapper a killed or
crashed command comes back after a short pause, SIGTERM is passed on, and nothing the command
started outlives it. Standard library only: it runs beside every process, so it stays small.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

# The process manager sends SIGKILL after 5 s: be done before.
ESPERA_PARADA = 4.0
PAUSA_INICIAL = 0.2
PAUSA_MAXIMA = 5.0
# A command that lived this long had started well; later crashes never count as a failed start.
VIDA_SANA = 10.0
ARRANQUES_FALLIDOS = 5

PARADA = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def morir_con_el_padre() -> None:
    """Ask the kernel for SIGTERM when the parent dies (Linux); a `preexec_fn`."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Reintentos:
    """How long to wait before the next start, and when a command that never starts is given up."""

    pausa: float = PAUSA_INICIAL
    fallidos: int = 0
    arranco: bool = False

    def tras(self, codigo: int, vida: float) -> float | None:
        """Seconds to wait after an end with `codigo` and `vida` seconds, None to give up."""
        if vida >= VIDA_SANA:
            self.arranco, self.fallidos, self.pausa = True, 0, PAUSA_INICIAL
        elif codigo >= 0 and not self.arranco:
            # It left by itself (a signal would be negative): wrong settings do not mend.
            self.fallidos += 1
            if self.fallidos >= ARRANQUES_FALLIDOS:
                return None
        pausa, self.pausa = self.pausa, min(self.pausa * 2, PAUSA_MAXIMA)
        return pausa


class Supervisor:
    """Keeps one command running until it is told to stop."""

    def __init__(self, orden: list[str], espera: float = ESPERA_PARADA) -> None:
        self.orden = orden
        self.espera = espera
        self._parando = False
        self.hijo: subprocess.Popen[bytes] | None = None
        self.lector, self.escritor = os.pipe()

    def correr(self) -> int:
        """Run the command, again whenever it ends; return the exit code for the manager."""
        self._atender_senales()
        reintentos = Reintentos()
        while True:
            inicio = time.monotonic()
            codigo = self._una_vez()
            if self.debe_parar():
                return 0
            pausa = reintentos.tras(codigo, time.monotonic() - inicio)
            if pausa is None:
                self._decir(f"never started ({_final(codigo)}); giving up")
                return max(codigo, 1)
            self._decir(f"{_final(codigo)}; starting again in {pausa:g} s")
            self._dormir(pausa)
            if self.debe_parar():
                return 0

    def debe_parar(self) -> bool:
        """Whether a stop signal has come."""
        return self._parando

    def _una_vez(self) -> int:
        try:
            # A session of its own, so that its whole group can be ended with it.
            self.hijo = subprocess.Popen(
                self.orden,
                start_new_session=True,
                preexec_fn=morir_con_el_padre,  # noqa: PLW1509 - this process has one thread
            )
        except OSError as error:
            self._decir(f"cannot be started: {error}")
            return 127
        if self.debe_parar():  # the signal came between fork and assignment
            self._pedir_parada()
        codigo = self.hijo.wait()
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._matar_grupo()
        return codigo

    def _atender_senales(self) -> None:
        os.set_blocking(self.escritor, False)
        signal.set_wakeup_fd(self.escritor, warn_on_full_buffer=False)
        for senal in PARADA:
            signal.signal(senal, lambda *_: self._parar())
        signal.signal(signal.SIGALRM, lambda *_: self._matar_grupo())

    def _parar(self) -> None:
        self._parando = True
        if self.hijo is not None:
            self._pedir_parada()

    def _pedir_parada(self) -> None:
        if self.hijo is not None and self.hijo.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.hijo.pid, signal.SIGTERM)
            signal.setitimer(signal.ITIMER_REAL, self.espera)

    def _matar_grupo(self) -> None:
        if self.hijo is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.hijo.pid, signal.SIGKILL)

    def _dormir(self, segundos: float) -> None:
        # A stop signal writes to the pipe and ends the pause.
        if not self.debe_parar():
            select.select([self.lector], [], [], segundos)

    def _decir(self, texto: str) -> None:
        # Into the log that the process shares with the one it watches.
        print(f"[supervisor] {self.orden[0]}: {texto}", file=sys.stderr, flush=True)  # noqa: T201


def _final(codigo: int) -> str:
    if codigo < 0:
        return f"killed by {signal.Signals(-codigo).name}"
    return f"exited with {codigo}"


def main(argumentos: list[str]) -> int:
    """Entry point of ``python -m core.procesos.supervisor``."""
    if not argumentos:
        # A command speaks on its own.
        print("usage: python -m core.procesos.supervisor COMMAND [ARG...]", file=sys.stderr)  # noqa: T201
        return 2
    return Supervisor(argumentos).correr()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
