"""What the database says about a chunk's orders: clients, articles, prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from core.conjuntos import ids_en
from gestion_precios.models import Sucursal
from gestion_precios.moneda import decimales, redondear
from sales.models import Cliente, Producto
from sales.payload import CLIENTE_DESCONOCIDO, PedidoLeido, PedidoRechazado
from sales.precios import PrecioSistema, precios_para
from sales.valoracion import Articulo, Tarifa

# Whom a price is for: the client's canal, and the order's date.
Mercado = tuple[int, date]
_ARTICULO = itemgetter(0)


class Comprador(NamedTuple):
    """A client as an order sees it."""

    canal_id: int
    canal_venta: str
    activo: bool


@dataclass(frozen=True, slots=True)
class Condiciones:
    """Clients, articles, and what each article costs in each market of the chunk."""

    clientes: dict[int, Comprador]
    articulos: dict[int, Articulo]
    tarifas: dict[Mercado, dict[int, Tarifa]]

    def tarifas_de(self, pedido: PedidoLeido) -> dict[int, Tarifa]:
        """The prices that this order sees; PedidoRechazado when its client cannot buy."""
        cliente = self.clientes.get(pedido.cliente_id)
        if cliente is None:
            raise PedidoRechazado(*CLIENTE_DESCONOCIDO, campo="cliente_id")
        if not cliente.activo:
            raise PedidoRechazado(
                "cliente_inactivo",
                "el cliente está dado de baja: consultar con el supervisor.",
                campo="cliente_id",
            )
        return self.tarifas[cliente.canal_id, pedido.doc_fecha]


def leer_condiciones(sucursal: Sucursal, pedidos: Iterable[PedidoLeido]) -> Condiciones:
    """Read what these orders need, in bulk: two queries, and those of each market's prices."""
    pedidos = list(pedidos)
    clientes = _clientes({pedido.cliente_id for pedido in pedidos})
    pedidos_de: dict[Mercado, set[int]] = defaultdict(set)
    for pedido in pedidos:
        cliente = clientes.get(pedido.cliente_id)
        if cliente is not None:
            pedidos_de[cliente.canal_id, pedido.doc_fecha].update(map(_ARTICULO, pedido.lineas))
    tasas, articulos = _articulos(set().union(*pedidos_de.values()))
    canales = {cliente.canal_id: cliente.canal_venta for cliente in clientes.values()}
    tarifas = {
        (canal_id, fecha): _tarifas(
            precios_para(
                empresa_id=sucursal.empresa_id,
                sucursal_id=sucursal.pk,
                canal_venta=canales[canal_id],
                canal_id=canal_id,
                fecha=fecha,
                articulo_ids=[articulo for articulo in ids if articulo in tasas],
            ),
            tasas,
            sucursal.empresa.moneda,
        )
        for (canal_id, fecha), ids in pedidos_de.items()
    }
    return Condiciones(clientes, articulos, tarifas)


def _clientes(ids: set[int]) -> dict[int, Comprador]:
    filas = Cliente.objects.filter(pk__in=ids_en(ids)).values_list(
        "pk", "canalobj_id", "canalobj__canal_venta", "activo"
    )
    return {
        cliente: Comprador(canal_id, canal_venta, activo)
        for cliente, canal_id, canal_venta, activo in filas
    }


def _articulos(ids: set[int]) -> tuple[dict[int, int], dict[int, Articulo]]:
    """The IVA rate of each article on sale, and the name of each one that exists."""
    filas = Producto.objects.filter(pk__in=ids_en(ids)).values_list(
        "pk", "tasa_iva", "codigo", "descripcion", "activo"
    )
    tasas, articulos = {}, {}
    for articulo, tasa, codigo, descripcion, activo in filas:
        articulos[articulo] = Articulo(f"«{codigo} {descripcion}»", activo)
        if activo:
            tasas[articulo] = tasa
    return tasas, articulos


def _tarifas(
    precios: dict[int, PrecioSistema], tasas: dict[int, int], moneda: str
) -> dict[int, Tarifa]:
    lugares = decimales(moneda)
    return {
        articulo: Tarifa(
            tasas[articulo], int(redondear(precio, moneda).scaleb(lugares)), lista, version
        )
        for articulo, (precio, lista, version) in precios.items()
    }
