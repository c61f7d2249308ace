"""What a refusal says of what was sent is short, whatever was sent."""

from __future__ import annotations

import re
import time
from inspect import getmembers, isclass
from typing import Any

import pytest
from django.http import QueryDict
from rest_framework import fields, relations, serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.errores import ErrorDominio
from core.rest.respuestas import manejar_error
from core.texto.citas import CITA, DE_AFUERA, FRASE, acotar, cita

LARGO = "1.9" * 1_000_000
CORTADO = LARGO[:59] + "…"
# What the sentences of Django REST's fields name besides: of the field, or the type of what came.
DEL_CAMPO = {
    *("max_length", "min_length", "max_value", "min_value", "max_digits", "max_decimal_places"),
    *("max_whole_digits", "format", "timezone", "min_days", "max_days", "length", "slug_name"),
    *("input_type", "data_type", "datatype"),
}


class Todo(serializers.Serializer):
    eleccion = serializers.ChoiceField(choices=["a"], default="a")
    varias = serializers.MultipleChoiceField(choices=["a"], default=set)
    uuid = serializers.UUIDField(default=None)
    mapa = serializers.DictField(child=serializers.ChoiceField(choices=["a"]), default=dict)
    texto = serializers.CharField(default="", max_length=64)


def respuesta(datos: Any) -> dict[str, Any]:
    with pytest.raises(ValidationError) as error:
        Todo(data=datos).is_valid(raise_exception=True)
    contestada = manejar_error(error.value, {})
    assert contestada is not None
    cuerpo: dict[str, Any] = contestada.data
    return cuerpo


@pytest.mark.parametrize(
    "datos",
    [
        {"eleccion": LARGO},
        {"eleccion": [LARGO]},
        {"eleccion": {LARGO: LARGO}},
        {"eleccion": ["ab"] * 100_000},
        {"varias": [LARGO]},
        {"uuid": LARGO},
        {"mapa": {LARGO: "b"}},
        {"mapa": {"b": LARGO}},
        {"texto": LARGO},
    ],
    ids=lambda datos: next(iter(datos)),
)
def test_no_field_gives_back_what_was_sent(datos: Any) -> None:
    """Thirty megabytes of choice came back twice."""
    cuerpo = respuesta(datos)
    assert len(str(cuerpo)) < 600
    assert LARGO[:61] not in str(cuerpo)


def test_it_is_quoted_up_to_sixty_characters() -> None:
    assert respuesta({"eleccion": LARGO})["detail"] == f'"{CORTADO}" no es una elección válida.'
    assert (
        respuesta({"eleccion": "b" * CITA})["detail"] == f'"{"b" * 60}" no es una elección válida.'
    )
    assert [cita(valor) for valor in (7, None, [1, "a"], "x" * 61)] == [
        *("7", "None", "[1, 'a']", "x" * 59 + "…")
    ]


def test_every_name_in_a_sentence_of_the_fields_is_known() -> None:
    """A new one would be of what was sent, or of the field: somebody has to say which."""
    frases = [
        str(frase)
        for modulo in (fields, relations, serializers)
        for _, clase in getmembers(modulo, isclass)
        for frase in getattr(clase, "default_error_messages", {}).values()
    ]
    nombres = {nombre for frase in frases for nombre in re.findall(r"\{(\w+)", frase)}
    assert nombres - DEL_CAMPO - {"opciones"} == DE_AFUERA


class Peticion:
    query_params = QueryDict(f"canal={'z' * 5_000}")


def test_what_the_address_says_is_cut_in_any_sentence() -> None:
    dicho = ErrorDetail(f"{'z' * 5_000} no es una de las opciones.", code="invalid_choice")
    contestada = manejar_error(ValidationError({"canal": [dicho]}), {"request": Peticion()})
    assert contestada is not None
    corto = "z" * 59 + "… no es una de las opciones."
    assert contestada.data == {
        "detail": corto,
        "codigo": "invalid_choice",
        "campo": "canal",
        "errores": {"canal": [corto]},
    }


def test_whatever_else_is_quoted_ends() -> None:
    contestada = manejar_error(ErrorDominio(LARGO, codigo="x", errores={LARGO: [LARGO]}), {})
    assert contestada is not None
    larga = LARGO[: FRASE - 1] + "…"
    assert contestada.data == {"detail": larga, "codigo": "x", "errores": {CORTADO: [larga]}}
    assert acotar({"errores": [7, None, "corto"]}) == {"errores": [7, None, "corto"]}


def test_a_long_text_is_looked_at_once_and_fast() -> None:
    """Django REST's own looks for halves of pairs took a second and more."""
    inicio = time.thread_time()
    assert respuesta({"texto": "ñ" * 40_000_000})["codigo"] == "max_length"
    assert time.thread_time() - inicio < 0.8
    assert respuesta({"texto": "a\ud800"})["codigo"] == "surrogate_characters_not_allowed"
