"""What a name or a code is when it is compared: here, and in the database."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from core.texto.normal import clave, normalizar

VECTORES = Path(settings.BASE_DIR) / "static" / "js" / "tests" / "vectores"
# So many characters to a question, with what is no character between them.
TANDA = 4_000
ENTRE = "\ufffe"


@pytest.mark.parametrize("caso", json.loads((VECTORES / "busqueda.json").read_text("utf-8")))
def test_a_text_without_what_does_not_matter(caso: dict[str, str]) -> None:
    assert normalizar(caso["texto"]) == caso["normal"]


@pytest.mark.parametrize("caso", json.loads((VECTORES / "claves.json").read_text("utf-8")))
def test_a_code_as_it_is_compared(caso: dict[str, str]) -> None:
    assert clave(caso["texto"]) == caso["clave"]


@given(st.text())
@example("\u0301a ΟΔΟΣ İ \u00b4 \ufeffx \u00a0 ŉ")
def test_what_is_normal_stays_so(texto: str) -> None:
    normal = normalizar(texto)
    assert normalizar(normal) == normal
    assert normalizar(f"  {texto}\u200b ") == normal
    assert normalizar(texto.upper().lower()) == normalizar(normalizar(texto.upper().lower()))
    assert not {c for c in normal if unicodedata.category(c)[0] in "MZ"} - {" "}


@pytest.mark.django_db
def test_the_database_normalizes_every_character_as_we_do() -> None:
    conocidos = [
        chr(numero)
        for numero in range(1, sys.maxunicode + 1)
        if unicodedata.category(chr(numero)) not in {"Cn", "Cs", "Co"}
    ]
    distintos = []
    with connection.cursor() as cursor:
        for desde in range(0, len(conocidos), TANDA):
            tanda = conocidos[desde : desde + TANDA]
            cursor.execute("SELECT cp_normalizar(%s)", [ENTRE.join(f"a{c}b" for c in tanda)])
            (dicho,) = cursor.fetchone()
            distintos += [
                c
                for c, suyo in zip(tanda, dicho.split(ENTRE), strict=True)
                if suyo != normalizar(f"a{c}b")
            ]
    assert distintos == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "texto",
    ["007", "0036000291452", "000", "", " ", "AB-01", "0a", "１２", "00 1", "Ñ/7", "0\u200b5"],
)
def test_the_database_compares_codes_as_we_do(texto: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cp_clave(%s), cp_clave(NULL)", [texto])
        assert cursor.fetchone() == (clave(texto), None)
