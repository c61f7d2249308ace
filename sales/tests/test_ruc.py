import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.clientes.ruc import digito_verificador, ruc_correcto


@pytest.mark.parametrize(
    "ruc",
    [
        "80009735-1",
        "80028061-0",
        "80000035-8",
        "999160-3",
        "2660-3",
        "1086170-0",
        "44444401-7",
    ],
)
def test_rucs_of_the_register_are_right(ruc: str) -> None:
    assert ruc_correcto(ruc)


@pytest.mark.parametrize("ruc", ["80021744-8", "80053249-2"])
def test_rucs_with_another_check_digit_are_wrong(ruc: str) -> None:
    assert not ruc_correcto(ruc)


def test_the_right_digit_of_a_wrong_one() -> None:
    assert digito_verificador("80021744") == 6


def test_the_weights_go_on_to_eleven_before_they_wrap() -> None:
    # The eighth digit from the right weighs 9, the tenth 11, the eleventh 2 again.
    assert digito_verificador("10000000000") == 9
    assert digito_verificador("1000000000") == 0
    assert digito_verificador("10000000") == 2


def test_letters_of_a_base_count_as_the_code_of_their_upper_case() -> None:
    assert digito_verificador("A12") == digito_verificador("6512")
    assert digito_verificador("a12") == digito_verificador("A12")
    assert ruc_correcto(f"12A45-{digito_verificador('126545')}")


@given(st.integers(min_value=1, max_value=10**15 - 1))
def test_exactly_one_digit_verifies_a_base(base: int) -> None:
    correctos = [dv for dv in range(10) if ruc_correcto(f"{base}-{dv}")]
    assert correctos == [digito_verificador(str(base))]


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "-",
        "-1",
        "80009735",
        "80009735-",
        "80009735-12",
        "80009735 -1",
        "80009735-1 ",
        "80.009.735-1",
        "80009735-x",
        "80009735-¹",
        "８0009735-1",
        "1" * 16 + "-1",
        "80009735-1-1",
        "80009735-1\n",
    ],
)
def test_what_is_not_written_as_a_ruc_is_none(texto: str) -> None:
    assert not ruc_correcto(texto)


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(texto: str) -> None:
    assert ruc_correcto(texto) in {True, False}
