"""What dies, when: a plan drawn from a seed, and the hand that carries it out."""

from __future__ import annotations

import heapq
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from core.tests.e2e.mesa import Mesa, al_grupo

# Beyond a claim's silence (15 s) and a sweep: whoever wakes up finds its lote taken over, or done.
PAUSA_LARGA: Final = (22.0, 25.0)
# How long a fault waits for its victim to be there, while others may be at it, one long pause after
# another; and for it to have a lote in hand.
ESPERA_VICTIMA: Final = 240.0
ESPERA_TRABAJO: Final = 3.0
PASO: Final = 0.02
ARCHIVOS_REDIS: Final = ("appendonlydir", "dump.rdb")


class Clase(NamedTuple):
    """A kind of fault: what is done to whom, and for how long (seconds, from and to)."""

    victima: str
    hecho: str
    dura: tuple[float, float] = (0.0, 0.0)
    peso: int = 2

    def __str__(self) -> str:
        return f"{self.victima}: {self.hecho}"


MATAR, CAER, PAUSAR, REINICIAR = "killed", "killed and kept down", "paused", "restarted"
VACIAR, CORTAR = "killed, its memory lost", "connections cut"
HIJO, BASE, BACKEND = "pool child", "database", "database backend"
CLASES: Final = (
    Clase("web", MATAR, peso=4),
    Clase("web", CAER, (1, 3)),
    Clase("web", PAUSAR, (1, 4)),
    Clase("web", REINICIAR),
    Clase("worker", MATAR, peso=5),
    Clase("worker", CAER, (1, 4)),
    Clase("worker", PAUSAR, (1, 6)),
    Clase("worker", REINICIAR),
    Clase(HIJO, MATAR, peso=6),
    Clase(HIJO, PAUSAR, (1, 6)),
    Clase(HIJO, PAUSAR, PAUSA_LARGA, peso=0),
    Clase("beat", MATAR),
    Clase("beat", CAER, (2, 6)),
    Clase("beat", PAUSAR, (1, 6)),
    Clase("redis", MATAR, peso=3),
    Clase("redis", VACIAR, peso=3),
    Clase("redis", CAER, (2, 5)),
    Clase("redis", PAUSAR, (1, 5)),
)
CLASES_POSTGRESQL: Final = (Clase(BASE, CORTAR, peso=3),)
CLASES_POSTGRESQL_PROPIO: Final = (
    Clase(BASE, MATAR, peso=3),
    Clase(BASE, CAER, (1, 4)),
    Clase(BACKEND, MATAR, peso=3),
)


class Falla(NamedTuple):
    """One fault of the plan; `cual` chooses among several victims."""

    cuando: float
    clase: Clase
    dura: float
    cual: int


def planear(
    azar: random.Random, clases: Sequence[Clase], cuantas: int, segundos: float
) -> list[Falla]:
    """So many faults over the time: each kind once a hundred, the others by weight."""
    elegidas = azar.sample(clases, min(cuantas, len(clases))) * (1 + cuantas // 100)
    elegidas = elegidas[:cuantas]
    pesos = [clase.peso for clase in clases]
    elegidas += azar.choices(clases, pesos, k=cuantas - len(elegidas))
    azar.shuffle(elegidas)
    # A long pause first: what it lasts should not be waited for at the end.
    larga = next((n for n, clase in enumerate(elegidas) if clase.dura == PAUSA_LARGA), 0)
    elegidas.insert(0, elegidas.pop(larga))
    ancho = segundos / cuantas
    return [
        Falla((n + azar.random()) * ancho, clase, azar.uniform(*clase.dura), azar.getrandbits(16))
        for n, clase in enumerate(elegidas)
    ]


class SinVictima(Exception):
    """Nobody is there to be met; a little later there will be."""


# What undoes a fault, and what does one: it chooses its victim by a number.
Vuelta = Callable[[], None]
Golpe = Callable[[int], Vuelta | None]


@dataclass
class Verdugo:
    """Carries out a plan on a desk; counts the faults that met a living victim."""

    mesa: Mesa
    # Whether some lote is being worked on right now.
    hay_trabajo: Callable[[], bool]
    # How what is no line of the Procfile is met, by victim and deed.
    golpes: Mapping[tuple[str, str], Golpe] = field(default_factory=dict)
    hechas: Counter[Clase] = field(default_factory=Counter)
    _deshacer: list[tuple[float, int, Vuelta]] = field(default_factory=list)
    _orden: Iterator[int] = field(default_factory=count)
    # Who is down or paused now, and must not be met by another fault.
    _ocupados: set[str] = field(default_factory=set)

    def cumplir(self, plan: Sequence[Falla]) -> None:
        """Each fault at its time, or as soon as its victim is there; returns when all are over."""
        inicio = time.monotonic()
        pendientes = list(plan)
        while pendientes or self._deshacer:
            ahora = time.monotonic()
            while self._deshacer and self._deshacer[0][0] <= ahora:
                heapq.heappop(self._deshacer)[2]()
            pendientes = [f for f in pendientes if not self._una(f, ahora - inicio)]
            time.sleep(PASO)

    def soltar(self) -> None:
        """Undo whatever is still being done, now."""
        while self._deshacer:
            heapq.heappop(self._deshacer)[2]()

    def _una(self, falla: Falla, ahora: float) -> bool:
        """Whether the fault is done; its time may not have come, or its victim may not be there."""
        tarde = ahora - falla.cuando
        if tarde < 0:
            return False
        if tarde > ESPERA_VICTIMA:
            raise AssertionError(f"{falla.clase}: there was never one")
        # Better in the middle of a lote than between two.
        puede_esperar = falla.clase.victima in {"worker", HIJO} and tarde < ESPERA_TRABAJO
        if (puede_esperar and not self.hay_trabajo()) or not self._intentar(falla):
            return False
        self.hechas[falla.clase] += 1
        return True

    def _intentar(self, falla: Falla) -> bool:
        """Whether the victim was there and the fault is done."""
        clase = falla.clase
        if clase.victima in self._ocupados:
            return False
        try:
            propio = self.golpes.get((clase.victima, clase.hecho))
            vuelta = propio(falla.cual) if propio else self._golpear(clase, falla.cual)
        except SinVictima:
            return False
        self._ocupados.add(clase.victima)
        self._despues(falla.dura, clase.victima, vuelta)
        return True

    def _golpear(self, clase: Clase, cual: int) -> Vuelta | None:
        """Do it; what undoes it, if anything does."""
        linea = "worker" if clase.victima == HIJO else clase.victima
        supervisor = self.mesa.procesos[linea].pid
        vivos = vivos_de(supervisor)
        if clase.victima == HIJO:
            vivos = [nieto for hijo in vivos for nieto in vivos_de(hijo)]
            # One that is at work is met in the middle of it.
            vivos = [pid for pid in vivos if estado_de(pid) in "RD"] or vivos
        if not vivos:
            raise SinVictima
        victima = vivos[cual % len(vivos)]
        if clase.hecho == PAUSAR:
            enviar = partial(_al_hijo if clase.victima == HIJO else al_grupo, victima)
            enviar(signal.SIGSTOP)
            return partial(enviar, signal.SIGCONT)
        if clase.hecho == REINICIAR:
            _al_hijo(victima, signal.SIGTERM)
            return None
        if clase.victima == HIJO:
            _al_hijo(victima, signal.SIGKILL)
            return None
        if clase.hecho == MATAR:
            al_grupo(victima, signal.SIGKILL)
            return None
        # Its supervisor sleeps meanwhile, and brings nothing back.
        os.kill(supervisor, signal.SIGSTOP)
        al_grupo(victima, signal.SIGKILL)
        if clase.hecho == VACIAR:
            _esperar_muerte(victima)
            olvidar_redis(self.mesa.data_dir)
        return partial(_al_hijo, supervisor, signal.SIGCONT)

    def _despues(self, dura: float, victima: str, vuelta: Vuelta | None) -> None:
        def volver() -> None:
            self._ocupados.discard(victima)
            if vuelta is not None:
                vuelta()

        heapq.heappush(self._deshacer, (time.monotonic() + dura, next(self._orden), volver))


def vivos_de(pid: int) -> list[int]:
    """The children of a process that are not dead already."""
    with suppress(FileNotFoundError, ProcessLookupError):
        hijos = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(hijo) for hijo in hijos if vive(int(hijo))]
    return []


def olvidar_redis(data_dir: Path) -> None:
    """What a Redis without persistence would remember: nothing."""
    for carpeta in (data_dir, data_dir / "redis"):
        for nombre in ARCHIVOS_REDIS:
            archivo = carpeta / nombre
            if archivo.is_dir():
                shutil.rmtree(archivo)
            else:
                archivo.unlink(missing_ok=True)


def vive(pid: int) -> bool:
    """Whether it runs, or could: not a dead one that nobody has looked at yet."""
    return estado_de(pid) not in "ZX"


def estado_de(pid: int) -> str:
    """The kernel's letter for what a process does now; X when there is none."""
    try:
        estado = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "X"
    return estado.rpartition(")")[2].split()[0]


def _esperar_muerte(pid: int) -> None:
    while vive(pid):
        time.sleep(PASO)


def _al_hijo(pid: int, senal: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, senal)
