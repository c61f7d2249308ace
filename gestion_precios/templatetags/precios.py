"""How the pages of prices show a list."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.templatetags.iconos import icono as dibujar
from gestion_precios.listas.linea_tiempo import EstadoLista

register = template.Library()
_INSIGNIAS = {
    EstadoLista.EN_VIGOR: {"clase": "exito", "icono": "check-circle"},
    EstadoLista.FUTURA: {"clase": "curso", "icono": "calendar-event"},
    EstadoLista.VENCIDA: {"clase": "neutro", "icono": "calendar-x"},
    EstadoLista.INACTIVA: {"clase": "neutro", "icono": "slash-circle"},
}


@register.simple_tag
def insignia_lista(estado: EstadoLista) -> SafeString:
    """The badge of a list's state: an icon and a word."""
    insignia = _INSIGNIAS[estado]
    return format_html(
        '<span class="estado estado-{}">{} {}</span>',
        insignia["clase"],
        dibujar(insignia["icono"]),
        estado.label,
    )
