import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gestion_precios.articulos.ean import digito_verificador, ean_valido


@pytest.mark.parametrize(
    "codigo", ["96385074", "036000291452", "4006381333931", "7841000000019", "10012345678902"]
)
def test_codes_of_the_four_lengths_are_right(codigo: str) -> None:
    ean_valido(codigo)


@pytest.mark.parametrize(
    ("codigo", "motivo"),
    [
        ("4006381333932", "ean_digito"),
        ("400638133393", "ean_digito"),
        ("", "ean_largo"),
        ("123456789", "ean_largo"),
        ("40063813339311", "ean_digito"),
        ("400638133393a", "ean_largo"),
        ("４006381333931", "ean_largo"),
        ("-400638133393", "ean_largo"),
        (" 4006381333931", "ean_largo"),
    ],
)
def test_wrong_codes_say_whether_length_or_digit(codigo: str, motivo: str) -> None:
    with pytest.raises(ValidationError) as error:
        ean_valido(codigo)
    assert error.value.code == motivo


@given(
    st.sampled_from([7, 11, 12, 13]).flatmap(
        lambda n: st.from_regex(rf"[0-9]{{{n}}}", fullmatch=True)
    )
)
def test_one_digit_closes_any_base_and_a_wrong_key_is_noticed(base: str) -> None:
    dv = digito_verificador(base)
    ean_valido(f"{base}{dv}")
    with pytest.raises(ValidationError):
        ean_valido(f"{base}{(dv + 1) % 10}")
