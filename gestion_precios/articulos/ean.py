"""Barcodes: GTIN of 8, 12, 13 or 14 digits with their check digit (GS1)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGOS = frozenset({8, 12, 13, 14})


def digito_verificador(base: str) -> int:
    """The GS1 check digit of a barcode's digits without it: weights 3, 1, 3… from the right."""
    suma = sum(
        int(cifra) * (3 if lugar % 2 == 0 else 1) for lugar, cifra in enumerate(reversed(base))
    )
    return -suma % 10


def ean_valido(codigo: str) -> None:
    """Validator: raise ValidationError unless the text is a GTIN with the right check digit."""
    if not (codigo.isascii() and codigo.isdigit() and len(codigo) in LARGOS):
        raise ValidationError(
            _("El código de barras tiene 8, 12, 13 o 14 dígitos."), code="ean_largo"
        )
    if digito_verificador(codigo[:-1]) != int(codigo[-1]):
        raise ValidationError(
            _("El dígito verificador del código de barras no coincide."), code="ean_digito"
        )
