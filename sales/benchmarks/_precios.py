"""A price list with its rules, carts of it, and the usual way of pricing them: a query for each
thing that a price needs, article by article, rule by rule."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any, Final

from gestion_precios.models import (
    Articulo,
    CanalVenta,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)

ARTICULOS: Final = 5_000
GRUPOS: Final = 120
LINEAS: Final = 30
DESDE: Final = date(2020, 1, 1)
MICRO: Final = Decimal("0.000001")
Carrito = list[tuple[int, int]]
Tipo, Condicion = ReglaPrecio.Tipo, ReglaPrecio.Condicion


def montar_lista(semilla: int = 7) -> ListaPrecio:
    """A distributor's list: 5,000 prices and 200 rules."""
    azar = random.Random(semilla)
    sucursal = Sucursal.objects.create(
        empresa=Empresa.objects.create(nombre="Distribuidora de prueba"), nombre="Asunción"
    )
    lista = ListaPrecio.objects.create(
        empresa=sucursal.empresa,
        nombre="Mayoristas",
        canal_venta=CanalVenta.MAYORISTA,
        fecha_inicio_vigencia=DESDE,
    )
    LineaArticulo.objects.bulk_create(LineaArticulo(nombre=f"Línea {n}") for n in range(LINEAS))
    GrupoArticulo.objects.bulk_create(GrupoArticulo(nombre=f"Grupo {n}") for n in range(GRUPOS))
    lineas = list(LineaArticulo.objects.all())
    grupos = list(GrupoArticulo.objects.all())
    articulos = Articulo.objects.bulk_create(
        Articulo(
            codigo=n,
            sku=f"SKU-{n:05d}",
            descripcion=f"Artículo {n}",
            linea=azar.choice(lineas),
            grupo=azar.choice(grupos),
            ultimo_costo=azar.randint(5, 700) * 50,
        )
        for n in range(1, ARTICULOS + 1)
    )
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(
            lista_precio=lista,
            articulo=articulo,
            precio_base=articulo.ultimo_costo * azar.randint(110, 160) // 100,
        )
        for articulo in articulos
    )
    _reglas(azar, lista, articulos, lineas, grupos)
    return lista


def _reglas(
    azar: random.Random,
    lista: ListaPrecio,
    articulos: Sequence[Articulo],
    lineas: Sequence[LineaArticulo],
    grupos: Sequence[GrupoArticulo],
) -> None:
    """Steps by quantity on lines, groups and articles; by amount on everything; combinations."""
    destinos: list[dict[str, Any]] = [
        *({"aplica_linea": azar.choice(lineas)} for _ in range(45)),
        *({"aplica_grupo": azar.choice(grupos)} for _ in range(60)),
        *({"aplica_articulo": azar.choice(articulos)} for _ in range(50)),
        *({"aplica_combinacion": _combo(azar, lista, articulos, n)} for n in range(40)),
        *({} for _ in range(5)),
    ]
    azar.shuffle(destinos)
    ReglaPrecio.objects.bulk_create(
        ReglaPrecio(
            lista_precio=lista,
            nombre_regla=f"Regla {n}",
            prioridad=azar.randint(1, 100),
            permite_venta_bajo_costo=azar.random() < 0.1,
            **_valor(azar),
            **_condicion(azar, general=not para_quien),
            **para_quien,
        )
        for n, para_quien in enumerate(destinos, 1)
    )


def _combo(
    azar: random.Random, lista: ListaPrecio, articulos: Sequence[Articulo], numero: int
) -> CombinacionProducto:
    combo = CombinacionProducto.objects.create(lista_precio=lista, nombre=f"Combo {numero}")
    combo.articulos.set(azar.sample(articulos, azar.randint(2, 3)))
    return combo


def _valor(azar: random.Random) -> dict[str, Any]:
    if azar.random() < 0.6:
        return {
            "tipo_regla": Tipo.PORCENTAJE,
            "valor_regla": Decimal(azar.randint(100, 1500)) / 100,
        }
    return {"tipo_regla": Tipo.MONTO_FIJO, "valor_regla": azar.randint(1, 20) * 50}


def _condicion(azar: random.Random, *, general: bool) -> dict[str, Any]:
    if general:
        return {
            "condicion": Condicion.MONTO_MINIMO,
            "condicion_valor": azar.choice([5, 10, 20, 40, 80]) * 1_000_000,
        }
    return {
        "condicion": Condicion.CANTIDAD_MINIMA,
        "condicion_valor": azar.choice([1, 6, 12, 24, 48, 96]),
    }


def carritos(cuantos: int, lineas: int, semilla: int = 1) -> list[Carrito]:
    """Carts of so many different articles."""
    azar = random.Random(semilla)
    ids = list(Articulo.objects.values_list("pk", flat=True))
    return [
        [(articulo, azar.randint(1, 60)) for articulo in azar.sample(ids, lineas)]
        for _ in range(cuantos)
    ]


def cotizar_uno_a_uno(
    empresa_id: int, canal_venta: str, sucursal_id: int, carrito: Carrito
) -> list[Decimal]:
    """The unit prices of a cart, each asked for by itself: the algorithm as it is usually told."""
    lista = _lista_vigente(empresa_id, canal_venta, sucursal_id)
    monto = sum(
        lista.precios.get(articulo_id=articulo).precio_base * cantidad
        for articulo, cantidad in carrito
    )
    presentes = {articulo for articulo, _ in carrito}
    return [
        _precio_final(_lista_vigente(empresa_id, canal_venta, sucursal_id), linea, monto, presentes)
        for linea in carrito
    ]


def _lista_vigente(empresa_id: int, canal_venta: str, sucursal_id: int) -> ListaPrecio:
    """Level after level, until one has a list."""
    for sucursal, canal in (
        (sucursal_id, canal_venta),
        (sucursal_id, CanalVenta.TODOS),
        (None, canal_venta),
        (None, CanalVenta.TODOS),
    ):
        lista = ListaPrecio.objects.filter(
            empresa_id=empresa_id, sucursal=sucursal, canal_venta=canal, activa=True
        ).first()
        if lista is not None:
            return lista
    raise ListaPrecio.DoesNotExist


def _precio_final(
    lista: ListaPrecio, linea: tuple[int, int], monto: Decimal | int, presentes: set[int]
) -> Decimal:
    articulo_id, cantidad = linea
    base = PrecioArticulo.objects.get(lista_precio=lista, articulo_id=articulo_id)
    articulo, precio, permiso = base.articulo, base.precio_base, False
    for regla in lista.reglas.all():
        if _dispara(regla, articulo, cantidad, monto, presentes):
            descuento = regla.valor_regla
            if regla.tipo_regla == Tipo.PORCENTAJE:
                descuento = precio * regla.valor_regla / 100
            precio = max((precio - descuento).quantize(MICRO, ROUND_HALF_UP), Decimal(0))
            permiso = permiso or regla.permite_venta_bajo_costo
    precio = precio.quantize(Decimal(1), ROUND_HALF_UP)
    if precio < articulo.ultimo_costo and not permiso:
        precio = articulo.ultimo_costo.quantize(Decimal(1), ROUND_CEILING)
    return precio


def _dispara(
    regla: ReglaPrecio,
    articulo: Articulo,
    cantidad: int,
    monto: Decimal | int,
    presentes: Iterable[int],
) -> bool:
    if regla.aplica_combinacion:
        miembros = set(regla.aplica_combinacion.articulos.values_list("pk", flat=True))
        return articulo.pk in miembros and miembros <= {*presentes}
    pares = (
        (regla.aplica_articulo_id, articulo.pk),
        (regla.aplica_grupo_id, articulo.grupo_id),
        (regla.aplica_linea_id, articulo.linea_id),
    )
    if any(pide is not None and pide != tiene for pide, tiene in pares):
        return False
    medido = monto if regla.condicion == Condicion.MONTO_MINIMO else cantidad
    return medido >= regla.condicion_valor
