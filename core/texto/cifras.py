"""The one reader of amounts and quantities that people write. Pure.

The same rules as static/js/lectura/cifras.js, bound by static/js/tests/vectores/cifras.json;
docs/lectura.md has them in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal

from core.texto.limpieza import limpiar

Motivo = Literal["vacio", "numero", "ambiguo", "decimales", "moneda", "rango"]
# More digits than any amount has: what is longer is not converted at all.
CIFRAS: Final = 13
_LARGO: Final = 60
_SIGNO: Final = re.compile(r"[-\N{MINUS SIGN}] ?")
# "12.500.-": the dash that stands for no cents.
_SIN_CENTAVOS: Final = re.compile(r"[.,] ?[-\N{EN DASH}\N{EM DASH}]$")
_EMPIEZA_NUMERO: Final = re.compile(r"[-\N{MINUS SIGN}]?[0-9]")
_TERMINA_NUMERO: Final = re.compile(r"[0-9]$")
# Digits, or groups of three after points or after spaces; then what a comma leaves behind it.
_ESPANOL: Final = re.compile(r"(\d+|[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+))(?:,(\d+))?", re.ASCII)
# The other way round.
_INGLES: Final = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
_CON_PUNTO: Final = re.compile(r"(\d+)\.(\d+)", re.ASCII)
_TRES: Final = 3
_CENTAVOS: Final = 2


class CifraIlegible(ValueError):
    """A text is not one number. `lecturas`: the numbers that it may be, when it is ambiguous."""

    def __init__(self, motivo: Motivo, lecturas: tuple[str, ...] = ()) -> None:
        super().__init__(motivo)
        self.motivo: Motivo = motivo
        self.lecturas = lecturas


def leer_cifra(
    texto: str, *, decimales: int, simbolos: Iterable[str] = (), ajenos: Iterable[str] = ()
) -> Decimal:
    """The number in a text such as `1.234,50`, `12500` or, with `simbolos`, `Gs. 12.500.-`.

    Points group thousands and a comma is decimal; where there are decimals a point may be decimal
    too. `ajenos`: symbols of other currencies. Raises CifraIlegible: nothing is guessed.
    """
    limpio = limpiar(texto)
    if not limpio:
        raise CifraIlegible("vacio")
    if len(limpio) > _LARGO:
        raise CifraIlegible("numero")
    numero = _SIN_CENTAVOS.sub("", _sin_simbolo(limpio, tuple(simbolos), tuple(ajenos)))
    signo = _SIGNO.match(numero)
    valor = _leer(numero[signo.end() :] if signo else numero, decimales)
    return -valor if signo and valor else valor


def leer_cantidad(texto: str, *, minima: int, maxima: int) -> int:
    """A whole number of units within its limits: `12`, `1.200`. Raises CifraIlegible."""
    cantidad = int(leer_cifra(texto, decimales=0))
    if not minima <= cantidad <= maxima:
        raise CifraIlegible("rango")
    return cantidad


def _sin_simbolo(texto: str, propios: tuple[str, ...], ajenos: tuple[str, ...]) -> str:
    # "US$" before "$".
    for simbolo in sorted((*propios, *ajenos), key=len, reverse=True):
        resto = _quitar(texto, simbolo)
        if resto is not None and simbolo not in propios:
            raise CifraIlegible("moneda")
        if resto is not None:
            return resto
    return texto


def _quitar(texto: str, simbolo: str) -> str | None:
    """The number before or after the symbol; None when it is not there, or is part of a word."""
    escrito, buscado = texto.upper(), simbolo.upper()
    if escrito.startswith(buscado):
        resto = texto[len(simbolo) :].removeprefix(".").strip()
        return resto if _EMPIEZA_NUMERO.match(resto) else None
    for final in (buscado, f"{buscado}."):
        if escrito.endswith(final):
            resto = texto[: -len(final)].strip()
            return resto if _TERMINA_NUMERO.search(resto) else None
    return None


def _leer(numero: str, decimales: int) -> Decimal:
    partes = _ESPANOL.fullmatch(numero)
    # One sign and three digits after it: thousands or decimals, as one was taught to write.
    if partes and len(partes[2] or "") == _TRES:
        raise _ambiguo((_cifras(partes[1]) + partes[2], ""), (partes[1], partes[2]))
    if ingles := _INGLES.fullmatch(numero):
        entero, *grupos = ingles[1].split(",")
        solo_uno = [(entero, grupos[0])] if len(grupos) == 1 else []
        raise _ambiguo((ingles[1], ingles[2] or ""), *solo_uno)
    if decimales and (punto := _CON_PUNTO.fullmatch(numero)):
        if len(punto[2]) == _TRES:
            raise _ambiguo((punto[1] + punto[2], ""), (punto[1], punto[2]))
        partes = punto
    if not partes:
        raise CifraIlegible("numero")
    entero, escrita = _cifras(partes[1]), partes[2] or ""
    fraccion = escrita.rstrip("0")
    # Cents that are none may be written: "15,00".
    if len(escrita) > _CENTAVOS or len(fraccion) > decimales:
        raise CifraIlegible("decimales")
    if len(entero) > CIFRAS:
        raise CifraIlegible("rango")
    return Decimal(f"{entero}.{fraccion}" if fraccion else entero)


def _ambiguo(*lecturas: tuple[str, str]) -> CifraIlegible:
    escritas = []
    for entero, decimal in lecturas:
        fraccion = decimal.rstrip("0")
        escritas.append(f"{_cifras(entero)},{fraccion}" if fraccion else _cifras(entero))
    return CifraIlegible("ambiguo", tuple(dict.fromkeys(escritas)))


def _cifras(grupos: str) -> str:
    """The digits alone, without zeros before them."""
    return re.sub(r"[., ]", "", grupos).lstrip("0") or "0"
