"""Blocks of known height shared out over pages, and drawn with `hoja x de y`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sales.documentos.lapiz import Lapiz

Dibujo = Callable[[Lapiz, float], None]


@dataclass(frozen=True)
class Bloque:
    """What is drawn in one piece; `pegado`: never the last of its page."""

    alto: float
    dibujar: Dibujo
    pegado: bool = False


class Pie(Protocol):
    """What draws a page's foot, knowing which of how many it is."""

    def __call__(self, lapiz: Lapiz, hoja: int, hojas: int) -> None:
        """Draw it."""


@dataclass(frozen=True)
class Escrito:
    """A document: its head, the head of each page that follows, the columns' titles, its rows and
    its end."""

    cabeza: Bloque
    seguida: Bloque
    titulos: Bloque
    filas: Sequence[Bloque]
    cierre: Bloque


def repartir(escrito: Escrito, alto_util: float) -> list[list[Bloque]]:
    """The blocks of each page: no row is cut, and the end is in one piece."""
    hoja = [escrito.cabeza, escrito.titulos]
    hojas = [hoja]
    queda = alto_util - sum(bloque.alto for bloque in hoja)
    bloques = [*escrito.filas, escrito.cierre]
    for n, bloque in enumerate(bloques):
        pide = bloque.alto + (bloques[n + 1].alto if bloque.pegado else 0)
        if pide > queda:
            es_fila = bloque is not escrito.cierre
            hoja = [escrito.seguida, escrito.titulos] if es_fila else [escrito.seguida]
            hojas.append(hoja)
            queda = alto_util - sum(b.alto for b in hoja)
        hoja.append(bloque)
        queda -= bloque.alto
    return hojas


def apilar(lapiz: Lapiz, bloques: Sequence[Bloque], y: float) -> None:
    """Draw the blocks one under the other."""
    for bloque in bloques:
        bloque.dibujar(lapiz, y)
        y += bloque.alto


def nada(_lapiz: Lapiz, _y: float) -> None:
    """What an empty block draws."""
