"""How much of package.json is installed: no more than is asked for, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from taller import node
from taller.base import RAIZ


class Npm:
    """Stands for npm: remembers what each install left out."""

    def __init__(self) -> None:
        self.omitidos: list[list[str]] = []

    def __call__(self, orden: Sequence[str | Path]) -> int:
        assert orden[1] == "ci"
        self.omitidos.append([str(parte) for parte in orden if str(parte).startswith("--omit")])
        return 0


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    npm = Npm()
    monkeypatch.setattr(node, "NODE_MODULES", tmp_path)
    monkeypatch.setattr(node, "correr", npm)
    monkeypatch.setattr(node, "asegurar_node", lambda: None)
    monkeypatch.setattr(node, "_exigir", lambda nombre: nombre)
    return npm


@pytest.mark.parametrize(
    ("pruebas", "navegador", "omitidos"),
    [
        (False, False, ["--omit=dev", "--omit=peer"]),
        (False, True, ["--omit=dev", "--omit=peer"]),
        (True, True, ["--omit=peer"]),
        (True, False, []),
    ],
)
def test_only_what_is_asked_for_is_installed(
    npm: Npm, monkeypatch: pytest.MonkeyPatch, pruebas: bool, navegador: bool, omitidos: list[str]
) -> None:
    monkeypatch.setattr(node, "hay_navegador", lambda: navegador)
    node.instalar_paquetes(pruebas=pruebas)
    assert npm.omitidos == [omitidos]


def test_what_is_there_serves_whoever_needs_less(npm: Npm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "hay_navegador", lambda: True)
    node.instalar_paquetes(pruebas=False)
    node.instalar_paquetes(pruebas=True)
    node.instalar_paquetes(pruebas=True)
    node.instalar_paquetes(pruebas=False)
    assert len(npm.omitidos) == 2
    monkeypatch.setattr(node, "hay_navegador", lambda: False)
    node.instalar_paquetes(pruebas=True)
    assert npm.omitidos[2:] == [[]]


def test_the_lock_names_no_registry() -> None:
    candado = (RAIZ / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in candado
