"""Money as it arrives (a JSON number or a decimal string) to integers of the minor unit. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

_TEXTO = re.compile(r"-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,30})?")
# Amounts of this many digits are out of every range; a longer exponent is not worth computing.
_MAGNITUD_MAXIMA = 30


class MontoInvalido(Exception):
    """What is wrong with an amount: `tipo`, `decimales` or `magnitud`."""

    def __init__(self, causa: str) -> None:
        super().__init__(causa)
        self.causa = causa


def en_minimos(valor: Any, decimales: int) -> int:
    """The amount in minor units (may be negative); MontoInvalido when it is none."""
    if type(valor) is int:
        return _acotado(valor) * int(10**decimales)
    if isinstance(valor, str):
        if not _TEXTO.fullmatch(valor):
            raise MontoInvalido("tipo")
        valor = Decimal(valor)
    if not isinstance(valor, Decimal):
        raise MontoInvalido("tipo")
    return _de_decimal(valor, decimales)


def _acotado(valor: int) -> int:
    if abs(valor) >= 10**_MAGNITUD_MAXIMA:
        raise MontoInvalido("magnitud")
    return valor


def _de_decimal(valor: Decimal, decimales: int) -> int:
    if not valor:
        return 0
    if valor.adjusted() >= _MAGNITUD_MAXIMA:
        raise MontoInvalido("magnitud")
    signo, cifras, exponente = valor.as_tuple()
    corrimiento = int(exponente) + decimales
    sobrantes = cifras[corrimiento:] if corrimiento < 0 else ()
    if any(sobrantes):
        raise MontoInvalido("decimales")
    enteras = cifras[:corrimiento] if corrimiento < 0 else cifras
    minimos = int("".join(map(str, enteras))) * int(10 ** max(corrimiento, 0))
    return -minimos if signo else minimos
