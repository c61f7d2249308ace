"""An XLSX workbook: which part is the sheet of prices, its texts, its formats of date, its rows."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain, islice
from xml.parsers.expat import ExpatError

from gestion_precios.planillas.lectura.clases import exigir_libro
from gestion_precios.planillas.lectura.envoltura import Envoltura
from gestion_precios.planillas.lectura.etiquetas import Atributos, Lector, Presupuesto
from gestion_precios.planillas.lectura.formatos import FormatosDeFecha
from gestion_precios.planillas.lectura.hoja import Hoja
from gestion_precios.planillas.lectura.limites import (
    CARACTERES_DE_CELDA,
    DE_PRECIOS,
    HOJAS_MAXIMAS,
    MEMBRETE_MAXIMO,
    TEXTO_MAXIMO,
    Cruda,
    Cupo,
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


def leer_libro(
    contenido: bytes,
    hoja: str,
    es_cabecera: Callable[[list[Cruda]], bool],
    cupo: Cupo = DE_PRECIOS,
) -> tuple[str, Iterator[Fila]]:
    """The name of the sheet with the table, and its rows that hold something, under their numbers.

    `hoja`: the one that somebody chose, or nothing. Rechazo; `hojas` when it may be several.
    """
    try:
        nombre, filas = _Libro(contenido, cupo).hoja(hoja, es_cabecera)
    except _ROTO as error:
        raise Rechazo("danado") from error
    return nombre, _sanas(filas)


def _sanas(filas: Iterator[Fila]) -> Iterator[Fila]:
    try:
        yield from filas
    except _ROTO as error:
        raise Rechazo("danado") from error


class _Libro:
    def __init__(self, contenido: bytes, cupo: Cupo) -> None:
        self._cupo = cupo
        self._partes = Envoltura(contenido, cupo.inflado)
        exigir_libro(contenido, self._partes)
        self._presupuesto = Presupuesto(cupo.elementos)
        self._hojas: list[tuple[str, str]] = []
        self._con_1904 = self._con_escondidas = False

    def hoja(
        self, elegida: str, es_cabecera: Callable[[list[Cruda]], bool]
    ) -> tuple[str, Iterator[Fila]]:
        """The sheet's name and rows."""
        principal = self._principal()
        relaciones = self._relaciones(principal)
        self._leer(principal, self._ver_libro)
        textos = _Textos(self._cupo.inflado // 2)
        formatos = FormatosDeFecha()
        for tipo, destino in relaciones.values():
            if destino in self._partes and tipo == "sharedStrings":
                Lector(self._presupuesto, textos.abrir, textos.cerrar, textos.texto).agotar(
                    self._partes.trozos(destino)
                )
            elif destino in self._partes and tipo == "styles":
                self._leer(destino, formatos.abrir)
        visibles = self._visibles(relaciones)

        def filas_de(nombre: str) -> Iterator[Fila]:
            hoja = Hoja(textos.todos, formatos, con_1904=self._con_1904)
            return hoja.filas(self._partes.trozos(visibles[nombre]), self._presupuesto)

        cual = next((nombre for nombre in (elegida, self._cupo.hoja) if nombre in visibles), "")
        if not cual and len(visibles) > 1:
            return self._la_que_tiene_precios({n: filas_de(n) for n in visibles}, es_cabecera)
        cual = cual or next(iter(visibles))
        return cual, chain(filas_de(cual), self._resto())

    def _la_que_tiene_precios(
        self, filas: dict[str, Iterator[Fila]], es_cabecera: Callable[[list[Cruda]], bool]
    ) -> tuple[str, Iterator[Fila]]:
        """The only one in sight with our columns; else the first, which will be refused."""
        primeras = {nombre: list(islice(suyas, MEMBRETE_MAXIMO)) for nombre, suyas in filas.items()}
        con_precios = [
            nombre
            for nombre, vistas in primeras.items()
            if any(es_cabecera(fila) for _numero, fila in vistas)
        ]
        if len(con_precios) > 1:
            raise Rechazo("hojas", hojas=con_precios)
        cual = (con_precios or list(filas))[0]
        return cual, chain(primeras[cual], filas[cual], self._resto())

    def _resto(self) -> Iterator[Fila]:
        """No rows: that the rest of the book is whole."""
        self._partes.comprobar_el_resto()
        yield from ()

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
            if atributos.get("state", "visible") == "visible":
                self._hojas.append((atributos.get("name", ""), clave))
            else:
                self._con_escondidas = True
            if len(self._hojas) > HOJAS_MAXIMAS:
                raise Rechazo("inflado")
        elif etiqueta == "workbookPr":
            self._con_1904 = atributos.get("date1904") in {"1", "true"}

    def _visibles(self, relaciones: dict[str, tuple[str, str]]) -> dict[str, str]:
        """Sheet → part, of those that one sees; LookupError when there is none."""
        hay = {
            nombre: relaciones[clave][1]
            for nombre, clave in self._hojas
            if relaciones.get(clave, ("", ""))[0] == "worksheet"
        }
        if not hay and self._con_escondidas:
            raise Rechazo("escondidas")
        if not hay:
            raise LookupError("no sheet in sight")
        return hay


class _Textos:
    """The shared texts, in order; without how they are pronounced."""

    def __init__(self, maximo: int) -> None:
        self.todos: list[str] = []
        self._maximo = maximo
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
            if self._total > self._maximo:
                raise Rechazo("inflado")
            self.todos.append(texto)
