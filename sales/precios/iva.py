"""IVA contained in a line's total (prices include it). Pure: integers of the minor unit in and out.

The tax is T/11 (10 %) or T/21 (5 %) rounded half up, the base is the rest, so base + tax = T.
"""

from __future__ import annotations

from typing import NamedTuple


class Desglose(NamedTuple):
    """A line's total split as SIFEN asks (dBasGravIVA, dLiqIVAItem), in minor units."""

    gravada_10: int
    iva_10: int
    gravada_5: int
    iva_5: int
    exenta: int


def desglosar(total: int, tasa: int) -> Desglose:
    """Split a line's total (minor units, IVA included) by its rate: 10, 5 or 0 (exempt)."""
    return Desglose(*importes(total, tasa))


def importes(total: int, tasa: int) -> tuple[int, int, int, int, int]:
    """A total's split as a plain tuple, for callers that compute it a million times over."""
    if tasa == 10:
        iva = (2 * total + 11) // 22
        return total - iva, iva, 0, 0, 0
    if tasa == 5:
        iva = (2 * total + 21) // 42
        return 0, 0, total - iva, iva, 0
    if tasa == 0:
        return 0, 0, 0, 0, total
    raise ValueError(f"unknown IVA rate: {tasa}")
