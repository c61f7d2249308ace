"""The house's rules, read from the code itself: who may import whom."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

from core.tests.fuentes import fuentes
from core.tests.salas.plano import JS, archivos, pasos, sala, todos_los_archivos
from core.tests.salas.reglas import de_mas, en_circulo, faltas, llenas
from core.tests.salas.salas import SALAS

RAIZ = Path(settings.BASE_DIR)
ORDEN = ("core", "gestion_precios", "sales", "realtime")
# Modules of rules and formulas: they must run, and be read, without Django.
PUROS = {
    "core.procesos.aparte",
    "core.procesos.aparte_hijo",
    "core.entrada.direcciones",
    "core.errores",
    "core.lz",
    "gestion_precios.motor.cotizador",
    "gestion_precios.planillas.lectura.planilla",
    "gestion_precios.moneda",
    "gestion_precios.paises",
    "gestion_precios.motor.faltantes",
    "gestion_precios.motor.respuestas",
    "gestion_precios.motor.pisos",
    "gestion_precios.motor.reglas",
    "realtime.rules",
    "sales.payload.recibos",
    "sales.precios.iva",
    "sales.payload",
    "sales.pedidos.tabla_de_estados",
    "sales.clientes.ruc",
    "sales.clientes.tributario",
    "sales.catalogo.secciones",
    "sales.precios.valoracion",
}
# How the modules above an app's models and topics are named, from left to right.
PISOS = (("tasks",), ("views", "paginas"), ("urls", "urls_paginas"))
# What Django and the shell begin with may reach any of them.
ENTRADAS = {"admin", "apps", "management", "signals"}


def _modulo(archivo: Path) -> str:
    partes = archivo.relative_to(RAIZ).with_suffix("").parts
    return ".".join(partes[:-1] if partes[-1] == "__init__" else partes)


@cache
def _modulos() -> dict[str, Path]:
    return {_modulo(archivo): archivo for archivo in fuentes()}


def _nombres(archivo: Path) -> set[str]:
    """Dotted names that the file imports, type-checking blocks included."""
    nombres: set[str] = set()
    for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            nombres |= {alias.name for alias in nodo.names}
        elif isinstance(nodo, ast.ImportFrom) and nodo.module and nodo.level == 0:
            nombres |= {f"{nodo.module}.{alias.name}" for alias in nodo.names}
    return nombres


@cache
def _propios() -> dict[str, frozenset[str]]:
    """module → the project's own modules that it imports."""
    conocidos = _modulos()

    def resolver(nombre: str) -> str | None:
        while nombre and nombre not in conocidos:
            nombre = nombre.rpartition(".")[0]
        return nombre or None

    return {
        modulo: frozenset(
            destino
            for nombre in _nombres(archivo)
            if (destino := resolver(nombre)) and destino != modulo
        )
        for modulo, archivo in conocidos.items()
    }


def _app(modulo: str) -> str:
    return modulo.partition(".")[0]


def test_imports_point_left_only() -> None:
    wrong = [
        f"{modulo} imports {destino}"
        for modulo, destinos in _propios().items()
        for destino in destinos
        if ORDEN.index(_app(destino)) > ORDEN.index(_app(modulo))
    ]
    assert wrong == []


def test_there_is_no_import_cycle() -> None:
    grafo = {
        # A package's __init__ that only gathers its parts is not a cycle with them.
        modulo: {d for d in destinos if not modulo.startswith(f"{d}.")}
        for modulo, destinos in _propios().items()
    }
    try:
        tuple(TopologicalSorter(grafo).static_order())
    except CycleError as ciclo:
        pytest.fail(f"import cycle: {' → '.join(ciclo.args[1])}")


@pytest.mark.parametrize("modulo", sorted(PUROS & set(_modulos())))
def test_pure_modules_do_not_know_django(modulo: str) -> None:
    pendientes, vistos, ajenos = {modulo}, set(), set()
    while pendientes:
        actual = pendientes.pop()
        vistos.add(actual)
        ajenos |= {nombre.partition(".")[0] for nombre in _nombres(_modulos()[actual])}
        pendientes |= _propios()[actual] - vistos
    assert not ajenos & {"django", "rest_framework", "celery", "redis"}


def _dentro(modulo: str) -> str:
    """The name of the module's room inside its app."""
    return modulo.partition(".")[2].partition(".")[0]


def _piso(modulo: str) -> int:
    pisos = (n for n, nombres in enumerate(PISOS, 1) if _dentro(modulo) in nombres)
    return next(pisos, 0)


def test_inside_an_app_nothing_imports_what_stands_above_it() -> None:
    wrong = [
        f"{modulo} imports {destino}"
        for modulo, destinos in _propios().items()
        if _dentro(modulo) not in ENTRADAS
        for destino in destinos
        if _app(modulo) == _app(destino) and _piso(modulo) < _piso(destino)
    ]
    assert wrong == []


def test_rooms_are_entered_by_their_doors_and_ask_whom_they_may() -> None:
    assert faltas(pasos(), SALAS) == []


def test_the_rooms_table_allows_nothing_that_nobody_does() -> None:
    assert de_mas(pasos(), SALAS) == []


def test_no_rooms_ask_each_other_in_a_circle() -> None:
    assert en_circulo(SALAS) == []


def test_every_room_is_in_the_table() -> None:
    salas = {sala(archivo) for archivo in archivos()}
    assert salas - {*ORDEN, JS} == set(SALAS)


def test_no_folder_has_more_modules_than_one_keeps_in_view() -> None:
    assert llenas(todos_los_archivos()) == {}


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "misc"}
    assert [m for m in _modulos() if m.rpartition(".")[2] in drawers] == []


def test_every_return_is_annotated() -> None:
    missing = [
        f"{modulo}.{nodo.name}"
        for modulo, archivo in _modulos().items()
        if "migrations" not in modulo
        for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef) and nodo.returns is None
    ]
    assert missing == []
