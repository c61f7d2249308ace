"""Every URL × everybody: who gets what, in one table with reasons. A URL without a row fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import starmap
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from core.tests import rutas_precios, rutas_tablero
from core.tests.autorizacion_precios import clave_de, filas
from core.tests.rutas_precios import claves_de_lista
from core.tests.rutas_tablero import clave_de_tarjeta
from sales.tests.mesa import Mesa, crear_mesa, entrar, sobre

PERSONAS = (
    "anonimo",
    "sin_grupo",
    "tomador",
    "supervisor",
    "admin",
    "ajeno",
    "supervisor_ajeno",
)
METODOS = ("get", "post", "put", "patch", "delete")
ENTRAR = 302  # to the sign-in page
Cuerpo = dict[str, Any] | None


class Regla(NamedTuple):
    """Statuses in the order of PERSONAS, and why."""

    ruta: str
    metodo: str
    estados: tuple[int, ...]
    razon: str
    cuerpo: Cuerpo = None


def todos(estado: int) -> tuple[int, ...]:
    return (estado,) * len(PERSONAS)


# Whoever may not know of a row gets 404, never 403: the answer would tell that it exists.
PAGINA_PROPIA = (ENTRAR, 403, 200, 200, 200, 404, 404)
API_PROPIA = (401, 403, 200, 200, 200, 404, 404)
PAGINA_DE_SUPERVISOR = (ENTRAR, 403, 403, 200, 200, 403, 404)
PAGINA = (ENTRAR, 403, 200, 200, 200, 200, 200)
API = (401, 403, 200, 200, 200, 200, 200)
# The admin of the matrix has no branch of their own, so what works for one branch asks for it.
API_DE_SUCURSAL = (401, 403, 200, 200, 400, 200, 200)
PAGINA_DE_SUCURSAL = (ENTRAR, 403, 200, 200, 400, 200, 200)
N = "<int:pedido_numero>/"
MOTIVO: Cuerpo = {"motivo": "Error de carga"}
# A deed, done, goes back to the order's page; refused, it is said there (422).
HECHOS: tuple[tuple[str, tuple[int, ...], str, Cuerpo], ...] = (
    ("cancelacion", (ENTRAR, 403, 302, 302, 302, 404, 404), "own order", None),
    ("stock-devuelto", (ENTRAR, 403, 302, 302, 302, 404, 404), "own order", None),
    ("caja", (ENTRAR, 403, 302, 302, 302, 404, 404), "own order", None),
    (
        "precio",
        (ENTRAR, 403, 403, 422, 422, 403, 404),
        "supervisors decide about prices; the order is not in review",
        {"decision": "aceptar"},
    ),
)

REGLAS = (
    Regla("healthz", "get", todos(200), "load balancers ask without credentials; it says nothing"),
    Regla("readyz", "get", todos(503), "the same; no worker runs in the tests"),
    Regla("cuentas/entrar/", "get", (200, *todos(302)[1:]), "where one signs in"),
    Regla("cuentas/entrar/", "post", (200, *todos(302)[1:]), "the form again: it was empty"),
    Regla("cuentas/salir/", "post", todos(302), "signing out twice is no error"),
    Regla("cuentas/clave/", "get", (ENTRAR, *todos(200)[1:]), "one's own password, any role"),
    Regla("cuentas/clave/", "post", (ENTRAR, *todos(200)[1:]), "the form again, with errors"),
    Regla("mis-sesiones/", "post", todos(302), "one's own other sessions, any role"),
    Regla("api/token/", "post", todos(400), "open: credentials are its content; none were given"),
    Regla("sw.js", "get", todos(200), "the service worker holds no data"),
    Regla("sin-linea/", "get", todos(200), "what is said when there is no line"),
    Regla("mesa/", "get", todos(200), "the desk's shell holds nobody's data"),
    Regla("api/esquema/", "get", (401, *todos(200)[1:]), "the description holds no data"),
    Regla("api/docs/", "get", (ENTRAR, *todos(200)[1:]), "the description holds no data"),
    Regla("api/pedidos/", "get", API, "each sees their own rows only"),
    Regla(
        "api/pedidos/",
        "post",
        (401, 403, 202, 202, 400, 202, 202),
        "anybody at the desk may send, for a branch of theirs",
        {"envio": True},
    ),
    Regla(f"api/pedidos/{N}", "get", API_PROPIA, "own order"),
    Regla(f"api/pedidos/{N}anulacion/", "post", API_PROPIA, "own order", MOTIVO),
    Regla(f"api/pedidos/{N}cancelacion/", "post", API_PROPIA, "own order"),
    Regla(f"api/pedidos/{N}stock-devuelto/", "post", API_PROPIA, "own order"),
    Regla(f"api/pedidos/{N}caja/", "post", API_PROPIA, "own order"),
    Regla(
        f"api/pedidos/{N}precio/",
        "post",
        (401, 403, 403, 409, 409, 403, 404),
        "supervisors decide about prices; the order is not in review",
        {"decision": "aceptar"},
    ),
    Regla("api/datos-venta/", "get", API_DE_SUCURSAL, "the catalogue of one's branch"),
    Regla("api/datos-venta/<slug:seccion>/", "get", API_DE_SUCURSAL, "the same, in parts"),
    Regla("api/lotes/", "get", API, "each sees their own rows only"),
    Regla("api/lotes/<uuid:lote_id>/", "get", API_PROPIA, "own lote"),
    Regla("", "get", (ENTRAR, 403, 302, 302, 302, 302, 302), "to where the role works"),
    Regla("panel/", "get", (ENTRAR, 403, 403, 200, 200, 403, 200), "supervisors and admins"),
    Regla("pedidos/nuevo/", "get", PAGINA_DE_SUCURSAL, "anybody at the desk, in a branch"),
    Regla(
        "pedidos/nuevo/sesion/",
        "get",
        (401, *todos(200)[1:]),
        "whose session this is: JSON that a module asks for before it sends",
    ),
    Regla("pedidos/clientes/", "get", PAGINA, "clients belong to the group"),
    Regla("pedidos/articulos/", "get", PAGINA_DE_SUCURSAL, "prices are a branch's"),
    Regla(
        "pedidos/ultimo/",
        "get",
        (ENTRAR, 403, 404, 404, 400, 404, 404),
        "prices are a branch's; no client was named",
    ),
    Regla("pedidos/", "get", PAGINA, "each sees their own rows only"),
    Regla(f"pedidos/{N}", "get", PAGINA_PROPIA, "own order"),
    Regla(
        f"pedidos/{N}anulacion/",
        "post",
        (ENTRAR, 403, 302, 302, 302, 404, 404),
        "own order; then back to its page",
        MOTIVO,
    ),
    *(
        Regla(f"pedidos/{N}{hecho}/", "post", estados, razon, cuerpo)
        for hecho, estados, razon, cuerpo in HECHOS
    ),
    Regla("lotes/", "get", PAGINA, "each sees their own rows only"),
    Regla("lotes/<uuid:lote_id>/", "get", PAGINA_PROPIA, "own lote"),
    Regla("lotes/<uuid:lote_id>/estado/", "get", PAGINA_PROPIA, "own lote"),
    Regla("lotes/<uuid:lote_id>/datos/", "get", PAGINA_PROPIA, "own lote"),
    Regla(
        "lotes/<uuid:lote_id>/reencolado/",
        "post",
        (ENTRAR, 403, 403, 302, 302, 403, 404),
        "supervisors and admins, of what they see; then back to its page",
    ),
    Regla("precios/", "get", PAGINA, "the lists of one's company; takers read them"),
    Regla("precios/simulador/", "get", PAGINA, "each in one's own company"),
    Regla("precios/simulador/articulos/", "get", PAGINA, "articles belong to the group"),
    Regla("precios/<int:lista_id>/", "get", PAGINA_PROPIA, "a list of one's company"),
    *(Regla(*fila) for fila in rutas_precios.FILAS),
    *(Regla(*fila) for fila in rutas_tablero.FILAS),
    Regla("precios/<int:lista_id>/importacion/", "get", PAGINA_DE_SUPERVISOR, "who may price"),
    Regla(
        "precios/<int:lista_id>/importacion/",
        "post",
        (ENTRAR, 403, 403, 422, 422, 403, 404),
        "the same; no file came",
    ),
    Regla("precios/<int:lista_id>/exportacion.xlsx", "get", PAGINA_DE_SUPERVISOR, "who may price"),
    Regla("precios/<int:lista_id>/exportacion.csv", "get", PAGINA_DE_SUPERVISOR, "who may price"),
    *starmap(Regla, filas()),
)
A_CUALQUIER_METODO = {
    "healthz": "says the same to all",
    "readyz": "says the same to all",
    "cuentas/entrar/": "sends a signed-in person on before looking at the method",
}
ADMIN = "admin/"
# The admin's own doors, and what serves its pages, are open: each still shows nothing by itself.
ADMIN_ABIERTAS = ("admin/login/", "admin/jsi18n/")


def _rutas(resolver: URLResolver, prefijo: str = "") -> Iterator[tuple[str, URLPattern]]:
    for patron in resolver.url_patterns:
        ruta = prefijo + str(patron.pattern)
        if isinstance(patron, URLPattern):
            yield ruta, patron
        else:
            yield from _rutas(patron, ruta)


RUTAS = dict(_rutas(get_resolver()))
PROPIAS = {ruta: patron for ruta, patron in RUTAS.items() if not ruta.startswith(ADMIN)}


def _metodos(patron: URLPattern) -> set[str]:
    """What a class answers to; a function says it by its decorator, seen by the 405 test."""
    clase = getattr(patron.callback, "cls", None)
    acciones = getattr(patron.callback, "actions", None) or {}
    return {m for m in METODOS if clase is not None and (hasattr(clase, m) or m in acciones)}


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert {regla.ruta for regla in REGLAS} == set(PROPIAS)


def test_every_method_of_the_api_has_a_row() -> None:
    faltan = [
        f"{metodo} {ruta}"
        for ruta, patron in PROPIAS.items()
        for metodo in _metodos(patron)
        if not any((r.ruta, r.metodo) == (ruta, metodo) for r in REGLAS)
    ]
    assert faltan == []


def test_every_row_has_its_reason() -> None:
    assert [r.ruta for r in REGLAS if len(r.estados) != len(PERSONAS) or not r.razon] == []


def _concreta(ruta: str, mesa: Mesa) -> str:
    """The URL with a row of the taker's in it."""
    valores = {"pedido_numero": "", "lote_id": "", "seccion": "clientes"}
    if "pedido_numero" in ruta:
        valores["pedido_numero"] = str(mesa.pedido().pedido_numero)
    if "lista_id" in ruta:
        valores |= claves_de_lista(mesa)
    if "<int:pk>" in ruta:
        de_tablero = ruta.startswith("api/no-completados/")
        valores["pk"] = clave_de_tarjeta(mesa) if de_tablero else str(clave_de(ruta, mesa))
    if "<int:clave>" in ruta:
        valores["clave"] = clave_de_tarjeta(mesa)
    if "lote_id" in ruta:
        valores["lote_id"] = str(mesa.lote().pk)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: valores[m[1]], ruta)


def _persona(mesa: Mesa, nombre: str) -> User | None:
    return None if nombre == "anonimo" else getattr(mesa, nombre)


def _pedir(navegador: Client, metodo: str, url: str, cuerpo: Cuerpo) -> Any:
    if cuerpo == {"envio": True}:
        cuerpo = sobre()
    if url.startswith("/api/"):
        datos = json.dumps(cuerpo or {})
        return getattr(navegador, metodo)(
            url, **({} if metodo == "get" else {"data": datos, "content_type": "application/json"})
        )
    return getattr(navegador, metodo)(url, cuerpo or {})


@pytest.fixture
def mesa(db: None, settings: Settings) -> Mesa:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return crear_mesa()


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: f"{r.metodo} /{r.ruta}")
def test_who_gets_what(mesa: Mesa, regla: Regla) -> None:
    obtenidos = {}
    for nombre in PERSONAS:
        url = _concreta(regla.ruta, mesa)
        respuesta = _pedir(entrar(_persona(mesa, nombre)), regla.metodo, url, regla.cuerpo)
        obtenidos[nombre] = respuesta.status_code
    assert obtenidos == dict(zip(PERSONAS, regla.estados, strict=True))


@pytest.mark.parametrize("ruta", [r.ruta for r in REGLAS if r.estados[0] == ENTRAR])
def test_a_stranger_is_sent_to_sign_in_and_back(mesa: Mesa, ruta: str) -> None:
    regla = next(r for r in REGLAS if r.ruta == ruta)
    if ruta == "cuentas/salir/":
        return
    url = _concreta(ruta, mesa)
    respuesta = _pedir(entrar(None), regla.metodo, url, regla.cuerpo)
    # A form sent from nowhere has no page to come back to.
    vuelta = url if regla.metodo == "get" else "/"
    assert respuesta["Location"] == f"/cuentas/entrar/?next={vuelta}"
    parcial = getattr(Client(headers={"HX-Request": "true"}), regla.metodo)(url)
    assert (parcial.status_code, parcial.content) == (401, b"")
    assert parcial["HX-Redirect"].startswith("/cuentas/entrar/")


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: f"{r.metodo} /{r.ruta}")
def test_other_methods_are_refused_and_head_and_options_are_not_errors(
    mesa: Mesa, regla: Regla
) -> None:
    navegador = entrar(mesa.admin)
    conocidos = {r.metodo for r in REGLAS if r.ruta == regla.ruta}
    url = _concreta(regla.ruta, mesa)
    for metodo in ("head", "options"):
        assert getattr(navegador, metodo)(url).status_code < 500 or regla.ruta == "readyz"
    if regla.ruta in A_CUALQUIER_METODO:
        return
    # Django's form views take PUT for POST.
    ajenos = set(METODOS) - conocidos - ({"put"} if "cuentas/" in regla.ruta else set())
    estados = {m: getattr(navegador, m)(url).status_code for m in sorted(ajenos)}
    assert set(estados.values()) <= {405}, estados


def _rutas_del_admin() -> list[str]:
    return sorted(r for r in RUTAS if r.startswith(ADMIN) and r not in ADMIN_ABIERTAS)


def test_the_admin_is_for_staff_alone(mesa: Mesa) -> None:
    sorpresas = []
    for nombre in ("anonimo", "sin_grupo", "tomador", "supervisor", "supervisor_ajeno"):
        navegador = entrar(_persona(mesa, nombre))
        for ruta in _rutas_del_admin():
            url = "/" + re.sub(r"<(\w+:)?\w+>", "1", re.sub(r"\(\?P<[^>]+>[^)]*\)\$?", "x", ruta))
            respuesta = navegador.get(url)
            if respuesta.status_code not in {302, 403, 404, 405}:
                sorpresas.append(f"{nombre} {url} {respuesta.status_code}")
    assert sorpresas == []
