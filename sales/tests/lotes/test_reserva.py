"""One worker at a time on a lote, counted before it works, overtaken when its heart stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from sales.lotes import condiciones, reserva
from sales.lotes.ingesta import save_orders_clients
from sales.lotes.reserva import Reserva, ReservaPerdida, latido, reservar
from sales.lotes.situacion import SEGUNDOS_SIN_LATIDO
from sales.models import LotePedidos, Orders, ResultadoPedido
from sales.tests.venta import Venta


def envejecer(lote: LotePedidos, segundos: float) -> None:
    """Its worker beat for the last time so long ago."""
    LotePedidos.objects.filter(pk=lote.pk).update(
        latido_en=timezone.now() - timedelta(seconds=segundos)
    )


@pytest.fixture
def lote(venta: Venta) -> LotePedidos:
    return venta.enviar({venta.clave(): [venta.linea()]})


def test_a_claim_is_counted_and_dated(lote: LotePedidos) -> None:
    reserva = reservar(lote.pk)
    assert reserva == Reserva(lote.pk, 1)
    lote.refresh_from_db()
    assert (lote.estado, lote.intentos) == ("PROCESANDO", 1)
    assert lote.iniciado_en == lote.latido_en is not None


def test_the_second_worker_gets_nothing_while_the_first_one_beats(lote: LotePedidos) -> None:
    reservar(lote.pk)
    envejecer(lote, 14)
    assert reservar(lote.pk) is None
    assert save_orders_clients(lote.pk) is None
    lote.refresh_from_db()
    assert (lote.estado, lote.intentos, Orders.objects.count()) == ("PROCESANDO", 1, 0)


def test_a_stopped_heart_is_overtaken_and_keeps_the_first_start(lote: LotePedidos) -> None:
    reservar(lote.pk)
    envejecer(lote, 16)
    lote.refresh_from_db()
    empezado = lote.iniciado_en
    assert reservar(lote.pk) == Reserva(lote.pk, 2)
    lote.refresh_from_db()
    assert lote.iniciado_en == empezado


@pytest.mark.parametrize("estado", ["COMPLETO", "PARCIAL", "FALLIDO"])
def test_a_finished_lote_is_not_to_be_had(lote: LotePedidos, estado: str) -> None:
    LotePedidos.objects.update(estado=estado)
    assert reservar(lote.pk) is None


def test_who_was_overtaken_cannot_write_any_more(lote: LotePedidos) -> None:
    viejo = reservar(lote.pk)
    envejecer(lote, 16)
    nuevo = reservar(lote.pk)
    assert viejo is not None
    assert nuevo is not None
    escrituras: list[Callable[[], None]] = [
        viejo.renovar,
        lambda: viejo.anotar(total=5, guardados=1, rechazados=0),
        lambda: viejo.terminar("COMPLETO"),
        viejo.soltar,
    ]
    for escribir in escrituras:
        with pytest.raises(ReservaPerdida):
            escribir()
    nuevo.anotar(total=3, guardados=2, rechazados=1)
    lote.refresh_from_db()
    assert (lote.estado, lote.total, lote.guardados, lote.rechazados) == ("PROCESANDO", 3, 2, 1)


def test_a_worker_paused_before_writing_leaves_the_orders_to_who_overtook_it(
    venta: Venta, lote: LotePedidos, monkeypatch: pytest.MonkeyPatch
) -> None:
    leer, pausas = condiciones.leer_condiciones, list[int]()

    def pausarse(*args: Any) -> Any:
        leidas = leer(*args)
        if not pausas:
            pausas.append(1)
            envejecer(lote, 16)
            assert save_orders_clients(lote.pk) is not None
        return leidas

    monkeypatch.setattr("sales.lotes.ingesta.leer_condiciones", pausarse)
    assert save_orders_clients(lote.pk) is None
    lote.refresh_from_db()
    assert (lote.estado, lote.intentos, lote.guardados) == ("COMPLETO", 2, 1)
    assert (Orders.objects.count(), ResultadoPedido.objects.count()) == (1, 1)


@pytest.mark.parametrize(("guardados", "estado"), [(0, "FALLIDO"), (3, "PARCIAL")])
def test_what_kills_its_workers_is_closed_at_the_sixth_attempt(
    lote: LotePedidos, guardados: int, estado: str
) -> None:
    LotePedidos.objects.update(guardados=guardados)
    for intento in range(1, 6):
        assert reservar(lote.pk) == Reserva(lote.pk, intento)
        envejecer(lote, 16)
    avance = save_orders_clients(lote.pk)
    assert avance is not None
    assert avance.estado == estado
    lote.refresh_from_db()
    assert (lote.codigo, lote.intentos, lote.terminado_en is not None) == (
        *("demasiados_intentos", 5, True),
    )


def test_the_fifth_attempt_may_still_finish(lote: LotePedidos) -> None:
    LotePedidos.objects.update(intentos=4)
    avance = save_orders_clients(lote.pk)
    assert avance is not None
    assert avance.estado == "COMPLETO"


def test_the_fifth_attempt_is_left_alone_while_it_beats(lote: LotePedidos) -> None:
    LotePedidos.objects.update(intentos=4)
    reservar(lote.pk)
    assert reservar(lote.pk) is None
    lote.refresh_from_db()
    assert (lote.estado, lote.codigo) == ("PROCESANDO", "")


class _Reserva:
    """A claim whose beats are counted."""

    lote_id = "x"

    def __init__(self, *errores: Exception | None) -> None:
        self.errores = list(errores)
        self.latidos = 0
        self.bastan = threading.Event()

    def renovar(self) -> None:
        self.latidos += 1
        error = self.errores.pop(0) if self.errores else None
        if not self.errores:
            self.bastan.set()
        if error:
            raise error


@pytest.mark.parametrize("error", [DatabaseError(), MemoryError()])
def test_the_heart_goes_on_after_a_failed_beat_and_stops_with_the_work(
    error: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    reserva = _Reserva(error, None, None)
    with latido(reserva, cada=0.001):  # type: ignore[arg-type]  # all a heart needs of one
        assert reserva.bastan.wait(60)
    assert [r.message for r in caplog.records] == ["latido_perdido"]
    al_parar = reserva.latidos
    assert al_parar >= 3
    assert not [h for h in threading.enumerate() if h.name == "latido-x"]


def test_the_heart_stops_when_the_claim_is_lost() -> None:
    reserva = _Reserva(ReservaPerdida())
    with latido(reserva, cada=0.001):  # type: ignore[arg-type]  # all a heart needs of one
        assert reserva.bastan.wait(60)
        for hilo in threading.enumerate():
            if hilo.name == "latido-x":
                hilo.join(60)
    assert reserva.latidos == 1


def test_a_beat_says_that_the_worker_lives(lote: LotePedidos) -> None:
    reserva = reservar(lote.pk)
    assert reserva is not None
    envejecer(lote, 12)
    antes = timezone.now()
    reserva.renovar()
    lote.refresh_from_db()
    assert lote.latido_en is not None
    assert lote.latido_en >= antes
    assert (lote.guardados, lote.rechazados) == (0, 0)


def test_the_limits_are_the_promised_ones() -> None:
    assert (
        reserva.INTENTOS_MAXIMOS,
        reserva.SEGUNDOS_LATIDO,
        SEGUNDOS_SIN_LATIDO,
    ) == (5, 5.0, 15)
