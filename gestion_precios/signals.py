"""News of the catalogue as a whole, for the apps whose rows hang on it."""

from django.dispatch import Signal


class CatalogoEnUso(Exception):
    """A receiver refuses to lose what depends on the catalogue; the text is for people."""


# Before the catalogue is wiped, inside the transaction. kwargs: forzar (bool).
# Receivers wipe what depends on it, or raise CatalogoEnUso.
catalogo_por_reemplazar = Signal()

# After the demo catalogue was written, inside the same transaction.
# kwargs: demo (gestion_precios.demo.distribuidora.CatalogoDemo). Receivers return the models
# whose rows they numbered themselves.
catalogo_poblado = Signal()

# Lists' rulebooks have new versions, or the articles do (versiones.ARTICULOS): prices, rules,
# combinations, costs. Sent inside the transaction that changes them, one by one or in bulk.
# kwargs: claves (frozenset[int]).
precios_cambiados = Signal()
