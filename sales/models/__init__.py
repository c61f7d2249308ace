"""Clients, fallback prices, orders, and the lotes they arrive in."""

from sales.models.cambios import Cambio
from sales.models.clientes import (
    Canal,
    Cliente,
    DiaDeVisita,
    Perfil,
    Precios,
    Producto,
    paises_de_la_casa,
)
from sales.models.importaciones import ImportacionDatos, MapeoRecordado
from sales.models.lotes import LotePedidos, ResultadoPedido
from sales.models.numeracion import Contador
from sales.models.pedidos import (
    CANTIDAD_MAXIMA,
    TEXTO_ANULACION,
    Anulable,
    EstadoPedido,
    Orders,
    OrdersDetail,
)

__all__ = [
    "CANTIDAD_MAXIMA",
    "TEXTO_ANULACION",
    "Anulable",
    "Cambio",
    "Canal",
    "Cliente",
    "Contador",
    "DiaDeVisita",
    "EstadoPedido",
    "ImportacionDatos",
    "LotePedidos",
    "MapeoRecordado",
    "Orders",
    "OrdersDetail",
    "Perfil",
    "Precios",
    "Producto",
    "ResultadoPedido",
    "paises_de_la_casa",
]
