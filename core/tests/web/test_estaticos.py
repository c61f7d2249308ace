"""Static files as production serves them: hashed names, inside our modules too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

MODULO = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")


@pytest.fixture
def reunidos(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "core.web.estaticos.EstaticosConHuella"}
    }
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
        "css",
        "html",
        "js",
        "json",
        "map",
        "svg",
        "txt",
    ]
    call_command("collectstatic", verbosity=0, interactive=False)
    return tmp_path


def test_every_import_of_our_modules_names_a_hashed_file_that_exists(reunidos: Path) -> None:
    nombres = json.loads((reunidos / "staticfiles.json").read_text())["paths"]
    propios = {n: h for n, h in nombres.items() if n.startswith("js/") and n.endswith(".js")}
    assert "js/mesa/arranque.js" in propios
    importados = [
        (reunidos / con_huella).parent / ruta
        for con_huella in propios.values()
        for ruta in MODULO.findall((reunidos / con_huella).read_text(encoding="utf-8"))
    ]
    assert importados
    con_huellas = {(reunidos / con_huella).resolve() for con_huella in nombres.values()}
    assert [str(ruta) for ruta in importados if ruta.resolve() not in con_huellas] == []
