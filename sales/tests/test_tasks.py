"""Celery's view of a lote: its result row, redelivery, and the schedule."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from celery.exceptions import Ignore
from django.conf import settings
from django.db import DatabaseError
from django_celery_results.models import TaskResult

from core.celery import app
from sales import ingest, tasks
from sales.models import LotePedidos, Orders
from sales.reclamos import reclamar
from sales.tests.venta import Venta, crear_venta


def test_the_task_is_found_by_the_name_it_is_published_under() -> None:
    app.loader.import_default_modules()
    assert "sales.tasks.save_orders_clients" in app.tasks
    assert "sales.tasks.requeue_lotes" in app.tasks


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    for nombre, entrada in settings.CELERY_BEAT_SCHEDULE.items():
        assert entrada["task"] in app.tasks, nombre


def test_called_directly_it_answers_how_it_ended(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()], "x": []})
    assert tasks.save_orders_clients(str(lote.pk)) == {
        "estado": "PARCIAL",
        "total": 2,
        "guardados": 1,
        "rechazados": 1,
    }
    assert not TaskResult.objects.exists()


@pytest.fixture
def estados(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the task told Celery's result row, as it went."""
    estados: list[Any] = []
    original = tasks.save_orders_clients.update_state

    def anotar(*args: Any, **kwargs: Any) -> None:
        estados.append((kwargs["state"], kwargs["meta"]["guardados"]))
        original(*args, **kwargs)

    monkeypatch.setattr(tasks.save_orders_clients, "update_state", anotar)
    return estados


def test_the_result_row_tells_the_progress_and_the_end(
    db: None, estados: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.save_orders_clients, "store_eager_result", True)
    monkeypatch.setattr(ingest, "PEDIDOS_POR_TRAMO", 2)
    venta = crear_venta(clientes=3)
    lote = venta.enviar({venta.clave(n): [venta.linea()] for n in range(3)})
    resultado = tasks.save_orders_clients.apply(args=(str(lote.pk),), task_id=str(lote.pk))
    assert resultado.get() == {"estado": "COMPLETO", "total": 3, "guardados": 3, "rechazados": 0}
    assert estados == [("PROGRESS", 2), ("PROGRESS", 3)]
    fila = TaskResult.objects.get(task_id=str(lote.pk))
    assert fila.status == "SUCCESS"
    assert '"guardados": 3' in fila.result


def test_progress_that_cannot_be_noted_costs_no_order(
    venta: Venta, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fallar(**_kwargs: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(tasks.save_orders_clients, "update_state", fallar)
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    tasks.save_orders_clients.apply(args=(str(lote.pk),), task_id=str(lote.pk))
    assert Orders.objects.count() == 1
    assert "avance_no_anotado" in [r.message for r in caplog.records]


def test_a_second_delivery_leaves_the_result_row_to_the_first(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    reclamar(lote.pk)
    with pytest.raises(Ignore):
        tasks.save_orders_clients(str(lote.pk))


def test_a_delivery_after_the_end_answers_the_end(venta: Venta) -> None:
    lote, _ = venta.procesar({venta.clave(): [venta.linea()]})
    assert tasks.save_orders_clients(str(lote.pk))["estado"] == "COMPLETO"


def test_only_a_uuid_is_taken(db: None) -> None:
    with pytest.raises(ValueError, match="badly formed"):
        tasks.save_orders_clients("1; DROP TABLE")
    with pytest.raises(LotePedidos.DoesNotExist):
        tasks.save_orders_clients(str(uuid.uuid4()))
