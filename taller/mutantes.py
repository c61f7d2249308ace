"""`./dev mutantes`: the code that counts money and keeps orders, spoilt one piece at a time.

Each mutant is one change of one expression; the modules' own tests must fail with it. What no test
can tell from the original is explained in docs/mutantes.md, and nothing else may survive.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from taller.base import NODE_MODULES, RAIZ, VENDOR, ErrorDeTaller, Sello, correr, decir, huella
from taller.node import asegurar_node, exigir_npm

CARPETA = RAIZ / "var" / "mutantes"
PAQUETES = RAIZ / "taller" / "stryker"
MODULOS_DEL_NAVEGADOR = RAIZ / "static" / "js"
EXPLICADOS = RAIZ / "docs" / "mutantes.md"
# Each module with the tests that answer for it.
MODULOS = {
    "dinero": ("puros", "dinero", "dinero.prop"),
    "iva": ("puros", "dinero.prop"),
    "linea": ("linea", "pedidos"),
    "pedidos": ("pedidos", "pedidos_forma"),
    "lotes": ("lotes",),
    "almacen": ("almacen", "orden"),
}
VIVOS = ("Survived", "NoCoverage")


class Mutante(NamedTuple):
    """One change that no test noticed: where, what was there, what took its place."""

    modulo: str
    original: str
    cambio: str


def correr_mutantes(modulos: list[str]) -> int:
    """Mutate these modules, or all; 0 when every mutant is killed or explained."""
    ajenos = sorted(set(modulos) - MODULOS.keys())
    if ajenos:
        raise ErrorDeTaller(f"No se mutan: {', '.join(ajenos)}. Hay: {', '.join(MODULOS)}")
    elegidos = modulos or list(MODULOS)
    _instalar()
    proyecto = _copiar()
    informe = CARPETA / "informe.json"
    informe.unlink(missing_ok=True)
    (proyecto / "stryker.json").write_text(json.dumps(configuracion(elegidos, informe)), "utf-8")
    programa = CARPETA / "node_modules" / ".bin" / "stryker"
    decir(f"Mutantes de {', '.join(elegidos)}")
    codigo = correr([programa, "run", "stryker.json"], carpeta=proyecto)
    if not informe.exists():
        raise ErrorDeTaller(f"Stryker no terminó (código {codigo}).")
    return juzgar(json.loads(informe.read_text("utf-8")), explicados(EXPLICADOS.read_text("utf-8")))


def configuracion(modulos: Iterable[str], informe: Path) -> dict[str, Any]:
    """What Stryker is told: these modules, their tests, one Node for each of the tests' files."""
    pruebas = sorted({prueba for modulo in modulos for prueba in MODULOS[modulo]})
    return {
        "mutate": [_ruta(f"{modulo}.js") for modulo in modulos],
        "testRunner": "tap",
        "plugins": ["@stryker-mutator/tap-runner"],
        "tap": {
            "testFiles": [_ruta(f"{prueba}.test.js") for prueba in pruebas],
            "nodeArgs": ["-r", "{{hookFile}}", "{{testFile}}"],
        },
        "coverageAnalysis": "perTest",
        "concurrency": 2,
        "timeoutMS": 10_000,
        "reporters": ["progress-append-only", "json"],
        "jsonReporter": {"fileName": str(informe)},
    }


def _ruta(nombre: str) -> str:
    """Where the one file of that name is, whatever its room."""
    (archivo,) = MODULOS_DEL_NAVEGADOR.rglob(nombre)
    return archivo.relative_to(RAIZ).as_posix()


def juzgar(informe: dict[str, Any], conocidos: set[Mutante]) -> int:
    """Tell how many were killed and who survived; 1 if one of them has no explanation."""
    todos = [mutante for archivo in informe["files"].values() for mutante in archivo["mutants"]]
    vivos = list(sobrevivientes(informe))
    sin_explicar = [mutante for mutante in vivos if mutante not in conocidos]
    print(
        f"{len(todos)} mutantes: {len(todos) - len(vivos)} detectados, "
        f"{len(vivos) - len(sin_explicar)} explicados, {len(sin_explicar)} sin explicar"
    )
    for modulo, original, cambio in sin_explicar:
        print(f"  {modulo}: `{original}` → `{cambio}`")
    return int(bool(sin_explicar))


def sobrevivientes(informe: dict[str, Any]) -> Iterable[Mutante]:
    """The mutants of a report that no test noticed."""
    for ruta, archivo in informe["files"].items():
        lineas = archivo["source"].split("\n")
        for mutante in archivo["mutants"]:
            if mutante["status"] in VIVOS:
                original = _trozo(lineas, mutante["location"])
                yield Mutante(Path(ruta).stem, original, _en_una(mutante.get("replacement", "")))


def explicados(texto: str) -> set[Mutante]:
    """The mutants that docs/mutantes.md explains: its tables' rows."""
    filas = re.findall(r"^\| (\w+) \| `` (.+?) `` \| `` (.*?) `` \| .+ \|$", texto, re.MULTILINE)
    return {Mutante(*fila) for fila in filas}


def _trozo(lineas: list[str], lugar: dict[str, dict[str, int]]) -> str:
    inicio, fin = lugar["start"], lugar["end"]
    trozo = lineas[inicio["line"] - 1 : fin["line"]]
    trozo[-1] = trozo[-1][: fin["column"] - 1]
    trozo[0] = trozo[0][inicio["column"] - 1 :]
    return _en_una(" ".join(trozo))


# In one line, and with nothing that would end a table's cell.
def _en_una(codigo: str) -> str:
    return re.sub(r"\s+", " ", codigo).strip().replace("|", "¦")


def _instalar() -> None:
    candado = PAQUETES / "package-lock.json"
    sello = Sello(CARPETA / ".sello", huella([candado]))
    if sello.vale():
        return
    asegurar_node()
    decir("Stryker (taller/stryker/package-lock.json)")
    CARPETA.mkdir(parents=True, exist_ok=True)
    for archivo in ("package.json", "package-lock.json"):
        shutil.copy(PAQUETES / archivo, CARPETA)
    orden = [exigir_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if correr(orden, carpeta=CARPETA) != 0:
        raise ErrorDeTaller("npm no pudo instalar Stryker (¿hay conexión?).")
    sello.poner()


# Apart, so that nothing half mutated is ever in the tree.
def _copiar() -> Path:
    proyecto = CARPETA / "proyecto"
    shutil.rmtree(proyecto, ignore_errors=True)
    shutil.copytree(RAIZ / "static" / "js", proyecto / "static" / "js")
    shutil.copytree(VENDOR, proyecto / "static" / "vendor")
    shutil.copy(RAIZ / "package.json", proyecto)
    modulos = proyecto / "node_modules"
    modulos.mkdir()
    for paquete in ("fast-check", "pure-rand"):
        (modulos / paquete).symlink_to(NODE_MODULES / paquete)
    (modulos / "@stryker-mutator").symlink_to(CARPETA / "node_modules" / "@stryker-mutator")
    return proyecto
