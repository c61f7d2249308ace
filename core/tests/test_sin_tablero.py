"""The desk without the board: `realtime` leaves the installed apps and the rest still runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

RAIZ = Path(settings.BASE_DIR)
# The settings as they would be with one word less.
AJUSTES = """
fuente = {settings!r}
__file__ = fuente
texto = open(fuente, encoding="utf-8").read()
sin = texto.replace(', "realtime")', ")", 1)
assert sin != texto
exec(compile(sin, fuente, "exec"))
"""
RECORRIDO = """
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from core.asgi import application
from sales.tests.mesa import crear_mesa, entrar

settings.ALLOWED_HOSTS.append("testserver")
assert not apps.is_installed("realtime")
assert not [t for t in settings.CELERY_BEAT_SCHEDULE.values() if t["task"].startswith("realtime")]
mesa = crear_mesa()
pedido = mesa.pedido()
for usuario in (mesa.tomador, mesa.supervisor):
    navegador = entrar(usuario)
    for ruta in (
        f"/pedidos/{pedido.pedido_numero}/",
        "/pedidos/nuevo/",
        "/pedidos/",
        "/lotes/",
        f"/api/pedidos/{pedido.pedido_numero}/",
        "/api/esquema/",
    ):
        respuesta = navegador.get(ruta)
        assert respuesta.status_code == 200, (ruta, respuesta.status_code)
        assert b"no-completados" not in respuesta.content, ruta
url = f"/pedidos/{pedido.pedido_numero}/"
for hecho in ("cancelacion", "caja", "stock-devuelto"):
    assert navegador.post(url + hecho + "/").status_code == 302
assert navegador.post(url + "anulacion/", {"motivo": "Error"}).status_code == 302
assert navegador.get("/no-completados/").status_code == 404
assert navegador.get("/api/no-completados/").status_code == 404
print("entero")
"""


@pytest.fixture
def entorno(tmp_path: Path) -> dict[str, str]:
    """A desk of its own whose settings have every app but the board."""
    fuente = str(RAIZ / "core" / "settings.py")
    (tmp_path / "sin_tablero.py").write_text(AJUSTES.format(settings=fuente), encoding="utf-8")
    propio = dict(os.environ)
    for nombre in ("DATABASE_URL", "REDIS_URL"):
        propio.pop(nombre, None)
    return propio | {
        "DJANGO_SETTINGS_MODULE": "sin_tablero",
        "DATA_DIR": str(tmp_path / "datos"),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(RAIZ)]),
    }


def correr(entorno: dict[str, str], *orden: str) -> str:
    hecho = subprocess.run(
        [sys.executable, *orden], cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False
    )
    assert hecho.returncode == 0, hecho.stderr
    return hecho.stdout


def test_the_desk_runs_without_the_board(entorno: dict[str, str]) -> None:
    assert "no issues" in correr(entorno, "manage.py", "check")
    correr(entorno, "manage.py", "migrate", "--verbosity", "0")
    assert "entero" in correr(entorno, "manage.py", "shell", "--no-imports", "-c", RECORRIDO)
