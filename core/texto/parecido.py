"""How near a written word is to a known one: plurals, diminutives, a letter off. Pure.

Of normalized words. The same rules as static/js/lectura/parecido.js; docs/lectura.md has them in
words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

LETRAS_MINIMAS: Final = 4
RAIZ_MINIMA: Final = 3
# What may be miswritten: figures are another number, and what is beyond \uffff is no letter.
COMPARABLE: Final = re.compile(f"[^0-9\\U00010000-\\U0010ffff]{{{LETRAS_MINIMAS},}}")
EXACTA, DE_LA_FAMILIA, A_UNA_LETRA, DE_LEJOS = range(4)
# Spanish and Portuguese. The longest first: «panecito» is no «panec».
_DIMINUTIVO: Final = re.compile("(?:ecit|cit|it|ecill|cill|ill|zinh|inh)[ao]$")


def raiz(palabra: str) -> str:
    """What a word shares with its plural and its diminutives."""
    singular = _recortar(palabra, palabra.removesuffix("s"))
    sin_vocal = _recortar(palabra, singular.rstrip("aeiou"))
    corta = _DIMINUTIVO.sub("", singular)
    if corta == singular or len(corta) < RAIZ_MINIMA:
        return sin_vocal
    # Only written otherwise: «juguito», «vaquita».
    if corta.endswith("gu"):
        return corta.removesuffix("u")
    if corta.endswith("qu"):
        return corta.removesuffix("qu") + "c"
    return _recortar(corta, corta.rstrip("aeiou"))


def comparador(palabra: str) -> Callable[[str, str], int | None]:
    """What tells how far known words, each with its root, are from a written one.

    0 (it begins so) to 3; None: it is another word.
    """
    comparable = COMPARABLE.fullmatch(palabra) is not None
    base = raiz(palabra)

    def de(conocida: str, su_raiz: str) -> int | None:
        if conocida.startswith(palabra):
            return EXACTA
        if not comparable:
            return None
        if base == su_raiz:
            return DE_LA_FAMILIA
        if a_una_letra(palabra, conocida):
            return A_UNA_LETRA
        return DE_LEJOS if len(base) > RAIZ_MINIMA and a_una_letra(base, conocida) else None

    return de


def a_una_letra(palabra: str, conocida: str) -> bool:
    """Whether a letter changed, left out, added or two swapped make it what `conocida` begins with.

    (Damerau.) A short word with a letter too many is only the whole of another.
    """
    i = _iguales(palabra, conocida)
    sin_ella = palabra[:i] + palabra[i + 1 :]
    return (
        conocida.startswith(palabra[i + 1 :], i + 1)
        or conocida.startswith(palabra[i:], i + 1)
        or conocida.startswith(palabra[i + 1 : i + 2] + palabra[i : i + 1] + palabra[i + 2 :], i)
        or (len(sin_ella) >= LETRAS_MINIMAS and conocida.startswith(sin_ella))
        or conocida == sin_ella
    )


def _iguales(uno: str, otro: str) -> int:
    largo = min(len(uno), len(otro))
    return next((i for i in range(largo) if uno[i] != otro[i]), largo)


def _recortar(entera: str, corta: str) -> str:
    return corta if len(corta) >= RAIZ_MINIMA else entera
