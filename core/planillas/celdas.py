"""What a cell says where a file has nothing but text: days, hours, a yes, an amount."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from core.planillas.inerte import escribible, sin_formula
from core.planillas.tablas import Valor


def si_o_no(valor: bool) -> str:
    """A yes or no in words."""
    return _("sí") if valor else _("no")


def hora_local(momento: datetime) -> datetime:
    """The moment by the reader's clock, to the second and without its zone: files have none."""
    return timezone.localtime(momento).replace(microsecond=0, tzinfo=None)


@lru_cache(maxsize=2_048)
def _inerte(texto: str) -> str:
    """The text as a CSV may have it; the same few come again and again."""
    return sin_formula(escribible(texto))


def texto_csv(valor: Valor) -> str:
    """The cell of a CSV that a Spanish spreadsheet opens."""
    match valor:
        case None:
            return ""
        case bool():
            return si_o_no(valor)
        case Decimal():
            return f"{valor:f}".replace(".", ",")
        case datetime():
            return f"{hora_local(valor):%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{valor:%d/%m/%Y}"
        case int():
            return str(valor)
        case _:
            return _inerte(str(valor))
