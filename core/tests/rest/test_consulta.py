"""An address says only what is understood: every REST operation refuses every other name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient
from rest_framework.views import APIView

from core.rest.consulta import ConsultaEstricta, parametros_de
from core.rest.documentacion import Documentos
from core.tests.corrida.compartir import Compartir
from realtime.tests.fabricas import crear_no_completado
from sales.tests.mesa import Mesa, crear_mesa

METODOS = ("get", "head", "post", "put", "patch", "delete", "options")
# A page: browsers and those who send links add to its address what they like.
PAGINAS = {Documentos}


def operaciones() -> list[tuple[str, str, Any]]:
    """(path, method, view) of the description, the views made as for a request."""
    generador: Any = SchemaGenerator()  # type: ignore[no-untyped-call]  # no types there
    generador._initialise_endpoints()
    hechas = generador._get_paths_and_endpoints()
    return [(ruta, metodo, vista) for ruta, _regex, metodo, vista in hechas]


def declarados(ruta: str, metodo: str) -> set[str]:
    """The names that the description gives to an operation."""
    operacion = DOCUMENTO["paths"].get(ruta, {}).get(metodo.lower(), {})
    return {p["name"] for p in operacion.get("parameters", ()) if p["in"] == "query"}


def vistas(patrones: Any = None) -> set[type]:
    """The REST views that some URL leads to, described or not."""
    halladas: set[type] = set()
    for patron in get_resolver().url_patterns if patrones is None else patrones:
        if isinstance(patron, URLResolver):
            halladas |= vistas(patron.url_patterns)
        elif isinstance(patron, URLPattern):
            clase = getattr(patron.callback, "cls", getattr(patron.callback, "view_class", None))
            if clase and issubclass(clase, APIView):
                halladas.add(clase)
    return halladas


DOCUMENTO: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
OPERACIONES = [o for o in operaciones() if type(o[2]) not in PAGINAS]


@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(db: None, nueva_mesa: Callable[[], Mesa]) -> Mesa:
    return nueva_mesa()


@pytest.fixture
def api(mesa: Mesa) -> APIClient:
    cliente = APIClient()
    cliente.force_authenticate(mesa.admin)
    return cliente


def exigir(respuesta: Any, nombre: str, codigo: str = "parametro_desconocido") -> str:
    cuerpo = respuesta.json()
    assert (respuesta.status_code, cuerpo["codigo"], cuerpo["campo"]) == (400, codigo, nombre)
    detalle: str = cuerpo["detail"]
    return detalle


def test_every_rest_view_is_strict() -> None:
    halladas = vistas()
    assert len(halladas) > 20
    assert {v for v in halladas if not issubclass(v, ConsultaEstricta)} == PAGINAS


@pytest.mark.parametrize(
    ("ruta", "metodo", "vista"), OPERACIONES, ids=[f"{m} {r}" for r, m, _v in OPERACIONES]
)
def test_the_description_and_the_guard_know_the_same_names(
    ruta: str, metodo: str, vista: Any
) -> None:
    assert set(parametros_de(vista, metodo)) - {"format"} == declarados(ruta, metodo)


def test_no_operation_takes_another_name(api: APIClient, mesa: Mesa) -> None:
    claves = {"{pedido_numero}": mesa.pedido().pedido_numero, "{lote_id}": mesa.lote().pk}
    claves |= {"{seccion}": "reglas", "{id}": crear_no_completado(mesa.pedido()).pk}
    sorpresas = []
    for ruta in {ruta for ruta, _metodo, _vista in OPERACIONES} | {"/api/", "/api/esquema/"}:
        url = ruta
        for nombre, valor in claves.items():
            url = url.replace(nombre, str(valor))
        for metodo in METODOS:
            respuesta = getattr(api, metodo)(f"{url}?nadie_lo_lee=1")
            dicho = respuesta["Content-Type"], respuesta.status_code
            if dicho != ("application/json", 400) or (
                metodo != "head" and respuesta.json()["campo"] != "nadie_lo_lee"
            ):
                sorpresas.append((metodo, url, dicho))
    assert sorpresas == []


@pytest.mark.parametrize(
    ("consulta", "nombre", "parecido"),
    [
        ("pedidos/?estdo=9", "estdo", "estado"),
        ("pedidos/?Estado=9", "Estado", "estado"),
        ("pedidos/?fecha__gte=2026-01-01", "fecha__gte", "fecha"),
        ("pedidos/?page=2", "page", ""),
        ("pedidos/?ordering=doc_fecha", "ordering", ""),
        ("lotes/?sucursal=1", "sucursal", ""),
        ("articulos/?search=yerba", "search", ""),
        ("articulos/?linea_id=1", "linea_id", "linea"),
        ("reglas-precio/?lista_precios=1", "lista_precios", "lista_precio"),
        ("no-completados/?abiertos=true", "abiertos", "abierto"),
        ("datos-venta/?sucursal=1&codificacion=utf16", "codificacion", ""),
        ("calcular-precio/?canal_vneta=TIENDA", "canal_vneta", "canal_venta"),
        ("lista-vigente/?empresa=1", "empresa", "empresa_id"),
    ],
)
def test_the_nearest_known_name_is_said(
    api: APIClient, consulta: str, nombre: str, parecido: str
) -> None:
    detalle = exigir(api.get(f"/api/{consulta}"), nombre)
    final = f"El más parecido es «{parecido}»." if parecido else "."
    assert detalle.startswith(f"El parámetro «{nombre}» no existe")
    assert detalle.endswith(final)


def test_without_a_near_one_they_are_all_said(api: APIClient) -> None:
    detalle = exigir(api.get("/api/lotes/?zzz=1"), "zzz")
    assert detalle == (
        "El parámetro «zzz» no existe."
        " Se admiten: q, estado, desde, mios, pagina, por_pagina, format."
    )


@pytest.mark.parametrize(
    "consulta",
    [
        "pedidos/?estado=1&estado=2",
        "articulos/?q=a&q=b",
        "articulos/?pagina=1&pagina=2",
        "articulos/?format=json&format=json",
        "calcular-precio/?cantidad=1&cantidad=2",
        "datos-venta/?sucursal=1&sucursal=2",
    ],
)
def test_a_name_said_twice_is_refused(api: APIClient, consulta: str) -> None:
    nombre = consulta.partition("?")[2].partition("=")[0]
    exigir(api.get(f"/api/{consulta}"), nombre, "repetido")


def test_a_filter_is_for_the_list_not_for_a_row_nor_for_a_write(api: APIClient, mesa: Mesa) -> None:
    pedido = mesa.pedido().pedido_numero
    for url in (f"/api/articulos/{mesa.articulo.pk}/?q=otra", f"/api/pedidos/{pedido}/?cliente=1"):
        exigir(api.get(url), url.partition("?")[2].partition("=")[0])
    exigir(api.delete(f"/api/articulos/{mesa.articulo.pk}/?activo=true"), "activo")
    exigir(api.post("/api/pedidos/?sucursal=1", {}), "sucursal")
    # Nothing was done.
    mesa.articulo.refresh_from_db()


def test_a_stranger_learns_no_names(mesa: Mesa) -> None:
    for metodo in METODOS[:-1]:
        assert getattr(APIClient(), metodo)("/api/pedidos/?x=1").status_code == 401


@pytest.mark.parametrize("nombre", ["a\u202eb", "a\x00b", "\u200b", "x" * 5_000, "", "ñandú"])
def test_an_odd_name_is_cut_and_made_visible(api: APIClient, nombre: str) -> None:
    respuesta = api.get(f"/api/articulos/?{quote(nombre)}=1")
    visto = "".join(c if c.isprintable() else "\ufffd" for c in nombre)[:60] or "(sin nombre)"
    assert f"«{visto}»" in exigir(respuesta, visto)
    assert len(respuesta.content) < 1_000


def test_what_the_api_itself_links_to_is_taken(api: APIClient, mesa: Mesa) -> None:
    for _n in range(3):
        mesa.pedido()
    primera = api.get("/api/pedidos/?por_pagina=1&estado=&format=json").json()
    assert api.get(primera["next"]).status_code == 200
    navegable = api.get("/api/articulos/", HTTP_ACCEPT="text/html").content.decode()
    assert "/api/articulos/?format=json" in navegable
    manifiesto = api.get(f"/api/datos-venta/?sucursal={mesa.asuncion.pk}").json()
    for seccion in manifiesto["secciones"].values():
        assert api.get(f"{seccion['url']}&codificacion=utf16").status_code == 200


def test_the_description_is_without_warnings() -> None:
    call_command("spectacular", "--fail-on-warn", "--file", "/dev/null")
