"""`manage.py reconcile_unfulfilled`: bring the board to what the rules say."""

from typing import Any

from django.core.management.base import BaseCommand

from realtime.models import RealtimeRecord
from realtime.tarjetas.repaso import repasar_todo


class Command(BaseCommand):
    help = "Revisa pedidos y registros y deja en el tablero lo que dicen las reglas."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many cards there are now."""
        repasar_todo()
        self.stdout.write(f"Tarjetas en el tablero: {RealtimeRecord.objects.count()}")
