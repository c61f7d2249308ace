"""The virtual environment and what is installed in it, from hashed locks."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from taller.base import (
    PYTHON,
    RAIZ,
    REQUISITOS,
    VENV,
    ErrorDeTaller,
    Sello,
    correr,
    decir,
    exigir,
    huella,
)

SIN_VENV = """No se pudo crear el entorno virtual: a este Python le falta «venv» (ensurepip).
En Debian y Ubuntu: sudo apt-get install python3-venv. Después, repita el comando."""
OPCIONES_PIP = (
    *("--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar=off"),
    # A source package is built alike by every pip.
    *("--no-deps", "--require-hashes", "--use-pep517"),
)


def asegurar_venv() -> None:
    """Create `.venv` unless it works with this version of Python."""
    if PYTHON.exists() and _version_de(VENV) == _version():
        return
    decir(f"Entorno virtual de Python {_version()} en .venv/")
    # A half-made one would pass for good the next time.
    shutil.rmtree(VENV, ignore_errors=True)
    if not _crear(VENV):
        shutil.rmtree(VENV, ignore_errors=True)
        raise ErrorDeTaller(SIN_VENV)


def _crear(venv: Path) -> bool:
    if _hay_ensurepip():
        return correr([sys.executable, "-m", "venv", venv]) == 0
    sin_pip = correr([sys.executable, "-m", "venv", "--without-pip", venv]) == 0
    return sin_pip and (_pip_del_sistema() or _pip_de_debian())


def _hay_ensurepip() -> bool:
    # Debian keeps it in a package of its own, python3-venv.
    try:
        return importlib.util.find_spec("ensurepip.__main__") is not None
    except ModuleNotFoundError:
        return False


def instalar(*nombres: str) -> None:
    """Install `requirements/<name>.txt`, once per content; a lock with hashes, nothing else."""
    for nombre in nombres:
        candado = REQUISITOS / f"{nombre}.txt"
        sello = Sello(VENV / f".sello-{nombre}", huella([candado], _version()))
        if sello.vale():
            continue
        decir(f"Paquetes de Python ({candado.relative_to(RAIZ)})")
        sello.quitar()
        exigir(
            [PYTHON, "-m", "pip", "install", *OPCIONES_PIP, "-r", candado],
            "pip no pudo instalar los paquetes de Python (¿hay conexión?).",
        )
        sello.poner()


def _version() -> str:
    return ".".join(str(parte) for parte in sys.version_info[:3])


def _version_de(venv: Path) -> str:
    try:
        lineas = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    valores = dict(linea.split(" = ", 1) for linea in lineas if " = " in linea)
    return valores.get("version", "")


def _pip_del_sistema() -> bool:
    """Let a pip of the system install pip into `.venv`."""
    return _calla([sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "pip"])


def _pip_de_debian() -> bool:
    """Without root, take pip's wheel out of Debian's package, if apt knows it."""
    with tempfile.TemporaryDirectory() as carpeta:
        if not _calla(["apt-get", "download", "-q", "python3-pip-whl"], carpeta):
            return False
        paquete = next(Path(carpeta).glob("*.deb"))
        _calla(["dpkg-deb", "-x", paquete, carpeta])
        rueda = next(Path(carpeta).glob("usr/share/python-wheels/pip-*.whl"), None)
        # A wheel is importable as it is: pip installs itself.
        return rueda is not None and _calla(
            [PYTHON, rueda / "pip", "install", "-q", "--no-index", rueda], carpeta
        )


def _calla(orden: list[str | Path], carpeta: str | None = None) -> bool:
    try:
        return subprocess.run(orden, cwd=carpeta, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
