"""From the inflated text to `{client: order}`: JSON, bounded and without its traps. Pure."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from sales.payload.fallas import LoteInvalido

PEDIDOS_MAXIMOS = 20_000


def leer_pedidos(texto: str) -> dict[str, Any]:
    """The orders of a lote by client key, as sent; LoteInvalido for faults of the whole."""
    pedidos = _leer_json(texto)
    if not isinstance(pedidos, dict):
        raise LoteInvalido("json_no_es_objeto")
    if not pedidos:
        raise LoteInvalido("sin_pedidos")
    if len(pedidos) > PEDIDOS_MAXIMOS:
        raise LoteInvalido("demasiados_pedidos")
    return pedidos


def _leer_json(texto: str) -> Any:
    try:
        return json.loads(
            texto,
            parse_float=Decimal,
            parse_constant=_no_finito,
            object_pairs_hook=_sin_repetidas,
        )
    except RecursionError:
        raise LoteInvalido("json_profundo") from None
    except json.JSONDecodeError:
        raise LoteInvalido("json_invalido") from None
    except (ValueError, InvalidOperation):
        # Python refuses integers of more than 4,300 digits, Decimal exponents beyond its own.
        raise LoteInvalido("json_numero_enorme") from None


def _sin_repetidas(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    objeto = dict(pares)
    if len(objeto) != len(pares):
        raise LoteInvalido("json_clave_repetida")
    return objeto


def _no_finito(_constante: str) -> NoReturn:
    raise LoteInvalido("json_no_finito")
