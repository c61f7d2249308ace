"""What a JSON text may cost, counted before anything of it is built. Pure.

A parser makes objects of a text: `[]` is three characters with its comma, and some 70 bytes; a key
that never came before and its number take 250, and a second look at them 350. One emoji makes the
text itself four times as large. So a text is charged by what Python holds of it and by its pieces,
the values that it has room for, and not by its characters. An honest one costs a few passes of C
over it. Only what seems too much is read again without its strings, whose commas and brackets are
no pieces.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypedDict

# Characters read at once when strings have to be told apart.
_TROZO: Final = 1 << 16
# What a string takes besides its characters, at most.
_CABECERA: Final = 256
# An integer's digits cost their square, and a Decimal's are taken apart one by one.
NUMERAL_MAXIMO: Final = 100
_CIFRAS: Final = bytes.maketrans(b"123456789", b"000000000")
_SEGUIDAS: Final = b"0" * NUMERAL_MAXIMO
_SOLO_CORCHETES: Final = {codigo: None for codigo in range(128) if chr(codigo) not in "[]{}"}


class JsonDesmedido(ValueError):
    """More than the budget: `codigo` says of what."""

    def __init__(self, codigo: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo


@dataclass(frozen=True, slots=True)
class Presupuesto:
    """The most that a text may have; `profundidad` None: what the parser itself can follow."""

    octetos: int
    piezas: int
    profundidad: int | None = None


def exigir(texto: str, presupuesto: Presupuesto) -> None:
    """Raise JsonDesmedido `json_extenso`, `json_demasiadas_piezas` or `json_profundo`."""
    if sys.getsizeof(texto) > presupuesto.octetos + _CABECERA:
        raise JsonDesmedido("json_extenso")
    abiertos = texto.count("[") + texto.count("{")
    honda = presupuesto.profundidad is not None and abiertos > presupuesto.profundidad
    if abiertos + texto.count(",") <= presupuesto.piezas and not honda:
        return
    _exigir_sin_cadenas(texto, presupuesto)


class Lectores(TypedDict, total=False):
    """Arguments of `json.loads`."""

    parse_float: Callable[[str], Decimal]
    parse_int: Callable[[str], int]


def numeros(texto: str) -> Lectores:
    """What `json.loads` needs to read this text's numbers: JsonDesmedido `json_numero_enorme`
    where it meets one too long, before anything is made of it."""
    lectores: Lectores = {"parse_float": _decimal}
    if _con_cifras_seguidas(texto):
        lectores["parse_int"] = _entero
    return lectores


def _con_cifras_seguidas(texto: str) -> bool:
    """Whether any integer might be too long: in an honest text each would cost a call."""
    for inicio in range(0, len(texto), _TROZO):
        trozo = texto[inicio : inicio + _TROZO + NUMERAL_MAXIMO].encode("ascii", "replace")
        if _SEGUIDAS in trozo.translate(_CIFRAS):
            return True
    return False


def _entero(numeral: str) -> int:
    if len(numeral) > NUMERAL_MAXIMO:
        raise JsonDesmedido("json_numero_enorme")
    return int(numeral)


def _decimal(numeral: str) -> Decimal:
    if len(numeral) > NUMERAL_MAXIMO:
        raise JsonDesmedido("json_numero_enorme")
    try:
        return Decimal(numeral)
    except ArithmeticError:
        raise JsonDesmedido("json_numero_enorme") from None


def piezas(texto: str) -> int:
    """The text's commas and opening brackets outside its strings: its values, or a few more."""
    return sum(map(_piezas, _sin_cadenas(texto)))


def _exigir_sin_cadenas(texto: str, presupuesto: Presupuesto) -> None:
    cuantas = nivel = 0
    for trozo in _sin_cadenas(texto):
        if presupuesto.profundidad is not None:
            nivel = _nivel(trozo, nivel, presupuesto.profundidad)
        cuantas += _piezas(trozo)
        if cuantas > presupuesto.piezas:
            raise JsonDesmedido("json_demasiadas_piezas")


def _piezas(trozo: str) -> int:
    return trozo.count(",") + trozo.count("[") + trozo.count("{")


def _nivel(trozo: str, nivel: int, maximo: int) -> int:
    """How deep the text is after `trozo`; JsonDesmedido where it passes `maximo`."""
    for corchete in trozo.encode("ascii", "ignore").decode("ascii").translate(_SOLO_CORCHETES):
        nivel += 1 if corchete in "[{" else -1
        if nivel > maximo:
            raise JsonDesmedido("json_profundo")
    return nivel


def _sin_cadenas(texto: str) -> Iterator[str]:
    """The text outside its strings, a stretch at a time, so that little is held at once.

    Quotes that are not escaped open and close in turn. Whatever is no JSON is read somehow: the
    parser will say so.
    """
    dentro = False
    resto = ""
    for inicio in range(0, len(texto), _TROZO):
        trozo = resto + texto[inicio : inicio + _TROZO]
        # A backslash that belongs with what comes next waits for it.
        resto = "\\" if (len(trozo) - len(trozo.rstrip("\\"))) % 2 else ""
        trozo = trozo.removesuffix(resto).replace("\\\\", "").replace('\\"', "")
        partes = trozo.split('"')
        yield "".join(partes[dentro::2])
        dentro ^= len(partes) % 2 == 0
