"""`manage.py populate_data`: the demo, in place of whatever catalogue there is."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gestion_precios.demo.carga import cargar_demo
from gestion_precios.models import Empresa
from gestion_precios.signals import CatalogoEnUso

SEMILLA = 1
AYUDA = """
Replace the catalogue by the demo: the pricing engine's company (Empresa Principal S.A.) and a
Paraguayan distributor with branches, clients, articles, price lists and the demo users
tomador, supervisor and admin.
"""
AYUDA_ESCALA = """
how many times 1,200 articles and 300 clients (default 1), up to 50,000 articles and 20,000
clients: 34 gives 40,800 x 10,200, from 67 on both limits are reached
"""


class Command(BaseCommand):
    """Wipes the catalogue and loads the demo, in one transaction."""

    help = AYUDA

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Scale, seed, and the two switches."""
        parser.add_argument("--escala", type=_entero_positivo, default=1, help=AYUDA_ESCALA)
        parser.add_argument(
            "--semilla", type=int, default=SEMILLA, help="another seed, other rows (default 1)"
        )
        parser.add_argument(
            "--forzar",
            action="store_true",
            help="also with orders or lotes, which are deleted, and in produccion",
        )
        parser.add_argument(
            "--si-vacia", action="store_true", help="do nothing when there is a company"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo or say, in one sentence, why not."""
        if options["si_vacia"] and Empresa.objects.exists():
            self.stdout.write("· Datos: ya hay empresas cargadas, no se toca nada")
            return
        if settings.PRODUCCION and not options["forzar"]:
            raise CommandError(
                "En producción no se reemplaza el catálogo por el de demostración"
                " (con --forzar, sí)."
            )
        try:
            demo = cargar_demo(
                escala=options["escala"], semilla=options["semilla"], forzar=options["forzar"]
            )
        except CatalogoEnUso as motivo:
            raise CommandError(str(motivo)) from motivo
        self.stdout.write(f"· Datos de demostración: {len(demo.articulos)} artículos")
        if settings.PRODUCCION:
            self.stderr.write("Los usuarios de demostración tienen una clave pública: cambiarla.")


def _entero_positivo(texto: str) -> int:
    if not (texto.isascii() and texto.isdigit() and 0 < int(texto) < 10_000):
        raise ArgumentTypeError("tiene que ser un número entero, 1 o más")
    return int(texto)
