"""The codec against itself, against JavaScript and against the PyPI package."""

import pickle
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from lzstring import LZString

from core.lz import Codificacion, LzError, comprimir, descomprimir
from core.lz.errors import MENSAJES
from core.tests.lz.muestras import CODIFICACIONES, MUESTRAS, canonico, pedidos, textos, textos_bmp
from core.tests.lz.oraculo import Oraculo

PYPI = {
    "base64": LZString.compressToBase64,
    "utf16": LZString.compressToUTF16,
    "uri": LZString.compressToEncodedURIComponent,
}
PYPI_INVERSO = {
    "base64": LZString.decompressFromBase64,
    "uri": LZString.decompressFromEncodedURIComponent,
}
repetible = settings(derandomize=True, deadline=None, max_examples=150, database=None)
por_codificacion = pytest.mark.parametrize("codificacion", CODIFICACIONES)
por_muestra = pytest.mark.parametrize("texto", MUESTRAS.values(), ids=MUESTRAS.keys())


@pytest.fixture(scope="module")
def js() -> Iterator[Oraculo]:
    with Oraculo() as oraculo:
        yield oraculo


@pytest.mark.parametrize(
    ("codificacion", "esperado"), [("base64", "Q==="), ("utf16", "† "), ("uri", "Q")]
)
def test_the_empty_text_has_a_compressed_form(codificacion: Codificacion, esperado: str) -> None:
    assert comprimir("", codificacion) == esperado
    assert descomprimir(esperado, codificacion) == ""


def test_known_values() -> None:
    texto = "Hola, ñandú 🚚"
    assert comprimir(texto) == "BIewNghgNABAjxAdgEwF80LwbgsvaA=="
    assert comprimir(texto, "uri") == "BIewNghgNABAjxAdgEwF80LwbgsvaA"
    assert (
        comprimir(texto, "utf16")
        == "\u0263\u6c2d\u412c\u0360\u0224\u3c60\u3b20\u4c25\u79c1\u3c3b\u4185\u76a0 "
    )


@por_codificacion
@por_muestra
def test_samples_are_byte_equal_to_javascript(
    js: Oraculo, texto: str, codificacion: Codificacion
) -> None:
    comprimido = comprimir(texto, codificacion)
    assert [comprimido] == js.comprimir([texto], codificacion)
    assert [texto] == js.descomprimir([comprimido], codificacion)
    assert texto == descomprimir(comprimido, codificacion)


@por_codificacion
@repetible
@given(texto=textos)
def test_round_trip(codificacion: Codificacion, texto: str) -> None:
    assert descomprimir(comprimir(texto, codificacion), codificacion) == texto


@repetible
@given(texto=textos)
def test_any_text_is_byte_equal_to_javascript(js: Oraculo, texto: str) -> None:
    for codificacion in CODIFICACIONES:
        comprimido = comprimir(texto, codificacion)
        assert [comprimido] == js.comprimir([texto], codificacion)
        assert [texto] == js.descomprimir([comprimido], codificacion)


def _textos_largos() -> Iterator[str]:
    """Texts whose numbers pass through many widths, with new characters at awkward places."""
    azar = random.Random(20)
    for alfabeto in ("ab", "0123456789", "abcñ€", "".join(map(chr, range(1000)))):
        for largo in (1023, 4096, 30_000):
            yield "".join(azar.choices(alfabeto, k=largo))
    yield pedidos(400, 20)
    yield canonico("".join(map(chr, range(0x10000))))
    yield "".join(map(chr, range(0x1F300, 0x1F700))) * 3
    yield "".join("x" * n + chr(0x3000 + n) for n in range(300))
    for n in range(60):
        # A new character at each distance from a change of width.
        yield "".join(map(chr, range(60))) + "ab" * n + "€"


@por_codificacion
def test_long_texts_are_byte_equal_to_javascript(js: Oraculo, codificacion: Codificacion) -> None:
    originales = list(_textos_largos())
    comprimidos = [comprimir(texto, codificacion) for texto in originales]
    assert comprimidos == js.comprimir(originales, codificacion)
    assert originales == [descomprimir(uno, codificacion) for uno in comprimidos]


@repetible
@given(texto=textos_bmp)
def test_the_pypi_package_agrees_where_it_is_right(texto: str) -> None:
    """It is wrong outside the BMP, and cannot inflate UTF-16 at all."""
    for codificacion in CODIFICACIONES:
        comprimido = comprimir(texto, codificacion)
        assert PYPI[codificacion](texto) == comprimido
        if codificacion in PYPI_INVERSO:
            assert PYPI_INVERSO[codificacion](comprimido) == texto


def test_two_halves_are_the_character_they_make() -> None:
    """JavaScript cannot tell them apart, so the compressed text cannot either."""
    assert comprimir("\ud83d\ude9a") == comprimir("🚚")
    assert descomprimir(comprimir("\ud83d\ude9a")) == "🚚"


def test_form_spaces_are_mended_in_the_uri_form_only() -> None:
    comprimido = comprimir(pedidos(), "uri")
    assert "+" in comprimido
    assert descomprimir(comprimido.replace("+", " "), "uri") == pedidos()


@por_codificacion
@pytest.mark.parametrize("cola", ["A", "AAAA", "zz", "Q"])
def test_what_follows_the_end_mark_is_ignored_as_in_javascript(
    js: Oraculo, cola: str, codificacion: Codificacion
) -> None:
    """As long as it belongs to the alphabet; missing and superfluous padding too."""
    largo = comprimir("ñandú", codificacion).rstrip("= ") + cola
    assert js.descomprimir([largo], codificacion) == ["ñandú"]
    assert descomprimir(largo, codificacion) == "ñandú"


@pytest.mark.parametrize(
    ("comprimido", "codificacion"),
    [
        ("Q", "base64"),
        ("Q=", "base64"),
        ("Q======", "base64"),
        ("QAAAA", "base64"),
        ("Q$", "uri"),
        ("QAA", "uri"),
        ("†", "utf16"),
        ("†   ", "utf16"),
    ],
)
def test_the_empty_text_may_be_followed_by_filling(
    js: Oraculo, comprimido: str, codificacion: Codificacion
) -> None:
    assert js.descomprimir([comprimido], codificacion) == [""]
    assert descomprimir(comprimido, codificacion) == ""


def test_the_error_survives_pickling_and_says_nothing_of_the_data() -> None:
    for codigo, mensaje in MENSAJES.items():
        error = pickle.loads(pickle.dumps(LzError(codigo)))  # noqa: S301 - our own bytes
        assert isinstance(error, LzError)
        assert (error.codigo, str(error)) == (codigo, mensaje)
