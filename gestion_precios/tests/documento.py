"""docs/precios.md as data: its tables are what the tests run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.conf import settings

from gestion_precios.moneda import decimales
from gestion_precios.motor.reglas import (
    MICROS,
    Carrito,
    Precio,
    Regla,
    Reglamento,
    Renglon,
    armar_carrito,
    precio_de,
)

Fila = dict[str, str]
DOCUMENTO = Path(settings.BASE_DIR) / "docs" / "precios.md"
COMBO = "combo "


def tablas(titulo: str) -> list[list[Fila]]:
    """The tables under a heading, each a list of rows by column."""
    return [_tabla(lineas) for tabla, lineas in _parrafos(titulo) if tabla]


def _parrafos(titulo: str) -> Iterator[tuple[bool, list[str]]]:
    texto = DOCUMENTO.read_text(encoding="utf-8")
    seccion = re.split(r"^#+ ", texto, flags=re.MULTILINE)
    suya = next(parte for parte in seccion if parte.startswith(f"{titulo}\n"))
    for tabla, lineas in groupby(suya.splitlines(), key=lambda linea: linea.startswith("|")):
        yield tabla, list(lineas)


def _tabla(lineas: list[str]) -> list[Fila]:
    cabeza, _raya, *filas = ([c.strip(" `") for c in x.strip("|").split(" |")] for x in lineas)
    return [dict(zip(cabeza, fila, strict=True)) for fila in filas]


def micros(texto: str) -> int:
    """An amount or a count of the document, as the engine has it."""
    return int(Decimal(texto) * MICROS)


@dataclass(frozen=True)
class Ejemplo:
    """A worked example: its list compiled, its articles by name, its questions."""

    moneda: str
    reglamento: Reglamento
    ids: dict[str, int]
    precios: list[Fila]
    trazas: list[Fila]

    @property
    def nombres(self) -> dict[int, str]:
        """The articles' names by id."""
        return {articulo: nombre for nombre, articulo in self.ids.items()}

    def precio(self, fila: Fila, *, explicar: bool = False) -> tuple[Precio, int]:
        """What the engine answers to a row, and how many units it asks about."""
        carrito = self.carrito(fila)
        if fila["order"] != "–":
            carrito = Carrito(carrito.unidades, carrito.presentes, micros(fila["order"]))
        articulo = self.ids[fila["article"]]
        renglon = self.reglamento.renglones[articulo]
        precio = precio_de(self.reglamento, renglon, carrito, explicar=explicar)
        return precio, carrito.unidades[articulo]

    def carrito(self, fila: Fila) -> Carrito:
        """The row's cart, as the engine has it."""
        lineas = [self._linea(parte) for parte in fila["cart"].split(", ")]
        return armar_carrito(self.reglamento, lineas)

    def _linea(self, texto: str) -> tuple[int, int]:
        cantidad, nombre = texto.split(" ", 1)
        return self.ids[nombre], int(cantidad)


def ejemplo(titulo: str, moneda: str) -> Ejemplo:
    """The worked example under a heading: articles, rules, prices and, maybe, traces."""
    articulos, reglas, precios, *trazas = tablas(titulo)
    ids = {fila["article"]: int(fila["id"]) for fila in articulos}
    clases = sorted({fila[que] for fila in articulos for que in ("group", "line")})
    renglones = {
        ids[fila["article"]]: Renglon(
            ids[fila["article"]],
            micros(fila["base"]),
            micros(fila["cost"]),
            _clase(fila["group"], clases),
            _clase(fila["line"], clases),
        )
        for fila in articulos
    }
    compiladas = [_regla(fila, ids, clases) for fila in reglas]
    return Ejemplo(
        moneda,
        Reglamento(titulo, decimales(moneda), renglones, compiladas),
        ids,
        precios,
        trazas[0] if trazas else [],
    )


def _clase(nombre: str, clases: list[str]) -> int | None:
    return None if nombre == "–" else clases.index(nombre) + 1


def _regla(fila: Fila, ids: dict[str, int], clases: list[str]) -> Regla:
    """A rule from `takes off`, `when` and `for` as the document words them."""
    por_monto, porcentaje = " in the order" in fila["when"], "%" in fila["takes off"]
    cuanto = re.sub(r" (%|a unit)$", "", fila["takes off"])
    umbral = re.match(r"from ([\d.]+)", fila["when"])
    articulo = grupo = linea = combo = None
    for parte in fila["for"].split(" and "):
        if parte.startswith("group "):
            grupo = _clase(parte.removeprefix("group "), clases)
        elif parte.startswith("line "):
            linea = _clase(parte.removeprefix("line "), clases)
        elif parte.startswith(COMBO):
            combo = frozenset(ids[nombre] for nombre in parte.removeprefix(COMBO).split(" + "))
        elif parte != "everything":
            articulo = ids[parte]
    return Regla(
        id=int(fila["id"]),
        nombre=fila["rule"],
        prioridad=int(fila["priority"]),
        es_porcentaje=porcentaje,
        valor=int(Decimal(cuanto) * 100) if porcentaje else micros(cuanto),
        por_monto=por_monto,
        umbral=micros(umbral[1]) if umbral else 0,
        articulo_id=articulo,
        grupo_id=grupo,
        linea_id=linea,
        combo=combo,
        bajo_costo="below cost" in fila["besides"],
        activa="inactive" not in fila["besides"],
    )
