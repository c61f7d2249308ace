"""The three spellings of one bit stream: Base64, UTF-16 and URI-safe text.

lz-string fills each character from its highest bit down, yet sends every number lowest bit
first. Reversing the bits of each character once, through a table, turns the whole text into a
stream that `bits` can read upwards.
"""

import re
from base64 import b64encode
from binascii import Error as ErrorBase64
from binascii import a2b_base64
from typing import Final, Literal, get_args

from lzstring import keyStrBase64, keyStrUriSafe

from core.lz.bits import BLOQUE, juntar, separar
from core.lz.errors import LzError

Codificacion = Literal["base64", "utf16", "uri"]
CODIFICACIONES: Final[tuple[Codificacion, ...]] = get_args(Codificacion)

_ALFABETO_BASE64: Final[bytes] = keyStrBase64[:64].encode("ascii")
_ALFABETO_URI: Final[bytes] = keyStrUriSafe[:64].encode("ascii")
# Position 64 of either alphabet is its padding. JavaScript reads it as zeros.
_RELLENO_BASE64: Final[str] = keyStrBase64[64]
_RELLENO_URI: Final[str] = keyStrUriSafe[64]

_A_URI: Final = bytes.maketrans(_ALFABETO_BASE64, _ALFABETO_URI)
# Whatever is not URI-safe becomes a character that Base64 refuses, "/" among it.
_DE_URI: Final = bytes(
    _ALFABETO_BASE64[_ALFABETO_URI.index(c)] if c in _ALFABETO_URI else ord("!") for c in range(256)
)
_INVERSO: Final = bytes(int(f"{octeto:08b}"[::-1], 2) for octeto in range(256))

# UTF-16 carries 15 bits per unit, moved up by 32 to stay clear of control characters and of
# surrogates: units run from U+0020 to U+801F.
_BITS_UTF16: Final = 15
_FUERA_DE_UTF16: Final = re.compile("[^\x20-\u801f]")
_BASE_UTF16: Final = int.from_bytes(b"\x00\x20" * BLOQUE, "big")


def leer(texto: str, codificacion: Codificacion) -> tuple[bytes, int]:
    """The bit stream that `texto` spells, and its length in bits."""
    if codificacion not in CODIFICACIONES:
        raise LzError("lz_codificacion")
    if not texto:
        raise LzError("lz_vacio")
    if codificacion == "utf16":
        return _leer_utf16(texto)
    if codificacion == "uri":
        # As JavaScript does: "+" is in this alphabet, and forms turn it into a space.
        cuerpo = texto.rstrip(_RELLENO_URI).replace(" ", "+")
        return _leer_base64(_ascii(cuerpo).translate(_DE_URI))
    cuerpo = texto.rstrip(_RELLENO_BASE64)
    try:
        return _leer_base64(_ascii(cuerpo))
    except LzError:
        if " " in cuerpo:
            _leer_base64(_ascii(cuerpo.replace(" ", "+")))
            raise LzError("lz_espacios") from None
        raise


def escribir(flujo: bytes, bits: int, codificacion: Codificacion) -> str:
    """Spell a bit stream. At least one bit of filling follows it, as in JavaScript."""
    if codificacion == "utf16":
        return _escribir_utf16(flujo, bits // _BITS_UTF16 + 1)
    caracteres = bits // 6 + 1
    texto = b64encode(flujo.translate(_INVERSO) + b"\0\0\0")[:caracteres]
    if codificacion == "uri":
        return texto.translate(_A_URI).decode("ascii")
    return texto.decode("ascii") + _RELLENO_BASE64 * (-caracteres % 4)


def _ascii(texto: str) -> bytes:
    try:
        return texto.encode("ascii")
    except UnicodeEncodeError:
        raise LzError("lz_alfabeto") from None


def _leer_base64(cuerpo: bytes) -> tuple[bytes, int]:
    # lz-string's text may leave a single character in its last group of four, which Base64
    # proper never does: fill with zeros up to a whole group, and remember the true length.
    try:
        octetos = a2b_base64(cuerpo + b"A" * (-len(cuerpo) % 4), strict_mode=True)
    except ErrorBase64:
        raise LzError("lz_alfabeto") from None
    return octetos.translate(_INVERSO), 6 * len(cuerpo)


def _leer_utf16(texto: str) -> tuple[bytes, int]:
    if _FUERA_DE_UTF16.search(texto):
        raise LzError("lz_alfabeto")
    partes = []
    for k in range(0, len(texto), BLOQUE):
        trozo = texto[k : k + BLOQUE].encode("utf-16-be")
        unidades = int.from_bytes(trozo, "big") - (_BASE_UTF16 >> 16 * BLOQUE - 8 * len(trozo))
        # One bit up, so that the reversed bytes hold the 15 bits at the bottom of their lane.
        carriles = (unidades << 1).to_bytes(len(trozo), "big").translate(_INVERSO)
        partes.append(juntar(carriles, _BITS_UTF16, 16))
    return b"".join(partes), _BITS_UTF16 * len(texto)


def _escribir_utf16(flujo: bytes, unidades: int) -> str:
    paso = BLOQUE * _BITS_UTF16 // 8
    flujo = flujo.ljust(-(-unidades * _BITS_UTF16 // 8), b"\0")
    partes = []
    for k in range(0, len(flujo), paso):
        carriles = separar(flujo[k : k + paso], _BITS_UTF16, 16).translate(_INVERSO)
        base = _BASE_UTF16 >> 16 * BLOQUE - 8 * len(carriles)
        trozo = (int.from_bytes(carriles, "big") >> 1) + base
        partes.append(trozo.to_bytes(len(carriles), "big").decode("utf-16-be"))
    return "".join(partes)[:unidades] + " "
