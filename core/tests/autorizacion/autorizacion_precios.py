"""The pricing API's part of the table of URLs and people: rows of route, method, statuses, why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from gestion_precios.models import GrupoArticulo, LineaArticulo, ListaPrecio
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
)
from sales.tests.mesa import Mesa

Fila = tuple[str, str, tuple[int, ...], str]
PK = "<int:pk>/"
# Stranger, no role, taker, supervisor, admin, another company's taker and supervisor.
LEE = (401, 403, 200, 200, 200, 200, 200)
LEE_LO_PROPIO = (401, 403, 200, 200, 200, 404, 404)
DEL_GRUPO = ("articulos", "lineas-articulo", "grupos-articulo")
DE_ADMINS = ("empresas", "sucursales", *DEL_GRUPO)
DE_SUPERVISORES = ("listas-precio", "precios-articulo", "reglas-precio", "combinaciones")
_numeros = count(1)


def _escribe(estado: int) -> tuple[int, ...]:
    """Admins alone."""
    return (401, 403, 403, 403, estado, 403, 403)


def _escribe_lo_suyo(estado: int, ajeno: int = 404) -> tuple[int, ...]:
    """A company's supervisors, and admins."""
    return (401, 403, 403, estado, estado, 403, ajeno)


def filas() -> Iterator[Fila]:
    """Every row; a body left empty shows who gets as far as having it judged (400)."""
    preguntan = (401, 403, 400, 400, 400, 400, 400)
    yield "api/", "get", (401, *(200,) * 6), "the links alone"
    yield "api/calcular-precio/", "get", preguntan, "who reads lists; nothing was asked"
    yield "api/lista-vigente/", "get", preguntan, "who reads lists; nothing was asked"
    yield "api/cotizar/", "post", preguntan, "who reads lists; the cart was empty"
    for ruta in DE_ADMINS:
        propio = LEE if ruta in DEL_GRUPO else LEE_LO_PROPIO
        borrado = 409 if ruta == "empresas" else 204
        yield f"api/{ruta}/", "get", LEE, "the group's, or one's company's alone"
        yield f"api/{ruta}/", "post", _escribe(400), "admins"
        yield f"api/{ruta}/{PK}", "get", propio, "the group's, or one's company's"
        yield f"api/{ruta}/{PK}", "put", _escribe(400), "admins"
        yield f"api/{ruta}/{PK}", "patch", _escribe(200), "admins"
        yield f"api/{ruta}/{PK}", "delete", _escribe(borrado), "admins; a company has branches"
    for ruta in DE_SUPERVISORES:
        yield f"api/{ruta}/", "get", LEE, "one's company's alone"
        yield f"api/{ruta}/", "post", _escribe_lo_suyo(400, 400), "supervisors, for their company"
        yield f"api/{ruta}/{PK}", "get", LEE_LO_PROPIO, "one's company's"
        yield f"api/{ruta}/{PK}", "put", _escribe_lo_suyo(400), "its supervisors"
        yield f"api/{ruta}/{PK}", "patch", _escribe_lo_suyo(200), "its supervisors"
        yield f"api/{ruta}/{PK}", "delete", _escribe_lo_suyo(204), "its supervisors"
    yield f"api/listas-precio/{PK}avisos/", "get", LEE_LO_PROPIO, "one's company's"
    yield "api/listas-precio/vigencias/", "post", _escribe_lo_suyo(400, 400), "supervisors"


def clave_de(ruta: str, mesa: Mesa) -> int:
    """A new row of the taker's company (or of the group) for that route."""
    nueva = _NUEVAS[ruta.split("/")[1]]
    return nueva(mesa)


def _lista(mesa: Mesa) -> ListaPrecio:
    """Not active: in nobody's way."""
    return crear_lista(mesa.asuncion.empresa, activa=False)


_NUEVAS: dict[str, Callable[[Mesa], int]] = {
    "empresas": lambda mesa: mesa.asuncion.empresa_id,
    "sucursales": lambda mesa: crear_sucursal(mesa.asuncion.empresa, f"S{next(_numeros)}").pk,
    "articulos": lambda _: crear_articulo().pk,
    "lineas-articulo": lambda _: LineaArticulo.objects.create(nombre="L").pk,
    "grupos-articulo": lambda _: GrupoArticulo.objects.create(nombre="G").pk,
    "listas-precio": lambda mesa: _lista(mesa).pk,
    "precios-articulo": lambda mesa: crear_precio_lista(_lista(mesa), crear_articulo()).pk,
    "reglas-precio": lambda mesa: crear_regla(_lista(mesa)).pk,
    "combinaciones": lambda mesa: crear_combinacion(_lista(mesa), [crear_articulo()]).pk,
}
