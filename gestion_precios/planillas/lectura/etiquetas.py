"""XML as a stream of elements, with a budget for all the parts of a workbook together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from gestion_precios.planillas.lectura.limites import PROFUNDIDAD_MAXIMA, Rechazo

Atributos = dict[str, str]
# An element that is not over yet is read again with each piece that comes: it is short, or refused.
ETIQUETA_LARGA = 20_000
NOMBRES = 1_000
_PASO = 16 * 1024
_SIN_MEMORIA = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


@dataclass(slots=True)
class Presupuesto:
    """How many elements may still come."""

    elementos: int


class Lector:
    """Calls `abrir` and `cerrar` with each element's depth (from 1) and name without prefix."""

    def __init__(
        self,
        presupuesto: Presupuesto,
        abrir: Callable[[int, str, Atributos], None],
        cerrar: Callable[[int, str], None] | None = None,
        texto: Callable[[str], None] | None = None,
    ) -> None:
        analizador = self._analizador = expat.ParserCreate()
        analizador.buffer_text = True
        analizador.StartDoctypeDeclHandler = _rehusar
        analizador.EntityDeclHandler = _rehusar
        analizador.CharacterDataHandler = texto
        # Called half a million times: names of the function are quicker than attributes.
        locales = _Locales()
        hondura = 0

        def empezar(nombre: str, atributos: Atributos) -> None:
            nonlocal hondura
            hondura += 1
            presupuesto.elementos -= 1
            if presupuesto.elementos < 0:
                raise Rechazo("celdas")
            if hondura > PROFUNDIDAD_MAXIMA:
                raise Rechazo("raro")
            abrir(hondura, locales[nombre], atributos)

        def terminar(nombre: str) -> None:
            nonlocal hondura
            if cerrar is not None:
                cerrar(hondura, locales[nombre])
            hondura -= 1

        analizador.StartElementHandler = empezar
        analizador.EndElementHandler = terminar

    def leer(self, trozos: Iterable[bytes]) -> Iterator[None]:
        """Feed it all, stopping after each piece for whoever collects what was found."""
        dados = 0
        for trozo in trozos:
            for desde in range(0, len(trozo), _PASO):
                paso = trozo[desde : desde + _PASO]
                self._dar(paso)
                dados += len(paso)
                if dados - self._analizador.CurrentByteIndex > ETIQUETA_LARGA:
                    raise Rechazo("raro")
            yield
        self._dar(b"", fin=True)
        yield

    def agotar(self, trozos: Iterable[bytes]) -> None:
        """Feed it all."""
        for _ in self.leer(trozos):
            pass

    def _dar(self, paso: bytes, *, fin: bool = False) -> None:
        try:
            self._analizador.Parse(paso, fin)
        except expat.ExpatError as error:
            if error.code == _SIN_MEMORIA:
                raise MemoryError from error
            raise


class _Locales(dict[str, str]):
    """The name without prefix of each name; there are not many."""

    def __missing__(self, nombre: str) -> str:
        if len(self) == NOMBRES:
            raise Rechazo("raro")
        local = self[nombre] = nombre.rpartition(":")[2]
        return local


def _rehusar(*_argumentos: object) -> None:
    """No spreadsheet program declares a document type or an entity."""
    raise Rechazo("raro")
