"""The PDF of some orders: one file, on A4 or on 80 mm paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.documentos.cinta import dibujar_cinta
from sales.documentos.contenido import Contenido
from sales.documentos.hoja import dibujar_hojas
from sales.documentos.lapiz import Lapiz


class Formato(StrEnum):
    """The paper."""

    A4 = "a4"
    CINTA = "80mm"

    @classmethod
    def leer(cls, texto: str) -> Formato:
        """The format named; A4 where none is. Raises ErrorDominio."""
        try:
            return cls(texto or cls.A4)
        except ValueError:
            raise ErrorDominio(
                _("El formato es a4 u 80mm."), codigo="formato_desconocido", campo="formato"
            ) from None


_DIBUJOS: Final[dict[Formato, Callable[[Lapiz, Contenido], None]]] = {
    Formato.A4: dibujar_hojas,
    Formato.CINTA: dibujar_cinta,
}


def armar(contenidos: list[Contenido], formato: Formato) -> bytes:
    """The file: each order begins a page of its own."""
    primero = contenidos[0]
    titulo = primero.titulo if len(contenidos) == 1 else _("Pedidos")
    lapiz = Lapiz(titulo, primero.empresa)
    for contenido in contenidos:
        _DIBUJOS[formato](lapiz, contenido)
    return lapiz.terminar()
