"""Many at once, and kill -9: real threads, processes and database files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from core.errores import ErrorDominio
from core.tests.base_real import a_la_vez, url
from sales.lotes.bandeja import recibir_lote, reencolar_lotes
from sales.lotes.ingesta import save_orders_clients
from sales.lotes.reserva import latido, reservar
from sales.models import LotePedidos, Orders, OrdersDetail, ResultadoPedido
from sales.models.numeracion import reservar_numeros
from sales.tests.venta import Venta, crear_venta

pytestmark = pytest.mark.usefixtures("base_real")


@pytest.fixture
def real() -> Venta:
    return crear_venta(clientes=6)


def test_fifty_sends_of_one_lote_are_one_lote(real: Venta) -> None:
    lote_id = uuid.uuid4()

    def enviar(_numero: int) -> tuple[uuid.UUID, str, bool]:
        lote, creado = recibir_lote(
            usuario=real.usuario,
            sucursal=real.sucursal,
            lote_id=lote_id,
            pedidos="N4Ig",
            codificacion="base64",
        )
        return lote.pk, lote.estado, creado

    respuestas = a_la_vez(50, enviar)
    assert {respuesta[:2] for respuesta in respuestas} == {(lote_id, "RECIBIDO")}
    assert sum(creado for *_, creado in respuestas) == 1
    assert LotePedidos.objects.count() == 1


def test_of_two_contents_under_one_id_one_is_stored_and_the_other_refused(real: Venta) -> None:
    lote_id = uuid.uuid4()

    def enviar(numero: int) -> str:
        try:
            recibir_lote(
                usuario=real.usuario,
                sucursal=real.sucursal,
                lote_id=lote_id,
                pedidos=f"contenido {numero}",
                codificacion="base64",
            )
        except ErrorDominio as error:
            return error.codigo
        return "guardado"

    assert sorted(a_la_vez(8, enviar)) == ["guardado"] + ["lote_reutilizado"] * 7
    assert LotePedidos.objects.count() == 1


def test_eight_workers_on_one_lote_save_it_once(real: Venta) -> None:
    lote = real.enviar({real.clave(n): [real.linea()] for n in range(6)})
    respuestas = a_la_vez(8, lambda _numero: save_orders_clients(lote.pk))
    # Whoever did not have it either found it taken or found it finished.
    assert {r.estado for r in respuestas if r} == {"COMPLETO"}
    lote.refresh_from_db()
    assert (lote.estado, lote.intentos, lote.guardados) == ("COMPLETO", 1, 6)
    assert (Orders.objects.count(), ResultadoPedido.objects.count()) == (6, 6)


def test_eight_lotes_at_once_are_numbered_without_gaps(real: Venta) -> None:
    lotes = [real.enviar({real.clave(n): [real.linea()] for n in range(6)}) for _ in range(8)]
    avances = a_la_vez(8, lambda numero: save_orders_clients(lotes[numero].pk))
    assert [avance.estado if avance else None for avance in avances] == ["COMPLETO"] * 8
    numeros = sorted(Orders.objects.values_list("pedido_numero", flat=True))
    assert numeros == list(range(1, 49))


def test_eight_writers_of_fifty_numbers_get_four_hundred(real: Venta) -> None:
    def numerar(_numero: int) -> list[int]:
        numeros: list[int] = []
        for _ in range(50):
            with transaction.atomic():
                numeros.extend(reservar_numeros(1))
        return numeros

    dados = sorted(numero for serie in a_la_vez(8, numerar) for numero in serie)
    assert dados == list(range(1, 401))


def test_eight_sweeps_at_once_hand_each_lote_out_once(
    real: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    lotes = {real.enviar({real.clave(): [real.linea()]}).pk for _ in range(5)}
    LotePedidos.objects.update(recibido_en=timezone.now() - timedelta(minutes=1))
    publicados: list[str] = []

    def publicar(_nombre: str, _args: object, *, task_id: str) -> bool:
        publicados.append(task_id)
        return True

    monkeypatch.setattr("sales.lotes.bandeja.publicar", publicar)
    a_la_vez(8, lambda _numero: reencolar_lotes())
    assert sorted(publicados) == sorted(map(str, lotes))


def test_the_heart_beats_on_a_connection_of_its_own(real: Venta) -> None:
    lote = real.enviar({real.clave(): [real.linea()]})
    reserva = reservar(lote.pk)
    assert reserva is not None
    empezado = LotePedidos.objects.values_list("latido_en", flat=True).get(pk=lote.pk)
    with latido(reserva, cada=0.01):
        esperar(lambda: LotePedidos.objects.filter(pk=lote.pk, latido_en__gt=empezado).exists())


def esperar(condicion: Callable[[], object], segundos: float = 120) -> None:
    """Until the condition holds, or fail."""
    limite = time.monotonic() + segundos
    while not condicion():
        if time.monotonic() > limite:
            pytest.fail("waited in vain")


def _procesar_en_otro_proceso(tmp_path: Path) -> subprocess.Popen[bytes]:
    """`manage.py requeue_lotes` without a broker: it processes what waits."""
    entorno = os.environ | {
        "DATABASE_URL": url(),
        "DATA_DIR": str(tmp_path / "datos"),
        "REDIS_URL": "redis://127.0.0.1:1",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "requeue_lotes"],
        cwd=settings.BASE_DIR,
        env=entorno,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_killed_in_the_middle_every_order_is_saved_exactly_once(tmp_path: Path) -> None:
    venta = crear_venta(clientes=1)
    cuantos = 3_000
    _clonar_clientes(venta, cuantos)
    pedidos = {venta.clave(n): [venta.linea(cantidad=n % 7 + 1)] * 12 for n in range(cuantos)}
    lote = venta.enviar(pedidos)
    hace_un_minuto = timezone.now() - timedelta(minutes=1)
    LotePedidos.objects.update(recibido_en=hace_un_minuto)

    proceso = _procesar_en_otro_proceso(tmp_path)
    esperar(lambda: LotePedidos.objects.get(pk=lote.pk).guardados > 0)
    proceso.send_signal(signal.SIGKILL)
    proceso.wait()
    lote.refresh_from_db()
    assert lote.estado == "PROCESANDO"
    assert 0 < lote.guardados < cuantos
    assert Orders.objects.count() == lote.guardados == ResultadoPedido.objects.count()

    # Its heart has stopped; nobody waits for the clock here.
    LotePedidos.objects.update(latido_en=hace_un_minuto)
    _procesar_en_otro_proceso(tmp_path).wait(300)
    lote.refresh_from_db()
    assert (lote.estado, lote.guardados, lote.intentos) == ("COMPLETO", cuantos, 2)
    assert dict(Orders.objects.values_list("pdvobj").annotate(Count("id"))) == {
        cliente.pk: 1 for cliente in venta.clientes
    }
    esperado = {venta.clientes[n].pk: 12 * (n % 7 + 1) for n in range(cuantos)}
    vendido = OrdersDetail.objects.values_list("orderobj__pdvobj").annotate(Sum("cantidad"))
    assert dict(vendido) == esperado


def _clonar_clientes(venta: Venta, cuantos: int) -> None:
    modelo = venta.clientes[0]
    campos = {c.attname: getattr(modelo, c.attname) for c in modelo._meta.concrete_fields}
    del campos["id"]
    copias = [type(modelo)(**campos) for _ in range(cuantos - 1)]
    venta.clientes += type(modelo).objects.bulk_create(copias)


def test_one_order_in_many_lotes_at_once_is_stored_once(real: Venta) -> None:
    """Two tabs, two machines, a restored profile: each brings the order in a lote of its own."""
    propio = str(uuid.uuid4())
    otros = [{real.clave(n): [real.linea()]} for n in range(1, 5)]
    lotes = [
        real.enviar({real.clave(): {"id": propio, "detalles": [real.linea()]}} | otro)
        for otro in otros
    ]

    def procesar(numero: int) -> str:
        avance = save_orders_clients(lotes[numero].pk)
        return avance.estado if avance else ""

    assert a_la_vez(4, procesar) == ["COMPLETO"] * 4
    assert Orders.objects.filter(uuid=propio).count() == 1
    assert Orders.objects.count() == 5
    suyos = ResultadoPedido.objects.filter(uuid=propio)
    assert sorted(suyos.values_list("resultado", flat=True)) == ["GUARDADO", *["REPETIDO"] * 3]
    assert suyos.values("orderobj").distinct().count() == 1
