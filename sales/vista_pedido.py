"""What the pages show of an order: its lines with their sums, and where their prices came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sales.models import Orders, OrdersDetail
from sales.totales import Totales, importe, moneda_de, totales


@dataclass(frozen=True)
class VistaLinea:
    """A line and what it comes to; `sistema` only when it was sold at another price."""

    linea: OrdersDetail
    numero: int
    importe: Decimal
    iva: Decimal
    sistema: Decimal | None


@dataclass(frozen=True)
class VistaPedido:
    """An order's document."""

    pedido: Orders
    moneda: str
    lineas: list[VistaLinea]
    totales: Totales


def ver_pedido(pedido: Orders) -> VistaPedido:
    """The document of an order whose `detalles` are prefetched."""
    detalles = list(pedido.detalles.all())
    return VistaPedido(
        pedido=pedido,
        moneda=moneda_de(pedido),
        lineas=[_ver_linea(numero, linea) for numero, linea in enumerate(detalles, start=1)],
        totales=totales(detalles),
    )


def _ver_linea(numero: int, linea: OrdersDetail) -> VistaLinea:
    distinto = linea.precio_sistema is not None and linea.precio_sistema != linea.precio_unitario
    return VistaLinea(
        linea=linea,
        numero=numero,
        importe=importe(linea),
        iva=linea.iva_10 + linea.iva_5,
        sistema=linea.precio_sistema if distinto else None,
    )
