"""The demo's Paraguayan distributor: two branches, its assortment, price lists in guaraníes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from gestion_precios.demo.articulos import ArticuloDemo, articulos_demo, redondear_a_50
from gestion_precios.demo.principal import SILLA, ULTIMO_PRECIO
from gestion_precios.demo.promociones import cargar_promociones
from gestion_precios.models import (
    Articulo,
    CanalVenta,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    Moneda,
    PrecioArticulo,
    Sucursal,
)
from gestion_precios.motor.vigencia import hoy_en

ARTICULOS, ARTICULOS_MAXIMO = 1_200, 50_000
PRIMER_CODIGO = 1_000
POR_TANDA = 5_000


class Fuente(Enum):
    """Where an article of the demo has its price."""

    LISTA = "lista"  # in the price lists (and, here and there, in Precios too)
    PRECIOS = "precios"  # in the client channels' Precios alone
    FUTURA = "futura"  # only a price that is not in force yet
    NINGUNA = "ninguna"


@dataclass(frozen=True, slots=True)
class Ofrecido:
    """An article of the distributor: reference price in guaraníes and where it is priced."""

    pk: int
    precio: int
    fuente: Fuente


@dataclass(frozen=True, slots=True)
class CatalogoDemo:
    """What was loaded, for the apps that add their rows to it."""

    empresa: Empresa
    asuncion: Sucursal
    este: Sucursal
    articulos: tuple[Ofrecido, ...]
    anio: int
    escala: int
    semilla: int


class PlanDeLista(NamedTuple):
    """A price list to be made: its prices in % of the reference, its share of the articles."""

    nombre: str
    sucursal: Sucursal | None
    canal: CanalVenta
    desde: date
    hasta: date | None = None
    activa: bool = True
    por_ciento: int = 100
    uno_de_cada: int = 1


def cargar_distribuidora(escala: int, semilla: int) -> CatalogoDemo:
    """Write the distributor: 1,200 articles per scale, 50,000 at most."""
    empresa = Empresa.objects.create(pk=2, nombre="Distribuidora Mburukuja S.A.", moneda=Moneda.PYG)
    asuncion = Sucursal.objects.create(pk=3, empresa=empresa, nombre="Asunción")
    este = Sucursal.objects.create(pk=4, empresa=empresa, nombre="Ciudad del Este")
    filas = articulos_demo(min(ARTICULOS * escala, ARTICULOS_MAXIMO), semilla)
    _articulos(filas)
    ofrecidos = tuple(
        Ofrecido(SILLA + i, fila.precio, _fuente(i)) for i, fila in enumerate(filas, 1)
    )
    anio = hoy_en(empresa).year
    catalogo = CatalogoDemo(empresa, asuncion, este, ofrecidos, anio, escala, semilla)
    _listas(catalogo)
    return catalogo


def ajustar(precio: int, por_ciento: int) -> Decimal:
    """A price in % of the reference price, as shops write guaraníes."""
    return Decimal(redondear_a_50(precio * por_ciento // 100))


def _fuente(numero: int) -> Fuente:
    if numero % 150 == 0:
        return Fuente.NINGUNA
    if numero % 150 == 75:
        return Fuente.FUTURA
    return Fuente.PRECIOS if numero % 12 == 5 else Fuente.LISTA


def _articulos(filas: list[ArticuloDemo]) -> None:
    lineas = _nombres(LineaArticulo, (fila.linea for fila in filas))
    grupos = _nombres(GrupoArticulo, (fila.grupo for fila in filas))
    Articulo.objects.bulk_create(
        (
            Articulo(
                pk=SILLA + i,
                codigo=PRIMER_CODIGO + i,
                sku=fila.sku,
                prod_marca=fila.marca,
                descripcion=fila.descripcion,
                linea_id=lineas[fila.linea],
                grupo_id=grupos[fila.grupo],
                ultimo_costo=Decimal(fila.costo),
                tasa_iva=fila.tasa_iva,
                codigo_barras=fila.codigo_barras,
            )
            for i, fila in enumerate(filas, 1)
        ),
        batch_size=POR_TANDA,
    )


def _nombres(modelo: type[LineaArticulo | GrupoArticulo], nombres: Iterable[str]) -> dict[str, int]:
    """Create one row per name, in alphabetical order; their ids. The engine's demo took 1 and 2."""
    ids = {nombre: pk for pk, nombre in enumerate(sorted(set(nombres)), 3)}
    for nombre, pk in ids.items():
        modelo._default_manager.create(pk=pk, nombre=nombre)
    return ids


def _listas(catalogo: CatalogoDemo) -> None:
    precio_pk = ULTIMO_PRECIO + 1
    con_promociones = []
    for pk, plan in enumerate(_planes(catalogo), 3):
        lista = ListaPrecio.objects.create(
            pk=pk,
            empresa=catalogo.empresa,
            sucursal=plan.sucursal,
            nombre=plan.nombre,
            canal_venta=plan.canal,
            fecha_inicio_vigencia=plan.desde,
            fecha_fin_vigencia=plan.hasta,
            activa=plan.activa,
        )
        en_lista = [
            ofrecido
            for ofrecido in catalogo.articulos
            if ofrecido.fuente is Fuente.LISTA and ofrecido.pk % plan.uno_de_cada == 0
        ]
        PrecioArticulo.objects.bulk_create(
            _precios(lista, en_lista, plan.por_ciento, precio_pk), batch_size=POR_TANDA
        )
        precio_pk += len(en_lista)
        if plan.uno_de_cada == 1:
            con_promociones.append(lista)
    cargar_promociones(con_promociones)


def _planes(catalogo: CatalogoDemo) -> tuple[PlanDeLista, ...]:
    """This year's lists, last year's, next year's and one switched off.

    ECOMMERCE has no list anywhere, TIENDA none in Ciudad del Este: there Precios decide.
    """
    asuncion, este, anio = catalogo.asuncion, catalogo.este, catalogo.anio
    enero, fin = date(anio, 1, 1), date(anio, 12, 31)
    preventa, mayorista = CanalVenta.PREVENTA, CanalVenta.MAYORISTA
    return (
        PlanDeLista("Preventa Asunción", asuncion, preventa, enero, por_ciento=100),
        PlanDeLista("Preventa Ciudad del Este", este, preventa, enero, por_ciento=103),
        PlanDeLista("Tienda Asunción", asuncion, CanalVenta.TIENDA, enero, por_ciento=104),
        PlanDeLista(f"Mayorista {anio}", None, mayorista, enero, fin, por_ciento=92),
        PlanDeLista(f"Mayorista {anio + 1}", None, mayorista, date(anio + 1, 1, 1), por_ciento=96),
        PlanDeLista(
            f"Preventa Asunción {anio - 1}",
            asuncion,
            preventa,
            date(anio - 1, 1, 1),
            date(anio - 1, 12, 31),
            por_ciento=90,
            uno_de_cada=4,
        ),
        PlanDeLista(
            "Liquidación (suspendida)",
            None,
            CanalVenta.TODOS,
            enero,
            activa=False,
            por_ciento=88,
            uno_de_cada=10,
        ),
    )


def _precios(
    lista: ListaPrecio, ofrecidos: list[Ofrecido], por_ciento: int, primer_pk: int
) -> Iterator[PrecioArticulo]:
    for pk, ofrecido in enumerate(ofrecidos, primer_pk):
        yield PrecioArticulo(
            pk=pk,
            lista_precio_id=lista.pk,
            articulo_id=ofrecido.pk,
            precio_base=ajustar(ofrecido.precio, por_ciento),
        )
