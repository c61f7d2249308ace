"""What the cells of an import say: names, codes, a yes, an amount, a rate, a day, a date.

Each reader takes a cell and gives a value, or None for an empty one; ValueError says what to do.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from core.texto.cifras import CifraIlegible, leer_cantidad
from core.texto.frases_de_cifra import frase_de_cifra
from core.texto.limpieza import limpiar
from core.texto.normal import normalizar
from gestion_precios.models import TasaIva
from gestion_precios.moneda import decimales, redondear
from gestion_precios.planillas.celdas import (
    Celda,
    Ilegible,
    leer_codigo,
    leer_precio,
    leer_texto,
    vacia,
    visto,
)
from sales.importacion.plan import Fila
from sales.models import DiaDeVisita

SI: Final = frozenset({"si", "s", "x", "1", "true", "verdadero", "activo", "activa", "yes", "y"})
NO: Final = frozenset({"no", "n", "0", "false", "falso", "inactivo", "inactiva", "baja"})
UNIDADES_MAXIMAS: Final = 100_000
_TASA: Final = re.compile(r"(?<![0-9])(10|5|0)(?:[.,]0+)?(?![0-9])")
_DECIMAL: Final = re.compile(r"0[.,](10?|05)0*")
_EXENTA: Final = re.compile(r"exent|exempt|sin iva|no grav|zero")
_AL_REVES: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T].*)?")
_DERECHA: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[ T].*)?")
_INGLESES: Final = {
    "monday": 1,
    "tuesday": 2,
    "wednesday": 3,
    "thursday": 4,
    "friday": 5,
    "saturday": 6,
    "sunday": 7,
}


def texto(celda: Celda) -> str | None:
    """A line of text: what is not seen taken out, spaces single."""
    dicho = leer_texto(celda)
    return limpiar(dicho) or None


def codigo(celda: Celda) -> int | None:
    """An article's code, a whole number."""
    return None if vacia(celda) else leer_codigo(celda)


def importe(celda: Celda, moneda: str) -> Decimal | None:
    """An amount in this currency."""
    if vacia(celda):
        return None
    monto = leer_precio(celda, moneda)
    if monto != redondear(monto, moneda):
        ilegible = CifraIlegible("decimales")
        raise ValueError(frase_de_cifra(visto(celda), ilegible, decimales(moneda)))
    return monto


def unidades(celda: Celda) -> int | None:
    """How many: a whole number of one at least."""
    escrito = texto(celda)
    if escrito is None:
        return None
    try:
        return leer_cantidad(escrito, minima=1, maxima=UNIDADES_MAXIMAS)
    except CifraIlegible as error:
        if error.motivo == "rango":
            raise ValueError(_("Es un número de 1 a 100.000.")) from error
        raise ValueError(frase_de_cifra(escrito, error, 0)) from error


def si_o_no(celda: Celda) -> bool | None:
    """A yes or a no, as people and programs write them."""
    dicho = celda.visto if isinstance(celda, Ilegible) else leer_texto(celda)
    palabra = normalizar(dicho)
    if not palabra:
        return None
    if palabra in SI or palabra in NO:
        return palabra in SI
    raise ValueError(_("Escribir «sí» o «no»."))


def tasa_iva(celda: Celda) -> int | None:
    """The rate of IVA in `10`, `10 %`, `0,1`, `IVA 5%` or `exenta`."""
    dicho = normalizar(leer_texto(celda))
    if not dicho:
        return None
    if _EXENTA.search(dicho):
        return TasaIva.EXENTA.value
    if decimal := _DECIMAL.fullmatch(dicho):
        return 5 if decimal[1] == "05" else 10
    tasas = {int(tasa) for tasa in _TASA.findall(dicho)}
    if len(tasas) == 1:
        return tasas.pop()
    raise ValueError(_("El IVA es 10, 5 o 0 (exenta)."))


def dia_de_visita(celda: Celda) -> int | None:
    """A day of the week: its name, the beginning of it, or its number from Monday's 1."""
    dicho = normalizar(leer_texto(celda)).rstrip(".")
    if not dicho:
        return None
    if dicho.isascii() and dicho.isdigit() and 1 <= int(dicho[:2]) <= len(DiaDeVisita):
        return int(dicho)
    if dicho in _INGLESES:
        return _INGLESES[dicho]
    suyos = [
        dia.value
        for dia in DiaDeVisita
        if len(dicho) >= 2 and normalizar(str(dia.label)).startswith(dicho)
    ]
    if len(suyos) == 1:
        return suyos[0]
    raise ValueError(_("Escribir el día: lunes, martes…"))


def fecha(celda: Celda) -> date | None:
    """A date: `31/12/2026`, `2026-12-31` or a spreadsheet's own."""
    dicho = celda.visto if isinstance(celda, Ilegible) else leer_texto(celda).strip()
    if not dicho:
        return None
    partes = _AL_REVES.fullmatch(dicho)
    numeros = partes.groups() if partes else ()
    if not partes and (derecha := _DERECHA.fullmatch(dicho)):
        numeros = derecha.groups()[::-1]
    try:
        anio, mes, dia = map(int, numeros)
        return date(anio, mes, dia)
    except ValueError as error:
        raise ValueError(_("Escribir la fecha como 31/12/2026.")) from error


def activo_de(fila: Fila) -> bool | None:
    """Whether the row says that it is in use; files say the one or the other."""
    if fila.dice("inactivo"):
        cerrado = fila.leer("inactivo", si_o_no)
        return None if cerrado is None else not cerrado
    return fila.leer("activo", si_o_no) if fila.dice("activo") else None
