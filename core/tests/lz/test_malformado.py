"""Malformed, cut, hostile and oversized input: always LzError, always with its code."""

import base64
import random
import tracemalloc
from collections import Counter
from collections.abc import Iterator

import pytest

from core.lz import Codificacion, LzError, comprimir, descomprimir
from core.lz.alphabets import leer
from core.lz.bits import MARGEN, Escritor
from core.lz.encoder import codificar
from core.tests.lz.muestras import BITS_POR_CARACTER, CODIFICACIONES, MUESTRAS, pedidos
from core.tests.lz.oraculo import Oraculo

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
por_codificacion = pytest.mark.parametrize("codificacion", CODIFICACIONES)


@pytest.fixture(scope="module")
def js() -> Iterator[Oraculo]:
    with Oraculo() as oraculo:
        yield oraculo


def codigo_de(texto: str, codificacion: Codificacion = "base64", limite: int = 1 << 26) -> str:
    with pytest.raises(LzError) as falla:
        descomprimir(texto, codificacion, limite=limite)
    return falla.value.codigo


@por_codificacion
def test_empty_input(codificacion: Codificacion) -> None:
    assert codigo_de("", codificacion) == "lz_vacio"


def test_unknown_encoding() -> None:
    otra: Codificacion = "gzip"  # type: ignore[assignment]  # that is the point
    assert codigo_de("Q===", otra) == "lz_codificacion"
    with pytest.raises(LzError) as falla:
        comprimir("a", otra)
    assert falla.value.codigo == "lz_codificacion"


@pytest.mark.parametrize(
    ("texto", "codificacion"),
    [
        ("Q===\n", "base64"),
        ("\ufeffQ===", "base64"),
        ("Q-==", "base64"),
        ("Q_==", "base64"),
        ("Q=A=", "base64"),
        ("Qñ==", "base64"),
        ("Q\0==", "base64"),
        ("Q😀==", "base64"),
        ("Q\ud83d==", "base64"),
        ("{}", "base64"),
        ("Q/", "uri"),
        ("Q=", "uri"),
        ("Q$A", "uri"),
        ("Q%", "uri"),
        ("Qñ", "uri"),
        ("Q!", "uri"),
        ("†\x1f", "utf16"),
        ("†\u8020", "utf16"),
        ("†\ud83d", "utf16"),
        ("†😀", "utf16"),
    ],
)
def test_characters_outside_the_alphabet(texto: str, codificacion: Codificacion) -> None:
    """Also after the end mark, where JavaScript would not look."""
    assert codigo_de(texto, codificacion) == "lz_alfabeto"


def test_plus_signs_turned_into_spaces_have_a_code_of_their_own() -> None:
    comprimido = comprimir(pedidos())
    assert "+" in comprimido
    assert codigo_de(comprimido.replace("+", " ")) == "lz_espacios"
    assert codigo_de(comprimido.replace("+", " ") + "\n") == "lz_alfabeto"


def test_forms_that_are_not_the_one_announced() -> None:
    texto = pedidos()
    assert codigo_de(comprimir(texto, "utf16"), "base64") == "lz_alfabeto"
    assert codigo_de(comprimir(texto, "utf16"), "uri") == "lz_alfabeto"
    assert codigo_de(comprimir(texto, "base64"), "utf16") == "lz_corrupto"
    assert codigo_de(comprimir(texto, "uri"), "base64") == "lz_alfabeto"
    assert codigo_de(base64.b64encode(texto.encode()).decode()) == "lz_corrupto"
    assert codigo_de(texto) == "lz_alfabeto"
    assert codigo_de("A" * 1000) == "lz_truncado"
    assert codigo_de("/" * 1000) == "lz_corrupto"
    assert codigo_de("====") == "lz_truncado"


@por_codificacion
@pytest.mark.parametrize(
    "nombre", ["una letra", "castellano", "emoji", "todos los octetos", "json"]
)
def test_every_truncation_is_refused(nombre: str, codificacion: Codificacion) -> None:
    """Unless nothing was lost but the filling after the end mark."""
    texto = MUESTRAS[nombre]
    bits = codificar(texto)[1]
    comprimido = comprimir(texto, codificacion)
    for largo in range(1, len(comprimido)):
        corte = comprimido[:largo]
        if len(corte.rstrip("=")) * BITS_POR_CARACTER[codificacion] >= bits:
            assert descomprimir(corte, codificacion) == texto
        else:
            assert codigo_de(corte, codificacion) == "lz_truncado"


def test_javascript_loses_orders_in_silence_where_we_refuse(js: Oraculo) -> None:
    """It takes missing bits for zeros, and so finds an end mark that nobody wrote."""
    texto = pedidos(3)
    bits = codificar(texto)[1]
    comprimido = comprimir(texto, "uri")
    cortes = [comprimido[:largo] for largo in range(1, bits // 6)]
    silenciosos = [
        corte
        for corte, leido in zip(cortes, js.descomprimir(cortes, "uri"), strict=True)
        if leido and leido != texto
    ]
    assert silenciosos
    assert {codigo_de(corte, "uri") for corte in silenciosos} == {"lz_truncado"}


def _intentar(texto: str, codificacion: Codificacion) -> tuple[str | None, str]:
    """(text, "") or (None, code); any other exception fails the test."""
    try:
        return descomprimir(texto, codificacion, limite=1 << 20), ""
    except LzError as error:
        return None, error.codigo


def _danados(azar: random.Random, cantidad: int) -> Iterator[str]:
    """Base64 texts with changed, lost, doubled or moved characters, and pure noise."""
    originales = [comprimir(texto).rstrip("=") for texto in MUESTRAS.values()]
    for _ in range(cantidad):
        letras = list(azar.choice(originales))
        for _ in range(azar.randint(1, 3)):
            lugar = azar.randrange(len(letras))
            accion = azar.randrange(4)
            if accion == 0:
                letras[lugar] = azar.choice(BASE64)
            elif accion == 1:
                letras.insert(lugar, azar.choice(BASE64))
            elif accion == 2:
                letras[lugar:] = azar.choices(BASE64, k=azar.randint(1, 40))
            else:
                letras[lugar : lugar + azar.randint(1, 9)] = letras[:1]
        yield "".join(letras)
    for _ in range(cantidad):
        yield "".join(azar.choices(BASE64, k=azar.randint(1, 120)))


def test_damage_gives_the_text_that_javascript_reads_or_an_error(js: Oraculo) -> None:
    danados = list(_danados(random.Random(5), 4000))
    codigos: Counter[str] = Counter()
    for danado, leido in zip(danados, js.descomprimir(danados, "base64"), strict=True):
        texto, codigo = _intentar(danado, "base64")
        codigos[codigo] += 1
        if codigo == "":
            assert texto == leido
        elif codigo == "lz_corrupto":
            # A first number 3 names nothing; JavaScript goes on with "undefined".
            assert leido in ("", None) or danado[0] in BASE64[48:]
    assert set(codigos) == {"", "lz_corrupto", "lz_truncado"}


@por_codificacion
def test_every_flipped_bit_gives_a_text_or_an_error(codificacion: Codificacion) -> None:
    comprimido = comprimir(MUESTRAS["castellano"], codificacion)
    for lugar, letra in enumerate(comprimido):
        for bit in range(16):
            otra = chr(ord(letra) ^ 1 << bit)
            _intentar(comprimido[:lugar] + otra + comprimido[lugar + 1 :], codificacion)


@por_codificacion
def test_noise_of_any_character_is_an_error_or_a_text(codificacion: Codificacion) -> None:
    azar = random.Random(6)
    rangos = (0x80, 0x100, 0x8020, 0x110000)
    for _ in range(3000):
        tope = azar.choice(rangos)
        _intentar(
            "".join(chr(azar.randrange(tope)) for _ in range(azar.randint(1, 60))), codificacion
        )


def _flujo(*campos: tuple[int, int]) -> str:
    """The Base64 of hand-made (number, width) fields."""
    escritor = Escritor()
    for valor, ancho in campos:
        escritor.campo(valor, ancho)
    flujo, bits = escritor.terminar()
    inverso = bytes(int(f"{octeto:08b}"[::-1], 2) for octeto in flujo + MARGEN)
    return base64.b64encode(inverso).decode()[: bits // 6 + 1]


def test_numbers_that_name_nothing() -> None:
    a = (ord("a"), 8)
    assert descomprimir(_flujo((0, 2), a, (4, 3), (2, 3))) == "aaa"
    assert descomprimir(_flujo((0, 2), a, (3, 3), (2, 3))) == "aa"
    # Before any character there is no entry to complete.
    assert codigo_de(_flujo((3, 2), a, (2, 3))) == "lz_corrupto"
    # Entry 4 is being completed; 5 does not exist yet.
    assert codigo_de(_flujo((0, 2), a, (5, 3), (2, 3))) == "lz_corrupto"
    assert codigo_de(_flujo((0, 2), a, (4, 3), (7, 3), (2, 3))) == "lz_corrupto"
    assert codigo_de(_flujo((0, 2), a, (0, 3), a, (7, 3), (2, 3))) == "lz_corrupto"


@pytest.mark.parametrize("json", ["{}", "[]", '{"1": []}', "null", pedidos()])
def test_plain_json_in_base64_is_not_the_empty_text(js: Oraculo, json: str) -> None:
    """Its first two bits are an end mark, for an opening brace or bracket."""
    disfrazado = base64.b64encode(json.encode()).decode()
    assert codigo_de(disfrazado) in ("lz_corrupto", "lz_truncado")
    assert codigo_de("QAAAB") == "lz_corrupto"
    if json[0] in "{[":
        assert js.descomprimir([disfrazado], "base64") == [""]
        assert codigo_de(disfrazado) == "lz_corrupto"


def test_streams_cut_inside_a_field() -> None:
    assert codigo_de(_flujo((0, 2))) == "lz_truncado"
    assert codigo_de(_flujo((1, 2), (0, 3))) == "lz_truncado"
    assert codigo_de(_flujo((0, 2), (ord("a"), 8))) == "lz_truncado"
    flujo, bits = leer(comprimir("a"), "base64")
    assert bits == 18
    assert flujo[0] & 3 == 0


BOMBAS = {
    "una letra": "A",
    "dos letras": "ñu",
    "lineas": '{"articulo_id":1,"cantidad":1,"precio_unitario":1250},',
    "emoji": "🚚",
    "mitades sueltas": "\ud83d",
}


@pytest.mark.parametrize("patron", BOMBAS.values(), ids=BOMBAS.keys())
def test_the_bound_is_exact_in_utf16_units(patron: str) -> None:
    """Below and above the size at which the rest is measured first."""
    for veces in (5, 20_000):
        texto = patron * veces
        unidades = len(texto.encode("utf-16-le", "surrogatepass")) // 2
        comprimido = comprimir(texto)
        assert descomprimir(comprimido, limite=unidades) == texto
        assert codigo_de(comprimido, limite=unidades - 1) == "lz_demasiado_grande"
    assert codigo_de(comprimir("a"), limite=0) == "lz_demasiado_grande"


@pytest.mark.parametrize("patron", ["A", '{"articulo_id":1,"cantidad":1},', "€"])
def test_a_bomb_is_refused_and_costs_no_memory(patron: str) -> None:
    """70 million characters in some 25 to 165 KB: counted, never made. Its time: the benchmark."""
    bomba = comprimir(patron * (70_000_000 // len(patron)))
    assert len(bomba) < 200_000

    tracemalloc.start()
    assert codigo_de(bomba) == "lz_demasiado_grande"
    pico = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pico < 16 * 1024 * 1024


def test_a_bomb_cut_or_damaged_after_it_looks_like_one() -> None:
    bomba = comprimir("A" * 1_000_000)
    assert descomprimir(bomba) == "A" * 1_000_000
    assert codigo_de(bomba[: len(bomba) * 3 // 4]) == "lz_truncado"
    assert codigo_de(bomba[: len(bomba) * 3 // 4] + "/" * 40) == "lz_corrupto"


def test_new_characters_that_are_not_new_end_it() -> None:
    """As UTF-16, spaces announce NUL for ever: two entries of the dictionary for two characters."""
    assert codigo_de(" " * 400_000, "utf16") == "lz_corrupto"
    # No honest text has more of them than there are.
    todos = "".join(map(chr, range(1 << 16)))
    assert descomprimir(comprimir(todos)).encode("utf-16", "surrogatepass") == todos.encode(
        "utf-16", "surrogatepass"
    )


def test_a_dictionary_of_noise_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.lz.decoder._ENTRADAS_MAXIMO", 20_000)
    ruido = "".join(random.Random(8).choices(BASE64, k=120_000))
    assert codigo_de(comprimir(ruido)) == "lz_demasiado_grande"
    honesto = pedidos(300)
    assert len(honesto) > 12_000
    assert descomprimir(comprimir(honesto)) == honesto


@pytest.mark.parametrize(("ancha", "ancho"), [("é", 1), ("€", 2), ("🚚", 4)])
@pytest.mark.parametrize("veces", [50, 5_000])
def test_a_bound_in_bytes_counts_the_widest_character(ancha: str, ancho: int, veces: int) -> None:
    texto = "abcd" * veces + ancha + "abcd" * veces
    unidades = len(texto.encode("utf-16-le")) // 2
    comprimido = comprimir(texto)
    assert descomprimir(comprimido, octetos=unidades * ancho) == texto
    with pytest.raises(LzError) as falla:
        descomprimir(comprimido, octetos=unidades * ancho - 1)
    assert falla.value.codigo == "lz_demasiado_grande"


def test_a_wide_bomb_costs_no_memory_either() -> None:
    """One emoji, and what follows is measured as four bytes each."""
    bomba = comprimir("🚚" + "A" * 40_000_000)
    tracemalloc.start()
    with pytest.raises(LzError):
        descomprimir(bomba, octetos=1 << 26)
    pico = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pico < 16 * 1024 * 1024
