"""One price list in two hundred spreadsheets: all are read to the same rows; neighbours are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gestion_precios.planillas.celdas import (
    Celda,
    leer_codigo,
    leer_precio,
    leer_si,
    leer_texto,
    vacia,
)
from gestion_precios.planillas.lectura import planilla as lectura
from gestion_precios.planillas.rechazos import rechazo
from gestion_precios.planillas.tablas import celda_de
from gestion_precios.tests.planillas.generadas import (
    CONTENIDO,
    de_openpyxl,
    libros,
    textos,
)
from gestion_precios.tests.planillas.test_clases import SOBRA, TITULOS
from gestion_precios.tests.planillas.test_hojas import con_partes
from gestion_precios.tests.planillas.test_hojas import libro as libro_de

ARCHIVOS = [*textos(), *libros()]
NOMBRES = [nombre for nombre, _contenido in ARCHIVOS]
Leida = tuple[Any, Any, Any, Any]


def dicho(leer: Callable[..., Any], *celda: Any) -> Any:
    """What a reader makes of a cell, or the sentence with which it refuses it."""
    try:
        return leer(*celda)
    except ValueError as error:
        return str(error)


def leer(contenido: bytes, moneda: str = "PYG") -> list[Leida] | tuple[str, str]:
    """The rows as the import understands them, or (code, sentence) of the file's refusal.

    In this process: each file in one of its own takes its time.
    """
    leido = json.loads(lectura.leer(contenido))
    if "rechazo" in leido:
        motivo, datos = leido["rechazo"]
        error = rechazo(motivo, **datos)
        return error.codigo, error.detail
    return [
        _fila({n: celda_de(c) for n, c in cruda.items()}, moneda) for _, cruda in leido["filas"]
    ]


def _fila(celdas: dict[str, Celda], moneda: str) -> Leida:
    precio = celdas.get("precio_base")
    return (
        dicho(leer_codigo, celdas.get("codigo")),
        dicho(leer_texto, celdas.get("descripcion")),
        None if vacia(precio) else dicho(leer_precio, precio, moneda),
        dicho(leer_si, celdas.get("quitar")),
    )


def test_there_are_many_and_no_two_alike() -> None:
    assert (len(ARCHIVOS), len(set(NOMBRES))) == (194, 194)
    assert len({contenido for _nombre, contenido in ARCHIVOS}) == 194


@pytest.mark.parametrize(("nombre", "contenido"), ARCHIVOS, ids=NOMBRES)
def test_it_is_read_to_the_same_rows(nombre: str, contenido: bytes) -> None:
    assert leer(contenido) == CONTENIDO


# --- Neighbours ----------------------------------------------------------------------------------
def texto(*lineas: str, letras: str = "utf-8") -> bytes:
    return "\n".join(lineas).encode(letras)


def libro(*filas: tuple[Any, ...]) -> bytes:
    return de_openpyxl(list(filas))


def cambiado(contenido: bytes, antes: bytes, despues: bytes) -> bytes:
    """The book with something else in its parts."""
    nuevo = con_partes(contenido, lambda parte: parte.replace(antes, despues))
    assert nuevo != contenido
    return nuevo


PRECIO = b't="n"><v>9050</v>'
BUENO = libro(("codigo", "precio", "quitar"), (1001, 9_050, None))


CODIGO = "El código es un número entero, sin puntos ni comas."
SI_O_NADA = "Escribir «sí» para quitar, o dejar la celda vacía."
SIN_RESULTADO = (
    "La fórmula no tiene resultado guardado: abrir y guardar en Excel, o pegar como valores."
)
VARIAS = (
    "El libro tiene tablas en varias hojas: «Uno», «Dos». Elegir la hoja y otra vez el archivo."
)
FECHA = "La celda tiene formato de fecha: darle formato de número."
CABECERA = ("codigo", "precio", "quitar")
# What a row says, and what is said of it: (code, price, quitar).
FILAS: dict[str, tuple[bytes, tuple[Any, Any, Any]]] = {
    "a price parted by its comma": (texto("codigo,precio", "1001,9,050"), (1001, SOBRA, False)),
    "by its comma, after `sep=`": (
        texto("sep=,", "codigo,precio", "1001,9,050"),
        (1001, SOBRA, False),
    ),
    "thousands as in English": (
        texto("codigo;precio", "1001;9,050"),
        (1001, "«9,050» puede ser 9050 o 9,05: escribir el número sin separar los miles.", False),
    ),
    "thousands as in English, in quotes": (
        texto("codigo,precio", '1001,"12,000"'),
        (1001, "«12,000» puede ser 12000 o 12: escribir el número sin separar los miles.", False),
    ),
    "cents in guaraníes": (
        texto("codigo;precio", "1001;9050,5"),
        (1001, "«9050,5» lleva decimales: escribir un número entero.", False),
    ),
    "another currency": (
        texto("codigo;precio", "1001;US$ 5"),
        (1001, "«US$ 5» está en otra moneda.", False),
    ),
    "an exponent": (
        texto("codigo;precio", "1001;9E+03"),
        (1001, "«9E+03» no es un número: escribir solo cifras, como 12.500.", False),
    ),
    "a code with a point": (texto("codigo;precio", "1.001;9050"), (CODIGO, 9050, False)),
    "a code with decimals": (libro(CABECERA, (1001.5, 9050, None)), (CODIGO, 9050, False)),
    "a code that is a word": (texto("codigo;precio", "mil;9050"), (CODIGO, 9050, False)),
    "a code of a barcode's length": (
        texto("codigo;precio", "7840001000018;9050"),
        (CODIGO, 9050, False),
    ),
    "no code": (texto("codigo;precio", ";9050"), (CODIGO, 9050, False)),
    "another word in quitar": (
        texto("codigo;precio;quitar", "1001;9050;tal vez"),
        (1001, 9050, SI_O_NADA),
    ),
    "a date for a price": (libro(CABECERA, (1001, date(2026, 5, 1), None)), (1001, FECHA, False)),
    "a yes for a price": (
        libro(CABECERA, (1001, True, None)),
        (1001, "La celda dice verdadero o falso.", False),
    ),
    "an error for a price": (
        cambiado(BUENO, PRECIO, b't="e"><v>#N/A</v>'),
        (1001, "La celda tiene un error de Excel.", False),
    ),
    "a formula nobody has computed": (
        cambiado(BUENO, PRECIO, b"><f>A2*9</f><v></v>"),
        (
            1001,
            SIN_RESULTADO,
            False,
        ),
    ),
    "a price of two lines": (
        texto("codigo;precio", '1001;"9050', '9060"'),
        (1001, "«9050 9060» no es un número: escribir solo cifras, como 12.500.", False),
    ),
}


@pytest.mark.parametrize(("contenido", "esperada"), FILAS.values(), ids=FILAS)
def test_a_row_beside_a_good_one_is_wrong_in_that_cell_alone(
    contenido: bytes, esperada: tuple[Any, Any, Any]
) -> None:
    leidas = leer(contenido)
    assert isinstance(leidas, list)
    assert [(codigo, precio, quitar) for codigo, _nombre, precio, quitar in leidas] == [esperada]


HOJAS = {
    "two sheets with prices": (
        libro_de(Uno=[CABECERA, (1, 2)], Dos=[CABECERA, (1, 3)]),
        "varias_hojas",
        VARIAS,
    ),
    "a column twice": (
        texto("codigo;precio;Precio base", "1001;1;2"),
        "columnas",
        "La columna precio_base está dos veces. Dejar una sola.",
    ),
    "the code twice": (
        texto("código;codigo;precio", "1001;1002;2"),
        "columnas",
        "La columna codigo está dos veces. Dejar una sola.",
    ),
    "a header below the twentieth row": (
        texto(*["x;y"] * 20, "codigo;precio", "1001;2"),
        "columnas",
        f"Faltan las columnas codigo y precio_base. {TITULOS}",
    ),
    "titles of another separator": (
        texto("sep=;", "codigo,precio", "1001,2"),
        "columnas",
        f"Faltan las columnas codigo y precio_base. {TITULOS}",
    ),
    "letters of a Macintosh": (
        "código;precio\n1001;2".encode("mac_roman"),
        "columnas",
        f"Falta la columna codigo. {TITULOS}",
    ),
    "UTF-16 without its mark": (
        "codigo;precio\n1001;2".encode("utf-16-le"),
        "archivo_ilegible",
        "No es un XLSX ni un CSV. Guardar la planilla como XLSX.",
    ),
    "only titles and totals": (
        texto("codigo;precio", "LÁCTEOS;", "Total;9050"),
        "archivo_vacio",
        "El archivo no tiene filas con datos.",
    ),
    "only hidden sheets": (
        cambiado(BUENO, b'state="visible"', b'state="hidden"'),
        "archivo_ilegible",
        "El libro tiene todas sus hojas ocultas: mostrar la que se importa.",
    ),
}


@pytest.mark.parametrize(("contenido", "codigo", "frase"), HOJAS.values(), ids=HOJAS)
def test_a_file_beside_a_good_one_is_refused(contenido: bytes, codigo: str, frase: str) -> None:
    assert leer(contenido) == (codigo, frase)


def test_where_there_are_cents_a_point_may_be_decimal() -> None:
    contenido = texto("codigo;precio", "1001;12.5", "1002;1.234,50", "1003;12.500")
    leidas = leer(contenido, "PEN")
    assert isinstance(leidas, list)
    assert [precio for _codigo, _nombre, precio, _quitar in leidas] == [
        Decimal("12.5"),
        Decimal("1234.5"),
        "«12.500» puede ser 12500 o 12,5: escribir el número sin separar los miles.",
    ]
