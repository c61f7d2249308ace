"""Which sheet of a book is read, and which of its rows: as somebody who looks at it would say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from core.errores import ErrorDominio
from gestion_precios.planillas.archivo import Planilla, leer_planilla
from gestion_precios.planillas.celdas import Ilegible

CABECERA = ("codigo", "precio_base")
ESTRICTO = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def libro(**hojas: Any) -> bytes:
    """A workbook of these sheets: rows, or (state, rows)."""
    libro = Workbook()
    libro.remove(libro.active)
    for nombre, dicho in hojas.items():
        estado, filas = dicho if isinstance(dicho, tuple) else ("visible", dicho)
        hoja = libro.create_sheet(nombre)
        hoja.sheet_state = estado
        for fila in filas:
            hoja.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def precios(planilla: Planilla) -> list[tuple[int, Any]]:
    """Each row's number and price."""
    return [(fila.numero, fila.celdas["precio_base"]) for fila in planilla.filas]


@pytest.mark.parametrize("estado", ["hidden", "veryHidden"])
@pytest.mark.parametrize("nombre", ["Config", "Precios"])
def test_a_hidden_sheet_is_not_read(estado: str, nombre: str) -> None:
    hojas = {nombre: (estado, [CABECERA, (1001, 1)]), "Hoja2": [CABECERA, (1001, 15_000)]}
    planilla = leer_planilla(libro(**hojas))
    assert (precios(planilla), planilla.hoja) == ([(2, Decimal(15_000))], "Hoja2")


def test_of_several_in_sight_the_one_with_prices_is_read() -> None:
    contenido = libro(Tapa=[("Lista de precios",)], Datos=[("x",)] * 30, Enero=[CABECERA, (7, 9)])
    assert leer_planilla(contenido).hoja == "Enero"


def test_the_one_of_our_name_is_read_before_others() -> None:
    contenido = libro(Enero=[CABECERA, (7, 8)], Precios=[CABECERA, (7, 9)])
    planilla = leer_planilla(contenido)
    assert (precios(planilla), planilla.hoja) == ([(2, Decimal(9))], "Precios")


def test_of_two_with_prices_one_is_asked_for() -> None:
    contenido = libro(Enero=[CABECERA, (7, 8)], Nota=[("x",)], Febrero=[CABECERA, (7, 9)])
    with pytest.raises(ErrorDominio) as error:
        leer_planilla(contenido)
    assert error.value.codigo == "varias_hojas"
    assert error.value.errores == {"hojas": ["Enero", "Febrero"]}
    assert "varias hojas: «Enero», «Febrero»." in error.value.detail
    planilla = leer_planilla(contenido, hoja="Febrero")
    assert (precios(planilla), planilla.hoja) == ([(2, Decimal(9))], "Febrero")
    # One that is not there is as none.
    with pytest.raises(ErrorDominio):
        leer_planilla(contenido, hoja="Marzo\n")


def test_letterhead_sections_and_totals_are_left_out_and_named() -> None:
    filas = [
        ("Distribuidora Mburukuja S.A.",),
        ("Vigente desde", "1/12/2026"),
        ("Código", "Descripción", "Precio"),
        ("LÁCTEOS",),
        (1001, "Leche", 5_000),
        (None, "Panificados", None),
        (1002, "Pan", 7_000),
        ("Total", None, 12_000),
        (None, "Subtotal lácteos", 12_000),
    ]
    planilla = leer_planilla(libro(Hoja1=filas))
    assert precios(planilla) == [(5, Decimal(5_000)), (7, Decimal(7_000))]
    assert planilla.afuera == (
        (1, "Distribuidora Mburukuja S.A."),
        (2, "Vigente desde 1/12/2026"),
        (4, "LÁCTEOS"),
        (6, "Panificados"),
        (8, "Total 12000"),
        (9, "Subtotal lácteos 12000"),
    )


@pytest.mark.parametrize(
    "fila",
    [
        ("LÁCTEOS", None, 5_000),
        ("1001", None, None),
        ("ABC-1", "Totalmente natural", 5_000),
        (1003, "Total Cleaner 1 L", 5_000),
        (None, "Leche", 5_000),
        (None, None, 5_000),
        ("Sección", "Lácteos", None),
    ],
)
def test_what_may_be_a_mistake_is_read_as_a_row(fila: tuple[Any, ...]) -> None:
    planilla = leer_planilla(libro(Hoja1=[("codigo", "descripcion", "precio"), (1, "x", 1), fila]))
    assert ([f.numero for f in planilla.filas], planilla.afuera) == ([2, 3], ())


def con_partes(contenido: bytes, cambiar: Callable[[bytes], bytes]) -> bytes:
    """The book with each of its parts changed."""
    salida = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(contenido)) as antes,
        zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as despues,
    ):
        for parte in antes.namelist():
            despues.writestr(parte, cambiar(antes.read(parte)))
    return salida.getvalue()


def test_a_strict_workbook_is_read() -> None:
    def estricta(parte: bytes) -> bytes:
        for transicional, estricto in ESTRICTO.items():
            parte = parte.replace(transicional, estricto)
        return parte

    contenido = con_partes(libro(Hoja1=[CABECERA, (1001, 9_050), ("1002", "9.050")]), estricta)
    planilla = leer_planilla(contenido)
    assert precios(planilla) == [(2, Decimal(9_050)), (3, "9.050")]
    assert planilla.hoja == "Hoja1"


def test_an_array_formula_without_its_result_says_so() -> None:
    contenido = libro(Hoja1=[CABECERA, (1001, ArrayFormula("B2:B3", "=A2:A3*2"))])
    [(_fila, celda)] = precios(leer_planilla(contenido))
    assert isinstance(celda, Ilegible)
    assert "no tiene resultado guardado" in celda.motivo
    assert celda.visto == "=A2:A3*2"


@pytest.mark.parametrize("codificado", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("lineas", "numero"),
    [
        (["sep=;", "código;precio", "1001;9.050"], 2),
        (["sep=,", "código,precio", '1001,"9.050"'], 2),
        (['"sep=\t"', "código\tprecio", "1001\t9.050"], 2),
        (["código\tprecio", "1001\t9.050"], 2),
        (["código|precio", "1001|9.050"], 2),
        (["código,precio", "1001,9.050"], 2),
        (["Distribuidora, S.A., Asunción", "", "código;precio", "1001;9.050"], 4),
        (["Ñandutí; precios", '"código","precio"', '"1001","9.050"'], 3),
    ],
)
def test_a_text_file_is_parted_as_it_was_written(
    lineas: list[str], numero: int, fin: str, codificado: str
) -> None:
    planilla = leer_planilla(fin.join([*lineas, ""]).encode(codificado))
    assert precios(planilla) == [(numero, "9.050")]
    assert planilla.filas[0].celdas["codigo"] == "1001"
