"""Passwords nobody guesses who knows the house: its words count for nothing in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.texto.normal import normalizar

# The product, what is done with it, and how its people call their keys (docs/seguridad.md).
PALABRAS: Final = (
    "carga",
    "pedido",
    "distribuidora",
    "distribuidor",
    "tomador",
    "supervisor",
    "administrador",
    "admin",
    "usuario",
    "clave",
    "contrasena",
    "password",
    "catalogo",
    "precio",
    "paraguay",
    "asuncion",
)
# Shorter ones are in too many honest words.
LETRAS_MINIMAS: Final = 4
QUEDAN: Final = 8
Fuente = Callable[[], Iterable[str]]
_fuentes: list[Fuente] = []


def registrar_palabras(fuente: Fuente) -> None:
    """Say which other words everybody in the house knows: companies, branches."""
    if fuente not in _fuentes:
        _fuentes.append(fuente)


class SinPalabrasDeLaCasa:
    """Django validator: without the house's words a password still has eight characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError `clave_de_la_casa` when too little is left."""
        resto = normalizar(password)
        for palabra in _palabras():
            resto = resto.replace(palabra, "")
        if len(resto) < min(QUEDAN, len(password)):
            raise ValidationError(self.get_help_text(), code="clave_de_la_casa")

    def get_help_text(self) -> str:
        """The rules a password must follow, in words."""
        return _(
            "Sin contar palabras que todos conocen acá (el sistema, la empresa, la sucursal,"
            " «clave»), la contraseña tiene que tener al menos %(minimo)d caracteres."
        ) % {"minimo": QUEDAN}


def _palabras() -> list[str]:
    """The longest first: `distribuidora` before `distribuidor`."""
    nombres = " ".join(nombre for fuente in _fuentes for nombre in fuente())
    propias = re.findall(rf"[^\W_]{{{LETRAS_MINIMAS},}}", normalizar(nombres))
    return sorted({*PALABRAS, *propias}, key=len, reverse=True)
