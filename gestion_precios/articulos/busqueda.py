"""Searching as somebody types: the articles, and how any of our tables with `busqueda` is.

Exact codes, then what begins with the first word, then words by their start; only when there is
none of these, what contains it.
The same rules as static/js/catalogo/indice.js, which answers without a connection.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Exists, Manager, OuterRef, Q, QuerySet

from core.datos.busqueda import normalizar
from gestion_precios.models import Articulo, PrecioArticulo

LIMITE = 20
CONSULTA_MAXIMA = 120
CODIGO_MAXIMO = 2**31 - 1
# `activo = 1` and not a bare `activo`, which SQLite looks up in no index.
ACTIVO = Q(activo__in=[True])
# Sorts after whatever may follow a prefix.
ULTIMO = "\U0010ffff"
LARGOS_DE_BARRAS = {8, 12, 13, 14}
CAMPOS_ARTICULO = ("id", "codigo", "sku", "prod_marca", "descripcion", "tasa_iva", "codigo_barras")
Fila = dict[str, Any]
Filas = Manager[Any] | QuerySet[Any]


class Hallazgo(NamedTuple):
    """What a picker shows: some rows, and whether there are more."""

    filas: list[Fila]
    hay_mas: bool


def buscar_articulos(consulta: str, *, lista_id: int | None = None) -> Hallazgo:
    """Active articles by name, brand, code, SKU or barcode; with a list, those it prices."""
    texto = limpiar(consulta)
    exacto = Q(sku__in=[texto, texto.upper()])
    if texto.isascii() and texto.isdigit():
        exacto |= Q(codigo_barras=texto)
        if len(texto) < 11 and int(texto) <= CODIGO_MAXIMO:
            exacto |= Q(codigo=int(texto))
    if lista_id is None:
        return buscar(Articulo.objects, texto, exacto, CAMPOS_ARTICULO)
    precios = PrecioArticulo.objects.filter(lista_precio_id=lista_id, articulo_id=OuterRef("pk"))
    return buscar(Articulo.objects.filter(Exists(precios)), texto, exacto, CAMPOS_ARTICULO)


def el_articulo(consulta: str) -> int | None:
    """The id of the active article that a text names: its code, or what only it is called."""
    filas, texto = buscar_articulos(consulta).filas, limpiar(consulta)
    exactas = [
        fila
        for fila in filas
        if texto in (str(fila["codigo"]), normalizar(fila["sku"]), fila["codigo_barras"])
    ]
    candidatas = exactas or filas
    return candidatas[0]["id"] if len(candidatas) == 1 else None


def limpiar(consulta: str) -> str:
    """A query fit for any database: cut, without control characters, normalized."""
    visible = "".join(c for c in consulta[:CONSULTA_MAXIMA] if c.isprintable() or c.isspace())
    return normalizar(visible)


def buscar(filas: Filas, texto: str, exacto: Q, campos: tuple[str, ...]) -> Hallazgo:
    """The rows (of a table with `activo` and `busqueda`) for a clean text, `exacto` ones first."""
    # Ordered as the (activo, busqueda) index is. What begins with the first word is a range of
    # it; only when that is not enough does a search cost a pass over the index.
    ordenadas = filas.filter(ACTIVO).order_by("busqueda").values(*campos)
    palabras = texto.split()
    halladas = _exactas(filas, exacto, campos) if palabras else {}
    if halladas and _es_de_barras(texto):
        return Hallazgo(list(halladas.values()), hay_mas=False)
    enteras = _con_todas(ordenadas, [f" {palabra}" for palabra in palabras])
    if palabras:
        inicio = f" {palabras[0]}"
        _sumar(halladas, enteras.filter(busqueda__gte=inicio, busqueda__lt=inicio + ULTIMO))
    if len(halladas) <= LIMITE:
        _sumar(halladas, enteras)
    if not halladas:
        _sumar(halladas, _con_todas(ordenadas, palabras))
    primeras = list(halladas.values())
    return Hallazgo(primeras[:LIMITE], len(primeras) > LIMITE)


def _exactas(filas: Filas, exacto: Q, campos: tuple[str, ...]) -> dict[int, Fila]:
    # A bare `activo` here: each code has an index of its own, better than that one.
    iguales = filas.filter(exacto, activo=True).order_by().values(*campos)
    return {fila["id"]: fila for fila in iguales[:LIMITE]}


def _es_de_barras(texto: str) -> bool:
    return texto.isascii() and texto.isdigit() and len(texto) in LARGOS_DE_BARRAS


def _con_todas(filas: QuerySet[Any], partes: list[str]) -> QuerySet[Any]:
    for parte in partes:
        filas = filas.filter(busqueda__contains=parte)
    return filas


def _sumar(halladas: dict[int, Fila], filas: QuerySet[Any]) -> None:
    for fila in filas[: LIMITE + 1]:
        halladas.setdefault(fila["id"], fila)
