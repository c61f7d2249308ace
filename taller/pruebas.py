"""What `./dev test` asks of pytest: which tests, and over how many processes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from taller.base import PYTHON, correr

RAPIDO: Final = "rapido"
# What takes seconds each is left out of it (core/tests/corrida/reparto.py).
SOLO_RAPIDAS: Final = ("-m", "not lenta")
# Who asks for this has decided it, or wants to look at one test.
DECIDEN: Final = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "-s", "--capture=no")
# A Redis server has sixteen databases, and each process takes two.
PROCESOS_EN_UN_REDIS: Final = 8


def pruebas(argumentos: Sequence[str]) -> int:
    """Run the tests; pytest's exit code."""
    return correr([PYTHON, "-m", "pytest", *para_pytest(argumentos, procesos(os.environ))])


def para_pytest(argumentos: Sequence[str], cuantos: int) -> list[str]:
    """`rapido` in pytest's words, the rest as it is; shared out unless there is a reason not to."""
    pedido = list(argumentos)
    if pedido[:1] == [RAPIDO]:
        pedido[:1] = SOLO_RAPIDAS
    reparto = ["-n", str(cuantos)] if cuantos > 1 and _se_reparte(pedido) else []
    return [*reparto, *pedido]


def procesos(entorno: Mapping[str, str]) -> int:
    """One for each core this process may use, within what a given Redis has room for."""
    nucleos = len(os.sched_getaffinity(0))
    return min(nucleos, PROCESOS_EN_UN_REDIS) if entorno.get("REDIS_URL") else nucleos


def _se_reparte(argumentos: Iterable[str]) -> bool:
    """Not what names its files: starting processes would take longer than those tests."""
    return not any(_decide(argumento) or _es_archivo(argumento) for argumento in argumentos)


def _decide(argumento: str) -> bool:
    # -n4 and --dist=load too.
    return argumento.startswith("-n") or argumento.partition("=")[0] in DECIDEN


def _es_archivo(argumento: str) -> bool:
    return argumento.partition("::")[0].endswith(".py")
