"""The rooms of the code and who imports whom, read from the code itself.

A room is a folder of an app (`sales/lotes`) or of the browser's modules (`static/js/mesa`); what
stands beside the rooms in an app, its models included, is the app's own: `sales`, `static/js`.
"""

from __future__ import annotations

import ast
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from core.tests.fuentes import APPS, fuentes

RAIZ = Path(settings.BASE_DIR)
JS = "static/js"
# Folders that Django names, or that gather what Django asks for by name: no rooms.
DE_DJANGO = {"admin", "management", "migrations", "models", "templatetags"}
_NOMBRE = re.compile(rf"(?:{'|'.join(APPS)})(?:\.\w+)+")
_IMPORTA = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"'?]+\.js)""")
_COMENTARIO = re.compile(r"^\s*(//|/?\*).*$", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Paso:
    """One import: the file that imports and the file that is imported, from the project's root."""

    de: str
    a: str


def sala(archivo: str) -> str:
    """The room of a file: `sales/lotes/bandeja.py` → `sales/lotes`; `sales/tasks.py` → `sales`."""
    if archivo.startswith(f"{JS}/"):
        partes = archivo.removeprefix(f"{JS}/").split("/")
        return f"{JS}/{partes[0]}" if len(partes) > 1 else JS
    app, resto, *mas = archivo.split("/")
    return f"{app}/{resto}" if mas and resto not in DE_DJANGO else app


def casa(archivo: str) -> str:
    """The app of a file, or `static/js`."""
    return JS if archivo.startswith(f"{JS}/") else archivo.partition("/")[0]


def archivos() -> list[str]:
    """Every module of the product, tests and benchmarks left out."""
    propios = [archivo.relative_to(RAIZ).as_posix() for archivo in fuentes()]
    del_navegador = [
        archivo.relative_to(RAIZ).as_posix()
        for archivo in sorted((RAIZ / JS).rglob("*.js"))
        if "tests" not in archivo.parts
    ]
    return propios + del_navegador


def todos_los_archivos() -> list[str]:
    """Every module in the repository's own folders, tests and tools included."""
    return [
        archivo.relative_to(RAIZ).as_posix()
        for carpeta in (*APPS, "taller", JS)
        for archivo in sorted((RAIZ / carpeta).rglob("*"))
        if archivo.suffix in {".py", ".js", ".mjs"} and archivo.name != "__init__.py"
    ]


@cache
def pasos() -> frozenset[Paso]:
    """Every import of one of the product's modules by another; names in strings included."""
    return frozenset(
        Paso(archivo, destino)
        for archivo in archivos()
        for destino in (_de_js(archivo) if archivo.endswith(".js") else _de_python(archivo))
        if destino != archivo
    )


def _de_js(archivo: str) -> set[str]:
    fuente = _COMENTARIO.sub("", (RAIZ / archivo).read_text(encoding="utf-8"))
    carpeta = posixpath.dirname(archivo)
    rutas = {posixpath.normpath(posixpath.join(carpeta, r)) for r in _IMPORTA.findall(fuente)}
    return {ruta for ruta in rutas if ruta.startswith(f"{JS}/")}


def _de_python(archivo: str) -> set[str]:
    nombres: set[str] = set()
    for nodo in ast.walk(ast.parse((RAIZ / archivo).read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            nombres |= {alias.name for alias in nodo.names}
        elif isinstance(nodo, ast.ImportFrom) and nodo.module and nodo.level == 0:
            nombres |= {f"{nodo.module}.{alias.name}" for alias in nodo.names}
        elif isinstance(nodo, ast.Constant) and isinstance(texto := nodo.value, str):
            # `import_string("sales.personas.filas.conectar")`, a setting, a task's module.
            nombres |= {texto} if _NOMBRE.fullmatch(texto) else set()
    return {ruta for nombre in nombres if (ruta := _archivo_de(nombre))}


@cache
def _archivo_de(nombre: str) -> str | None:
    """The file of a dotted name, whatever of it is a class or a function inside."""
    if nombre.partition(".")[0] not in APPS:
        return None
    ruta = RAIZ.joinpath(*nombre.split("."))
    if ruta.with_suffix(".py").is_file():
        return ruta.with_suffix(".py").relative_to(RAIZ).as_posix()
    if (ruta / "__init__.py").is_file():
        return (ruta / "__init__.py").relative_to(RAIZ).as_posix()
    return _archivo_de(nombre.rpartition(".")[0]) if "." in nombre else None
