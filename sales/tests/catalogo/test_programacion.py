"""A change of the catalogue's data asks for one rebuild, and never fails for want of Redis."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
import redis
from celery.contrib.testing.worker import start_worker
from celery.signals import beat_embedded_init, task_postrun, task_prerun, worker_process_init
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

import core.procesos.memoria
from core.celery import app
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
    VersionPrecios,
)
from sales import tasks
from sales.catalogo import deposito, programacion, vigente
from sales.catalogo.lectura import construir_gart
from sales.catalogo.memoria import memoria
from sales.catalogo.programacion import FUENTES, programar_catalogo
from sales.catalogo.publicacion import save_sales_data
from sales.models import Canal, Perfil, Producto
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_producto,
    crear_regla,
    crear_sucursal,
    crear_usuario,
)

EnCommit = Any
Cola = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def cola(redis_servidor: redis.Redis) -> Cola:
    """The tasks that wait in the broker."""
    broker = redis.Redis(connection_pool=_de_la_cola())

    def mensajes() -> list[dict[str, Any]]:
        return [json.loads(m)["headers"] for m in broker.lrange("celery", 0, -1)]

    return mensajes


def _de_la_cola() -> redis.ConnectionPool:
    url = str(app.conf.broker_url)
    if url.startswith("redis+socket://"):
        url = url.replace("redis+socket://", "unix://").replace("virtual_host", "db")
    return redis.ConnectionPool.from_url(url)


def _cambios() -> dict[str, Callable[[], Any]]:
    return {
        "Canal": crear_canal,
        "Cliente": crear_cliente,
        "Precios": lambda: crear_precio(crear_producto(), crear_canal()),
        "Sucursal": crear_sucursal,
        "Empresa": crear_empresa,
        "ListaPrecio": lambda: crear_lista(crear_sucursal().empresa),
    }


# How a rulebook's rows change: one by one, in bulk, and through a combination's members.
CAMBIOS_DE_PRECIOS: dict[str, Callable[[PrecioArticulo, ReglaPrecio], Any]] = {
    "articulo.save": lambda precio, _: precio.articulo.save(),
    "producto.save": lambda precio, _: Producto.objects.get(pk=precio.articulo_id).save(),
    "articulo.update": lambda *_: Articulo.objects.update(ultimo_costo=1),
    "precio.save": lambda precio, _: precio.save(),
    "precio.delete": lambda precio, _: precio.delete(),
    "precio.update": lambda *_: PrecioArticulo.objects.update(precio_base=1),
    "precio.bulk_update": lambda precio, _: PrecioArticulo.objects.bulk_update(
        [precio], ["precio_base"]
    ),
    "precio.bulk_create": lambda precio, _: PrecioArticulo.objects.bulk_create(
        [PrecioArticulo(lista_precio=precio.lista_precio, articulo=crear_articulo(), precio_base=1)]
    ),
    "regla.save": lambda _, regla: regla.save(),
    "regla.update": lambda *_: ReglaPrecio.objects.update(activa=False),
    "regla.delete": lambda _, regla: regla.delete(),
    "combinacion.add": lambda *_: CombinacionProducto.objects.get().articulos.add(crear_articulo()),
    "combinacion.clear": lambda *_: CombinacionProducto.objects.get().articulos.clear(),
}


@pytest.mark.django_db
class TestDebounce:
    @pytest.mark.parametrize("fuente", [fuente.__name__ for fuente in FUENTES])
    def test_saving_any_source_asks_for_a_rebuild(
        self,
        fuente: str,
        cola: Cola,
        django_capture_on_commit_callbacks: EnCommit,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            _cambios()[fuente]()

        assert [m["task"] for m in cola()] == ["sales.tasks.save_sales_data"]

    @pytest.mark.parametrize("cambio", CAMBIOS_DE_PRECIOS)
    def test_changing_a_rulebook_in_any_way_asks_for_a_rebuild(
        self,
        cambio: str,
        cola: Cola,
        django_capture_on_commit_callbacks: EnCommit,
    ) -> None:
        lista = crear_lista(crear_sucursal().empresa)
        precio = crear_precio_lista(lista, crear_articulo())
        regla = crear_regla(lista, combinacion=crear_combinacion(lista, [precio.articulo]))
        assert cola() == []
        with django_capture_on_commit_callbacks(execute=True):
            CAMBIOS_DE_PRECIOS[cambio](precio, regla)

        assert [m["task"] for m in cola()] == ["sales.tasks.save_sales_data"]

    def test_a_hundred_changes_ask_once(
        self, cola: Cola, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        canal = crear_canal()
        for _ in range(100):
            with django_capture_on_commit_callbacks(execute=True):
                crear_cliente(canal=canal)

        [mensaje] = cola()
        assert mensaje["eta"] is not None

    def test_who_writes_in_bulk_asks_by_itself(
        self, cola: Cola, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            Canal.objects.bulk_create([Canal(nombre="A"), Canal(nombre="B")])
            assert cola() == []
            programar_catalogo()

        assert len(cola()) == 1

    def test_deleting_asks_too(
        self, cola: Cola, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        cliente = crear_cliente()
        with django_capture_on_commit_callbacks(execute=True):
            cliente.delete()

        assert len(cola()) == 1

    def test_what_is_not_in_the_catalogue_asks_for_nothing(
        self, cola: Cola, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        usuario, sucursal = crear_usuario(), crear_sucursal()
        with django_capture_on_commit_callbacks(execute=True):
            Perfil.objects.create(usuario=usuario, sucursal=sucursal)

        assert cola() == []

    def test_a_change_after_a_rebuild_began_asks_for_another(
        self, cola: Cola, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                crear_cliente()
            save_sales_data()

        assert len(cola()) == 2

    def test_a_broker_that_refuses_leaves_the_next_change_free_to_ask(
        self,
        cola: Cola,
        django_capture_on_commit_callbacks: EnCommit,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with (
            monkeypatch.context() as sin_broker,
            django_capture_on_commit_callbacks(execute=True),
        ):
            sin_broker.setattr(programacion, "publicar", lambda *_a, **_k: False)
            crear_cliente()
            # The callback runs as the context closes, still without a broker.
        assert cola() == []

        with django_capture_on_commit_callbacks(execute=True):
            crear_cliente()
        assert len(cola()) == 1

    def test_without_redis_saving_is_no_error(
        self, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            cliente = crear_cliente()

        assert cliente.pk


@pytest.mark.django_db
class TestUnattended:
    """No worker took the change: readers see to it, after a while."""

    def test_a_recent_change_is_left_to_the_worker(
        self, redis_servidor: redis.Redis, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        sucursal = crear_sucursal()
        version = save_sales_data()[sucursal.pk]
        with django_capture_on_commit_callbacks(execute=True):
            crear_cliente()

        assert vigente.vigente(sucursal).version == version

    def test_an_old_one_is_not(
        self, redis_servidor: redis.Redis, django_capture_on_commit_callbacks: EnCommit
    ) -> None:
        sucursal = crear_sucursal()
        version = save_sales_data()[sucursal.pk]
        with django_capture_on_commit_callbacks(execute=True):
            crear_cliente()
        hace = int(redis_servidor.time()[0]) - int(vigente.GRACIA) - 1
        redis_servidor.hset(deposito.CAMBIO, "momento", str(hace))
        memoria.vaciar()

        leida = vigente.vigente(sucursal).version
        assert leida == construir_gart(sucursal)["version"]
        assert leida != version
        # Once is enough: the rebuild is newer than the change.
        assert deposito.leer_manifiesto(sucursal.pk, gracia=0) is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("redis_servidor")
def test_a_worker_publishes_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programacion, "ESPERA", 0)
    # This worker's process is the tests' own, which need more than one of the pool.
    monkeypatch.setattr(core.procesos.memoria.techo, "limitar", lambda _mebi: None)
    sucursal = crear_sucursal()
    articulo, canal = crear_producto(), crear_canal()
    # What a worker connects closes this process's connections around every later task.
    for senal in (task_prerun, task_postrun, worker_process_init, beat_embedded_init):
        monkeypatch.setattr(senal, "receivers", list(senal.receivers))
    with start_worker(app, perform_ping_check=False, shutdown_timeout=60):
        crear_precio(articulo, canal, Decimal(7_777))
        esperada = construir_gart(sucursal)["version"]
        publicada = _esperar_version(sucursal.pk, esperada)
    assert publicada == esperada


def _esperar_version(sucursal_id: int, version: str) -> str:
    """The branch's version as soon as it is the one expected, or nothing after a minute."""
    for _ in range(1_200):
        manifiesto = deposito.leer_manifiesto(sucursal_id, gracia=1e9)
        if manifiesto and manifiesto.version == version:
            return manifiesto.version
        Event().wait(0.05)
    return ""


def test_a_worker_that_starts_asks_for_the_catalogue(redis_servidor: redis.Redis) -> None:
    tasks.publish_on_start()

    broker = redis.Redis(connection_pool=_de_la_cola())
    assert [json.loads(m)["headers"]["task"] for m in broker.lrange("celery", 0, -1)] == [
        "sales.tasks.save_sales_data"
    ]


@pytest.mark.django_db
def test_the_sources_listened_to_are_the_tables_read() -> None:
    lista = crear_lista(crear_sucursal().empresa)
    crear_precio_lista(lista, crear_producto())
    crear_regla(lista, combinacion=crear_combinacion(lista, [crear_producto()]))
    crear_precio(crear_producto(), crear_canal())
    with CaptureQueriesContext(connection) as consultas:
        construir_gart(Sucursal.objects.select_related("empresa").get())
    sql = " ".join(consulta["sql"] for consulta in consultas.captured_queries)
    leidas = {
        tabla
        for modelo in apps.get_models(include_auto_created=True)
        if f'"{(tabla := modelo._meta.db_table)}"' in sql and "historical" not in tabla
    }
    de_reglamentos: tuple[type[Model], ...] = (
        *(Articulo, PrecioArticulo, ReglaPrecio, VersionPrecios),
        CombinacionProducto.articulos.through,
    )
    assert leidas - {CombinacionProducto._meta.db_table} == {
        modelo._meta.db_table for modelo in (*FUENTES, *de_reglamentos)
    }
