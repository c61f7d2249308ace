"""W2's second half: rebuilding the catalogue against compressing it.

50,000 articles × 4 channels + 20,000 clients. The goal is a ratio of one run: all that
`save_sales_data` does ≤ 1.5 × compressing the same text once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import inf
from time import perf_counter
from typing import Final

from django.db import connection

from core.datos.redisdb import cliente
from core.lz import comprimir
from gestion_precios.motor.vigencia import hoy_en
from sales.benchmarks._catalogo import montar_catalogo, redis_propio
from sales.benchmarks._taller import base_de_pruebas
from sales.catalogo.lectura import Lector
from sales.catalogo.publicacion import save_sales_data
from sales.catalogo.secciones import Seccion, armar

CLIENTES: Final = 20_000
ARTICULOS: Final = 50_000
VUELTAS: Final = 3
META: Final = 1.5


def main() -> int:
    """Measure, print the parts and the ratio; 0 if the goal is met."""
    with base_de_pruebas(), redis_propio():
        sucursal = montar_catalogo(CLIENTES, ARTICULOS)
        hoy = hoy_en(sucursal.empresa)
        contenido = Lector().secciones(sucursal, hoy)
        secciones = [armar(*par) for par in contenido.items()]
        partes: dict[str, Callable[[], object]] = {
            "read": lambda: Lector().secciones(sucursal, hoy),
            "JSON and hash": lambda: [armar(*par) for par in contenido.items()],
            "compress": lambda: [comprimir(s.texto.decode()) for s in secciones],
            "all anew": _de_cero,
            "nothing changed": save_sales_data,
        }
        tiempos = dict.fromkeys(partes, inf)
        # Alternating, so that a machine that is busy for a while is busy for all.
        for _ in range(VUELTAS):
            for nombre, parte in partes.items():
                tiempos[nombre] = min(tiempos[nombre], _medir(parte))
        return 0 if _informar(tiempos, secciones) else 1


def _de_cero() -> None:
    cliente().flushdb()
    save_sales_data()


def _medir(parte: Callable[[], object]) -> float:
    empieza = perf_counter()
    parte()
    return perf_counter() - empieza


def _informar(tiempos: dict[str, float], secciones: list[Seccion]) -> bool:
    caracteres = sum(len(s.texto.decode()) for s in secciones)
    print(
        f"W2, snapshot of {ARTICULOS:,} articles × 4 channels + {CLIENTES:,} clients"
        f" on {connection.vendor}: {caracteres / 1e6:.1f} M characters"
    )
    for nombre, segundos in tiempos.items():
        print(f"  {nombre:<16} {segundos:6.3f} s")
    razon = tiempos["all anew"] / tiempos["compress"]
    print(f"  all anew / compress = {razon:.2f} (≤ {META})")
    return razon <= META


if __name__ == "__main__":
    sys.exit(main())
