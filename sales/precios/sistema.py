"""Which price an order sees, asked in this one place.

The list in force for company, branch and the client's `canal_venta`, through the pricing engine;
what it lacks (or all of it, when there is none) comes from the newest `Precios` row of the client's
canal with `fecha_vigencia` on or before the date, as it is; what neither has cannot be sold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.db.models import Exists, FloatField, OuterRef, Q
from django.db.models.functions import Cast

from core.datos.conjuntos import ids_en
from gestion_precios.articulos.busqueda import en_listas
from gestion_precios.models import ListaPrecio, PrecioArticulo, Sucursal
from gestion_precios.moneda import decimales, redondear
from gestion_precios.motor.cotizador import Cotizador
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.motor.reglas import Precio, Reglamento
from gestion_precios.motor.vigencia import elegir, listas_entre, listas_vigentes
from sales.models import Canal, Cliente, Precios
from sales.precios.valoracion import PrecioSistema

# Rulebooks whose prices this process remembers.
COTIZADORES: Final = 16
_cotizadores: dict[str, Cotizador[PrecioSistema]] = {}


class Mercado(NamedTuple):
    """Whom a price is for: a client canal, and the order's date."""

    canal_id: int
    canal_venta: str
    fecha: date


def mercado_de(cliente: Cliente, fecha: date) -> Mercado:
    """A client's market on a date."""
    canal = cliente.canalobj
    return Mercado(canal.pk, canal.canal_venta, fecha)


@dataclass(frozen=True, slots=True)
class PreciosDelSistema:
    """What a market's orders pay: the list in force, and `Precios` for what it lacks."""

    lista: Cotizador[PrecioSistema] | None
    sueltos: Mapping[int, PrecioSistema]

    def precios(self, unidades: Mapping[int, int]) -> dict[int, PrecioSistema]:
        """The price of each article of one order with so many of it; an absent one has none.

        What `Precios` prices counts for the order's amount and completes combinations.
        """
        if self.lista is not None and not self.sueltos:
            return self.lista.cotizar(unidades)
        sueltos = {a: self.sueltos[a] for a in unidades if a in self.sueltos}
        if self.lista is None:
            return sueltos
        unidad = self.lista.reglamento.unidad
        aparte = sum([precio.minimos * unidades[a] for a, precio in sueltos.items()]) * unidad
        return self.lista.cotizar(unidades, aparte=aparte) | sueltos

    def mas_barato_desde(self, articulo_id: int) -> tuple[int, PrecioSistema] | None:
        """The first quantity whose rule makes the article cheaper than one alone, and its price;
        as static/js/motor/precios_de_canal.js has it (static/js/tests/vectores/desde.json)."""
        uno = self.precios({articulo_id: 1}).get(articulo_id)
        if self.lista is None or uno is None:
            return None
        for cantidad in self.lista.cantidades(articulo_id):
            if cantidad <= 1:
                continue
            precio = self.precios({articulo_id: cantidad})[articulo_id]
            if 0 < precio.minimos < uno.minimos:
                return cantidad, precio
        return None


def precios_de_mercado(
    sucursal: Sucursal, mercado: Mercado, articulo_ids: Collection[int]
) -> PreciosDelSistema:
    """What a branch's orders of these articles pay in one market."""
    return precios_por_mercado(sucursal, {mercado: articulo_ids})[mercado]


def precios_por_mercado(
    sucursal: Sucursal, mercados: Mapping[Mercado, Collection[int]]
) -> dict[Mercado, PreciosDelSistema]:
    """What a branch's orders pay in each market, for the articles asked for.

    Two queries however many markets and articles, and those of each rulebook not yet compiled.
    """
    listas = _cotizadores_de(sucursal, mercados)
    faltan = {
        mercado: _faltantes(listas[mercado], articulos) for mercado, articulos in mercados.items()
    }
    sueltos = _sueltos(faltan, sucursal.empresa.moneda)
    return {mercado: PreciosDelSistema(listas[mercado], sueltos[mercado]) for mercado in mercados}


class EnVenta(NamedTuple):
    """Conditions on articles: sold by a branch to somebody, and to one client's canal."""

    a_alguien: Q
    al_canal: Q | None


def en_venta(sucursal: Sucursal, fecha: date, canal_id: int | None) -> EnVenta:
    """What has a price in the branch's catalogue, whatever the lists' rules make of it."""
    listas = listas_por_canal(empresa_id=sucursal.empresa_id, sucursal_id=sucursal.pk, fecha=fecha)
    de_venta = dict(Canal.objects.order_by().values_list("pk", "canal_venta"))

    def con_precio(canales: Collection[int]) -> Q:
        suyas = {listas[de_venta[c]].pk for c in canales if de_venta[c] in listas}
        sueltos = Precios.objects.filter(
            canalobj_id__in=canales, fecha_vigencia__lte=fecha, articuloobj_id=OuterRef("pk")
        )
        return en_listas(suyas) | Q(Exists(sueltos))

    return EnVenta(con_precio(de_venta), None if canal_id is None else con_precio([canal_id]))


def listas_por_canal(*, empresa_id: int, sucursal_id: int, fecha: date) -> dict[str, ListaPrecio]:
    """The list in force for each `canal_venta` that has one: what a catalogue is made from."""
    return listas_vigentes(empresa_id=empresa_id, sucursal_id=sucursal_id, fecha=fecha)


def columna_de_lista(lista_id: int) -> dict[int, float]:
    """A list's base prices, as the catalogue's numbers.

    Plain columns, and floats because a catalogue is JSON; orders are never priced from here.
    """
    de_lista = PrecioArticulo.objects.filter(lista_precio_id=lista_id).order_by()
    return dict(de_lista.values_list("articulo_id", Cast("precio_base", FloatField())))


def columna_del_canal(canal_id: int, fecha: date) -> dict[int, float]:
    """A canal's `Precios` on a date, as the catalogue's numbers."""
    return dict(
        Precios.objects.filter(canalobj_id=canal_id, fecha_vigencia__lte=fecha)
        .order_by("fecha_vigencia", "id")
        .values_list("articuloobj_id", Cast("precio", FloatField()))
    )


def _cotizadores_de(
    sucursal: Sucursal, mercados: Collection[Mercado]
) -> dict[Mercado, Cotizador[PrecioSistema] | None]:
    """The list in force in each market, ready to price with."""
    elegidas = _listas_de(sucursal, mercados)
    listos = {
        lista.pk: _cotizador(lista.pk, reglamento_de(lista))
        for lista in {lista.pk: lista for lista in elegidas.values() if lista}.values()
    }
    return {mercado: listos[lista.pk] if lista else None for mercado, lista in elegidas.items()}


def _listas_de(
    sucursal: Sucursal, mercados: Collection[Mercado]
) -> dict[Mercado, ListaPrecio | None]:
    """The list in force in each market. One query."""
    fechas = [mercado.fecha for mercado in mercados]
    if not fechas:
        return {}
    candidatas = listas_entre(
        empresa_id=sucursal.empresa_id,
        sucursal_id=sucursal.pk,
        desde=min(fechas),
        hasta=max(fechas),
    )
    return {
        mercado: elegir(
            [lista for lista in candidatas if lista.vigente_en(mercado.fecha)], mercado.canal_venta
        )
        for mercado in mercados
    }


def _cotizador(lista_id: int, reglamento: Reglamento) -> Cotizador[PrecioSistema]:
    """The rulebook with the prices that it gave before, if this process still has them."""
    conocido = _cotizadores.get(reglamento.version)
    if conocido is not None and conocido.reglamento is reglamento:
        return conocido
    unidad, version = reglamento.unidad, reglamento.version

    def convertir(precio: Precio) -> PrecioSistema:
        return PrecioSistema(precio.final // unidad, lista_id, version)

    if len(_cotizadores) >= COTIZADORES:
        _cotizadores.clear()
    nuevo = _cotizadores[version] = Cotizador(reglamento, convertir)
    return nuevo


def _faltantes(
    lista: Cotizador[PrecioSistema] | None, articulos: Collection[int]
) -> Collection[int]:
    if lista is None:
        return articulos
    renglones = lista.reglamento.renglones
    return [articulo for articulo in articulos if articulo not in renglones]


def _sueltos(
    faltan: Mapping[Mercado, Collection[int]], moneda: str
) -> dict[Mercado, dict[int, PrecioSistema]]:
    """Each market's `Precios` for the articles that its list lacks. One query, or none."""
    sueltos: dict[Mercado, dict[int, PrecioSistema]] = {mercado: {} for mercado in faltan}
    articulos = set().union(*faltan.values())
    if not articulos:
        return sueltos
    filas = Precios.objects.filter(
        canalobj_id__in={mercado.canal_id for mercado in faltan},
        fecha_vigencia__lte=max(mercado.fecha for mercado in faltan),
        articuloobj_id__in=ids_en(articulos),
    ).order_by("articuloobj_id", "fecha_vigencia", "id")
    del_canal = defaultdict(list)
    for fila, canal, articulo, desde, precio in filas.values_list(
        "id", "canalobj_id", "articuloobj_id", "fecha_vigencia", "precio"
    ):
        propio = PrecioSistema(_minimos(precio, moneda), None, f"precio:{fila}")
        del_canal[canal].append((desde, articulo, propio))
    for mercado, suyos in faltan.items():
        buscados = {*suyos}
        # In order of age: of an article's rows, the newest on or before the date stays.
        sueltos[mercado] = {
            articulo: propio
            for desde, articulo, propio in del_canal[mercado.canal_id]
            if desde <= mercado.fecha and articulo in buscados
        }
    return sueltos


def _minimos(precio: Decimal, moneda: str) -> int:
    return int(redondear(precio, moneda).scaleb(decimales(moneda)))
