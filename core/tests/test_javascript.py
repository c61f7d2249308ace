"""The JavaScript modules' own tests, run by Node in the one test command, and what they reach."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from django.conf import settings

from core.tests.node import ruta_node

RAIZ = Path(settings.BASE_DIR)
PRUEBAS = RAIZ / "static" / "js" / "tests"
C8 = RAIZ / "node_modules" / "c8" / "bin" / "c8.js"
# Thousands of generated notebooks, on whatever machine this is.
ESPERA = 600


def test_node_runs_every_javascript_test_and_they_reach_the_code(tmp_path: Path) -> None:
    """What has to be reached (lines, branches) is in .c8rc.json; the table says what was."""
    archivos = sorted(PRUEBAS.rglob("*.test.js"))
    assert archivos, "static/js/tests has no *.test.js"
    proceso = subprocess.run(
        [ruta_node(), C8, f"--temp-directory={tmp_path}", ruta_node(), "--test", *archivos],
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
