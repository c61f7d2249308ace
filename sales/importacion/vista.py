"""What the preview of an import shows: counts, rows of each class, columns with examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from gestion_precios.planillas.celdas import visto
from gestion_precios.planillas.tablas import Tabla, celda_de
from sales.importacion.campos import campos_de
from sales.importacion.plan import CAMBIA, ERROR, NUEVA, FilaPlan, Plan
from sales.models import Canal, DiaDeVisita

# Rows that are drawn of each class, and the fields of a new one; the counts tell the rest.
DIBUJADAS: Final = 100
CAMPOS_DE_UNA_NUEVA: Final = 4
EJEMPLOS: Final = 3
NUEVAS_NOMBRADAS: Final = 20
ALIAS: Final = {"canalobj_id": "canal", "articuloobj_id": "codigo"}


def resumir(tipo: str, tabla: Tabla, plan: Plan, faltan: list[str]) -> dict[str, Any]:
    """The preview as JSON; `faltan`: what the columns lack, and then no row was looked at."""
    canales = dict(Canal.objects.values_list("pk", "nombre"))
    rotulos = {nombre: str(campo.rotulo) for nombre, campo in campos_de(tipo).items()}
    return {
        "hoja": tabla.hoja,
        "afuera": tabla.afuera,
        "columnas": list(_columnas(tabla)),
        "total": len(tabla.filas),
        "faltan": faltan,
        "cuentas": plan.cuentas(),
        "lineas": _nombres(plan.lineas),
        "grupos": _nombres(plan.grupos),
        "filas": {
            clase: [
                _fila(fila, rotulos, canales) for fila in islice(plan.de_clase(clase), DIBUJADAS)
            ]
            for clase in (ERROR, CAMBIA, NUEVA)
        },
    }


def _nombres(nuevas: list[models.Model]) -> list[str]:
    return [str(una) for una in nuevas[:NUEVAS_NOMBRADAS]]


def _columnas(tabla: Tabla) -> Iterator[dict[str, Any]]:
    """Each column with its title and what its first cells say."""
    for posicion, titulo in enumerate(tabla.titulos):
        dichas = (celdas[posicion] for _n, celdas, _s in tabla.filas if posicion < len(celdas))
        con_algo = islice((visto(celda_de(celda)) for celda in dichas if celda), EJEMPLOS)
        yield {"titulo": titulo, "ejemplos": list(con_algo)}


def _fila(fila: FilaPlan, rotulos: dict[str, str], canales: dict[int, str]) -> dict[str, Any]:
    cambios = fila.cambios
    if fila.clase == NUEVA:
        dichos = [c for c in cambios if c.despues is not True and c.despues not in (None, "")]
        cambios = dichos[:CAMPOS_DE_UNA_NUEVA]
    return {
        "numero": fila.numero,
        "nombre": fila.nombre,
        "fallas": [
            [rotulos.get(falla.campo, ""), falla.visto, falla.frase] for falla in fila.fallas
        ],
        "cambios": [
            [
                rotulos.get(ALIAS.get(cambio.campo, cambio.campo), cambio.campo),
                _dicho(cambio.campo, cambio.antes, canales),
                _dicho(cambio.campo, cambio.despues, canales),
            ]
            for cambio in cambios
            if cambio.campo not in {"pais", "articuloobj_id"}
        ],
    }


def _dicho(campo: str, valor: Any, canales: dict[int, str]) -> str:
    """A value as people read it."""
    if valor is None or valor == "":
        return "—"
    if isinstance(valor, bool):
        return _("sí") if valor else _("no")
    if campo == "canalobj_id":
        return canales.get(valor, str(valor))
    if campo == "dia_visita":
        return str(DiaDeVisita(valor).label)
    if isinstance(valor, Decimal):
        return f"{valor.normalize():,f}".translate(str.maketrans(",.", ".,"))
    return f"{valor:%d/%m/%Y}" if isinstance(valor, date) else str(valor)
