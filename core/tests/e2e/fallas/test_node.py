"""What JavaScript's own lz-string writes, we save exactly; what we write, it inflates."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from core.tests.e2e.fallas.test_fallas import guardado
from core.tests.e2e.mesa import ALIAS, ESPERA, Mesa
from core.tests.e2e.navegante import Navegante
from core.tests.node import ruta_node
from sales.models import Orders

TEXTO = "Ñandutí «mañana» 🧉👩🏽‍🌾 \"con comillas\" \\ y 'simples' — 50 % / ñ"
INFLAR = """
import { readFileSync } from "node:fs";
import LZString from "lz-string";
process.stdout.write(LZString.decompressFromBase64(readFileSync(0, "utf8")));
"""


def _node(*argumentos: str, entrada: str) -> str:
    hecho = subprocess.run(
        [ruta_node(), *argumentos],
        cwd=settings.BASE_DIR,
        input=entrada,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return hecho.stdout


@pytest.mark.parametrize("codificacion", ["base64", "utf16", "uri"])
def test_a_lote_built_by_node_is_saved_exactly(mesa_real: Mesa, codificacion: str) -> None:
    navegante = Navegante(mesa_real).entrar()
    lineas = navegante.pedidos(3, 4)
    pedidos = {c: {"observacion": TEXTO, "detalles": d} for c, d in lineas.items()}
    entrada = json.dumps({"pedidos": pedidos, "codificacion": codificacion})
    comprimido = json.loads(_node("core/tests/e2e/enviar.mjs", entrada=entrada))
    lote = str(uuid4())
    sobre: dict[str, Any] = {"lote": lote, "pedidos": comprimido, "codificacion": codificacion}
    assert navegante.enviar(sobre).estado == 202
    assert navegante.esperar_final(lote)["estado"] == "COMPLETO"
    assert guardado(lote) == navegante.lineas_esperadas(lineas)
    observaciones = Orders.objects.using(ALIAS).filter(loteobj_id=UUID(lote))
    assert list(observaciones.values_list("observacion", flat=True)) == [TEXTO] * 3


def test_every_section_inflates_in_node_to_the_same_json(mesa_real: Mesa) -> None:
    navegante = Navegante(mesa_real).entrar()
    secciones = navegante.pedir("/api/datos-venta/").cuerpo["secciones"]
    for nombre, seccion in secciones.items():
        peticion = urllib.request.Request(
            mesa_real.url + seccion["url"],
            headers={"Authorization": f"Token {navegante._token}"},
        )
        with urllib.request.urlopen(peticion, timeout=ESPERA) as respuesta:
            comprimida = respuesta.read().decode("ascii")
        inflada = _node("--input-type=module", "-e", INFLAR, entrada=comprimida)
        assert json.loads(inflada) == {nombre: navegante.gart[nombre]}
