"""Whoever works at a running desk's shell: each order in a new process, Django already loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

# It only forks: what a process knows (connections, caches, breakers) is new each time.
BUCLE = r"""
import gc, importlib, json, os, sys, traceback
import django
django.setup()
for modulo in sys.argv[1:]:
    importlib.import_module(modulo)
# A child that looks for rubbish, or clears up at its end, would copy all this first.
gc.collect()
gc.freeze()
for linea in iter(sys.stdin.readline, ""):
    hijo = os.fork()
    if not hijo:
        codigo = 0
        try:
            exec(json.loads(linea), {"__name__": "operador"})
        except BaseException:
            traceback.print_exc(file=sys.stdout)
            codigo = 1
        sys.stdout.flush()
        os._exit(codigo)
    _, estado = os.waitpid(hijo, 0)
    print(f"\x1f{os.waitstatus_to_exitcode(estado)}", flush=True)
"""
FIN = "\x1f"
# What most of them need, loaded once.
DE_SIEMPRE = (
    "sales.catalogo.publicacion",
    "sales.tests.fabricas",
    "realtime.tarjetas.repaso",
    "realtime.tarjetas.acciones",
)


class Operador:
    """A process that runs pieces of Python in a desk's environment, one after another."""

    def __init__(self, entorno: Mapping[str, str], carpeta: Path, errores: IO[bytes]) -> None:
        self.proceso = subprocess.Popen(
            [sys.executable, "-c", BUCLE, *DE_SIEMPRE],
            cwd=carpeta,
            env=dict(entorno) | {"DJANGO_SETTINGS_MODULE": "core.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errores,
            text=True,
        )

    def ejecutar(self, codigo: str) -> str:
        """Run it; what it printed, or AssertionError with that when it failed."""
        entrada, salida = self.proceso.stdin, self.proceso.stdout
        assert entrada is not None
        assert salida is not None
        entrada.write(json.dumps(codigo) + "\n")
        entrada.flush()
        dicho = ""
        for linea in salida:
            texto, fin, codigo_de_salida = linea.partition(FIN)
            dicho += texto
            if fin:
                assert int(codigo_de_salida) == 0, dicho
                return dicho
        raise AssertionError(f"the operator is gone: {dicho}")

    def cerrar(self) -> None:
        """End it."""
        self.proceso.communicate()
