"""What the database says about a chunk's orders: clients, articles, prices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from core.datos.conjuntos import ids_en
from gestion_precios.models import Sucursal
from sales.models import Cliente, Producto
from sales.payload import CLIENTE_DESCONOCIDO, PedidoLeido, PedidoRechazado
from sales.precios.sistema import Mercado, PreciosDelSistema, precios_por_mercado
from sales.precios.valoracion import Articulo, PrecioSistema

_ARTICULO = itemgetter(0)
_ARTICULO_Y_CANTIDAD = itemgetter(0, 1)


class Comprador(NamedTuple):
    """A client as an order sees it."""

    canal_id: int
    canal_venta: str
    activo: bool


@dataclass(frozen=True, slots=True)
class Condiciones:
    """Clients, articles, and what prices are made from in each market of the chunk."""

    clientes: dict[int, Comprador]
    articulos: dict[int, Articulo]
    por_mercado: dict[Mercado, PreciosDelSistema]

    def precios_de(self, pedido: PedidoLeido) -> dict[int, PrecioSistema]:
        """The system's prices for this order as a whole; PedidoRechazado when its client cannot
        buy. Two lines of one article are so many units of it."""
        cliente = self.clientes.get(pedido.cliente_id)
        if cliente is None:
            raise PedidoRechazado(*CLIENTE_DESCONOCIDO, campo="cliente_id")
        if not cliente.activo:
            raise PedidoRechazado(
                "cliente_inactivo",
                "el cliente está dado de baja: consultar con el supervisor.",
                campo="cliente_id",
            )
        unidades = dict(map(_ARTICULO_Y_CANTIDAD, pedido.lineas))
        if len(unidades) < len(pedido.lineas):
            unidades = Counter()
            for articulo, cantidad, _, _ in pedido.lineas:
                unidades[articulo] += cantidad
        return self.por_mercado[_mercado(cliente, pedido)].precios(unidades)


def leer_condiciones(sucursal: Sucursal, pedidos: Iterable[PedidoLeido]) -> Condiciones:
    """Read what these orders need, in bulk: four queries, and those of each new rulebook."""
    pedidos = list(pedidos)
    clientes = _clientes({pedido.cliente_id for pedido in pedidos})
    pedidos_de: dict[Mercado, set[int]] = defaultdict(set)
    for pedido in pedidos:
        cliente = clientes.get(pedido.cliente_id)
        if cliente is not None:
            pedidos_de[_mercado(cliente, pedido)].update(map(_ARTICULO, pedido.lineas))
    articulos = _articulos(set().union(*pedidos_de.values()))
    return Condiciones(clientes, articulos, precios_por_mercado(sucursal, pedidos_de))


def _mercado(cliente: Comprador, pedido: PedidoLeido) -> Mercado:
    return Mercado(cliente.canal_id, cliente.canal_venta, pedido.doc_fecha)


def _clientes(ids: set[int]) -> dict[int, Comprador]:
    filas = Cliente.objects.filter(pk__in=ids_en(ids)).values_list(
        "pk", "canalobj_id", "canalobj__canal_venta", "activo"
    )
    return {
        cliente: Comprador(canal_id, canal_venta, activo)
        for cliente, canal_id, canal_venta, activo in filas
    }


def _articulos(ids: set[int]) -> dict[int, Articulo]:
    filas = Producto.objects.filter(pk__in=ids_en(ids)).values_list(
        "pk", "codigo", "descripcion", "tasa_iva", "activo"
    )
    return {
        articulo: Articulo(f"«{codigo} {descripcion}»", tasa, activo)
        for articulo, codigo, descripcion, tasa, activo in filas
    }
