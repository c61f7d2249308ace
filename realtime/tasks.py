"""Celery's view of the board."""

from celery import shared_task

from realtime.tarjetas.repaso import repasar_todo
from realtime.tarjetas.vencidas import cerrar_vencidas


@shared_task(name="realtime.tasks.cencosud_unfulfilled")
def cencosud_unfulfilled() -> int:
    """Close the cards nobody dealt with in 24 hours; how many."""
    return cerrar_vencidas()


@shared_task(name="realtime.tasks.reconcile_unfulfilled")
def reconcile_unfulfilled() -> None:
    """Bring the cards to what the rules say."""
    repasar_todo()
