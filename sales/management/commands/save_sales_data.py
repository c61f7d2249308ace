"""`manage.py save_sales_data`: publish the catalogue now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sales.catalogo.publicacion import save_sales_data


class Command(BaseCommand):
    """Publishes the catalogue and prints its versions; without Redis only prints them."""

    help = "Build each branch's catalogue, compress it and publish it in Redis."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--sucursal ID`: that one alone."""
        parser.add_argument("--sucursal", type=int, help="This branch alone (its number).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each branch's version."""
        versiones = save_sales_data(options["sucursal"])
        if options["sucursal"] is not None and not versiones:
            raise CommandError("Esa sucursal no existe.")
        for sucursal_id, version in versiones.items():
            self.stdout.write(f"Sucursal {sucursal_id}: versión {version}")
