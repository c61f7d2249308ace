"""Celery's view of the pricing engine."""

from celery import shared_task

from gestion_precios.listas import vencimientos


@shared_task(name="gestion_precios.tasks.revisar_vencimientos")
def revisar_vencimientos() -> None:
    """Report the price lists about to expire and mark the expired ones."""
    vencimientos.revisar_vencimientos()
