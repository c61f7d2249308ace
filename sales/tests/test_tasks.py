"""Celery's view of a lote: its result row, redelivery, and the schedule."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from celery.app.trace import build_tracer
from celery.exceptions import Ignore
from django.conf import settings
from django.db import DatabaseError
from django_celery_results.models import TaskResult

from core.celery import app
from sales import tasks
from sales.lotes import bandeja, ingesta
from sales.lotes.filas_tarea import Corrida
from sales.lotes.reserva import reservar
from sales.models import LotePedidos, Orders
from sales.tests.venta import Venta


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


# --- Its row of results ---------------------------------------------------------------------------

Escrito = tuple[str, str, dict[str, Any]]


@pytest.fixture
def escrito(monkeypatch: pytest.MonkeyPatch) -> list[Escrito]:
    """What stood in the row after each write of the run: state, worker, result."""
    escrito: list[Escrito] = []
    original = Corrida._escribir

    def anotar(corrida: Corrida, *args: Any) -> None:
        original(corrida, *args)
        campos = TaskResult.objects.values_list("status", "worker", "result")
        estado, trabajador, resultado = campos.get(task_id=str(corrida.lote_id))
        escrito.append((estado, str(trabajador), json.loads(str(resultado))))

    monkeypatch.setattr(Corrida, "_escribir", anotar)
    return escrito


def entregar(lote: LotePedidos, trabajador: str = "celery@uno") -> tuple[str, Any]:
    """Run the task as a worker of that name does, its row written; how Celery says it ended."""
    correr = build_tracer(bandeja.TAREA, tasks.save_orders_clients, app=app)
    peticion = {"id": str(lote.pk), "task": bandeja.TAREA, "hostname": trabajador}
    valor, informe, *_resto = correr(str(lote.pk), [str(lote.pk)], {}, peticion)
    return (informe.state if informe else "SUCCESS"), valor


def fila_de(lote: LotePedidos) -> dict[str, Any]:
    campos = ("status", "worker", "result", "traceback", "date_started", "date_done")
    fila: dict[str, Any] = TaskResult.objects.values(*campos).get(task_id=str(lote.pk))
    return fila


def test_the_row_tells_the_start_the_progress_and_the_end(
    venta: Venta, escrito: list[Escrito], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesta, "PEDIDOS_POR_TRAMO", 2)
    lote = venta.enviar({venta.clave(n): [venta.linea()] for n in range(3)})
    resultado = entregar(lote)
    final = {"estado": "COMPLETO", "total": 3, "guardados": 3, "rechazados": 0}
    assert resultado == ("SUCCESS", final)
    en_curso = {"estado": "RECIBIDO", "total": 3, "rechazados": 0}
    assert escrito == [
        ("STARTED", "celery@uno", {"intento": 1}),
        ("PROGRESS", "celery@uno", en_curso | {"estado": "PROCESANDO", "guardados": 2}),
        ("PROGRESS", "celery@uno", en_curso | {"estado": "PROCESANDO", "guardados": 3}),
    ]
    fila = fila_de(lote)
    assert (fila["status"], json.loads(fila["result"])) == ("SUCCESS", final)
    assert fila["date_started"] <= fila["date_done"]


def test_progress_that_cannot_be_noted_costs_no_order(
    venta: Venta, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fallar(*_args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(Corrida, "_escribir", fallar)
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    entregar(lote)
    assert Orders.objects.count() == 1
    assert [r.message for r in caplog.records].count("avance_no_anotado") == 2


def test_celerys_own_started_is_off(db: None) -> None:
    assert tasks.save_orders_clients.track_started is False


def test_a_second_delivery_leaves_the_row_to_the_run_that_has_the_lote(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    reserva = reservar(lote.pk)
    assert reserva is not None
    primera = Corrida(bandeja.TAREA, lote.pk, "celery@uno")
    primera.empezar(reserva.intento)
    primera.avanzar({"estado": "PROCESANDO", "total": 9, "guardados": 4, "rechazados": 0})
    antes = fila_de(lote)
    assert entregar(lote, "celery@dos")[0] == "IGNORED"
    assert fila_de(lote) == antes


def test_a_delivery_after_the_end_leaves_the_row_of_the_end(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    entregar(lote)
    antes = fila_de(lote)
    assert entregar(lote, "celery@dos")[0] == "IGNORED"
    assert fila_de(lote) == antes


def test_a_delivery_after_the_end_closes_a_row_that_was_left_open(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    entregar(lote)
    TaskResult.objects.update(status="PROGRESS")
    assert entregar(lote, "celery@dos")[1]["estado"] == "COMPLETO"
    assert fila_de(lote)["status"] == "SUCCESS"


def test_a_failure_is_told_and_the_next_attempt_begins_anew(
    venta: Venta, escrito: list[Escrito], monkeypatch: pytest.MonkeyPatch
) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    with monkeypatch.context() as roto:
        roto.setattr(ingesta, "abrir", lambda _lote: 1 // 0)
        assert entregar(lote)[0] == "FAILURE"
    fila = fila_de(lote)
    assert (fila["status"], "ZeroDivisionError" in fila["traceback"]) == ("FAILURE", True)
    assert entregar(lote, "celery@dos")[0] == "SUCCESS"
    assert escrito[1] == ("STARTED", "celery@dos", {"intento": 2})
    assert fila_de(lote)["traceback"] is None


def test_a_run_that_fails_after_its_claim_was_lost_leaves_the_row_to_the_other(
    venta: Venta, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    otra = Corrida(bandeja.TAREA, lote.pk, "celery@dos")

    def perder(_lote: LotePedidos) -> Any:
        LotePedidos.objects.filter(pk=lote.pk).update(intentos=2)
        otra.empezar(2)
        raise RuntimeError

    monkeypatch.setattr(ingesta, "abrir", perder)
    assert entregar(lote)[0] == "IGNORED"
    fila = fila_de(lote)
    assert (fila["status"], fila["worker"]) == ("STARTED", "celery@dos")
    assert "reserva_perdida" in [r.message for r in caplog.records]


def test_an_overtaken_run_writes_nothing_more(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    avance = {"estado": "PROCESANDO", "total": 9, "guardados": 4, "rechazados": 0}
    pausada = Corrida(bandeja.TAREA, lote.pk, "celery@uno")
    pausada.empezar(1)
    nueva = Corrida(bandeja.TAREA, lote.pk, "celery@dos")
    nueva.empezar(2)
    antes = fila_de(lote)
    pausada.avanzar(avance)
    assert fila_de(lote) == antes
    nueva.avanzar(avance)
    TaskResult.objects.update(status="SUCCESS")
    antes = fila_de(lote)
    nueva.avanzar(avance)
    assert fila_de(lote) == antes


def test_a_row_cleaned_up_meanwhile_comes_back_with_the_next_progress(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    corrida = Corrida(bandeja.TAREA, lote.pk, "celery@uno")
    corrida.empezar(1)
    TaskResult.objects.all().delete()
    corrida.avanzar({"estado": "PROCESANDO", "total": 9, "guardados": 4, "rechazados": 0})
    fila = fila_de(lote)
    assert (fila["status"], fila["worker"]) == ("PROGRESS", "celery@uno")
    assert fila["date_started"] == corrida.iniciada


def test_a_second_delivery_called_directly_says_that_it_is_somebody_elses(venta: Venta) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    reservar(lote.pk)
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
