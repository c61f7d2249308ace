"""From the inflated text to `{client: order}`: JSON, bounded and without its traps. Pure."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from core.entrada.presupuesto_json import JsonDesmedido, Presupuesto, exigir, numeros
from core.limites_pedido import LIMITES
from core.lz import LIMITE
from sales.payload.fallas import LoteInvalido

PEDIDOS_MAXIMOS = LIMITES["pedidos_por_lote"]
# A worker gets by with 300 MiB whatever comes (docs/ingesta.md). How deep a text may go is left to
# the parser, which stops by itself before it has spent anything.
PRESUPUESTO = Presupuesto(octetos=LIMITE, piezas=LIMITES["piezas_por_lote"])


def leer_pedidos(texto: str) -> dict[str, Any]:
    """The orders of a lote by client key, as sent; LoteInvalido for faults of the whole."""
    try:
        exigir(texto, PRESUPUESTO)
    except JsonDesmedido as error:
        raise LoteInvalido(error.codigo) from None
    pedidos = _leer_json(texto)
    if not isinstance(pedidos, dict):
        raise LoteInvalido("json_no_es_objeto")
    if not pedidos:
        raise LoteInvalido("sin_pedidos")
    if len(pedidos) > PEDIDOS_MAXIMOS:
        raise LoteInvalido("demasiados_pedidos")
    return pedidos


def _leer_json(texto: str) -> Any:
    """Parse; a second time, looking at every key, when the first cannot rule out repeated ones."""
    objeto = _parsear(texto)
    if texto.count(":") == _claves_contadas(objeto):
        return objeto
    del objeto
    return _parsear(texto, object_pairs_hook=_sin_repetidas)


def _claves_contadas(pedidos: Any) -> int:
    """The keys of the orders and their lines; of anything of another shape, none.

    Each key in the text has its colon, and a key that was repeated is counted once. So as many
    colons as keys counted means that none was; texts with colons of their own only cost time.
    """
    if not isinstance(pedidos, dict):
        return 0
    cuantas = len(pedidos)
    for pedido in pedidos.values():
        lineas = pedido
        if isinstance(pedido, dict):
            cuantas += len(pedido)
            lineas = pedido.get("detalles")
        if isinstance(lineas, list) and set(map(type, lineas)) == {dict}:
            cuantas += sum(map(len, lineas))
    return cuantas


def _parsear(texto: str, **opciones: Any) -> Any:
    try:
        return json.loads(texto, parse_constant=_no_finito, **numeros(texto), **opciones)
    except JsonDesmedido as error:
        raise LoteInvalido(error.codigo) from None
    except RecursionError:
        raise LoteInvalido("json_profundo") from None
    except json.JSONDecodeError:
        raise LoteInvalido("json_invalido") from None


def _sin_repetidas(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    objeto = dict(pares)
    if len(objeto) != len(pares):
        raise LoteInvalido("json_clave_repetida")
    return objeto


def _no_finito(_constante: str) -> NoReturn:
    raise LoteInvalido("json_no_finito")
