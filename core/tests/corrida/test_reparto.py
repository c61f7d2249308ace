"""Who runs which test: neighbours together, the long ones alone, and no name that is nobody's."""

from __future__ import annotations

from pathlib import Path

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
