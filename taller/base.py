"""Places, messages, commands and stamps that every part of `./dev` uses."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
VENV = RAIZ / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
REQUISITOS = RAIZ / "requirements"
NODE_MODULES = RAIZ / "node_modules"
VENDOR = RAIZ / "static" / "vendor"


class ErrorDeTaller(Exception):
    """Something the person at the keyboard can mend; its text says how."""


def decir(texto: str) -> None:
    """Tell what happens now."""
    print(f"· {texto}", flush=True)


def entorno_de_procesos(mas: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of what `./dev` starts: the virtual environment's programs come first."""
    entorno = {nombre: valor for nombre, valor in os.environ.items() if nombre != "PYTHONHOME"}
    entorno["PATH"] = os.pathsep.join([str(BIN), entorno.get("PATH", os.defpath)])
    entorno["VIRTUAL_ENV"] = str(VENV)
    entorno.setdefault("PYTHONUNBUFFERED", "1")
    return entorno | dict(mas or {})


def correr(
    orden: Sequence[str | Path], *, mas: Mapping[str, str] | None = None, carpeta: Path = RAIZ
) -> int:
    """Run a command of the project, in its root or a folder; return its exit code."""
    sys.stdout.flush()
    return subprocess.run(
        list(orden), cwd=carpeta, env=entorno_de_procesos(mas), check=False
    ).returncode


def exigir(orden: Sequence[str | Path], fallo: str) -> None:
    """Run a command that has to succeed; raise ErrorDeTaller with `fallo` when it does not."""
    if correr(orden) != 0:
        raise ErrorDeTaller(fallo)


def huella(archivos: Iterable[Path], *mas: str) -> str:
    """One hash over the contents of files and some words: what a stamp remembers."""
    resumen = hashlib.sha256()
    for archivo in archivos:
        resumen.update(hashlib.sha256(archivo.read_bytes()).digest())
    for palabra in mas:
        resumen.update(hashlib.sha256(palabra.encode()).digest())
    return resumen.hexdigest()


class Sello:
    """A file that remembers the hash a step was done for, so that it is not done twice."""

    def __init__(self, archivo: Path, valor: str) -> None:
        self.archivo = archivo
        self.valor = valor

    def vale(self) -> bool:
        """Whether the step was already done for this hash."""
        try:
            return self.archivo.read_text(encoding="ascii") == self.valor
        except FileNotFoundError:
            return False

    def poner(self) -> None:
        """Remember that the step is done."""
        self.archivo.parent.mkdir(parents=True, exist_ok=True)
        self.archivo.write_text(self.valor, encoding="ascii")

    def quitar(self) -> None:
        """Forget it, before the step starts: an interrupted step counts as not done."""
        self.archivo.unlink(missing_ok=True)
