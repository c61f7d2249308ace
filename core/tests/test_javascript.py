"""The JavaScript modules' own tests, run by Node as part of the one test command."""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.conf import settings

from core.tests.node import ruta_node

RAIZ = Path(settings.BASE_DIR)


def test_node_runs_every_javascript_test() -> None:
    archivos = sorted((RAIZ / "static" / "js" / "tests").rglob("*.test.js"))
    assert archivos, "static/js/tests has no *.test.js"
    proceso = subprocess.run(
        [ruta_node(), "--test", *map(str, archivos)],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert proceso.returncode == 0, proceso.stdout + proceso.stderr
