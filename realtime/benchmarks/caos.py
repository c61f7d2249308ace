"""R1: processes die at random while lotes are sent; afterwards every order is counted.

The desk of the Procfile runs on data of its own: SQLite, a database of its own on the server of
DATABASE_URL, or (--postgresql) a server of its own, which is killed too. 0 lost, 0 duplicated,
0 partial, each order in review on the board once, all done. What dies when comes from a seed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from core.tests.e2e.mesa import Mesa, mesa_en
from realtime.benchmarks._caos.clientes import SIN_RESPUESTA
from realtime.benchmarks._caos.control import Falta, Sumas
from realtime.benchmarks._caos.corrida import Medida, Resultado, correr
from realtime.benchmarks._caos.postgres import ServidorPostgres, programas, servidor_propio
from realtime.benchmarks._navegador import informe

# The browser's half has a run of its own.
NAVEGADOR: Final = "--navegador"
LOTES: Final = 3_000
FALLAS: Final = 300
SEGUNDOS_POR_FALLA: Final = 1.5
META_DESAGOTE: Final = 30.0
FALTAS_A_LA_VISTA: Final = 20
# Whatever the machine's .env says: demo data, prices that go to the board, no reports.
ENTORNO: Final = {
    "ENTORNO": "desarrollo",
    "DEBUG": "no",
    "PEDIDOS_PRECIO_DISTINTO": "revisar",
    "SENTRY_DSN": "",
}


def main(argumentos: Sequence[str]) -> int:
    """Run, print what came of it; 0 if nothing is missing and all was done in time."""
    if NAVEGADOR in argumentos:
        os.environ.update(ENTORNO)
        return informe.main([uno for uno in argumentos if uno != NAVEGADOR])
    opciones = _opciones(argumentos)
    segundos = opciones.segundos or opciones.fallas * SEGUNDOS_POR_FALLA
    medida = Medida(opciones.lotes, opciones.fallas, segundos, opciones.semilla)
    os.environ.update(ENTORNO)
    with ExitStack() as pila:
        servidor = (
            pila.enter_context(servidor_propio(_programas())) if opciones.postgresql else None
        )
        carpeta = Path(tempfile.mkdtemp(prefix="cp-caos-"))
        mesa = pila.enter_context(mesa_en(carpeta, base=servidor.url if servidor else ""))
        _anunciar(mesa, medida, servidor)
        resultado = correr(mesa, medida, servidor)
        bien = _informar(resultado)
        if not resultado.cuenta.limpia:
            mesa.conservar = True
            print(f"  the desk stays in {mesa.data_dir}")
    return 0 if bien else 1


def _opciones(argumentos: Sequence[str]) -> argparse.Namespace:
    lector = argparse.ArgumentParser(prog="./dev chaos", description=__doc__)
    lector.add_argument("--lotes", type=_positivo, default=LOTES, help="lotes to be acknowledged")
    lector.add_argument("--fallas", type=_positivo, default=FALLAS, help="faults")
    lector.add_argument("--semilla", type=int, default=7, help="draws lotes, faults and moments")
    lector.add_argument("--segundos", type=_positivo, help="over how long (default: 1.5 a fault)")
    lector.add_argument(
        "--postgresql", action="store_true", help="start a PostgreSQL server, and kill it too"
    )
    return lector.parse_args(argumentos)


def _positivo(texto: str) -> int:
    numero = int(texto)
    if numero < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return numero


def _programas() -> Path:
    donde = programas()
    if donde is None:
        raise SystemExit("No PostgreSQL server programs (initdb) were found.")
    return donde


def _anunciar(mesa: Mesa, medida: Medida, servidor: ServidorPostgres | None) -> None:
    base = "PostgreSQL" if mesa.base else "SQLite"
    propio = " of its own" if servidor else ""
    print(
        f"R1: {medida.lotes:,} lotes and {medida.fallas} faults in {medida.segundos:g} s"
        f" on {base}{propio}, seed {medida.semilla}",
        flush=True,
    )


def _informar(resultado: Resultado) -> bool:
    cuenta = resultado.cuenta
    print(f"  acknowledged       {resultado.acusados:,} lotes; answers {_respuestas(resultado)}")
    print(f"  taken up again     {resultado.retomados} lotes")
    print(f"  due                {_sumas(cuenta.debido)}")
    print(f"  stored             {_sumas(cuenta.guardado)}")
    print(
        "  "
        + " / ".join(
            f"{cuenta.de(falta)} {falta}"
            for falta in (Falta.PERDIDO, Falta.DUPLICADO, Falta.PARCIAL)
        )
    )
    for falta in Falta:
        if falta not in {Falta.PERDIDO, Falta.DUPLICADO, Falta.PARCIAL} and cuenta.de(falta):
            print(f"  {cuenta.de(falta)} {falta}")
    for falta, texto in cuenta.faltas[:FALTAS_A_LA_VISTA]:
        print(f"    {falta}: {texto}")
    print(f"  faults             {resultado.hechas.total()}")
    for clase, veces in sorted(_por_nombre(resultado).items()):
        print(f"    {veces:>4}  {clase}")
    print(f"  ready              {resultado.lista:.1f} s after the last fault")
    print(
        f"  pending done       {resultado.desagote:.1f} s after it (≤ {META_DESAGOTE:g});"
        f" what was sent later, {resultado.todo:.1f} s"
    )
    return cuenta.limpia and resultado.desagote <= META_DESAGOTE


def _por_nombre(resultado: Resultado) -> Counter[str]:
    nombres: Counter[str] = Counter()
    for clase, veces in resultado.hechas.items():
        nombres[str(clase)] += veces
    return nombres


def _respuestas(resultado: Resultado) -> str:
    return ", ".join(
        f"{veces:,} × {'none' if estado == SIN_RESPUESTA else estado}"
        for estado, veces in sorted(resultado.respuestas.items())
    )


def _sumas(sumas: Sumas) -> str:
    return (
        f"{sumas.pedidos:,} orders, {sumas.lineas:,} lines, Gs. {sumas.total:,.0f},"
        f" IVA {sumas.iva:,.0f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
