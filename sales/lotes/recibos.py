"""Receipts: the hashes by which browser and server agree on what was sent. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import Any

_CIFRAS_MAXIMAS = 40
_CON_DECIMALES = re.compile(r"-?[0-9]+\.[0-9]+")


def huella_lote(codificacion: str, contenido: bytes) -> str:
    """The identity of a lote's content, as received."""
    return sha256(codificacion.encode() + b"\n" + contenido).hexdigest()


def huella_pedido(cliente_id: str, lineas: Iterable[tuple[int, int, int | str]]) -> str:
    """The receipt of an order: `lineas` are article, quantity and price, a plain decimal."""
    texto = "".join([f"{articulo}:{cantidad}:{precio}\n" for articulo, cantidad, precio in lineas])
    return _resumir(f"{cliente_id}\n{texto}")


def huella_cruda(cliente_id: str, lineas: Iterable[Any]) -> str:
    """The receipt of an order that cannot be read, from whatever of it has a plain form.

    A sender of well-formed mistakes (a quantity of 0, say) computes the same one.
    """
    partes = [f"{cliente_id}\n"]
    for linea in lineas:
        campos = linea if isinstance(linea, dict) else {}
        valores = (campos.get(c) for c in ("articulo_id", "cantidad", "precio_unitario"))
        partes.append(":".join(_plano(valor) for valor in valores) + "\n")
    return _resumir("".join(partes))


def precio_plano(minimos: int, decimales: int) -> str:
    """An amount of minor units as plain decimal text without trailing zeros: 1250, 2 → `12.5`."""
    if not decimales:
        return str(minimos)
    enteros, resto = divmod(minimos, 10**decimales)
    return f"{enteros}.{resto:0{decimales}d}".rstrip("0").rstrip(".")


def _plano(valor: Any) -> str:
    if isinstance(valor, Decimal):
        # Beyond this many places a plain number would be longer than the lote that brought it.
        valor = f"{valor:f}" if abs(valor.adjusted()) <= _CIFRAS_MAXIMAS else str(valor)
    if isinstance(valor, str):
        return valor.rstrip("0").rstrip(".") if _CON_DECIMALES.fullmatch(valor) else valor
    return str(valor) if type(valor) is int else ""


def _resumir(texto: str) -> str:
    return sha256(texto.encode("utf-8", "surrogatepass")).hexdigest()
