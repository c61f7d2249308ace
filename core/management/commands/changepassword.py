"""Django's command, whose new password and the end of the old one's keys are one deed."""

from __future__ import annotations

import getpass
from typing import Any, Final

from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from core.acceso.guardado import SoloLaClave

INTENTOS: Final = 3


class _Formulario(SoloLaClave, SetPasswordForm):
    """Django's: compares both and asks the validators."""


class Command(changepassword.Command):
    """Django's command, which keeps what else was written of the user while one typed."""

    def handle(self, *args: Any, **options: Any) -> str:
        """Ask twice for a password, three times at most, and give it to the user."""
        nombre = options["username"] or getpass.getuser()
        usuario = User.objects.using(options["database"]).filter(username=nombre).first()
        if usuario is None:
            raise CommandError(_("No hay un usuario «%s».") % nombre)
        for _vez in range(INTENTOS):
            # Open no transaction here: somebody is typing.
            datos = {"new_password1": _pedir(_("Contraseña: "))}
            datos["new_password2"] = _pedir(_("Otra vez: "))
            formulario: Any = _Formulario(usuario, datos)
            if formulario.is_valid():
                formulario.save()
                return _("Contraseña cambiada: %s.") % usuario
            for frases in formulario.errors.values():
                self.stderr.write("\n".join(frases))
        raise CommandError(_("Contraseña sin cambiar: %d intentos.") % INTENTOS)


def _pedir(pregunta: str) -> str:
    """Nothing typed is giving up."""
    clave = getpass.getpass(pregunta)
    if not clave:
        raise CommandError(_("Contraseña sin cambiar."))
    return clave
