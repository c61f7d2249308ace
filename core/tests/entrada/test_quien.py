"""The door: the four ways to stand behind a proxy × forged headers, and who is counted."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.test import AsyncRequestFactory, RequestFactory
from pytest_django import Settings
from rest_framework.test import APIRequestFactory

from core.asgi import application
from core.entrada import quien
from core.entrada.direcciones import leer_redes
from core.entrada.quien import QuienMiddleware, QuienPregunta, direccion_de
from core.rest.limites import PorAnonimo

CLIENTE = "203.0.113.7"
FALSA = "6.6.6.6"
Cabeceras = list[tuple[str, str]]
# What somebody sends who wants to be another, or to be taken for one who came by https.
FORJADAS: dict[str, Cabeceras] = {
    "nothing": [],
    "X-Forwarded-For": [("X-Forwarded-For", FALSA)],
    "a long list": [("X-Forwarded-For", ", ".join([FALSA] * 300))],
    "two lines": [("X-Forwarded-For", FALSA), ("X-Forwarded-For", "127.0.0.1, 10.0.0.5")],
    "our own": [("X-Forwarded-For", "127.0.0.1, ::1, 10.0.0.5")],
    "junk": [("X-Forwarded-For", "unknown, [::, 1.2.3.4.5, ,\t")],
    "underscores": [("X_Forwarded_For", FALSA), ("x_forwarded_proto", "https")],
    "proto": [("X-Forwarded-Proto", "https"), ("X-Forwarded-Ssl", "on"), ("X-Url-Scheme", "https")],
    "Forwarded": [("Forwarded", f"for={FALSA};proto=https;host=evil.example")],
    "others": [
        ("X-Real-IP", FALSA),
        ("CF-Connecting-IP", FALSA),
        ("True-Client-IP", FALSA),
        ("X-Client-IP", FALSA),
        ("Client-IP", FALSA),
        ("Remote-Addr", FALSA),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Prefix", "/evil"),
    ],
}


class Arreglo(NamedTuple):
    """How many proxies are believed and from where, who connects, and what that one does."""

    proxies: int
    redes: tuple[str, ...]
    vecino: str | None
    # Headers it sets in place of the client's, and those it adds its word to.
    pone: dict[str, str]
    agrega: dict[str, str]
    cuenta: str
    https: bool


POR_HTTPS = {"X-Forwarded-Proto": "https"}
ARREGLOS: dict[str, Arreglo] = {
    "no proxy": Arreglo(0, (), CLIENTE, {}, {}, CLIENTE, False),
    "no proxy, from this machine": Arreglo(0, (), "127.0.0.1", {}, {}, "127.0.0.1", False),
    "nginx": Arreglo(1, (), "127.0.0.1", POR_HTTPS, {"X-Forwarded-For": CLIENTE}, CLIENTE, True),
    "nginx, http": Arreglo(
        1,
        (),
        "127.0.0.1",
        {"X-Forwarded-Proto": "http"},
        {"X-Forwarded-For": CLIENTE},
        CLIENTE,
        False,
    ),
    "nginx, by a socket": Arreglo(
        1, (), None, POR_HTTPS, {"X-Forwarded-For": CLIENTE}, CLIENTE, True
    ),
    "caddy": Arreglo(
        1,
        (),
        "::1",
        {**POR_HTTPS, "X-Forwarded-For": CLIENTE, "X-Forwarded-Host": "pedidos.example.com"},
        {},
        CLIENTE,
        True,
    ),
    "remote": Arreglo(
        1, ("10.0.0.5",), "10.0.0.5", POR_HTTPS, {"X-Forwarded-For": CLIENTE}, CLIENTE, True
    ),
    "remote, past it": Arreglo(1, ("10.0.0.5",), "10.0.0.66", {}, {}, "10.0.0.66", False),
    "remote, unnamed and public": Arreglo(
        1, (), "198.51.100.9", POR_HTTPS, {"X-Forwarded-For": CLIENTE}, "198.51.100.9", False
    ),
    "tunnel": Arreglo(
        1,
        (),
        "127.0.0.1",
        {**POR_HTTPS, "Cf-Connecting-Ip": CLIENTE},
        {"X-Forwarded-For": CLIENTE},
        CLIENTE,
        True,
    ),
    "two of ours": Arreglo(
        2,
        ("127.0.0.1", "10.0.0.5"),
        "127.0.0.1",
        POR_HTTPS,
        {"X-Forwarded-For": f"{CLIENTE}, 10.0.0.5"},
        CLIENTE,
        True,
    ),
}
TABLA = pytest.mark.parametrize("forjadas", FORJADAS.values(), ids=FORJADAS)
POR_ARREGLO = pytest.mark.parametrize("arreglo", ARREGLOS.values(), ids=ARREGLOS)


@pytest.fixture
def en(settings: Settings) -> Any:
    def ajustar(arreglo: Arreglo) -> None:
        settings.PROXIES_DE_CONFIANZA = arreglo.proxies
        settings.REDES_DE_PROXIES = leer_redes(list(arreglo.redes))

    return ajustar


def como_llegan(arreglo: Arreglo, forjadas: Cabeceras) -> Cabeceras:
    """The client's headers as its proxy sends them on."""
    puestas = {nombre.lower() for nombre in arreglo.pone}
    llegan = [(n, v) for n, v in forjadas if n.lower() not in puestas]
    llegan += arreglo.pone.items()
    for nombre, valor in arreglo.agrega.items():
        dichos = [v for n, v in llegan if n.lower() == nombre.lower()]
        llegan = [(n, v) for n, v in llegan if n.lower() != nombre.lower()]
        llegan.append((nombre, ", ".join([*dichos, valor])))
    return [*llegan, ("Host", "testserver"), ("User-Agent", "Prueba/1.0")]


@TABLA
@POR_ARREGLO
def test_asgi_counts_the_client_and_forgets_the_rest(
    en: Any, arreglo: Arreglo, forjadas: Cabeceras
) -> None:
    en(arreglo)
    visto: list[dict[str, Any]] = []

    async def aplicacion(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        visto.append(scope)

    cabeceras = [(n.lower().encode(), v.encode()) for n, v in como_llegan(arreglo, forjadas)]
    scope = {
        "type": "http",
        "scheme": "http",
        "client": (arreglo.vecino, 4711) if arreglo.vecino else None,
        "headers": cabeceras,
    }
    async_to_sync(QuienPregunta(aplicacion))(scope, None, None)  # type: ignore[arg-type]
    (final,) = visto
    assert (final["client"][0], final["scheme"] == "https") == (arreglo.cuenta, arreglo.https)
    assert final["headers"] == [(b"host", b"testserver"), (b"user-agent", b"Prueba/1.0")]


@pytest.mark.parametrize("asgi", [False, True], ids=["wsgi", "asgi"])
@TABLA
@POR_ARREGLO
def test_django_counts_the_same_and_twice_is_once(
    en: Any, arreglo: Arreglo, forjadas: Cabeceras, asgi: bool
) -> None:
    en(arreglo)
    vistas: list[HttpRequest] = []

    def final(request: HttpRequest) -> HttpResponse:
        vistas.append(request)
        return HttpResponse()

    fabrica = AsyncRequestFactory() if asgi else RequestFactory()
    request = fabrica.get("/")
    for nombre, valor in como_llegan(arreglo, forjadas):
        clave = f"HTTP_{nombre.upper().replace('-', '_')}"
        previo = request.META.get(clave)
        request.META[clave] = f"{previo},{valor}" if previo and "FOR" in clave else valor
    request.META["REMOTE_ADDR"] = arreglo.vecino
    QuienMiddleware(QuienMiddleware(final))(request)
    (vista,) = vistas
    assert direccion_de(vista) == vista.META["REMOTE_HOST"] == arreglo.cuenta
    assert vista.is_secure() == arreglo.https
    sobran = {n for n in vista.META if n.startswith("HTTP_")}
    assert sobran - {"HTTP_COOKIE"} == {"HTTP_HOST", "HTTP_USER_AGENT"}
    assert vista.get_host() == "testserver"


def test_the_door_is_outermost_and_the_server_reads_no_header(settings: Settings) -> None:
    assert isinstance(application, QuienPregunta)
    assert settings.MIDDLEWARE[0] == "core.entrada.quien.QuienMiddleware"
    procfile = (Path(settings.BASE_DIR) / "Procfile").read_text()
    (web,) = re.findall(r"^web: (.*)$", procfile, re.MULTILINE)
    assert "--no-proxy-headers" in web.split()
    assert settings.REST_FRAMEWORK["NUM_PROXIES"] == 0
    assert settings.AXES_CLIENT_IP_CALLABLE == "core.entrada.quien.direccion_de"
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert not settings.USE_X_FORWARDED_HOST
    assert not settings.USE_X_FORWARDED_PORT


def test_lifespan_passes_as_it_is() -> None:
    visto: list[dict[str, Any]] = []

    async def aplicacion(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        visto.append(scope)

    scope = {"type": "lifespan"}
    async_to_sync(QuienPregunta(aplicacion))(scope, None, None)  # type: ignore[arg-type]
    assert visto == [scope]


def test_a_proxy_that_nobody_named_is_told_once(en: Any, caplog: pytest.LogCaptureFixture) -> None:
    en(ARREGLOS["remote"])
    quien._avisar.cache_clear()
    with caplog.at_level(logging.WARNING, "core.entrada.quien"):
        for ultimo in ("6", "6", "7"):
            quien.quien(f"10.0.0.{ultimo}", CLIENTE, "https", hay=True)
        quien.quien("10.0.0.5", CLIENTE, "https", hay=True)
        quien.quien("10.0.0.8", "", "")
    dichas = [vars(r)["direccion"] for r in caplog.records]
    assert dichas == ["10.0.0.6", "10.0.0.7"]


@pytest.mark.parametrize(
    ("direccion", "contada"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::")],
)
def test_the_apis_limit_counts_the_same(direccion: str, contada: str) -> None:
    request = APIRequestFactory().get("/", REMOTE_ADDR=direccion, HTTP_X_FORWARDED_FOR=FALSA)
    assert PorAnonimo().get_ident(request) == contada
