"""W4, the board: 1,000 streams on the one web process of the Procfile, 10 changes a second.

From a change's commit, in another process, to each client: p50 ≤ 10 ms, p99 ≤ 100 ms. A stream
costs ≤ 20 KB and no thread or database connection; the web stops in ≤ 5 s with all of them open.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from realtime.benchmarks._oyentes import Oyentes
from realtime.benchmarks._pases import dar_pase
from realtime.en_vivo.aforo import POR_PERSONA
from realtime.en_vivo.eventos import RUTA
from realtime.en_vivo.version import version_de
from realtime.models import SIN_SUCURSAL
from sales.benchmarks._catalogo import redis_propio
from sales.benchmarks._servidor import esperar, puerto_libre, url_de_la_base
from sales.benchmarks._taller import base_de_pruebas

CLIENTES: Final = 1_000
CAMBIOS: Final = 150
CADA: Final = 0.1
# Streams that are open before anything is weighed: what the first ones need once.
PRIMEROS: Final = 20
META_P50, META_P99, META_KB, META_PARADA = 10.0, 100.0, 20.0, 5.0


class Peso(NamedTuple):
    """What the web process has in hand."""

    kb: int
    hilos: int
    conexiones: int
    cpu: float


class Cifras(NamedTuple):
    """What was measured."""

    demoras: list[float]
    perdidas: int
    desordenadas: int
    antes: Peso
    despues: Peso
    cpu: float
    parada: float
    codigo: int


def main() -> int:
    """Measure, print the figures beside their goals; 0 if all are met."""
    _permitir_descriptores(2 * CLIENTES + 500)
    with base_de_pruebas(), redis_propio() as carpeta:
        cifras = _medir(carpeta)
    return 0 if _informar(cifras) else 1


def _medir(carpeta: Path) -> Cifras:
    entorno = os.environ | {
        "DATA_DIR": str(carpeta),
        "DATABASE_URL": url_de_la_base(),
        "SECRET_KEY": settings.SECRET_KEY,
        "REDIS_URL": "",
        "WEB_CONCURRENCY": "1",
        "WEB_PORT": str(puerto_libre()),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    puerto = int(entorno["WEB_PORT"])
    with _web(entorno) as web, Oyentes(puerto, _pedidos()) as oyentes:
        esperar(puerto)
        oyentes.abrir(PRIMEROS)
        servidor = _hijo(web.pid)
        antes = _peso(servidor)
        oyentes.abrir(CLIENTES)
        oyentes.escuchar(1)
        abiertos = _peso(servidor)
        hechos = _cambiar(oyentes, entorno)
        despues = _peso(servidor)
        empieza = time.monotonic()
        web.terminate()
        codigo = web.wait(30)
        parada = time.monotonic() - empieza
    llegadas = oyentes.llegadas()
    demoras = sorted(demora for suyas in llegadas for demora in _demoras(suyas, hechos))
    return Cifras(
        demoras=demoras,
        perdidas=len(hechos) * len(llegadas) - len(demoras),
        desordenadas=sum(a >= b for suyas in llegadas for (a, _), (b, _) in pairwise(suyas)),
        antes=antes,
        despues=despues,
        cpu=(despues.cpu - abiertos.cpu) / (CAMBIOS * CADA),
        parada=parada,
        codigo=codigo,
    )


def _pedidos() -> list[str]:
    """What opens each stream: of many people, for one may not have them all."""
    pedidos = []
    for n in range((PRIMEROS + CLIENTES) // POR_PERSONA):
        pase = dar_pase(User.objects.create_user(f"oyente{n}"), [SIN_SUCURSAL])
        ruta = f"{RUTA}?boleto={pase.boleto}&v={version_de(None)}"
        pedido = f"GET {ruta} HTTP/1.1\r\nHost: localhost\r\nCookie: {pase.cookie}\r\n\r\n"
        pedidos += [pedido] * POR_PERSONA
    return pedidos


def _cambiar(oyentes: Oyentes, entorno: dict[str, str]) -> dict[int, float]:
    """Let another process change the board; each version's moment."""
    orden = [sys.executable, "-m", "realtime.benchmarks._cambios", str(CAMBIOS), str(CADA)]
    with subprocess.Popen(orden, env=entorno, stdout=subprocess.PIPE, text=True) as proceso:
        while proceso.poll() is None:
            oyentes.escuchar(0.5)
        salida, _ = proceso.communicate()
    oyentes.escuchar(2)
    lineas = (linea.split() for linea in salida.splitlines())
    return {int(version): float(cuando) for version, cuando in lineas}


def _demoras(suyas: list[tuple[int, float]], hechos: dict[int, float]) -> Iterator[float]:
    """Milliseconds until a client knew of each change; a newer version tells of the older too."""
    llegadas = iter(suyas)
    version, cuando = 0, 0.0
    for hecha, momento in sorted(hechos.items()):
        while version < hecha:
            llegada = next(llegadas, None)
            if llegada is None:
                return
            version, cuando = llegada
        yield 1e3 * (cuando - momento)


@contextmanager
def _web(entorno: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The web's line of the Procfile."""
    lineas = (Path(settings.BASE_DIR) / "Procfile").read_text(encoding="utf-8").splitlines()
    [orden] = [linea.removeprefix("web:") for linea in lineas if linea.startswith("web:")]
    orden = orden.replace("--timeout-graceful", "--log-level critical --timeout-graceful")
    proceso = subprocess.Popen(["/bin/sh", "-c", orden], cwd=settings.BASE_DIR, env=entorno)
    try:
        yield proceso
    finally:
        proceso.terminate()
        proceso.wait(30)


def _hijo(supervisor: int) -> int:
    [pid] = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return int(pid)


def _peso(pid: int) -> Peso:
    estado = Path(f"/proc/{pid}/status").read_text()
    tiempos = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return Peso(
        kb=_campo(estado, "VmRSS"),
        hilos=_campo(estado, "Threads"),
        conexiones=_conexiones(pid),
        cpu=(int(tiempos[11]) + int(tiempos[12])) / os.sysconf("SC_CLK_TCK"),
    )


def _campo(estado: str, nombre: str) -> int:
    hallado = re.search(rf"^{nombre}:\s+(\d+)", estado, re.MULTILINE)
    if hallado is None:
        raise KeyError(nombre)
    return int(hallado[1])


def abiertos_de(pid: int) -> Iterator[str]:
    """What a process has open; one that is closed while they are listed is not among them."""
    for archivo in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield str(archivo.readlink())


def _conexiones(pid: int) -> int:
    """The process' connections to the database: open files with SQLite."""
    base = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return sum(destino == base for destino in abiertos_de(pid))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [base],
        )
        [cuantas] = cursor.fetchone()
    return int(cuantas)


def _permitir_descriptores(cuantos: int) -> None:
    """A socket of each stream here and one there: more than many shells allow by default."""
    blando, duro = resource.getrlimit(resource.RLIMIT_NOFILE)
    if duro != resource.RLIM_INFINITY and duro < cuantos:
        raise SystemExit(f"This needs {cuantos} open files; the limit is {duro} (ulimit -Hn).")
    if blando != resource.RLIM_INFINITY and blando < cuantos:
        resource.setrlimit(resource.RLIMIT_NOFILE, (cuantos, duro))


def _informar(cifras: Cifras) -> bool:
    demoras, antes, despues = cifras.demoras, cifras.antes, cifras.despues
    p50, p99 = (demoras[len(demoras) * parte // 100] for parte in (50, 99))
    kb = (despues.kb - antes.kb) / CLIENTES
    hilos, conexiones = despues.hilos - antes.hilos, despues.conexiones - antes.conexiones
    print(
        f"W4, the board: {CLIENTES:,} streams on one web process, {1 / CADA:g} changes/s"
        f" for {CAMBIOS * CADA:g} s on {connection.vendor}"
    )
    print(
        f"  commit → client    p50 {p50:.1f} ms (≤ {META_P50:g})   p99 {p99:.1f} ms"
        f" (≤ {META_P99:g})   slowest {demoras[-1]:.0f} ms"
    )
    print(
        f"  events             {len(demoras):,}, lost {cifras.perdidas},"
        f" twice or out of order {cifras.desordenadas}"
    )
    print(
        f"  per stream         {kb:.1f} KB (≤ {META_KB:g}), {hilos / CLIENTES:.3f} threads,"
        f" {conexiones / CLIENTES:.3f} connections"
    )
    print(f"  the web's CPU      {cifras.cpu:.2f} of a core")
    print(f"  stop, all open     {cifras.parada:.1f} s (≤ {META_PARADA:g})")
    return (
        p50 <= META_P50
        and p99 <= META_P99
        and kb <= META_KB
        and max(hilos, conexiones) <= 1
        and cifras.parada <= META_PARADA
        and cifras.perdidas == cifras.desordenadas == 0
    )


if __name__ == "__main__":
    sys.exit(main())
