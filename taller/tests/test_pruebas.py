"""`./dev test` shares its work out over the cores, unless whoever asks has reasons not to."""

from __future__ import annotations

import pytest

from taller.pruebas import para_pytest, procesos


def test_everything_is_shared_out_over_the_cores() -> None:
    assert para_pytest([], 4) == ["-n", "4"]


def test_one_core_starts_no_other_process() -> None:
    assert para_pytest([], 1) == []


def test_the_quick_ones_are_those_without_the_long() -> None:
    assert para_pytest(["rapido"], 2) == ["-n", "2", "-m", "not lenta"]
    assert para_pytest(["rapido", "-x"], 2) == ["-n", "2", "-m", "not lenta", "-x"]


@pytest.mark.parametrize(
    "argumentos",
    [["-m", "not navegador"], ["sales"], ["-x", "-k", "iva"], ["sales/tests", "--durations=20"]],
)
def test_whatever_else_is_asked_goes_to_pytest_as_it_is(argumentos: list[str]) -> None:
    assert para_pytest(argumentos, 2) == ["-n", "2", *argumentos]


@pytest.mark.parametrize(
    "argumentos",
    [
        ["sales/tests/precios/test_iva.py"],
        ["sales/tests/precios/test_iva.py::test_cinco", "-x"],
        ["-n", "7"],
        ["-n0"],
        ["--numprocesses=3"],
        ["--dist=load"],
        ["--pdb"],
        ["rapido", "-s"],
    ],
)
def test_files_by_name_a_debugger_and_another_number_are_not_overruled(
    argumentos: list[str],
) -> None:
    assert "-n 2" not in " ".join(para_pytest(argumentos, 2))


def test_as_many_processes_as_this_one_may_use_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(20)))
    assert procesos({}) == 20
    assert procesos({"REDIS_URL": ""}) == 20


def test_no_more_than_a_redis_server_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(20)))
    assert procesos({"REDIS_URL": "redis://127.0.0.1:6379/0"}) == 8
