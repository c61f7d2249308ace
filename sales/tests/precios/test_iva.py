from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.precios.iva import Desglose, desglosar, importes

TOTALES = st.integers(min_value=0, max_value=10**15)


@pytest.mark.parametrize(
    ("total", "gravada", "iva"),
    [(1_000, 909, 91), (12_500, 11_364, 1_136), (99_999, 90_908, 9_091), (0, 0, 0), (5, 5, 0)],
)
def test_ten_percent_of_the_worked_totals(total: int, gravada: int, iva: int) -> None:
    assert desglosar(total, 10) == Desglose(gravada, iva, 0, 0, 0)


@pytest.mark.parametrize(
    ("total", "gravada", "iva"), [(1_000, 952, 48), (27_350, 26_048, 1_302), (10, 10, 0)]
)
def test_five_percent_of_the_worked_totals(total: int, gravada: int, iva: int) -> None:
    assert desglosar(total, 5) == Desglose(0, 0, gravada, iva, 0)


def test_an_exempt_total_is_all_exempt() -> None:
    assert desglosar(18_000, 0) == Desglose(0, 0, 0, 0, 18_000)


def test_a_half_is_rounded_up() -> None:
    # 11 and 21 are odd: a half never falls on whole units, the nearest below and above do.
    assert [desglosar(total, 10).iva_10 for total in (5, 6, 16, 17)] == [0, 1, 1, 2]
    assert [desglosar(total, 5).iva_5 for total in (10, 11, 31, 32)] == [0, 1, 1, 2]


@pytest.mark.parametrize("tasa", [7, -10, 100])
def test_an_unknown_rate_is_an_error(tasa: int) -> None:
    with pytest.raises(ValueError, match="unknown IVA rate"):
        desglosar(1_000, tasa)


@given(TOTALES, st.sampled_from([10, 5, 0]))
def test_base_and_tax_always_make_the_total(total: int, tasa: int) -> None:
    assert sum(desglosar(total, tasa)) == total
    assert desglosar(total, tasa) == importes(total, tasa)


@given(TOTALES, st.sampled_from([(10, 11), (5, 21)]))
def test_the_tax_is_half_up_of_a_share_of_the_total(total: int, tasa: tuple[int, int]) -> None:
    exacto = (Decimal(total) / tasa[1]).quantize(Decimal(1), ROUND_HALF_UP)
    partes = desglosar(total, tasa[0])
    assert partes.iva_10 + partes.iva_5 == exacto


def test_taking_the_tax_from_a_rounded_base_would_be_wrong_for_one_total_in_eleven() -> None:
    distintos = 0
    for total in range(11_000):
        base = (20 * total + 11) // 22  # half up of T / 1.1
        distintos += (2 * base + 10) // 20 != desglosar(total, 10).iva_10
    assert distintos == 1_000
