"""Icons and messages in templates."""

from __future__ import annotations

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template

from core.templatetags.mensajes import aspecto


def dibujar(fuente: str, **contexto: object) -> str:
    return Template("{% load iconos %}" + fuente).render(Context(contexto))


def test_an_icon_is_decorative() -> None:
    assert dibujar('{% icono "inbox" %}') == (
        '<svg class="icono" aria-hidden="true" focusable="false">'
        '<use href="/static/vendor/iconos.svg#inbox"></use></svg>'
    )


def test_an_icon_that_stands_alone_says_what_it_is() -> None:
    assert dibujar('{% icono "x-lg" titulo=que clase="girando" %}', que='Quitar "uno"') == (
        '<svg class="icono girando" role="img" aria-label="Quitar &quot;uno&quot;" '
        'focusable="false"><use href="/static/vendor/iconos.svg#x-lg"></use></svg>'
    )


@pytest.mark.parametrize(
    ("nivel", "nombre", "icono"),
    [
        (constants.DEBUG, "info", "info-circle"),
        (constants.INFO, "info", "info-circle"),
        (constants.SUCCESS, "exito", "check-circle"),
        (constants.WARNING, "aviso", "exclamation-triangle"),
        (constants.ERROR, "peligro", "exclamation-octagon"),
    ],
)
def test_a_message_looks_like_its_level(nivel: int, nombre: str, icono: str) -> None:
    assert aspecto(Message(nivel, "x")) == (nombre, icono)
