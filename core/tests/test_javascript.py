"""The JavaScript modules' own tests, run by Node in the one test command, and what they reach."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from core.tests.node import ruta_node

RAIZ = Path(settings.BASE_DIR)
PRUEBAS = RAIZ / "static" / "js" / "tests"
C8 = RAIZ / "node_modules" / "c8" / "bin" / "c8.js"
# Of generated cases, thousands of them: they say nothing of how much of the code is reached, and
# take twice as long while that is counted.
DE_PROPIEDADES = sorted(PRUEBAS.rglob("*.prop.test.js"))
# As many files at once as there are cores, not one less; and none stays for the timers of a page
# that its tests are done with (a message is shown for six seconds).
PRUEBA = ("--test", "--test-force-exit", f"--test-concurrency={len(os.sched_getaffinity(0))}")
# On whatever machine this is.
ESPERA = 900


def test_node_runs_the_javascript_tests_and_they_reach_the_code(tmp_path: Path) -> None:
    """What has to be reached (lines, branches) is in .c8rc.json; the table says what was."""
    archivos = sorted(set(PRUEBAS.rglob("*.test.js")) - set(DE_PROPIEDADES))
    assert archivos, "static/js/tests has no *.test.js"
    correr(C8, f"--temp-directory={tmp_path}", ruta_node(), *PRUEBA, *archivos)


@pytest.mark.parametrize("archivo", DE_PROPIEDADES, ids=lambda archivo: archivo.name)
def test_node_runs_the_properties(archivo: Path) -> None:
    correr(*PRUEBA, archivo)


def correr(*argumentos: str | Path) -> None:
    """Run Node in the project's root; AssertionError with what it said when it failed."""
    proceso = subprocess.run(
        [ruta_node(), *argumentos],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=False,
        timeout=ESPERA,
    )
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr


def test_coverage_is_asked_of_every_module() -> None:
    pedido = json.loads((RAIZ / ".c8rc.json").read_text(encoding="utf-8"))
    assert pedido["all"] is True
    assert pedido["include"] == ["static/js/**/*.js"]
    assert pedido["exclude"] == ["static/js/**/tests/**"]
    assert pedido["check-coverage"] is True
    assert min(pedido["lines"], pedido["branches"]) >= 95
