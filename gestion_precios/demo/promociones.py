"""The distributor's rules: by the dozen, by the order, for what goes together, and a clearance."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    ReglaPrecio,
)

Tipo, Condicion = ReglaPrecio.Tipo, ReglaPrecio.Condicion
# The engine's demo took the first ones.
PRIMERA_REGLA, PRIMER_COMBO = 6, 2
PREVENTA, TIENDA, MAYORISTA = "Preventa", "Tienda", "Mayorista"
Clase = TypeVar("Clase", GrupoArticulo, LineaArticulo)


class Promocion(NamedTuple):
    """A rule to be made in every list whose name begins so."""

    lista: str
    nombre: str
    valor: int
    desde: int = 0
    tipo: str = Tipo.PORCENTAJE
    condicion: str = Condicion.CANTIDAD_MINIMA
    grupo: str = ""
    linea: str = ""
    combo: tuple[str, ...] = ()  # the groups whose first article it takes
    prioridad: int = 10
    bajo_costo: bool = False


PROMOCIONES = (
    Promocion(PREVENTA, "Yerbas: 5 % desde 12 unidades", 5, 12, grupo="Yerbas"),
    Promocion(PREVENTA, "Bebidas: 4 % desde 24 unidades", 4, 24, linea="Bebidas", prioridad=20),
    Promocion(
        PREVENTA,
        "Combo mate dulce: Gs. 200 menos por unidad",
        200,
        tipo=Tipo.MONTO_FIJO,
        combo=("Yerbas", "Azúcar y dulces"),
        prioridad=5,
    ),
    Promocion(MAYORISTA, "Almacén: 2 % desde 60 unidades", 2, 60, linea="Almacén"),
    Promocion(
        MAYORISTA,
        "3 % en pedidos desde Gs. 2.000.000",
        3,
        2_000_000,
        condicion=Condicion.MONTO_MINIMO,
        prioridad=100,
    ),
    Promocion(
        TIENDA,
        "Liquidación de panificados congelados: 35 % desde 6 unidades",
        35,
        6,
        grupo="Panificados",
        bajo_costo=True,
    ),
)


def cargar_promociones(listas: Iterable[ListaPrecio]) -> None:
    """Write the rules of these lists, and their combinations, with fixed keys."""
    regla_pk, combo_pk = PRIMERA_REGLA, PRIMER_COMBO
    for lista in listas:
        for promocion in PROMOCIONES:
            if not lista.nombre.startswith(promocion.lista):
                continue
            combo = None
            if promocion.combo:
                combo = _combo(combo_pk, lista, promocion)
                combo_pk += 1
            ReglaPrecio.objects.create(
                pk=regla_pk,
                lista_precio=lista,
                nombre_regla=promocion.nombre,
                tipo_regla=promocion.tipo,
                valor_regla=Decimal(promocion.valor),
                condicion=promocion.condicion,
                condicion_valor=Decimal(promocion.desde),
                aplica_grupo=_de_nombre(GrupoArticulo, promocion.grupo),
                aplica_linea=_de_nombre(LineaArticulo, promocion.linea),
                aplica_combinacion=combo,
                prioridad=promocion.prioridad,
                permite_venta_bajo_costo=promocion.bajo_costo,
            )
            regla_pk += 1


def _combo(pk: int, lista: ListaPrecio, promocion: Promocion) -> CombinacionProducto:
    nombre = promocion.nombre.partition(":")[0]
    combo = CombinacionProducto.objects.create(pk=pk, lista_precio=lista, nombre=nombre)
    for grupo in promocion.combo:
        en_lista = Articulo.objects.filter(precios_de_lista__lista_precio=lista)
        combo.articulos.add(*en_lista.filter(grupo__nombre=grupo).order_by("pk")[:1])
    return combo


def _de_nombre(modelo: type[Clase], nombre: str) -> Clase | None:
    return modelo._default_manager.get(nombre=nombre) if nombre else None
