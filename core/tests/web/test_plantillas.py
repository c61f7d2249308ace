"""The rules of docs/interfaz.md, executed over every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.backends.django import get_installed_libraries
from django.template.base import Lexer
from django.template.library import import_library
from django.template.loader import get_template

from core.tests.web.plantillas import leer, nombre, parciales, plantillas, texto

LINEAS_DE_UN_FRAGMENTO = 60
# They hold the document itself, or are somebody else's page.
NO_EXTIENDEN = {
    "base.html": "the page",
    "base_suelta.html": "the page that needs nothing",
    "api/documentos.html": "Swagger's page",
}
# Attributes that run script or set style: the CSP would refuse them in silence.
PROHIBIDO = re.compile(r"^(on[a-z]+|hx-on.*|style|srcdoc)$")
EXTENDS = re.compile(r"\{%\s*extends\b")
LOAD = re.compile(r"\{%\s*load\s+(.+?)\s*%\}")

todas = pytest.mark.parametrize("plantilla", plantillas(), ids=nombre)
fragmentos = pytest.mark.parametrize("plantilla", parciales(), ids=nombre)


@todas
def test_compiles(plantilla: Path) -> None:
    get_template(nombre(plantilla))


@todas
def test_no_inline_script_style_or_handler(plantilla: Path) -> None:
    lector = leer(plantilla)
    malos = [
        (etiqueta, atributo)
        for etiqueta, atributos in lector.elementos
        for atributo in atributos
        if PROHIBIDO.match(atributo)
    ]
    assert malos == []
    assert [e for e, _ in lector.elementos if e == "style"] == []


@todas
def test_scripts_have_a_source_or_are_data(plantilla: Path) -> None:
    lector = leer(plantilla)
    sueltos = [
        atributos
        for etiqueta, atributos in lector.elementos
        if etiqueta == "script"
        and not atributos.get("src")
        and atributos.get("type") != "application/json"
    ]
    assert sueltos == []
    assert lector.guiones == []


@todas
def test_nothing_comes_from_another_host(plantilla: Path) -> None:
    ajenos = [
        valor
        for _etiqueta, atributos in leer(plantilla).elementos
        for atributo in ("src", "href", "action", "data")
        if re.match(r"(https?:)?//", valor := atributos.get(atributo) or "")
    ]
    assert ajenos == []


@todas
def test_htmx_evaluates_nothing(plantilla: Path) -> None:
    for _etiqueta, atributos in leer(plantilla).elementos:
        for atributo in ("hx-vals", "hx-headers", "hx-vars"):
            assert not (atributos.get(atributo) or "").lstrip().startswith(("js:", "javascript:"))
        # allowEval off makes a filter always true: the request would be sent anyway.
        assert "[" not in (atributos.get("hx-trigger") or "")


@todas
def test_pages_extend_base(plantilla: Path) -> None:
    es_trozo = plantilla.name.startswith("_") or plantilla in parciales()
    if nombre(plantilla) in NO_EXTIENDEN or es_trozo:
        assert not EXTENDS.search(texto(plantilla))
    else:
        assert texto(plantilla).startswith("{% extends ")


@fragmentos
def test_fragments_are_short(plantilla: Path) -> None:
    assert len(plantilla.read_text(encoding="utf-8").splitlines()) <= LINEAS_DE_UN_FRAGMENTO


@fragmentos
def test_fragments_have_one_root_named_as_the_file(plantilla: Path) -> None:
    lector = leer(plantilla)
    assert len(lector.raices) == 1
    identidad = lector.raices[0][1].get("id") or ""
    assert identidad.split("-")[0] == plantilla.stem
    assert [e for e, _ in lector.elementos if e == "script"] == []


@todas
def test_every_load_is_used(plantilla: Path) -> None:
    assert _sin_uso(texto(plantilla)) == []


@todas
def test_every_image_has_a_text(plantilla: Path) -> None:
    assert [a for e, a in leer(plantilla).elementos if e == "img" and "alt" not in a] == []


def test_an_unused_load_is_seen() -> None:
    assert _sin_uso('{% load i18n iconos %}{% icono "x" %}') == ["i18n"]


def _sin_uso(fuente: str) -> list[str]:
    bibliotecas = get_installed_libraries()
    palabras, filtros = _usados(fuente)
    sin_uso = []
    for carga in LOAD.findall(fuente):
        for nombre_biblioteca in carga.split(" from ")[-1].split():
            biblioteca = import_library(bibliotecas[nombre_biblioteca])
            if not (biblioteca.tags.keys() & palabras or biblioteca.filters.keys() & filtros):
                sin_uso.append(nombre_biblioteca)
    return sin_uso


def _usados(fuente: str) -> tuple[set[str], set[str]]:
    """The tags and the filters (plus tag arguments such as `_()`) a source uses."""
    trozos = [t.contents for t in Lexer(fuente).tokenize() if t.token_type.name in ("VAR", "BLOCK")]
    etiquetas = {t.split()[0] for t in trozos if t}
    filtros = {f for t in trozos for f in re.findall(r"\|\s*(\w+)", t)}
    return etiquetas, filtros
