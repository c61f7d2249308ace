"""Amounts and quantities as people write them: one reading, in Python and in the browser alike."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.tests.node import ruta_node
from core.texto.cifras import CifraIlegible, leer_cantidad
from core.texto.frases_de_cifra import frase_de_cifra
from core.texto.limpieza import limpiar
from gestion_precios.moneda import ESCRITOS, cifra, decimales, leer_importe

GUION = Path(__file__).with_name("cifras.mjs")
VECTORES = Path(settings.BASE_DIR) / "static" / "js" / "tests" / "vectores" / "cifras.json"
CASOS: list[dict[str, Any]] = json.loads(VECTORES.read_text("utf-8"))
# What hands, scanners and spreadsheets put between digits.
SIGNOS = ("", "", "", ".", ",", " ", "\u00a0", "\u202f", "-", "e", "\u200b", "\u202d", "'", "\t")
ALREDEDOR = ("", "", " ", "Gs. ", "gs", "₲", "S/ ", "S/.", "US$", "$", ".-", ",-", "-", "−", "x")
GRUPOS = ("5", "12", "250", "000", "500", "1234", "0")
SEMILLA = 11


def leido(texto: str, moneda: str | None) -> dict[str, Any]:
    """What Python reads, in the shape in which the browser's script tells it."""
    de_la_moneda = decimales(moneda) if moneda else 0
    try:
        if moneda is None:
            vale = Decimal(leer_cantidad(texto, minima=1, maxima=1_000_000))
        else:
            vale = leer_importe(texto, moneda)
    except CifraIlegible as error:
        frase = "" if error.motivo == "rango" else frase_de_cifra(texto, error, de_la_moneda)
        motivo = {"motivo": error.motivo, "lecturas": list(error.lecturas), "frase": frase}
        return {"limpio": limpiar(texto)} | motivo
    return {"limpio": limpiar(texto), "vale": f"{vale.normalize():f}"}


def vecinos() -> Iterator[tuple[str, str | None]]:
    """Numbers as somebody may write them, good and bad, of each currency and of none."""
    azar = random.Random(SEMILLA)
    for moneda in (*ESCRITOS, None):
        for _ in range(500):
            grupos = azar.choices(GRUPOS, k=azar.randint(1, 4))
            numero = "".join(g + azar.choice(SIGNOS) for g in grupos)
            yield azar.choice(ALREDEDOR) + numero + azar.choice(ALREDEDOR), moneda
        for _ in range(100):
            monto = Decimal(azar.randint(1, 10**8)).scaleb(-decimales(moneda or "PYG"))
            yield cifra(monto, moneda or "PYG"), moneda


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: f"{c['texto']!r}-{c.get('moneda')}")
def test_each_vector(caso: dict[str, Any]) -> None:
    hallado = leido(caso["texto"], caso.get("moneda"))
    if "vale" in caso:
        assert hallado.get("vale") == f"{Decimal(caso['vale']).normalize():f}"
    else:
        assert (hallado["motivo"], hallado["lecturas"]) == (
            caso["motivo"],
            caso.get("lecturas", []),
        )


def test_the_browser_reads_the_same_and_says_the_same() -> None:
    preguntas = [(c["texto"], c.get("moneda")) for c in CASOS] + list(vecinos())
    assert len(preguntas) >= 2_500
    entrada = "".join(json.dumps(pregunta) + "\n" for pregunta in preguntas)
    hecho = subprocess.run(
        [ruta_node(), GUION], input=entrada, capture_output=True, text=True, check=True
    )
    respuestas = [json.loads(linea) for linea in hecho.stdout.splitlines()]
    distintas = [
        (pregunta, respuesta, leido(*pregunta))
        for pregunta, respuesta in zip(preguntas, respuestas, strict=True)
        if respuesta != leido(*pregunta)
    ]
    assert distintas == []
    # Neither all of them read nor all refused.
    motivos = {respuesta.get("motivo") for respuesta in respuestas}
    assert motivos == {None, "vacio", "numero", "ambiguo", "decimales", "moneda", "rango"}


@pytest.mark.parametrize("moneda", ESCRITOS)
def test_what_is_shown_is_read_back(moneda: str) -> None:
    azar = random.Random(SEMILLA)
    for _ in range(200):
        monto = Decimal(azar.randint(0, 10**11)).scaleb(-decimales(moneda))
        assert leer_importe(cifra(monto, moneda), moneda) == monto


def filas_del_documento() -> list[tuple[str, str, str]]:
    """Each text of the table of amounts in docs/lectura.md, and what it says of it."""
    texto = (Path(settings.BASE_DIR) / "docs" / "lectura.md").read_text("utf-8")
    tabla = texto.partition("## Amounts")[2].partition("\n- ")[0]
    filas = [linea.strip("| \n").split(" | ") for linea in tabla.splitlines() if "| `" in linea]
    return [(t, pyg, pen) for escritos, pyg, pen in filas for t in re.findall("`(.+?)`", escritos)]


@pytest.mark.parametrize("columna", [("PYG", 1), ("PEN", 2)], ids=lambda c: c[0])
@pytest.mark.parametrize("fila", filas_del_documento(), ids=lambda f: f[0])
def test_the_page_says_what_is_read(fila: tuple[str, str, str], columna: tuple[str, int]) -> None:
    moneda, cual = columna
    hallado = leido(fila[0], moneda)
    lecturas = " or ".join(hallado.get("lecturas", []))
    motivo = f"refused: `{hallado.get('motivo')}`" + (f", {lecturas}" if lecturas else "")
    assert hallado.get("vale", motivo) == fila[cual]
