"""Which Chromium the real-browser tests run, and how it has to be started.

The ladder: $BROWSER_PATH · a Chromium or Chrome on PATH · the one in npm's @sparticuz/chromium,
which `./dev test` installs when there is no other and which needs neither root nor libraries.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from core.tests.node import ruta_node
from taller.node import NAVEGADORES

# Unpacks Chromium, its libraries and fonts into TMPDIR, and prints where the program is.
DESEMPACAR = """
import chromium from "@sparticuz/chromium";
console.log(await chromium.executablePath());
"""
FUENTES = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{carpeta}/fonts</dir><cachedir>{carpeta}/cache</cachedir></fontconfig>
"""


class SinNavegador(RuntimeError):
    """No step of the ladder holds."""


@dataclass(frozen=True)
class Navegador:
    """A Chromium: its program, and the arguments and environment it needs here."""

    ruta: Path
    args: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)

    def lanzamiento(self) -> dict[str, Any]:
        """Keyword arguments of Playwright's `chromium.launch`."""
        return {
            "executable_path": str(self.ruta),
            "args": list(self.args),
            "env": os.environ | self.env,
        }


def ruta_navegador() -> Navegador:
    """The first browser of the ladder; SinNavegador says what to do when there is none."""
    propia = os.environ.get("BROWSER_PATH")
    if propia:
        return Navegador(Path(propia), _argumentos())
    for nombre in NAVEGADORES:
        encontrado = shutil.which(nombre)
        if encontrado:
            return Navegador(Path(encontrado), _argumentos())
    return _empaquetado(Path(settings.BASE_DIR))


def _argumentos() -> tuple[str, ...]:
    # Chromium refuses its sandbox to root; containers often have a tiny /dev/shm.
    sin_caja = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return (*sin_caja, "--disable-dev-shm-usage")


def _empaquetado(raiz: Path) -> Navegador:
    paquete = raiz / "node_modules" / "@sparticuz" / "chromium"
    if not paquete.is_dir() or platform.machine() != "x86_64":
        raise SinNavegador("No Chromium here: run ./dev setup, or give BROWSER_PATH.")
    carpeta = paquete / "desempacado"
    programa = carpeta / "chromium"
    with (paquete / "desempacado.candado").open("w") as candado:
        # Of the processes that run the tests one unpacks it, and the others wait.
        fcntl.flock(candado, fcntl.LOCK_EX)
        if not (carpeta / "listo").exists():
            shutil.rmtree(carpeta, ignore_errors=True)
            carpeta.mkdir()
            _desempacar(raiz, carpeta)
            fuentes = FUENTES.format(carpeta=carpeta)
            (carpeta / "fuentes.conf").write_text(fuentes, encoding="utf-8")
            (carpeta / "listo").touch()
    bibliotecas = [str(carpeta / "al2023" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    return Navegador(
        programa,
        ("--no-sandbox", "--no-zygote", "--disable-dev-shm-usage", "--disable-gpu"),
        {
            "LD_LIBRARY_PATH": os.pathsep.join(filter(None, bibliotecas)),
            "FONTCONFIG_FILE": str(carpeta / "fuentes.conf"),
        },
    )


def _desempacar(raiz: Path, carpeta: Path) -> None:
    entorno = os.environ | {
        "TMPDIR": str(carpeta),
        # The package unpacks its libraries only where it believes to run on that platform.
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x",
    }
    node = ruta_node()
    proceso = subprocess.run(
        [node, "--input-type=module", "-e", DESEMPACAR],
        cwd=raiz,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    if proceso.returncode != 0:
        raise SinNavegador(f"Chromium could not be unpacked: {proceso.stderr}")
