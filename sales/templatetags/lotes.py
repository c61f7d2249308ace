"""How a page reads a lote and an order."""

from __future__ import annotations

from django import template

from sales.pantalla.lote import hace, ver_lote
from sales.pedidos.totales import moneda_de

register = template.Library()
register.filter("ver_lote", ver_lote)
register.filter("moneda_de", moneda_de)
register.filter("hace", hace)


@register.filter
def corto(identificador: object) -> str:
    """The first group of a lote's identifier: enough to tell today's apart."""
    return str(identificador)[:8]
