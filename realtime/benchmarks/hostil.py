"""W9, hostile input: every piece of the corpus at the real Procfile, beside people at their work.

Each is refused in ≤ 2 s, web and worker grow by ≤ 300 MiB, and the neighbours' 95th percentile
stays ≤ 3 times what it is in peace. Nothing is left running.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from core.tests.e2e.mesa import mesa_en
from realtime.benchmarks._caos.postgres import programas, servidor_propio
from realtime.benchmarks._hostil.ataque import Ataque, Resultado, p95

POSTGRESQL: Final = "--postgresql"
META_SEGUNDOS, META_MIB, META_VECINOS = 2.0, 300.0, 3.0
A_LA_VISTA: Final = 20


def main() -> int:
    """Attack, print the figures beside their goals; 0 if all are met."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with ExitStack() as pila:
        base = ""
        if POSTGRESQL in sys.argv:
            donde = programas()
            if donde is None:
                raise SystemExit("No PostgreSQL server programs (initdb) were found.")
            base = pila.enter_context(servidor_propio(donde)).url
        carpeta = Path(tempfile.mkdtemp(prefix="cp-hostil-"))
        ataque = Ataque(pila.enter_context(mesa_en(carpeta, base=base)))
        resultado = ataque.correr(list(ataque.piezas()))
    return 0 if _informar(resultado) else 1


def _informar(resultado: Resultado) -> bool:
    lenta = resultado.mas_lenta
    razon = p95(resultado.durante) / p95(resultado.antes)
    subida = {n: mib for n, mib in resultado.subida.items() if n in ("web", "worker")}
    print(f"W9, hostile input: {len(resultado.suertes)} files, bodies and addresses")
    print(f"  refused as said    {len(resultado.suertes) - len(resultado.malas)}")
    for suerte in resultado.malas[:A_LA_VISTA]:
        print(f"    {suerte.pieza.nombre}: not {suerte.pieza.codigo}, but {suerte.dicho}")
    print(
        f"  slowest            {lenta.segundos:.2f} s (≤ {META_SEGUNDOS:g}): {lenta.pieza.nombre}"
    )
    for nombre, mib in subida.items():
        print(f"  {nombre:<18} {mib:.0f} MiB above idle (≤ {META_MIB:g})")
    print(
        f"  neighbours' p95    {1000 * p95(resultado.durante):.0f} ms, in peace"
        f" {1000 * p95(resultado.antes):.0f} ms: {razon:.2f} times (≤ {META_VECINOS:g})"
    )
    print(
        f"  left behind        {resultado.sobran} processes; {resultado.vecinos_mal or 'no'} errors"
    )
    return (
        not resultado.malas
        and lenta.segundos <= META_SEGUNDOS
        and max(subida.values()) <= META_MIB
        and razon <= META_VECINOS
        and resultado.sobran == 0
        and not resultado.vecinos_mal
    )


if __name__ == "__main__":
    sys.exit(main())
