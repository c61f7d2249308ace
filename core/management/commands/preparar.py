"""`manage.py preparar`: what a start needs, in one process (`./dev up` runs it)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.web.demostracion import demo_borrada

DEMO, VIDA = "populate_data", "demo"
BORRADA = "· Demostración: se borró, no vuelve sola (manage.py populate_data la carga)"


class Command(BaseCommand):
    """Migrates; in desarrollo fills an empty database, in produccion collects static files."""

    help = "Migrate; demo data into an empty database (desarrollo); static files (produccion)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing, say only what was done."""
        pendientes = _migraciones_pendientes()
        if pendientes:
            self.stdout.write(f"· Base de datos: {pendientes} migraciones")
            call_command("migrate", verbosity=0, interactive=False)
        if settings.PRODUCCION:
            call_command("collectstatic", verbosity=0, interactive=False)
        elif DEMO in get_commands():
            self._demostrar()

    def _demostrar(self) -> None:
        """The demo into an empty database; not again where somebody took it away."""
        if demo_borrada():
            self.stdout.write(BORRADA)
            return
        call_command(DEMO, si_vacia=True, stdout=self.stdout)
        if VIDA in get_commands():
            call_command(VIDA, "cargar", si_vacia=True, stdout=self.stdout)


def _migraciones_pendientes() -> int:
    ejecutor = MigrationExecutor(connection)
    return len(ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes()))
