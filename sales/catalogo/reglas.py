"""The catalogue's section `reglas`: what the browser's engine needs beside the base prices.

Of costs it tells what the list's prices tell, and no more (`gestion_precios.motor.pisos`, ADR 12):
everybody at the desk reads it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from hashlib import sha256
from math import prod
from typing import TypedDict

import orjson
from django.db.models import FloatField, Q
from django.db.models.functions import Cast

from core.datos.conjuntos import ids_en
from gestion_precios.models import ListaPrecio, PrecioArticulo
from gestion_precios.moneda import decimales
from gestion_precios.motor.pisos import pisos_de
from gestion_precios.motor.reglamentos import reglas_de
from gestion_precios.motor.reglas import CIEN_POR_CIENTO, MICROS, Regla, Reglamento, Renglon

Numero = int | float
LARGO_VERSION = 16
_FICHA = (
    "articulo_id",
    Cast("precio_base", FloatField()),
    Cast("articulo__ultimo_costo", FloatField()),
    "articulo__grupo_id",
    "articulo__linea_id",
)


class ReglaEnviada(TypedDict):
    """A rule as the browser gets it, in whole numbers: `valor` in basis points or micros, `umbral`
    in micros, as texts because they may pass JavaScript's integers. Its place is its turn to fire;
    static/js/motor/motor.js compiles it."""

    id: int
    nombre: str
    porcentaje: bool
    valor: str
    por_monto: bool
    umbral: str
    articulo: int | None
    grupo: int | None
    linea: int | None
    combo: list[int] | None
    bajo_costo: bool


class _Contenido(TypedDict):
    nombre: str
    decimales: int
    reglas: list[ReglaEnviada]
    pisos: dict[int, Numero | None]


class ListaEnviada(_Contenido):
    """A list's rules in force, in firing order, and its floors; `version` stands for all of it."""

    version: str


def reglas_de_lista(lista: ListaPrecio, activos: Container[int]) -> ListaEnviada:
    """A list's rules in force and floors, with the version of both. Two queries."""
    reglas = [regla for regla in reglas_de(lista.pk) if regla.activa]
    lugares = decimales(lista.empresa.moneda)
    pisos = _pisos(lista.pk, lugares, reglas)
    contenido: _Contenido = {
        "nombre": lista.nombre,
        "decimales": lugares,
        "reglas": [regla_enviada(regla) for regla in reglas],
        "pisos": {articulo: piso for articulo, piso in pisos.items() if articulo in activos},
    }
    texto = orjson.dumps(contenido, option=orjson.OPT_NON_STR_KEYS)
    return {**contenido, "version": sha256(texto).hexdigest()[:LARGO_VERSION]}


def regla_enviada(regla: Regla) -> ReglaEnviada:
    """The rule as it travels: nobody else writes one."""
    return {
        "id": regla.id,
        "nombre": regla.nombre,
        "porcentaje": regla.es_porcentaje,
        "valor": str(regla.valor),
        "por_monto": regla.por_monto,
        "umbral": str(regla.umbral),
        "articulo": regla.articulo_id,
        "grupo": regla.grupo_id,
        "linea": regla.linea_id,
        "combo": None if regla.combo is None else sorted(regla.combo),
        "bajo_costo": regla.bajo_costo,
    }


def _pisos(lista_id: int, lugares: int, reglas: Sequence[Regla]) -> dict[int, Numero | None]:
    """The floors that the browser needs for the prices; None: the server's alone."""
    filas = (
        PrecioArticulo.objects.filter(
            _podria_cruzar(reglas), lista_precio_id=lista_id, articulo__ultimo_costo__gt=0
        )
        .order_by("articulo_id")
        .values_list(*_FICHA)
    )
    renglones = [
        Renglon(articulo, _micros(base), _micros(costo), grupo, linea)
        for articulo, base, costo, grupo, linea in filas
    ]
    reglamento = Reglamento(
        "", lugares, {renglon.articulo_id: renglon for renglon in renglones}, reglas
    )
    pisos = pisos_de(reglamento)
    return {articulo: piso and _numero(piso) for articulo, piso in pisos.items()}


def _podria_cruzar(reglas: Sequence[Regla]) -> Q:
    """Prices that a discount names, or that those for everything may bring below cost.

    Floats only narrow down whom to ask the engine about; rounding takes less than 1 off.
    """
    descuentos = [regla for regla in reglas if regla.valor > 0]
    generales = [r for r in descuentos if r.combo is None and not r.con_blanco]
    queda = prod(max(0, 1 - r.valor / CIEN_POR_CIENTO) for r in generales if r.es_porcentaje)
    resta = sum(r.valor / MICROS for r in generales if not r.es_porcentaje) + 1
    articulos = {regla.articulo_id for regla in descuentos if regla.articulo_id is not None}
    combos = [regla.combo for regla in descuentos if regla.combo and not regla.con_blanco]
    return (
        Q(articulo__ultimo_costo__gt=Cast("precio_base", FloatField()) * queda - resta)
        | Q(articulo_id__in=ids_en(sorted(articulos.union(*combos))))
        | Q(articulo__grupo_id__in={r.grupo_id for r in descuentos if r.grupo_id is not None})
        | Q(articulo__linea_id__in={r.linea_id for r in descuentos if r.linea_id is not None})
    )


def _micros(monto: float) -> int:
    """Micros of a column of two decimals: fourteen digits, which a float has exactly."""
    return round(monto * 100) * (MICROS // 100)


def _numero(micros: int) -> Numero:
    return micros / MICROS if micros % MICROS else micros // MICROS
