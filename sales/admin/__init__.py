"""Django admin of the order desk: one module for each kind of rows."""

from sales.admin import catalogo, lotes, pedidos, usuarios

__all__ = ["catalogo", "lotes", "pedidos", "usuarios"]
