"""Where a list's or a lote's orders are printed."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

DE_LA_PAGINA = ("pagina", "formato", "proximos")
# As many as fit in a file: the same again prints the next ones.
POR_IMPRIMIR = {"impreso": "false", "proximos": "true"}


class Imprimir(NamedTuple):
    """Addresses: all of them, those that were never printed, and their load sheet."""

    archivo: str
    sin_imprimir: str
    carga: str


def imprimir_lista(filtros: QueryDict) -> Imprimir:
    """The orders that these filters leave."""
    propios = filtros.copy()
    for nombre in DE_LA_PAGINA:
        propios.pop(nombre, None)
    documentos, carga = reverse("pedidos_documentos"), reverse("pedidos_carga")
    sin_imprimir = propios.copy()
    sin_imprimir.pop("impreso", None)
    sin_imprimir.update(POR_IMPRIMIR)
    return Imprimir(_con(documentos, propios), _con(documentos, sin_imprimir), _con(carga, propios))


def imprimir_lote(lote_id: object) -> Imprimir:
    """A lote's orders."""
    documentos = reverse("lote_documentos", args=[lote_id])
    return Imprimir(
        documentos, f"{documentos}?{urlencode(POR_IMPRIMIR)}", reverse("lote_carga", args=[lote_id])
    )


def _con(direccion: str, filtros: QueryDict) -> str:
    consulta = filtros.urlencode()
    return f"{direccion}?{consulta}" if consulta else direccion
