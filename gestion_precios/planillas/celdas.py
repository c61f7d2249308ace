"""The cells of a price spreadsheet as people leave them: prices, codes, a «sí».

A cell is None (empty), text, a number (Decimal) or Ilegible. What cannot be read raises
ValueError, whose text says what to do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from core.texto.cifras import CifraIlegible
from core.texto.frases_de_cifra import frase_de_cifra
from core.texto.limpieza import limpiar
from gestion_precios.moneda import decimales, leer_importe
from gestion_precios.planillas.lectura.limites import NO, SI

CODIGO_MAXIMO = 2**31 - 1
# A number's first digit lies no further from the point: written out, 1e308 is a page of zeros.
ORDEN_MAXIMO = 15
# A text that begins so, whatever its form or width, would be a formula when a spreadsheet opens it.
SIGNOS_DE_FORMULA = frozenset("=+-@|%\N{MINUS SIGN}")
# Seen as blanks, and yet letters or symbols to Unicode: fillers of Hangul and of hieroglyphs, the
# empty pattern of Braille, a note without head.
BLANCOS = frozenset("\u115f\u1160\u3164\uffa0\u2800\U00013441\U00013442\U0001d159")
# Each may be a cell of its own where a CSV is opened with another separator than its own.
_FINES = r",;|\t\r\n\x85\u2028\u2029"
_PEDAZOS = re.compile(f"[^{_FINES}]+[{_FINES}]?|[{_FINES}]")
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
    if not celda or "'" not in celda:
        return celda or ""
    pedazos = _PEDAZOS.findall(celda)
    return "".join(p[1:] if p[:1] == "'" and _parece_formula(p[1:]) else p for p in pedazos)


def leer_si(celda: Celda) -> bool:
    """A yes or a no; empty is no."""
    palabra = (celda.visto if isinstance(celda, Ilegible) else leer_texto(celda)).upper()
    if palabra in SI:
        return True
    if palabra in NO:
        return False
    raise ValueError(_("Escribir «sí» para quitar, o dejar la celda vacía."))


def sin_formula(texto: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `leer_texto` gives it back."""
    return "".join(f"'{p}" if _parece_formula(p) else p for p in _PEDAZOS.findall(texto))


def _parece_formula(pedazo: str) -> bool:
    """Whether the first thing to be seen of it is a formula's sign.

    Programs pass over what is not seen before it, and over the quotes that a CSV doubles; so does
    this over the apostrophes that we put there, whose number then tells what was in the text.
    """
    return next((clase for clase in map(_clase, pedazo) if clase is not None), False)


@lru_cache(maxsize=2_048)
def _clase(letra: str) -> bool | None:
    """Whether a cell that begins with it may be a formula; None: what comes after it says."""
    if letra in "\t\r\n":
        return True
    # Marks and whatever Unicode does not know yet among them.
    if letra in "'\"" or letra in BLANCOS or unicodedata.category(letra)[0] in "CZM":
        return None
    # Full-width and small signs are the sign itself.
    return unicodedata.normalize("NFKC", letra)[0] in SIGNOS_DE_FORMULA


def _se_escribe(numero: Decimal) -> bool:
    """Whether its digits are a few."""
    return numero.is_finite() and abs(numero.adjusted()) <= ORDEN_MAXIMO
