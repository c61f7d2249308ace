"""Node packages: browser assets, what tests the JavaScript, a Chromium of last resort."""

from __future__ import annotations

import os
import shutil
import subprocess

from taller import python
from taller.base import (
    BIN,
    NODE_MODULES,
    RAIZ,
    ErrorDeTaller,
    Sello,
    correr,
    decir,
    entorno_de_procesos,
    huella,
)

# Its test runner ends a file whose tests are done, whatever timers it left (`--test-force-exit`).
NODE_MINIMO = (20, 14)
# How much of package.json is installed, from least to most, and what each leaves out. The browser
# is a peer dependency: something this needs, brought only where the machine has none.
NIVELES = ("web", "pruebas", "navegador")
OMITIR = {"web": ("dev", "peer"), "pruebas": ("peer",), "navegador": ()}
# The shell alone first: the same engine without a browser around it, a third less work.
NAVEGADORES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def hay_navegador() -> bool:
    """Whether the tests find a browser without our bringing one."""
    return bool(os.environ.get("BROWSER_PATH")) or any(map(shutil.which, NAVEGADORES))


def asegurar_node() -> None:
    """Make `node` and `npm` available: the machine's, else the ones PyPI packages."""
    if _version() >= NODE_MINIMO and _encontrar("npm"):
        return
    decir("Node no está en esta máquina: se instala en .venv/")
    python.instalar("node")


def instalar_paquetes(*, pruebas: bool) -> None:
    """`npm ci` from the lockfile; with `pruebas` its tools, and Chromium if no browser is here."""
    nivel = 0 if not pruebas else NIVELES.index("pruebas" if hay_navegador() else "navegador")
    sellos = [_sello(nivel) for nivel in NIVELES]
    # What is there may be more than what is asked for.
    if any(sello.vale() for sello in sellos[nivel:]):
        return
    asegurar_node()
    decir("Paquetes de Node (package-lock.json)")
    sellos[nivel].quitar()
    opciones = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    opciones += ["--no-update-notifier", *(f"--omit={grupo}" for grupo in OMITIR[NIVELES[nivel]])]
    if correr([_exigir("npm"), "ci", *opciones]) != 0:
        raise ErrorDeTaller("npm no pudo instalar los paquetes de Node (¿hay conexión?).")
    sellos[nivel].poner()


def exigir_npm() -> str:
    """Where npm is; ErrorDeTaller when it is nowhere."""
    return _exigir("npm")


def _sello(nivel: str) -> Sello:
    return Sello(NODE_MODULES / ".sello", huella([RAIZ / "package-lock.json"], nivel))


def _encontrar(nombre: str) -> str | None:
    return shutil.which(nombre, path=entorno_de_procesos()["PATH"])


def _exigir(nombre: str) -> str:
    encontrado = _encontrar(nombre)
    if encontrado is None:
        raise ErrorDeTaller(f"No se encuentra {nombre}, ni en {BIN} ni en PATH.")
    return encontrado


def _version() -> tuple[int, ...]:
    node = _encontrar("node")
    if node is None:
        return ()
    salida = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numeros = salida.strip().lstrip("v").split(".")
    return tuple(int(numero) for numero in numeros if numero.isdigit())
