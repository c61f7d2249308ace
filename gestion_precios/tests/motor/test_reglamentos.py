"""A list compiled: what it holds, how long it is kept, and that it is never half old."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoAssertNumQueries

from core.tests.base_real import a_la_vez
from gestion_precios.models import (
    Articulo,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    VersionPrecios,
)
from gestion_precios.models.versiones import ARTICULOS
from gestion_precios.motor import reglamentos
from gestion_precios.motor.reglamentos import compilado_de, reglamento_de
from gestion_precios.motor.reglas import MICROS, Regla, Renglon
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)

ANTES_DE_SU_NOMBRE = "0006_historia_de_combinaciones"
FIJO, POR_MONTO = ReglaPrecio.Tipo.MONTO_FIJO, ReglaPrecio.Condicion.MONTO_MINIMO


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> Iterator[None]:
    reglamentos.olvidar()
    yield
    reglamentos.olvidar()


def leida(lista: ListaPrecio) -> ListaPrecio:
    return ListaPrecio.objects.con_versiones().get(pk=lista.pk)


# --- what it holds --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_prices_articles_and_rules_arrive_in_integers_and_in_firing_order() -> None:
    lista = crear_lista(crear_empresa(moneda="PEN"))
    grupo = GrupoArticulo.objects.create(nombre="Laptops")
    linea = LineaArticulo.objects.create(nombre="Tecnología")
    laptop = crear_articulo("Laptop", ultimo_costo="1500.25", grupo=grupo, linea=linea)
    mouse = crear_articulo("Mouse")
    crear_precio_lista(lista, laptop, "1999.99")
    combo = crear_combinacion(lista, [laptop, mouse])
    crear_precio_lista(crear_lista(crear_empresa("Otra")), mouse)
    ultima = crear_regla(lista, nombre="Última", valor="12.34", articulo=laptop, prioridad=30)
    apagada = crear_regla(lista, nombre="Apagada", activa=False, grupo=grupo, linea=linea)
    recargo = crear_regla(lista, nombre="Recargo", tipo=FIJO, valor="-0.01", combinacion=combo)
    primera = crear_regla(
        lista,
        nombre="Primera",
        condicion=POR_MONTO,
        condicion_valor="5000.50",
        permite_venta_bajo_costo=True,
        prioridad=-3,
    )
    compilado = compilado_de(leida(lista))
    reglamento = compilado.reglamento
    assert reglamento.decimales == 2
    assert reglamento.renglones == {
        laptop.pk: Renglon(laptop.pk, 1_999_990_000, 1_500_250_000, grupo.pk, linea.pk)
    }
    assert list(reglamento.reglas) == [
        Regla(
            primera.pk,
            "Primera",
            -3,
            es_porcentaje=True,
            valor=1000,
            por_monto=True,
            umbral=5_000_500_000,
            bajo_costo=True,
        ),
        Regla(
            apagada.pk,
            "Apagada",
            10,
            es_porcentaje=True,
            valor=1000,
            grupo_id=grupo.pk,
            linea_id=linea.pk,
            activa=False,
        ),
        Regla(
            recargo.pk,
            "Recargo",
            10,
            es_porcentaje=False,
            valor=-10_000,
            combo=frozenset({laptop.pk, mouse.pk}),
        ),
        Regla(ultima.pk, "Última", 30, es_porcentaje=True, valor=1234, articulo_id=laptop.pk),
    ]
    assert compilado.nombres == {laptop.pk: "Laptop", mouse.pk: "Mouse"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "monto", ["0.01", "0.29", "1.15", "4.35", "1999.99", "0.57", "123456789.01", "999999999999.99"]
)
def test_no_centavo_is_lost_on_the_way(monto: str) -> None:
    lista, articulo = crear_lista(crear_empresa(moneda="USD")), crear_articulo(ultimo_costo=monto)
    crear_precio_lista(lista, articulo, monto)
    crear_regla(lista, tipo=FIJO, valor=monto, condicion=POR_MONTO, condicion_valor=monto)
    reglamento = reglamento_de(leida(lista))
    [renglon], [regla] = reglamento.renglones.values(), reglamento.reglas
    micros = int(monto.replace(".", "")) * 10_000
    assert (renglon.base, renglon.costo, regla.valor, regla.umbral) == (micros,) * 4


@pytest.mark.django_db
def test_a_combination_without_members_is_not_every_article() -> None:
    lista = crear_lista(crear_empresa())
    crear_regla(lista, combinacion=crear_combinacion(lista, []))
    assert [regla.combo for regla in reglamento_de(leida(lista)).reglas] == [frozenset()]


@pytest.mark.django_db
def test_a_list_without_prices_or_rules_is_an_empty_rulebook() -> None:
    reglamento = reglamento_de(leida(crear_lista(crear_empresa())))
    assert (reglamento.renglones, list(reglamento.reglas)) == ({}, [])


# --- how long it is kept --------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_is_read_in_two_queries_and_kept(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lista = leida(crear_lista(crear_empresa()))
    with django_assert_num_queries(2):
        primero = reglamento_de(lista)
    with django_assert_num_queries(0):
        assert reglamento_de(lista) is primero
    with django_assert_num_queries(1):
        assert reglamento_de(ListaPrecio(pk=lista.pk)) is primero


@pytest.mark.django_db
def test_its_version_fits_and_changes_with_either_mark_and_with_the_currency() -> None:
    empresa = crear_empresa()
    lista = crear_lista(empresa)
    VersionPrecios.objects.update_or_create(clave=lista.pk, defaults={"version": 2**62 - 1})
    VersionPrecios.objects.update_or_create(clave=ARTICULOS, defaults={"version": 35})
    version = f"lista:{lista.pk}:z1ci99jj7473.z.PYG"
    assert reglamento_de(leida(lista)).version == version
    assert len(version.replace(f":{lista.pk}:", f":{2**63 - 1}:")) <= 64
    VersionPrecios.objects.filter(clave=ARTICULOS).update(version=0)
    assert reglamento_de(leida(lista)).version == f"lista:{lista.pk}:z1ci99jj7473.0.PYG"
    crear_precio_lista(lista, crear_articulo(), "10.50")
    empresa.moneda = "USD"
    empresa.save()
    reglamento = reglamento_de(leida(lista))
    assert (reglamento.version[-4:], reglamento.decimales) == (".USD", 2)


@pytest.mark.django_db
@pytest.mark.parametrize("de_articulos", [False, True], ids=["the list's", "the articles'"])
def test_without_a_mark_it_is_read_each_time_under_a_name_of_its_own(
    de_articulos: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lista = crear_lista(crear_empresa())
    crear_articulo()
    VersionPrecios.objects.filter(clave=ARTICULOS if de_articulos else lista.pk).delete()
    sin_version = leida(lista)
    versiones = set()
    for _vez in range(3):
        with django_assert_num_queries(2):
            versiones.add(reglamento_de(sin_version).version)
    assert len(versiones) == 3
    assert all(version.startswith(f"lista:{lista.pk}:~") for version in versiones)


@pytest.mark.django_db
def test_what_is_least_used_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    empresa, articulos = crear_empresa(), [crear_articulo() for _ in range(3)]
    listas = []
    for nombre in "abc":
        lista = crear_lista(empresa, nombre=nombre)
        PrecioArticulo.objects.bulk_create(
            PrecioArticulo(lista_precio=lista, articulo=a, precio_base=Decimal(1))
            for a in articulos
        )
        listas.append(lista)
    a, b, c = map(leida, listas)
    monkeypatch.setattr(reglamentos, "FILAS_EN_MEMORIA", 8)
    primero = [reglamento_de(a), reglamento_de(b)]
    assert reglamento_de(a) is primero[0]
    reglamento_de(c)
    assert reglamento_de(a) is primero[0]
    assert reglamento_de(b) is not primero[1]
    monkeypatch.setattr(reglamentos, "FILAS_EN_MEMORIA", 1)
    assert reglamento_de(c) is reglamento_de(c)


@pytest.mark.django_db(transaction=True)
def test_the_migration_gives_a_version_to_the_lists_there_are() -> None:
    de_antes = MigrationExecutor(connection).migrate([("gestion_precios", ANTES_DE_SU_NOMBRE)]).apps
    try:
        sin_version = crear_lista_con(de_antes, "Una")
        conocida = crear_lista_con(de_antes, "Otra")
        filas = de_antes.get_model("gestion_precios", "VersionPrecios").objects
        filas.all().delete()
        filas.create(clave=conocida, marca=7)
        migracion: Any = importlib.import_module("gestion_precios.migrations.0005_marcas_de_listas")
        migracion.marcar_existentes(de_antes, None)
    finally:
        al_dia = MigrationExecutor(connection)
        al_dia.migrate(al_dia.loader.graph.leaf_nodes())
    versiones = dict(VersionPrecios.objects.values_list("clave", "version"))
    assert versiones.keys() == {ARTICULOS, sin_version, conocida}
    assert versiones[conocida] == 7


def crear_lista_con(apps: Any, nombre: str) -> int:
    """A company and its list, as the tables were then; the list's id."""
    empresa = apps.get_model("gestion_precios", "Empresa").objects.create(nombre=nombre)
    listas = apps.get_model("gestion_precios", "ListaPrecio").objects
    return int(
        listas.create(
            empresa=empresa, canal_venta="1", nombre=nombre, fecha_inicio_vigencia=date(2026, 1, 1)
        ).pk
    )


# --- never half old -------------------------------------------------------------------------------


def entre_lecturas(monkeypatch: pytest.MonkeyPatch, cambiar: Callable[[], None]) -> list[int]:
    """Change something after the prices are read and before the rules are; how often it did."""
    leer, veces = reglamentos._renglones, [0]

    def leer_y_cambiar(lista_id: int) -> dict[int, Renglon]:
        renglones = leer(lista_id)
        veces[0] += 1
        cambiar()
        return renglones

    monkeypatch.setattr(reglamentos, "_renglones", leer_y_cambiar)
    return veces


@pytest.mark.django_db
def test_a_change_amid_the_reading_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lista = crear_lista(crear_empresa())
    precio, regla = crear_precio_lista(lista, crear_articulo(), 1), crear_regla(lista, valor=1)
    pendientes = [2]

    def cambiar() -> None:
        for valor in pendientes:
            PrecioArticulo.objects.filter(pk=precio.pk).update(precio_base=valor)
            ReglaPrecio.objects.filter(pk=regla.pk).update(valor_regla=valor)
        pendientes.clear()

    veces = entre_lecturas(monkeypatch, cambiar)
    reglamento = reglamento_de(leida(lista))
    assert pareja(reglamento) == (2, 2)
    assert veces == [2]
    assert reglamento_de(leida(lista)) is reglamento


@pytest.mark.django_db
def test_when_there_is_always_a_change_the_last_reading_is_done_with_the_writers_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lista = crear_lista(crear_empresa())
    precio, regla = crear_precio_lista(lista, crear_articulo(), 1), crear_regla(lista, valor=1)
    valores = iter(range(2, 2 + reglamentos.INTENTOS))

    def cambiar() -> None:
        # Once the versions are locked nobody else gets this far; this connection must not either.
        for valor in valores:
            PrecioArticulo.objects.filter(pk=precio.pk).update(precio_base=valor)
            ReglaPrecio.objects.filter(pk=regla.pk).update(valor_regla=valor)
            break

    veces = entre_lecturas(monkeypatch, cambiar)
    reglamento = reglamento_de(leida(lista))
    assert veces == [reglamentos.INTENTOS + 1]
    assert pareja(reglamento) == (1 + reglamentos.INTENTOS,) * 2
    assert reglamento_de(leida(lista)) is reglamento


def pareja(reglamento: Any) -> tuple[int, int]:
    """The only price and the only rule's percentage."""
    [renglon], [regla] = reglamento.renglones.values(), reglamento.reglas
    return renglon.base // MICROS, regla.valor // 100


@pytest.mark.usefixtures("base_real")
def test_readers_never_see_half_of_a_writers_change() -> None:
    lista = crear_lista(crear_empresa())
    precio, regla = crear_precio_lista(lista, crear_articulo(), 1), crear_regla(lista, valor=1)
    fin = Event()

    def escribir() -> set[tuple[int, int]]:
        for valor in range(2, 60):
            with transaction.atomic():
                PrecioArticulo.objects.filter(pk=precio.pk).update(precio_base=valor)
                ReglaPrecio.objects.filter(pk=regla.pk).update(valor_regla=valor)
        fin.set()
        return set()

    def leer() -> set[tuple[int, int]]:
        vistas = set()
        while not fin.is_set():
            vistas.add(pareja(reglamento_de(leida(lista))))
        vistas.add(pareja(reglamento_de(leida(lista))))
        return vistas

    vistas = a_la_vez(3, lambda numero: leer() if numero else escribir())
    assert all(uno == otro for vista in vistas for uno, otro in vista)
    assert [(59, 59) in vista for vista in vistas] == [False, True, True]


@pytest.mark.usefixtures("base_real")
def test_two_who_add_a_row_at_once_are_both_seen() -> None:
    lista = crear_lista(crear_empresa())
    articulos = [crear_articulo() for _ in range(4)]
    reglamento_de(leida(lista))

    def agregar(numero: int) -> None:
        crear_precio_lista(lista, Articulo.objects.get(pk=articulos[numero].pk))
        reglamento_de(leida(lista))

    a_la_vez(4, agregar)
    assert len(reglamento_de(leida(lista)).renglones) == 4


@pytest.mark.usefixtures("base_real")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_row_that_enters_an_updates_filter_amid_it_is_not_changed_unmarked() -> None:
    lista, otra = crear_lista(crear_empresa()), crear_lista(crear_empresa("Otra"))
    crear_articulo()
    crear_regla(lista)
    preguntado, agregada = Event(), Event()
    consulta = ReglaPrecio.objects.filter(activa=True)
    filtrar = consulta.filter

    def filtrar_despues(*args: Any, **kwargs: Any) -> Any:
        preguntado.set()
        assert agregada.wait(60)
        return filtrar(*args, **kwargs)

    consulta.filter = filtrar_despues  # type: ignore[method-assign]  # this one waits

    def trabajo(numero: int) -> None:
        if numero:
            assert preguntado.wait(60)
            crear_regla(otra)
            reglamento_de(leida(otra))
            agregada.set()
        else:
            consulta.update(activa=False)

    a_la_vez(2, trabajo)
    for una in (lista, otra):
        conocido = reglamento_de(leida(una))
        reglamentos.olvidar()
        assert reglamento_de(leida(una)) == conocido
    assert [regla.activa for regla in reglamento_de(leida(otra)).reglas] == [True]
