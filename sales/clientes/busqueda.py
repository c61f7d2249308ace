"""Searching clients as somebody types, and, from the pricing engine's app, articles."""

from __future__ import annotations

from django.db.models import Q

from gestion_precios.articulos.busqueda import (
    CAMPOS_ARTICULO,
    LIMITE,
    Fila,
    Hallazgo,
    buscar,
    buscar_articulos,
    limpiar,
)
from sales.models import Cliente

CAMPOS_CLIENTE = (
    "id",
    "ruc",
    "nombrefactura",
    "nombrefantasia",
    "canalobj_id",
    "canalobj__nombre",
)


def buscar_clientes(consulta: str) -> Hallazgo:
    """Active clients by name, company name or RUC."""
    texto = limpiar(consulta)
    return buscar(Cliente.objects, texto, Q(ruc=texto.upper()), CAMPOS_CLIENTE)


__all__ = [
    "CAMPOS_ARTICULO",
    "CAMPOS_CLIENTE",
    "LIMITE",
    "Fila",
    "Hallazgo",
    "buscar_articulos",
    "buscar_clientes",
]
