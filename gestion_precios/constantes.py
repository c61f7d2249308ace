"""Closed sets and bounds of the catalogue."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

PRECIO_MINIMO = Decimal("0.01")
# An upper bound in every CHECK also keeps PostgreSQL's NaN out: there NaN is above any number.
MONTO_MAXIMO = Decimal("999999999999.99")


class Moneda(models.TextChoices):
    PYG = "PYG", _("Guaraní")
    PEN = "PEN", _("Sol")
    USD = "USD", _("Dólar")


class CanalVenta(models.TextChoices):
    ECOMMERCE = "ECOMMERCE", _("E-commerce")
    TIENDA = "TIENDA", _("Tienda")
    MAYORISTA = "MAYORISTA", _("Mayorista")
    PREVENTA = "PREVENTA", _("Preventa")
    TODOS = "TODOS", _("Todos")


class TasaIva(models.IntegerChoices):
    DIEZ = 10, _("10 %")
    CINCO = 5, _("5 %")
    EXENTA = 0, _("Exenta")
