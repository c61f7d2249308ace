"""`./dev chaos --navegador`: real Chromium pages over the real desk, and every order counted.

Machines (a browser each, with tabs in renderer processes of their own) type, edit, undo and send
orders from several tabs at once, while tabs crash, reload in mid-send, lose the line, the session,
the clock and their space, exports are imported elsewhere, and the server's processes die.
Afterwards every order is in one place: stored once as typed, or still on its screen.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.tests.e2e.mesa import mesa_en
from realtime.benchmarks._navegador.corrida import Medida, Resultado, correr
from realtime.benchmarks._navegador.cuenta import Falta

PEDIDOS: Final = 500
FALLAS: Final = 200
# The demo's clients at its smallest: each has one order in a run.
CLIENTES: Final = 300
FALTAS_A_LA_VISTA: Final = 12


def main(argumentos: Sequence[str]) -> int:
    """Run, print what came of it; 0 if every order is where it has to be."""
    opciones = _opciones(argumentos)
    medida = Medida(
        opciones.pedidos, opciones.fallas, opciones.navegadores, opciones.pestanas, opciones.semilla
    )
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-caos-navegador-"))
    escala = -(-medida.pedidos // CLIENTES)
    with mesa_en(carpeta, escala=escala) as mesa:
        print(
            f"{medida.pedidos:,} orders and {medida.fallas} faults on {medida.navegadores}"
            f" browsers × {medida.pestanas} tabs, seed {medida.semilla}",
            flush=True,
        )
        resultado = correr(mesa, medida)
        informar(resultado)
        if resultado.cuenta.faltas:
            mesa.conservar = True
            print(f"  the desk stays in {mesa.data_dir}")
    return 1 if resultado.cuenta.faltas else 0


def _opciones(argumentos: Sequence[str]) -> argparse.Namespace:
    lector = argparse.ArgumentParser(prog="./dev chaos --navegador", description=__doc__)
    for nombre, cuantos, ayuda in (
        ("pedidos", PEDIDOS, "orders to be typed"),
        ("fallas", FALLAS, "faults"),
        ("navegadores", 3, "browsers"),
        ("pestanas", 3, "tabs of each"),
    ):
        lector.add_argument(f"--{nombre}", type=_positivo, default=cuantos, help=ayuda)
    lector.add_argument("--semilla", type=int, default=7, help="draws orders, faults and victims")
    return lector.parse_args(argumentos)


def _positivo(texto: str) -> int:
    numero = int(texto)
    if numero < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return numero


def informar(resultado: Resultado) -> None:
    """Print what came of a run."""
    cuenta = resultado.cuenta
    procesos = ", ".join(f"{m} {n}" for m, n in resultado.renderizadores.items())
    print(f"  typed              {resultado.escritos:,} orders; renderers: {procesos}")
    print(
        f"  stored             {cuenta.guardados:,} orders, in {resultado.lotes:,} lotes;"
        f" {resultado.repetidos} came again and were met; {resultado.otro_dia} dated another day"
    )
    print(
        f"  on the screen      {cuenta.en_pantalla}; set aside {cuenta.apartados};"
        f" thrown away, or never kept {cuenta.descartados}"
    )
    print(f"  in doubt           {cuenta.dudas} lines: a key pressed as the fault came")
    print("  " + " / ".join(f"{cuenta.de(falta)} {falta}" for falta in Falta))
    for falta, cliente, texto in cuenta.faltas[:FALTAS_A_LA_VISTA]:
        print(f"    {falta}: client {cliente}: {texto}")
        for hecho in _historia(resultado, cliente):
            print(f"        {hecho}")
    for cliente, pedido in resultado.libro.pedidos.items():
        if not any(copia.vista for copia in pedido.copias.values()):
            print(f"    never kept: client {cliente}: {'; '.join(pedido.hechos)}")
    print(f"  faults             {resultado.hechas.total()}")
    for clase, veces in sorted(resultado.hechas.items()):
        print(f"    {veces:>4}  {clase}")
    print(
        f"  typing             {resultado.tecleo:.0f} s; quiet {resultado.calma:.1f} s after it",
        flush=True,
    )


def _historia(resultado: Resultado, cliente: str) -> list[str]:
    """What was done to the order, and the last faults of the machines it was on."""
    if cliente not in resultado.libro.pedidos:
        return []
    pedido = resultado.libro.pedidos[cliente]
    maquinas = sorted({maquina for maquina, _ in pedido.copias})
    return pedido.hechos + [
        f"last faults: {hecho}"
        for maquina in [*maquinas, "server"]
        for hecho in resultado.bitacora.ultimas(maquina)
    ]
