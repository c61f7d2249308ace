"""Texts that the codec's tests share, and the strategies that make more."""

import json

from hypothesis import strategies as st

from core.lz import Codificacion

CODIFICACIONES: tuple[Codificacion, ...] = ("base64", "utf16", "uri")
BITS_POR_CARACTER: dict[Codificacion, int] = {"base64": 6, "utf16": 15, "uri": 6}


def pedidos(clientes: int = 12, lineas: int = 9) -> str:
    """The JSON of a small lote."""
    return json.dumps(
        {
            str(1000 + 7 * cliente): [
                {
                    "articulo_id": 31 * (cliente + linea) % 97 + 1,
                    "cantidad": linea % 5 + 1,
                    "precio_unitario": 1250 * (linea % 7 + 1),
                    "descripcion": f"Ñandutí {linea % 4} ½ kg €",
                }
                for linea in range(lineas)
            ]
            for cliente in range(clientes)
        },
        ensure_ascii=False,
    )


MUESTRAS: dict[str, str] = {
    "vacio": "",
    "una letra": "a",
    "una letra repetida": "a" * 100,
    "nulo": "\0",
    "control y nulos": "\0\0\0\x01\x7f\n\r\t" * 5,
    "castellano": "Señor Núñez, ¿cuántas cajas de ñoquis? ¡Tres!",
    "moneda": "₲ 1.250.000 €",
    "emoji": "🚚📦 entrega 🚚📦🚚📦 lista 👨‍👩‍👧",
    "mitades sueltas": "\ud83d\ud83d a \ude00 b \ude00\ud83d",
    "primera y ultima unidad": "\x00\xff\u0100\ud7ff\ue000\ufffe\uffff",
    "todos los octetos": "".join(map(chr, range(256))) * 2,
    "json": pedidos(),
}


def canonico(texto: str) -> str:
    """The same UTF-16 units, surrogate pairs joined: what JavaScript cannot tell apart."""
    return texto.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


_palabras = st.sampled_from(
    [
        "a",
        "ab",
        "aba",
        '"cantidad":',
        '"precio":1',
        "ñandú",
        "€",
        "😀",
        "\ud83d",
        "\ude00",
        "0",
        "\0",
    ]
)

# Any character with halves of surrogates; few letters, for long matches; words, for repetition.
textos = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.text("ab", max_size=400),
    st.lists(_palabras, max_size=200).map("".join),
).map(canonico)
textos_bmp = st.one_of(
    st.text(st.characters(max_codepoint=0xFFFF), max_size=200),
    st.text("ab", max_size=400),
    st.lists(st.sampled_from(["a", "aba", '"precio":', "ñandú", "€"]), max_size=200).map("".join),
)
