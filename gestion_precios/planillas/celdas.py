"""The cells of a price spreadsheet as people leave them: prices, codes, a «sí».

A cell is None (empty), text, a number (Decimal) or Ilegible. What cannot be read raises
ValueError, whose text says what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.planillas.inerte import como_era
from core.texto.cifras import CifraIlegible
from core.texto.frases_de_cifra import frase_de_cifra
from core.texto.limpieza import limpiar
from gestion_precios.moneda import decimales, leer_importe
from gestion_precios.planillas.lectura.limites import NO, SI

CODIGO_MAXIMO = 2**31 - 1
# A number's first digit lies no further from the point: written out, 1e308 is a page of zeros.
ORDEN_MAXIMO = 15
_ENTERO = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Ilegible:
    """A cell that holds something that is neither text nor a number: `motivo` says what."""

    motivo: str
    visto: str = ""


Celda = str | Decimal | Ilegible | None


def vacia(celda: Celda) -> bool:
    """Whether there is nothing in the cell."""
    return celda is None or celda == ""


def visto(celda: Celda) -> str:
    """What the person sees in the cell, more or less; short."""
    if isinstance(celda, Ilegible):
        return celda.visto
    return "" if celda is None else str(celda)[:40]


def leer_precio(celda: Celda, moneda: str) -> Decimal:
    """The price in a cell: a number, or a text such as `1.234,50` or `Gs. 1.234`."""
    if isinstance(celda, Ilegible):
        raise ValueError(celda.motivo)
    if isinstance(celda, Decimal):
        numero = celda
    else:
        try:
            numero = leer_importe(celda or "", moneda)
        except CifraIlegible as error:
            raise ValueError(frase_de_cifra(celda or "", error, decimales(moneda))) from error
    if not numero.is_finite():
        raise ValueError(_("No es un número."))
    if numero.adjusted() > ORDEN_MAXIMO:
        raise ValueError(_("El precio es demasiado grande."))
    return numero


def leer_codigo(celda: Celda) -> int:
    """An article's code: digits, as text or as a number."""
    if isinstance(celda, Ilegible):
        raise ValueError(celda.motivo)
    if isinstance(celda, Decimal):
        texto = str(int(celda)) if _se_escribe(celda) and celda == celda.to_integral_value() else ""
    else:
        texto = limpiar(celda or "")
    if not _ENTERO.fullmatch(texto) or not 0 < int(texto) <= CODIGO_MAXIMO:
        raise ValueError(_("El código es un número entero, sin puntos ni comas."))
    return int(texto)


def leer_texto(celda: Celda) -> str:
    """A cell of text, without the apostrophes that kept it from being a formula."""
    if isinstance(celda, Ilegible):
        raise ValueError(celda.motivo)
    if isinstance(celda, Decimal):
        return f"{celda.normalize():f}" if _se_escribe(celda) else str(celda)
    return como_era(celda or "")


def leer_si(celda: Celda) -> bool:
    """A yes or a no; empty is no."""
    palabra = (celda.visto if isinstance(celda, Ilegible) else leer_texto(celda)).upper()
    if palabra in SI:
        return True
    if palabra in NO:
        return False
    raise ValueError(_("Escribir «sí» para quitar, o dejar la celda vacía."))


def _se_escribe(numero: Decimal) -> bool:
    """Whether its digits are a few."""
    return numero.is_finite() and abs(numero.adjusted()) <= ORDEN_MAXIMO
