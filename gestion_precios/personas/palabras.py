"""Words that everybody in the house knows, and no password is made of: companies, branches."""

from __future__ import annotations

from core.acceso.claves import registrar_palabras
from gestion_precios.models import Empresa, Sucursal


def nombres_de_la_casa() -> list[str]:
    """The names of companies and branches."""
    return [
        *Empresa.objects.values_list("nombre", flat=True),
        *Sucursal.objects.values_list("nombre", flat=True),
    ]


def conectar() -> None:
    """Tell those who look at new passwords."""
    registrar_palabras(nombres_de_la_casa)
