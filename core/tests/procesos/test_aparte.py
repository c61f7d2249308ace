"""Work in a process of its own: it answers, or it is ended, and nothing of it stays."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.procesos import aparte
from core.procesos.aparte import Cortado, Limites, Turnos, correr_aparte
from core.tests.procesos.tareas import MEGA
from core.tests.procesos.test_supervisor import hasta

# By the clock more than any machine needs: what is slow must not fail here.
HOLGADOS = Limites(cpu=60, plazo=120, memoria=256 * MEGA, salida=16 * MEGA)


def correr(tarea: str, entrada: bytes = b"", limites: Limites = HOLGADOS) -> bytes:
    return correr_aparte(f"core.tests.procesos.tareas:{tarea}", entrada, limites)


def cortado(tarea: str, entrada: bytes = b"", **topes: float) -> str:
    """Why the task was cut."""
    valores = {nombre: getattr(HOLGADOS, nombre) for nombre in Limites.__dataclass_fields__}
    with pytest.raises(Cortado) as error:
        correr(tarea, entrada, Limites(**(valores | topes)))
    return error.value.motivo


def hijos_de(pid: int) -> set[int]:
    """The processes that it started and that are still there, dead ones not yet buried too."""
    nuestros = set()
    for carpeta in Path("/proc").glob("[0-9]*"):
        try:
            padre = (carpeta / "stat").read_text().rpartition(")")[2].split()[1]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(padre) == pid:
            nuestros.add(int(carpeta.name))
    return nuestros


def hijos() -> set[int]:
    return hijos_de(os.getpid())


@pytest.fixture(autouse=True)
def _no_children_are_left() -> Iterator[None]:
    antes = hijos()
    yield
    assert hijos() - antes == set()


@pytest.mark.parametrize("largo", [0, 1, 65_536, 5 * MEGA + 1])
def test_what_goes_in_comes_out(largo: int) -> None:
    entrada = os.urandom(largo)
    assert correr("eco", entrada) == entrada


def test_it_works_within_limits_and_without_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "ours")
    visto = json.loads(correr("contar_lo_suyo"))
    de_mas = visto["topes"].pop("AS") - 256 * MEGA
    assert 0 < de_mas < 400 * MEGA, "the interpreter's own"
    assert visto["topes"] == {
        "CPU": 61,
        "CORE": 0,
        "FSIZE": 0,
        "NOFILE": 16,
        "NPROC": 0,
    }
    assert set(visto["entorno"]) <= {"PATH", "LD_LIBRARY_PATH", "LC_CTYPE"}
    # Behind those who answer, as far as there is a behind.
    assert visto["cortesia"] == min(os.nice(0) + 5, 19)


def test_a_task_that_never_ends_is_ended_by_its_processor_time() -> None:
    antes = os.times()
    assert cortado("dar_vueltas", cpu=0.2) == "tiempo"
    ahora = os.times()
    # Before the kernel's own limit, which counts whole seconds.
    assert ahora.children_user - antes.children_user < 1.5


@pytest.mark.parametrize("tarea", ["dormir", "dormir_sorda"])
def test_and_one_that_only_waits_by_the_clock(tarea: str) -> None:
    assert cortado(tarea, plazo=0.5) == "tiempo"


def test_a_child_whose_parent_is_gone_ends_by_the_clock_as_well() -> None:
    limites = Limites(cpu=60, plazo=0.3, memoria=256 * MEGA, salida=MEGA)
    with aparte._arrancar("core.tests.procesos.tareas:dormir", limites) as proceso:
        assert proceso.stdin is not None
        proceso.stdin.close()
        assert aparte._motivo(proceso.wait(120)) == "tiempo"


def test_a_task_that_eats_memory_is_ended_at_its_ceiling() -> None:
    assert cortado("comer", memoria=128 * MEGA) == "memoria"


def test_a_task_that_says_too_much_is_ended() -> None:
    assert correr("gritar", b"1000000") == b"a" * 1_000_000
    assert cortado("gritar", b"1000001", salida=1_000_000) == "salida"


@pytest.mark.parametrize("tarea", ["caer", "morir", "no_leer", "no_esta"])
def test_a_task_that_breaks_is_told_apart(tarea: str) -> None:
    assert cortado(tarea, b"x" * (2 * MEGA)) == "roto"


def test_what_broke_goes_to_the_log_without_what_the_input_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert cortado("caer", b"secreto") == "roto"
    [dicho] = caplog.messages
    assert dicho.startswith("Task core.tests.procesos.tareas:caer broke: RuntimeError at /")
    assert "secreto" not in dicho


def test_when_the_client_leaves_the_task_ends() -> None:
    partida = threading.Event()
    antes = hijos()
    with ThreadPoolExecutor(1) as hilos:
        futuro = hilos.submit(
            correr_aparte, "core.tests.procesos.tareas:dormir", b"", HOLGADOS, partida
        )
        hasta(lambda: len(hijos() - antes) == 1)
        partida.set()
        error = futuro.exception(timeout=60)
    assert isinstance(error, Cortado)
    assert error.motivo == "partida"


def test_for_a_client_that_has_gone_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    partida = threading.Event()
    partida.set()
    monkeypatch.delattr(aparte, "_arrancar")
    with pytest.raises(Cortado, match="partida"):
        correr_aparte("core.tests.procesos.tareas:eco", b"", HOLGADOS, partida)


def test_few_at_once_and_one_more_is_refused_after_a_while() -> None:
    turnos = Turnos(2, espera=0.2)
    with turnos.turno(), turnos.turno(), pytest.raises(Cortado, match="ocupado"), turnos.turno():
        pytest.fail("a third one")
    with turnos.turno(), turnos.turno():
        pass


def test_one_person_has_one_place_and_leaves_the_other_to_others() -> None:
    turnos = Turnos(2, espera=0.2)
    with turnos.turno(de=7):
        with pytest.raises(Cortado, match="ocupado"), turnos.turno(de=7):
            pytest.fail("a second one of the same person")
        with turnos.turno(de=8):
            pass
        with turnos.turno(), pytest.raises(Cortado, match="ocupado"), turnos.turno():
            pytest.fail("a third one")
    with turnos.turno(de=7):
        pass


def test_who_had_a_place_goes_behind_the_others_who_wait() -> None:
    turnos = Turnos(1, espera=120)
    orden: list[int] = []

    def pedir(de: int) -> None:
        with turnos.turno(de=de):
            orden.append(de)

    with ThreadPoolExecutor(3) as hilos:
        with turnos.turno(de=7):
            futuros = []
            for de in (7, 7, 8):
                futuros.append(hilos.submit(pedir, de))
                hasta(lambda: len(turnos._cola) == len(futuros))
        for futuro in futuros:
            futuro.result(timeout=120)
    assert orden == [8, 7, 7]


def test_a_task_is_done_for_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    turnos = Turnos(2, espera=0.1)
    monkeypatch.setattr(aparte, "turnos", turnos)
    with turnos.turno(de=7), pytest.raises(Cortado, match="ocupado"):
        correr_aparte("core.tests.procesos.tareas:eco", b"", HOLGADOS, de=7)
    assert correr_aparte("core.tests.procesos.tareas:eco", b"a", HOLGADOS, de=7) == b"a"


def test_a_place_is_given_back_however_the_task_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aparte, "turnos", Turnos(1, espera=0.1))
    assert cortado("caer") == "roto"
    assert cortado("dar_vueltas", cpu=0.1) == "tiempo"
    assert correr("eco", b"a") == b"a"


def test_who_leaves_the_queue_gets_no_place() -> None:
    turnos = Turnos(1, espera=60)
    partida = threading.Event()
    partida.set()
    with turnos.turno(), pytest.raises(Cortado, match="partida"), turnos.turno(partida):
        pytest.fail("a place for nobody")
