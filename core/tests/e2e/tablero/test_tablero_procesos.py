"""The web's processes under open streams: they stop in time, and each of several hears it all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from core.tests.e2e.mesa import Mesa, esperar
from core.tests.e2e.tablero.oyente import Oyente
from core.tests.e2e.tablero.test_tablero_fallas import cambiador, cambiar_ya, oye, pase_de, version
from core.tests.e2e.tablero.test_tablero_fallas import pase as pase
from realtime.benchmarks._pases import Pase
from realtime.benchmarks.board import abiertos_de

PARADA = 5.0
# What another process does to somebody: they are closed out, or sign out.
DESACTIVAR = """
from django.contrib.auth.models import User
usuario = User.objects.get(username="expulsado")
usuario.is_active = False
usuario.save()
"""
SALIR = """
from django.contrib.sessions.models import Session
Session.objects.get(pk="%s").delete()
"""


@pytest.fixture
def dos_procesos(mesa_real: Mesa) -> Iterator[Mesa]:
    """The desk with two web processes."""
    mesa_real.parar("web")
    antes = mesa_real.entorno
    mesa_real.entorno = antes | {"WEB_CONCURRENCY": "2"}
    mesa_real.arrancar("web")
    try:
        mesa_real.esperar_lista()
        yield mesa_real
    finally:
        mesa_real.parar("web")
        mesa_real.entorno = antes
        mesa_real.arrancar("web")
        mesa_real.esperar_lista()


def test_the_web_stops_in_time_with_streams_open(mesa_real: Mesa, pase: Pase) -> None:
    with ExitStack() as pila:
        oyentes = [pila.enter_context(Oyente(mesa_real, pase, version())) for _ in range(20)]
        esperar("the streams are open", lambda: all(o.aperturas == 1 for o in oyentes))
        empieza = time.monotonic()
        mesa_real.parar("web")
        parada = time.monotonic() - empieza
        mesa_real.arrancar("web")
        assert parada < PARADA
        esperar("they are open again", lambda: all(o.aperturas == 2 for o in oyentes))
        cambiar_ya(mesa_real, 1)
        esperar("they hear", lambda: all(o.recibidas[-1:] == [version()] for o in oyentes))
    mesa_real.esperar_lista()
    registro = (mesa_real.data_dir / "registro.log").read_text(errors="replace")
    assert "Exception in ASGI application" not in registro


def test_two_processes_each_tell_every_change(dos_procesos: Mesa, pase: Pase) -> None:
    desde = version()
    with ExitStack() as pila:
        oyentes: list[Oyente] = []

        def en_los_dos() -> bool:
            # Which of them takes a connection is the kernel's choice.
            oyentes.append(pila.enter_context(Oyente(dos_procesos, pase, desde)))
            esperar("the stream is open", lambda: oyentes[-1].aperturas == 1)
            return all(_zocalos(pid) > 5 for pid in _trabajadores(dos_procesos))

        assert len(_trabajadores(dos_procesos)) == 2
        esperar("each process has streams", en_los_dos)
        # Each is waited for: of those that come while one is being told, the newest is told.
        with cambiador(dos_procesos) as cambiar:
            for n in range(1, 11):
                cambiar(1)
                for oyente in oyentes:
                    oye(oyente, desde + n)
        for oyente in oyentes:
            assert oyente.recibidas == list(range(desde + 1, desde + 11))


def test_streams_end_in_both_processes(dos_procesos: Mesa) -> None:
    expulsado, saliente, queda = (
        pase_de(dos_procesos, quien) for quien in ("expulsado", "saliente", "queda")
    )
    sesion = saliente.cookie.partition("=")[2]
    with ExitStack() as pila:
        de_cada: dict[Pase, list[Oyente]] = {expulsado: [], saliente: [], queda: []}

        def en_los_dos() -> bool:
            # Which of them takes a connection is the kernel's choice.
            for pase, oyentes in de_cada.items():
                oyentes.append(pila.enter_context(Oyente(dos_procesos, pase, version())))
            todos = [oyente for oyentes in de_cada.values() for oyente in oyentes]
            esperar("the streams are open", lambda: all(o.aperturas == 1 for o in todos))
            return len(todos) >= 24 and all(
                _zocalos(pid) > 5 for pid in _trabajadores(dos_procesos)
            )

        esperar("each process has streams", en_los_dos)
        for pase, hecho in ((expulsado, DESACTIVAR), (saliente, SALIR % sesion)):
            dos_procesos.ejecutar(hecho)
            esperar("their streams end", partial(_terminaron, de_cada[pase]))
            esperar("their tickets open nothing", partial(_rehusados, de_cada[pase]))
        assert [oyente.finales for oyente in de_cada[queda]] == [[] for _ in de_cada[queda]]


def _terminaron(oyentes: list[Oyente]) -> bool:
    return all(oyente.finales for oyente in oyentes)


def _rehusados(oyentes: list[Oyente]) -> bool:
    return all(oyente.estados[-1] == 401 for oyente in oyentes)


def _hijos(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _trabajadores(mesa: Mesa) -> list[int]:
    """The processes that answer, below the supervisor and uvicorn's own."""
    [principal] = _hijos(mesa.procesos["web"].pid)
    return [pid for pid in _hijos(principal) if b"spawn_main" in _orden(pid)]


def _orden(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _zocalos(pid: int) -> int:
    return sum(destino.startswith("socket:") for destino in abiertos_de(pid))
