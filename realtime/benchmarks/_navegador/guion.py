"""The plan, drawn from a seed: what each machine's hands type, and which faults fall among it."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

MAX_LINEAS: Final = 3
INTENTOS: Final = 8
# The share of orders that two tabs type at once.
ACOMPANADAS: Final = 0.2
C = TypeVar("C")


class Gesto(StrEnum):
    """What is done to an order once its lines are there."""

    NADA = "nothing"
    CAMBIAR = "a quantity edited"
    QUITAR = "a line taken out and brought back"
    SACAR = "a line taken out"
    OBSERVAR = "a remark"
    DESCARTAR = "thrown away and brought back"
    TIRAR = "thrown away"


GESTOS: Final = {
    Gesto.NADA: 6,
    Gesto.CAMBIAR: 5,
    Gesto.QUITAR: 3,
    Gesto.SACAR: 2,
    Gesto.OBSERVAR: 2,
    Gesto.DESCARTAR: 2,
    Gesto.TIRAR: 1,
}


@dataclass(frozen=True)
class Encargo:
    """An article and how it is typed: `12*barcode`, or code and quantity."""

    articulo: int
    codigo: str
    barras: str
    cantidad: int


@dataclass
class Tarea:
    """An order to be typed: for whom, what, and what is done to it afterwards."""

    cliente: str
    ruc: str
    primeros: tuple[Encargo, ...]
    # One for each later attempt: of what was typed before nobody may know what became.
    repuestos: tuple[Encargo, ...]
    gesto: Gesto
    otra_cantidad: int
    # Another tab adds a line to it in the same instant.
    acompanada: bool = False
    intentos: int = 0

    @property
    def encargos(self) -> tuple[Encargo, ...]:
        """What to type this time."""
        return (self.repuestos[self.intentos - 1],) if self.intentos else self.primeros


@dataclass
class Agenda:
    """A machine's orders to be typed: any of its tabs takes the next one."""

    tareas: deque[Tarea] = field(default_factory=deque)

    def siguiente(self) -> Tarea | None:
        """The next order, if any is left."""
        return self.tareas.popleft() if self.tareas else None

    def devolver(self, tarea: Tarea) -> None:
        """It came to nothing: somebody tries again later."""
        tarea.intentos += 1
        if tarea.intentos <= len(tarea.repuestos):
            self.tareas.append(tarea)


def planear_pedidos(
    azar: random.Random, gart: Mapping[str, Any], cuantos: int, maquinas: Sequence[str]
) -> dict[str, Agenda]:
    """So many orders, each of a client of its own, dealt out among the machines."""
    clientes = azar.sample(sorted(gart["clientes"], key=int), cuantos)
    surtidos = {
        canal: [
            a
            for a in sorted(precios, key=int)
            if a in gart["articulos"] and gart["articulos"][a]["codigo_barras"]
        ]
        for canal, precios in gart["precios"].items()
    }
    agendas = {maquina: Agenda() for maquina in maquinas}
    for n, cliente in enumerate(clientes):
        datos = gart["clientes"][cliente]
        surtido = surtidos[str(datos["canal"])]
        encargos = _encargos(azar, gart["articulos"], surtido)
        tarea = Tarea(
            cliente,
            datos["ruc"],
            encargos[INTENTOS:],
            encargos[:INTENTOS],
            azar.choices(list(GESTOS), list(GESTOS.values()))[0],
            azar.randint(61, 99),
            acompanada=azar.random() < ACOMPANADAS,
        )
        agendas[maquinas[n % len(maquinas)]].tareas.append(tarea)
    return agendas


def _encargos(
    azar: random.Random, articulos: Mapping[str, Any], surtido: Sequence[str]
) -> tuple[Encargo, ...]:
    elegidos = azar.sample(surtido, INTENTOS + azar.randint(1, MAX_LINEAS))
    return tuple(
        Encargo(
            int(a),
            str(articulos[a]["codigo"]),
            articulos[a]["codigo_barras"] if azar.random() < 0.7 else "",
            azar.randint(1, 60),
        )
        for a in elegidos
    )


def planear_fallas(azar: random.Random, pesos: Mapping[C, int], cuantas: int) -> list[C]:
    """So many faults: each kind once a hundred, the others by weight."""
    clases = list(pesos)
    elegidas = azar.sample(clases, min(cuantas, len(clases))) * (1 + cuantas // 100)
    elegidas = elegidas[:cuantas]
    elegidas += azar.choices(clases, list(pesos.values()), k=cuantas - len(elegidas))
    azar.shuffle(elegidas)
    return elegidas
