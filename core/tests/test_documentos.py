"""README and docs/ name what is there: files, modules, functions, and where their links lead."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from core.tests.fuentes import fuentes
from core.tests.salas.salas import SALAS

RAIZ = Path(settings.BASE_DIR)
APPS = ("core", "gestion_precios", "sales", "realtime", "taller")
CARPETAS = (*APPS, "docs", "static", "templates", "requirements", "locale", ".ci")
# What is installed or made while working: no part of the repository.
AJENAS = {"node_modules", "vendor", "var", "staticfiles", "__pycache__"}
EXTENSION = r"(?:py|js|mjs|d\.ts|md|html|css|json|toml|in|txt|po|svg|webmanifest)"
RUTA = re.compile(rf"[\w.-]+(?:/[\w.-]+)*\.{EXTENSION}")
CARPETA = re.compile(rf"(?:{'|'.join(map(re.escape, CARPETAS))})(?:/[\w.-]+)*/?")
PARTE = re.compile(rf"({RUTA.pattern})::(\w+)")
PUNTEADO = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(.*\))?")
CONTROL = re.compile(r"\w+\.[EW]\d{3}")
# Names with a dot that are others': Python's, Django's, the browser's, a test library's.
DE_OTROS = {
    "QuerySet.update",
    "event.key",
    "messages.success",
    "page.route",
    "pedidos.example.com",
    "str.count",
}
# Files that a page names and that are not ours.
ARCHIVOS_DE_OTROS = {"db.sqlite3"}

# How a docstring leans on its neighbour, or on the name that it stands under.
SE_APOYA = re.compile(
    r"^(The same|Likewise|Ditto|As|Of|With|Without|Those)\b"
    r"|\b(the other side of|as above|likewise)\b"
)

DOCUMENTOS = sorted(
    str(ruta.relative_to(RAIZ)) for ruta in (RAIZ / "README.md", *(RAIZ / "docs").rglob("*.md"))
)


@cache
def archivos() -> list[str]:
    """The repository's files, as paths from its root."""
    return [str(ruta.relative_to(RAIZ)) for ruta in _recorrer(RAIZ)]


def _recorrer(carpeta: Path) -> list[Path]:
    hallados: list[Path] = []
    for ruta in sorted(carpeta.iterdir()):
        if not ruta.is_dir():
            hallados.append(ruta)
        elif ruta.name not in AJENAS and (ruta.name == ".ci" or not ruta.name.startswith(".")):
            hallados += _recorrer(ruta)
    return hallados


@cache
def por_modulo() -> dict[str, list[str]]:
    """The files of each module's name: `reglas` has several."""
    hallados = defaultdict(list)
    for archivo in archivos():
        if archivo.endswith((".py", ".js")):
            hallados[Path(archivo).stem].append(archivo)
    return hallados


def _sin_bloques(texto: str) -> str:
    """The page without its blocks of code: they are examples, and run by other tests."""
    return re.sub(r"^```.*?^```", "", texto, flags=re.MULTILINE | re.DOTALL)


def _dichos(texto: str) -> set[str]:
    """What stands between single backticks."""
    suelto = re.sub(r"``.*?``", "", _sin_bloques(texto))
    return set(re.findall(r"`([^`\n]+)`", suelto))


def define(archivo: str, nombre: str) -> bool:
    """Whether the file defines the name: a function, class or method, a field or a constant."""
    fuente = (RAIZ / archivo).read_text(encoding="utf-8")
    n = re.escape(nombre)
    python = rf"^\s*(?:async )?def {n}\b|^\s*class {n}\b|^\s*{n}(?::[^=\n]+)? ="
    javascript = rf"(?:function|class|const|let) {n}\b|^\s+(?:async )?(?:get )?{n}\(.*\{{$|^\s+{n}:"
    return bool(re.search(f"{python}|{javascript}", fuente, re.MULTILINE))


def hay_archivo(ruta: str) -> bool:
    """Whether the path is there: from the root, or as the end of a path that a page shortens."""
    return (
        ruta in ARCHIVOS_DE_OTROS
        or (RAIZ / ruta).exists()
        or any(f"/{archivo}".endswith(f"/{ruta}") for archivo in archivos())
    )


@cache
def permisos() -> set[str]:
    """The permissions of every table: `app.add_tabla`, and those that a table adds."""
    return {
        f"{meta.app_label}.{codigo}"
        for modelo in apps.get_models()
        for meta in [modelo._meta]
        for codigo in (
            *(f"{hecho}_{meta.model_name}" for hecho in meta.default_permissions),
            *(propio for propio, _texto in meta.permissions),
        )
    }


def hay_punteado(nombre: str) -> bool:
    """Whether a name with dots is there: from an app on, of a class, or of a module by itself."""
    primero, *resto = nombre.split(".")
    if nombre in permisos():
        return True
    if primero in APPS:
        return _es_modelo(nombre) or _se_importa(nombre)
    return any(
        define(archivo, resto[-1])
        for archivo in (*por_modulo()[primero], *_donde_esta_la_clase(primero))
    )


def _es_modelo(nombre: str) -> bool:
    """Whether it is a table as Django names it: `sales.Producto`."""
    modelos = {modelo._meta.label for modelo in apps.get_models()}
    return nombre in modelos


def _se_importa(nombre: str) -> bool:
    partes = nombre.split(".")
    for largo in range(len(partes), 0, -1):
        if hay_modulo(partes[:largo]):
            objeto: object = import_module(".".join(partes[:largo]))
            for atributo in partes[largo:]:
                if not hasattr(objeto, atributo):
                    return False
                objeto = getattr(objeto, atributo)
            return True
    return False


def hay_modulo(partes: list[str]) -> bool:
    """Whether these names are a module or a package of ours."""
    ruta = RAIZ.joinpath(*partes)
    return ruta.with_suffix(".py").is_file() or (ruta / "__init__.py").is_file()


@cache
def _donde_esta_la_clase(nombre: str) -> list[str]:
    if not nombre[0].isupper():
        return []
    propios = [a for a in archivos() if a.endswith((".py", ".js")) and "/tests/" not in a]
    clase = re.compile(rf"^(?:export )?class {re.escape(nombre)}\b", re.MULTILINE)
    return [a for a in propios if clase.search((RAIZ / a).read_text(encoding="utf-8"))]


def falta(dicho: str) -> bool:
    """Whether the page says something of the project's own that is not there."""
    if parte := PARTE.fullmatch(dicho):
        archivo, nombre = parte.groups()
        return not ((RAIZ / archivo).is_file() and define(archivo, nombre))
    if RUTA.fullmatch(dicho):
        return not hay_archivo(dicho)
    if CARPETA.fullmatch(dicho):
        return not (RAIZ / dicho).exists()
    punteado = PUNTEADO.fullmatch(dicho)
    if punteado is None or punteado[1] in DE_OTROS or CONTROL.fullmatch(dicho):
        return False
    return not hay_punteado(punteado[1])


@pytest.mark.parametrize("documento", DOCUMENTOS)
def test_what_a_page_names_is_there(documento: str) -> None:
    texto = (RAIZ / documento).read_text(encoding="utf-8")
    assert sorted(filter(falta, _dichos(texto))) == []


def test_the_map_says_whom_each_room_asks() -> None:
    mapa = (RAIZ / "docs/arquitectura.md").read_text(encoding="utf-8")
    filas = re.findall(r"^\| `([\w/]+)` \| .+ \| (–|`[\w`, ]+`) \|$", mapa, re.MULTILINE)
    dichas = {nombre: tuple(re.findall(r"`(\w+)`", asks)) for nombre, asks in filas}
    assert {nombre: dichas.get(nombre) for nombre in SALAS} == {
        nombre: conocida.usa for nombre, conocida in SALAS.items()
    }


def _titulos(texto: str) -> set[str]:
    """The anchors of a page's headings, as a browser of repositories makes them."""
    titulos = re.findall(r"^#+ (.+)$", _sin_bloques(texto), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", titulo.lower()).replace(" ", "-") for titulo in titulos}


def roto(documento: str, enlace: str) -> bool:
    """Whether a relative link leads to no file, or to a heading that is not in it."""
    ruta, _, titulo = enlace.partition("#")
    destino = (RAIZ / documento).parent / ruta if ruta else RAIZ / documento
    if not destino.exists():
        return True
    return bool(titulo) and titulo not in _titulos(destino.read_text(encoding="utf-8"))


@pytest.mark.parametrize("documento", DOCUMENTOS)
def test_every_relative_link_leads_somewhere(documento: str) -> None:
    texto = _sin_bloques((RAIZ / documento).read_text(encoding="utf-8"))
    enlaces = [e for e in re.findall(r"\]\(([^)\s]+)\)", texto) if "://" not in e]
    assert [enlace for enlace in enlaces if roto(documento, enlace)] == []


@pytest.mark.parametrize(
    "inventado",
    [
        "sales/lotes/volcado.py",
        "volcado.py",
        "sales/lotes/bandeja.py::encolar_todo",
        "sales.lotes.bandeja.encolar_todo",
        "sales.jobs",
        "bandeja.encolar_todo",
        "Libreta.volcar",
        "core/cajon/",
    ],
)
def test_a_stale_name_is_found(inventado: str) -> None:
    assert falta(inventado)


@pytest.mark.parametrize(
    "enlace", ["docs/nada.md", "docs/ingesta.md#nada", "docs/adr/9999-nada.md"]
)
def test_a_broken_link_is_found(enlace: str) -> None:
    assert roto("README.md", enlace)


def test_docstrings_stand_alone() -> None:
    apoyadas = [
        f"{archivo.relative_to(RAIZ)}: {texto}"
        for archivo in fuentes()
        for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if (texto := ast.get_docstring(nodo)) and SE_APOYA.search(texto)
    ]
    assert apoyadas == []
