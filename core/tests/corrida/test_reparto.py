"""Who runs which test: neighbours together, the long ones alone, and no name that is nobody's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.tests.corrida import reparto
from core.tests.corrida.duraciones import LARGAS
from core.tests.corrida.reparto import DE_PROCESOS, ENTEROS, SIN_BASE, segundos, unidades

RAIZ = Path(settings.BASE_DIR)


def texto_de(modulo: str) -> str:
    """What is written in the modules of that name, in whichever rooms of the application."""
    app, _, nombre = modulo.partition("/")
    archivos = (RAIZ / app).rglob(f"{nombre}.py")
    return "".join(archivo.read_text(encoding="utf-8") for archivo in archivos)


def test_neighbours_of_a_module_are_one_unit() -> None:
    corridas = unidades(["a/test_a.py::uno", "a/test_a.py::dos", "a/test_b.py::uno"])
    assert list(corridas.values()) == ["1", "1", "2"]


def test_a_module_that_comes_again_is_another_unit() -> None:
    """What empties the database comes after all that does not."""
    corridas = unidades(["a/test_a.py::uno", "a/test_b.py::uno", "a/test_a.py::dos"])
    assert list(corridas.values()) == ["1", "2", "3"]


class Prueba:
    """As much of a test as its place depends on; one that `vacia` commits."""

    def __init__(self, nodeid: str, *, vacia: bool = False) -> None:
        self.nodeid = nodeid
        self.fixturenames = ["transactional_db"] if vacia else []

    def get_closest_marker(self, _nombre: str) -> None:
        """It has no marks."""


def test_each_modules_are_together_within_a_stage_and_the_long_ones_go_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reparto, "LARGAS", {"b/test_b": 9, "c/test_c": 9})
    pruebas: Any = [
        Prueba("a/test_a.py::uno"),
        Prueba("a/test_a.py::vacia", vacia=True),
        Prueba("b/test_b.py::uno"),
        Prueba("c/test_c.py::uno"),
        Prueba("core/tests/e2e/test_e.py::uno"),
        Prueba("b/test_b.py::dos"),
        Prueba("a/test_a.py::dos"),
    ]
    reparto.pytest_collection_modifyitems(pruebas)
    assert [prueba.nodeid for prueba in pruebas] == [
        *("b/test_b.py::uno", "b/test_b.py::dos", "c/test_c.py::uno"),
        *("a/test_a.py::uno", "a/test_a.py::dos", "a/test_a.py::vacia"),
        "core/tests/e2e/test_e.py::uno",
    ]


def test_what_takes_long_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reparto, "LARGAS", {"a/test_a::dos": 30, "a/test_c": 9})
    corridas = unidades([f"a/test_a.py::{que}" for que in ("uno", "dos[x]", "dos[y]", "tres")])
    assert list(corridas.values()) == ["1", "2", "3", "4"]
    assert [segundos(f"a/test_a.py::{que}") for que in ("uno", "dos[x]")] == [0, 30]
    assert segundos("a/test_c.py::Clase::uno") == 9


def test_each_end_to_end_test_is_alone_unless_its_module_has_a_desk_of_its_own() -> None:
    sueltas = unidades(["core/tests/e2e/test_a.py::uno", "core/tests/e2e/test_a.py::dos"])
    assert len(set(sueltas.values())) == 2
    (entero,) = ENTEROS
    modulo = entero.replace("core/", "core/tests/e2e/")
    juntas = unidades([f"{modulo}.py::{que}" for que in ("uno", "dos")])
    assert len(set(juntas.values())) == 1


@pytest.mark.parametrize("nombre", sorted({*LARGAS, *ENTEROS, *DE_PROCESOS, *SIN_BASE}))
def test_what_is_named_is_there(nombre: str) -> None:
    modulo, _, funcion = nombre.partition("::")
    assert f"def {funcion or 'test_'}" in texto_de(modulo)
