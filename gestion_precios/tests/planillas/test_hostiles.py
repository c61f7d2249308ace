"""Files made to cost are refused for what they are, at a price that is known."""

from __future__ import annotations

import json
import resource
import zipfile
from decimal import Decimal

import pytest

from core.errores import ErrorDominio
from core.procesos.aparte import A_LA_VEZ, Cortado
from gestion_precios.planillas import archivo
from gestion_precios.planillas.archivo import LIMITES, leer_planilla
from gestion_precios.planillas.celdas import Celda, Ilegible
from gestion_precios.planillas.lectura import envoltura, formatos
from gestion_precios.planillas.lectura import planilla as lectura
from gestion_precios.planillas.lectura.limites import INFLADO_MAXIMO, Rechazo
from gestion_precios.tests.planillas.hostiles import (
    BUENA,
    CABECERA,
    FAMILIAS,
    LIBRO,
    comprimir,
    corpus,
    de_familia,
    hoja,
    libro,
    partes,
)


def cpu_de_hijos() -> float:
    uso = resource.getrusage(resource.RUSAGE_CHILDREN)
    return uso.ru_utime + uso.ru_stime


def codigo_de(contenido: bytes) -> str:
    try:
        leer_planilla(contenido)
    except ErrorDominio as error:
        con_frase = error.campo == "archivo" and error.detail.endswith(".")
        return error.codigo if con_frase else "without a sentence"
    return "read"


@pytest.mark.parametrize("familia", FAMILIAS)
def test_each_is_refused_with_its_code_within_its_time(familia: str) -> None:
    distintos = {}
    for nombre, contenido, codigo in de_familia(familia):
        antes = cpu_de_hijos()
        obtenido = codigo_de(contenido)
        if (obtenido, cpu_de_hijos() - antes > LIMITES.cpu) != (codigo, False):
            distintos[nombre] = f"{obtenido} instead of {codigo}"
    assert distintos == {}


def test_the_corpus_is_large_repeatable_and_its_names_are_different() -> None:
    # Not read: only made.
    uno = [(nombre, hash(contenido), codigo) for nombre, contenido, codigo in corpus()]
    assert len({nombre for nombre, _, _ in uno}) == len(uno) >= 60
    assert {codigo for _, _, codigo in uno} == {
        "archivo_grande",
        "archivo_ilegible",
        "demasiadas_filas",
        "filas_con_errores",
    }


def test_two_readers_at_once_stay_under_three_hundred_megabytes() -> None:
    assert A_LA_VEZ * LIMITES.memoria <= 256 * 1024 * 1024


def como_csv(descripcion: str) -> bytes:
    """Ten thousand rows of this description."""
    filas = "".join(f"{n};{descripcion};{n},50\n" for n in range(1, 10_001))
    return f"codigo;descripcion;precio\n{filas}".encode()


def como_libro(descripcion: str) -> bytes:
    """The same, with a text of its own in each row."""
    textos = "".join(f"<si><t>{n} {descripcion}</t></si>" for n in range(10_000))
    filas = "".join(
        f'<row><c><v>{n}</v></c><c><v>{n}.5</v></c><c t="s"><v>{n - 1}</v></c></row>'
        for n in range(1, 10_001)
    )
    titulos = CABECERA.replace("</row>", '<c t="str"><v>descripcion</v></c></row>')
    return comprimir(
        partes(hoja=hoja(titulos + filas), textos=f"<sst>{textos}</sst>"), zipfile.ZIP_STORED
    )


@pytest.mark.parametrize(
    "contenido",
    [como_csv("ñandú " * 58), como_csv("\U0001f600" + "a" * 480), como_libro("descripción " * 29)],
    ids=["csv", "csv, wide letters", "xlsx"],
)
def test_the_largest_honest_files_are_read(contenido: bytes) -> None:
    assert 4_500_000 < len(contenido) < 5_242_880
    leida = leer_planilla(contenido)
    assert len(leida.filas) == 10_000
    assert leida.filas[-1].celdas["codigo"] in {"10000", Decimal(10_000)}


def celdas(contenido: bytes) -> list[tuple[int, dict[str, Celda]]]:
    return [(fila.numero, fila.celdas) for fila in leer_planilla(contenido).filas]


def fila(numero: int, *valores: str) -> str:
    return f'<row r="{numero}">' + "".join(valores) + "</row>"


@pytest.mark.parametrize(
    "contenido",
    [
        libro(),
        libro(
            hoja=hoja(CABECERA + BUENA, despues='<mergeCells><mergeCell ref="A5:B9"/></mergeCells>')
        ),
        libro(hoja=hoja(CABECERA + BUENA + "<row/>" * 99_000)),
        libro(hoja=hoja(CABECERA + BUENA + fila(3, '<c r="XFD3"><v>1</v></c>'))),
        libro(textos="<sst>" + "<si><t>a</t></si>" * 100_000 + "</sst>"),
        comprimir(partes() | {f"xl/media/{n}": b"" for n in range(490)}),
        comprimir(partes() | {"xl/media/i.bin": b"\0" * 47_000_000}),
        comprimir(partes(), zipfile.ZIP_STORED),
        libro(hoja=hoja(CABECERA + BUENA).encode("utf-16")),
        libro(
            hoja=hoja(CABECERA + BUENA, antes='<?xml version="1.0" encoding="UTF-8"?><!-- ; -->')
        ),
        b"codigo;precio_base\n1;2000" + b";" * 1_900 + b"\n",
        b"codigo;precio_base\n1;2000\n" + b"\n" * 90_000,
    ],
    ids=range(12),
)
def test_their_honest_neighbours_are_read(contenido: bytes) -> None:
    [(numero, leida)] = celdas(contenido)
    assert numero == 2
    assert [str(valor) for valor in leida.values()] == ["1", "2000"]


def test_prefixes_phonetics_and_rich_texts_are_read_as_they_look() -> None:
    rico = "<is><r><t>SKU</t></r><rPh><t>ese</t></rPh><r><t>-1</t></r></is>"
    filas = CABECERA.replace("codigo", "sku") + fila(
        7, f'<c t="inlineStr">{rico}</c>', '<c t="s"><v>0</v></c>'
    )
    prefijada = (
        hoja(filas).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    )
    textos = "<sst><si><r><t>1.</t></r><r><t>500</t></r><rPh><t>mil</t></rPh></si></sst>"
    assert celdas(libro(hoja=prefijada, textos=textos)) == [
        (7, {"sku": "SKU-1", "precio_base": "1.500"})
    ]


@pytest.mark.parametrize(
    ("codigo", "es_fecha"),
    [
        ("dd/mm/yyyy", True),
        ("[h]:mm", True),
        ('"Gs. "#,##0', False),
        ("[$Gs.-3C0A] #,##0;[Red]-#,##0", False),
        (r"\d#,##0", False),
        ("General", False),
        ("0.00E+00", False),
    ],
)
def test_a_number_under_a_format_of_date_is_no_price(codigo: str, es_fecha: bool) -> None:
    comillas = codigo.replace('"', "&quot;")
    estilos = (
        f'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{comillas}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    una = fila(2, '<c r="A2"><v>1</v></c>', '<c r="B2" s="1"><v>45000.5</v></c>')
    [(_, leida)] = celdas(libro(hoja=hoja(CABECERA + una), estilos=estilos))
    if es_fecha:
        assert leida["precio_base"] == Ilegible(
            "La celda tiene formato de fecha: darle formato de número.", "2023-03-15 12:00:00"
        )
    else:
        assert str(leida["precio_base"]) == "45000.5"


ESTILOS_DE_FECHA = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'


@pytest.mark.parametrize(
    ("serie", "de_1900", "de_1904"),
    [
        ("45000.5", "2023-03-15 12:00:00", "2027-03-16 12:00:00"),
        ("0.25", "06:00:00", "06:00:00"),
        ("1", "1899-12-31 00:00:00", "1904-01-02 00:00:00"),
        ("1e300", "1e+300", "1e+300"),
        ("nan", "nan", "nan"),
    ],
)
def test_a_date_is_seen_as_its_book_counts_it(serie: str, de_1900: str, de_1904: str) -> None:
    una = fila(2, f'<c r="A2" s="0"><v>{serie}</v></c>')
    for con_1904, visto in (("0", de_1900), ("1", de_1904)):
        principal = str(partes()[LIBRO]).replace(
            "<sheets>", f'<workbookPr date1904="{con_1904}"/><sheets>'
        )
        contenido = libro(hoja=hoja(CABECERA + una), estilos=ESTILOS_DE_FECHA, libro=principal)
        [(_, leida)] = celdas(contenido)
        assert leida["codigo"] == Ilegible(
            "La celda tiene formato de fecha: darle formato de número.", visto
        )


def test_dates_are_written_out_only_where_they_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    escritas: list[float] = []

    def escribir(serie: float, _origen: object) -> str:
        escritas.append(serie)
        return "seen"

    monkeypatch.setattr(formatos, "_fecha_de", escribir)
    titulos = CABECERA.replace("</row>", '<c r="C1" s="0"><v>45000</v></c></row>')
    muchas = fila(2, *(f'<c s="0"><v>{n}</v></c>' for n in range(30)))
    contenido = libro(hoja=hoja(titulos + muchas), estilos=ESTILOS_DE_FECHA)
    # In this process, where they can be counted.
    leido = json.loads(lectura.leer(contenido))
    fecha = ["i", "fecha", "seen"]
    una = {"codigo": fecha, "precio_base": ["i", "sobra", "seen | seen"], "quitar": None}
    assert leido == {
        "filas": [[2, una]],
        "ignoradas": ["seen"],
        "hoja": "Precios",
        "afuera": [],
    }
    assert sorted(escritas) == [0, 1, 3, 45_000]


def test_a_cell_with_a_novel_in_it_says_so_and_a_long_description_is_cut() -> None:
    contenido = b"codigo;descripcion;precio\n" + b"9" * 1_001 + b";" + b"d" * 9_000 + b";1\n"
    [(_, leida)] = celdas(contenido)
    assert leida["codigo"] == Ilegible("La celda tiene demasiado texto.", "9" * 40)
    assert leida["descripcion"] == "d" * 1_000


def test_a_book_with_a_password_inside_says_so() -> None:
    [cifrado] = [contenido for nombre, contenido, _ in de_familia("zip") if nombre == "encrypted"]
    with pytest.raises(ErrorDominio) as error:
        leer_planilla(cifrado)
    assert error.value.detail == "El libro tiene contraseña. Guardarlo como XLSX, sin contraseña."


def test_a_directory_of_megabytes_is_not_even_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    [enorme] = [c for nombre, c, _ in de_familia("zip") if nombre == "a directory of megabytes"]
    monkeypatch.delattr(zipfile, "ZipFile")
    with pytest.raises(Rechazo, match="inflado"):
        envoltura.Envoltura(enorme, INFLADO_MAXIMO)


@pytest.mark.parametrize(
    ("motivo", "codigo", "estado"),
    [
        ("tiempo", "archivo_lento", 400),
        ("memoria", "archivo_grande", 400),
        ("salida", "archivo_grande", 400),
        ("roto", "archivo_ilegible", 400),
        ("ocupado", "ocupado", 503),
        ("partida", "partida", 499),
    ],
)
def test_a_reader_that_was_ended_is_said_as_well(
    motivo: str, codigo: str, estado: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cortar(*_args: object) -> bytes:
        raise Cortado(motivo)

    monkeypatch.setattr(archivo, "correr_aparte", cortar)
    with pytest.raises(ErrorDominio) as error:
        leer_planilla(b"codigo;precio\n1;1\n")
    assert (error.value.codigo, error.value.estado) == (codigo, estado)
    assert error.value.campo == "archivo"


def test_each_book_cut_or_spoilt_anywhere_is_read_or_refused() -> None:
    entero = libro()
    for posicion in range(0, len(entero), 7):
        roto = bytearray(entero)
        roto[posicion] ^= 0xFF
        # In this process, where what nobody foresaw would show.
        assert lectura.leer(bytes(roto)).startswith((b'{"filas"', b'{"rechazo"'))
        assert lectura.leer(entero[:posicion]).startswith((b'{"filas"', b'{"rechazo"'))
