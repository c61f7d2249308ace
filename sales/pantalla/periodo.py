"""The days that a page looks at, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.errores import ErrorDominio

AL_ABRIR: Final = 30
ATAJOS: Final = (1, 7, 30, 60)
DIAS_MAXIMOS: Final = 366


@dataclass(frozen=True)
class Periodo:
    """Some days, both ends included, as each company's calendar has them."""

    desde: date
    hasta: date

    @property
    def dias(self) -> int:
        return (self.hasta - self.desde).days + 1

    def limites(self, zona: ZoneInfo, antes: int = 0) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, there; `antes` days earlier."""
        desde, fin = self.desde - timedelta(days=antes), self.hasta + timedelta(days=1)
        medianoche = time(tzinfo=zona)
        return datetime.combine(desde, medianoche), datetime.combine(fin, medianoche)


def ultimos(dias: int, hoy: date) -> Periodo:
    """So many days, today the last."""
    return Periodo(hoy - timedelta(days=dias - 1), hoy)


def leer_periodo(consulta: Mapping[str, str], hoy: date) -> Periodo:
    """What `desde` and `hasta` say, else the last thirty days; ErrorDominio when they cannot be."""
    hasta = _fecha(consulta.get("hasta", ""), "hasta") or hoy
    desde = _fecha(consulta.get("desde", ""), "desde") or ultimos(AL_ABRIR, hasta).desde
    if desde > hasta:
        raise ErrorDominio(
            _("El período empieza después de terminar: cambiar una de las fechas."),
            codigo="fechas_al_reves",
            campo="desde",
        )
    periodo = Periodo(desde, hasta)
    if periodo.dias > DIAS_MAXIMOS:
        raise ErrorDominio(
            _("El período no pasa de {maximo} días.").format(maximo=DIAS_MAXIMOS),
            codigo="periodo_largo",
            campo="desde",
        )
    return periodo


def _fecha(texto: str, campo: str) -> date | None:
    if not texto:
        return None
    try:
        fecha = date.fromisoformat(texto)
    except ValueError:
        fecha = None
    # Years away from the calendar's ends: a week before them is a date too.
    if fecha is None or not 2000 <= fecha.year <= 2200:
        raise ErrorDominio(
            _("La fecha se escribe AAAA-MM-DD."), codigo="fecha_invalida", campo=campo
        )
    return fecha
