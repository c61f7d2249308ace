"""What a lote may contain: JSON, orders and lines, read and checked without a database. Pure."""

from sales.payload.fallas import LoteInvalido, PedidoRechazado, imprimible
from sales.payload.identidad import huella_enviada
from sales.payload.lineas import IMPUESTOS, Aviso, Declarado, Linea
from sales.payload.pedidos import (
    CLIENTE_DESCONOCIDO,
    PedidoLeido,
    huella_de,
    huella_ilegible,
    leer_pedido,
    uuid_de,
)
from sales.payload.sobre import PEDIDOS_MAXIMOS, PRESUPUESTO, leer_pedidos

__all__ = [
    "CLIENTE_DESCONOCIDO",
    "IMPUESTOS",
    "PEDIDOS_MAXIMOS",
    "PRESUPUESTO",
    "Aviso",
    "Declarado",
    "Linea",
    "LoteInvalido",
    "PedidoLeido",
    "PedidoRechazado",
    "huella_de",
    "huella_enviada",
    "huella_ilegible",
    "imprimible",
    "leer_pedido",
    "leer_pedidos",
    "uuid_de",
]
