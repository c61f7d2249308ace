"""Whatever is written comes back equal, and no cell of it is a formula, in either format."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Generator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from core.planillas import libro
from core.planillas.inerte import como_era, escribible, sin_formula
from core.planillas.libro import escribir_xlsx
from core.planillas.separado import escribir_csv
from core.planillas.tablas import Columna, Tabla

TEXTO = st.one_of(
    st.text(
        st.sampled_from("=+-@|%\uff1d\uff0b'\"\t\r\n,;_x003D \xa0\u2028\u3164\u200b\ufeff<&>ab1"),
        max_size=14,
    ),
    st.text(max_size=20),
)
DESDE, HASTA = datetime(1950, 1, 1), datetime(2150, 1, 1)  # noqa: DTZ001 - bounds
PROPIEDAD = settings(derandomize=True, deadline=None, database=None, max_examples=200)


def tabla(*filas: Sequence[Any], nombre: str = "Datos") -> Tabla:
    ancho = max(map(len, filas), default=1)
    return Tabla(nombre, [f"t{n}" for n in range(ancho)], [12] * ancho, filas)


def del_libro(*filas: Sequence[Any]) -> list[list[Any]]:
    hoja = load_workbook(io.BytesIO(b"".join(escribir_xlsx(tabla(*filas))))).active
    assert hoja is not None
    return [list(fila) for fila in hoja.iter_rows(min_row=2)]


def del_csv(*filas: Sequence[Any]) -> list[list[str]]:
    texto = b"".join(escribir_csv(tabla(*filas))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texto, newline=""), delimiter=";"))[1:]


@PROPIEDAD
@given(TEXTO)
@example("_x003D_1+1")
@example("a\rb\r\nc")
@example("' =1")
def test_a_text_comes_back_from_a_workbook_as_a_text(texto: str) -> None:
    [[celda, _final]] = del_libro([texto, "z"])
    if texto == "":
        assert celda.value is None
        return
    assert celda.data_type in {"s", "n"}
    assert unescape(celda.value or "") == escribible(texto)
    assert celda.quotePrefix is (escribible(texto) != sin_formula(escribible(texto)))


@PROPIEDAD
@given(TEXTO)
@example('x,"=1+1')
@example("'=1")
def test_a_text_comes_back_from_a_csv_once_its_apostrophes_are_off(texto: str) -> None:
    [[escrito, _final]] = del_csv([texto, "z"])
    assert como_era(escrito) == escribible(texto)
    assert sin_formula(como_era(escrito)) == escrito


@PROPIEDAD
@given(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**11), 10**11, places=2),
    st.integers(-(10**12), 10**12).map(Decimal),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
)
def test_numbers_and_days_come_back_as_what_they_are(
    entero: int, con_decimales: Decimal, guaranies: Decimal, dia: date
) -> None:
    [celdas] = del_libro([entero, con_decimales, guaranies, dia])
    assert [c.data_type for c in celdas] == ["n", "n", "n", "d"]
    assert [c.number_format for c in celdas] == ["0", "#,##0.00", "#,##0", "dd/mm/yyyy"]
    assert (celdas[0].value, celdas[2].value) == (entero, int(guaranies))
    assert round(Decimal(repr(celdas[1].value)), 2) == con_decimales
    assert celdas[3].value.date() == dia
    escrito = f"{con_decimales:f}".replace(".", ",")
    assert del_csv([entero, con_decimales, guaranies, dia]) == [
        [str(entero), escrito, f"{guaranies:f}", f"{dia:%d/%m/%Y}"]
    ]


@PROPIEDAD
@given(st.datetimes(DESDE, HASTA, timezones=st.just(UTC)))
def test_an_hour_is_by_the_readers_clock_to_the_second(momento: datetime) -> None:
    with timezone.override("America/Asuncion"):
        [[celda]] = del_libro([momento])
        [[escrito]] = del_csv([momento])
    local = momento.astimezone(ZoneInfo("America/Asuncion")).replace(microsecond=0, tzinfo=None)
    assert celda.value == local
    assert escrito == f"{local:%d/%m/%Y %H:%M:%S}"


def test_what_a_number_cannot_hold_is_a_text() -> None:
    [[grande, antiguo, nada, si]] = del_libro([10**15, date(1899, 5, 7), None, True])
    assert (grande.value, antiguo.value) == ("1000000000000000", "07/05/1899")
    assert (nada.value, si.value) == (None, "sí")
    assert del_csv([10**15, date(1899, 5, 7), None, False]) == [
        ["1000000000000000", "07/05/1899", "", "no"]
    ]


def test_the_title_row_stays_in_sight_and_a_long_text_is_cut() -> None:
    contenido = b"".join(escribir_xlsx(tabla(["x" * 40_000], nombre="A/B: [lista] *?'" + "y" * 40)))
    documento = load_workbook(io.BytesIO(contenido))
    assert documento.sheetnames == ["A B   lista     yyyyyyyyyyyy"]
    hoja = documento.worksheets[0]
    assert (hoja.freeze_panes, hoja["A1"].value, hoja["A1"].font.b) == ("A2", "t0", True)
    assert len(hoja["A2"].value) == 32_767


def test_what_does_not_fit_in_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libro, "FILAS_POR_HOJA", 4)
    contenido = b"".join(escribir_xlsx(tabla(*([n] for n in range(7)))))
    documento = load_workbook(io.BytesIO(contenido))
    assert documento.sheetnames == ["Datos", "Datos 2", "Datos 3"]
    leidas = [[c.value for c in fila] for h in documento.worksheets for fila in h.iter_rows()]
    t = ["t0"]
    assert leidas == [t, [0], [1], [2], t, [3], [4], [5], t, [6]]


@pytest.mark.parametrize("escribir", [escribir_xlsx, escribir_csv])
def test_a_table_without_rows_has_its_titles(
    escribir: Callable[[Tabla], Generator[bytes]],
) -> None:
    contenido = b"".join(escribir(Tabla("Datos", ["Número"], [9], [])))
    if escribir is escribir_csv:
        assert contenido.decode("utf-8-sig") == "Número\r\n"
        return
    hoja = load_workbook(io.BytesIO(contenido)).active
    assert hoja is not None
    assert [[c.value for c in fila] for fila in hoja.iter_rows()] == [["Número"]]
    assert zipfile.ZipFile(io.BytesIO(contenido)).testzip() is None


@pytest.mark.parametrize("escribir", [escribir_xlsx, escribir_csv])
def test_pieces_leave_while_rows_come(escribir: Callable[[Tabla], Generator[bytes]]) -> None:
    vistas = 0

    def filas() -> Generator[list[Any]]:
        nonlocal vistas
        for vistas in range(1, 60_001):
            yield [vistas, f"texto {vistas * 7919}", Decimal(vistas)]

    pedazos = escribir(Tabla("Datos", ["a", "b", "c"], [9, 9, 9], filas()))
    primero = next(pedazos)
    assert 0 < vistas < 20_000
    assert len(primero) < 200_000
    pedazos.close()
    assert vistas < 20_000


def test_a_column_reads_its_row_when_it_is_written() -> None:
    leidas: list[int] = []

    def leer(n: int) -> int:
        leidas.append(n)
        return n * 2

    hecha = Tabla.de("Datos", [Columna("Doble", leer)], range(3))
    assert leidas == []
    assert list(hecha.filas) == [[0], [2], [4]]
    assert leidas == [0, 1, 2]
