"""How a message from the server looks: its kind and its icon."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

register = template.Library()


class Aspecto(NamedTuple):
    """`nivel` is the end of a class name (`aviso-…`), `icono` a name in the sprite."""

    nivel: str
    icono: str


_INFO = Aspecto(nivel="info", icono="info-circle")
_ASPECTOS = {
    constants.SUCCESS: Aspecto(nivel="exito", icono="check-circle"),
    constants.WARNING: Aspecto(nivel="aviso", icono="exclamation-triangle"),
    constants.ERROR: Aspecto(nivel="peligro", icono="exclamation-octagon"),
}


@register.filter
def aspecto(mensaje: Message) -> Aspecto:
    """The look of one of Django's messages."""
    return _ASPECTOS.get(mensaje.level, _INFO)
