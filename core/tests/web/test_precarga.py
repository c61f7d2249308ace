"""What /sw.js keeps: all that the desk's shell names, nobody's data, and a version of all of it."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as ajustes
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from core.web import precarga

ESTATICO = re.compile(r"/static/[\w./-]+")
PERSONAL = ("csrfmiddlewaretoken", "data-usuario", '"usuario"', '"empresa"', "?sucursal=")


def lista(texto: str) -> dict[str, Any]:
    """The generated list of a /sw.js."""
    cabeza = texto.removeprefix("self.PRECARGA = ")
    leida: dict[str, Any] = json.JSONDecoder().raw_decode(cabeza)[0]
    return leida


def test_the_worker_is_what_is_written_after_its_list_and_is_never_kept(client: Client) -> None:
    respuesta = client.get("/sw.js")
    texto = respuesta.content.decode()
    escrito = (ajustes.BASE_DIR / precarga.GUION).read_text("utf-8")
    assert texto == f"self.PRECARGA = {json.dumps(lista(texto), indent=1)};\n{escrito}"
    assert respuesta["Content-Type"] == "text/javascript; charset=utf-8"
    assert respuesta["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in respuesta["Content-Security-Policy"]
    assert "Cookie" not in respuesta["Vary"]
    assert lista(texto)["cascaron"] == {"pagina": "/mesa/", "rutas": ["/pedidos/nuevo/", "/"]}


def test_switched_off_it_is_the_one_that_takes_itself_away(
    client: Client, settings: Settings
) -> None:
    settings.TRABAJADOR_DE_SERVICIO = False
    escrito = (ajustes.BASE_DIR / precarga.GUION_DE_BAJA).read_text("utf-8")
    respuesta = client.get("/sw.js")
    assert respuesta.content.decode() == escrito
    assert respuesta["Cache-Control"] == "no-cache"
    # Pages do not ask for one.
    assert 'data-servicio=""' in client.get("/cuentas/entrar/").content.decode()


@pytest.mark.parametrize("ruta", ["/mesa/", "/sin-linea/"])
@pytest.mark.django_db
def test_a_page_without_a_line_is_the_same_for_everybody_and_names_only_what_is_kept(
    ruta: str, django_user_model: type[User]
) -> None:
    ana = django_user_model.objects.create_user("ana", first_name="Ana María")
    navegador = Client()
    navegador.force_login(ana)
    # As the worker asks: without credentials.
    respuesta = Client().get(ruta)
    texto = respuesta.content.decode()
    assert texto == navegador.get(ruta).content.decode()
    assert f'data-version="{precarga.version()}"' in texto
    assert not respuesta.cookies
    assert "Cookie" not in respuesta["Vary"]
    assert [p for p in (*PERSONAL, "Ana") if p in texto] == []
    guardados = set(lista(precarga.guion())["archivos"])
    # The worker script's own name is in the parameters.
    assert set(ESTATICO.findall(texto)) <= guardados


def test_every_module_comes_with_all_that_it_imports() -> None:
    nombres = set(precarga.archivos())
    for nombre in sorted(n for n in nombres if n.startswith("js/")):
        fuente = (ajustes.BASE_DIR / "static" / nombre).read_text("utf-8")
        for ruta in re.findall(r'^(?:import|export)[^;]*?"(\.[\w./]+\.js)";', fuente, re.MULTILINE):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(nombre), ruta)) in nombres
    assert {"js/catalogo/trabajador.js", "js/cuaderno/archivo.js", "vendor/lz-string.js"} <= nombres
    assert not [n for n in nombres if "test" in n or n == "js/tablero/tablero.js"]


def test_another_shell_another_worker_or_another_file_is_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def con(cambiar: Callable[[], None]) -> str:
        cambiar()
        precarga._version_de.cache_clear()
        try:
            return precarga.version()
        finally:
            monkeypatch.undo()
            precarga._version_de.cache_clear()

    cascaron = precarga.cascaron()
    assert cascaron is not None
    version = con(lambda: None)
    assert version == con(lambda: None)
    otras = {
        con(lambda: monkeypatch.setattr(precarga, "pintar_sin_linea", lambda v: "otra")),
        con(lambda: monkeypatch.setattr(precarga, "_sello", lambda nombre: "otro")),
        con(lambda: monkeypatch.setattr(precarga, "COMUNES", precarga.COMUNES[1:])),
        con(lambda: monkeypatch.setattr(precarga, "GUION", precarga.GUION_DE_BAJA)),
        con(lambda: monkeypatch.setattr(precarga, "_cascarones", [])),
    }
    assert len(otras - {version}) == 5


def test_a_static_file_that_is_missing_is_said() -> None:
    with pytest.raises(FileNotFoundError, match=r"js/nada\.js"):
        precarga.modulos(["js/nada.js"])
