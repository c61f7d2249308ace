"""What an order's page offers to take out of the house, besides paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from sales.documentos.seleccion import contenidos_de
from sales.documentos.texto import enlace_de_whatsapp, texto_de
from sales.models import Orders


@dataclass(frozen=True)
class Compartir:
    """The order as text, WhatsApp's address with it, and whether mail is sent from here."""

    texto: str
    whatsapp: str
    con_correo: bool


def compartir(pedido: Orders) -> Compartir:
    """What is shared of an order whose `detalles` are loaded."""
    contenido = contenidos_de([pedido])[0]
    return Compartir(
        texto=texto_de(contenido),
        whatsapp=enlace_de_whatsapp(contenido),
        con_correo=settings.CORREO_CONFIGURADO,
    )
