"""save_sales_data: how the catalogue is published, and when it changes."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
import redis
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.lz import descomprimir
from gestion_precios.models import Sucursal
from sales.catalogo import deposito, publicacion, vigente
from sales.catalogo.lectura import Lector, construir_gart
from sales.catalogo.memoria import memoria
from sales.catalogo.publicacion import reconstruir, save_sales_data
from sales.catalogo.secciones import SECCIONES, Manifiesto, comprimir_formas
from sales.models import Canal, Precios
from sales.tasks import save_sales_data as tarea
from sales.tests.fabricas import (
    crear_cliente,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_producto,
    crear_sucursal,
)
from sales.tests.horas import NOCHE, a_la_hora

pytestmark = pytest.mark.django_db


def _publicado(sucursal: Sucursal) -> Manifiesto:
    manifiesto = deposito.leer_manifiesto(sucursal.pk, gracia=0)
    assert manifiesto is not None
    return manifiesto


def _inflada(manifiesto: Manifiesto, nombre: str) -> Any:
    base64 = deposito.leer_forma(manifiesto.secciones[nombre].sha256, "base64")
    assert base64 is not None
    return json.loads(descomprimir(base64.decode()))[nombre]


@pytest.mark.usefixtures("redis_servidor")
class TestPublishing:
    def test_redis_holds_what_inflates_to_gart(self, sucursal: Sucursal, canal: Canal) -> None:
        crear_cliente("Ñandú 🧉 «sin» límite", canal=canal)
        crear_precio(crear_producto(), canal)

        versiones = save_sales_data()

        gart = construir_gart(sucursal)
        manifiesto = _publicado(sucursal)
        assert versiones == {sucursal.pk: gart["version"]}
        assert manifiesto.version == gart["version"]
        for nombre in SECCIONES:
            assert _inflada(manifiesto, nombre) == json.loads(json.dumps(gart[nombre]))

    def test_the_manifest_tells_the_bytes_of_the_base64(self, sucursal: Sucursal) -> None:
        save_sales_data()

        for parte in _publicado(sucursal).secciones.values():
            base64 = deposito.leer_forma(parte.sha256, "base64")
            assert base64 is not None
            assert parte.bytes == len(base64)

    def test_one_branch_alone(self, sucursal: Sucursal) -> None:
        otra = crear_sucursal(sucursal.empresa, "Ciudad del Este")

        assert set(save_sales_data(otra.pk)) == {otra.pk}
        assert deposito.leer_manifiesto(sucursal.pk, gracia=0) is None

    def test_no_branch_is_no_error(self) -> None:
        assert save_sales_data() == {}

    def test_branches_share_equal_sections(
        self, sucursal: Sucursal, canal: Canal, redis_servidor: redis.Redis
    ) -> None:
        otra = crear_sucursal(sucursal.empresa, "Ciudad del Este")
        articulo = crear_producto()
        crear_precio(articulo, canal, 5_000)
        crear_precio_lista(crear_lista(otra.empresa, sucursal=otra), articulo, 6_000)

        save_sales_data()

        aqui, alla = _publicado(sucursal).secciones, _publicado(otra).secciones
        assert {n for n in SECCIONES if aqui[n] != alla[n]} == {*("precios", "reglas")}
        assert len(redis_servidor.keys("catalogo:seccion:*")) == len(SECCIONES) + 2

    def test_only_changed_sections_are_compressed(
        self, sucursal: Sucursal, canal: Canal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        crear_precio(crear_producto(), canal)
        save_sales_data()
        comprimidas: list[bytes] = []
        real = comprimir_formas

        def espia(texto: bytes) -> dict[str, bytes]:
            comprimidas.append(texto)
            return real(texto)

        monkeypatch.setattr(publicacion, "comprimir_formas", espia)
        save_sales_data()
        assert comprimidas == []

        cliente = crear_cliente(canal=canal)
        save_sales_data()
        assert [json.loads(t) for t in comprimidas] == [
            {"clientes": json.loads(json.dumps(construir_gart(sucursal)["clientes"]))}
        ]
        assert str(cliente.pk) in json.loads(comprimidas[0])["clientes"]

    def test_same_content_same_version_and_date(
        self, sucursal: Sucursal, canal: Canal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_la_hora(monkeypatch, NOCHE)
        crear_precio(crear_producto(), canal)
        save_sales_data()
        primero = _publicado(sucursal)
        a_la_hora(monkeypatch, NOCHE.replace(minute=45))
        save_sales_data()
        segundo = _publicado(sucursal)

        assert primero.generado == NOCHE.isoformat()
        assert segundo.turno > primero.turno
        assert (segundo.version, segundo.generado) == (primero.version, primero.generado)

    def test_a_changed_price_is_another_version_and_going_back_the_first(
        self, sucursal: Sucursal, canal: Canal
    ) -> None:
        precio = crear_precio(crear_producto(), canal, 5_000)
        versiones = []
        for monto in (5_000, 5_001, 5_000):
            Precios.objects.filter(pk=precio.pk).update(precio=monto)
            versiones.append(save_sales_data()[sucursal.pk])

        assert versiones[0] == versiones[2] != versiones[1]

    def test_a_rebuild_that_began_earlier_does_not_win(
        self, sucursal: Sucursal, canal: Canal
    ) -> None:
        viejo = publicacion.armar_catalogo(sucursal, Lector())
        turno_viejo = deposito.tomar_turno()
        crear_cliente(canal=canal)
        version = save_sales_data()[sucursal.pk]

        devuelto = publicacion._publicar(sucursal.pk, viejo, turno_viejo)

        assert viejo.version != version
        assert devuelto == _publicado(sucursal)
        assert _publicado(sucursal).version == version

    def test_sections_outlive_the_manifest_that_names_them(
        self, sucursal: Sucursal, redis_servidor: redis.Redis
    ) -> None:
        save_sales_data()

        manifiesto = redis_servidor.ttl(f"catalogo:manifiesto:{sucursal.pk}")
        secciones = [redis_servidor.ttl(k) for k in redis_servidor.keys("catalogo:seccion:*")]
        assert 0 < manifiesto < min(secciones)

    def test_replaced_sections_go_soon_and_shared_ones_stay(
        self, sucursal: Sucursal, canal: Canal, redis_servidor: redis.Redis
    ) -> None:
        otra = crear_sucursal(sucursal.empresa, "Ciudad del Este")
        crear_precio(crear_producto(), canal)
        save_sales_data()
        antes = _publicado(sucursal).secciones

        crear_cliente(canal=canal)
        save_sales_data(sucursal.pk)

        ahora, alla = _publicado(sucursal).secciones, _publicado(otra).secciones
        vida = {n: redis_servidor.ttl(f"catalogo:seccion:{antes[n].sha256}") for n in SECCIONES}
        assert 0 < vida["clientes"] <= deposito.JUBILADA_VENCE
        assert {n for n in SECCIONES if vida[n] <= deposito.JUBILADA_VENCE} == {"clientes"}
        # The other branch still shows it: its own rebuild keeps what it needs.
        assert alla["clientes"] == antes["clientes"] != ahora["clientes"]

    def test_branches_with_the_same_lists_are_read_once(
        self, sucursal: Sucursal, canal: Canal
    ) -> None:
        crear_lista(sucursal.empresa)
        with CaptureQueriesContext(connection) as una:
            save_sales_data()
        for numero in range(5):
            crear_sucursal(sucursal.empresa, f"Sucursal {numero}")
        with CaptureQueriesContext(connection) as seis:
            save_sales_data()

        # One more for each: which lists are in force there.
        assert len(seis) == len(una) + 5

    def test_sections_are_written_before_the_manifest(
        self, sucursal: Sucursal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = deposito.publicar

        def comprobar(sucursal_id: int, manifiesto: Manifiesto) -> bool:
            for parte in manifiesto.secciones.values():
                assert deposito.leer_forma(parte.sha256, "base64") is not None
            return real(sucursal_id, manifiesto)

        monkeypatch.setattr(deposito, "publicar", comprobar)
        save_sales_data()
        assert _publicado(sucursal)

    def test_the_command_prints_each_version(
        self, sucursal: Sucursal, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("save_sales_data")

        version = construir_gart(sucursal)["version"]
        assert capsys.readouterr().out == f"Sucursal {sucursal.pk}: versión {version}\n"

    def test_the_command_refuses_a_branch_that_is_not(self) -> None:
        with pytest.raises(CommandError, match=r"Esa sucursal no existe\."):
            call_command("save_sales_data", sucursal=12_345)

    def test_the_task_does_what_the_callable_does(self, sucursal: Sucursal) -> None:
        assert tarea() == {sucursal.pk: _publicado(sucursal).version}
        assert tarea.name == "sales.tasks.save_sales_data"


class TestReading:
    def test_memory_answers_without_redis_or_database(
        self, sucursal: Sucursal, redis_servidor: redis.Redis
    ) -> None:
        save_sales_data()
        redis_servidor.flushdb()

        with CaptureQueriesContext(connection) as consultas:
            manifiesto = vigente.vigente(sucursal)
        assert len(consultas) == 0
        assert manifiesto.version == construir_gart(sucursal)["version"]

    def test_another_process_finds_it_in_redis(
        self, sucursal: Sucursal, redis_servidor: redis.Redis
    ) -> None:
        save_sales_data()
        memoria.vaciar()

        with CaptureQueriesContext(connection) as consultas:
            _sha256, datos = vigente.forma_de(sucursal, "clientes", "base64")
        assert len(consultas) == 0
        assert descomprimir(datos.decode()) == '{"clientes":{}}'

    def test_an_empty_redis_is_filled_by_the_first_reader(
        self, sucursal: Sucursal, redis_servidor: redis.Redis
    ) -> None:
        leido = vigente.vigente(sucursal)

        assert leido == _publicado(sucursal)
        assert leido.version == construir_gart(sucursal)["version"]

    def test_without_redis_the_process_builds_and_remembers(
        self, sucursal: Sucursal, canal: Canal
    ) -> None:
        cliente = crear_cliente(canal=canal)

        _sha256, datos = vigente.forma_de(sucursal, "clientes", "base64")
        with CaptureQueriesContext(connection) as consultas:
            assert vigente.forma_de(sucursal, "clientes", "base64")[1] == datos
        assert len(consultas) == 0
        assert list(json.loads(descomprimir(datos.decode()))["clientes"]) == [str(cliente.pk)]

    def test_without_redis_a_change_is_seen_at_once(self, sucursal: Sucursal, canal: Canal) -> None:
        primera = vigente.vigente(sucursal).version
        crear_cliente(canal=canal)

        assert vigente.vigente(sucursal).version != primera

    def test_without_redis_publishing_is_no_error(self, sucursal: Sucursal) -> None:
        assert save_sales_data() == {sucursal.pk: construir_gart(sucursal)["version"]}

    def test_sections_gone_from_redis_are_built_again(
        self, sucursal: Sucursal, redis_servidor: redis.Redis
    ) -> None:
        save_sales_data()
        memoria.vaciar()
        redis_servidor.delete(*redis_servidor.keys("catalogo:seccion:*"))

        _sha256, datos = vigente.forma_de(sucursal, "canales", "base64")
        assert descomprimir(datos.decode()) == '{"canales":{}}'

    def test_redis_that_dies_between_manifest_and_section(
        self, sucursal: Sucursal, redis_servidor: redis.Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save_sales_data()
        memoria.vaciar()

        def caido(*_args: object) -> None:
            raise redis.ConnectionError

        monkeypatch.setattr(deposito, "leer_forma", caido)
        monkeypatch.setattr(deposito, "tomar_turno", caido)
        monkeypatch.setattr(deposito, "guardada", caido)

        _sha256, datos = vigente.forma_de(sucursal, "canales", "base64")
        assert descomprimir(datos.decode()) == '{"canales":{}}'

    def test_after_midnight_prices_are_those_of_the_new_day(
        self,
        sucursal: Sucursal,
        canal: Canal,
        redis_servidor: redis.Redis,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        articulo = crear_producto()
        crear_precio(articulo, canal, 5_000)
        crear_precio(articulo, canal, 5_500, desde=date(2025, 6, 17))
        a_la_hora(monkeypatch, NOCHE)
        save_sales_data()
        antes = vigente.vigente(sucursal)

        a_la_hora(monkeypatch, datetime(2025, 6, 17, 3, 0, tzinfo=UTC))
        despues = vigente.vigente(sucursal)

        assert _inflada(antes, "precios") == {str(canal.pk): {str(articulo.pk): 5_000}}
        assert _inflada(despues, "precios") == {str(canal.pk): {str(articulo.pk): 5_500}}
        assert despues.version != antes.version

    def test_a_new_day_with_the_same_prices_is_the_same_version(
        self,
        sucursal: Sucursal,
        redis_servidor: redis.Redis,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        a_la_hora(monkeypatch, NOCHE)
        antes = vigente.vigente(sucursal)
        a_la_hora(monkeypatch, datetime(2025, 6, 17, 3, 0, tzinfo=UTC))
        despues = vigente.vigente(sucursal)

        assert (despues.version, despues.generado) == (antes.version, antes.generado)
        assert despues.vence - antes.vence == 24 * 3600


@pytest.mark.django_db(transaction=True)
class TestManyReaders:
    def test_one_of_fifty_builds_and_the_others_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sucursal = crear_sucursal()
        armados: list[int] = []
        todos_llegaron = threading.Event()
        real = reconstruir

        def lento(una: Sucursal) -> Manifiesto:
            armados.append(una.pk)
            todos_llegaron.wait(60)
            return real(una)

        monkeypatch.setattr(vigente, "reconstruir", lento)
        versiones: list[str] = []

        def leer() -> None:
            versiones.append(vigente.vigente(sucursal).version)
            connection.close()

        hilos = [threading.Thread(target=leer) for _ in range(50)]
        for hilo in hilos:
            hilo.start()
        todos_llegaron.set()
        for hilo in hilos:
            hilo.join()

        assert armados == [sucursal.pk]
        assert versiones == [construir_gart(sucursal)["version"]] * 50
