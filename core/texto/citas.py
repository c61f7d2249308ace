"""What a refusal quotes of what was sent: its beginning, however long it is."""

from __future__ import annotations

from collections.abc import Collection
from reprlib import Repr
from typing import Any, Final

CITA: Final = 60
# No sentence of ours is as long. Longer ones quote something in a way that nobody thought of.
FRASE: Final = 1_000
# What Django REST calls, in its sentences, that which was sent.
DE_AFUERA: Final = frozenset({"input", "value", "pk_value"})
_BREVE: Final = Repr()
_BREVE.maxstring = _BREVE.maxother = CITA


def cita(valor: Any) -> str:
    """The value in words, of 60 characters at most."""
    return _cortar(_BREVE.repr(valor) if isinstance(valor, list | dict) else str(valor), CITA)


def citados(nombres: dict[str, Any]) -> dict[str, Any]:
    """The values of a sentence's names: those that were sent, cut."""
    return {n: cita(valor) if n in DE_AFUERA else valor for n, valor in nombres.items()}


def acotar(dicho: Any, enviados: Collection[str] = ()) -> Any:
    """A refusal of short sentences and names; `enviados`: texts that it may quote."""
    if isinstance(dicho, dict):
        return {_cortar(str(n), CITA): acotar(valor, enviados) for n, valor in dicho.items()}
    if isinstance(dicho, list):
        return [acotar(valor, enviados) for valor in dicho]
    if not isinstance(dicho, str) or len(dicho) <= CITA:
        return dicho
    for enviado in enviados:
        if len(enviado) > CITA:
            dicho = dicho.replace(enviado, cita(enviado))
    return _cortar(dicho, FRASE)


def _cortar(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else texto[: largo - 1] + "…"
