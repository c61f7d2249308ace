"""A company's clock for the browser: how far from UTC it is, and from when on.

Browsers and systems may hold older rules than the installed ones; the company's day is one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

# An order is dated within a year of today; an open page, or one without a line, lives on.
ATRAS: Final = timedelta(days=400)
ADELANTE: Final = timedelta(days=800)
_MINUTO: Final = timedelta(minutes=1)
Huso = tuple[int, int]


@lru_cache(maxsize=64)
def husos(zona: str, hoy: date) -> tuple[Huso, ...]:
    """(milliseconds since 1970 from which on, minutes east of UTC), the first before all of use."""
    reloj = ZoneInfo(zona)
    medianoche = datetime.combine(hoy, time.min, tzinfo=UTC)
    desde, fin = medianoche - ATRAS, medianoche + ADELANTE
    hallados = [_huso(desde, reloj)]
    while desde < fin:
        siguiente = desde + timedelta(days=1)
        if _minutos(siguiente, reloj) != hallados[-1][1]:
            hallados.append(_huso(_cambio(desde, siguiente, reloj), reloj))
        desde = siguiente
    return tuple(hallados)


def _cambio(antes: datetime, despues: datetime, reloj: ZoneInfo) -> datetime:
    """The first minute of the later offset."""
    viejo = _minutos(antes, reloj)
    while despues - antes > _MINUTO:
        medio = antes + (despues - antes) // _MINUTO // 2 * _MINUTO
        antes, despues = (medio, despues) if _minutos(medio, reloj) == viejo else (antes, medio)
    return despues


def _huso(momento: datetime, reloj: ZoneInfo) -> Huso:
    return int(momento.timestamp() * 1000), _minutos(momento, reloj)


def _minutos(momento: datetime, reloj: ZoneInfo) -> int:
    corrimiento = momento.astimezone(reloj).utcoffset() or timedelta()
    return corrimiento // _MINUTO
