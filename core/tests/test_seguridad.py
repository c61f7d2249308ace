"""docs/seguridad.md is true to the letter: every item once, every test it names is there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from django.conf import settings

PAGINA = (Path(settings.BASE_DIR) / "docs/seguridad.md").read_text(encoding="utf-8")
FILA = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+) \| (.+) \|$", re.MULTILINE)
PRUEBA = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
# Section → how many items of levels 1 and 2 it has in version 5.0 of the standard.
CUANTOS = {
    parte: int(total)
    for parte, total in re.findall(
        r"(\S+):(\d+)",
        "2.1:3 2.2:3 2.3:4 2.4:1 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4"
        " 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4",
    )
}


def test_every_item_has_one_row_with_its_how_and_its_test_or_reason() -> None:
    esperadas = [f"{parte}.{n}" for parte, total in CUANTOS.items() for n in range(1, total + 1)]
    filas = Counter(numero for numero, _como, _prueba in FILA.findall(PAGINA))
    assert filas == Counter(esperadas)


def test_every_test_it_names_is_there() -> None:
    nombradas = [
        par for _n, _como, prueba in FILA.findall(PAGINA) for par in PRUEBA.findall(prueba)
    ]
    assert nombradas
    faltan = [f"{donde}::{cual}" for donde, cual in nombradas if not esta(donde, cual)]
    assert faltan == []


def esta(archivo: str, nombre: str) -> bool:
    """Whether the file is there and, when a test is named, defines it."""
    ruta = Path(settings.BASE_DIR) / archivo
    if not ruta.is_file():
        return False
    return not nombre or f"def {nombre}(" in ruta.read_text(encoding="utf-8")
