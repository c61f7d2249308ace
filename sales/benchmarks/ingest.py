"""W1: 1,000 orders × 20 lines, from a stored lote to committed rows, at prices with rules.

Against the same run's limit (prepared rows poured by COPY or executemany, one transaction) and
the usual answer (`.save()` per row, a transaction per order). The ratio to the limit is the goal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from sales.benchmarks._taller import Mesa, base_de_pruebas, guardar_lote, montar, texto_del_lote
from sales.lotes.ingesta import save_orders_clients
from sales.lotes.insercion_masiva import Plano, columnas, plano, reservar_ids
from sales.models import LotePedidos, Orders, OrdersDetail
from sales.models.numeracion import reservar_numeros
from sales.precios.iva import desglosar

PEDIDOS: Final = 1_000
LINEAS: Final = 20
VUELTAS: Final = 9
# The usual answer is slow enough to be measured on a part of the work.
PEDIDOS_UNO_A_UNO: Final = 100
METAS: Final = {"postgresql": 0.6, "sqlite": 0.45}
Trabajo = Callable[[], object]


def main() -> int:
    """Measure, print the ratios; 0 if the goal is met."""
    with base_de_pruebas():
        mesa = montar(clientes=PEDIDOS)
        texto = texto_del_lote(mesa, PEDIDOS, LINEAS)
        propia, limite = 0.0, 0.0
        # Alternating, so that a machine that is busy for a while is busy for both.
        for _ in range(VUELTAS):
            lote = guardar_lote(mesa, texto)
            propia = max(propia, _ritmo(PEDIDOS, _de_punta_a_punta(lote)))
            copia = guardar_lote(mesa, texto)
            limite = max(limite, _ritmo(PEDIDOS, _preparadas(lote, copia)))
        uno_a_uno = _ritmo(PEDIDOS_UNO_A_UNO, _uno_a_uno(mesa, texto))
    return 0 if _informar(propia, limite, uno_a_uno) else 1


def _informar(propia: float, limite: float, uno_a_uno: float) -> bool:
    motor = connection.vendor
    nombre = {"postgresql": "COPY", "sqlite": "executemany"}[motor]
    meta = METAS[motor]
    print(f"W1, {PEDIDOS} orders × {LINEAS} lines on {motor}: lines/s")
    print(f"  save_orders_clients    {propia:>9,.0f}")
    print(f"  {nombre + ' (limit)':<22} {limite:>9,.0f}   ratio {propia / limite:.2f} (≥ {meta})")
    print(
        f"  .save() per row        {uno_a_uno:>9,.0f}   ours is {propia / uno_a_uno:.0f} times"
        f" as fast; the limit would be {limite / uno_a_uno:.0f}"
    )
    return propia >= meta * limite


def _ritmo(pedidos: int, trabajo: Trabajo) -> float:
    empieza = perf_counter()
    trabajo()
    return pedidos * LINEAS / (perf_counter() - empieza)


def _de_punta_a_punta(lote: UUID) -> Trabajo:
    def trabajo() -> None:
        avance = save_orders_clients(lote)
        if avance is None or avance.estado != LotePedidos.Estado.COMPLETO:
            raise AssertionError(avance)

    return trabajo


def _preparadas(lote: UUID, copia: UUID) -> Trabajo:
    """The headers and lines of a saved lote as whole rows, ready to be poured as another one's."""
    campos_pedido, campos_linea = _campos(Orders), _campos(OrdersDetail)[1:]
    originales = Orders.objects.filter(loteobj=lote).order_by("id").values(*campos_pedido)
    with transaction.atomic():
        ids = reservar_ids(Orders, PEDIDOS)
        numeros = reservar_numeros(PEDIDOS)
    nuevos = {vieja["id"]: id_ for vieja, id_ in zip(originales, ids, strict=True)}
    propios = [
        {"id": i, "pedido_numero": n, "loteobj": copia} for i, n in zip(ids, numeros, strict=True)
    ]
    cabeceras = [
        tuple(map(_plano, (vieja | propio).values()))
        for vieja, propio in zip(originales, propios, strict=True)
    ]
    viejas = OrdersDetail.objects.filter(orderobj__loteobj=lote).order_by("id")
    lineas = [
        tuple(map(_plano, (linea | {"orderobj": nuevos[linea["orderobj"]]}).values()))
        for linea in viejas.values(*campos_linea)
    ]

    def trabajo() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            _insertar(cursor, Orders, campos_pedido, cabeceras)
            _insertar(cursor, OrdersDetail, campos_linea, lineas)

    return trabajo


def _campos(modelo: type[Model]) -> list[str]:
    return [campo.name for campo in modelo._meta.concrete_fields]


def _insertar(
    cursor: Any, modelo: type[Model], campos: list[str], filas: list[tuple[Plano, ...]]
) -> None:
    """The drivers' own way with many rows, as anybody would write it."""
    tabla, nombres = modelo._meta.db_table, ", ".join(columnas(modelo, campos))
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {tabla} ({nombres}) FROM STDIN") as copia:
            for fila in filas:
                copia.write_row(fila)
    else:
        huecos = ", ".join(["%s"] * len(campos))
        # The names are our own.
        cursor.executemany(f"INSERT INTO {tabla} ({nombres}) VALUES ({huecos})", filas)  # noqa: S608


def _plano(valor: Any) -> Plano:
    if isinstance(valor, UUID | date | datetime):
        return plano(valor)
    return int(valor) if isinstance(valor, Decimal | bool) else valor


def _uno_a_uno(mesa: Mesa, texto: str) -> Trabajo:
    """What the models' `save()` costs: an object a row, a transaction an order."""
    pedidos = list(json.loads(texto).items())[:PEDIDOS_UNO_A_UNO]
    hoy = timezone.localdate()

    def trabajo() -> None:
        for cliente, lineas in pedidos:
            with transaction.atomic():
                pedido = Orders(
                    pdvobj_id=int(cliente),
                    doc_fecha=hoy,
                    sucursal=mesa.sucursal,
                    usuario=mesa.usuario,
                )
                pedido.save()
                for linea in lineas:
                    _linea(mesa, pedido, linea).save()

    return trabajo


def _linea(mesa: Mesa, pedido: Orders, linea: dict[str, int]) -> OrdersDetail:
    articulo, cantidad, precio = (
        linea["articulo_id"],
        linea["cantidad"],
        linea["precio_unitario"],
    )
    iva = desglosar(cantidad * precio, mesa.articulos[articulo])
    return OrdersDetail(
        orderobj=pedido,
        artobj_id=articulo,
        cantidad_original=cantidad,
        cantidad=cantidad,
        precio_unitario=precio,
        precio_sistema=precio,
        lista_precio=mesa.lista,
        **iva._asdict(),
    )


if __name__ == "__main__":
    sys.exit(main())
