"""A company's country, from its currency or its clock. Pure: no Django."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

# Of currencies that are one country's.
DE_LA_MONEDA: Final = {"PYG": "PY", "PEN": "PE"}


def pais_de(moneda: str, zona_horaria: str) -> str:
    """The ISO 3166 code of the country; empty where neither tells it."""
    return DE_LA_MONEDA.get(moneda) or _paises_por_zona().get(zona_horaria, "")


@cache
def _paises_por_zona() -> dict[str, str]:
    """Time zone → country, as the installed package `tzdata` has them."""
    tabla = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    filas = (linea.split("\t") for linea in tabla.splitlines() if not linea.startswith("#"))
    return {zona: pais for pais, _lugar, zona, *_nota in filas}
