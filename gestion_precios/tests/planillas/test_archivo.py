"""Files as people and programs write them: read, or refused with what to do."""

import contextlib
import io
import json
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.entrada.tamanos import PLANILLA
from core.errores import ErrorDominio
from gestion_precios.planillas.archivo import escribir_csv, escribir_xlsx, leer_planilla
from gestion_precios.planillas.celdas import Celda, Ilegible, leer_codigo, leer_precio, leer_texto
from gestion_precios.planillas.lectura import planilla as lectura
from gestion_precios.planillas.lectura.limites import (
    BYTES_MAXIMOS,
    COLUMNAS,
    FILAS_MAXIMAS,
    INFLADO_MAXIMO,
)
from gestion_precios.planillas.tablas import celda_de

MALICIOSAS: list[Sequence[Any]] = [
    (1, "=cmd|' /C calc'!A0", "+1", Decimal("1500.50"), ""),
    (2, "@SUM(A1)", '-cable "fino"; rojo', Decimal("99.90"), ""),
]


def libro(*filas: Sequence[Any], titulo: str = "Precios") -> bytes:
    """A workbook with these rows under our headers."""
    documento = Workbook()
    hoja = documento.active
    hoja.title = titulo
    hoja.append(COLUMNAS)
    for fila in filas:
        hoja.append(fila)
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def con_parte(xlsx: bytes, nombre: str, contenido: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as viejo, zipfile.ZipFile(salida, "w", 8) as nuevo:
        for parte in viejo.infolist():
            nuevo.writestr(parte, contenido if parte.filename == nombre else viejo.read(parte))
        if nombre not in viejo.namelist():
            nuevo.writestr(nombre, contenido)
    return salida.getvalue()


def celdas(contenido: bytes, columna: str = "precio_base") -> list[Celda]:
    return [fila.celdas.get(columna) for fila in leer_planilla(contenido).filas]


def rechazo(contenido: bytes) -> ErrorDominio:
    with pytest.raises(ErrorDominio) as error:
        leer_planilla(contenido)
    assert error.value.campo == "archivo"
    return error.value


def test_what_was_written_is_read_again_exactly() -> None:
    for contenido in (escribir_xlsx(MALICIOSAS), escribir_csv(MALICIOSAS)):
        planilla = leer_planilla(contenido)
        assert [fila.numero for fila in planilla.filas] == [2, 3]
        assert planilla.ignoradas == ()
    assert celdas(escribir_xlsx(MALICIOSAS)) == [
        Decimal("1500.5"),
        Decimal("99.9"),
    ]
    assert celdas(escribir_csv(MALICIOSAS)) == ["1500,50", "99,90"]


def test_no_cell_of_an_export_is_a_formula() -> None:
    hoja = load_workbook(io.BytesIO(escribir_xlsx(MALICIOSAS)))["Precios"]
    assert {celda.data_type for fila in hoja.iter_rows() for celda in fila} == {"s", "n"}
    assert hoja["B2"].value == "=cmd|' /C calc'!A0"
    assert hoja["B2"].quotePrefix
    assert (hoja["D2"].value, hoja["D2"].number_format) == (1500.5, "#,##0.00")
    assert hoja.freeze_panes == "A2"
    texto = escribir_csv(MALICIOSAS).decode("utf-8-sig")
    assert texto.splitlines()[1] == "1;'=cmd|' /C calc'!A0;'+1;1500,50;"
    assert texto.splitlines()[2] == '2;\'@SUM(A1);"\'-cable ""fino""; rojo";99,90;'


# What XML and CSV cannot hold is not written, and no model keeps it; blanks around are taken off.
TEXTOS = st.text(
    st.one_of(
        st.sampled_from("=+-@|%\uff1d'\"\t\n,; \xa0\u200b\ufeffab1"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    ),
    max_size=12,
)
PRECIOS = st.decimals(min_value="0.01", max_value=10**12, places=2)


@settings(derandomize=True, deadline=None, database=None, max_examples=100)
@given(st.lists(st.tuples(TEXTOS, PRECIOS), min_size=1, max_size=20))
def test_whatever_is_exported_is_imported_equal(filas: list[tuple[str, Decimal]]) -> None:
    escritas = [(n, t, t, precio, "") for n, (t, precio) in enumerate(filas, 1)]
    esperadas = [(n, t.strip(), precio) for n, t, _, precio, _ in escritas]
    for contenido in (escribir_xlsx(escritas), escribir_csv(escritas)):
        # In this process: a hundred of others would take their time.
        leidas = json.loads(lectura.leer(contenido))["filas"]
        vistas = [
            (
                leer_codigo(celda_de(celdas["codigo"])),
                leer_texto(celda_de(celdas.get("sku"))).strip(),
                leer_precio(celda_de(celdas["precio_base"]), "PEN"),
            )
            for _, celdas in leidas
        ]
        assert vistas == esperadas


@pytest.mark.parametrize("texto", ["'=1", "''=1", "caño,'-1", "\t=1", " \uff1d1", "\u200b'@x"])
def test_a_text_like_one_of_ours_comes_back_as_it_was(texto: str) -> None:
    fila = (1, texto, "", Decimal(1), "")
    for contenido in (escribir_xlsx([fila]), escribir_csv([fila])):
        [sku] = celdas(contenido, "sku")
        assert leer_texto(sku) == texto


def test_what_no_file_can_hold_is_left_out_of_it() -> None:
    fila = (1, "a\x00\x0b\x1f\ud800\uffffb", "", Decimal(1), "")
    for contenido in (escribir_xlsx([fila]), escribir_csv([fila])):
        assert celdas(contenido, "sku") == ["ab"]


@pytest.mark.parametrize(
    "codificado",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16"],
)
@pytest.mark.parametrize("separador", [";", ",", "\t"])
def test_csv_of_any_spreadsheet(codificado: str, separador: str) -> None:
    filas = [["Código", "Descripción", "Precio base"], ["7", "Ñandutí", "9500"]]
    texto = "\r\n".join(separador.join(fila) for fila in filas)
    planilla = leer_planilla(texto.encode(codificado))
    assert planilla.filas[0].celdas == {
        "codigo": "7",
        "descripcion": "Ñandutí",
        "precio_base": "9500",
    }


def test_headers_by_any_spelling_and_empty_rows_are_no_matter() -> None:
    documento = Workbook()
    hoja = documento.active
    hoja["B3"], hoja["C3"], hoja["E3"] = "CÓDIGO", "Precio_Base", "Margen"
    hoja["B6"], hoja["C6"], hoja["E6"] = 7, 9500, "30 %"
    hoja["E9"] = "solo una nota"
    salida = io.BytesIO()
    documento.save(salida)
    planilla = leer_planilla(salida.getvalue())
    assert [(fila.numero, fila.celdas["codigo"]) for fila in planilla.filas] == [(6, Decimal(7))]
    assert planilla.ignoradas == ("Margen",)


def test_cells_that_are_neither_text_nor_number_say_what_they_are() -> None:
    contenido = libro(
        (1, "", "", date(2026, 5, 1), ""),
        (2, "", "", True, ""),
        (3, "", "", "#N/A", ""),
        (4, "", "", "=D3*2", ""),
        (5, "", "", 1296.2250000000001, ""),
        (6, "", "", 0.1 + 0.2, ""),
    )
    motivos = [c.motivo if isinstance(c, Ilegible) else c for c in celdas(contenido)]
    assert motivos == [
        "La celda tiene formato de fecha: darle formato de número.",
        "La celda dice verdadero o falso.",
        "La celda tiene un error de Excel.",
        "La fórmula no tiene resultado guardado: abrir y guardar en Excel, o pegar como valores.",
        Decimal("1296.225"),
        Decimal("0.3"),
    ]


def test_a_formula_is_worth_the_result_left_with_it() -> None:
    xlsx = libro((1, "", "", 100, ""), (2, "", "", 200, ""), (3, "", "", "x", ""))
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archivo:
        hoja = archivo.read("xl/worksheets/sheet1.xml").decode()
    con_formula = hoja.replace("<v>200</v>", "<f>D2*1.05</f><v>105</v>")
    assert con_formula != hoja
    contenido = con_parte(xlsx, "xl/worksheets/sheet1.xml", con_formula.encode())
    assert celdas(contenido) == [Decimal(100), Decimal(105), "x"]


def test_another_sheet_first_does_not_matter() -> None:
    documento = load_workbook(io.BytesIO(libro((1, "", "", 100, ""))))
    documento.create_sheet("Notas", 0).append(["nada"])
    salida = io.BytesIO()
    documento.save(salida)
    assert celdas(salida.getvalue()) == [Decimal(100)]
    assert celdas(libro((1, "", "", 100, ""), titulo="Hoja1")) == [Decimal(100)]


@pytest.mark.parametrize(
    ("contenido", "codigo", "frase"),
    [
        (b"", "archivo_vacio", "no tiene ninguna fila"),
        (b"hola\xff\xfe", "columnas", "Faltan las columnas"),
        (b"\x00\x01\x02", "archivo_ilegible", "No es un XLSX ni un CSV"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "archivo_ilegible", "No es un XLSX ni un CSV"),
        (b"PK\x03\x04 nada", "archivo_ilegible", "dañado"),
        (b"a" * (BYTES_MAXIMOS + 1), "archivo_grande", "5 MB"),
        (b"nombre;precio\na;1", "columnas", "Falta la columna codigo"),
        (b"codigo;monto\n1;1", "columnas", "Falta la columna precio_base"),
        (b"codigo;precio;precio_base\n1;1;1", "columnas", "precio_base está dos veces"),
        (b"codigo;precio\n\n;\n", "archivo_vacio", "no tiene filas"),
        (b'codigo;precio\n1;"2\n', "archivo_ilegible", "comillas"),
        (b"codigo;precio\n" + b"1;1\n" * (FILAS_MAXIMAS + 1), "demasiadas_filas", "10000 filas"),
    ],
)
def test_other_files_are_refused_with_what_to_do(contenido: bytes, codigo: str, frase: str) -> None:
    error = rechazo(contenido)
    assert error.codigo == codigo
    assert frase in error.detail


def test_a_price_split_by_its_comma_is_seen() -> None:
    fila = leer_planilla(b"codigo,precio_base\n7,1234,50\n").filas[0]
    precio = fila.celdas["precio_base"]
    assert isinstance(precio, Ilegible)
    assert "coma sin comillas" in precio.motivo
    assert precio.visto == "1234 | 50"
    assert fila.celdas["quitar"] is None


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    declarado = con_parte(libro((1, "", "", 1, "")), "xl/media/x.bin", b"0" * (INFLADO_MAXIMO + 1))
    assert len(declarado) < BYTES_MAXIMOS
    assert rechazo(declarado).codigo == "archivo_grande"
    for muchas in (b"<row>" + b"<c/>" * 1_100_000 + b"</row>", b"<row/>" * 110_000):
        hoja = b"<worksheet><sheetData>" + muchas + b"</sheetData></worksheet>"
        xlsx = con_parte(libro((1, "", "", 1, "")), "xl/worksheets/sheet1.xml", hoja)
        assert "demasiadas celdas" in rechazo(xlsx).detail


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says() -> None:
    xlsx = con_parte(libro((1, "", "", 1, "")), "xl/media/x.bin", b"0" * 1_000_000)
    corto, largo = struct.pack("<L", 10), struct.pack("<L", 1_000_000)
    assert rechazo(xlsx.replace(largo, corto)).codigo == "archivo_ilegible"


@pytest.mark.parametrize(
    "prologo",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b'<!DOCTYPE a SYSTEM "x">',
        b"<a " + b" ".join(b"a%d='1'" % n for n in range(5_000)) + b"/>",
    ],
    ids=["entity", "doctype", "attributes by the thousand"],
)
def test_what_no_spreadsheet_program_writes_is_refused(prologo: bytes) -> None:
    hoja = prologo + b"<worksheet><sheetData/></worksheet>"
    xlsx = con_parte(libro((1, "", "", 1, "")), "xl/worksheets/sheet1.xml", hoja)
    assert rechazo(xlsx).codigo == "archivo_ilegible"


# openpyxl warns of what it does without.
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "parte", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("basura", [b"", b"<a", b"<a/>", b"\x00\xff"])
def test_a_book_broken_anywhere_is_read_or_refused_and_never_a_crash(
    parte: str, basura: bytes
) -> None:
    contenido = con_parte(libro((1, "", "", 1, "")), parte, basura)
    with contextlib.suppress(ErrorDominio):
        assert celdas(contenido) == [Decimal(1)]


def test_a_cell_at_the_very_bottom_is_read_and_one_too_wide_is_not() -> None:
    documento = Workbook()
    hoja = documento.active
    hoja.append(COLUMNAS)
    hoja["A1048576"], hoja["D1048576"], hoja["XFD2"] = 7, 100, "lejos"
    salida = io.BytesIO()
    documento.save(salida)
    assert [fila.numero for fila in leer_planilla(salida.getvalue()).filas] == [1_048_576]


def test_the_door_lets_in_a_book_that_is_a_little_too_big() -> None:
    """Whose page then says so; what wraps it takes a few hundred bytes."""
    assert PLANILLA >= BYTES_MAXIMOS + 1024 * 1024
