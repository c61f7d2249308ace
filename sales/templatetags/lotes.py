"""How a page reads a lote and an order."""

from __future__ import annotations

from django import template

from sales.totales import moneda_de
from sales.vista_lote import ver_lote

register = template.Library()
register.filter("ver_lote", ver_lote)
register.filter("moneda_de", moneda_de)
