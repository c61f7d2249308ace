"""Moving fields of any width in and out of a bit stream, many at once, without a loop per field.

A stream is `bytes` read from the lowest bit of the first byte upwards. A field is a number of
`ancho` bits, lowest bit first; a lane (`carril`) is the 16 or 32 bits that a field is given when
it stands alone, so that `bytes`, `struct` and the text codecs can read it.

Eight fields of `ancho` bits are exactly `ancho` bytes, so eight lanes of `carril` bits are
`carril` bytes. Strided copies give each such group its room; then three halving steps (4 + 4
fields, 2 + 2, 1 + 1) on one big integer spread all groups of the block at the same time.
"""

from collections.abc import Sequence
from functools import lru_cache
from struct import Struct, pack, unpack
from typing import Final

# Fields per big integer. Longer ones gain little, and bind more memory.
BLOQUE: Final = 1024
PALABRA: Final = 32
# Fields that are read sooner one by one.
POCOS: Final = 8

_palabra: Final = Struct("<Q").unpack_from
# What `campo` may read past the end of a stream.
MARGEN: Final = bytes(8)


@lru_cache(maxsize=64)
def _pasos(ancho: int, carril: int) -> tuple[tuple[int, int], ...]:
    """The halving steps of a block: how far upper halves move, and the mask of lower halves."""
    pasos = []
    for mitad in (4, 2, 1):
        bajos = ((1 << mitad * ancho) - 1).to_bytes(2 * mitad * carril // 8, "little")
        mascara = int.from_bytes(bajos * (BLOQUE // (2 * mitad)), "little")
        pasos.append((mitad * (carril - ancho), mascara))
    return tuple(pasos)


def separar(flujo: bytes, ancho: int, carril: int) -> bytes:
    """Spread at most BLOQUE packed fields, one per lane."""
    grupos = -(-len(flujo) // ancho)
    flujo = flujo.ljust(grupos * ancho, b"\0")
    amplio = bytearray(grupos * carril)
    for k in range(ancho):
        amplio[k::carril] = flujo[k::ancho]
    campos = int.from_bytes(amplio, "little")
    for salto, mascara in _pasos(ancho, carril):
        bajos = campos & mascara
        campos = bajos | (campos ^ bajos) << salto
    return campos.to_bytes(grupos * carril, "little")


def juntar(carriles: bytes, ancho: int, carril: int) -> bytes:
    """Pack at most BLOQUE lanes into fields of `ancho` bits: `separar` backwards."""
    grupos = -(-len(carriles) // carril)
    campos = int.from_bytes(carriles, "little")
    for salto, mascara in reversed(_pasos(ancho, carril)):
        bajos = campos & mascara
        campos = bajos | (campos ^ bajos) >> salto
    amplio = campos.to_bytes(grupos * carril, "little")
    flujo = bytearray(grupos * ancho)
    for k in range(ancho):
        flujo[k::ancho] = amplio[k::carril]
    return bytes(flujo)


def campo(flujo: bytes, inicio: int, ancho: int) -> int:
    """Read one field of at most 32 bits; `flujo` ends in MARGEN."""
    palabra: int = _palabra(flujo, inicio >> 3)[0]
    return palabra >> (inicio & 7) & (1 << ancho) - 1


def campos(flujo: bytes, inicio: int, ancho: int, cantidad: int) -> Sequence[int]:
    """Consecutive fields from any bit on, at most BLOQUE; `flujo` ends in MARGEN."""
    if cantidad <= POCOS:
        return [campo(flujo, inicio + k * ancho, ancho) for k in range(cantidad)]
    largo = -(-cantidad // 8) * ancho
    primero = inicio >> 3
    desplazado = int.from_bytes(flujo[primero : primero + largo + 1], "little") >> (inicio & 7)
    alineado = desplazado.to_bytes(largo + 1, "little")[:largo]
    return unpack(f"<{cantidad}I", separar(alineado, ancho, PALABRA)[: 4 * cantidad])


class Escritor:
    """A bit stream under construction."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._resto = 0
        self._bits_resto = 0

    def campo(self, valor: int, ancho: int) -> None:
        """Append one field of at most 32 bits."""
        self._resto |= valor << self._bits_resto
        bits = self._bits_resto + ancho
        enteros = bits >> 3
        if enteros:
            self._bytes += (self._resto & (1 << 8 * enteros) - 1).to_bytes(enteros, "little")
            self._resto >>= 8 * enteros
        self._bits_resto = bits & 7

    def campos(self, valores: Sequence[int], ancho: int) -> None:
        """Append many fields of one width."""
        for k in range(0, len(valores), BLOQUE):
            bloque = valores[k : k + BLOQUE]
            juntos = juntar(pack(f"<{len(bloque)}I", *bloque), ancho, PALABRA)
            self.campo(int.from_bytes(juntos, "little"), len(bloque) * ancho)

    def terminar(self) -> tuple[bytes, int]:
        """The stream and its length in bits."""
        bits = 8 * len(self._bytes) + self._bits_resto
        return bytes(self._bytes) + bytes([self._resto]), bits
