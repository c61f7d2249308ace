"""News that the order desk sends upward; whoever stands above receives them."""

from enum import Enum

from django.dispatch import Signal


class Hecho(Enum):
    """What happened to an order after it was saved."""

    ANULACION = "anulacion"
    ANULACION_DE_LINEA = "anulacion_de_linea"
    CANCELACION = "cancelacion"
    STOCK_DEVUELTO = "stock_devuelto"
    CAJA = "caja"
    PRECIO_ACEPTADO = "precio_aceptado"
    PRECIO_CORREGIDO = "precio_corregido"


# kwargs: pedido (Orders, locked and already saved), hecho (Hecho), usuario.
# Sent inside the transaction that made the change, so that a receiver's writes go with it.
pedido_cambiado = Signal()

# kwargs: order_ids (list[int]), orders just saved with a price that somebody has to approve.
# Sent inside the transaction that saved them, in a savepoint of its own.
pedido_en_revision = Signal()
