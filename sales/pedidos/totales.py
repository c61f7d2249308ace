"""An order's sums, from its lines that are not voided."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum

from gestion_precios.moneda import texto_exacto
from sales.models import Orders, OrdersDetail

CAMPOS = ("gravada_10", "iva_10", "gravada_5", "iva_5", "exenta")
# An order without a branch comes from another system; the group's home currency is its own.
MONEDA_SIN_SUCURSAL = "PYG"


class Totales(NamedTuple):
    """The tax split of a document and what it comes to."""

    gravada_10: Decimal
    iva_10: Decimal
    gravada_5: Decimal
    iva_5: Decimal
    exenta: Decimal

    @property
    def total(self) -> Decimal:
        """What the client pays."""
        return sum(self, Decimal(0))


def totales(lineas: Iterable[OrdersDetail]) -> Totales:
    """Sum the lines in force."""
    vigentes = [linea for linea in lineas if not linea.anulado_040]
    return Totales(
        *(sum((getattr(linea, campo) for linea in vigentes), Decimal(0)) for campo in CAMPOS)
    )


def importe(linea: OrdersDetail) -> Decimal:
    """A line's total, IVA included."""
    return sum((getattr(linea, campo) for campo in CAMPOS), Decimal(0))


def moneda_de(pedido: Orders) -> str:
    """The currency of the order's company."""
    return pedido.sucursal.empresa.moneda if pedido.sucursal else MONEDA_SIN_SUCURSAL


def monto(valor: Decimal, pedido: Orders) -> str:
    """The amount as the API writes it, in the order's currency."""
    return texto_exacto(valor, moneda_de(pedido))


def con_total(pedidos: QuerySet[Orders]) -> QuerySet[Orders]:
    """Annotate `total` (None without lines), computed by the database for the rows it returns."""
    suma = sum((F(campo) for campo in CAMPOS[1:]), F(CAMPOS[0]))
    del_pedido = OrdersDetail.objects.filter(orderobj=OuterRef("pk"), anulado_040=False)
    totales_ = del_pedido.order_by().values("orderobj").annotate(total=Sum(suma)).values("total")
    return pedidos.annotate(
        total=Subquery(totales_, output_field=DecimalField(max_digits=17, decimal_places=2))
    )
