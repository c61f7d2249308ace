"""Node packages: browser assets, and a Chromium of last resort for the tests."""

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

NODE_MINIMO = 20
NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def hay_navegador() -> bool:
    """Whether the tests find a browser without our bringing one."""
    return bool(os.environ.get("BROWSER_PATH")) or any(map(shutil.which, NAVEGADORES))


def asegurar_node() -> None:
    """Make `node` and `npm` available: the machine's, else the ones PyPI packages."""
    if _version_mayor() >= NODE_MINIMO and _encontrar("npm"):
        return
    decir("Node no está en esta máquina: se instala en .venv/")
    python.instalar("node")


def instalar_paquetes(*, pruebas: bool) -> None:
    """`npm ci` from the lockfile; with `pruebas` and no browser here, Chromium too."""
    con_navegador = pruebas and not hay_navegador()
    marca = "navegador" if con_navegador else "web"
    valor = huella([RAIZ / "package-lock.json"], marca)
    sello = Sello(NODE_MODULES / ".sello", valor)
    completo = Sello(sello.archivo, huella([RAIZ / "package-lock.json"], "navegador"))
    if sello.vale() or completo.vale():
        return
    asegurar_node()
    decir("Paquetes del navegador (package-lock.json)")
    sello.quitar()
    omitir = [] if con_navegador else ["--omit=dev"]
    opciones = [*omitir, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    opciones += ["--no-update-notifier"]
    if correr([_exigir("npm"), "ci", *opciones]) != 0:
        raise ErrorDeTaller("npm no pudo instalar los paquetes del navegador (¿hay conexión?).")
    sello.poner()


def _encontrar(nombre: str) -> str | None:
    return shutil.which(nombre, path=entorno_de_procesos()["PATH"])


def _exigir(nombre: str) -> str:
    encontrado = _encontrar(nombre)
    if encontrado is None:
        raise ErrorDeTaller(f"No se encuentra {nombre}, ni en {BIN} ni en PATH.")
    return encontrado


def _version_mayor() -> int:
    node = _encontrar("node")
    if node is None:
        return 0
    salida = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numero = salida.strip().lstrip("v").split(".")[0]
    return int(numero) if numero.isdigit() else 0
