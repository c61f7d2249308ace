"""`manage.py cencosud_unfulfilled`: close the cards nobody dealt with in 24 hours."""

from typing import Any

from django.core.management.base import BaseCommand

from realtime.tarjetas.vencidas import cerrar_vencidas


class Command(BaseCommand):
    help = "Cierra las tarjetas que nadie gestionó en 24 horas."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many."""
        self.stdout.write(f"Tarjetas cerradas: {cerrar_vencidas()}")
