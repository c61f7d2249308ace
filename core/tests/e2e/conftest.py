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
from core.tests.navegador import ruta_navegador

AQUI = Path(__file__).parent
# htmx calls an answer that nobody waits for any more an error: the next keystroke took its place.
REEMPLAZADAS = ("htmx:afterRequest", "htmx:sendAbort")
CLAVE = "carga-pedidos"
# What a busy machine may take; what should be sooner is the test's own business to measure.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Last: Playwright's loop stays in this thread, where no other test could use asyncio."""
    items.sort(key=lambda item: AQUI in item.path.parents)


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
        yield mesa


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
