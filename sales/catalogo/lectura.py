"""What a branch sells, read from the database in the seed's shape: `gart`.

Plain columns (`values_list`), a fixed number of queries per branch, and nothing that a taker must
not see: no costs, no closed clients, no article the branch has no price for.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

from gestion_precios.models import Articulo, ListaPrecio, Sucursal
from gestion_precios.motor.vigencia import UN_DIA, hoy_en
from sales.catalogo.reglas import ListaEnviada, Numero, reglas_de_lista
from sales.catalogo.secciones import Seccion, armar, version_de
from sales.models import Canal, Cliente
from sales.precios.sistema import columna_de_lista, columna_del_canal, listas_por_canal

CAMPOS_CLIENTE = ("ruc", "nombrefactura", "nombrefantasia", "canal")
CAMPOS_ARTICULO = (
    "codigo",
    "sku",
    "prod_marca",
    "descripcion",
    "tasa_iva",
    "codigo_barras",
    "linea",
    "grupo",
)
CAMPOS_CANAL = ("nombre", "canal_venta")
Filas = dict[int, dict[str, Any]]


class Clave(NamedTuple):
    """What a column of prices depends on."""

    canal_id: int
    lista_id: int | None
    fecha: date


class Columna(NamedTuple):
    """A canal's prices by article, and which of them are not from its list."""

    precios: dict[int, Numero]
    fuera: list[int]


def construir_gart(sucursal: Sucursal) -> dict[str, Any]:
    """The seed's structure for one branch and today: sections, `version` and `generado`."""
    lector, hoy = Lector(), hoy_en(sucursal.empresa)
    version = version_de(lector.armar(sucursal, hoy))
    generado = timezone.now().isoformat()
    return lector.secciones(sucursal, hoy) | {"version": version, "generado": generado}


def fin_del_dia(fecha: date, zona_horaria: str) -> float:
    """When a date ends somewhere, as an epoch: from then on prices may differ."""
    siguiente = datetime.combine(fecha + UN_DIA, time.min, tzinfo=ZoneInfo(zona_horaria))
    return siguiente.timestamp()


class Lector:
    """One reading of the catalogue: what branches share is read, and written, once."""

    def __init__(self) -> None:
        self._columnas: dict[Clave, Columna] = {}
        self._listas: dict[int, ListaPrecio] = {}
        self._reglas: dict[int, ListaEnviada] = {}
        self._armadas: tuple[list[Clave] | None, list[Seccion]] = (None, [])

    def armar(self, sucursal: Sucursal, fecha: date) -> list[Seccion]:
        """The branch's sections as texts; a branch with the last one's lists has the same."""
        claves = self._claves(sucursal, fecha)
        if claves != self._armadas[0]:
            self._armadas = (claves, [armar(*par) for par in self._secciones(claves).items()])
        return self._armadas[1]

    def secciones(self, sucursal: Sucursal, fecha: date) -> dict[str, Any]:
        """The branch's sections by name."""
        return self._secciones(self._claves(sucursal, fecha))

    def _secciones(self, claves: list[Clave]) -> dict[str, Any]:
        columnas = self._leer_columnas(claves)
        precios = {canal: columna.precios for canal, columna in columnas.items()}
        con_precio = set().union(*precios.values())
        return {
            "clientes": self._clientes,
            "articulos": {i: a for i, a in self._articulos.items() if i in con_precio},
            "precios": precios,
            "canales": self._canales,
            "reglas": {
                "canales": {
                    clave.canal_id: {
                        "lista": clave.lista_id,
                        "fuera": columnas[clave.canal_id].fuera,
                    }
                    for clave in claves
                },
                "listas": self._leer_reglas(claves),
            },
        }

    @cached_property
    def _clientes(self) -> Filas:
        filas = Cliente.objects.filter(activo=True).order_by("id")
        columnas = ("id", "ruc", "nombrefactura", "nombrefantasia", "canalobj_id")
        return {
            i: dict(zip(CAMPOS_CLIENTE, fila, strict=True))
            for i, *fila in filas.values_list(*columnas)
        }

    @cached_property
    def _articulos(self) -> Filas:
        filas = Articulo.objects.filter(activo=True).order_by("id")
        return {
            i: dict(zip(CAMPOS_ARTICULO, fila, strict=True))
            for i, *fila in filas.values_list("id", *CAMPOS_ARTICULO)
        }

    @cached_property
    def _canales(self) -> Filas:
        filas = Canal.objects.order_by("id").values_list("id", *CAMPOS_CANAL)
        return {i: dict(zip(CAMPOS_CANAL, fila, strict=True)) for i, *fila in filas}

    def _claves(self, sucursal: Sucursal, fecha: date) -> list[Clave]:
        """What decides the branch's prices: a list, or none, for each canal on the date."""
        listas = listas_por_canal(
            empresa_id=sucursal.empresa_id, sucursal_id=sucursal.pk, fecha=fecha
        )
        self._listas = {lista.pk: lista for lista in listas.values()}
        de_canal = {canal_venta: lista.pk for canal_venta, lista in listas.items()}
        return [
            Clave(canal, de_canal.get(datos["canal_venta"]), fecha)
            for canal, datos in self._canales.items()
        ]

    # Only this branch's columns and rules stay, for the next one: all would fill the memory.

    def _leer_columnas(self, claves: list[Clave]) -> dict[int, Columna]:
        anteriores = self._columnas
        self._columnas = {c: anteriores.get(c) or self._columna(c) for c in claves}
        return {clave.canal_id: columna for clave, columna in self._columnas.items()}

    def _leer_reglas(self, claves: list[Clave]) -> dict[int, ListaEnviada]:
        anteriores = self._reglas
        usadas = sorted({clave.lista_id for clave in claves if clave.lista_id is not None})
        self._reglas = {
            lista: anteriores.get(lista) or reglas_de_lista(self._listas[lista], self._articulos)
            for lista in usadas
        }
        return self._reglas

    def _columna(self, clave: Clave) -> Columna:
        de_canal = columna_del_canal(clave.canal_id, clave.fecha)
        if clave.lista_id is None:
            return Columna(self._en_orden(de_canal), [])
        de_lista = columna_de_lista(clave.lista_id)
        precios = self._en_orden(de_canal | de_lista)
        return Columna(precios, [articulo for articulo in precios if articulo not in de_lista])

    def _en_orden(self, precios: dict[int, float]) -> dict[int, Numero]:
        # In the articles' order: the same prices are always the same text.
        return {i: _numero(precios[i]) for i in self._articulos if i in precios}


def _numero(precio: float) -> Numero:
    """A price as JavaScript would write it: whole when it is (most are)."""
    return int(precio) if precio.is_integer() else precio
