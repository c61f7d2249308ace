"""What a lote and its row of results say together: one situation, by fixed precedence. Pure.

The lote is the truth: its row cannot know of waiting, of a queue that does not answer, of a worker
that died, nor of itself having been cleaned up. The row knows the worker, and how far it is between
two chunks. `docs/ingesta.md` has the table; `sales/tests/lotes/test_situacion.py` runs it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

# Three beats missed: whoever claimed the lote is dead, or as good as.
SEGUNDOS_SIN_LATIDO = 15
# Received and not taken up for so long: nobody is working.
ESPERA_NORMAL = timedelta(seconds=30)


class Situacion(enum.StrEnum):
    """Where a lote is."""

    SIN_ENTREGAR = "SIN_ENTREGAR"
    EN_COLA = "EN_COLA"
    DEMORADO = "DEMORADO"
    REINTENTO = "REINTENTO"
    EN_CURSO = "EN_CURSO"
    SIN_SENAL = "SIN_SENAL"
    TERMINADO = "TERMINADO"


class Proceso(enum.StrEnum):
    """What became of a lote's task, by its row and its lote."""

    EN_CURSO = "En curso"
    CON_ERROR = "Con error"
    TERMINADA = "Terminada"
    CORTADA = "Cortada"
    SIN_ENTREGAR = "Sin entregar"
    SIN_FILA = "Sin fila"
    ENTREGADA = "Entregada"


@dataclass(frozen=True, slots=True)
class Fila:
    """A lote's row of django-celery-results; `hechos` and `total` of its PROGRESS, or 0."""

    estado: str
    hechos: int = 0
    total: int = 0
    rechazados: int = 0
    trabajador: str = ""
    iniciada: datetime | None = None
    terminada: datetime | None = None
    traza: str = ""


class Cuenta(NamedTuple):
    """How many orders have a verdict, of how many, and how many of them a refusal."""

    hechos: int
    total: int
    rechazados: int


@dataclass(frozen=True, slots=True)
class EnLaBase:
    """What the lote's own row says."""

    estado: str
    recibido_en: datetime
    encolado_en: datetime | None
    latido_en: datetime | None
    intentos: int
    cuenta: Cuenta


def situacion_de(lote: EnLaBase, ahora: datetime) -> Situacion:
    """Where the lote is at this moment; the row decides none of it."""
    if lote.estado == "PROCESANDO":
        silencio = timedelta(seconds=SEGUNDOS_SIN_LATIDO)
        vivo = lote.latido_en is not None and ahora - lote.latido_en <= silencio
        return Situacion.EN_CURSO if vivo else Situacion.SIN_SENAL
    if lote.estado != "RECIBIDO":
        return Situacion.TERMINADO
    # Whoever tried it had it from somewhere, whether the hand-out was noted or not.
    if lote.encolado_en is None and not lote.intentos:
        return Situacion.SIN_ENTREGAR
    if ahora - lote.recibido_en > ESPERA_NORMAL:
        return Situacion.DEMORADO
    return Situacion.REINTENTO if lote.intentos else Situacion.EN_COLA


def cuenta_de(lote: EnLaBase, fila: Fila | None) -> Cuenta:
    """How far it is: what the row's PROGRESS says while it runs, if that is further.

    Verdicts are never taken back, so the row of an earlier attempt is only behind.
    """
    if fila is None or lote.estado != "PROCESANDO" or fila.estado != "PROGRESS":
        return lote.cuenta
    if lote.cuenta.total not in (0, fila.total) or not 0 <= fila.hechos <= fila.total:
        return lote.cuenta
    if fila.hechos < lote.cuenta.hechos:
        return lote.cuenta
    return Cuenta(fila.hechos, fila.total, fila.rechazados)


def proceso_de(situacion: Situacion, fila: Fila | None) -> Proceso:
    """What its task is doing; a row that still says "running" of a lote that is not is a dead
    worker's, or the last moment of one that has just finished."""
    estado = fila.estado if fila else ""
    if situacion is Situacion.EN_CURSO:
        return Proceso.EN_CURSO
    if estado in {"FAILURE", "REVOKED"}:
        return Proceso.CON_ERROR
    if situacion is Situacion.TERMINADO:
        return Proceso.TERMINADA
    if estado in {"STARTED", "PROGRESS"}:
        return Proceso.CORTADA
    if situacion is Situacion.SIN_ENTREGAR:
        return Proceso.SIN_ENTREGAR
    return Proceso.ENTREGADA if fila else Proceso.SIN_FILA
