"""A large, believable catalogue in a scratch database, and a Redis to publish it in."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from core.benchmarks.lz_textos import catalogo
from core.procesos.redis_embebido import arrancar
from gestion_precios.models import (
    Articulo,
    CanalVenta,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    Sucursal,
)
from sales.models import Canal, Cliente

DESDE = date(2020, 1, 1)
CANALES = (CanalVenta.TIENDA, CanalVenta.MAYORISTA, CanalVenta.PREVENTA, CanalVenta.ECOMMERCE)


@contextmanager
def redis_propio() -> Iterator[Path]:
    """A server of its own, and settings that point at it; yields what would be its DATA_DIR."""
    anterior = settings.DATOS_REDIS_URL
    with (
        tempfile.TemporaryDirectory(prefix="cp-bench-") as carpeta,
        arrancar(Path(carpeta)) as zocalo,
    ):
        settings.DATOS_REDIS_URL = f"unix://{zocalo}?db=1"
        try:
            yield Path(carpeta)
        finally:
            settings.DATOS_REDIS_URL = anterior


def montar_catalogo(clientes: int, articulos: int) -> Sucursal:
    """A branch with its clients and articles, and a price list for each of four channels."""
    datos = json.loads(catalogo(clientes, articulos, len(CANALES)))
    sucursal = Sucursal.objects.create(
        empresa=Empresa.objects.create(nombre="Distribuidora de prueba"), nombre="Asunción"
    )
    Canal.objects.bulk_create(
        Canal(id=n, nombre=f"Canal {n}", canal_venta=canal) for n, canal in enumerate(CANALES, 1)
    )
    Cliente.objects.bulk_create(
        (_cliente(int(i), campos) for i, campos in datos["clientes"].items()), batch_size=1000
    )
    _articulos(datos["articulos"])
    for numero, canal in enumerate(CANALES, 1):
        lista = ListaPrecio.objects.create(
            empresa=sucursal.empresa,
            nombre=canal,
            canal_venta=canal,
            fecha_inicio_vigencia=DESDE,
        )
        PrecioArticulo.objects.bulk_create(
            (
                PrecioArticulo(lista_precio=lista, articulo_id=int(i), precio_base=max(50, precio))
                for i, precio in datos["precios"][str(numero)].items()
            ),
            batch_size=1000,
        )
    return sucursal


def _cliente(numero: int, campos: dict[str, Any]) -> Cliente:
    canal = campos.pop("canal")
    return Cliente(id=numero, canalobj_id=canal, **campos)


def _articulos(articulos: dict[str, dict[str, Any]]) -> None:
    LineaArticulo.objects.bulk_create(LineaArticulo(id=n, nombre=f"L{n}") for n in range(1, 30))
    GrupoArticulo.objects.bulk_create(GrupoArticulo(id=n, nombre=f"G{n}") for n in range(1, 120))
    for i, campos in articulos.items():
        # Random barcodes may meet; these do not.
        campos |= {"codigo_barras": f"784{int(i):010d}"}
        campos |= {"linea_id": campos.pop("linea"), "grupo_id": campos.pop("grupo")}
    Articulo.objects.bulk_create(
        (Articulo(id=int(i), **campos) for i, campos in articulos.items()), batch_size=1000
    )
