"""Which cell formats of a workbook are dates: a number under one is not a price."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from gestion_precios.planillas.lectura.etiquetas import Atributos
from gestion_precios.planillas.lectura.limites import (
    ESTILOS_MAXIMOS,
    FORMATOS_MAXIMOS,
    Cruda,
    Rechazo,
)

# The ones every workbook knows by number.
_DE_FECHA = {*range(14, 23), 45, 46, 47}
_LARGO_MAXIMO = 255
# Why a cell that holds a date's serial number is no price, until its date is written out.
SERIE, SERIE_1904 = "serie", "serie_1904"
_ORIGENES = {
    SERIE: datetime(1899, 12, 30),  # noqa: DTZ001 - a workbook's dates know no zone
    SERIE_1904: datetime(1904, 1, 1),  # noqa: DTZ001 - nor here
}
# What a format shows as it stands, and its colours, currencies and conditions in brackets.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_PARTE_DE_FECHA = re.compile(r"[dmhys]", re.IGNORECASE)


class FormatosDeFecha:
    """Reads xl/styles.xml; a cell's style is a position among its `cellXfs`."""

    def __init__(self) -> None:
        self._propios: dict[int, bool] = {}
        self._declarados = 0
        self._estilos: list[int] = []
        self._seccion = ""

    def abrir(self, hondura: int, etiqueta: str, atributos: Atributos) -> None:
        """Take note of an element of the part."""
        if hondura == 2:
            self._seccion = etiqueta
        elif hondura == 3 and self._seccion == "numFmts" and etiqueta == "numFmt":
            codigo = atributos.get("formatCode", "")
            self._propios[int(atributos["numFmtId"])] = es_de_fecha(codigo)
        elif hondura == 3 and self._seccion == "cellXfs" and etiqueta == "xf":
            self._estilos.append(int(atributos.get("numFmtId", 0)))
        self._declarados += etiqueta == "numFmt"
        if len(self._estilos) > ESTILOS_MAXIMOS or self._declarados > FORMATOS_MAXIMOS:
            raise Rechazo("raro")

    def es_fecha(self, estilo: int) -> bool:
        """Whether numbers in this style show as dates or times."""
        if not 0 <= estilo < len(self._estilos):
            return False
        formato = self._estilos[estilo]
        return self._propios.get(formato, formato in _DE_FECHA)


def es_de_fecha(codigo: str) -> bool:
    """Whether a format's code shows days, hours or the like."""
    primera = _LITERAL.sub("", codigo[:_LARGO_MAXIMO]).partition(";")[0]
    return _PARTE_DE_FECHA.search(primera) is not None


def con_fecha(celda: Cruda) -> Cruda:
    """The cell, with its date written out if it is one that is still a number."""
    if isinstance(celda, list) and celda[1] in _ORIGENES:
        return ["i", "fecha", _fecha_de(float(celda[2]), _ORIGENES[celda[1]])]
    return celda


def _fecha_de(serie: float, origen: datetime) -> str:
    """The date of a serial number, for people; the number itself beyond the calendar."""
    try:
        momento = origen + timedelta(days=serie)
    except (OverflowError, ValueError):
        return f"{serie:.15g}"
    visto = momento.isoformat(" ", "seconds")
    return visto.partition(" ")[2] if 0 <= serie < 1 else visto
