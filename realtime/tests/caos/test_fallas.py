"""The fault run's plan: drawn from a seed, every kind in it, all of it within its time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from core.tests.e2e.mesa import al_grupo
from realtime.benchmarks._caos.fallas import (
    CLASES,
    CLASES_POSTGRESQL,
    PAUSA_LARGA,
    Falla,
    olvidar_redis,
    planear,
    vive,
    vivos_de,
)


def plan(semilla: int, cuantas: int = 26, segundos: float = 36) -> list[Falla]:
    return planear(random.Random(semilla), [*CLASES, *CLASES_POSTGRESQL], cuantas, segundos)


def test_a_seed_is_a_plan() -> None:
    assert plan(7) == plan(7)
    assert plan(7) != plan(8)


@pytest.mark.parametrize("semilla", range(5))
def test_every_kind_is_in_it_in_order_and_in_time(semilla: int) -> None:
    fallas = plan(semilla)
    assert len(fallas) == 26
    assert {falla.clase for falla in fallas} == {*CLASES, *CLASES_POSTGRESQL}
    momentos = [falla.cuando for falla in fallas]
    assert momentos == sorted(momentos)
    assert 0 <= momentos[0] <= momentos[-1] < 36
    for falla in fallas:
        desde, hasta = falla.clase.dura
        assert desde <= falla.dura <= hasta


def test_a_small_run_begins_with_its_only_long_pause() -> None:
    fallas = plan(7)
    assert [falla.clase.dura == PAUSA_LARGA for falla in fallas] == [True, *[False] * 25]


def test_a_large_run_has_each_kind_several_times() -> None:
    veces = Counter(falla.clase for falla in plan(7, 300, 450))
    assert veces.total() == 300
    assert min(veces.values()) >= 4


def test_fewer_faults_than_kinds_are_as_many_kinds() -> None:
    assert len({falla.clase for falla in plan(7, 5, 5)}) == 5


def test_a_redis_forgets(tmp_path: Path) -> None:
    for archivo in ("redis/appendonlydir/uno.aof", "dump.rdb", "db.sqlite3"):
        (tmp_path / archivo).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / archivo).touch()
    olvidar_redis(tmp_path)
    quedan = [str(a.relative_to(tmp_path)) for a in tmp_path.rglob("*") if a.is_file()]
    assert quedan == ["db.sqlite3"]


def test_the_dead_that_nobody_looked_at_are_no_victims() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as hijo:
        assert hijo.pid in vivos_de(os.getpid())
        hijo.kill()
        os.waitid(os.P_PID, hijo.pid, os.WEXITED | os.WNOWAIT)
        assert not vive(hijo.pid)
        assert hijo.pid not in vivos_de(os.getpid())


@pytest.mark.parametrize("propio", [True, False], ids=["its own group", "just born"])
def test_a_blow_is_not_lost_on_one_that_has_no_group_yet(propio: bool) -> None:
    orden = [sys.executable, "-c", "import time; time.sleep(600)"]
    with subprocess.Popen(orden, start_new_session=propio) as proceso:
        al_grupo(proceso.pid, signal.SIGKILL)
        assert proceso.wait(60) == -signal.SIGKILL
    # Nor does it matter that there is nobody.
    al_grupo(proceso.pid, signal.SIGKILL)
