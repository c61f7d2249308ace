"""Icons from the sprite that `./dev` builds out of the names used."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
SPRITE = "vendor/iconos.svg"


@register.simple_tag
def icono(nombre: str, titulo: str = "", clase: str = "") -> SafeString:
    """A Bootstrap icon: decorative, or with `titulo` a picture that says what it is."""
    voz = (
        format_html('role="img" aria-label="{}"', titulo)
        if titulo
        else format_html('aria-hidden="{}"', "true")
    )
    return format_html(
        '<svg class="icono{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        f" {clase}" if clase else "",
        voz,
        static(SPRITE),
        nombre,
    )
