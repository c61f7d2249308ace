"""When the demo's lotes come in: weekdays, hours, growth and odd days. Pure: no Django."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

DIAS: Final = 60
# Orders of a usual day, Monday first; nobody loads on Sundays.
POR_DIA: Final = (74, 57, 53, 51, 62, 17, 0)
# hour of arrival | weight
HORAS: Final = {7: 2, 8: 6, 9: 9, 10: 10, 11: 8, 12: 3, 13: 3, 14: 6, 15: 9, 16: 10, 17: 6, 18: 2}
POR_LOTE: Final = (4, 14)
# How much more is sold at the end than at the beginning, in %.
CRECIMIENTO: Final = (85, 115)
# One day in twenty-five is a fair's, another a storm's: % of the usual.
RAROS: Final = {0: 170, 1: 45}
# Today has something to show whatever the hour and the day: minutes ago.
DE_HOY: Final = (95, 61, 38, 17, 4)


def agenda(ahora: datetime, azar: Random, dias: int = DIAS) -> list[tuple[datetime, int]]:
    """Each lote's arrival before `ahora`, oldest first, and how many orders it brings."""
    entradas: list[tuple[datetime, int]] = []
    for dia in range(dias, -1, -1):
        fecha = (ahora - timedelta(days=dia)).date()
        cuantos = _pedidos_de(fecha, dias - dia, dias, azar)
        entradas += _lotes(fecha, cuantos, ahora, azar)
    pasadas = [entrada for entrada in entradas if entrada[0] < ahora]
    return sorted([*pasadas, *_de_hoy(pasadas, ahora, azar)])


def _pedidos_de(fecha: date, transcurridos: int, dias: int, azar: Random) -> int:
    desde, hasta = CRECIMIENTO
    por_ciento = desde + (hasta - desde) * transcurridos // dias
    por_ciento = por_ciento * RAROS.get(azar.randrange(25), 100) // 100
    return POR_DIA[fecha.weekday()] * por_ciento * azar.randint(88, 112) // 10_000


def _lotes(fecha: date, cuantos: int, ahora: datetime, azar: Random) -> list[tuple[datetime, int]]:
    lotes = []
    while cuantos > 0:
        tamano = min(cuantos, azar.randint(*POR_LOTE))
        cuantos -= tamano
        (hora,) = azar.choices(list(HORAS), list(HORAS.values()))
        minutos = azar.randrange(3_600)
        llegada = datetime.combine(fecha, time(hora), tzinfo=ahora.tzinfo)
        lotes.append((llegada + timedelta(seconds=minutos), tamano))
    return lotes


def _de_hoy(
    pasadas: list[tuple[datetime, int]], ahora: datetime, azar: Random
) -> list[tuple[datetime, int]]:
    """Lotes of the last hour and a half of today, where the day has had none yet."""
    if sum(momento.date() == ahora.date() for momento, _ in pasadas) >= len(DE_HOY) - 1:
        return []
    medianoche = datetime.combine(ahora.date(), time.min, tzinfo=ahora.tzinfo)
    hace = (ahora - timedelta(minutes=minutos) for minutos in DE_HOY)
    return [(max(medianoche, momento), azar.randint(*POR_LOTE)) for momento in hace]
