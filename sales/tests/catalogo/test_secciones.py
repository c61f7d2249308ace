"""Sections as texts: JSON, hashes, versions and lz-string forms."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256

import pytest

from core.lz import descomprimir
from core.tests.lz.oraculo import Oraculo
from sales.catalogo.secciones import (
    FORMAS,
    Manifiesto,
    Publicada,
    armar,
    comprimir_formas,
    etiqueta,
    version_de,
)

CLIENTES = {7: {"ruc": "80000001-1", "nombrefactura": 'Ñandutí "El 🧉" S.A.', "canal": 1}}


def test_a_section_is_its_name_and_content_with_text_keys() -> None:
    seccion = armar("clientes", CLIENTES)

    assert json.loads(seccion.texto) == {"clientes": {"7": CLIENTES[7]}}
    assert seccion.sha256 == sha256(seccion.texto).hexdigest()


def test_text_is_written_as_it_is_not_escaped() -> None:
    assert 'Ñandutí \\"El 🧉\\" S.A.'.encode() in armar("clientes", CLIENTES).texto


def test_the_version_depends_on_content_alone() -> None:
    uno, otro = armar("clientes", CLIENTES), armar("canales", {1: {"nombre": "Despensas"}})
    cambiado = armar("canales", {1: {"nombre": "Despensa"}})

    assert version_de([uno, otro]) == version_de([otro, uno])
    assert version_de([uno, otro]) != version_de([uno, cambiado])
    assert len(version_de([uno, otro])) == 32


def test_a_section_moved_to_another_name_is_another_version() -> None:
    assert version_de([armar("a", {1: 2})]) != version_de([armar("b", {1: 2})])


def test_every_form_inflates_to_the_json() -> None:
    texto = armar("clientes", CLIENTES).texto
    formas = comprimir_formas(texto)

    assert tuple(sorted(formas)) == tuple(sorted(FORMAS))
    assert descomprimir(formas["base64"].decode("ascii")) == texto.decode()
    assert descomprimir(formas["utf16"].decode("utf-16-le"), "utf16") == texto.decode()
    assert gzip.decompress(formas["base64.gz"]) == formas["base64"]
    assert gzip.decompress(formas["utf16.gz"]) == formas["utf16"]


def test_javascript_inflates_both_spellings() -> None:
    texto = armar("clientes", CLIENTES).texto
    formas = comprimir_formas(texto)

    with Oraculo() as js:
        assert js.descomprimir([formas["base64"].decode("ascii")], "base64") == [texto.decode()]
        assert js.descomprimir([formas["utf16"].decode("utf-16-le")], "utf16") == [texto.decode()]


def test_javascript_compresses_to_the_same_text() -> None:
    texto = armar("clientes", CLIENTES).texto
    formas = comprimir_formas(texto)

    with Oraculo() as js:
        assert js.comprimir([texto.decode()], "base64") == [formas["base64"].decode("ascii")]


@pytest.mark.parametrize(("variante", "esperada"), [("", 'W/"abc"'), ("utf16", 'W/"abc-utf16"')])
def test_etags_are_weak_and_tell_variants_apart(variante: str, esperada: str) -> None:
    assert etiqueta("abc", variante) == esperada


def test_a_manifest_is_read_as_it_was_written() -> None:
    manifiesto = Manifiesto(
        version="v",
        generado="2025-06-16T10:00:00-03:00",
        vence=1_750_129_200.0,
        turno=3,
        secciones={"canales": Publicada("ab" * 32, 120)},
    )

    assert Manifiesto.leer(manifiesto.serializar()) == manifiesto
