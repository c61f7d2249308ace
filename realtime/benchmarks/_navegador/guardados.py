"""The desk's database after the run, as the count wants to see it: read, never written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.tests.e2e.mesa import ALIAS
from realtime.benchmarks._navegador.cuenta import Guardado
from sales.lotes.ingesta import abrir
from sales.models import LotePedidos, Orders, OrdersDetail, ResultadoPedido


def leer_guardados() -> list[Guardado]:
    """Every order of the desk, its lines held against what its lote brought."""
    lineas: dict[int, dict[int, tuple[int, Any]]] = {}
    campos = ("orderobj_id", "artobj_id", "cantidad", "precio_unitario")
    for pedido, articulo, cantidad, precio in OrdersDetail.objects.using(ALIAS).values_list(
        *campos
    ):
        lineas.setdefault(pedido, {})[articulo] = (cantidad, precio)
    llegados = _llegados()
    return [
        Guardado(
            pedido.pedido_numero,
            str(pedido.pdvobj_id),
            str(pedido.uuid or ""),
            {articulo: cantidad for articulo, (cantidad, _) in lineas.get(pedido.pk, {}).items()},
            pedido.observacion,
            _como_llego(
                llegados.get((str(pedido.loteobj_id), str(pedido.pdvobj_id))),
                lineas.get(pedido.pk, {}),
            ),
        )
        for pedido in Orders.objects.using(ALIAS).order_by("pk")
    ]


def _llegados() -> dict[tuple[str, str], dict[int, tuple[int, Any]]]:
    """(lote, client) → the lines as they travelled."""
    llegados = {}
    for lote in LotePedidos.objects.using(ALIAS).filter(codigo=""):
        for cliente, valor in abrir(lote).items():
            detalles = valor if isinstance(valor, list) else valor["detalles"]
            llegados[str(lote.pk), cliente] = {
                linea["articulo_id"]: (linea["cantidad"], linea["precio_unitario"])
                for linea in detalles
            }
    return llegados


def _como_llego(llegado: Mapping[int, Any] | None, guardado: Mapping[int, Any]) -> bool:
    return llegado is not None and {
        articulo: (cantidad, int(precio)) for articulo, (cantidad, precio) in llegado.items()
    } == {articulo: (cantidad, int(precio)) for articulo, (cantidad, precio) in guardado.items()}


def repetidos() -> int:
    """Orders that came again and were met by what is stored."""
    return ResultadoPedido.objects.using(ALIAS).filter(resultado="REPETIDO").count()
