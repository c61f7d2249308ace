"""What an order may hold, and how slowly it may come: static/js/comun/limites.js, for Python."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

TABLA = Path(__file__).resolve().parent.parent / "static" / "js" / "comun" / "limites.js"
_OBJETO = re.compile(r"^export const LIMITES = (\{.*?^\});$", re.MULTILINE | re.DOTALL)


class LimitesIlegibles(ValueError):
    """The table is not what both languages read."""


def leer_tabla(texto: str) -> dict[str, int]:
    """The limits of the module's text: names and whole numbers above 0; LimitesIlegibles."""
    hallado = _OBJETO.search(texto)
    try:
        limites = json.loads(hallado[1]) if hallado else None
    except json.JSONDecodeError as error:
        raise LimitesIlegibles(f"{TABLA.name}: {error}") from error
    if not limites or any(type(valor) is not int or valor < 1 for valor in limites.values()):
        raise LimitesIlegibles(f"{TABLA.name}: expected names and whole numbers above 0")
    return dict(limites)


@cache
def _tabla() -> dict[str, int]:
    return leer_tabla(TABLA.read_text(encoding="utf-8"))


LIMITES = _tabla()
