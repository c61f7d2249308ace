"""Form fields of numbers: what was written, and what was never written at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms

from core.texto.campos import CampoCantidad, CampoCifra, CampoEntero


@pytest.mark.parametrize("valor", ["0", "12500.00", "0.009"])
def test_a_number_that_may_not_be_changed_is_given_back_as_it_is(valor: str) -> None:
    campo = CampoCifra(disabled=True)
    campo.decimales = 0
    assert campo.to_python(Decimal(valor)) == Decimal(valor)


@pytest.mark.parametrize(
    ("campo", "escrito", "leido"),
    [
        (CampoEntero(), " 1\u200b00１ ", 1001),
        (CampoCantidad(), "1.200", 1200),
        (CampoCifra(), "1.234,5", Decimal("1234.5")),
        (CampoCifra(required=False), "", None),
        (CampoEntero(required=False), "", None),
        (CampoCantidad(required=False), " ", None),
    ],
)
def test_what_is_written_is_read(campo: forms.Field, escrito: str, leido: object) -> None:
    assert campo.clean(escrito) == leido


@pytest.mark.parametrize(
    ("campo", "escrito", "frase"),
    [
        (CampoEntero(), "1.001", "Es un número entero, sin puntos ni comas."),
        (CampoCantidad(), "1,5", "«1,5» lleva decimales: escribir un número entero."),
        (
            CampoCifra(),
            "1.234",
            "«1.234» puede ser 1234 o 1,234: escribir el número sin separar los miles.",
        ),
    ],
)
def test_what_is_no_number_says_so(campo: forms.Field, escrito: str, frase: str) -> None:
    with pytest.raises(forms.ValidationError) as error:
        campo.clean(escrito)
    assert error.value.messages == [frase]
