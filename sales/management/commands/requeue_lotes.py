"""`manage.py requeue_lotes`: the sweeper by hand, or from cron where there is no broker."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from sales.lotes.bandeja import reencolar_lotes
from sales.lotes.ingesta import save_orders_clients

registro = logging.getLogger(__name__)


class Command(BaseCommand):
    """Hands waiting lotes to the workers; those that no broker takes it processes itself."""

    help = "Hand out waiting lotes again; without a broker, process them right here."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once and say what was done."""
        barrido = reencolar_lotes()
        procesados = sum(_procesar(lote_id) for lote_id in barrido.sin_broker)
        self.stdout.write(
            f"Reencolados: {len(barrido.encolados)}. Procesados sin cola: {procesados}."
        )


def _procesar(lote_id: UUID) -> bool:
    try:
        return save_orders_clients(lote_id) is not None
    except Exception:  # noqa: BLE001 — one lote's fault must not keep the others waiting
        registro.exception("lote_sin_procesar", extra={"lote": str(lote_id)})
        return False
