"""Inflating: from a bit stream to the text.

The stream is a row of numbers. Each names an entry of a dictionary that both sides build as they
go: an entry is the previous piece of text plus the first character of the present one. Three
numbers are reserved: 0 and 1 announce a character never seen before (8 or 16 bits follow), 2 is
the end mark. A number may also name the very entry that it completes.

What JavaScript does in silence is an error here: it gives "" for a truncated stream, null for a
corrupt one, and takes the bits that are missing from the last number for zeros, so that a cut
stream can even end "well" with fewer orders. Like JavaScript, we ignore whatever follows the end
mark, as long as it belongs to the alphabet; but a stream that opens with the end mark is the
empty text only if nothing follows: the Base64 of plain JSON begins just so.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from core.lz.bits import BLOQUE, MARGEN, campo, campos
from core.lz.errors import LzError

_LITERAL_8: Final = 0
_FIN: Final = 2
_RESERVADOS: Final = 3
# Numbers taken at once after a new character. It doubles with each batch that runs through:
# new characters come in crowds, and each of them throws the rest of its batch away.
_LOTE_MINIMO: Final = 2
# Each of UTF-16's units is new once. More announcements were written by nobody's compressor: each
# costs the slow path and two entries, so that spaces alone could fill a machine.
_NUEVOS_MAXIMO: Final = 1 << 16
# Entries of the dictionary, some 70 bytes each whatever the text is: noise makes one of every three
# or four characters. JSON of 16 million characters has about a million.
_ENTRADAS_MAXIMO: Final = 2_000_000
# Characters per number, averaged over a batch, from which the rest of the stream is measured
# before it is inflated. JSON has 10 to 30; a bomb's pieces grow without end.
_SOSPECHA: Final = 64


def inflar(flujo: bytes, bits: int, limite: int, octetos: int | None = None) -> str:
    """The text of a stream of `bits` bits; refused if it passes `limite` UTF-16 units, or `octetos`
    of memory.
    """
    texto = _Texto(_Tope(limite, octetos))
    lector = _Lector(flujo + MARGEN, bits)
    if not _recorrer(lector, texto):
        # It grows like a bomb. Counting characters is cheap, making them is not: count first.
        _recorrer(_Lector(lector.flujo, bits, lector.posicion), texto.medida())
        _recorrer(lector, texto)
    if texto.entradas() == _RESERVADOS and lector.sobra():
        raise LzError("lz_corrupto")
    return texto.unir()


class _Lector:
    """A place in a bit stream that ends in MARGEN."""

    def __init__(self, flujo: bytes, bits: int, posicion: int = 0) -> None:
        self.flujo = flujo
        self.bits = bits
        self.posicion = posicion
        self._nuevos = 0

    def nuevo(self, ancho: int) -> int:
        """The character that is announced as never seen before."""
        self._nuevos += 1
        if self._nuevos > _NUEVOS_MAXIMO:
            raise LzError("lz_corrupto")
        return self.leer(ancho)

    def leer(self, ancho: int) -> int:
        """The next field."""
        if self.posicion + ancho > self.bits:
            raise LzError("lz_truncado")
        valor = campo(self.flujo, self.posicion, ancho)
        self.posicion += ancho
        return valor

    def mirar(self, entradas: int, lote: int) -> Sequence[int]:
        """The next numbers, not yet consumed, as if no new character came between them.

        The dictionary grows by one entry with each number, so their width is known in advance,
        and so is how many share it.
        """
        ancho = entradas.bit_length()
        enteros = (self.bits - self.posicion) // ancho
        if not enteros:
            raise LzError("lz_truncado")
        return campos(self.flujo, self.posicion, ancho, min(lote, (1 << ancho) - entradas, enteros))

    def sobra(self) -> bool:
        """Whether more than filling is left to read."""
        primero, bit = divmod(self.posicion, 8)
        return self.flujo[primero] >> bit > 0 or self.flujo[primero + 1 :].strip(b"\0") != b""


class _Destino(Protocol):
    """What the numbers turn into: the text, or only its length."""

    sospechoso: bool

    def entradas(self) -> int:
        """The size of the dictionary."""
        ...

    def copiar(self, numeros: Sequence[int]) -> int:
        """Append the pieces that `numeros` name; how many, up to the first that names none."""
        ...

    def literal(self, unidad: int) -> None:
        """Append a character never seen before: an entry of its own, besides the usual one."""
        ...


def _recorrer(lector: _Lector, destino: _Destino) -> bool:
    """Read up to the end mark; False if the destination becomes suspicious on the way."""
    lote = _LOTE_MINIMO
    while True:
        entradas = destino.entradas()
        if entradas > _ENTRADAS_MAXIMO:
            raise LzError("lz_demasiado_grande")
        numeros = lector.mirar(entradas, lote)
        copiados = destino.copiar(numeros)
        lector.posicion += copiados * entradas.bit_length()
        if copiados < len(numeros):
            if _leer_reservados(lector, destino):
                return True
            lote = _LOTE_MINIMO
        elif destino.sospechoso:
            destino.sospechoso = False
            return False
        else:
            lote = min(2 * lote, BLOQUE)


def _leer_reservados(lector: _Lector, destino: _Destino) -> bool:
    """Read the new characters that come in a row; whether the end mark follows them."""
    while True:
        entradas = destino.entradas()
        ancho = entradas.bit_length()
        numero = lector.leer(ancho)
        if numero == _FIN:
            return True
        if numero > _FIN:
            if numero > entradas or entradas == _RESERVADOS:
                raise LzError("lz_corrupto")
            lector.posicion -= ancho
            return False
        destino.literal(lector.nuevo(8 if numero == _LITERAL_8 else 16))


class _Tope:
    """How long the text may get; the wider its widest unit, the less."""

    def __init__(self, limite: int, octetos: int | None) -> None:
        self._limite = limite
        self._octetos = octetos
        self._ancho = 1

    def copia(self) -> "_Tope":
        """One that goes its own way from here on."""
        otro = _Tope(self._limite, self._octetos)
        otro._ancho = self._ancho
        return otro

    def ver(self, unidad: int) -> None:
        """A new character is of the text; halves of a pair make one of four bytes."""
        ancho = 1 if unidad < 0x100 else 4 if 0xD800 <= unidad <= 0xDFFF else 2
        self._ancho = max(self._ancho, ancho)

    def exigir(self, largo: int) -> None:
        """Raise LzError when a text of so many units is too much."""
        if largo > self._limite or (self._octetos and largo * self._ancho > self._octetos):
            raise LzError("lz_demasiado_grande")


class _Texto:
    """The text, as the pieces it is made of."""

    def __init__(self, tope: _Tope) -> None:
        # The reserved slots hold "", which has no first character: see `copiar`.
        self._diccionario = [""] * _RESERVADOS
        self._anterior = ""
        self._partes: list[str] = []
        self._largo = 0
        self._tope = tope
        self._medido = False
        self._con_subrogados = False
        self.sospechoso = False

    def entradas(self) -> int:
        """The size of the dictionary."""
        return len(self._diccionario)

    def copiar(self, numeros: Sequence[int]) -> int:
        """Append the pieces that `numeros` name; how many, up to the first that names none.

        The hot loop: a try block costs nothing until it fails, so the reserved numbers (whose ""
        has no first character), the entry still being completed and numbers out of range all
        surface as one IndexError instead of being asked for each time.
        """
        diccionario = self._diccionario
        agregar = diccionario.append
        anterior = self._anterior
        piezas: list[str] = []
        emitir = piezas.append
        for numero in numeros:
            try:
                pieza = diccionario[numero]
                agregar(anterior + pieza[0])
            except IndexError:
                if numero != len(diccionario) or not anterior:
                    break
                pieza = anterior + anterior[0]
                agregar(pieza)
            emitir(pieza)
            anterior = pieza
        self._anterior = anterior
        self._sumar("".join(piezas))
        if len(self._partes[-1]) > _SOSPECHA * len(piezas) and not self._medido:
            self.sospechoso = True
        return len(piezas)

    def literal(self, unidad: int) -> None:
        """Append a character never seen before: an entry of its own, besides the usual one."""
        caracter = chr(unidad)
        self._diccionario.append(caracter)
        if self._anterior:
            self._diccionario.append(self._anterior + caracter)
        self._anterior = caracter
        self._con_subrogados |= 0xD800 <= unidad <= 0xDFFF
        self._tope.ver(unidad)
        self._sumar(caracter)

    def medida(self) -> "_Largo":
        """What measures the rest of the text from here on; done once."""
        self._medido = True
        return _Largo(
            [*map(len, self._diccionario)], len(self._anterior), self._largo, self._tope.copia()
        )

    def unir(self) -> str:
        """The whole text; what it was made of is let go."""
        self._diccionario.clear()
        texto = "".join(self._partes)
        self._partes.clear()
        if not self._con_subrogados:
            return texto
        # The pieces are UTF-16 units. Python's UTF-7 joins surrogate pairs and lets lone halves
        # pass, at full speed; UTF-16 with "surrogatepass" is 30 times slower on hostile text.
        return texto.encode("utf-7").decode("utf-7")

    def _sumar(self, parte: str) -> None:
        self._largo += len(parte)
        self._tope.exigir(self._largo)
        self._partes.append(parte)


class _Largo:
    """The length that a text will have, from the lengths of its pieces."""

    def __init__(self, largos: list[int], anterior: int, largo: int, tope: _Tope) -> None:
        self._largos = largos
        self._anterior = anterior
        self._largo = largo
        self._tope = tope
        self.sospechoso = False

    def entradas(self) -> int:
        """The size of the dictionary."""
        return len(self._largos)

    def copiar(self, numeros: Sequence[int]) -> int:
        """Count the pieces that `numeros` name; how many, up to the first that names none."""
        largos = self._largos
        inicial = len(largos)
        for numero in numeros:
            # The entry still being completed comes first: then it needs no case of its own.
            largos.append(self._anterior + 1)
            if not _RESERVADOS <= numero < len(largos):
                largos.pop()
                break
            self._anterior = largos[numero]
            self._largo += self._anterior
        self._tope.exigir(self._largo)
        return len(largos) - inicial

    def literal(self, unidad: int) -> None:
        """Count a character never seen before."""
        self._tope.ver(unidad)
        self._largos += [1, self._anterior + 1]
        self._anterior = 1
        self._largo += 1
