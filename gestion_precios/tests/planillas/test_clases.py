"""Files that are no spreadsheet we read: told what they are, and what to do, in people's words."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from core.errores import ErrorDominio
from gestion_precios.planillas import rechazos
from gestion_precios.planillas.archivo import leer_planilla
from gestion_precios.planillas.celdas import Ilegible
from gestion_precios.tests.planillas.test_hojas import CABECERA, libro

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ODF = "application/vnd.oasis.opendocument."
TABLA = b"<table><tr><td>codigo</td><td>precio</td></tr></table>"
TITULOS = (
    "La primera fila lleva los títulos codigo, sku, descripcion, precio_base y quitar,"
    " como en el archivo exportado."
)
# What no person says: names of libraries, of their errors and of what they work with.
DE_BIBLIOTECAS = re.compile(
    r"openpyxl|zip|unicode|utf|codec|byte|decod|traceback|exception|expat|sheet|pars|deflat|none",
    re.IGNORECASE,
)


def comprimido(**partes: bytes) -> bytes:
    """A zip of these parts, in order; `/` is written `__`, and stored is the first."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, contenido in partes.items():
            archivo.writestr(nombre.replace("__", "/"), contenido)
    return salida.getvalue()


def xlsx(*filas: tuple[Any, ...]) -> bytes:
    return libro(Hoja1=list(filas))


def de_ole(nombre: str) -> bytes:
    return OLE + nombre.encode("utf-16-le")


def sin_el_final() -> bytes:
    entero = xlsx(CABECERA, (1001, 15_000))
    return entero[: len(entero) // 2]


def con_la_hoja_rota() -> bytes:
    entero = bytearray(xlsx(CABECERA, (1001, 15_000)))
    lugar = entero.index(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml") + 20
    entero[lugar] ^= 0xFF
    return bytes(entero)


DANADO = "El libro está dañado o incompleto. Abrirlo y guardarlo de nuevo como XLSX."
XLS = "Es un libro de Excel 97 (XLS). Abrirlo y guardarlo como XLSX."
CLAVE = "El libro tiene contraseña. Guardarlo como XLSX, sin contraseña."
PAGINA = "Es una página web con nombre de planilla. Abrirla en Excel y guardarla como XLSX."
IMAGEN = "Es una imagen, no una planilla. Pasar los datos a una planilla."
DOCUMENTO = "Es un documento, no una planilla. Pasar los datos a una planilla."
COMPRIMIDO = "Es un archivo comprimido. Abrirlo y subir la planilla que tiene adentro."
ODS = "Es una planilla de LibreOffice (ODS). Abrirla y guardarla como XLSX."
NUMBERS = "Es un archivo de Numbers. Abrirlo y exportarlo a Excel, como XLSX."
VACIO = "El archivo está vacío: no tiene ninguna fila."
ARCHIVOS: list[tuple[str, bytes, str, str]] = [
    ("cut short", sin_el_final(), "archivo_ilegible", DANADO),
    ("a sheet with a flipped bit", con_la_hoja_rota(), "archivo_ilegible", DANADO),
    ("password", de_ole("EncryptedPackage"), "archivo_ilegible", CLAVE),
    ("xls", de_ole("Workbook"), "archivo_ilegible", XLS),
    ("xls of Excel 95", de_ole("Book"), "archivo_ilegible", XLS),
    ("doc", de_ole("WordDocument"), "archivo_ilegible", DOCUMENTO),
    (
        "xlsb",
        comprimido(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b"\x83"}),
        "archivo_ilegible",
        "Es un libro binario de Excel (XLSB). Abrirlo y guardarlo como XLSX.",
    ),
    (
        "docx",
        comprimido(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<a/>"}),
        "archivo_ilegible",
        DOCUMENTO,
    ),
    (
        "ods",
        comprimido(mimetype=f"{ODF}spreadsheet".encode(), **{"content.xml": b"<a/>"}),
        "archivo_ilegible",
        ODS,
    ),
    ("odt", comprimido(mimetype=f"{ODF}text".encode()), "archivo_ilegible", DOCUMENTO),
    ("numbers", comprimido(**{"Index__Document.iwa": b"x"}), "archivo_ilegible", NUMBERS),
    ("numbers of 2013", comprimido(**{"Index.zip": b"x"}), "archivo_ilegible", NUMBERS),
    ("zip", comprimido(**{"precios.csv": b"codigo;precio\n1;2"}), "archivo_ilegible", COMPRIMIDO),
    ("gzip", b"\x1f\x8b\x08" + bytes(20), "archivo_ilegible", COMPRIMIDO),
    ("rar", b"Rar!\x1a\x07\x00" + bytes(20), "archivo_ilegible", COMPRIMIDO),
    ("html", b"<html><body>" + TABLA, "archivo_ilegible", PAGINA),
    ("a table alone", TABLA, "archivo_ilegible", PAGINA),
    ("html with a mark", b"\xef\xbb\xbf\r\n<!DOCTYPE html>" + TABLA, "archivo_ilegible", PAGINA),
    ("xhtml", b"<?xml version='1.0'?><html>" + TABLA, "archivo_ilegible", PAGINA),
    ("mht", b"MIME-Version: 1.0\r\n" + TABLA, "archivo_ilegible", PAGINA),
    (
        "xml of Excel 2003",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "archivo_ilegible",
        "Es un libro de Excel 2003 en XML. Abrirlo y guardarlo como XLSX.",
    ),
    ("png", b"\x89PNG\r\n\x1a\n" + bytes(30), "archivo_ilegible", IMAGEN),
    ("jpg", b"\xff\xd8\xff\xe0" + bytes(30), "archivo_ilegible", IMAGEN),
    ("gif", b"GIF89a" + bytes(30), "archivo_ilegible", IMAGEN),
    (
        "pdf",
        b"%PDF-1.7\n",
        "archivo_ilegible",
        "Es un PDF, no una planilla. Pasar los datos a una planilla.",
    ),
    ("rtf", b"{\\rtf1 codigo;precio}", "archivo_ilegible", DOCUMENTO),
    (
        "anything else",
        bytes(range(1, 32)) + bytes(9),
        "archivo_ilegible",
        "No es un XLSX ni un CSV. Guardar la planilla como XLSX.",
    ),
    ("nothing", b"", "archivo_vacio", VACIO),
    ("a mark alone", b"\xef\xbb\xbf", "archivo_vacio", VACIO),
    ("ends of lines", b"\r\n\r\n;;;\r\n", "archivo_vacio", VACIO),
    ("a sheet without rows", xlsx(), "archivo_vacio", f"{VACIO} Se miró la hoja «Hoja1»."),
    ("a header alone", xlsx(CABECERA), "archivo_vacio", "El archivo no tiene filas con datos."),
    (
        "no header",
        xlsx((1001, 15_000)),
        "columnas",
        f"Faltan las columnas codigo y precio_base. {TITULOS} Se miró la hoja «Hoja1».",
    ),
    ("no price", b"codigo;monto\n1;2", "columnas", f"Falta la columna precio_base. {TITULOS}"),
    (
        "a quote left open",
        b'codigo;precio\n1;"2\n',
        "archivo_ilegible",
        "El CSV está roto cerca de la línea 2: revisar las comillas.",
    ),
]


@pytest.mark.parametrize(
    ("contenido", "codigo", "frase"),
    [archivo[1:] for archivo in ARCHIVOS],
    ids=[archivo[0] for archivo in ARCHIVOS],
)
def test_what_a_file_is_is_said_with_what_to_do(contenido: bytes, codigo: str, frase: str) -> None:
    with pytest.raises(ErrorDominio) as error:
        leer_planilla(contenido)
    dicho = error.value
    assert (dicho.codigo, dicho.campo, dicho.detail) == (codigo, "archivo", frase)


def test_no_sentence_has_a_word_of_a_library() -> None:
    datos = {"maximo": 1, "nombre": "x", "linea": 1, "faltan": ["x"], "hojas": ["x"], "hoja": "x"}
    motivos = {*rechazos.CODIGOS, *rechazos._de_otra_clase(), "comillas", "otro", "raro", "danado"}
    dichas = [rechazos.rechazo(motivo, **datos).detail for motivo in motivos]
    dichas += [rechazos.motivo_de_celda(motivo) for motivo in rechazos.DE_CELDA]
    assert [dicha for dicha in dichas if DE_BIBLIOTECAS.search(dicha)] == []


@pytest.mark.parametrize(
    "titulo", ["GIF 2026", "PK", "BMW; repuestos", "Rar", "7z", "<Precios>", "II*", "RIF 80041112"]
)
def test_a_csv_that_begins_like_something_else_is_read(titulo: str) -> None:
    planilla = leer_planilla(f"{titulo}\ncodigo;precio\n1001;9.050\n".encode())
    assert [fila.celdas["codigo"] for fila in planilla.filas] == ["1001"]


# --- Columns nobody needs ------------------------------------------------------------------------
def ignoradas(contenido: bytes) -> tuple[list[Any], tuple[str, ...]]:
    """The prices that were read, and the columns that were not."""
    planilla = leer_planilla(contenido)
    precios = [
        celda.motivo if isinstance(celda, Ilegible) else celda
        for celda in (fila.celdas.get("precio_base") for fila in planilla.filas)
    ]
    return precios, planilla.ignoradas


SOBRA = (
    "Sobran celdas en la fila: ¿un precio con coma sin comillas?"
    " Si no lo es, darle título a esa columna."
)


def test_columns_that_are_not_read_are_named_once_in_their_order() -> None:
    contenido = xlsx(
        ("Margen", "codigo", None, "precio", "Notas", "Notas"),
        (0.3, 1001, "kg", 9_050, "#N/A", "x"),
        (None, 1002, None, 9_060, None, None),
    )
    assert ignoradas(contenido) == ([9_050, 9_060], ("Margen", "Notas", "C"))


def test_notes_apart_from_a_books_table_are_no_mistake() -> None:
    contenido = xlsx(
        ("codigo", "precio"), (1001, 9_050), (1002, 9_060, None, "ver"), (1003, 1, None, 2, None, 3)
    )
    assert ignoradas(contenido) == ([9_050, 9_060, 1], ("D", "F"))
    assert ignoradas(xlsx(("codigo", "precio"), (1001, 9, 50))) == ([SOBRA], ())


@pytest.mark.parametrize(
    "contenido",
    [
        b"codigo,precio\n1001,9,050\n",
        b"codigo,precio,\n1001,9,050\n",
        b"codigo,precio,,\n1001,9,050,\n",
        b"codigo,precio,nombre\n1001,9,050,Leche\n",
        b"codigo,precio,nombre\n1001,9,050,\n",
        b"codigo,precio\n1001,9050,,nota\n",
    ],
)
def test_in_a_csv_a_cell_too_many_is_a_price_parted_by_its_comma(contenido: bytes) -> None:
    assert ignoradas(contenido)[0] == [SOBRA]


@pytest.mark.parametrize(
    "contenido",
    [
        b"codigo,precio\n1001,900,\n",
        b"codigo,precio,stock\n1001,900,120\n",
        b"codigo,precio,stock,\n1001,900,120,\n",
        b"codigo;precio;stock\n1001;900;;\n",
    ],
)
def test_empty_cells_at_the_end_of_a_csvs_rows_are_none(contenido: bytes) -> None:
    assert ignoradas(contenido)[0] == ["900"]
