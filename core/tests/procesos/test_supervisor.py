"""The restart wrapper: what dies comes back, what is told to stop stops, nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from core.procesos.supervisor import ARRANQUES_FALLIDOS, PAUSA_MAXIMA, VIDA_SANA, Reintentos

PLAZO = 60.0
# Writes its pid (and that of a child of its own) where the test reads it, then waits.
ESPERA = """
import os, pathlib, signal, subprocess, sys, time
if "sordo" in sys.argv: signal.signal(signal.SIGTERM, signal.SIG_IGN)
nieto = subprocess.Popen(["sleep", "600"])
with pathlib.Path(sys.argv[1]).open("a") as lista:
    lista.write(f"{os.getpid()} {nieto.pid}\\n")
while True: time.sleep(60)
"""
ARRANQUE = """
import sys
from core.procesos.supervisor import Supervisor
sys.exit(Supervisor(sys.argv[2:], espera=float(sys.argv[1])).correr())
"""


def hasta(condicion: Callable[[], bool], plazo: float = PLAZO) -> None:
    limite = time.monotonic() + plazo
    while not condicion():
        assert time.monotonic() < limite, "the condition did not come true in time"
        time.sleep(0.01)


def vivo(pid: int) -> bool:
    try:
        estado = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return estado != "Z"


class Vigilado:
    """A supervisor in a process of its own, and the pids its command wrote down."""

    def __init__(self, carpeta: Path, *mas: str, espera: float = 4.0) -> None:
        self.lista = carpeta / "pids"
        self.lista.touch()
        orden = [sys.executable, "-c", ESPERA, str(self.lista), *mas]
        self.proceso = subprocess.Popen(
            [sys.executable, "-c", ARRANQUE, str(espera), *orden],
            cwd=settings.BASE_DIR,
            stderr=subprocess.PIPE,
            text=True,
        )

    def pids(self) -> list[tuple[int, int]]:
        """(command, its child) of every start so far."""
        lineas = self.lista.read_text().splitlines()
        return [(int(uno), int(otro)) for uno, otro in map(str.split, lineas)]

    def arranques(self, cuantos: int) -> list[tuple[int, int]]:
        hasta(lambda: len(self.pids()) >= cuantos)
        return self.pids()

    def cerrar(self) -> None:
        if self.proceso.poll() is None:
            self.proceso.kill()
        for pid in [pid for pareja in self.pids() for pid in pareja]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # Last: what is still alive would hold the other end of the pipe.
        self.proceso.communicate(timeout=PLAZO)


@pytest.fixture
def vigilar(tmp_path: Path) -> Iterator[Callable[..., Vigilado]]:
    abiertos: list[Vigilado] = []

    def crear(*mas: str, espera: float = 4.0) -> Vigilado:
        abiertos.append(Vigilado(tmp_path, *mas, espera=espera))
        return abiertos[-1]

    yield crear
    for vigilado in abiertos:
        vigilado.cerrar()


def test_a_killed_command_comes_back_and_its_children_do_not_stay(
    vigilar: Callable[..., Vigilado],
) -> None:
    vigilado = vigilar()
    [(pid, nieto)] = vigilado.arranques(1)
    os.kill(pid, signal.SIGKILL)
    nuevo, _ = vigilado.arranques(2)[1]
    assert nuevo != pid
    hasta(lambda: not vivo(nieto))


@pytest.mark.parametrize("senal", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_the_command_and_exits_0(
    vigilar: Callable[..., Vigilado], senal: signal.Signals
) -> None:
    vigilado = vigilar()
    [(pid, nieto)] = vigilado.arranques(1)
    vigilado.proceso.send_signal(senal)
    assert vigilado.proceso.wait(PLAZO) == 0
    assert len(vigilado.pids()) == 1
    hasta(lambda: not vivo(pid) and not vivo(nieto))


def test_a_command_deaf_to_sigterm_is_killed_after_the_grace(
    vigilar: Callable[..., Vigilado],
) -> None:
    vigilado = vigilar("sordo", espera=0.3)
    [(pid, nieto)] = vigilado.arranques(1)
    vigilado.proceso.terminate()
    assert vigilado.proceso.wait(PLAZO) == 0
    hasta(lambda: not vivo(pid) and not vivo(nieto))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_the_command_does_not_outlive_a_killed_supervisor(
    vigilar: Callable[..., Vigilado],
) -> None:
    vigilado = vigilar()
    [(pid, _)] = vigilado.arranques(1)
    vigilado.proceso.kill()
    hasta(lambda: not vivo(pid))


def test_a_command_that_cannot_start_is_given_up_with_its_exit_code() -> None:
    proceso = subprocess.run(
        [
            sys.executable,
            "-m",
            "core.procesos.supervisor",
            sys.executable,
            "-c",
            "raise SystemExit(7)",
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=PLAZO,
    )
    assert proceso.returncode == 7
    assert proceso.stderr.count("starting again") == ARRANQUES_FALLIDOS - 1
    assert "giving up" in proceso.stderr


def test_without_a_command_it_says_how_to_use_it() -> None:
    proceso = subprocess.run(
        [sys.executable, "-m", "core.procesos.supervisor"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (proceso.returncode, proceso.stderr) == (
        2,
        "usage: python -m core.procesos.supervisor COMMAND [ARG...]\n",
    )


def test_pauses_double_up_to_a_cap_and_start_over_after_a_healthy_life() -> None:
    reintentos = Reintentos()
    pausas = [reintentos.tras(-9, vida=1.0) for _ in range(7)]
    assert pausas == [0.2, 0.4, 0.8, 1.6, 3.2, PAUSA_MAXIMA, PAUSA_MAXIMA]
    assert reintentos.tras(-9, vida=VIDA_SANA) == 0.2


def test_a_killed_command_is_never_given_up() -> None:
    reintentos = Reintentos()
    assert None not in [reintentos.tras(-9, vida=0.1) for _ in range(50)]


def test_a_command_that_once_ran_is_never_given_up() -> None:
    reintentos = Reintentos()
    reintentos.tras(1, vida=VIDA_SANA)
    assert None not in [reintentos.tras(1, vida=0.1) for _ in range(50)]
