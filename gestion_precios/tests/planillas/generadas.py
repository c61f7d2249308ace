"""One price list as many programs and people write it, made by multiplying their ways."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from gestion_precios.tests.planillas.test_hojas import ESTRICTO, con_partes

Fila = tuple[Any, ...]
# What each of them says, whatever its form: code, description, price in guaraníes, to take out.
CONTENIDO: list[tuple[int, str, Decimal | None, bool]] = [
    (1001, "Ñandutí «fino» 6x500 ml", Decimal(9_050), False),
    (1002, 'Leche, entera; "larga vida" | 1 L', Decimal(1_234_567), False),
    (1003, "Pan lactal\ncon semillas", Decimal(500), False),
    (1004, "-cable; rojo", None, True),
    (1005, "=1+1 Ü", Decimal(12_000), False),
]
# One price, as somebody may write it; each row takes the next.
ESCRITURAS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n:,}".replace(",", "."),
    lambda n: f"{n}",
    lambda n: f"Gs. {n:,}".replace(",", "."),
    lambda n: f"{n:,},00".replace(",", ".")[:-3] + ",00",
    lambda n: f"\N{NO-BREAK SPACE}{n:,}".replace(",", "\N{NO-BREAK SPACE}"),
)
CODIGO, NOMBRE, PRECIO, QUITAR = range(4)
TITULOS = {
    "ours": ("codigo", "descripcion", "precio_base", "quitar"),
    "people's": ("  Código ", "Descripción", "PRECIO", "¿Quitar?"),
    "shouted": ("CÓDIGO", "DESCRIPCION", "Precio  Base", "QUITAR"),
}
ORDENES = {
    "in order": (CODIGO, NOMBRE, PRECIO, QUITAR),
    "backwards": (QUITAR, PRECIO, NOMBRE, CODIGO),
    "with others between": (None, PRECIO, CODIGO, None, QUITAR, NOMBRE),
}
# What stands around and between the rows.
ALREDEDOR = ("nothing", "letterhead", "sections and totals", "empty rows", "empty columns")


@dataclass(frozen=True)
class Forma:
    """How the table is laid out, before anything is written to a file."""

    titulos: str = "ours"
    orden: str = "in order"
    alrededor: str = "nothing"
    textos: bool = True

    def tabla(self) -> list[Fila]:
        """The rows of the sheet."""
        filas = [self._fila(n, *fila) for n, fila in enumerate(CONTENIDO)]
        return list(self._rodear([self._ordenar(TITULOS[self.titulos]), *filas]))

    def _fila(self, lugar: int, codigo: int, nombre: str, precio: Any, quitar: bool) -> Fila:
        if precio is not None:
            escribir = ESCRITURAS[lugar % len(ESCRITURAS)]
            precio = escribir(int(precio)) if self.textos else int(precio)
        propias = (str(codigo) if self.textos else codigo, nombre, precio, "sí" if quitar else None)
        return self._ordenar(propias)

    def _ordenar(self, propias: Sequence[Any]) -> Fila:
        es_titulo = propias == TITULOS[self.titulos]
        ajena = "Margen" if es_titulo else "30 %"
        return tuple(ajena if i is None else propias[i] for i in ORDENES[self.orden])

    def _rodear(self, filas: list[Fila]) -> Iterator[Fila]:
        cabecera, *datos = filas
        if self.alrededor == "letterhead":
            yield from (("Distribuidora Mburukujá S.A., Asunción",), (), ("Vigente", "1/12/2026"))
        yield cabecera
        for lugar, fila in enumerate(datos):
            if self.alrededor == "sections and totals" and lugar % 2 == 0:
                yield (f"SECCIÓN {'ABC'[lugar // 2]}",)
            if self.alrededor == "empty rows":
                yield from ((), (None, "  "))
            yield (*fila, None, None) if self.alrededor == "empty columns" else fila
        if self.alrededor == "sections and totals":
            yield ("Total general", None, "1.256.117")


# --- Text files ----------------------------------------------------------------------------------
SEPARADORES = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
LETRAS = {
    "utf-8": ("utf-8", b""),
    "utf-8 with its mark": ("utf-8-sig", b""),
    "utf-16": ("utf-16-le", b"\xff\xfe"),
    "utf-16 of Macintosh": ("utf-16-be", b"\xfe\xff"),
    "Windows": ("cp1252", b""),
    "latin-1": ("latin-1", b""),
}
FINES = {"CR LF": "\r\n", "LF": "\n", "CR": "\r"}


def escribir_texto(
    forma: Forma, *, separador: str, letras: str, fin: str, sep: bool, comillas: bool
) -> bytes:
    """The table as a CSV."""
    salida = io.StringIO(newline="")
    if sep:
        salida.write(f"sep={separador}{fin}")
    escritor = csv.writer(
        salida,
        delimiter=separador,
        lineterminator=fin,
        quoting=csv.QUOTE_ALL if comillas else csv.QUOTE_MINIMAL,
    )
    escritor.writerows([["" if c is None else c for c in fila] for fila in forma.tabla()])
    codificado, marca = LETRAS[letras]
    return marca + salida.getvalue().encode(codificado)


def textos() -> Iterator[tuple[str, bytes]]:
    """(name, content) of each CSV."""
    formas = _formas()
    for (separador, letras, fin), sep in product(
        product(SEPARADORES, LETRAS, FINES), (False, True)
    ):
        forma = next(formas)
        # Python leaves the end of a line in a cell without quotes if the file's own is another.
        comillas = forma.orden == "backwards" or fin == "CR"
        nombre = f"{separador}, {letras}, {fin}{', sep=' if sep else ''}: {_dicha(forma)}"
        yield (
            nombre,
            escribir_texto(
                forma,
                separador=SEPARADORES[separador],
                letras=letras,
                fin=FINES[fin],
                sep=sep,
                comillas=comillas,
            ),
        )


def _formas() -> Iterator[Forma]:
    """Every layout, over and over: whatever takes them takes each in its turn."""
    todas = [Forma(*partes) for partes in product(TITULOS, ORDENES, ALREDEDOR)]
    while True:
        yield from todas


def _dicha(forma: Forma) -> str:
    numeros = "texts" if forma.textos else "numbers"
    return f"{forma.titulos} titles, {forma.orden}, {forma.alrededor}, {numeros}"


# --- Books ---------------------------------------------------------------------------------------
def de_openpyxl(tabla: list[Fila], *, otras: bool = False) -> bytes:
    """A book as a library writes it: formats, a merged title; `otras`: sheets that nobody sees."""
    libro = Workbook()
    hoja = libro.active
    for numero, fila in enumerate(tabla, 1):
        for columna, valor in enumerate(fila, 1):
            celda = hoja.cell(numero, columna, valor)
            if isinstance(valor, str):
                celda.data_type = "s"
            elif isinstance(valor, int):
                celda.number_format = ("#,##0", '"Gs." #,##0', "0.00", "General")[numero % 4]
    if len(tabla[0]) == 1:
        hoja.merge_cells("A1:C1")
        hoja["A1"].font, hoja["A1"].alignment = Font(bold=True), Alignment(horizontal="center")
    if otras:
        for lugar, estado in ((0, "hidden"), (0, "veryHidden"), (2, "visible")):
            otra = libro.create_sheet(f"Otra {estado}", lugar)
            otra.sheet_state = estado
            otra.append(("codigo", "precio") if estado != "visible" else ("notas",))
            otra.append((1001, 1))
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def estricto(tabla: list[Fila]) -> bytes:
    """As Excel writes a book in the strict form of the standard."""

    def parte(contenido: bytes) -> bytes:
        for transicional, propio in ESTRICTO.items():
            contenido = contenido.replace(transicional, propio)
        return contenido

    return con_partes(de_openpyxl(tabla), parte)


def con_formulas(tabla: list[Fila]) -> bytes:
    """Each number the result of a formula, as the program left it."""

    def parte(contenido: bytes) -> bytes:
        return contenido.replace(b't="n"><v>', b't="n"><f>1*1</f><v>')

    return con_partes(de_openpyxl(tabla), parte)


def a_mano(tabla: list[Fila]) -> bytes:
    """As programs without a library do: texts in their cells, no references, a prefix."""
    filas = "".join(
        f"<x:row>{''.join(map(_celda, fila))}</x:row>" if any(fila) else "<x:row/>"
        for fila in tabla
    )
    espacio = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relaciones = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    paquete = "http://schemas.openxmlformats.org/package/2006/relationships"
    partes = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<x:workbook xmlns:x="{espacio}" xmlns:r="{relaciones}"><x:sheets>'
        '<x:sheet name="Hoja1" sheetId="1" r:id="a"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{paquete}"><Relationship Id="a"'
        f' Type="{relaciones}/worksheet" Target="worksheets/hoja.xml"/></Relationships>',
        "xl/worksheets/hoja.xml": f'<x:worksheet xmlns:x="{espacio}"><x:sheetData>{filas}'
        "</x:sheetData></x:worksheet>",
    }
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        for nombre, contenido in partes.items():
            archivo.writestr(nombre, f'<?xml version="1.0" encoding="UTF-8"?>{contenido}')
    return salida.getvalue()


def _celda(valor: Any) -> str:
    if valor is None:
        return "<x:c/>"
    if isinstance(valor, str):
        # In two runs, as a text with a word in bold.
        runs = "".join(
            f'<x:r><x:t xml:space="preserve">{escape(pedazo)}</x:t></x:r>'
            for pedazo in (valor[:3], valor[3:])
        )
        return f'<x:c t="inlineStr"><x:is>{runs}</x:is></x:c>'
    return f"<x:c><x:v>{valor}</x:v></x:c>"


LIBROS: dict[str, Callable[[list[Fila]], bytes]] = {
    "of a library": de_openpyxl,
    "with other sheets": lambda tabla: de_openpyxl(tabla, otras=True),
    "strict": estricto,
    "with formulas": con_formulas,
    "by hand": a_mano,
}


def libros() -> Iterator[tuple[str, bytes]]:
    """(name, content) of each book: every kind with every layout there is around the rows."""
    formas = _formas()
    for clase, alrededor, con_textos in product(LIBROS, ALREDEDOR, (False, True)):
        forma = replace(next(formas), alrededor=alrededor, textos=con_textos)
        yield f"book {clase}: {_dicha(forma)}", LIBROS[clase](forma.tabla())
