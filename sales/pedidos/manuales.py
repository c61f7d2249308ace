"""Order lines typed in by hand (admin, other systems): the same IVA and bounds as a lote's."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from gestion_precios.moneda import cabe, decimales
from sales.models import OrdersDetail
from sales.precios.iva import desglosar
from sales.precios.valoracion import TOTAL_MAXIMO


def falla_de_precio(cantidad: int, precio: Decimal, moneda: str) -> str | None:
    """What is wrong with a line's price in this currency, in words; None when nothing is."""
    if precio < 0:
        return _("El precio no puede ser negativo.")
    if not cabe(precio, moneda):
        return _("Esta moneda no usa esos decimales.")
    if _en_unidades(cantidad * precio, moneda) > TOTAL_MAXIMO:
        return _("El total de la línea es demasiado grande.")
    return None


def desglosar_linea(linea: OrdersDetail, moneda: str) -> None:
    """Fill in the line's bases and taxes from its quantity, price and article's rate."""
    if not linea.pk:
        linea.cantidad_original = linea.cantidad
    total = _en_unidades(linea.cantidad * linea.precio_unitario, moneda)
    partes = desglosar(total, linea.artobj.tasa_iva)
    for campo, monto in partes._asdict().items():
        setattr(linea, campo, Decimal(monto).scaleb(-decimales(moneda)))


def _en_unidades(monto: Decimal, moneda: str) -> int:
    return int(monto.scaleb(decimales(moneda)))
