"""Ways of changing each row of a list, and what `Mundo.precios` answers afterwards."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import F

from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
)
from gestion_precios.tests.mundo import AL_PRINCIPIO, Mundo

Cambio = Callable[[Mundo], Any]
Casos = dict[str, tuple[Cambio, tuple[int | None, ...] | str]]


def guardar(fila: Any, **valores: Any) -> None:
    for campo, valor in valores.items():
        setattr(fila, campo, valor)
    fila.save()


def releer(fila: Any) -> Any:
    return type(fila).objects.get(pk=fila.pk)


def con(fila: Any, **valores: Any) -> Any:
    for campo, valor in valores.items():
        setattr(fila, campo, valor)
    return fila


def ya_cotizada(mundo: Mundo, fila: Any, **valores: Any) -> Any:
    """The row, changed and quoted with the change."""
    guardar(fila, **valores)
    mundo.precios()
    return fila


def nueva_regla(mundo: Mundo, **valores: Any) -> ReglaPrecio:
    return ReglaPrecio(
        **{
            "lista_precio": mundo.lista,
            "nombre_regla": "Nueva",
            "tipo_regla": "PORCENTAJE",
            "valor_regla": Decimal(50),
            "prioridad": 30,
        }
        | valores
    )


def nuevo_precio(mundo: Mundo, **valores: Any) -> PrecioArticulo:
    return PrecioArticulo(
        **{"lista_precio": mundo.lista, "articulo": mundo.sal, "precio_base": Decimal(1000)}
        | valores
    )


def por_fixture(fila: Any) -> None:
    """As `loaddata` does it."""
    with transaction.atomic():
        leidas = serializers.deserialize("json", serializers.serialize("json", [fila]))
        for leida in leidas:
            leida.save()


DE_PRECIOS: Casos = {
    "save": (lambda m: guardar(m.precio, precio_base=20_000), (17_100, 17_100, None)),
    "save of one field": (
        lambda m: con(m.precio, precio_base=20_000).save(update_fields=["precio_base"]),
        (17_100, 17_100, None),
    ),
    "create": (lambda m: nuevo_precio(m).save(), (8_100, 17_100, 900)),
    "delete": (lambda m: m.precio.delete(), (None, 17_100, None)),
    "fixture": (
        lambda m: por_fixture(con(releer(m.precio), precio_base=20_000)),
        (17_100, 17_100, None),
    ),
    "update": (
        lambda m: PrecioArticulo.objects.filter(articulo=m.yerba).update(precio_base=20_000),
        (17_100, 17_100, None),
    ),
    "update by F()": (
        lambda m: PrecioArticulo.objects.update(precio_base=F("precio_base") * 2),
        (17_100, 35_100, None),
    ),
    "update out of its own filter": (
        lambda m: PrecioArticulo.objects.filter(precio_base=10_000).update(precio_base=20_000),
        (17_100, 17_100, None),
    ),
    "update through the list": (
        lambda m: m.lista.precios.update(precio_base=2_000),
        (900, 900, None),
    ),
    "update through the article": (
        lambda m: m.yerba.precios_de_lista.update(precio_base=20_000),
        (17_100, 17_100, None),
    ),
    "update of the list": (
        lambda m: PrecioArticulo.objects.filter(pk=m.precio.pk).update(lista_precio=m.otra),
        (None, 17_100, None),
    ),
    "query set delete": (
        lambda m: PrecioArticulo.objects.filter(lista_precio=m.lista).delete(),
        (None, None, None),
    ),
    "delete through the list": (lambda m: m.lista.precios.all().delete(), (None, None, None)),
    "bulk_create": (
        lambda m: PrecioArticulo.objects.bulk_create([nuevo_precio(m)]),
        (8_100, 17_100, 900),
    ),
    "bulk_create from a generator": (
        lambda m: PrecioArticulo.objects.bulk_create(fila for fila in [nuevo_precio(m)]),
        (8_100, 17_100, 900),
    ),
    "bulk_create that updates": (
        lambda m: PrecioArticulo.objects.bulk_create(
            [nuevo_precio(m, articulo=m.yerba, precio_base=Decimal(20_000))],
            update_conflicts=True,
            unique_fields=["lista_precio", "articulo"],
            update_fields=["precio_base"],
        ),
        (17_100, 17_100, None),
    ),
    "bulk_create that updates by id, naming another list": (
        lambda m: PrecioArticulo.objects.bulk_create(
            [
                nuevo_precio(
                    m,
                    pk=m.precio.pk,
                    lista_precio=m.otra,
                    articulo=m.yerba,
                    precio_base=Decimal(20_000),
                )
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["precio_base"],
        ),
        (17_100, 17_100, None),
    ),
    "bulk_create that takes rows to another list": (
        lambda m: PrecioArticulo.objects.bulk_create(
            [nuevo_precio(m, pk=m.precio.pk, lista_precio=m.otra, articulo=m.yerba)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["lista_precio"],
        ),
        (None, 17_100, None),
    ),
    "bulk_create through the list": (
        lambda m: m.lista.precios.bulk_create([nuevo_precio(m)]),
        (8_100, 17_100, 900),
    ),
    "bulk_update": (
        lambda m: PrecioArticulo.objects.bulk_update(
            [con(m.precio, precio_base=Decimal(20_000))], ["precio_base"]
        ),
        (17_100, 17_100, None),
    ),
    "bulk_update of the list": (
        lambda m: PrecioArticulo.objects.bulk_update(
            [con(m.precio, lista_precio=m.otra)], ["lista_precio"]
        ),
        (None, 17_100, None),
    ),
    "get_or_create": (
        lambda m: m.lista.precios.get_or_create(articulo=m.sal, defaults={"precio_base": 1000}),
        (8_100, 17_100, 900),
    ),
    "update_or_create": (
        lambda m: m.lista.precios.update_or_create(
            articulo=m.yerba, defaults={"precio_base": 20_000}
        ),
        (17_100, 17_100, None),
    ),
    "save into another list": (
        lambda m: guardar(m.precio, lista_precio=m.otra),
        (None, 17_100, None),
    ),
    "save from another list": (
        lambda m: guardar(m.precio_ajeno, lista_precio=m.lista),
        (8_100, 17_100, 3_600),
    ),
    "save over the row of another list": (
        lambda m: nuevo_precio(m, pk=m.precio.pk, lista_precio=m.otra, articulo=m.yerba).save(),
        (None, 17_100, None),
    ),
    "add through the list": (
        lambda m: m.lista.precios.add(m.precio_ajeno),
        (8_100, 17_100, 3_600),
    ),
}

DE_REGLAS: Casos = {
    "save": (lambda m: guardar(m.general, valor_regla=50), (4_500, 9_500, None)),
    "switched off": (lambda m: guardar(m.general, activa=False), (9_000, 19_000, None)),
    "create": (lambda m: nueva_regla(m).save(), (4_050, 8_550, None)),
    "delete": (lambda m: m.general.delete(), (9_000, 19_000, None)),
    "update": (
        lambda m: ReglaPrecio.objects.filter(nombre_regla="General").update(activa=False),
        (9_000, 19_000, None),
    ),
    "update out of its own filter": (
        lambda m: ReglaPrecio.objects.filter(activa=True).update(activa=False),
        (10_000, 20_000, None),
    ),
    "update of the order": (
        lambda m: m.lista.reglas.filter(pk=m.general.pk).update(prioridad=1),
        (8_000, 17_000, None),
    ),
    "update through the list": (
        lambda m: m.lista.reglas.update(activa=False),
        (10_000, 20_000, None),
    ),
    "query set delete": (
        lambda m: ReglaPrecio.objects.filter(lista_precio=m.lista).delete(),
        (10_000, 20_000, None),
    ),
    "bulk_create": (
        lambda m: ReglaPrecio.objects.bulk_create([nueva_regla(m)]),
        (4_050, 8_550, None),
    ),
    "bulk_create that updates": (
        lambda m: ReglaPrecio.objects.bulk_create(
            [nueva_regla(m, pk=m.general.pk)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["valor_regla"],
        ),
        (4_500, 9_500, None),
    ),
    "bulk_update": (
        lambda m: ReglaPrecio.objects.bulk_update(
            [con(m.general, valor_regla=Decimal(50))], ["valor_regla"]
        ),
        (4_500, 9_500, None),
    ),
    "update_or_create": (
        lambda m: ReglaPrecio.objects.update_or_create(
            lista_precio=m.lista, nombre_regla="General", defaults={"valor_regla": 50}
        ),
        (4_500, 9_500, None),
    ),
    "save into another list": (
        lambda m: guardar(m.general, lista_precio=m.otra),
        (9_000, 19_000, None),
    ),
    "add through the list": (lambda m: m.lista.reglas.add(m.ajena), (4_050, 8_550, None)),
    "add through the combination": (
        lambda m: m.combo_ajeno.reglas.add(m.general),
        (9_000, 19_000, None),
    ),
    "add through the article": (lambda m: m.yerba.reglas.add(m.general), (8_100, 19_000, None)),
    "remove through the article": (
        lambda m: m.azucar.reglas.remove(ya_cotizada(m, m.de_azucar, condicion_valor=0)),
        (4_050, 8_550, None),
    ),
    "clear through the group": (lambda m: m.grupo.reglas.clear(), (4_050, 8_550, None)),
    "clear through the line": (lambda m: m.linea.reglas.clear(), (4_050, 8_550, None)),
    "set through the group": (lambda m: m.grupo.reglas.set([]), (4_050, 8_550, None)),
}

DE_COMBINACIONES: Casos = {
    "add": (lambda m: m.combo.articulos.add(m.cafe), (9_000, 18_000, None)),
    "remove": (lambda m: m.combo.articulos.remove(m.yerba), (9_000, 17_100, None)),
    "set": (lambda m: m.combo.articulos.set([m.azucar]), (9_000, 17_100, None)),
    "clear": (lambda m: m.combo.articulos.clear(), (9_000, 18_000, None)),
    "add from the article": (lambda m: m.cafe.combinaciones.add(m.combo), (9_000, 18_000, None)),
    "remove from the article": (
        lambda m: m.yerba.combinaciones.remove(m.combo),
        (9_000, 17_100, None),
    ),
    "set from the article": (lambda m: m.yerba.combinaciones.set([]), (9_000, 17_100, None)),
    "clear from the article": (lambda m: m.yerba.combinaciones.clear(), (9_000, 17_100, None)),
    "delete": (lambda m: m.combo.delete(), (9_000, 18_000, None)),
    "query set delete": (
        lambda m: CombinacionProducto.objects.filter(lista_precio=m.lista).delete(),
        (9_000, 18_000, None),
    ),
}

DE_ARTICULOS: Casos = {
    "save of the cost": (lambda m: guardar(m.yerba, ultimo_costo=9_500), (9_500, 17_100, None)),
    "save of the group": (lambda m: guardar(m.yerba, grupo=m.grupo), (4_050, 17_100, None)),
    "save of the line": (lambda m: guardar(m.yerba, linea=m.linea), (4_050, 17_100, None)),
    "delete": (lambda m: m.yerba.delete(), (None, 17_100, None)),
    "fixture": (
        lambda m: por_fixture(con(releer(m.yerba), ultimo_costo=9_500)),
        (9_500, 17_100, None),
    ),
    "update": (
        lambda m: Articulo.objects.filter(pk=m.yerba.pk).update(ultimo_costo=9_500),
        (9_500, 17_100, None),
    ),
    "update by F()": (
        lambda m: Articulo.objects.update(ultimo_costo=F("ultimo_costo") + 17_500),
        (17_500, 17_500, None),
    ),
    "query set delete": (
        lambda m: Articulo.objects.filter(pk=m.yerba.pk).delete(),
        (None, 17_100, None),
    ),
    "bulk_create that updates": (
        lambda m: Articulo.objects.bulk_create(
            [con(m.yerba, ultimo_costo=Decimal(9_500))],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["ultimo_costo"],
        ),
        (9_500, 17_100, None),
    ),
    "bulk_update": (
        lambda m: Articulo.objects.bulk_update(
            [con(m.yerba, ultimo_costo=Decimal(9_500))], ["ultimo_costo"]
        ),
        (9_500, 17_100, None),
    ),
    "update_or_create": (
        lambda m: Articulo.objects.update_or_create(
            codigo=m.yerba.codigo, defaults={"ultimo_costo": 9_500}
        ),
        (9_500, 17_100, None),
    ),
    # The trace says "Es solo para Azúcar."
    "update of the name": (
        lambda m: Articulo.objects.filter(pk=m.azucar.pk).update(descripcion="Azúcar negra"),
        AL_PRINCIPIO,
    ),
    "add through the group": (lambda m: m.grupo.articulos.add(m.yerba), (4_050, 17_100, None)),
    "set through the line": (lambda m: m.linea.articulos.set([m.yerba]), (4_050, 17_100, None)),
    "update through the group": (
        lambda m: ya_cotizada(m, m.yerba, grupo=m.grupo).grupo.articulos.update(grupo=None),
        AL_PRINCIPIO,
    ),
}

# What goes with something else; the rules that go were for nobody yet, and the trace says so.
EN_CASCADA: Casos = {
    "group": (lambda m: m.grupo.delete(), AL_PRINCIPIO),
    "groups": (lambda m: GrupoArticulo.objects.all().delete(), AL_PRINCIPIO),
    "line": (lambda m: m.linea.delete(), AL_PRINCIPIO),
    "lines": (lambda m: LineaArticulo.objects.all().delete(), AL_PRINCIPIO),
    "list": (lambda m: m.lista.delete(), "SIN_LISTA_VIGENTE"),
    "lists": (lambda m: ListaPrecio.objects.all().delete(), "SIN_LISTA_VIGENTE"),
    "company": (lambda m: m.empresa.delete(), "SIN_LISTA_VIGENTE"),
    "list switched off": (
        lambda m: ListaPrecio.objects.update(activa=False),
        "SIN_LISTA_VIGENTE",
    ),
}
CAMBIOS = {
    f"{que}: {como}": caso
    for que, casos in {
        "price": DE_PRECIOS,
        "rule": DE_REGLAS,
        "combination": DE_COMBINACIONES,
        "article": DE_ARTICULOS,
        "cascade": EN_CASCADA,
    }.items()
    for como, caso in casos.items()
}
