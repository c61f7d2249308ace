"""Currencies and their decimals. Pure: no Django."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.texto.cifras import leer_cifra

DECIMALES = {"PYG": 0, "PEN": 2, "USD": 2}
SIMBOLOS = {"PYG": "Gs.", "PEN": "S/", "USD": "US$"}
# How people write them; the same as in static/js/comun/dinero.js.
ESCRITOS = {
    "PYG": ("Gs", "G", "₲", "PYG"),
    "PEN": ("S/", "PEN"),
    "USD": ("US$", "U$S", "$", "USD"),
}
# Made once: a cart's trace asks for them a thousand times.
_UNIDADES = {moneda: Decimal(1).scaleb(-cuantos) for moneda, cuantos in DECIMALES.items()}
_A_LA_ESPANOLA = str.maketrans(",.", ".,")


def decimales(moneda: str) -> int:
    """How many decimals amounts of this currency carry (PYG 0, PEN and USD 2)."""
    return DECIMALES[moneda]


def redondear(monto: Decimal, moneda: str) -> Decimal:
    """Round half up to the currency's decimals."""
    return monto.quantize(_UNIDADES[moneda], rounding=ROUND_HALF_UP)


def cabe(monto: Decimal, moneda: str) -> bool:
    """Whether the amount has no more decimals than its currency allows."""
    return monto == redondear(monto, moneda)


def texto_exacto(monto: Decimal, moneda: str) -> str:
    """The amount as the API writes it: fixed point with the currency's decimals."""
    return f"{redondear(monto, moneda):f}"


def texto_fiel(monto: Decimal, moneda: str) -> str:
    """The amount as text with the currency's decimals, or every digit it has where it is finer."""
    return texto_exacto(monto, moneda) if cabe(monto, moneda) else f"{monto.normalize():f}"


def leer_importe(texto: str, moneda: str) -> Decimal:
    """What a person wrote of an amount: `12.500`, `Gs. 900`, `1.234,50`. Raises CifraIlegible."""
    return leer_cifra(
        texto, decimales=DECIMALES[moneda], simbolos=ESCRITOS[moneda], ajenos=ajenos_a(moneda)
    )


def ajenos_a(moneda: str) -> tuple[str, ...]:
    """How people write the other currencies."""
    propios = ESCRITOS[moneda]
    return tuple(s for escritos in ESCRITOS.values() for s in escritos if s not in propios)


def cifra(monto: Decimal, moneda: str) -> str:
    """The amount as people read it, its currency known: `1.234.567`, `1.234,50`."""
    return f"{redondear(monto, moneda):,f}".translate(_A_LA_ESPANOLA)


def formato(monto: Decimal, moneda: str) -> str:
    """The amount as people read it: `Gs. 1.234.567`, `S/ 1.234,50`."""
    return f"{SIMBOLOS[moneda]} {cifra(monto, moneda)}"


def con_signo(diferencia: Decimal, moneda: str) -> str:
    """A difference as people read it: `−S/ 130,00`, `+Gs. 500`, `Gs. 0`."""
    signo = "+" if diferencia > 0 else "−" if diferencia < 0 else ""
    return f"{signo}{formato(abs(diferencia), moneda)}"
