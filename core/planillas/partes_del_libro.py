"""The parts of a workbook beside its cells, as XML. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

# Places in `cellXfs`.
GENERAL, TITULO, ENTERO, SIN_DECIMALES, CON_DECIMALES, DIA, MOMENTO, TEXTO, TEXTO_INERTE = range(9)
_CABEZA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELACIONES = "http://schemas.openxmlformats.org/package/2006/relationships"
_DE_OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml."
FIN_DE_HOJA = "</sheetData></worksheet>"
# What no sheet's name may have, nor more letters than that, and one for a second sheet's number.
_AJENOS = re.compile(r"[\\/*?:\[\]']")
_NOMBRE_MAXIMO = 28

ESTILOS = (
    f'{_CABEZA}<styleSheet xmlns="{_PRINCIPAL}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="9">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    + "".join(
        f'<xf numFmtId="{formato}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for formato in (1, 3, 4, 164, 165)
    )
    + '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def principio_de_hoja(anchos: Sequence[int]) -> str:
    """A sheet up to its rows: the first one stays in sight, columns have their widths."""
    columnas = "".join(
        f'<col min="{n}" max="{n}" width="{ancho}" customWidth="1"/>'
        for n, ancho in enumerate(anchos, 1)
    )
    return (
        f'{_CABEZA}<worksheet xmlns="{_PRINCIPAL}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columnas}</cols><sheetData>"
    )


def las_demas(nombre: str, hojas: int) -> dict[str, str]:
    """The parts that are written once it is known how many sheets there are, by their paths."""
    numeros = range(1, hojas + 1)
    return {
        "xl/styles.xml": ESTILOS,
        "xl/workbook.xml": _libro(nombre, numeros),
        "xl/_rels/workbook.xml.rels": _relaciones(
            [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numeros]
            + [("rId0", "styles", "styles.xml")]
        ),
        "_rels/.rels": _relaciones([("rId1", "officeDocument", "xl/workbook.xml")]),
        "[Content_Types].xml": _tipos(numeros),
    }


def _libro(nombre: str, numeros: range) -> str:
    base = _AJENOS.sub(" ", nombre)[:_NOMBRE_MAXIMO].strip() or "Hoja"
    hojas = "".join(
        f'<sheet name={quoteattr(base if n == 1 else f"{base} {n}")} sheetId="{n}" r:id="rId{n}"/>'
        for n in numeros
    )
    return (
        f'{_CABEZA}<workbook xmlns="{_PRINCIPAL}" xmlns:r="{_DE_OFICINA}">'
        f"<sheets>{hojas}</sheets></workbook>"
    )


def _relaciones(cuales: Sequence[tuple[str, str, str]]) -> str:
    escritas = "".join(
        f'<Relationship Id="{clave}" Type="{_DE_OFICINA}/{tipo}" Target="{destino}"/>'
        for clave, tipo, destino in cuales
    )
    return f'{_CABEZA}<Relationships xmlns="{_RELACIONES}">{escritas}</Relationships>'


def _tipos(numeros: range) -> str:
    propios = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    propios += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numeros]
    escritos = "".join(
        f'<Override PartName="{parte}" ContentType="{_TIPO}{tipo}+xml"/>' for parte, tipo in propios
    )
    return (
        f'{_CABEZA}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{escritos}</Types>'
    )
