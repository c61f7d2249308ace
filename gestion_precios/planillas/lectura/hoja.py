"""A worksheet's rows, read once from its XML and bounded whatever numbers it gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gestion_precios.planillas.lectura.etiquetas import Atributos, Lector, Presupuesto
from gestion_precios.planillas.lectura.formatos import SERIE, SERIE_1904, FormatosDeFecha
from gestion_precios.planillas.lectura.limites import (
    CARACTERES_DE_CELDA,
    COLUMNA_ULTIMA,
    COLUMNAS_MAXIMAS,
    FILA_ULTIMA,
    FILAS_DEL_ARCHIVO,
    TEXTO_MAXIMO,
    Cruda,
    Fila,
    Rechazo,
)

_VISTO = 40
# How deep each thing lies in the sheet's tree.
_DATOS, _FILA, _CELDA, _EN_CELDA = 2, 3, 4, 5


class Hoja:
    """Makes rows of the elements; empty ones and what lies too far right are left out."""

    def __init__(
        self, textos: list[str], formatos: FormatosDeFecha, *, con_1904: bool = False
    ) -> None:
        self._textos = textos
        self._formatos = formatos
        self._con_1904 = con_1904
        self._columnas: dict[str, int] = {}
        self._en_datos = False
        self._numero = self._cuantas = 0
        # Of the cell under way: 0 outside of cells and in those that are not read.
        self._columna = self._ultima = 0
        self._fila: list[Cruda] = []
        self._hechas: list[Fila] = []
        self._tipo = self._estilo = ""
        # What of a cell is being collected, and what of it was: `v`, `f` or the `t` of `is`.
        self._juntando = ""
        self._pedazos: dict[str, list[str]] = {}
        self._largo = self._sin_leer = 0

    def filas(self, trozos: Iterable[bytes], presupuesto: Presupuesto) -> Iterator[Fila]:
        """The rows that hold something, as they come."""
        lector = Lector(presupuesto, self._abrir, self._cerrar, self._texto)
        for _ in lector.leer(trozos):
            yield from self._hechas
            self._hechas.clear()

    # --- What the XML reader calls
    def _abrir(self, hondura: int, etiqueta: str, atributos: Atributos) -> None:
        if not self._en_datos:
            self._en_datos = hondura == _DATOS and etiqueta == "sheetData"
        elif hondura == _CELDA and etiqueta == "c":
            self._abrir_celda(atributos)
        elif hondura >= _EN_CELDA and self._columna:
            self._abrir_contenido(hondura, etiqueta)
        elif hondura == _FILA and etiqueta == "row":
            self._abrir_fila(atributos.get("r"))

    def _cerrar(self, hondura: int, etiqueta: str) -> None:
        self._juntando = ""
        if hondura == self._sin_leer:
            self._sin_leer = 0
        if not self._en_datos:
            return
        if hondura == _CELDA:
            self._cerrar_celda()
        elif hondura == _FILA and self._fila:
            self._hechas.append((self._numero, self._fila))
        elif hondura == _DATOS:
            self._en_datos = False

    def _texto(self, pedazo: str) -> None:
        if self._juntando:
            self._largo += len(pedazo)
            if self._largo > CARACTERES_DE_CELDA:
                raise Rechazo("raro")
            self._pedazos[self._juntando].append(pedazo)

    # --- Rows and cells
    def _abrir_fila(self, referencia: str | None) -> None:
        numero = self._numero + 1 if referencia is None else float(referencia)
        if not (self._numero < numero and float(numero).is_integer()):
            raise Rechazo("danado")
        if numero > FILA_ULTIMA:
            raise Rechazo("raro")
        self._cuantas += 1
        if self._cuantas > FILAS_DEL_ARCHIVO:
            raise Rechazo("celdas")
        self._numero, self._fila, self._ultima = int(numero), [], 0

    def _abrir_celda(self, atributos: Atributos) -> None:
        referencia = atributos.get("r")
        columna = self._ultima + 1 if referencia is None else self._columna_de(referencia)
        if columna <= self._ultima:
            raise Rechazo("danado")
        if columna > COLUMNA_ULTIMA:
            raise Rechazo("celdas" if referencia is None else "raro")
        self._ultima = columna
        self._columna = columna if columna <= COLUMNAS_MAXIMAS else 0
        self._tipo = atributos.get("t", "n")
        self._estilo = atributos.get("s", "")
        self._pedazos, self._largo = {}, 0

    def _abrir_contenido(self, hondura: int, etiqueta: str) -> None:
        if etiqueta == "rPh":
            self._sin_leer = hondura
        propio = hondura == _EN_CELDA and etiqueta in {"v", "f"}
        # The parts of a text in the cell itself.
        rico = hondura > _EN_CELDA and etiqueta == "t" and self._tipo == "inlineStr"
        if propio or (rico and not self._sin_leer):
            self._juntando = etiqueta
            self._pedazos.setdefault(etiqueta, [])

    def _cerrar_celda(self) -> None:
        if self._columna and self._pedazos:
            self._fila.extend([None] * (self._columna - len(self._fila) - 1))
            self._fila.append(self._valor())
        self._columna = 0

    def _columna_de(self, referencia: str) -> int:
        """The number of `AB` in `AB12`; ValueError when it is no such thing."""
        letras = referencia.rstrip("0123456789")
        columna = self._columnas.get(letras)
        if columna is None:
            columna = 0
            for letra in letras.upper()[:4]:
                if not "A" <= letra <= "Z":
                    raise ValueError("not a cell reference")
                columna = columna * 26 + ord(letra) - 64
            if columna <= COLUMNA_ULTIMA:
                self._columnas[letras] = columna
        return columna

    # --- What a cell says
    def _valor(self) -> Cruda:
        visto = "".join(self._pedazos.get("t" if self._tipo == "inlineStr" else "v", ()))
        if not visto and "f" in self._pedazos:
            # The program that wrote it left no result.
            return ["i", "formula", ("=" + "".join(self._pedazos["f"]))[:_VISTO]]
        if not visto:
            return None
        if self._tipo == "n":
            return self._numero_o_fecha(visto)
        if self._tipo == "s":
            visto = self._compartido(int(visto))
        elif self._tipo == "b":
            return ["i", "logico", str(bool(int(visto)))]
        elif self._tipo in {"d", "e"}:
            return ["i", "fecha" if self._tipo == "d" else "error", visto[:_VISTO]]
        # How programs write a text that looks like a letter's code.
        return visto.replace("_x005F_x", "_x")[: TEXTO_MAXIMO + 1].strip()

    def _compartido(self, posicion: int) -> str:
        if posicion < 0:
            raise LookupError("no such text")
        return self._textos[posicion]

    def _numero_o_fecha(self, visto: str) -> Cruda:
        numero = float(visto)
        if self._estilo and self._formatos.es_fecha(int(self._estilo)):
            # Written out where it is seen: few columns are, of the many that there may be.
            return ["i", SERIE_1904 if self._con_1904 else SERIE, repr(numero)]
        # Excel itself keeps fifteen digits: the rest is binary noise.
        return ["n", format(numero, ".15g")]
