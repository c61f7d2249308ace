"""The django-celery-results rows of `save_orders_clients`: a lote's has the lote's id.

Celery itself writes only how a run ended. That it was handed out, that a worker has it and how far
it is are written here, each under a condition: Celery's own STARTED would let a second delivery
blot out the row of the run that is at it, or has finished.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django_celery_results.models import TaskResult

from sales.lotes.situacion import Fila
from sales.models import LotePedidos

# What Celery calls READY_STATES.
FINALES = frozenset({"SUCCESS", "FAILURE", "REVOKED"})
CORRIENDO = ("STARTED", "PROGRESS")
COLUMNAS = ("task_id", "status", "result", "worker", "date_started", "date_done", "traceback")


def anotar_entrega(tarea: str, lote_id: UUID) -> None:
    """Note that the broker took the task: PENDING, unless its row says more already."""
    _crear(lote_id, {"task_name": tarea, "status": "PENDING"})


def cerrada(lote_id: UUID) -> bool:
    """Whether the row tells how a run ended."""
    return TaskResult.objects.filter(task_id=str(lote_id), status__in=FINALES).exists()


@dataclass(slots=True)
class Corrida:
    """A run that writes its row, known there by the moment at which it took its lote.

    One that was paused and overtaken finds a later moment, and writes nothing more.
    """

    tarea: str
    lote_id: UUID
    trabajador: str
    iniciada: datetime | None = None

    def empezar(self, intento: int) -> None:
        """STARTED, in the place of whatever an earlier run or nobody left."""
        self.iniciada = timezone.now()
        antes = Q(date_started__isnull=True) | Q(date_started__lt=self.iniciada)
        self._escribir(antes, "STARTED", {"intento": intento})

    def avanzar(self, avance: Mapping[str, Any]) -> None:
        """PROGRESS, while the row is this run's and open; or anew, if it was cleaned up."""
        propia = Q(date_started=self.iniciada, status__in=CORRIENDO)
        self._escribir(propia, "PROGRESS", avance)

    def _escribir(self, condicion: Q, estado: str, resultado: Mapping[str, Any]) -> None:
        campos = {
            "task_name": self.tarea,
            "status": estado,
            "result": json.dumps(resultado),
            "traceback": None,
            "worker": self.trabajador,
            "date_started": self.iniciada,
        }
        fila = TaskResult.objects.filter(condicion, task_id=str(self.lote_id))
        # What is cleaned up is old by this date.
        if not fila.update(**campos, date_done=timezone.now()):
            _crear(self.lote_id, campos)


def _crear(lote_id: UUID, campos: Mapping[str, Any]) -> None:
    fila = TaskResult(
        task_id=str(lote_id),
        content_type="application/json",
        content_encoding="utf-8",
        **campos,
    )
    # Whoever was first is further, or as far.
    TaskResult.objects.bulk_create([fila], ignore_conflicts=True)


def filas_de(lotes: Iterable[LotePedidos]) -> dict[UUID, Fila]:
    """The rows that these lotes have, in one query; who may see a lote may see its row."""
    ids = {str(lote.pk): lote.pk for lote in lotes}
    if not ids:
        return {}
    filas = TaskResult.objects.filter(task_id__in=ids).values(*COLUMNAS)
    return {ids[fila["task_id"]]: leer_fila(fila) for fila in filas}


def con_fila(lotes: Sequence[LotePedidos]) -> Sequence[LotePedidos]:
    """The lotes given, each with its row of results for whoever draws them."""
    filas = filas_de(lotes)
    for lote in lotes:
        lote.fila = filas.get(lote.pk)
    return lotes


def con_su_fila(lote: LotePedidos) -> LotePedidos:
    """A lote with its row."""
    con_fila([lote])
    return lote


def leer_fila(fila: Mapping[str, Any]) -> Fila:
    """A row by its COLUMNAS."""
    estado = fila["status"]
    avance = _avance(fila["result"]) if estado == "PROGRESS" else {}
    guardados, rechazados, total = (
        _entero(avance.get(campo)) for campo in ("guardados", "rechazados", "total")
    )
    return Fila(
        estado=estado,
        hechos=guardados + rechazados,
        total=total,
        rechazados=rechazados,
        trabajador=fila["worker"] or "",
        iniciada=fila["date_started"],
        # PROGRESS rows carry a date_done too.
        terminada=fila["date_done"] if estado in FINALES else None,
        traza=fila["traceback"] or "",
    )


def _avance(texto: str | None) -> dict[str, Any]:
    try:
        avance = json.loads(texto or "")
    except ValueError:
        return {}
    return avance if isinstance(avance, dict) else {}


def _entero(valor: Any) -> int:
    return valor if type(valor) is int and valor >= 0 else 0
