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


class Pais(models.TextChoices):
    """Countries (ISO 3166) whose tax numbers `sales.clientes.tributario` can check."""

    AR = "AR", _("Argentina")
    BR = "BR", _("Brasil")
    CL = "CL", _("Chile")
    CO = "CO", _("Colombia")
    EC = "EC", _("Ecuador")
    GT = "GT", _("Guatemala")
    MX = "MX", _("México")
    PY = "PY", _("Paraguay")
    PE = "PE", _("Perú")
    DO = "DO", _("República Dominicana")
    UY = "UY", _("Uruguay")
    VE = "VE", _("Venezuela")


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
