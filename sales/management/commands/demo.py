"""`manage.py demo`: the demo's life loaded, kept alive, or taken away (`./dev demo` runs it)."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db.models import ProtectedError
from django.utils import timezone

from core.errores import ErrorDominio
from sales.demo.borrado import borrar_demo
from sales.demo.carga import CLAVE, USUARIOS
from sales.demo.gente import gente_de_la_demo
from sales.demo.trafico import trafico
from sales.demo.vida import esta_vacia, vivir

QUE = ("cargar", "trafico", "borrar", "gente")
HACEN = {
    "tomador": "carga pedidos",
    "supervisor": "ve la sucursal",
    "admin": "administra (/admin/)",
}
CADA = 4.0


class Command(BaseCommand):
    """Sixty days of orders of people who do not exist; live traffic; the end of both."""

    help = (
        "The demo: cargar (sixty days), trafico (until Ctrl-C), borrar (all), gente (who signs in)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and what that takes."""
        parser.add_argument("que", choices=QUE)
        parser.add_argument("--si-vacia", action="store_true", help="cargar: nothing if any order")
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="trafico: the desk")
        parser.add_argument("--cada", type=float, default=CADA, help="trafico: seconds")
        parser.add_argument("--lotes", type=int, default=0, help="trafico: so many, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say in one sentence why not."""
        try:
            getattr(self, f"_{options['que']}")(options)
        except ErrorDominio as error:
            raise CommandError(str(error.detail)) from error
        except ProtectedError as error:
            tablas = sorted({str(f._meta.verbose_name_plural) for f in error.protected_objects})
            raise CommandError(
                f"No se borró nada: dependen de la demostración {', '.join(tablas)}."
            ) from error

    def _cargar(self, options: dict[str, Any]) -> None:
        if options["si_vacia"] and not esta_vacia():
            return
        empieza = time.monotonic()
        with _en_silencio():
            vivido = vivir(timezone.now())
        self.stdout.write(
            f"· Demostración: {vivido.pedidos} pedidos en {vivido.lotes} lotes,"
            f" {time.monotonic() - empieza:.0f} s (se van con ./dev demo borrar)"
        )

    def _borrar(self, _options: dict[str, Any]) -> None:
        with _en_silencio():
            borrado = borrar_demo()
        filas = ", ".join(f"{cuantas} {que}" for que, cuantas in borrado.items())
        self.stdout.write(f"· Se borró: {filas}" if filas else "· No hay demostración que borrar")

    def _gente(self, _options: dict[str, Any]) -> None:
        """Who of the demo may sign in; without anybody, how the first person is made."""
        hay = gente_de_la_demo().filter(is_active=True).values_list("username", flat=True)
        suyos = [nombre for nombre, *_resto in USUARIOS if nombre in set(hay)]
        if suyos:
            self.stdout.write(f"  Usuarios de demostración (clave: {CLAVE})")
            for nombre in suyos:
                self.stdout.write(f"    {nombre:<12} {HACEN[nombre]}")
        elif not User.objects.exists():
            self.stdout.write("  No hay usuarios: la primera persona se crea con")
            self.stdout.write("    .venv/bin/python manage.py createsuperuser")

    def _trafico(self, options: dict[str, Any]) -> None:
        try:
            for hecho in trafico(options["url"], lotes=options["lotes"], cada=options["cada"]):
                self.stdout.write(f"· {hecho}")
        except KeyboardInterrupt:
            self.stdout.write("· Tráfico detenido")


@contextmanager
def _en_silencio() -> Iterator[None]:
    """Before the desk starts there is no Redis to tell anything to: hundreds would say so."""
    antes = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(antes)
