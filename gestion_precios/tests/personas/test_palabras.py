"""Passwords that are no more than the house's own words are refused, and only those."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gestion_precios.models import Empresa, Sucursal

FRASE = (
    "Sin contar palabras que todos conocen acá (el sistema, la empresa, la sucursal, «clave»), la"
    " contraseña tiene que tener al menos 8 caracteres."
)


@pytest.fixture(autouse=True)
def casa(db: None) -> None:
    empresa = Empresa.objects.create(nombre="Comercial Yguazú S.A.")
    Sucursal.objects.create(empresa=empresa, nombre="Ciudad del Este")


@pytest.mark.parametrize(
    "clave",
    [
        "carga-pedidos",
        "CargaPedidos2026",
        "Distribuidora.1",
        "mi clave admin 7",
        "comercial2026",
        "Yguazu_2026!",
        "YGUAZÚ-ciudad-1",
        "este.ciudad.99",
        "contraseña1234",
    ],
)
def test_the_houses_words_make_no_password(clave: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate_password(clave)
    assert error.value.messages == [FRASE]
    assert [uno.code for uno in error.value.error_list] == ["clave_de_la_casa"]


@pytest.mark.parametrize(
    "clave", ["tereré-frío-9", "ciudad de colibríes", "carga de tereré frío", "ñandutí-y-mbeju"]
)
def test_a_phrase_of_ones_own_may_have_them_too(clave: str) -> None:
    validate_password(clave)


def test_another_companys_name_counts_from_the_moment_it_is_there() -> None:
    validate_password("mburucuyá-77")
    Empresa.objects.create(nombre="Mburucuyá")
    with pytest.raises(ValidationError):
        validate_password("mburucuyá-77")
