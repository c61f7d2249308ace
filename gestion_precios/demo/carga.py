"""Replacing the whole catalogue by the demo, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from gestion_precios.demo.distribuidora import CatalogoDemo, cargar_distribuidora
from gestion_precios.demo.principal import cargar_principal
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
    VersionPrecios,
)
from gestion_precios.signals import catalogo_poblado, catalogo_por_reemplazar

Modelo = type[models.Model]
# Those that point at others first.
CATALOGO: tuple[Modelo, ...] = (
    VersionPrecios,
    ReglaPrecio.historia.model,
    CombinacionProducto.historia.model.articulos.model,
    CombinacionProducto.historia.model,
    PrecioArticulo.historia.model,
    ListaPrecio.historia.model,
    ReglaPrecio,
    CombinacionProducto.articulos.through,
    CombinacionProducto,
    PrecioArticulo,
    ListaPrecio,
    Articulo,
    GrupoArticulo,
    LineaArticulo,
    Sucursal,
    Empresa,
)
# Those whose rows the demo numbers itself.
CON_CLAVE_PROPIA: tuple[Modelo, ...] = (
    Empresa,
    Sucursal,
    LineaArticulo,
    GrupoArticulo,
    Articulo,
    ListaPrecio,
    PrecioArticulo,
    CombinacionProducto,
    ReglaPrecio,
)


def cargar_demo(*, escala: int, semilla: int, forzar: bool) -> CatalogoDemo:
    """Wipe the catalogue and load the demo; raise CatalogoEnUso when a receiver refuses.

    The same scale and seed give the same rows and keys all year long: dates hang on the year.
    """
    with transaction.atomic():
        _sin_limite_de_tiempo()
        catalogo_por_reemplazar.send(None, forzar=forzar)
        vaciar(CATALOGO)
        cargar_principal()
        demo = cargar_distribuidora(escala, semilla)
        respuestas: list[tuple[Any, Any]] = catalogo_poblado.send(None, demo=demo)
        _ajustar_secuencias(
            [*CON_CLAVE_PROPIA, *(m for _, suyos in respuestas for m in suyos or ())]
        )
    return demo


def vaciar(modelos: Iterable[Modelo]) -> None:
    """Delete every row at once: no signal, no history of a demo's end."""
    with connection.cursor() as cursor:
        for modelo in modelos:
            tabla = connection.ops.quote_name(modelo._meta.db_table)
            cursor.execute(f"DELETE FROM {tabla}")  # noqa: S608 - our own table names


def _ajustar_secuencias(modelos: list[Modelo]) -> None:
    """PostgreSQL: the next row of each table is numbered after its last one."""
    sentencias: list[Any] = connection.ops.sequence_reset_sql(no_style(), modelos)
    if sentencias:
        # Sequences do not roll back: check first what could still fail at the commit.
        connection.check_constraints()
    with connection.cursor() as cursor:
        for sentencia in sentencias:
            cursor.execute(sentencia)


def _sin_limite_de_tiempo() -> None:
    """A big demo takes longer than a page may."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
