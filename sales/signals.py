"""News that the order desk sends upward; whoever stands above receives them."""

from django.dispatch import Signal

# kwargs: pedido (Orders, locked and already saved), hecho (sales.hechos.Hecho), usuario.
# Sent inside the transaction that made the change, so that a receiver's writes go with it.
pedido_cambiado = Signal()
