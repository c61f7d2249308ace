"""The django-celery-results rows of `save_orders_clients`: a lote's has the lote's id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django_celery_results.models import TaskResult

from sales.models import LotePedidos
from sales.situacion import Fila


def filas_de(lotes: Iterable[LotePedidos]) -> dict[UUID, Fila]:
    """The rows that these lotes have, in one query; who may see a lote may see its row."""
    ids = {str(lote.pk): lote.pk for lote in lotes}
    if not ids:
        return {}
    filas = TaskResult.objects.filter(task_id__in=ids).values(
        *("task_id", "status", "result", "worker", "date_started", "date_done", "traceback")
    )
    return {ids[fila["task_id"]]: _fila(fila) for fila in filas}


def con_fila(lotes: Sequence[LotePedidos]) -> Sequence[LotePedidos]:
    """The same lotes, those under way with their row for whoever draws them."""
    filas = filas_de(lote for lote in lotes if not lote.terminado)
    for lote in lotes:
        lote.fila = filas.get(lote.pk)
    return lotes


def con_su_fila(lote: LotePedidos) -> LotePedidos:
    """A lote with its row, finished or not."""
    lote.fila = filas_de([lote]).get(lote.pk)
    return lote


def _fila(fila: Mapping[str, Any]) -> Fila:
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
        terminada=fila["date_done"] if estado in {"SUCCESS", "FAILURE", "REVOKED"} else None,
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
