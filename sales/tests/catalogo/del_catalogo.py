"""Prices out of the catalogue's sections alone, as the browser's engine has them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gestion_precios.motor.reglas import MICROS, Regla, Reglamento, Renglon, cotizar


def precios_del_catalogo(gart: Any, canal: str, unidades: Mapping[int, int]) -> dict[int, int]:
    """The prices, in whole guaraníes, of an order with so many of each article that has one."""
    bases = {a: int(gart["precios"][canal][str(a)]) for a in unidades}
    datos = gart["reglas"]["canales"][canal]
    if datos["lista"] is None:
        return bases
    aparte = sum(
        bases[articulo] * unidades[articulo] for articulo in datos["fuera"] if articulo in bases
    )
    lista = gart["reglas"]["listas"][str(datos["lista"])]
    reglamento = _reglamento(gart, canal, lista, datos["fuera"])
    precios = cotizar(reglamento, unidades.items(), aparte=aparte * MICROS)
    return bases | {articulo: precio.final // MICROS for articulo, precio in precios.items()}


def _reglamento(gart: Any, canal: str, lista: Any, fuera: list[int]) -> Reglamento:
    """A rulebook made of the sections, as static/js/motor/precios_de_canal.js makes its own."""
    renglones = {
        int(articulo): Renglon(
            int(articulo),
            _micros(base),
            _micros(lista["pisos"].get(articulo) or 0),
            gart["articulos"][articulo]["grupo"],
            gart["articulos"][articulo]["linea"],
        )
        for articulo, base in gart["precios"][canal].items()
        if int(articulo) not in fuera
    }
    return Reglamento("", lista["decimales"], renglones, _reglas(lista["reglas"]))


def _reglas(leidas: list[Any]) -> list[Regla]:
    return [
        Regla(
            id=regla["id"],
            nombre=regla["nombre"],
            prioridad=lugar,
            es_porcentaje=regla["porcentaje"],
            valor=int(regla["valor"]),
            por_monto=regla["por_monto"],
            umbral=int(regla["umbral"]),
            articulo_id=regla["articulo"],
            grupo_id=regla["grupo"],
            linea_id=regla["linea"],
            combo=None if regla["combo"] is None else frozenset(regla["combo"]),
            bajo_costo=regla["bajo_costo"],
        )
        for lugar, regla in enumerate(leidas)
    ]


def _micros(numero: float) -> int:
    return int(Decimal(str(numero)) * MICROS)
