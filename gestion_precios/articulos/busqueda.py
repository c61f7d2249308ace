"""Searching articles as somebody types: by code, SKU or barcode, in that order, then by name.

The same rules as static/js/catalogo/indice.js, which answers without a connection.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from core.datos.buscador import LIMITE, Buscador, Fila, Hallazgo, limpiar
from core.texto.normal import clave, es_numero
from gestion_precios.articulos.ean import LARGOS
from gestion_precios.models import Articulo, PrecioArticulo, VersionPrecios
from gestion_precios.models.versiones import ARTICULOS

CAMPOS_ARTICULO = ("id", "codigo", "sku", "prod_marca", "descripcion", "tasa_iva", "codigo_barras")


def buscar_articulos(
    consulta: str, *, entre: Q | None = None, primero: Q | None = None
) -> Hallazgo:
    """Active articles by name, brand, code, SKU or barcode, of those that `entre` holds for.

    Those that `primero` holds for come before the others that are found the same way.
    """
    texto = limpiar(consulta)
    articulos = Articulo.objects.filter(entre or Q())
    # A bare `activo` here: each code has an index of its own, better than that one.
    con_clave = articulos.con_clave(clave(texto)).filter(activo=True)
    en_orden = con_clave.order_by("busqueda", "id").values(*CAMPOS_ARTICULO)
    exactas: list[Fila] = list(en_orden[:LIMITE])
    exactas.sort(key=lambda fila: _por_que(fila, clave(texto)))
    es_de_barras = es_numero(texto) and len(texto) in LARGOS
    if exactas and es_de_barras:
        return Hallazgo(exactas, hay_mas=False)
    buscador = Buscador(
        Articulo.objects.all(),
        CAMPOS_ARTICULO,
        entre=entre,
        primero=primero,
        version=version_de_articulos,
    )
    hallazgo = buscador.hallar([texto], exactas)
    # Part of another's barcode, or like it: nobody's own.
    return Hallazgo(hallazgo.filas, hay_mas=False, cercanas=True) if es_de_barras else hallazgo


def version_de_articulos() -> int | None:
    """The version of what the articles say; None before the first one."""
    versiones = VersionPrecios.objects.filter(clave=ARTICULOS)
    return versiones.values_list("version", flat=True).first()


def en_listas(listas: Iterable[int]) -> Q:
    """Articles that have a price in one of these lists."""
    precios = PrecioArticulo.objects.filter(lista_precio_id__in=listas, articulo_id=OuterRef("pk"))
    return Q(Exists(precios))


def el_articulo(consulta: str) -> int | None:
    """The id of the active article that a text names: its code, or what only it is called."""
    hallazgo, buscada = buscar_articulos(consulta), clave(limpiar(consulta))
    exactas = [fila for fila in hallazgo.filas if buscada in _claves(fila)]
    candidatas = exactas or ([] if hallazgo.cercanas else hallazgo.filas)
    return candidatas[0]["id"] if len(candidatas) == 1 else None


def _claves(fila: Fila) -> list[str]:
    return [clave(str(fila[campo] or "")) for campo in ("codigo", "sku", "codigo_barras")]


def _por_que(fila: Fila, buscada: str) -> int:
    """0 by its code, 1 by its SKU, 2 by its barcode."""
    return _claves(fila).index(buscada)
