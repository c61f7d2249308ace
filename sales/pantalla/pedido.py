"""What the pages show of an order: its lines with their sums, and where their prices came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sales.models import Orders, OrdersDetail
from sales.pedidos.lo_permitido import lo_permitido
from sales.pedidos.tabla_de_estados import Celda
from sales.pedidos.totales import Totales, importe, moneda_de, totales
from sales.signals import Hecho


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
        """What the whole order comes to over (or under) the system's prices."""
        return sum((fila.diferencia for fila in self.lineas), Decimal(0))


@dataclass(frozen=True)
class VistaPedido:
    """An order's document, and what the table of states still offers."""

    pedido: Orders
    moneda: str
    lineas: list[VistaLinea]
    totales: Totales
    permitido: Mapping[str, Celda]

    @property
    def revision(self) -> Revision | None:
        """The order's prices, while they wait for a decision."""
        if not self._se_ofrece(Hecho.PRECIO_ACEPTADO):
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
    def se_corrige(self) -> bool:
        """Whether its prices may still become the system's."""
        return self._se_ofrece(Hecho.PRECIO_CORREGIDO)

    @property
    def se_cancela(self) -> bool:
        """Whether the order may be cancelled: before the checkout, once."""
        return self._se_ofrece(Hecho.CANCELACION)

    @property
    def se_cobra(self) -> bool:
        """Whether it may pass the checkout: once, at decided prices, unless its stock went back."""
        return self._se_ofrece(Hecho.CAJA)

    @property
    def se_devuelve(self) -> bool:
        """Whether its stock may come back: once, when it was cancelled or nobody came for it."""
        return self._se_ofrece(Hecho.STOCK_DEVUELTO)

    @property
    def tiene_hechos(self) -> bool:
        """Whether anything is left to do."""
        return self.se_cancela or self.se_cobra or self.se_devuelve

    @property
    def se_anula(self) -> bool:
        """Whether the whole order may be voided: once."""
        return self._se_ofrece(Hecho.ANULACION)

    @property
    def anulables(self) -> list[VistaLinea]:
        """The lines that may be voided by themselves."""
        if not self._se_ofrece(Hecho.ANULACION_DE_LINEA):
            return []
        return [linea for linea in self.lineas if not linea.linea.anulado_040]

    def _se_ofrece(self, hecho: Hecho) -> bool:
        return self.permitido[hecho].ofrecida


def ver_pedido(pedido: Orders) -> VistaPedido:
    """The document of an order whose `detalles` are prefetched."""
    detalles = list(pedido.detalles.all())
    return VistaPedido(
        pedido=pedido,
        moneda=moneda_de(pedido),
        lineas=[_ver_linea(numero, linea) for numero, linea in enumerate(detalles, start=1)],
        totales=totales(detalles),
        permitido=lo_permitido(pedido),
    )


def _ver_linea(numero: int, linea: OrdersDetail) -> VistaLinea:
    return VistaLinea(
        linea=linea,
        numero=numero,
        importe=importe(linea),
        iva=linea.iva_10 + linea.iva_5,
        sistema=linea.sistema_distinto,
    )
