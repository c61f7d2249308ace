"""Money in templates: `{{ monto|gs:moneda }}`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django import template

from gestion_precios.moneda import DECIMALES, cifra, formato

register = template.Library()


@register.filter
def gs(monto: Decimal | int | str | None, moneda: str = "PYG") -> str:
    """`Gs. 1.234.567`, `S/ 1.234,50`; an empty string when there is no amount."""
    if moneda not in DECIMALES:
        raise ValueError(moneda)
    valor = _decimal(monto)
    # A no-break space: an amount and its currency stay on one line.
    return "" if valor is None else formato(valor, moneda).replace(" ", "\u00a0")


@register.filter
def numero(monto: Decimal | int | str | None, moneda: str = "PYG") -> str:
    """The amount without its currency, for columns whose head names it."""
    valor = _decimal(monto)
    return "" if valor is None else cifra(valor, moneda)


def _decimal(monto: Decimal | int | str | None) -> Decimal | None:
    if monto is None or monto == "":
        return None
    if isinstance(monto, float):
        raise TypeError("money is never a float")
    try:
        return Decimal(monto)
    except InvalidOperation:
        return None
