"""Fixtures of the end-to-end tests: the real desk and a real browser that forgives nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from pytest_django import DjangoDbBlocker

from core.tests.e2e.mesa import Mesa, mesa_en
from core.tests.e2e.navegante import Navegante
from core.tests.navegador import ruta_navegador

# htmx calls an answer that nobody waits for any more an error: the next keystroke took its place.
REEMPLAZADAS = ("htmx:afterRequest", "htmx:sendAbort")
CLAVE = "carga-pedidos"
# Whoever the tests come in as: their sessions are there from the beginning, as the form gives them.
GENTE = ("tomador", "supervisor", "admin")
ENTRAR = """
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
for nombre in {gente}:
    cliente = Client()
    cliente.force_login(User.objects.get(username=nombre))
    galleta = cliente.cookies[settings.SESSION_COOKIE_NAME]
    print(nombre, galleta.key, galleta.value)
"""
# What a busy machine may take; what should be sooner is the test's own business to measure.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | ruta_navegador().lanzamiento()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "es-PY",
        "timezone_id": "America/Asuncion",
        "viewport": {"width": 1366, "height": 768},
        "reduced_motion": "reduce",
        # Whoever tests the service worker allows it (test_sin_linea.py).
        "service_workers": "block",
    }


@pytest.fixture(scope="session")
def mesa_real(django_db_blocker: DjangoDbBlocker) -> Iterator[Mesa]:
    """The desk of the Procfile with the demo data; its database answers to `using("mesa")`."""
    # Playwright's synchronous API keeps an event loop in this thread; the ORM here is only read.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-mesa-"))
    with django_db_blocker.unblock(), mesa_en(carpeta) as mesa:
        dar_entrada(mesa)
        with mesa.desde_aqui():
            yield mesa


def dar_entrada(mesa: Mesa) -> None:
    """Sessions for those who work at the desk, and the token of who posts as a program."""
    for linea in mesa.ejecutar(ENTRAR.format(gente=GENTE)).splitlines():
        usuario, nombre, valor = linea.split()
        galleta = {"name": nombre, "value": valor, "domain": "localhost", "path": "/"}
        mesa.sesiones[usuario] = [galleta | {"httpOnly": True, "sameSite": "Lax"}]
    Navegante(mesa).entrar()


@pytest.fixture(autouse=True)
def _datos_propios(request: pytest.FixtureRequest) -> None:
    """Each test at the desk begins with the demo data, whatever the last one did."""
    if "mesa_real" in request.fixturenames:
        request.getfixturevalue("mesa_real").reponer()


@pytest.fixture
def quejas(context: BrowserContext) -> Iterator[list[str]]:
    """Console errors and page errors, CSP's among them; a test that expects one removes it."""
    quejas: list[str] = []

    def anotar(mensaje: ConsoleMessage) -> None:
        if mensaje.type == "error" and not mensaje.text.startswith(REEMPLAZADAS):
            quejas.append(mensaje.text)

    def escuchar(pagina: Page) -> None:
        pagina.on("pageerror", lambda error: quejas.append(f"pageerror: {error}"))
        pagina.on("console", anotar)

    context.on("page", escuchar)
    yield quejas
    assert quejas == []


@pytest.fixture
def pagina(quejas: list[str], context: BrowserContext, mesa_real: Mesa) -> Page:
    """A new page of the desk, not signed in."""
    return context.new_page()


@pytest.fixture
def tomador(pagina: Page, mesa_real: Mesa) -> Page:
    """A page signed in as `tomador`."""
    return entrar(pagina, mesa_real, "tomador")


def entrar(pagina: Page, mesa: Mesa, usuario: str) -> Page:
    """Sign in: through the form, then with the session it gave for as long as that lives."""
    contexto = pagina.context
    contexto.add_cookies(mesa.sesiones.get(usuario, []))
    dentro = contexto.request.get(f"{mesa.url}/cuentas/clave/", max_redirects=0).status == 200
    if not dentro:
        por_formulario(pagina, mesa, usuario)
        mesa.sesiones[usuario] = [{**cookie, "expires": -1} for cookie in contexto.cookies()]
    return pagina


def por_formulario(pagina: Page, mesa: Mesa, usuario: str) -> None:
    """Sign in as a person does."""
    pagina.goto(f"{mesa.url}/cuentas/entrar/")
    pagina.get_by_label("Usuario").fill(usuario)
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(lambda url: "/cuentas/entrar/" not in url)
