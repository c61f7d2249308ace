"""docs/no-completados.md, run: its table of rules against `decidir`, its codes, its addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

from realtime.rules import Accion, Caso, Decision, Tipo, decidir
from sales.models import EstadoPedido

TEXTO = (Path(settings.BASE_DIR) / "docs" / "no-completados.md").read_text(encoding="utf-8")
STATUS = ("4", "9", "14", "77")
SI = {True: "yes", False: "no"}
# What a row shows, and whether its card saw another status.
TARJETAS = {
    "none": (None, False),
    "encuesta": (Tipo.ENCUESTA, False),
    "conciliacion, the same status": (Tipo.CONCILIACION, False),
    "conciliacion, another status": (Tipo.CONCILIACION, True),
}
Hechos = tuple[str, ...]


def tabla(titulo: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    seccion = TEXTO.split(f"## {titulo}\n", 1)[1].split("\n## ", 1)[0]
    filas = [linea for linea in seccion.splitlines() if linea.startswith("|")]
    return [[celda.strip() for celda in fila.strip("|").split("|")] for fila in filas[2:]]


def casos() -> Iterator[tuple[Hechos, Caso]]:
    """Every combination, in the table's words and as the rules take it."""
    for creado, respondido, status, tarjeta, pedido, devuelto, caja in product(
        (True, False), (True, False), STATUS, TARJETAS, ("8", "1"), (True, False), (True, False)
    ):
        tipo, otro = TARJETAS[tarjeta]
        dichos = (
            "created" if creado else "updated",
            SI[respondido],
            status,
            tarjeta,
            pedido,
            SI[devuelto],
            SI[caja],
        )
        visto = None if tipo is None else ("otro" if otro else status)
        yield (
            dichos,
            Caso(creado, respondido, status, pedido, devuelto, caja, tipo, visto),
        )


def vale(celda: str, dicho: str) -> bool:
    """Whether a cell of the table is about what happened."""
    if celda == "any" or celda == dicho:
        return True
    if celda.startswith("not "):
        return dicho not in celda.removeprefix("not ").split(", ")
    return celda[0].isdigit() and dicho in celda.split(", ")


def decision(celdas: list[str]) -> Decision:
    """The last three cells as the rules say it."""
    dicho, regla, genera = celdas
    if dicho == "nothing":
        return Decision(Accion.NADA)
    if dicho == "remove":
        return Decision(Accion.RETIRAR, regla)
    tipo = Tipo(dicho.removeprefix("show "))
    return Decision(Accion.MOSTRAR, regla, tipo, generar=genera == "4")


@pytest.mark.parametrize(
    ("hechos", "caso"), list(casos()), ids=[" ".join(dichos) for dichos, _ in casos()]
)
def test_one_line_of_the_table_holds_and_says_what_is_decided(hechos: Hechos, caso: Caso) -> None:
    validas = [
        fila
        for fila in tabla("The rules")
        if all(vale(celda, dicho) for celda, dicho in zip(fila[:7], hechos, strict=True))
    ]
    assert [decision(fila[7:]) for fila in validas] == [decidir(caso)]


def test_the_codes_are_the_orders() -> None:
    codigos = {codigo: nombre for codigo, _, nombre in tabla("Codes")}
    assert codigos == {codigo: str(nombre) for codigo, nombre in EstadoPedido.choices}


def test_its_addresses_exist() -> None:
    rutas = set(re.findall(r"http://127\.0\.0\.1:8000(/[^\s\"?]*)", TEXTO))
    assert "/api/no-completados/" in rutas
    for ruta in rutas | {"/no-completados/", "/no-completados/pedido/<n>/"}:
        resolve(re.sub(r"\$\w+|<n>", "1", ruta))
