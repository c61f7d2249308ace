"""What a branch sells, read from the database in the seed's shape: `gart`.

Plain columns (`values_list`), a fixed number of queries per branch, and nothing that a taker must
not see: no costs, no closed clients, no article the branch has no price for.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from gestion_precios.models import Articulo, Sucursal
from gestion_precios.vigencia import hoy_en
from sales.models import Canal, Cliente
from sales.precios import tabla_de_precios
from sales.secciones import SECCIONES, armar, version_de

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
UN_DIA = timedelta(days=1)
Filas = dict[int, dict[str, Any]]
Numero = int | float


def construir_gart(sucursal: Sucursal) -> dict[str, Any]:
    """The seed's structure for one branch and today: sections, `version` and `generado`."""
    contenido = Lector().secciones(sucursal, hoy_en(sucursal.empresa))
    version = version_de(armar(nombre, contenido[nombre]) for nombre in SECCIONES)
    return contenido | {"version": version, "generado": timezone.now().isoformat()}


def fin_del_dia(fecha: date, zona_horaria: str) -> float:
    """When a date ends somewhere, as an epoch: from then on prices may differ."""
    siguiente = datetime.combine(fecha + UN_DIA, time.min, tzinfo=ZoneInfo(zona_horaria))
    return siguiente.timestamp()


class Lector:
    """One reading of the catalogue: what branches share is read once."""

    def secciones(self, sucursal: Sucursal, fecha: date) -> dict[str, Any]:
        """The branch's sections by name."""
        precios = self._precios(sucursal, fecha)
        con_precio = set().union(*precios.values())
        return {
            "clientes": self._clientes,
            "articulos": {i: a for i, a in self._articulos.items() if i in con_precio},
            "precios": precios,
            "canales": self._canales,
            "reglas": {},
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

    def _precios(self, sucursal: Sucursal, fecha: date) -> dict[int, dict[int, Numero]]:
        return {
            canal: self._columna(
                tabla_de_precios(
                    empresa_id=sucursal.empresa_id,
                    sucursal_id=sucursal.pk,
                    canal_venta=datos["canal_venta"],
                    canal_id=canal,
                    fecha=fecha,
                )
            )
            for canal, datos in self._canales.items()
        }

    def _columna(self, tabla: dict[int, float]) -> dict[int, Numero]:
        # In the articles' order: the same prices are always the same text.
        return {i: _numero(tabla[i]) for i in self._articulos if i in tabla}


def _numero(precio: float) -> Numero:
    """A price as JavaScript would write it: whole when it is (most are)."""
    return int(precio) if precio.is_integer() else precio
