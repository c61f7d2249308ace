"""Django admin of companies, articles, price lists and rules."""

from gestion_precios.admin import historial, listas, reglas
from gestion_precios.admin.catalogo import ArticuloAdmin

__all__ = ["ArticuloAdmin", "historial", "listas", "reglas"]
