"""Celery's view of the desk: each task names one function and hands it plain ids."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from celery.exceptions import Ignore
from celery.signals import worker_ready
from django.db import DatabaseError

from core.cola import publicar
from sales import ingest, jobs, programacion, snapshot

registro = logging.getLogger(__name__)


@shared_task(bind=True, name=jobs.TAREA)
def save_orders_clients(self: Task[Any, Any], lote_id: str) -> dict[str, Any]:
    """Save the orders of a lote; the task's id is the lote's."""

    def avisar(avance: ingest.Avance) -> None:
        if self.request.called_directly:
            return
        try:
            self.update_state(state="PROGRESS", meta=asdict(avance))
        except DatabaseError as error:
            # The lote's own row has the truth; this one is for whoever looks at Celery's.
            registro.warning("avance_no_anotado", extra={"error": type(error).__name__})

    avance = ingest.save_orders_clients(UUID(lote_id), avisar=avisar)
    if avance is None:
        # A second delivery while somebody works on it: leave the result row to them.
        raise Ignore
    return asdict(avance)


@shared_task(name="sales.tasks.requeue_lotes", ignore_result=True)
def requeue_lotes() -> None:
    """Hand out again what nobody took."""
    jobs.reencolar_lotes()


@shared_task(name="sales.tasks.save_sales_data", ignore_result=True)
def save_sales_data(sucursal_id: int | None = None) -> dict[int, str]:
    """Publish the catalogue of one branch, or of all."""
    return snapshot.save_sales_data(sucursal_id)


@worker_ready.connect
def publish_on_start(**_senal: Any) -> None:
    """A worker that starts has the catalogue made: the first browser need not wait for it."""
    publicar(programacion.TAREA)
