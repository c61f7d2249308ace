"""`manage.py crear_empresa`: the first company, branch and user of a real installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.crypto import get_random_string

from gestion_precios.models import Empresa, Moneda, Pais, Sucursal
from sales.models import Canal, Perfil
from sales.personas.grupos import dar_rol
from sales.personas.roles import Rol, rol_de

ROLES = {rol.value: rol for rol in (Rol.TOMADOR, Rol.SUPERVISOR, Rol.ADMIN)}
ROL = Rol.ADMIN.value
LARGO_CLAVE = 16


class Command(BaseCommand):
    """Creates what is missing of company, branch and user; what exists stays."""

    help = (
        "Create a company, its branch and a user with a role. Run again for another branch or"
        " user. On a terminal it asks for the password; else, or with Enter, it makes one and"
        " prints it once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The company's name; the rest has defaults but for the user."""
        parser.add_argument("empresa", help="the company's name")
        parser.add_argument("--sucursal", default="Central", help="its branch (default Central)")
        parser.add_argument("--usuario", required=True, help="the user's login name")
        parser.add_argument("--rol", choices=ROLES, help=f"default: {ROL} for a new user")
        parser.add_argument("--moneda", choices=Moneda.values, default=Moneda.PYG.value)
        parser.add_argument("--zona-horaria", default="America/Asuncion")
        parser.add_argument(
            "--pais", choices=Pais.values, default="", help="default: its currency's or its clock's"
        )
        parser.add_argument("--canal", default="General", help="a first client channel")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them in one transaction and say what was created."""
        if options["zona_horaria"] not in available_timezones():
            raise CommandError(f"Zona horaria desconocida: {options['zona_horaria']}")
        usuario = User.objects.filter(username=options["usuario"]).first()
        generada = ""
        if usuario is None:
            usuario = User(username=options["usuario"])
            generada = _poner_clave(usuario)
        with transaction.atomic():
            sucursal = _sucursal(options)
            es_nuevo = usuario.pk is None
            usuario.save()
            if es_nuevo or options["rol"]:
                dar_rol(usuario, ROLES[options["rol"] or ROL])
            Perfil.objects.get_or_create(usuario=usuario, sucursal=sucursal)
        self.stdout.write(f"{sucursal.empresa} · {sucursal}: {usuario} ({rol_de(usuario).value})")
        if generada:
            self.stdout.write(f"Clave de {usuario}: {generada}  (no se vuelve a mostrar)")


def _sucursal(options: dict[str, Any]) -> Sucursal:
    """The branch, its company and, so that clients can be created, a first channel."""
    empresa, _nueva = Empresa.objects.get_or_create(
        nombre=options["empresa"],
        defaults={dato: options[dato] for dato in ("moneda", "zona_horaria", "pais")},
    )
    if not Canal.objects.exists():
        Canal.objects.create(nombre=options["canal"])
    return Sucursal.objects.get_or_create(empresa=empresa, nombre=options["sucursal"])[0]


def _poner_clave(usuario: User) -> str:
    """Set what was typed, or a generated password, which is returned."""
    escrita = getpass(f"Clave de {usuario} (Enter: generar una): ") if _hay_terminal() else ""
    generada = "" if escrita else get_random_string(LARGO_CLAVE)
    try:
        usuario.full_clean(exclude=["password"])
        validate_password(escrita or generada, usuario)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    usuario.set_password(escrita or generada)
    return generada


def _hay_terminal() -> bool:
    return sys.stdin.isatty()
