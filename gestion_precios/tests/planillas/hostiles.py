"""Files made to cost: each kind with neighbours drawn from a seed, and the code of its refusal.

Made when they are asked for; none is kept. `corpus()` is what the tests read here and what is
posted at the real processes.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterable, Iterator

Hostil = tuple[str, bytes, str]

HOJA = "xl/worksheets/sheet1.xml"
TEXTOS = "xl/sharedStrings.xml"
ESTILOS = "xl/styles.xml"
LIBRO = "xl/workbook.xml"
CABECERA = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>codigo</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>precio_base</t></is></c></row>'
)
BUENA = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2000</v></c></row>'
_PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELACION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUETE = "http://schemas.openxmlformats.org/package/2006"
_RELACIONES = (
    f'<Relationships xmlns="{_PAQUETE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELACION}/%s" Target="%s"/>%s</Relationships>'
)
_LAS_DEMAS = "".join(
    f'<Relationship Id="{tipo}" Type="{_RELACION}/{tipo}" Target="{tipo}.xml"/>'
    for tipo in ("sharedStrings", "styles")
)
_MEGA = 1024 * 1024
_ENTRADA = b"PK\x01\x02"
_FIN = b"PK\x05\x06"


def hoja(filas: str, *, antes: str = "", despues: str = "") -> str:
    """A worksheet's XML with these rows."""
    return (
        f'{antes}<worksheet xmlns="{_PRINCIPAL}"><sheetData>{filas}</sheetData>{despues}'
        "</worksheet>"
    )


def partes(**cambios: str | bytes) -> dict[str, str | bytes]:
    """A whole workbook by its parts; `hoja`, `textos`, `estilos` and `libro` replace them."""
    normales: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PAQUETE}/content-types"/>',
        "_rels/.rels": _RELACIONES % ("officeDocument", LIBRO, ""),
        "xl/_rels/workbook.xml.rels": _RELACIONES
        % ("worksheet", "worksheets/sheet1.xml", _LAS_DEMAS),
        LIBRO: f'<workbook xmlns="{_PRINCIPAL}" xmlns:r="{_RELACION}"><sheets>'
        '<sheet name="Precios" sheetId="1" r:id="r1"/></sheets></workbook>',
        HOJA: hoja(CABECERA + BUENA),
        TEXTOS: "<sst/>",
        ESTILOS: "<styleSheet/>",
    }
    nombres = {"hoja": HOJA, "textos": TEXTOS, "estilos": ESTILOS, "libro": LIBRO}
    return normales | {nombres[clave]: valor for clave, valor in cambios.items()}


def comprimir(contenidos: dict[str, str | bytes], metodo: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts in a zip."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", metodo) as archivo:
        for nombre, contenido in contenidos.items():
            archivo.writestr(nombre, contenido)
    return salida.getvalue()


def libro(**cambios: str | bytes) -> bytes:
    """A workbook with one good row, but for what is replaced."""
    return comprimir(partes(**cambios))


def corpus(semilla: int = 9) -> Iterable[Hostil]:
    """(name, content, code of the refusal), the same for the same seed."""
    for familia in (*FAMILIAS, FILAS):
        for nombre, contenido, codigo in de_familia(familia, semilla):
            yield f"{familia}: {nombre}", contenido, codigo


def de_familia(familia: str, semilla: int = 9) -> Iterator[Hostil]:
    """The files of one kind."""
    hacer = _filas_malas if familia == FILAS else FAMILIAS[familia]
    return hacer(random.Random(f"{semilla} {familia}"))


# --- Numbers of rows and columns -----------------------------------------------------------------
def _numeros(azar: random.Random) -> Iterator[Hostil]:
    for numero in (1_048_577, azar.randrange(2_000_000, 10**9), 10**12, 10**18):
        fila = f'<row r="{numero}"><c r="A{numero}"><v>1</v></c></row>'
        yield f"row number {numero}", libro(hoja=hoja(CABECERA + fila)), "archivo_ilegible"
    relleno = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>'
        for n in range(2, 1_500)
    )
    lejos = hoja(CABECERA + relleno + '<row r="999999999"><c r="A1"><v>1</v></c></row>')
    yield "the 41 KB book with one enormous row", libro(hoja=lejos), "archivo_ilegible"
    for dicho in ("9" * 5_000, "1e300", "-5", "1.5", "uno", ""):
        contenido = libro(hoja=hoja(f'{CABECERA}<row r="{dicho}"/>'))
        yield f"row number {dicho[:5] or 'empty'}", contenido, "archivo_ilegible"
    yield "rows backwards", libro(hoja=hoja(CABECERA + BUENA + BUENA)), "archivo_ilegible"
    for letras in ("XFE", "ZZZZ", "A" * azar.randrange(50, 5_000)):
        fila = f'<row r="2"><c r="{letras}2"><v>1</v></c></row>'
        yield f"column {letras[:4]}", libro(hoja=hoja(CABECERA + fila)), "archivo_ilegible"
    fila = '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>'
    yield "cells backwards", libro(hoja=hoja(CABECERA + fila)), "archivo_ilegible"


def _cantidades(azar: random.Random) -> Iterator[Hostil]:
    vacias = "<row/>" * azar.randrange(100_500, 400_000)
    yield "empty rows", libro(hoja=hoja(CABECERA + vacias)), "archivo_grande"
    ancha = "<row>" + "<c/>" * azar.randrange(20_000, 490_000) + "</row>"
    yield "one row of empty cells", libro(hoja=hoja(CABECERA + ancha)), "archivo_grande"
    celdas = ("<row>" + "<c/>" * 100 + "</row>") * azar.randrange(6_000, 9_000)
    yield "many rows of empty cells", libro(hoja=hoja(CABECERA + celdas)), "archivo_grande"
    formulas = '<row><c><f>SUM(A1:XFD1048576)</f></c><c><f t="shared" si="0"/></c></row>'
    yield "formulas", libro(hoja=hoja(CABECERA + formulas * 99_000)), "demasiadas_filas"
    juntas = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 600_000 + "</mergeCells>"
    yield (
        "merged cells",
        libro(hoja=hoja(CABECERA + BUENA, despues=juntas)),
        "archivo_grande",
    )
    yield (
        "ten thousand rows and more",
        libro(hoja=hoja(CABECERA + _filas(10_001))),
        ("demasiadas_filas"),
    )
    hojas = "".join(f'<sheet name="h{n}" r:id="x"/>' for n in range(600_000))
    yield "sheets", libro(libro=f"<workbook><sheets>{hojas}</sheets></workbook>"), "archivo_grande"
    primera = '<sheet name="Precios" r:id="r1"/>'
    for cuantas in (500, azar.randrange(501, 5_000)):
        otras = '<sheet name="otra" r:id="r1"/>' * cuantas
        varias = f'<workbook xmlns:r="{_RELACION}"><sheets>{primera}{otras}</sheets></workbook>'
        yield f"{cuantas} sheets besides", libro(libro=varias), "archivo_grande"


def _filas(cuantas: int) -> str:
    return "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>'
        for n in range(2, cuantas + 2)
    )


# --- XML -----------------------------------------------------------------------------------------
def _xml(azar: random.Random) -> Iterator[Hostil]:
    for entidades in (1, azar.randrange(5, 20)):
        doctype = "<!DOCTYPE a [" + "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ja"}">' for n in range(entidades)
        )
        bomba = hoja(CABECERA + BUENA, antes=f"{doctype}]>")
        yield f"{entidades} entities", libro(hoja=bomba), "archivo_ilegible"
    externo = '<!DOCTYPE a SYSTEM "file:///etc/passwd">'
    yield "doctype", libro(hoja=hoja(CABECERA, antes=externo)), "archivo_ilegible"
    yield "doctype in UTF-16", libro(textos=f"{externo}<sst/>".encode("utf-16")), "archivo_ilegible"
    yield "doctype of the book", libro(libro=f"{externo}<workbook/>"), "archivo_ilegible"
    honda = azar.randrange(1_000, 100_000)
    yield "deep", libro(hoja=hoja("<a>" * honda + "</a>" * honda)), "archivo_ilegible"
    muchos = " ".join(f'a{n}=""' for n in range(azar.randrange(5_000, 50_000)))
    yield "attributes", libro(hoja=hoja(f"<row {muchos}/>")), "archivo_ilegible"
    comentario = "<!--" + "< " * (azar.randrange(8, 20) * _MEGA) + "-->"
    yield "a comment of megabytes", libro(hoja=hoja(comentario)), "archivo_ilegible"
    yield "a name of megabytes", libro(hoja=hoja(f"<{'a' * 30 * _MEGA}/>")), "archivo_ilegible"
    distintos = "".join(f"<a{n}/>" for n in range(azar.randrange(2_000, 510_000)))
    yield "names all different", libro(hoja=hoja(distintos)), "archivo_ilegible"
    yield "cut in the middle", libro(hoja=hoja(CABECERA + BUENA)[:-30]), "archivo_ilegible"
    yield (
        "no known letters",
        libro(hoja='<?xml version="1.0" encoding="x-none"?><a/>'),
        ("archivo_ilegible"),
    )


# --- Zip -----------------------------------------------------------------------------------------
def _zip(azar: random.Random) -> Iterator[Hostil]:
    for megas in (49, azar.randrange(50, 200)):
        bomba = partes() | {"xl/media/i.bin": b"\0" * (megas * _MEGA)}
        yield f"{megas} MB of zeros", comprimir(bomba), "archivo_grande"
    repartida = partes() | {f"xl/media/{n}.bin": b"\0" * _MEGA for n in range(49)}
    yield "zeros in many parts", comprimir(repartida), "archivo_grande"
    for cuantas in (501, azar.randrange(1_500, 5_000)):
        muchas = partes() | {f"xl/media/{n}": b"" for n in range(cuantas)}
        yield f"{cuantas} parts", comprimir(muchas), "archivo_grande"
    yield (
        "a directory of megabytes",
        _directorio_enorme(azar.randrange(50_000, 70_000)),
        ("archivo_grande"),
    )
    grande = comprimir(partes() | {"xl/media/i.bin": b"0" * 3_000_000})
    for dice in (10, 2_999_999, 2**31):
        mentira = grande.replace(struct.pack("<L", 3_000_000), struct.pack("<L", dice))
        codigo = "archivo_grande" if dice > 3_000_000 else "archivo_ilegible"
        yield f"a part that says {dice} bytes", mentira, codigo
    yield "parts one over the other", _encimadas(), "archivo_ilegible"
    yield "a part twice", _repetida(HOJA), "archivo_ilegible"
    yield "a part twice, but for its case", _repetida(HOJA.upper()), "archivo_ilegible"
    yield "encrypted", _con_bandera(libro()), "archivo_ilegible"
    for nombre, metodo in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        yield nombre, comprimir(partes(), metodo), "archivo_ilegible"
    anidado = libro()
    for _ in range(azar.randrange(3, 8)):
        anidado = comprimir({"dentro.xlsx": anidado})
    yield "zips in zips", anidado, "archivo_ilegible"
    yield "an empty zip", comprimir({}), "archivo_ilegible"
    yield "the beginning of a zip", libro()[: azar.randrange(30, 500)], "archivo_ilegible"


def _repetida(nombre: str) -> bytes:
    """A workbook whose directory names a part twice."""
    otro = "x" * len(nombre)
    return comprimir(partes() | {otro: hoja(CABECERA)}).replace(otro.encode(), nombre.encode())


def _con_bandera(zip_: bytes) -> bytes:
    """Every part marked as encrypted in the directory."""
    salida = bytearray(zip_)
    desde = 0
    while (desde := salida.find(_ENTRADA, desde)) >= 0:
        salida[desde + 8] |= 1
        desde += 4
    return bytes(salida)


def _encimadas() -> bytes:
    """A stored part within which another one lies, as the bombs of a thousand layers have it."""
    dentro = comprimir({"xl/media/b.bin": b"\0" * _MEGA})
    entrada = dentro.index(_ENTRADA)
    fuera = partes() | {"xl/media/a.bin": dentro[:entrada]}
    zip_ = comprimir(fuera, zipfile.ZIP_STORED)
    directorio = zip_.index(_ENTRADA)
    registro = bytearray(dentro[entrada : dentro.index(_FIN)])
    registro[42:46] = struct.pack("<L", zip_.index(dentro[:entrada]))
    entradas = zip_[directorio : zip_.index(_FIN)] + bytes(registro)
    return zip_[:directorio] + entradas + _fin(len(fuera) + 1, len(entradas), directorio)


def _directorio_enorme(cuantas: int) -> bytes:
    """A directory that names one part over and over."""
    zip_ = libro()
    directorio = zip_.index(_ENTRADA)
    una = zip_[directorio : zip_.index(_ENTRADA, directorio + 4)]
    return zip_[:directorio] + una * cuantas + _fin(cuantas, len(una) * cuantas, directorio)


def _fin(cuantas: int, largo: int, desde: int) -> bytes:
    cuantas = min(cuantas, 0xFFFE)
    return _FIN + struct.pack("<4H2LH", 0, 0, cuantas, cuantas, largo, desde, 0)


# --- Shared texts and styles ---------------------------------------------------------------------
def _textos_y_estilos(azar: random.Random) -> Iterator[Hostil]:
    con_texto = hoja(CABECERA + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>')
    largo = azar.randrange(32_768, 200_000)
    yield "a text too long", libro(hoja=con_texto, textos=_sst("x" * largo, 1)), "archivo_ilegible"
    yield "a text of megabytes", libro(textos=_sst("x" * 40 * _MEGA, 1)), "archivo_ilegible"
    yield "texts by the hundred thousand", libro(textos=_sst("", 300_000)), "archivo_grande"
    yield "much text", libro(textos=_sst("x" * 990, 40_000)), "archivo_grande"
    # One astral letter makes four bytes of each of the others.
    yield "much text, wide", libro(textos=_sst("\U0001f600" + "x" * 990, 40_000)), "archivo_grande"
    for posicion in (7, 10**9, -1):
        fila = f'<row r="2"><c r="A2" t="s"><v>{posicion}</v></c></row>'
        contenido = libro(hoja=hoja(CABECERA + fila), textos=_sst("1", 5))
        yield f"text number {posicion}", contenido, "archivo_ilegible"
    titulos = CABECERA.replace("</row>", '<c t="inlineStr"><is><t>descripcion</t></is></c></row>')
    repetido = "".join(
        f'<row><c><v>{n}</v></c><c><v>1</v></c><c t="s"><v>0</v></c></row>' for n in range(1, 9_900)
    )
    yield (
        "one long text in every row",
        libro(hoja=hoja(titulos + repetido), textos=_sst("x" * 999, 1)),
        "archivo_grande",
    )
    for cuantos in (66_001, 510_000):
        xf = f"<styleSheet><cellXfs>{'<xf/>' * cuantos}</cellXfs></styleSheet>"
        yield f"{cuantos} styles", libro(estilos=xf), "archivo_ilegible"
    formatos = '<numFmt numFmtId="200" formatCode="0"/>' * azar.randrange(6_000, 510_000)
    formatos = f"<styleSheet><numFmts>{formatos}</numFmts></styleSheet>"
    yield "formats", libro(estilos=formatos), "archivo_ilegible"
    yield (
        "a cell of megabytes",
        libro(hoja=hoja(CABECERA + _celda("9" * 20 * _MEGA))),
        ("archivo_ilegible"),
    )


def _sst(texto: str, veces: int) -> str:
    return "<sst>" + f"<si><t>{texto}</t></si>" * veces + "</sst>"


def _celda(valor: str) -> str:
    return f'<row r="2"><c r="A2"><v>{valor}</v></c></row>'


# --- CSV -----------------------------------------------------------------------------------------
def _csv(azar: random.Random) -> Iterator[Hostil]:
    titulos = b"codigo;precio\n"
    lleno = 5 * _MEGA - 100
    yield "separators in one row", titulos + b";" * lleno, "archivo_grande"
    yield "separators and nothing else", b"," * lleno, "archivo_ilegible"
    yield "empty lines", titulos + b"\n" * lleno, "archivo_grande"
    yield "empty lines of an old Mac", titulos + b"\r" * lleno, "archivo_grande"
    yield "rows", titulos + b"1;1\n" * azar.randrange(10_001, 900_000), "demasiadas_filas"
    yield "one row over many lines", titulos + b'"\n";' * (lleno // 4), "archivo_ilegible"
    yield "a quote never closed", titulos + b'1;"' + b"1;1\n" * 900_000, "archivo_ilegible"
    yield (
        "a cell too long",
        titulos + b"1;" + b"9" * azar.randrange(33_000, lleno),
        ("archivo_ilegible"),
    )
    yield "quotes", titulos + b'"' * lleno, "archivo_ilegible"
    yield "NULs", titulos + b"\0" * lleno, "archivo_ilegible"
    ancho = ("codigo;precio\n" + ";" * 2_000_000).encode("utf-16")
    yield "UTF-16", ancho, "archivo_grande"
    yield "half of a UTF-16 letter", b"\xff\xfec\x00\x00\xd8", "archivo_ilegible"
    yield "UTF-16 that says nothing", b"\xff\xfe" + b" \x00" * 2_000_000, "archivo_ilegible"
    yield "UTF-32", ("codigo;precio\n" + "1;1\n" * 1_000).encode("utf-32"), "archivo_ilegible"


def _otros(azar: random.Random) -> Iterator[Hostil]:
    yield "over 5 MB", b"1;1\n" * (5 * _MEGA // 4 + azar.randrange(1, 1_000)), "archivo_grande"
    yield "a workbook with a password", b"\xd0\xcf\x11\xe0" + bytes(_MEGA), "archivo_ilegible"
    yield "a program", b"\x7fELF\x02\x01\x01" + bytes(_MEGA), "archivo_ilegible"
    yield "noise", b"\x81" + azar.randbytes(_MEGA), "archivo_ilegible"
    yield "a zip's noise", b"PK\x03\x04" + azar.randbytes(_MEGA), "archivo_ilegible"


# --- Files that are read, and each of whose rows is wrong ----------------------------------------
def _filas_malas(azar: random.Random) -> Iterator[Hostil]:
    titulos = CABECERA.replace("codigo", "sku").replace(
        "</row>", '<c t="inlineStr"><is><t>quitar</t></is></c></row>'
    )
    una = '<row><c t="s"><v>0</v></c><c><v>1</v></c><c t="s"><v>0</v></c></row>'
    for largo, cuantas in ((40, 9_999), (120, 9_999), (396, 9_999), (660, 6_000)):
        textos = _sst(("'=," * 330)[:largo], 1)
        yield f"{largo} signs", libro(textos=textos, hoja=hoja(titulos + una * cuantas)), MAL
    solo_sku = hoja(titulos + una.replace('<c t="s"><v>0</v></c></row>', "</row>") * 8_000)
    yield "990 signs", libro(textos=_sst("'=," * 330, 1), hoja=solo_sku), MAL
    exponentes = "".join(
        f"<row><c><v>{n}e290</v></c><c><v>1e{azar.choice((308, 300, 25, -300))}</v></c></row>"
        for n in range(1, 9_999)
    )
    yield "huge numbers", libro(hoja=hoja(CABECERA + exponentes)), MAL
    precios = "".join(f'<row><c><v>{n}</v></c><c t="s"><v>0</v></c></row>' for n in range(1, 9_900))
    novela = libro(hoja=hoja(CABECERA + precios), textos=_sst("x" * 999, 1))
    yield "one long text for a price", novela, MAL
    yield "huge SKUs", libro(hoja=hoja(titulos + exponentes)), MAL
    yield "SKUs of signs", _csv_de(b"sku;precio", b"'=," * 160 + b"%d;1"), MAL
    yield "short SKUs of signs", _csv_de(b"sku;precio", b"'=," * 38 + b"%d;1"), MAL
    yield "long words", _csv_de(b"sku;precio;quitar", b";".join([b"x" * 100 + b"%d"] * 3)), MAL
    yield "prices of points", _csv_de(b"codigo;precio", b"%d;1" + b".000" * 14), MAL
    yield "an ordinary wrong file", _csv_de(b"codigo;precio", b"%d;caro"), MAL
    yield "one article over and over", _csv_de(b"codigo;precio", b"1001;1.5"), MAL


def _csv_de(titulos: bytes, fila: bytes, cuantas: int = 9_999) -> bytes:
    """So many rows, each with its number wherever it says so."""
    veces = fila.count(b"%d")
    return b"\n".join([titulos, *(fila % ((900_000 + n,) * veces) for n in range(cuantas))])


MAL = "filas_con_errores"
FILAS = "rows"
FAMILIAS = {
    "numbers": _numeros,
    "quantities": _cantidades,
    "xml": _xml,
    "zip": _zip,
    "texts and styles": _textos_y_estilos,
    "csv": _csv,
    "others": _otros,
}
