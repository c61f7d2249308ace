"""Spreadsheets of prices, XLSX and CSV: written for people, read from whatever they send back."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from core.errores import ErrorDominio
from gestion_precios.celdas import Celda, Ilegible, sin_formula, vacia, visto

COLUMNAS = ("codigo", "sku", "descripcion", "precio_base", "quitar")
SINONIMOS = {"precio": "precio_base"}
HOJA = "Precios"
BYTES_MAXIMOS = 5 * 1024 * 1024
FILAS_MAXIMAS = 10_000
COLUMNAS_MAXIMAS = 40
# A spreadsheet is a zip of XML: what it may grow to, and how many tags that may hold.
INFLADO_MAXIMO = 48 * 1024 * 1024
ETIQUETAS_MAXIMAS = 1_000_000
FILAS_DEL_LIBRO = 100_000
PARTES_MAXIMAS = 500
ANCHOS = {"A": 10, "B": 18, "C": 48, "D": 16, "E": 9}
_FILA_XML = re.compile(rb"<(?:\w+:)?row\b")
# Attributes by the thousand: the XML reader's time grows with their square.
_ETIQUETA_LARGA = re.compile(rb"<[^<>]{20000}")
_ROTO = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    SyntaxError,  # what the standard library's XML reader raises
    OSError,
    EOFError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class FilaLeida:
    """A row with something in it, under the number the spreadsheet shows."""

    numero: int
    celdas: dict[str, Celda]


@dataclass(frozen=True, slots=True)
class Planilla:
    """The rows of a file, and the columns of it that say nothing to us."""

    filas: list[FilaLeida]
    ignoradas: tuple[str, ...]


def escribir_xlsx(filas: Iterable[Sequence[Any]], *, con_decimales: bool) -> bytes:
    """A workbook: numbers as numbers, texts that no program takes for formulas."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(HOJA)
    hoja.freeze_panes = "A2"
    for columna, ancho in ANCHOS.items():
        hoja.column_dimensions[columna].width = ancho
    hoja.append([_celda_xlsx(hoja, nombre, negrita=True) for nombre in COLUMNAS])
    formato = "#,##0.00" if con_decimales else "#,##0"
    for fila in filas:
        hoja.append([_celda_xlsx(hoja, valor, formato=formato) for valor in fila])
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def escribir_csv(filas: Iterable[Sequence[Any]]) -> bytes:
    """As a Spanish spreadsheet opens it: UTF-8 with its mark, semicolons, decimal comma."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, delimiter=";")
    escritor.writerow(COLUMNAS)
    escritor.writerows([_texto_csv(valor) for valor in fila] for fila in filas)
    return salida.getvalue().encode("utf-8-sig")


def leer_planilla(contenido: bytes) -> Planilla:
    """The rows of an XLSX or CSV file; raises ErrorDominio when it is neither, or too big."""
    if len(contenido) > BYTES_MAXIMOS:
        raise _rechazo(_("El archivo pasa de 5 MB. Dividirlo en partes."), "archivo_grande")
    if contenido.startswith(b"PK"):
        filas = _filas_xlsx(contenido)
    elif contenido.startswith(b"\xd0\xcf\x11\xe0"):
        raise _rechazo(
            _("Es un libro con contraseña o de Excel 97. Guardarlo como XLSX, sin contraseña."),
            "archivo_ilegible",
        )
    else:
        filas = _filas_csv(contenido)
    return _con_cabecera(filas)


Fila = tuple[int, Sequence[Celda]]


def _con_cabecera(filas: Iterator[Fila]) -> Planilla:
    """The first row that holds anything names the columns."""
    con_datos = ((numero, fila) for numero, fila in filas if not all(map(vacia, fila)))
    _numero, cabecera = next(con_datos, (0, ()))
    nombres = [_normalizar(celda) for celda in cabecera]
    _exigir_columnas(nombres)
    leidas: list[FilaLeida] = []
    for numero, fila in con_datos:
        if len(leidas) == FILAS_MAXIMAS:
            raise _rechazo(
                _("Son más de %(maximo)d filas. Dividir el archivo en partes.")
                % {"maximo": FILAS_MAXIMAS},
                "demasiadas_filas",
            )
        celdas = {n: c for n, c in zip(nombres, fila, strict=False) if n in COLUMNAS}
        sobra = [celda for celda in fila[len(nombres) :] if not vacia(celda)]
        if sobra:
            celdas["quitar"] = Ilegible(
                _("Sobran celdas en la fila: ¿un precio con coma sin comillas?"), str(sobra[0])[:40]
            )
        if not all(vacia(celda) for celda in celdas.values()):
            leidas.append(FilaLeida(numero, celdas))
    if not leidas:
        raise _rechazo(_("El archivo no tiene filas con precios."), "archivo_vacio")
    ajenas = (visto(c) for n, c in zip(nombres, cabecera, strict=True) if n not in COLUMNAS)
    return Planilla(leidas, tuple(titulo for titulo in ajenas if titulo))


def _exigir_columnas(nombres: list[str]) -> None:
    faltan = [] if {"codigo", "sku"} & set(nombres) else ["codigo"]
    faltan += [] if "precio_base" in nombres else ["precio_base"]
    if faltan:
        raise _rechazo(
            ngettext(
                "Falta la columna %(faltan)s. La primera fila lleva los títulos codigo, sku,"
                " descripcion, precio_base y quitar, como en el archivo exportado.",
                "Faltan las columnas %(faltan)s. La primera fila lleva los títulos codigo, sku,"
                " descripcion, precio_base y quitar, como en el archivo exportado.",
                len(faltan),
            )
            % {"faltan": " y ".join(faltan)},
            "columnas",
        )
    repetidas = sorted({n for n in nombres if n in COLUMNAS and nombres.count(n) > 1})
    if repetidas:
        raise _rechazo(
            _("La columna %(nombre)s está dos veces. Dejar una sola.") % {"nombre": repetidas[0]},
            "columnas",
        )


def _normalizar(celda: Celda) -> str:
    """`Precio base` and `CÓDIGO` are the names we wrote."""
    plano = unicodedata.normalize("NFKD", celda if isinstance(celda, str) else "")
    nombre = re.sub(r"[^a-z0-9]+", "_", plano.encode("ascii", "ignore").decode().lower()).strip("_")
    return SINONIMOS.get(nombre, nombre)


# --- CSV -----------------------------------------------------------------------------------------
def _filas_csv(contenido: bytes) -> Iterator[Fila]:
    texto = _decodificar(contenido)
    if "\0" in texto:
        raise _rechazo(_("No es un XLSX ni un CSV."), "archivo_ilegible")
    primera = next((linea for linea in texto.splitlines() if linea.strip(";,\t \"'")), "")
    separador = max(";\t,", key=primera.count)
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=True)
    anterior = 0
    try:
        for fila in lector:
            yield anterior + 1, [celda.strip() for celda in fila]
            anterior = lector.line_num
    except csv.Error as error:
        raise _rechazo(
            _("El CSV está roto cerca de la línea %(linea)d: revisar las comillas.")
            % {"linea": lector.line_num},
            "archivo_ilegible",
        ) from error


def _decodificar(contenido: bytes) -> str:
    """UTF-8, what Excel calls Unicode text, or Windows' own for Western languages."""
    try:
        if contenido.startswith((b"\xff\xfe", b"\xfe\xff")):
            return contenido.decode("utf-16")
        try:
            return contenido.decode("utf-8-sig")
        except UnicodeDecodeError:
            return contenido.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _rechazo(_("No es un XLSX ni un CSV."), "archivo_ilegible") from error


def _texto_csv(valor: Any) -> str:
    if isinstance(valor, Decimal):
        return f"{valor:f}".replace(".", ",")
    return sin_formula(str(valor))


# --- XLSX ----------------------------------------------------------------------------------------
def _filas_xlsx(contenido: bytes) -> Iterator[Fila]:
    try:
        _exigir_acotado(contenido)
        yield from _filas_del_libro(contenido)
    except _ROTO as error:
        raise _rechazo(
            _("El libro está dañado o no es de Excel. Guardarlo de nuevo como XLSX."),
            "archivo_ilegible",
        ) from error


def _exigir_acotado(contenido: bytes) -> None:
    """Refuse a small file that is a large one inside, before anything is built from it."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as archivo:
        partes = archivo.infolist()
        # A member never gives more than it declares: `zipfile` cuts it there.
        inflado = sum(parte.file_size for parte in partes)
        if len(partes) > PARTES_MAXIMAS or inflado > INFLADO_MAXIMO:
            raise _rechazo(_("El libro es demasiado grande por dentro."), "archivo_grande")
        etiquetas = filas = 0
        for parte in partes:
            xml = archivo.read(parte)
            etiquetas += xml.count(b"<")
            filas += sum(1 for _fila in _FILA_XML.finditer(xml))
            rara = b"<!DOCTYPE" in xml[:1024] or b"<!ENTITY" in xml or _ETIQUETA_LARGA.search(xml)
            if rara and parte.filename.endswith((".xml", ".rels")):
                raise _rechazo(_("El libro tiene partes que Excel no escribe."), "archivo_ilegible")
        if etiquetas > ETIQUETAS_MAXIMAS or filas > FILAS_DEL_LIBRO:
            raise _rechazo(
                _(
                    "El libro tiene demasiadas celdas, aunque estén vacías: copiar los precios"
                    " a un libro nuevo."
                ),
                "archivo_grande",
            )


def _filas_del_libro(contenido: bytes) -> Iterator[Fila]:
    calculadas: Iterator[Sequence[Any]] | None = None
    sin_nada: Sequence[Any] | None = None
    for numero, fila in enumerate(_celdas(contenido, calculado=False), 1):
        resultados = next(calculadas) if calculadas else fila
        # The gap before a row at the very bottom is a million times the same tuple.
        if fila is sin_nada:
            continue
        if all(celda is EMPTY_CELL for celda in fila):
            sin_nada = fila
            continue
        if calculadas is None and any(celda.data_type == "f" for celda in fila):
            # Only a book with formulas is read twice: the second time for what they gave.
            calculadas = islice(_celdas(contenido, calculado=True), numero - 1, None)
            resultados = next(calculadas)
        yield numero, [_valor(c, r) for c, r in zip(fila, resultados, strict=True)]


def _celdas(contenido: bytes, *, calculado: bool) -> Iterator[Sequence[Any]]:
    libro = load_workbook(
        io.BytesIO(contenido), read_only=True, data_only=calculado, keep_links=False
    )
    hoja = libro[HOJA] if HOJA in libro.sheetnames else libro.worksheets[0]
    # The size it declares may be anything.
    hoja.reset_dimensions()
    yield from hoja.iter_rows(max_col=COLUMNAS_MAXIMAS)


def _valor(celda: Any, calculada: Any) -> Celda:
    """A cell's value; of a formula, the result that the spreadsheet program left with it."""
    valor = calculada.value
    if celda.data_type == "f" and valor is None:
        return Ilegible(
            _("La fórmula no tiene resultado: abrir y guardar en Excel, o pegar como valores."),
            str(celda.value)[:40],
        )
    if valor is None or isinstance(valor, str):
        texto = (valor or "").strip()
        if calculada.data_type == "e":
            return Ilegible(_("La celda tiene un error de Excel."), texto)
        return texto
    if isinstance(valor, bool):
        return Ilegible(_("La celda dice verdadero o falso."), str(valor))
    if isinstance(valor, int | float):
        # Excel itself keeps fifteen digits: the rest is binary noise.
        return Decimal(format(valor, ".15g"))
    return Ilegible(_("La celda tiene formato de fecha: darle formato de número."), str(valor))


def _celda_xlsx(hoja: Any, valor: Any, *, negrita: bool = False, formato: str = "") -> Any:
    celda = WriteOnlyCell(hoja, value=None)
    if valor == "":
        return None
    if isinstance(valor, str):
        # Set after the value: openpyxl takes a leading `=` for a formula.
        celda.value = valor
        celda.data_type = "s"
        celda.quotePrefix = valor != sin_formula(valor)
    else:
        celda.value = valor
        celda.number_format = formato if isinstance(valor, Decimal) else "0"
    if negrita:
        celda.font = Font(bold=True)
    return celda


def _rechazo(frase: str, codigo: str) -> ErrorDominio:
    return ErrorDominio(frase, codigo=codigo, campo="archivo")
