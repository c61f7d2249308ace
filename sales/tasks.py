"""Celery's view of the desk: each task names one function and hands it plain ids."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from celery.exceptions import Ignore
from celery.signals import worker_ready
from django.db import DatabaseError

from core.datos.cola import publicar
from sales.catalogo import programacion, publicacion
from sales.importacion import trabajo
from sales.lotes import bandeja, ingesta
from sales.lotes.filas_tarea import Corrida, cerrada

registro = logging.getLogger(__name__)


# The row's STARTED is the run's own, once it has the lote.
@shared_task(bind=True, name=bandeja.TAREA, track_started=False)
def save_orders_clients(self: Task[Any, Any], lote_id: str) -> dict[str, Any]:
    """Save the orders of a lote; the task's id is the lote's."""
    lote = UUID(lote_id)
    corrida = Corrida(bandeja.TAREA, lote, str(self.request.hostname or ""))

    def anotar(escribir: Callable[[], None]) -> None:
        if self.request.called_directly:
            return
        try:
            escribir()
        except DatabaseError as error:
            # The lote has the truth; this is what its row knows besides.
            registro.warning("avance_no_anotado", extra={"error": type(error).__name__})

    avance = ingesta.save_orders_clients(
        lote,
        al_tomar=lambda intento: anotar(lambda: corrida.empezar(intento)),
        avisar=lambda avance: anotar(lambda: corrida.avanzar(asdict(avance))),
    )
    # A second delivery leaves the row to the run that works on the lote, or has finished it.
    if avance is None or (corrida.iniciada is None and cerrada(lote)):
        raise Ignore
    return asdict(avance)


@shared_task(name="sales.tasks.requeue_lotes", ignore_result=True)
def requeue_lotes() -> None:
    """Hand out again what nobody took."""
    bandeja.reencolar_lotes()


@shared_task(name=trabajo.TAREA, ignore_result=True)
def importar_datos(importacion_id: str) -> None:
    """Read, look at or write an import, whichever is due."""
    trabajo.trabajar(UUID(importacion_id))


@shared_task(name="sales.tasks.repartir_importaciones", ignore_result=True)
def repartir_importaciones() -> None:
    """Hand out again the imports that no worker has."""
    trabajo.entregar_pendientes()


@shared_task(name="sales.tasks.save_sales_data", ignore_result=True)
def save_sales_data(sucursal_id: int | None = None) -> dict[int, str]:
    """Publish the catalogue of one branch, or of all."""
    return publicacion.save_sales_data(sucursal_id)


@worker_ready.connect
def publish_on_start(**_senal: Any) -> None:
    """A worker that starts has the catalogue made: the first browser need not wait for it."""
    publicar(programacion.TAREA)
