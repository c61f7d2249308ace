"""Searching clients as somebody types, by RUC or name.

The same rules as static/js/catalogo/indice.js, which answers without a connection.
"""

from __future__ import annotations

import re
import string
from typing import Final

from core.datos.buscador import LIMITE, Buscador, Fila, Hallazgo, limpiar
from core.texto.normal import normalizar
from sales.models import Cliente

CAMPOS_CLIENTE = (
    "id",
    "ruc",
    "nombrefactura",
    "nombrefantasia",
    "canalobj_id",
    "canalobj__nombre",
)
_DE_UN_NUMERO: Final = re.compile(r"[0-9]+(?:[.\- ][0-9]+)*")
_ENTRE_CIFRAS: Final = re.compile(r"[^0-9a-z]")


def buscar_clientes(consulta: str) -> Hallazgo:
    """Active clients by name, company name or RUC."""
    texto = limpiar(consulta)
    con_ruc = Cliente.objects.filter(ruc__in=formas_de_ruc(texto), activo=True)
    exactas: list[Fila] = list(con_ruc.order_by("busqueda", "id").values(*CAMPOS_CLIENTE)[:LIMITE])
    return Buscador(Cliente.objects.all(), CAMPOS_CLIENTE).hallar(_lecturas(texto), exactas)


def formas_de_ruc(texto: str) -> list[str]:
    """How a tax number typed so may be stored: points, hyphen and check digit may be missing."""
    junto = _ENTRE_CIFRAS.sub("", normalizar(texto)).upper()
    if not any(map(str.isdigit, junto)):
        return []
    return [junto, f"{junto[:-1]}-{junto[-1]}", *(f"{junto}-{dv}" for dv in string.digits)]


def _lecturas(texto: str) -> list[str]:
    """The text as it is and, of a number written with points, its figures alone."""
    return [texto, texto.replace(".", "")] if _DE_UN_NUMERO.fullmatch(texto) else [texto]
