"""News that the order desk sends upward; whoever stands above receives them."""

from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _


class Hecho(models.TextChoices):
    """What happened to an order after it was saved."""

    ANULACION = "anulacion", _("Anulado")
    ANULACION_DE_LINEA = "anulacion_de_linea", _("Línea anulada")
    CANCELACION = "cancelacion", _("Cancelado")
    STOCK_DEVUELTO = "stock_devuelto", _("Stock devuelto")
    CAJA = "caja", _("Pasó por caja")
    PRECIO_ACEPTADO = "precio_aceptado", _("Precio acordado aceptado")
    PRECIO_CORREGIDO = "precio_corregido", _("Precio corregido al del sistema")


# kwargs: pedido (Orders, locked and already saved), hecho (Hecho), usuario; of a line, detalle_id.
# Sent inside the transaction that made the change, so that a receiver's writes go with it.
pedido_cambiado = Signal()

# kwargs: order_ids (list[int]), orders just saved with a price that somebody has to approve.
# Sent inside the transaction that saved them, in a savepoint of its own.
pedido_en_revision = Signal()

# kwargs: ahora (datetime), azar (random.Random). The demo's orders were loaded and lived through;
# inside its transaction.
demo_vivida = Signal()

# kwargs: pedidos (QuerySet[Orders]) about to be deleted with the demo, inside its transaction.
demo_por_borrar = Signal()

# kwargs: azar (random.Random). Live traffic goes on: receivers may do something too, and say what.
demo_en_marcha = Signal()
