"""Benchmarks are found by where they stand; what is missing is said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from taller import comandos
from taller.base import ErrorDeTaller
from taller.comandos import bench, chaos, medidas


@pytest.fixture
def raiz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(comandos, "RAIZ", tmp_path)
    return tmp_path


def crear(raiz: Path, *nombres: str) -> None:
    for nombre in nombres:
        archivo = raiz / nombre
        archivo.parent.mkdir(parents=True, exist_ok=True)
        archivo.touch()


def test_benchmarks_are_found_without_the_fault_run(raiz: Path) -> None:
    crear(
        raiz,
        "core/benchmarks/__init__.py",
        "core/benchmarks/lz.py",
        "sales/benchmarks/caos.py",
        "sales/benchmarks/ingesta.py",
        "sales/tests/otra.py",
    )
    assert medidas(raiz) == {"lz": "core.benchmarks.lz", "ingesta": "sales.benchmarks.ingesta"}


def test_an_unknown_benchmark_is_answered_with_those_there_are(raiz: Path) -> None:
    crear(raiz, "core/benchmarks/lz.py")
    with pytest.raises(ErrorDeTaller, match=r"No hay medida «zip»\. Hay: lz"):
        bench(["zip"])


@pytest.mark.usefixtures("raiz")
def test_without_benchmarks_or_fault_run_it_says_so() -> None:
    with pytest.raises(ErrorDeTaller, match="Todavía no hay medidas"):
        bench([])
    with pytest.raises(ErrorDeTaller, match="todavía no existe"):
        chaos([])
