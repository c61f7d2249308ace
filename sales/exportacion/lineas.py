"""The lines of orders as a table, order by order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.planillas.tablas import Columna, Tabla
from core.planillas.tramos import por_tramos
from sales.exportacion.comunes import IMPUESTOS, del_pedido, en_moneda
from sales.models import Orders, OrdersDetail
from sales.pedidos.totales import CAMPOS, importe

# A lote's order may have hundreds of lines: few orders at a time.
PEDIDOS_POR_TRAMO = 50
CAMPOS_LEIDOS = (
    "orderobj_id",
    "cantidad_original",
    "cantidad",
    "precio_unitario",
    "precio_sistema",
    *CAMPOS,
    "anulado_040",
    "anulado_040_motivo",
    "artobj__codigo",
    "artobj__sku",
    "artobj__descripcion",
    "lista_precio__nombre",
)


def tabla_de_lineas(pedidos: QuerySet[Orders]) -> Tabla:
    """The lines of these orders, in the orders' order; two queries for each stretch."""
    filas = pedidos.select_related("pdvobj", "sucursal__empresa")
    return Tabla.de(_("Líneas"), COLUMNAS, _lineas(filas))


def _lineas(pedidos: QuerySet[Orders]) -> Iterator[OrdersDetail]:
    for tramo in por_tramos(pedidos, PEDIDOS_POR_TRAMO):
        suyas: dict[int, list[OrdersDetail]] = {pedido.pk: [] for pedido in tramo}
        leidas = OrdersDetail.objects.filter(orderobj__in=suyas).order_by("pk").only(*CAMPOS_LEIDOS)
        for linea in leidas.select_related("artobj", "lista_precio").iterator(chunk_size=2_000):
            suyas[linea.orderobj_id].append(linea)
        for pedido in tramo:
            for linea in suyas[pedido.pk]:
                linea.orderobj = pedido
                yield linea


def _monto(linea: OrdersDetail, monto: Decimal | None) -> Decimal | None:
    return None if monto is None else en_moneda(monto, linea.orderobj)


def _impuesto(campo: str) -> Columna:
    return Columna(IMPUESTOS[campo], lambda linea: _monto(linea, getattr(linea, campo)))


_P = del_pedido(lambda linea: linea.orderobj)
COLUMNAS = (
    *(_P[c] for c in ("numero", "fecha", "cliente", "ruc", "fantasia", "razon")),
    *(_P[c] for c in ("empresa", "sucursal", "estado")),
    Columna(gettext_lazy("Pedido anulado"), lambda x: x.orderobj.anulado_040, 9),
    Columna(gettext_lazy("Código"), lambda x: x.artobj.codigo, 10),
    Columna(gettext_lazy("SKU"), lambda x: x.artobj.sku, 16),
    Columna(gettext_lazy("Descripción"), lambda x: x.artobj.descripcion, 40),
    Columna(gettext_lazy("Cantidad pedida"), lambda x: x.cantidad_original, 9),
    Columna(gettext_lazy("Cantidad"), lambda x: x.cantidad, 9),
    _P["moneda"],
    Columna(gettext_lazy("Precio unitario"), lambda x: _monto(x, x.precio_unitario)),
    Columna(gettext_lazy("Importe"), lambda x: _monto(x, importe(x))),
    *map(_impuesto, CAMPOS),
    Columna(gettext_lazy("Precio del sistema"), lambda x: _monto(x, x.precio_sistema)),
    Columna(
        gettext_lazy("Lista de precios"),
        lambda x: x.lista_precio.nombre if x.lista_precio else "",
        24,
    ),
    Columna(gettext_lazy("Línea anulada"), lambda x: x.anulado_040, 9),
    Columna(gettext_lazy("Motivo de anulación"), lambda x: x.anulado_040_motivo, 30),
)
