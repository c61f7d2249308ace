"""The commands of `./dev` for who works on the code: demo, test, check, bench and the rest."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from taller.base import (
    BIN,
    NODE_MODULES,
    PYTHON,
    RAIZ,
    REQUISITOS,
    ErrorDeTaller,
    correr,
    decir,
    exigir,
)
from taller.instalacion import instalar
from taller.mutantes import correr_mutantes
from taller.node import asegurar_node
from taller.pruebas import pruebas
from taller.servicios import demostrar, levantar, preparar

CAOS = "caos"
NODE_BIN = NODE_MODULES / ".bin"


def up(_argumentos: list[str]) -> int:
    """From a clone to a working desk: web, worker, beat and, without REDIS_URL, Redis."""
    instalar(pruebas=False)
    return levantar()


def setup(_argumentos: list[str]) -> int:
    """Install everything, test tools included, and prepare the database; start nothing."""
    instalar(pruebas=True)
    preparar()
    decir("Listo: ./dev up")
    return 0


def demo(argumentos: list[str]) -> int:
    """Live traffic to the running desk; `borrar` takes the demo away, `cargar` its life back."""
    instalar(pruebas=False)
    return demostrar(argumentos)


def test(argumentos: list[str]) -> int:
    """Every test, or the quick ones (`rapido`), over all cores; other arguments go to pytest."""
    instalar(pruebas=True)
    return pruebas(argumentos)


def check(argumentos: list[str]) -> int:
    """Lint, format and types of Python and JavaScript, templates, migrations, tests: CI's run."""
    instalar(pruebas=True)
    pasos: list[list[str | Path]] = [
        [BIN / "ruff", "check"],
        [BIN / "ruff", "format", "--check"],
        [BIN / "mypy", ".", "dev"],
        [BIN / "djlint", "--lint", "--quiet", "templates"],
        [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        [NODE_BIN / "prettier", "--check", "--log-level=warn", "."],
        [NODE_BIN / "eslint", "."],
        [NODE_BIN / "tsc", "-p", "."],
    ]
    fallas = []
    for paso in pasos:
        nombre = " ".join(Path(parte).name for parte in paso)
        decir(nombre)
        if correr(paso) != 0:
            fallas.append(nombre)
    if fallas:
        raise ErrorDeTaller(f"No pasan: {' · '.join(fallas)}")
    return pruebas(argumentos)


def bench(argumentos: list[str]) -> int:
    """Benchmarks (`<app>/benchmarks/<name>.py`), all or one; each prints its ratio."""
    encontrados = medidas(RAIZ)
    if argumentos:
        nombre, *resto = argumentos
        if nombre not in encontrados:
            raise ErrorDeTaller(f"No hay medida «{nombre}». Hay: {_lista(encontrados)}")
        encontrados, argumentos = {nombre: encontrados[nombre]}, resto
    elif not encontrados:
        raise ErrorDeTaller("Todavía no hay medidas (<app>/benchmarks/*.py).")
    instalar(pruebas=True)
    codigos = []
    for nombre, modulo in encontrados.items():
        decir(nombre)
        codigos.append(correr([PYTHON, "-m", modulo, *argumentos]))
    return max(codigos)


def chaos(argumentos: list[str]) -> int:
    """The fault run: processes killed at random (--navegador: pages too), every order counted."""
    modulo = _modulos(RAIZ).get(CAOS)
    if modulo is None:
        raise ErrorDeTaller("La prueba de fallas todavía no existe en esta versión.")
    instalar(pruebas=True)
    return correr([PYTHON, "-m", modulo, *argumentos])


def mutantes(argumentos: list[str]) -> int:
    """Mutants of what counts money and keeps orders: each killed by a test, or explained."""
    instalar(pruebas=True)
    return correr_mutantes(argumentos)


def lock(argumentos: list[str]) -> int:
    """Compile requirements/*.in and the npm lockfile again (arguments go to uv: --upgrade)."""
    with tempfile.TemporaryDirectory() as carpeta:
        venv = Path(carpeta)
        exigir([sys.executable, "-m", "venv", venv], "No se pudo crear un entorno temporal.")
        exigir([venv / "bin" / "pip", "install", "-q", "uv"], "No se pudo instalar uv.")
        for origen in ("base", "dev", "node"):
            exigir(_compilar(venv / "bin" / "uv", origen, argumentos), f"uv: {origen}.in")
    asegurar_node()
    npm = shutil.which("npm") or str(BIN / "npm")
    exigir(
        [
            *(npm, "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"),
            # Addresses in the lock would tie it to one registry.
            "--omit-lockfile-registry-resolved",
        ],
        "npm no pudo rehacer package-lock.json.",
    )
    return 0


def _compilar(uv: Path, nombre: str, mas: list[str]) -> list[str | Path]:
    archivo = REQUISITOS.relative_to(RAIZ) / nombre
    opciones: tuple[str, ...] = ("--universal", "--python-version", "3.11", "--generate-hashes")
    opciones += ("--no-emit-index-url", "--quiet", *mas)
    return [uv, "pip", "compile", f"{archivo}.in", "-o", f"{archivo}.txt", *opciones]


def medidas(raiz: Path) -> dict[str, str]:
    """The benchmarks by name; the fault run has a command of its own."""
    return {nombre: modulo for nombre, modulo in _modulos(raiz).items() if nombre != CAOS}


def _modulos(raiz: Path) -> dict[str, str]:
    archivos = sorted(raiz.glob("*/benchmarks/*.py"))
    return {
        archivo.stem: ".".join(archivo.relative_to(raiz).with_suffix("").parts)
        for archivo in archivos
        if not archivo.stem.startswith("_")
    }


def _lista(nombres: dict[str, str]) -> str:
    return ", ".join(nombres) or "ninguna"


COMANDOS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "up": (up, "instala lo que falta y levanta todo; Ctrl-C lo detiene"),
    "setup": (setup, "lo mismo sin levantar nada, con las herramientas de prueba"),
    "demo": (demo, "pedidos en vivo a la mesa que corre; borrar: se va toda la demostración"),
    "test": (test, "todas las pruebas; rapido: las que no tardan (argumentos: los de pytest)"),
    "check": (check, "estilo, tipos, plantillas, migraciones y pruebas: lo que corre CI"),
    "bench": (bench, "mediciones, todas o una: ./dev bench [nombre]"),
    "chaos": (
        chaos,
        "procesos que mueren al azar (--navegador: y páginas), y la cuenta de los pedidos después",
    ),
    "mutantes": (mutantes, "el código alterado de a un trozo: qué pruebas lo notan"),
    "lock": (lock, "rehace los archivos de versiones (argumentos: los de uv, como --upgrade)"),
}
