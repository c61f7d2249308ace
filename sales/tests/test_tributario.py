"""Tax numbers of every country that a company may be of: what is read, refused and stored."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.ec import ruc as ruc_de_ecuador
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat
from stdnum.pe import ruc as ruc_de_peru
from stdnum.py import ruc as ruc_de_la_libreria

from gestion_precios.models import Pais
from sales.clientes.frases_de_numero import (
    FORMAS,
    frase_de_numero,
    frase_de_varios,
    frases_de_numero,
)
from sales.clientes.numero_escrito import NumeroIlegible
from sales.clientes.ruc import digito_verificador
from sales.clientes.tributario import PARAGUAY, REGISTROS, leer_en, leer_numero

# country, as written, as stored: the examples of python-stdnum's own pages, and ours
ESCRITOS = [
    ("PY", "80009735-1", "80009735-1"),
    ("PY", " 80.009.735 - 1 ", "80009735-1"),
    ("PY", "80009735–1", "80009735-1"),
    ("PY", "80 009 735 1", "80009735-1"),
    ("PY", "８０００９７３５－１", "80009735-1"),
    ("PY", "80009735\u200b-\u200e1", "80009735-1"),
    ("PY", "RUC 80009735-1", "80009735-1"),
    ("PY", "080009735-1", "80009735-1"),
    ("PY", "12a45-8", "12A45-8"),
    ("PE", "20512333797", "20512333797"),
    ("PE", "20-51233379-7", "20512333797"),
    ("PE", "10 05414828 9", "10054148289"),
    ("PE", "２０５１２３３３７９７", "20512333797"),
    ("PE", "16512333790", "16512333790"),
    ("AR", "20-05536168-2", "20055361682"),
    ("AR", "20267565393", "20267565393"),
    ("BR", "16.727.230/0001-97", "16727230000197"),
    ("BR", "12. ABC.345 /01DE–35", "12ABC34501DE35"),
    ("BR", "12.abc.345/01de-35", "12ABC34501DE35"),
    ("BR", "390.533.447-05", "39053344705"),
    ("CL", "76086428-5", "760864285"),
    ("CL", "CL 12531909-2", "125319092"),
    ("CO", "213.123.432-1", "2131234321"),
    ("DO", "1-01-85004-3", "101850043"),
    ("DO", "001-1391820-5", "00113918205"),
    ("EC", "1792060346-001", "1792060346001"),
    ("EC", "1793213150001", "1793213150001"),
    ("GT", "576937-K", "576937K"),
    ("GT", "576937-k", "576937K"),
    ("GT", "7108-0", "71080"),
    ("MX", "GODE 561231 GR8", "GODE561231GR8"),
    ("MX", "mab-930714-8t4", "MAB9307148T4"),
    ("MX", "\u00d1OP930714AB1", "\u00d1OP930714AB1"),
    ("MX", "N\u0303op930714AB1", "\u00d1OP930714AB1"),
    ("UY", "21-100342-001-7", "211003420017"),
    ("UY", "UY 21 140634 001 1", "211406340011"),
    ("VE", "V-11470283-4", "V114702834"),
    ("VE", "v-11470283-4", "V114702834"),
]
RECHAZADOS = [
    ("PY", "80009735-2", "verificador"),
    ("PY", "80021744-8", "verificador"),
    # Its base, or all of it but the hyphen: one in eleven bases would pass.
    ("PY", "80009735", "forma"),
    ("PY", "800097351", "forma"),
    ("PY", "80009735-12", "forma"),
    ("PY", "1" * 16 + "-1", "forma"),
    ("PY", "80009735-¹", "forma"),
    ("PY", "ß-1", "forma"),
    ("PY", "-1", "forma"),
    ("PE", "20512333798", "verificador"),
    ("PE", "16512333797", "verificador"),
    ("PE", "30512333797", "forma"),
    ("PE", "2051233379", "forma"),
    ("PE", "2051233379A", "forma"),
    ("AR", "20267565392", "verificador"),
    ("AR", "80009735-1", "forma"),
    ("BR", "16.727.230.0001-98", "verificador"),
    ("BR", "16.727.230/0001=97", "forma"),
    ("BR", "231.002.999-00", "verificador"),
    ("CL", "12531909-3", "verificador"),
    ("CL", "76086A28-5", "forma"),
    ("CO", "2131234325", "verificador"),
    ("DO", "101850042", "verificador"),
    ("DO", "0011391820A", "forma"),
    ("EC", "1763154690001", "verificador"),
    ("EC", "1793213150000", "forma"),
    ("EC", "179206034601", "forma"),
    ("GT", "8977112-0", "verificador"),
    ("GT", "1234567890123", "forma"),
    # Without its last three signs it may be of several people.
    ("MX", "COMG-600703", "forma"),
    ("MX", "MAB-931314-8T4", "forma"),
    ("UY", "210303670014", "verificador"),
    ("UY", "12345678", "forma"),
    ("VE", "V-11470283-3", "verificador"),
    ("VE", "X-11470283-4", "forma"),
    *[(pais.value, texto, "forma") for pais in Pais for texto in ("", "-", "\u200b", "nada", "#1")],
]
SEPARADORES = ["", " ", ".", "-", "/", "–", " - ", "\u00a0", "\u200b", "\u2011"]


def motivo_de(texto: str, pais: str) -> str:
    with pytest.raises(NumeroIlegible) as error:
        leer_numero(texto, pais)
    return error.value.motivo


@pytest.mark.parametrize(("pais", "texto", "guardado"), ESCRITOS)
def test_a_number_is_stored_in_one_form(pais: str, texto: str, guardado: str) -> None:
    assert leer_numero(texto, pais) == guardado
    assert leer_numero(guardado, pais) == guardado


@pytest.mark.parametrize(("pais", "texto", "motivo"), RECHAZADOS)
def test_what_is_no_number_is_refused_with_its_reason(pais: str, texto: str, motivo: str) -> None:
    assert motivo_de(texto, pais) == motivo


def test_every_country_has_its_number_its_sentence_and_an_example_here() -> None:
    todos = set(Pais.values)
    assert {*REGISTROS, PARAGUAY} == todos
    assert set(FORMAS) == todos
    assert {pais for pais, _texto, _guardado in ESCRITOS} == todos


@pytest.mark.parametrize("pais", Pais.values)
def test_the_example_of_a_sentence_is_a_number(pais: str) -> None:
    for ejemplo in re.findall("como (.+)$", str(FORMAS[pais])):
        assert leer_numero(ejemplo, pais)


@given(st.data())
def test_what_stands_between_the_digits_and_their_width_change_nothing(data: st.DataObject) -> None:
    pais, _texto, guardado = data.draw(st.sampled_from(ESCRITOS))
    separador = st.sampled_from(SEPARADORES)
    # Paraguay's check digit has to stand apart from its base.
    base, guion, dv = guardado.partition("-") if pais == PARAGUAY else (guardado, "", "")
    escrito = "".join(
        data.draw(st.sampled_from([signo, chr(ord(signo) + 0xFEE0) if signo.isascii() else signo]))
        + data.draw(separador)
        for signo in base
    )
    assert leer_numero(escrito + guion + dv, pais) == guardado


@given(st.text(max_size=30), st.sampled_from(Pais.values))
@example("\u0130-1", "PY")
def test_any_text_is_read_or_refused_and_what_is_read_is_read_again(texto: str, pais: str) -> None:
    lecturas = leer_en(texto, [pais])
    assert set(lecturas.motivos.values()) <= {"forma", "verificador"}
    assert {*lecturas.numeros, *lecturas.motivos} == {pais}
    for numero in lecturas.numeros.values():
        assert leer_numero(numero, pais) == numero


@given(st.integers(min_value=1, max_value=99_999_999))
def test_the_library_has_the_same_check_digit_for_a_ruc_of_paraguay(base: int) -> None:
    assert ruc_de_la_libreria.calc_check_digit(str(base)) == str(digito_verificador(str(base)))


def test_what_the_library_does_not_know() -> None:
    """When one of these goes red, the library has learnt it, and ours may go."""
    # A base with letters, one of more than eight digits; and it guesses a check digit.
    with pytest.raises(InvalidFormat):
        ruc_de_la_libreria.validate("12A45-8")
    with pytest.raises(InvalidFormat):
        ruc_de_la_libreria.validate(f"1234567890-{digito_verificador('1234567890')}")
    assert ruc_de_la_libreria.validate("800097351") == "800097351"
    with pytest.raises(InvalidComponent):
        ruc_de_peru.validate("16512333790")
    with pytest.raises(InvalidChecksum):
        ruc_de_ecuador.validate("1793213150001")


def test_a_text_is_read_in_each_country() -> None:
    lecturas = leer_en("20-05536168-2", ["AR", "CL", "PE", "PY"])
    assert lecturas.numeros == {"AR": "20055361682", "PE": "20055361682"}
    assert lecturas.motivos == {"CL": "forma", "PY": "verificador"}


def test_a_sentence_names_the_number_as_its_country_does() -> None:
    assert frase_de_numero("PE", "forma") == (
        "El RUC de Perú tiene 11 cifras y empieza con 10, 15, 16, 17 o 20, como 20512333797."
    )
    assert frase_de_numero("AR", "verificador") == (
        "El CUIT de Argentina no es válido: revisar el número y su dígito verificador."
    )
    assert frase_de_varios(["AR", "PE"]) == (
        "Puede ser CUIT de Argentina o RUC de Perú: elegir el país."
    )


def test_of_several_countries_those_are_named_whose_form_is_right() -> None:
    assert frases_de_numero({"PE": "forma", "PY": "verificador"}) == [
        "El RUC de Paraguay no es válido: revisar el número y su dígito verificador."
    ]
    assert frases_de_numero({"PE": "forma", "PY": "forma"}) == [
        "El RUC de Perú tiene 11 cifras y empieza con 10, 15, 16, 17 o 20, como 20512333797.",
        "El RUC de Paraguay lleva su dígito verificador después de un guion, como 80009735-1.",
    ]
