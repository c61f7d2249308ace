"""Who works on a lote: one claim at a time, counted, kept alive by a heartbeat, lost if it stops.

A claim is the number of its attempt. Every write of a worker carries it as a condition, so one
that was paused and overtaken finds its claim gone and writes nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from sales.lotes.fallos import DEMASIADOS_INTENTOS
from sales.lotes.situacion import SEGUNDOS_SIN_LATIDO
from sales.models import LotePedidos

registro = logging.getLogger(__name__)
INTENTOS_MAXIMOS = 5
SEGUNDOS_LATIDO = 5.0
Estado = LotePedidos.Estado


class ReservaPerdida(Exception):
    """Somebody else has the lote now: stop without writing."""


@dataclass(frozen=True, slots=True)
class Reserva:
    """The right to work on a lote: its id and the attempt it was counted as."""

    lote_id: UUID
    intento: int

    def renovar(self) -> None:
        """Beat, or ReservaPerdida."""
        self._actualizar(latido_en=timezone.now())

    def anotar(self, *, total: int, guardados: int, rechazados: int) -> None:
        """Write how far the lote is; in a transaction, its row stays locked. Or ReservaPerdida."""
        self._actualizar(
            latido_en=timezone.now(), total=total, guardados=guardados, rechazados=rechazados
        )

    def terminar(self, estado: str, codigo: str = "") -> None:
        """Close the lote."""
        self._actualizar(estado=estado, codigo=codigo, terminado_en=timezone.now())

    def rendirse(self, codigo: str) -> None:
        """Close the lote unfinished for good: FALLIDO, or PARCIAL when some of it is saved."""
        lote = LotePedidos.objects.filter(pk=self.lote_id)
        guardados = lote.values_list("guardados", flat=True).get()
        self.terminar(Estado.PARCIAL if guardados else Estado.FALLIDO, codigo)

    def soltar(self) -> None:
        """Give the lote back unfinished, for the sweeper to hand out again."""
        self._actualizar(estado=Estado.RECIBIDO)

    def _actualizar(self, **campos: object) -> None:
        mio = LotePedidos.objects.filter(
            pk=self.lote_id, intentos=self.intento, estado=Estado.PROCESANDO
        )
        if not mio.update(**campos):
            raise ReservaPerdida


def disponibles() -> Q:
    """Condition: received and waiting, or claimed by somebody whose heart stopped."""
    limite = timezone.now() - timedelta(seconds=SEGUNDOS_SIN_LATIDO)
    return Q(estado=Estado.RECIBIDO) | Q(estado=Estado.PROCESANDO, latido_en__lt=limite)


def reservar(lote_id: UUID) -> Reserva | None:
    """Take the lote and count the attempt, in a commit of its own; None when it is not to be had.

    After the fifth attempt the lote is closed instead: it may be what kills its workers.
    """
    ahora = timezone.now()
    with transaction.atomic():
        tomado = LotePedidos.objects.filter(
            disponibles(), pk=lote_id, intentos__lt=INTENTOS_MAXIMOS
        ).update(
            estado=Estado.PROCESANDO,
            intentos=F("intentos") + 1,
            iniciado_en=Coalesce("iniciado_en", ahora),
            latido_en=ahora,
        )
        if tomado:
            intento = LotePedidos.objects.values_list("intentos", flat=True).get(pk=lote_id)
            return Reserva(lote_id, intento)
    if _cerrar_agotado(lote_id):
        registro.error("lote_agotado", extra={"lote": str(lote_id)})
    return None


def _cerrar_agotado(lote_id: UUID) -> bool:
    agotado = LotePedidos.objects.filter(disponibles(), pk=lote_id, intentos__gte=INTENTOS_MAXIMOS)
    cierre = {"codigo": DEMASIADOS_INTENTOS, "terminado_en": timezone.now()}
    cerrados = agotado.filter(guardados=0).update(estado=Estado.FALLIDO, **cierre)
    return bool(cerrados or agotado.update(estado=Estado.PARCIAL, **cierre))


@contextmanager
def latido(reserva: Reserva, cada: float = SEGUNDOS_LATIDO) -> Iterator[None]:
    """Beat from a thread of its own, on its own connection, while the block runs."""
    fin = threading.Event()
    hilo = threading.Thread(
        target=_latir, args=(reserva, cada, fin), name=f"latido-{reserva.lote_id}", daemon=True
    )
    hilo.start()
    try:
        yield
    finally:
        fin.set()
        hilo.join()


def _latir(reserva: Reserva, cada: float, fin: threading.Event) -> None:
    try:
        while not fin.wait(cada):
            try:
                reserva.renovar()
            except ReservaPerdida:
                return
            except (DatabaseError, MemoryError) as error:
                # The next beat may get through; the worker's own statements report what is wrong.
                registro.warning(
                    "latido_perdido",
                    extra={"lote": str(reserva.lote_id), "error": type(error).__name__},
                )
                connection.close()
    finally:
        connection.close()
