"""Stamps and environment of `./dev`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taller.base import BIN, RAIZ, Sello, entorno_de_procesos, huella


def test_a_stamp_holds_until_the_content_changes(tmp_path: Path) -> None:
    candado = tmp_path / "candado.txt"
    candado.write_text("uno")
    sello = Sello(tmp_path / "sub" / ".sello", huella([candado], "3.11.2"))
    assert not sello.vale()
    sello.poner()
    assert sello.vale()
    assert Sello(sello.archivo, huella([candado], "3.11.2")).vale()
    assert not Sello(sello.archivo, huella([candado], "3.12.0")).vale()
    candado.write_text("dos")
    assert not Sello(sello.archivo, huella([candado], "3.11.2")).vale()


def test_an_interrupted_step_counts_as_not_done(tmp_path: Path) -> None:
    sello = Sello(tmp_path / ".sello", "valor")
    sello.poner()
    sello.quitar()
    assert not sello.vale()


def test_words_and_contents_do_not_run_together(tmp_path: Path) -> None:
    uno, dos = tmp_path / "uno", tmp_path / "dos"
    uno.write_text("ab")
    dos.write_text("c")
    assert huella([uno, dos]) != huella([dos, uno])
    assert huella([], "ab", "c") != huella([], "a", "bc")


def test_processes_find_the_virtual_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    entorno = entorno_de_procesos({"WEB_PORT": "8001"})
    assert entorno["PATH"] == f"{BIN}{os.pathsep}/usr/bin"
    assert entorno["WEB_PORT"] == "8001"
    assert "PYTHONHOME" not in entorno


def test_dev_runs_before_anything_is_installed() -> None:
    # -S: no site-packages, as on a bare machine.
    proceso = subprocess.run(
        [sys.executable, "-S", str(RAIZ / "dev")], capture_output=True, text=True, check=False
    )
    assert proceso.returncode == 0, proceso.stderr
    nombres = [linea.split()[0] for linea in proceso.stdout.splitlines()[2:]]
    assert nombres == ["up", "setup", "demo", "test", "check", "bench", "chaos", "mutantes", "lock"]


def test_an_unknown_command_is_one_sentence_and_the_help() -> None:
    proceso = subprocess.run(
        [sys.executable, str(RAIZ / "dev"), "levantar"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert proceso.returncode == 2
    assert proceso.stderr.startswith("No existe «levantar».\n\nuso: ./dev COMANDO")
