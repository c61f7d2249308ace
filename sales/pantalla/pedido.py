"""What the pages show of an order: its lines with their sums, and where their prices came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sales.models import EstadoPedido, Orders, OrdersDetail
from sales.pedidos.totales import Totales, importe, moneda_de, totales


@dataclass(frozen=True)
class VistaLinea:
    """A line and what it comes to; `sistema` only when it was sold at another price."""

    linea: OrdersDetail
    numero: int
    importe: Decimal
    iva: Decimal
    sistema: Decimal | None


@dataclass(frozen=True)
class LineaRevisada:
    """A line sold at another price: what it comes to over (or under) the system's."""

    linea: OrdersDetail
    diferencia: Decimal


@dataclass(frozen=True)
class Revision:
    """What a supervisor looks at before deciding about an order's prices."""

    lineas: list[LineaRevisada]

    @property
    def diferencia(self) -> Decimal:
        """Of the whole order."""
        return sum((fila.diferencia for fila in self.lineas), Decimal(0))


@dataclass(frozen=True)
class VistaPedido:
    """An order's document, and what may still be done to it."""

    pedido: Orders
    moneda: str
    lineas: list[VistaLinea]
    totales: Totales

    @property
    def revision(self) -> Revision | None:
        """Its prices, while they wait for a decision."""
        pedido = self.pedido
        if pedido.anulado_040 or pedido.status != EstadoPedido.EN_REVISION:
            return None
        vigentes = [linea.linea for linea in self.lineas if not linea.linea.anulado_040]
        return Revision(
            [
                LineaRevisada(linea, (linea.precio_unitario - sistema) * linea.cantidad)
                for linea in vigentes
                if (sistema := linea.sistema_distinto) is not None
            ]
        )

    @property
    def se_cancela(self) -> bool:
        """Before the checkout, once."""
        pedido = self.pedido
        return self._en_curso and pedido.status != EstadoPedido.CANCELADO

    @property
    def se_cobra(self) -> bool:
        """Once, at decided prices, unless everything went back."""
        pedido = self.pedido
        deshecho = pedido.status == EstadoPedido.CANCELADO and pedido.stock_returned
        return self._en_curso and pedido.status != EstadoPedido.EN_REVISION and not deshecho

    @property
    def se_devuelve(self) -> bool:
        """Once, when it was cancelled or nobody came for it."""
        pedido = self.pedido
        volvio = pedido.stock_returned or pedido.anulado_040
        return not volvio and pedido.status in {EstadoPedido.CANCELADO, EstadoPedido.NO_RECOGIDO}

    @property
    def tiene_hechos(self) -> bool:
        """Whether anything is left to do."""
        return self.se_cancela or self.se_cobra or self.se_devuelve

    @property
    def _en_curso(self) -> bool:
        return not self.pedido.anulado_040 and self.pedido.pasado_por_caja_en is None


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
    return VistaLinea(
        linea=linea,
        numero=numero,
        importe=importe(linea),
        iva=linea.iva_10 + linea.iva_5,
        sistema=linea.sistema_distinto,
    )
