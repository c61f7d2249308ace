"""Every URL × everybody: who gets what, in one table with reasons. A URL without a row fails."""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap

import pytest
from django.test import Client
from django.urls import URLPattern

from core.tests.autorizacion import (
    rutas_documentos,
    rutas_importaciones,
    rutas_precios,
    rutas_tablero,
)
from core.tests.autorizacion.autorizacion_precios import filas
from core.tests.autorizacion.recorrido import (
    CREDENCIALES_SIN_DERECHOS,
    PERSONAS,
    Cuerpo,
    Regla,
    concreta,
    estado_de,
    pedir,
    sorpresas_de,
)
from core.tests.autorizacion.rutas import PROPIAS
from core.tests.corrida.compartir import Compartir
from sales.tests.mesa import Mesa, crear_mesa, entrar

METODOS = ("get", "post", "put", "patch", "delete")
ENTRAR = 302  # to the sign-in page


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
PERSONA = "personas/<int:persona_id>/"
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
# As the lists that they are of, in either format.
EXPORTADAS: tuple[tuple[str, tuple[int, ...], str], ...] = (
    ("pedidos/", PAGINA, "each sees their own rows only"),
    ("pedidos/lineas/", PAGINA, "lines of one's own orders only"),
    ("lotes/", PAGINA, "each sees their own rows only"),
    ("lotes/<uuid:lote_id>/", PAGINA_PROPIA, "own lote"),
    ("precios/", PAGINA, "the lists of one's company; takers read them"),
    ("precios/<int:lista_id>/historia/", PAGINA_PROPIA, "a list of one's company"),
    ("no-completados/", PAGINA, "cards of the boards of one's branches"),
    ("no-completados/historia/", PAGINA, "what happened on those boards"),
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
    Regla("api", "get", todos(404), "no address: it says which one was meant"),
    Regla("api/<path:resto>", "get", todos(404), "no address: nothing to tell anybody"),
    Regla("api/pedidos/", "get", API, "each sees their own rows only"),
    Regla(
        "api/pedidos/",
        "post",
        (401, 403, 202, 202, 400, 202, 202),
        "anybody at the desk may send, for a branch of theirs",
        {"envio": True},
    ),
    Regla(
        "api/pedidos/cambios/",
        "get",
        (401, 403, 403, 200, 200, 403, 200),
        "supervisors follow their companies' orders",
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
    Regla(
        f"api/pedidos/{N}confirmacion/",
        "post",
        (401, 403, 403, 200, 200, 403, 404),
        "an ERP speaks for its company, with a supervisor's token; the same again is no news",
        {"doc_numero": 4711},
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
    *(
        Regla(f"{lista}exportacion.{formato}", "get", estados, razon)
        for lista, estados, razon in EXPORTADAS
        for formato in ("xlsx", "csv")
    ),
    Regla("personas/", "get", (ENTRAR, 403, 403, 200, 200, 403, 200), "supervisors and admins"),
    Regla("personas/nueva/", "get", (ENTRAR, 403, 403, 200, 200, 403, 200), "the same"),
    Regla(
        "personas/nueva/",
        "post",
        (ENTRAR, 403, 403, 422, 422, 403, 422),
        "the same; the form again: it was empty",
    ),
    Regla(PERSONA, "get", PAGINA_DE_SUPERVISOR, "the taker's page, for those over them"),
    Regla(PERSONA, "post", (ENTRAR, 403, 403, 422, 422, 403, 404), "the same; the form was empty"),
    *(
        Regla(f"{PERSONA}{hecho}/", "post", (ENTRAR, 403, 403, 302, 302, 403, 404), "the same")
        for hecho in ("estado", "enlace", "deshacer")
    ),
    Regla("cuentas/invitacion/<str:token>/", "get", todos(200), "a link is its own credential"),
    Regla("cuentas/invitacion/<str:token>/", "post", todos(422), "the form again: it was empty"),
    Regla("precios/", "get", PAGINA, "the lists of one's company; takers read them"),
    Regla("precios/simulador/", "get", PAGINA, "each in one's own company"),
    Regla("precios/simulador/articulos/", "get", PAGINA, "articles belong to the group"),
    Regla("precios/<int:lista_id>/", "get", PAGINA_PROPIA, "a list of one's company"),
    *(Regla(*fila) for fila in rutas_documentos.FILAS),
    *(Regla(*fila) for fila in rutas_precios.FILAS),
    *(Regla(*fila) for fila in rutas_tablero.FILAS),
    *(Regla(*fila) for fila in rutas_importaciones.FILAS),
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
    "api": "is no address in any method",
    "api/<path:resto>": "the same",
    "cuentas/entrar/": "sends a signed-in person on before looking at the method",
}


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


@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(db: None, nueva_mesa: Callable[[], Mesa]) -> Mesa:
    return nueva_mesa()


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: f"{r.metodo} /{r.ruta}")
def test_who_gets_what(mesa: Mesa, regla: Regla) -> None:
    obtenidos = {nombre: estado_de(mesa, regla, nombre) for nombre in PERSONAS}
    assert obtenidos == dict(zip(PERSONAS, regla.estados, strict=True))


@pytest.mark.parametrize("credencial", CREDENCIALES_SIN_DERECHOS)
def test_what_gives_no_rights_gives_what_its_column_says(mesa: Mesa, credencial: str) -> None:
    assert [str(s) for s in sorpresas_de(mesa, REGLAS, credencial)] == []


@pytest.mark.parametrize("ruta", [r.ruta for r in REGLAS if r.estados[0] == ENTRAR])
def test_a_stranger_is_sent_to_sign_in_and_back(mesa: Mesa, ruta: str) -> None:
    regla = next(r for r in REGLAS if r.ruta == ruta)
    if ruta == "cuentas/salir/":
        return
    url = concreta(ruta, mesa)
    respuesta = pedir(entrar(None), regla.metodo, url, regla.cuerpo)
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
    url = concreta(regla.ruta, mesa)
    for metodo in ("head", "options"):
        assert getattr(navegador, metodo)(url).status_code < 500 or regla.ruta == "readyz"
    if regla.ruta in A_CUALQUIER_METODO:
        return
    # Django's form views take PUT for POST.
    ajenos = set(METODOS) - conocidos - ({"put"} if "cuentas/" in regla.ruta else set())
    estados = {m: getattr(navegador, m)(url).status_code for m in sorted(ajenos)}
    assert set(estados.values()) <= {405}, estados
