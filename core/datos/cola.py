"""Publishing a task without making anybody wait for a broker that is not there."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from kombu.exceptions import OperationalError

from core.celery import app

registro = logging.getLogger(__name__)
SEGUNDOS_SIN_INTENTAR = 5.0


class _Corte:
    """Remembers the last failure, so that a dead broker costs one request in five seconds."""

    hasta = 0.0

    def abierto(self) -> bool:
        return time.monotonic() < self.hasta

    def abrir(self) -> None:
        self.hasta = time.monotonic() + SEGUNDOS_SIN_INTENTAR

    def cerrar(self) -> None:
        self.hasta = 0.0


corte = _Corte()


def publicar(
    nombre_tarea: str,
    args: Sequence[Any] = (),
    *,
    task_id: str | None = None,
    countdown: float | None = None,
) -> bool:
    """Send a task by name, once, in half a second at most; False when the broker did not take it.

    Whoever needs certainty keeps the work in the database and sweeps it.
    """
    if corte.abierto():
        return False
    try:
        app.send_task(
            nombre_tarea,
            args=list(args),
            task_id=task_id,
            countdown=countdown,
            retry=False,
            ignore_result=False,
        )
    except (OperationalError, OSError) as error:
        corte.abrir()
        registro.warning(
            "cola_sin_broker", extra={"tarea": nombre_tarea, "error": type(error).__name__}
        )
        return False
    corte.cerrar()
    return True
