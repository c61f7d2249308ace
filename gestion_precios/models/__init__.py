"""Companies, the group's articles, and the price lists with their rules."""

from gestion_precios.constantes import (
    MONTO_MAXIMO,
    PRECIO_MINIMO,
    CanalVenta,
    Moneda,
    Pais,
    TasaIva,
)
from gestion_precios.models.articulos import Articulo, GrupoArticulo, LineaArticulo
from gestion_precios.models.empresas import Empresa, Sucursal
from gestion_precios.models.importaciones import Importacion
from gestion_precios.models.listas import ListaPrecio, PrecioArticulo
from gestion_precios.models.reglas import CombinacionProducto, ReglaPrecio
from gestion_precios.models.versiones import VersionPrecios

__all__ = [
    "MONTO_MAXIMO",
    "PRECIO_MINIMO",
    "Articulo",
    "CanalVenta",
    "CombinacionProducto",
    "Empresa",
    "GrupoArticulo",
    "Importacion",
    "LineaArticulo",
    "ListaPrecio",
    "Moneda",
    "Pais",
    "PrecioArticulo",
    "ReglaPrecio",
    "Sucursal",
    "TasaIva",
    "VersionPrecios",
]
