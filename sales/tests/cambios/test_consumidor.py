"""`docs/ejemplos/consumidor.py`, as a process, against a live server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer
from rest_framework.authtoken.models import Token

from sales.tests.mesa import Mesa, entrar
from sales.tests.pedidos.tabla import por_rest

CONSUMIDOR = Path(settings.BASE_DIR) / "docs/ejemplos/consumidor.py"


@pytest.mark.django_db(transaction=True)
def test_it_sees_each_change_once_whatever_interrupts_it(
    mesa: Mesa, live_server: LiveServer, tmp_path: Path
) -> None:
    token = Token.objects.create(user=mesa.supervisor).key
    cursor, hechos = tmp_path / "cursor.json", tmp_path / "hechos.jsonl"

    def correr() -> int:
        orden = [sys.executable, str(CONSUMIDOR), live_server.url, str(cursor), str(hechos)]
        entorno = os.environ | {"TOKEN": token}
        corrida = subprocess.run(
            orden, env=entorno, capture_output=True, text=True, timeout=60, check=True
        )
        return int(corrida.stdout)

    def vistos() -> list[Any]:
        lineas = [json.loads(linea) for linea in hechos.read_text().splitlines()]
        return [(hecho["pedido_numero"], hecho["tipo"]) for hecho in lineas]

    uno, otro = mesa.pedido(), mesa.pedido()
    assert (correr(), correr()) == (2, 0)
    # Killed after it applied a page and before it kept the cursor, in the middle of a line.
    cursor.unlink()
    with hechos.open("a", encoding="utf-8") as archivo:
        archivo.write('{"posicion": 3, "ti')
    assert por_rest(entrar(mesa.admin), uno, "cancelar") == (200, "")
    assert (correr(), correr()) == (1, 0)
    assert vistos() == [
        (uno.pedido_numero, "pedido.guardado"),
        (otro.pedido_numero, "pedido.guardado"),
        (uno.pedido_numero, "pedido.cancelado"),
    ]
