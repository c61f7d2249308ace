"""Which field each column of a file is: as somebody said before, or as its title tells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from gestion_precios.planillas.lectura.columnas import nombre_llano
from gestion_precios.planillas.tablas import FilaCruda
from sales.importacion.campos import CAMPOS, Tipo, campos_de
from sales.models import MapeoRecordado

# Rows that are looked at to tell a number's column from a text's.
MIRADAS: Final = 200
# {position of the column: field}; positions as text, as JSON keeps them.
Mapeo = dict[str, str]


def huella_de_titulos(titulos: Sequence[str]) -> str:
    """By which a file with the same columns is known again."""
    llanos = "\n".join(nombre_llano(titulo) for titulo in titulos)
    return hashlib.sha256(llanos.encode()).hexdigest()


def proponer(tipo: str, titulos: Sequence[str], filas: Sequence[FilaCruda]) -> Mapeo:
    """What somebody chose for these titles before, or else what they say."""
    recordado = MapeoRecordado.objects.filter(tipo=tipo, huella=huella_de_titulos(titulos)).first()
    if recordado is not None:
        return limpio(tipo, recordado.mapeo, len(titulos))
    return _por_titulos(tipo, titulos, filas)


def recordar(tipo: str, titulos: Sequence[str], mapeo: Mapeo) -> None:
    """Keep what somebody chose for the next file with these titles."""
    MapeoRecordado.objects.update_or_create(
        tipo=tipo, huella=huella_de_titulos(titulos), defaults={"mapeo": mapeo}
    )


def limpio(tipo: str, dicho: Mapping[str, str], columnas: int) -> Mapeo:
    """A choice without columns or fields that there are not; each field once, its first column."""
    conocidos, puestos = campos_de(tipo), set[str]()
    mapeo: Mapeo = {}
    for posicion in range(columnas):
        nombre = dicho.get(str(posicion), "")
        if nombre in conocidos and nombre not in puestos:
            puestos.add(nombre)
            mapeo[str(posicion)] = nombre
    return mapeo


def _por_titulos(tipo: str, titulos: Sequence[str], filas: Sequence[FilaCruda]) -> Mapeo:
    llanos = [nombre_llano(titulo) for titulo in titulos]
    tomadas: dict[int, str] = {}
    for campo in CAMPOS[Tipo(tipo)]:
        posiciones = (llanos.index(titulo) for titulo in campo.titulos if titulo in llanos)
        libre = next((posicion for posicion in posiciones if posicion not in tomadas), None)
        if libre is not None:
            tomadas[libre] = campo.nombre
    if tipo != Tipo.CLIENTES:
        _a_sku_si_tiene_letras(tomadas, filas)
    return {str(posicion): tomadas[posicion] for posicion in sorted(tomadas)}


def _a_sku_si_tiene_letras(tomadas: dict[int, str], filas: Sequence[FilaCruda]) -> None:
    """Other programs' codes may have letters: then they are our SKU."""
    por_campo = {nombre: posicion for posicion, nombre in tomadas.items()}
    columna = por_campo.get("codigo")
    if columna is None or "sku" in por_campo:
        return
    vistas = (celdas[columna] for _n, celdas, _s in filas[:MIRADAS] if columna < len(celdas))
    if any(isinstance(celda, str) and celda and not celda.isdecimal() for celda in vistas):
        tomadas[columna] = "sku"
