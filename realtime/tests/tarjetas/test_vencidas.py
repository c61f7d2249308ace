"""Twenty-four hours, to the minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone

from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.tarjetas.vencidas import cerrar_vencidas
from realtime.tasks import cencosud_unfulfilled
from realtime.tests.fabricas import crear_no_completado, crear_orden, historia, tablero

pytestmark = pytest.mark.django_db
MOSTRADA = datetime(2025, 6, 16, 12, 0, tzinfo=UTC)


def a_las(pasaron: timedelta) -> int:
    with patch.object(timezone, "now", return_value=MOSTRADA + pasaron):
        return cerrar_vencidas()


@pytest.fixture
def fila() -> UnfulfilledOrder:
    with patch.object(timezone, "now", return_value=MOSTRADA):
        return crear_no_completado(crear_orden())


def test_at_23_59_nothing_and_at_24_01_once(fila: UnfulfilledOrder) -> None:
    assert a_las(timedelta(hours=23, minutes=59)) == 0
    assert len(tablero()) == 1
    assert a_las(timedelta(hours=24, minutes=1)) == 1
    assert tablero() == []
    assert historia(fila) == [("MOSTRADA", "regla", "1.1"), ("RETIRADA", "timeout", "")]
    assert a_las(timedelta(hours=24, minutes=2)) == 0
    assert RealtimeEvent.objects.count() == 2
    fila.refresh_from_db()
    assert (fila.status, fila.store_answer) == ("9", None)


def test_the_age_counts_from_when_it_was_shown_not_from_a_later_save(
    fila: UnfulfilledOrder,
) -> None:
    with patch.object(timezone, "now", return_value=MOSTRADA + timedelta(hours=20)):
        fila.status = "14"
        fila.save()
    assert a_las(timedelta(hours=24)) == 1


def test_a_closed_card_does_not_come_back_when_its_row_is_saved(fila: UnfulfilledOrder) -> None:
    a_las(timedelta(hours=25))
    fila.save()
    call_command("reconcile_unfulfilled")
    assert tablero() == []


def test_more_than_a_batch_and_only_what_is_due() -> None:
    for _ in range(3):
        crear_no_completado()
    RealtimeRecord.objects.update(creado_en=MOSTRADA)
    nueva = crear_no_completado()
    with patch("realtime.tarjetas.vencidas.TANDA", 2):
        assert cencosud_unfulfilled() == 3
    assert [pk for pk, _, _ in tablero()] == [nueva.pk]


def test_the_command_says_how_many(
    fila: UnfulfilledOrder, capsys: pytest.CaptureFixture[str]
) -> None:
    RealtimeRecord.objects.update(creado_en=MOSTRADA)
    call_command("cencosud_unfulfilled")
    assert capsys.readouterr().out == "Tarjetas cerradas: 1\n"
