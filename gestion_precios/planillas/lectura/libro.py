"""An XLSX workbook: which part is the sheet of prices, its texts, its formats of date, its rows."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers.expat import ExpatError

from gestion_precios.planillas.lectura.envoltura import Envoltura
from gestion_precios.planillas.lectura.etiquetas import Atributos, Lector, Presupuesto
from gestion_precios.planillas.lectura.formatos import FormatosDeFecha
from gestion_precios.planillas.lectura.hoja import Hoja
from gestion_precios.planillas.lectura.limites import (
    CARACTERES_DE_CELDA,
    ELEMENTOS_MAXIMOS,
    HOJA,
    HOJAS_MAXIMAS,
    INFLADO_MAXIMO,
    TEXTO_MAXIMO,
    Fila,
    Rechazo,
)

_LIBRO = "xl/workbook.xml"
_ROTO = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    LookupError,
    ValueError,
    ArithmeticError,
    OSError,
    EOFError,
    # What `zipfile` says of the forms of zip that it does not read.
    NotImplementedError,
    RuntimeError,
)


def leer_libro(contenido: bytes) -> Iterator[Fila]:
    """The rows of the sheet of prices that hold something, under their numbers; Rechazo."""
    try:
        yield from _Libro(contenido).filas()
    except _ROTO as error:
        raise Rechazo("danado") from error


class _Libro:
    def __init__(self, contenido: bytes) -> None:
        self._partes = Envoltura(contenido)
        self._presupuesto = Presupuesto(ELEMENTOS_MAXIMOS)
        self._hojas: list[tuple[str, str]] = []
        self._con_1904 = False

    def filas(self) -> Iterator[Fila]:
        principal = self._principal()
        relaciones = self._relaciones(principal)
        self._leer(principal, self._ver_libro)
        textos = _Textos()
        formatos = FormatosDeFecha()
        for tipo, destino in relaciones.values():
            if destino in self._partes and tipo == "sharedStrings":
                Lector(self._presupuesto, textos.abrir, textos.cerrar, textos.texto).agotar(
                    self._partes.trozos(destino)
                )
            elif destino in self._partes and tipo == "styles":
                self._leer(destino, formatos.abrir)
        hoja = Hoja(textos.todos, formatos, con_1904=self._con_1904)
        yield from hoja.filas(
            self._partes.trozos(self._parte_de_hoja(relaciones)), self._presupuesto
        )
        self._partes.comprobar_el_resto()

    def _leer(self, parte: str, abrir: Callable[[int, str, Atributos], None]) -> None:
        Lector(self._presupuesto, abrir).agotar(self._partes.trozos(parte))

    def _principal(self) -> str:
        """The workbook's part, by what the package says of itself."""
        if "_rels/.rels" not in self._partes:
            return _LIBRO
        relaciones = self._relaciones("").values()
        return next((destino for tipo, destino in relaciones if tipo == "officeDocument"), _LIBRO)

    def _relaciones(self, parte: str) -> dict[str, tuple[str, str]]:
        """id → (type, part) of what a part refers to."""
        carpeta, nombre = posixpath.split(parte)
        encontradas: dict[str, tuple[str, str]] = {}

        def abrir(_hondura: int, etiqueta: str, atributos: Atributos) -> None:
            if etiqueta == "Relationship" and atributos.get("TargetMode") != "External":
                destino = posixpath.normpath(posixpath.join("/", carpeta, atributos["Target"]))
                tipo = atributos["Type"].rpartition("/")[2]
                encontradas[atributos["Id"]] = (tipo, destino.lstrip("/"))

        de_ella = posixpath.join(carpeta, "_rels", f"{nombre}.rels")
        if de_ella in self._partes:
            self._leer(de_ella, abrir)
        return encontradas

    def _ver_libro(self, _hondura: int, etiqueta: str, atributos: Atributos) -> None:
        if etiqueta == "sheet":
            clave = next((v for n, v in atributos.items() if n.endswith(":id")), "")
            self._hojas.append((atributos.get("name", ""), clave))
            if len(self._hojas) > HOJAS_MAXIMAS:
                raise Rechazo("inflado")
        elif etiqueta == "workbookPr":
            self._con_1904 = atributos.get("date1904") in {"1", "true"}

    def _parte_de_hoja(self, relaciones: dict[str, tuple[str, str]]) -> str:
        """The sheet under our name, or else the first; LookupError when there is none."""
        hay = {
            nombre: relaciones[clave][1]
            for nombre, clave in self._hojas
            if relaciones.get(clave, ("", ""))[0] == "worksheet"
        }
        return hay[HOJA] if HOJA in hay else next(iter(hay.values()))


class _Textos:
    """The shared texts, in order; without how they are pronounced."""

    def __init__(self) -> None:
        self.todos: list[str] = []
        self._pedazos: list[str] = []
        self._juntando = False
        self._largo = 0
        self._total = 0
        self._sin_leer = 0

    def abrir(self, hondura: int, etiqueta: str, _atributos: Atributos) -> None:
        if hondura == 2 and etiqueta == "si":
            self._pedazos, self._largo = [], 0
        elif etiqueta == "rPh":
            self._sin_leer = hondura
        self._juntando = etiqueta == "t" and not self._sin_leer

    def texto(self, pedazo: str) -> None:
        if self._juntando:
            self._largo += len(pedazo)
            if self._largo > CARACTERES_DE_CELDA:
                raise Rechazo("raro")
            self._pedazos.append(pedazo)

    def cerrar(self, hondura: int, etiqueta: str) -> None:
        self._juntando = False
        if hondura == self._sin_leer:
            self._sin_leer = 0
        if hondura == 2 and etiqueta == "si":
            # One character more than is read, so that it shows.
            texto = "".join(self._pedazos)[: TEXTO_MAXIMO + 1]
            self._total += len(texto)
            if self._total > INFLADO_MAXIMO // 2:
                raise Rechazo("inflado")
            self.todos.append(texto)
