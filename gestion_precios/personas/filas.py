"""Whose rows these are in the admin: a company's, or the whole group's."""

from __future__ import annotations

from core.administracion.filas import registrar_filas, todas
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
)
from gestion_precios.personas.alcance import EMPRESA_DE, al_alcance, por_empresa


def conectar() -> None:
    """Register every table of this app."""
    registrar_filas(al_alcance, *EMPRESA_DE)
    registrar_filas(por_empresa("empresa"), ListaPrecio.historia.model)
    registrar_filas(
        por_empresa("lista_precio__empresa"),
        PrecioArticulo.historia.model,
        ReglaPrecio.historia.model,
        CombinacionProducto.historia.model,
    )
    # One catalogue for the group: companies sell the same articles.
    registrar_filas(todas, Articulo, LineaArticulo, GrupoArticulo)
