"""What the rooms' table (`salas.py`) allows, as sentences about each import that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from core.tests.salas.plano import Paso, casa, sala

MAXIMO_DE_MODULOS = 15


@dataclass(frozen=True)
class Sala:
    """A room: which other rooms of its app it asks, and by which of its modules it is entered."""

    usa: tuple[str, ...] = ()
    puertas: tuple[str, ...] = ()


def faltas(pasos: Iterable[Paso], salas: Mapping[str, Sala]) -> list[str]:
    """Each import that enters a room through the wall, or asks a room that it may not ask."""
    dichas = set()
    for paso in pasos:
        de, a = sala(paso.de), sala(paso.a)
        if de == a:
            continue
        if a in salas and _modulo(paso.a) not in salas[a].puertas:
            dichas.add(f"{paso.de} enters {a} through the wall: {_modulo(paso.a)} is no door of it")
        vecinas = de in salas and a in salas and casa(paso.de) == casa(paso.a)
        if vecinas and PurePosixPath(a).name not in salas[de].usa:
            dichas.add(f"{paso.de} asks {a}: {de} does not ask that room")
    return sorted(dichas)


def de_mas(pasos: Iterable[Paso], salas: Mapping[str, Sala]) -> list[str]:
    """What the table allows and nobody does: a door that is not used, a room that is not asked."""
    ajenos = [(sala(p.de), sala(p.a), _modulo(p.a), casa(p.de) == casa(p.a)) for p in pasos]
    puertas = {(a, modulo) for de, a, modulo, _ in ajenos if de != a}
    usos = {(de, PurePosixPath(a).name) for de, a, _, misma in ajenos if de != a and misma}
    sobran = [f"{s}: {p}" for s, v in salas.items() for p in v.puertas if (s, p) not in puertas]
    return sobran + [f"{s} → {u}" for s, v in salas.items() for u in v.usa if (s, u) not in usos]


def en_circulo(salas: Mapping[str, Sala]) -> list[str]:
    """Rooms that ask each other in a circle, in its order; none when there is no circle."""
    grafo = {s: {str(PurePosixPath(s).parent / u) for u in v.usa} for s, v in salas.items()}
    try:
        tuple(TopologicalSorter(grafo).static_order())
    except CycleError as circulo:
        return list(circulo.args[1])
    return []


def llenas(archivos: Iterable[str]) -> dict[str, int]:
    """Folders with more modules than a person keeps in view, and how many they have."""
    cuenta: dict[str, int] = {}
    for archivo in archivos:
        carpeta = str(PurePosixPath(archivo).parent)
        cuenta[carpeta] = cuenta.get(carpeta, 0) + 1
    return {carpeta: cuantos for carpeta, cuantos in cuenta.items() if cuantos > MAXIMO_DE_MODULOS}


def _modulo(archivo: str) -> str:
    """The module's name inside its room: `simulador/paginas`; a room's own `__init__` is itself."""
    dentro = PurePosixPath(archivo).relative_to(sala(archivo)).with_suffix("")
    return str(dentro.parent) if dentro.name == "__init__" else str(dentro)
