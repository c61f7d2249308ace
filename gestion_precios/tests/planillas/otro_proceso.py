"""Another process of the house: it obeys its standard input and answers on its standard output.

`python -m gestion_precios.tests.planillas.otro_proceso`: each line is a JSON list, a
command's name and its arguments; each answer is a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
django.setup()

# Only now are there models.
from gestion_precios.models import ReglaPrecio  # noqa: E402
from gestion_precios.services import PrecioService  # noqa: E402


def cotizar(empresa_id: int, articulo_id: int) -> str:
    """What one costs."""
    respuesta = PrecioService.calcular_precio_final(empresa_id, "TIENDA", articulo_id, 1)
    return str(respuesta["precio_final"])


def version(empresa_id: int, articulo_id: int) -> str:
    """The rulebook that a quote is made with."""
    respuesta = PrecioService.cotizar(empresa_id, "TIENDA", [(articulo_id, 1)])
    return str(respuesta["version"])


def guardar_regla(lista_id: int, valor: int) -> None:
    """A new rule for everything: so much per cent off."""
    ReglaPrecio.objects.create(
        lista_precio_id=lista_id,
        nombre_regla="De otro proceso",
        tipo_regla=ReglaPrecio.Tipo.PORCENTAJE,
        valor_regla=valor,
    )


def apagar_reglas() -> None:
    """Every rule, off, at once."""
    ReglaPrecio.objects.update(activa=False)


ORDENES: dict[str, Callable[..., Any]] = {
    orden.__name__: orden for orden in (apagar_reglas, cotizar, guardar_regla, version)
}

if __name__ == "__main__":
    for linea in sys.stdin:
        nombre, *argumentos = json.loads(linea)
        sys.stdout.write(json.dumps(ORDENES[nombre](*argumentos)) + "\n")
        sys.stdout.flush()
