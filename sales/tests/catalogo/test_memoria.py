"""What a web process remembers, and what makes it forget."""

from __future__ import annotations

import pytest

from sales.catalogo import memoria as catalogo_memoria
from sales.catalogo.memoria import Memoria
from sales.catalogo.secciones import Manifiesto

HOY, MANANA = 1_000.0, 2_000.0


class Reloj:
    """The process's clock, moved by hand."""

    def __init__(self) -> None:
        self.hora = 500.0

    def monotonic(self) -> float:
        return self.hora


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> Reloj:
    reloj = Reloj()
    monkeypatch.setattr(catalogo_memoria, "time", reloj)
    return reloj


def _manifiesto(version: str = "v") -> Manifiesto:
    return Manifiesto(version=version, generado="", vence=MANANA, turno=1, secciones={})


def test_a_manifest_is_believed_for_a_second(reloj: Reloj) -> None:
    memoria = Memoria()
    memoria.recordar(1, _manifiesto())

    reloj.hora += 1.0
    assert memoria.manifiesto(1, HOY) == _manifiesto()
    reloj.hora += 0.1
    assert memoria.manifiesto(1, HOY) is None
    assert memoria.manifiesto(1, HOY, creer=60.0) == _manifiesto()


def test_a_manifest_does_not_outlive_its_day(reloj: Reloj) -> None:
    memoria = Memoria()
    memoria.recordar(1, _manifiesto())

    assert memoria.manifiesto(1, MANANA - 0.001) == _manifiesto()
    assert memoria.manifiesto(1, MANANA) is None


def test_a_change_makes_every_branch_ask_again(reloj: Reloj) -> None:
    memoria = Memoria()
    memoria.recordar(1, _manifiesto("a"))
    memoria.recordar(2, _manifiesto("b"))

    memoria.olvidar()

    assert memoria.manifiesto(1, HOY, creer=60.0) is None
    assert memoria.manifiesto(2, HOY, creer=60.0) is None
    assert memoria.anterior(2) == _manifiesto("b")


def test_what_was_built_while_data_changed_is_not_believed(reloj: Reloj) -> None:
    memoria = Memoria()
    antes = memoria.generacion
    memoria.olvidar()

    memoria.recordar(1, _manifiesto(), generacion=antes)
    assert memoria.manifiesto(1, HOY, creer=60.0) is None
    memoria.recordar(1, _manifiesto(), generacion=memoria.generacion)
    assert memoria.manifiesto(1, HOY, creer=60.0) == _manifiesto()


def test_the_least_recently_asked_sections_make_room() -> None:
    memoria = Memoria(bytes_maximos=25)
    memoria.recordar_formas("a", {"base64": b"x" * 10})
    memoria.recordar_formas("b", {"base64": b"x" * 10})
    assert memoria.forma("a", "base64") == b"x" * 10

    memoria.recordar_formas("c", {"base64": b"x" * 10})

    assert memoria.forma("b", "base64") is None
    assert memoria.forma("a", "base64") == b"x" * 10
    assert memoria.forma("c", "base64") == b"x" * 10


def test_one_section_larger_than_the_bound_is_kept_all_the_same() -> None:
    memoria = Memoria(bytes_maximos=5)
    memoria.recordar_formas("a", {"base64": b"x" * 10})

    assert memoria.forma("a", "base64") == b"x" * 10


def test_all_forms_are_known_or_none() -> None:
    memoria = Memoria()
    memoria.recordar_formas("a", {"base64": b"1"})
    assert memoria.formas("a") is None

    memoria.recordar_formas("a", {"utf16": b"2", "base64.gz": b"3", "utf16.gz": b"4"})
    assert memoria.formas("a") == {
        "base64": b"1",
        "utf16": b"2",
        "base64.gz": b"3",
        "utf16.gz": b"4",
    }
