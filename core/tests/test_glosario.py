"""Words that had several meanings name one thing, where the glossary says (docs/glosario.md)."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

RAIZ = Path(settings.BASE_DIR)
GLOSARIO = RAIZ / "docs" / "glosario.md"
APARTADO = "## Una palabra, un asunto"
CARPETAS = ("core", "gestion_precios", "sales", "realtime", "taller", "static/js")
TERMINACIONES = {".py", ".js", ".mjs", ".ts"}
SIN_TILDES = str.maketrans("áéíóú", "aeiou")
TEXTOS_DE_JS = re.compile(
    r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)


def tabla(texto: str) -> dict[str, tuple[str, ...]]:
    """Where each word of the glossary's table may be said; nowhere: an empty tuple."""
    apartado = texto.partition(APARTADO)[2].partition("\n## ")[0]
    filas = [linea.strip("| ").split(" | ") for linea in apartado.splitlines() if "|" in linea]
    return {
        palabra.strip().translate(SIN_TILDES): tuple(re.findall("`([^`]+)`", donde))
        for palabras, _que, donde in filas[2:]
        for palabra in palabras.split(",")
    }


@cache
def dichos() -> list[tuple[str, str]]:
    """Every module of the product and its tests, with each name that it says; no migrations."""
    archivos = (archivo for carpeta in CARPETAS for archivo in (RAIZ / carpeta).rglob("*"))
    return sorted(
        (archivo.relative_to(RAIZ).as_posix(), nombre)
        for archivo in archivos
        if archivo.suffix in TERMINACIONES and "migrations" not in archivo.parts
        for nombre in nombres(archivo)
    )


def nombres(archivo: Path) -> set[str]:
    """The identifiers of a module, and its own name; no texts, no comments."""
    texto = archivo.read_text(encoding="utf-8")
    if archivo.suffix == ".py":
        piezas = tokenize.generate_tokens(io.StringIO(texto).readline)
        dichos = {pieza.string for pieza in piezas if pieza.type == tokenize.NAME}
    else:
        dichos = set(re.findall(r"[^\W\d][\w$]*", TEXTOS_DE_JS.sub(" ", texto)))
    return {*dichos, archivo.stem}


def palabras(nombre: str) -> Iterator[str]:
    """The words of an identifier, in lower case, in the singular; a code in capitals has none."""
    if nombre.isupper():
        return
    for trozo in re.findall(r"[A-Z]?[a-z]+", nombre):
        palabra = trozo.lower()
        yield palabra
        yield palabra.removesuffix("s")
        yield palabra.removesuffix("es")


def fuera_de_lugar(
    permitido: dict[str, tuple[str, ...]], pares: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """The (module, identifier) pairs that say a word where the table does not have it."""
    return {
        (modulo, nombre)
        for modulo, nombre in pares
        for palabra in palabras(nombre)
        if palabra in permitido and not esta_en(modulo, permitido[palabra])
    }


def esta_en(modulo: str, lugares: tuple[str, ...]) -> bool:
    return any(modulo == lugar or modulo.startswith(f"{lugar}/") for lugar in lugares)


def test_each_word_is_said_where_the_glossary_says() -> None:
    permitido = tabla(GLOSARIO.read_text(encoding="utf-8"))
    assert len(permitido) >= 20
    assert sorted(fuera_de_lugar(permitido, dichos())) == []


def test_each_place_of_the_table_is_there_and_says_the_word() -> None:
    permitido = tabla(GLOSARIO.read_text(encoding="utf-8"))
    donde = {
        (palabra, lugar)
        for modulo, nombre in dichos()
        for palabra in palabras(nombre)
        for lugar in permitido.get(palabra, ())
        if esta_en(modulo, (lugar,))
    }
    lugares = {(palabra, lugar) for palabra, suyos in permitido.items() for lugar in suyos}
    assert sorted(lugares - donde) == []


@pytest.mark.parametrize(
    ("modulo", "nombre", "mal"),
    [
        ("static/js/mesa/vista.js", "fichasDe", False),
        ("static/js/motor/motor.js", "fichaDeMotor", True),
        ("sales/lotes/ingesta.py", "fichas", True),
        ("sales/lotes/ingesta.py", "MARCA", False),
        ("static/js/mesa_nueva/x.js", "ficha", True),
        ("sales/lotes/ingesta.py", "Veredicto", True),
        ("sales/lotes/ingesta.py", "las_tarifas", True),
        ("sales/lotes/ingesta.py", "comarca", False),
    ],
)
def test_a_word_out_of_its_place_is_seen(modulo: str, nombre: str, mal: bool) -> None:
    permitido = {"ficha": ("static/js/mesa",), "marca": (), "veredicto": (), "tarifa": ()}
    hallados = fuera_de_lugar(permitido, [(modulo, nombre)])
    assert hallados == ({(modulo, nombre)} if mal else set())
