"""Who gets what of a price list's pages: rows of test_autorizacion, and a list to ask for."""

from __future__ import annotations

from typing import Any

from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)
from sales.tests.mesa import Mesa

L = "precios/<int:lista_id>/"
REGLA = f"{L}reglas/<int:regla_id>/"
PRECIO = f"{L}precios/<int:precio_id>/"
COMBO = f"{L}combinaciones/<int:combinacion_id>/"
# anonymous, without group, taker, supervisor, admin, taker and supervisor of another company
LEE = (302, 403, 200, 200, 200, 404, 404)
EDITA = (302, 403, 403, 200, 200, 403, 404)
FALTA = (302, 403, 403, 422, 422, 403, 404)
HECHO = (302, 403, 403, 302, 302, 403, 404)
NADA: dict[str, Any] = {}
# A route that anybody reads and some write looks for the list first.
ESCRIBE = (302, 403, 403, 422, 422, 404, 404)
FILAS: tuple[tuple[str, str, tuple[int, ...], str, dict[str, Any]], ...] = (
    ("precios/nueva/", "get", (302, 403, 403, 200, 200, 403, 200), "who may make lists", NADA),
    ("precios/nueva/", "post", (302, 403, 403, 422, 422, 403, 422), "the form again", NADA),
    (f"{L}datos/", "get", EDITA, "who may change lists", NADA),
    (f"{L}datos/", "post", FALTA, "the form again", NADA),
    (f"{L}duplicado/", "get", EDITA, "who may make lists", NADA),
    (f"{L}duplicado/", "post", FALTA, "the form again", NADA),
    (f"{L}estado/", "post", HECHO, "who may change lists; back to the page", {"activa": "0"}),
    (f"{L}traslado/", "get", EDITA, "who may change lists", NADA),
    (f"{L}traslado/", "post", FALTA, "the form again", NADA),
    (f"{L}reglas/", "post", FALTA, "who may add rules; the form again", NADA),
    (f"{L}reglas/nueva/", "get", EDITA, "who may add rules", NADA),
    (REGLA, "get", EDITA, "who may change rules", NADA),
    (REGLA, "post", FALTA, "the form again", NADA),
    (f"{REGLA}orden/", "post", HECHO, "who may change rules", {"antes_de": "1"}),
    (f"{REGLA}estado/", "post", HECHO, "who may change rules", {"activa": "0"}),
    (f"{REGLA}baja/", "post", HECHO, "who may remove rules", NADA),
    (f"{REGLA}restauracion/", "post", HECHO, "who may add rules", NADA),
    (f"{L}precios/", "get", LEE, "a list of one's company", NADA),
    (f"{L}precios/", "post", ESCRIBE, "who may add prices; the form again", NADA),
    (PRECIO, "post", HECHO, "who may change prices; back to the page", NADA),
    (f"{PRECIO}baja/", "post", HECHO, "who may remove prices", NADA),
    (f"{PRECIO}restauracion/", "post", HECHO, "who may add prices", NADA),
    (f"{L}articulos/", "get", LEE, "articles belong to the group", NADA),
    (f"{L}combinaciones/", "get", LEE, "a list of one's company", NADA),
    (f"{L}combinaciones/", "post", ESCRIBE, "who may add combinations; the form again", NADA),
    (f"{L}combinaciones/nueva/", "get", EDITA, "who may add combinations", NADA),
    (COMBO, "get", EDITA, "who may change combinations", NADA),
    (COMBO, "post", FALTA, "the form again", NADA),
    (f"{COMBO}baja/", "post", HECHO, "who may remove combinations", NADA),
    (f"{L}historia/", "get", LEE, "a list of one's company", NADA),
)


def claves_de_lista(mesa: Mesa) -> dict[str, str]:
    """A list of company A with a rule, a price and a combination."""
    lista = crear_lista(mesa.asuncion.empresa)
    otro = crear_articulo("Azúcar 1 kg")
    return {
        "lista_id": str(lista.pk),
        "regla_id": str(crear_regla(lista).pk),
        "precio_id": str(crear_precio_lista(lista, mesa.articulo).pk),
        "combinacion_id": str(crear_combinacion(lista, [mesa.articulo, otro]).pk),
    }
