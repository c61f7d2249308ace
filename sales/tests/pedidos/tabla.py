"""The table of states as `docs/pedidos.md` has it, and each of its cells tried on a real order.

What is expected is read from the page, never from the code that is tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.test import Client
from django.utils import timezone

from sales.models import Orders
from sales.tests.fabricas import crear_articulo
from sales.tests.mesa import Mesa

PAGINA = Path(settings.BASE_DIR) / "docs/pedidos.md"
NO_HAY = "—"
HX = {"HX-Request": "true"}
STATUS = {"no recogido": "4", "cancelado": "8", "en revisión": "14"}
PARTES = {"por caja", "stock devuelto"}
# column → (the last part of both addresses, what is sent).
HECHOS: dict[str, tuple[str, dict[str, Any]]] = {
    "anular": ("anulacion", {"motivo": "Error de carga"}),
    "anular línea": ("anulacion", {"motivo": "Sin stock"}),
    "aceptar precio": ("precio", {"decision": "aceptar"}),
    "corregir precio": ("precio", {"decision": "corregir"}),
    "cancelar": ("cancelacion", {}),
    "devolver stock": ("stock-devuelto", {}),
    "pasar por caja": ("caja", {}),
}


# How a deed is asked for: (status, the code of the refusal or "").
Via = Callable[[Client, Orders, str], tuple[int, str]]


class Casilla(NamedTuple):
    """A cell as the page writes it: `sí`, `sin botón` or a refusal's code."""

    estado: str
    hecho: str
    dice: str

    @property
    def se_hace(self) -> bool:
        """Whether the deed is done."""
        return self.dice in {"sí", "sin botón"}


def _filas(titulo: str) -> list[list[str]]:
    """The rows of the table under a heading, its own heading first."""
    seccion = PAGINA.read_text(encoding="utf-8").partition(f"\n## {titulo}\n")[2]
    lineas = seccion.partition("\n## ")[0].splitlines()
    filas = [linea.strip("| ").split(" | ") for linea in lineas if linea.startswith("| ")]
    return [[celda.strip("`") for celda in fila] for fila in filas]


@cache
def casillas() -> list[Casilla]:
    """Every cell of the table."""
    (_estado, *hechos), *filas = _filas("The table")
    return [
        Casilla(estado, hecho, dice)
        for estado, *celdas in filas
        for hecho, dice in zip(hechos, celdas, strict=True)
    ]


@cache
def frases() -> dict[str, str]:
    """code → sentence."""
    return {fila[0]: fila[1] for fila in _filas("The refusals")[1:]}


def armar(mesa: Mesa, estado: str, *, status: str = "1") -> Orders:
    """An order of two lines in this state, the first one at another price than the system's."""
    clase, *partes = estado.split(" · ")
    assert set(partes) <= PARTES, estado
    otro = crear_articulo("Harina 000")
    pedido = mesa.pedido(
        status=STATUS.get(clase, status),
        stock_returned="stock devuelto" in partes,
        pasado_por_caja_en=timezone.now() if "por caja" in partes else None,
        lineas=[(mesa.articulo, 2, 9_000), (otro, 1, 3_000)],
    )
    pedido.detalles.filter(artobj_id=mesa.articulo.pk).update(precio_sistema=10_000)
    if clase == "anulado":
        Orders.objects.filter(pk=pedido.pk).update(**_anulado())
    if clase == "sin líneas":
        pedido.detalles.update(**_anulado())
    pedido.refresh_from_db()
    return pedido


def _anulado() -> dict[str, Any]:
    return {
        "anulado_040": True,
        "anulado_040_fecha": timezone.now(),
        "anulado_040_por_gecos": "Ana",
    }


def por_rest(
    navegador: Client, pedido: Orders, hecho: str, linea: int | None = None
) -> tuple[int, str]:
    """Do it over REST: (status, the refusal's code or "")."""
    ultima, cuerpo = _pedido(pedido, hecho, linea)
    respuesta = navegador.post(
        f"/api/pedidos/{pedido.pedido_numero}/{ultima}/",
        json.dumps(cuerpo),
        content_type="application/json",
    )
    datos = respuesta.json()
    if respuesta.status_code != 200:
        assert set(datos) == {"detail", "codigo"}, datos
        assert datos["detail"] == frases()[datos["codigo"]]
    return respuesta.status_code, datos.get("codigo", "")


def por_pagina(
    navegador: Client, pedido: Orders, hecho: str, linea: int | None = None
) -> tuple[int, str]:
    """Do it from the order's page: (status, the code whose sentence it says, or "")."""
    ultima, cuerpo = _pedido(pedido, hecho, linea)
    respuesta = navegador.post(f"/pedidos/{pedido.pedido_numero}/{ultima}/", cuerpo, headers=HX)
    html = respuesta.content.decode()
    dichas = [codigo for codigo, frase in frases().items() if f"<span>{frase}" in html]
    return respuesta.status_code, "/".join(dichas)


def ofrece(navegador: Client, pedido: Orders, hecho: str) -> bool:
    """Whether the order's page has a form for it."""
    ultima, cuerpo = HECHOS[hecho]
    pagina = navegador.get(f"/pedidos/{pedido.pedido_numero}/", headers=HX)
    html = pagina.content.decode()
    forma_de = re.compile(rf'<form method="post" action="[^"]*/{ultima}/".*?</form>', re.DOTALL)
    formas = forma_de.findall(html)
    if hecho == "anular línea":
        return any(_de_linea(pedido, forma) for forma in formas)
    decision = cuerpo.get("decision")
    return any(not decision or f'name="decision" value="{decision}"' in forma for forma in formas)


def _de_linea(pedido: Orders, forma: str) -> bool:
    lineas = pedido.detalles.values_list("pk", flat=True)
    return any(f'<option value="{pk}"' in forma for pk in lineas)


def _pedido(pedido: Orders, hecho: str, linea: int | None) -> tuple[str, dict[str, Any]]:
    """Where it is asked and what is sent; of a line, its first one unless told."""
    ultima, cuerpo = HECHOS[hecho]
    if hecho == "anular línea":
        cuerpo = cuerpo | {"detalle": linea or pedido.detalles.order_by("pk")[0].pk}
    return ultima, cuerpo


def como_esta(pedido: Orders) -> list[Any]:
    """Everything that a deed could change of it, and how many were told."""
    campos = ("status", "stock_returned", "pasado_por_caja_en", "anulado_040", "anulado_040_motivo")
    lineas = pedido.detalles.order_by("pk").values_list("anulado_040", "precio_unitario", "iva_10")
    pedidos = Orders.objects.filter(pk=pedido.pk).values_list(*campos)
    return [*pedidos, *lineas, pedido.historia.count()]


def hecha(pedido: Orders, hecho: str) -> bool:
    """Whether what the deed does is what the order shows now."""
    ahora = Orders.objects.get(pk=pedido.pk)
    primera = ahora.detalles.order_by("pk")[0]
    return {
        "anular": ahora.anulado_040,
        "anular línea": primera.anulado_040 and not ahora.anulado_040,
        "aceptar precio": ahora.status == "1" and primera.precio_unitario == 9_000,
        "corregir precio": ahora.status == "1" and primera.precio_unitario == 10_000,
        "cancelar": ahora.status == "8",
        "devolver stock": ahora.stock_returned,
        "pasar por caja": ahora.pasado_por_caja_en is not None,
    }[hecho]


def sorpresas_rest(mesa: Mesa, casilla: Casilla, navegador: Client) -> list[str]:
    """What REST does that the cell does not say."""
    return _sorpresas(por_rest, 409, navegador, armar(mesa, casilla.estado), casilla)


def sorpresas_pagina(mesa: Mesa, casilla: Casilla, navegador: Client) -> list[str]:
    """What the order's page offers, or does, that the cell does not say."""
    pedido = armar(mesa, casilla.estado)
    ofrecido = ofrece(navegador, pedido, casilla.hecho)
    sorpresas = _sorpresas(por_pagina, 422, navegador, pedido, casilla)
    if ofrecido != (casilla.dice == "sí"):
        sorpresas.append("offered" if ofrecido else "not offered")
    return sorpresas


def _sorpresas(
    hacer: Via, negado: int, navegador: Client, pedido: Orders, casilla: Casilla
) -> list[str]:
    antes = como_esta(pedido)
    esperado = (200, "") if casilla.se_hace else (negado, casilla.dice)
    dado = hacer(navegador, pedido, casilla.hecho)
    sorpresas = [] if dado == esperado else [f"{dado} instead of {esperado}"]
    if casilla.se_hace and not hecha(pedido, casilla.hecho):
        sorpresas.append("not done")
    if not casilla.se_hace and como_esta(pedido) != antes:
        sorpresas.append("changed")
    return sorpresas
