"""What the product's own code says, for tests that hold that only one place does something."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

APPS = ("core", "gestion_precios", "sales", "realtime")


def fuentes() -> list[Path]:
    """The product's modules; tests and benchmarks are none, wherever the checkout itself lies."""
    raiz = Path(settings.BASE_DIR)
    return [
        archivo
        for app in APPS
        for archivo in sorted((raiz / app).rglob("*.py"))
        if not {"tests", "benchmarks"} & set(archivo.relative_to(raiz).parts)
    ]


def quienes_dicen(patron: str) -> set[str]:
    """The modules in which the pattern is found."""
    return {
        str(archivo.relative_to(settings.BASE_DIR))
        for archivo in fuentes()
        if re.search(patron, archivo.read_text(encoding="utf-8"))
    }
