"""REST framework's JSON byte for byte, but money, which keeps its digits."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import Serializer
from rest_framework.utils.serializer_helpers import ReturnDict, ReturnList

from core.rest.escritores import Json

# REST framework escapes both separators, which JSON allows as they are.
TEXTOS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u2028\u2029"))
SUELTOS = st.none() | st.booleans() | st.integers() | TEXTOS
VALORES = st.recursive(
    SUELTOS, lambda v: st.lists(v) | st.dictionaries(TEXTOS, v) | st.tuples(v, v), max_leaves=20
)


class Estado(models.TextChoices):
    LISTO = "LISTO", "Listo"


@given(VALORES)
def test_same_bytes_as_rest_framework(valor: Any) -> None:
    assert Json().render(valor) == JSONRenderer().render(valor)


@pytest.mark.parametrize(
    "valor",
    [
        lazystr("Falta «ñandú»."),
        mark_safe("<b>"),
        ErrorDetail("Falta.", code="required"),
        Estado.LISTO,
        UUID(int=7),
        date(2026, 3, 1),
        time(9, 30),
        timedelta(minutes=1),
        datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        datetime(2026, 3, 1, 9, 30, 0, 120000, tzinfo=UTC),
        datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001 - one without a zone is written too
        ReturnDict({"id": 1}, serializer=Serializer()),
        ReturnList([1], serializer=Serializer()),
        {1: "keys are text", None: 2},
        2**64,
        -(2**63) - 1,
        {"a": [2**70]},
        None,
        '\x00\x1f\x7f\\"/\b\f\n\r\t',
        "🙂",
    ],
)
def test_types_without_a_json_of_their_own(valor: Any) -> None:
    assert Json().render(valor) == JSONRenderer().render(valor)
    assert Json().render([valor]) == JSONRenderer().render([valor])


@pytest.mark.parametrize("digitos", ["1400", "1400.00", "0.000001", "17.49125", "-7.5", "0.00"])
def test_amounts_are_text_with_their_digits(digitos: str) -> None:
    assert Json().render([Decimal(digitos)]) == f'["{digitos}"]'.encode()


def test_amounts_have_no_exponent() -> None:
    assert json.loads(Json().render([Decimal("5E+3"), Decimal("1E-9")])) == ["5000", "0.000000001"]


@pytest.mark.parametrize("tipo", ["application/json; indent=2", "application/json; indent=4"])
def test_indented_for_people(tipo: str) -> None:
    datos = {"total": Decimal("85.00"), "lineas": [1]}
    texto = Json().render(datos, tipo)
    assert texto == JSONRenderer().render({"total": "85.00", "lineas": [1]}, tipo)
    assert b"\n" in texto


@pytest.mark.parametrize("valor", ["\ud800", {"a": object()}])
def test_what_json_cannot_say_is_refused_as_ever(valor: Any) -> None:
    for escritor in (Json(), JSONRenderer()):
        with pytest.raises((TypeError, UnicodeEncodeError)):
            escritor.render(valor)
