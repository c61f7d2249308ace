"""State badges: an icon and a word, never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.iconos import icono as dibujar
from sales.models import EstadoPedido, ImportacionDatos, LotePedidos, Orders, ResultadoPedido

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


class Insignia(NamedTuple):
    """`clase` is one of neutro, curso, exito, aviso, peligro."""

    clase: str
    icono: str


_DESCONOCIDA = Insignia(clase="neutro", icono="question-circle")
_LOTES: dict[str, Insignia] = {
    LotePedidos.Estado.RECIBIDO: Insignia(clase="neutro", icono="inbox"),
    LotePedidos.Estado.PROCESANDO: Insignia(clase="curso", icono="arrow-repeat"),
    LotePedidos.Estado.COMPLETO: Insignia(clase="exito", icono="check-circle"),
    LotePedidos.Estado.PARCIAL: Insignia(clase="aviso", icono="exclamation-triangle"),
    LotePedidos.Estado.FALLIDO: Insignia(clase="peligro", icono="x-octagon"),
}
_PEDIDOS: dict[str, Insignia] = {
    EstadoPedido.CONFIRMADO: Insignia(clase="exito", icono="check-circle"),
    EstadoPedido.NO_RECOGIDO: Insignia(clase="aviso", icono="box-seam"),
    EstadoPedido.CANCELADO: Insignia(clase="peligro", icono="x-circle"),
    EstadoPedido.PENDIENTE: Insignia(clase="neutro", icono="clock"),
    EstadoPedido.EN_REVISION: Insignia(clase="aviso", icono="eye"),
}
_RESULTADOS: dict[str, Insignia] = {
    ResultadoPedido.Resultado.GUARDADO: Insignia(clase="exito", icono="check-circle"),
    ResultadoPedido.Resultado.REPETIDO: Insignia(clase="exito", icono="check-circle-fill"),
    ResultadoPedido.Resultado.RECHAZADO: Insignia(clase="peligro", icono="x-circle"),
}
_IMPORTACIONES: dict[str, Insignia] = {
    ImportacionDatos.Estado.POR_LEER: Insignia(clase="curso", icono="arrow-repeat"),
    ImportacionDatos.Estado.POR_REVISAR: Insignia(clase="curso", icono="arrow-repeat"),
    ImportacionDatos.Estado.POR_GUARDAR: Insignia(clase="curso", icono="arrow-repeat"),
    ImportacionDatos.Estado.REVISADA: Insignia(clase="aviso", icono="eye"),
    ImportacionDatos.Estado.HECHA: Insignia(clase="exito", icono="check-circle"),
    ImportacionDatos.Estado.FALLIDA: Insignia(clase="peligro", icono="x-octagon"),
    ImportacionDatos.Estado.DESCARTADA: Insignia(clase="neutro", icono="trash"),
    ImportacionDatos.Estado.DESHECHA: Insignia(clase="neutro", icono="arrow-counterclockwise"),
}
_ANULADO = Insignia(clase="neutro", icono="slash-circle")


@register.simple_tag
def insignia_lote(estado: str) -> SafeString:
    """The badge of a lote's state."""
    return _insignia(LotePedidos.Estado, _LOTES, estado)


@register.simple_tag
def insignia_pedido(pedido: Orders) -> SafeString:
    """The badge of an order: void wins over its status, whose code may be another system's."""
    if pedido.anulado_040:
        return _dibujar(_ANULADO, _("Anulado"))
    return _insignia(EstadoPedido, _PEDIDOS, pedido.status)


@register.simple_tag
def insignia_importacion(estado: str) -> SafeString:
    """The badge of an import's state."""
    return _insignia(ImportacionDatos.Estado, _IMPORTACIONES, estado)


@register.simple_tag
def insignia_resultado(resultado: str) -> SafeString:
    """The badge of the verdict on one order of a lote."""
    return _insignia(ResultadoPedido.Resultado, _RESULTADOS, resultado)


def _insignia(
    opciones: type[TextChoices], insignias: Mapping[str, Insignia], codigo: str
) -> SafeString:
    if codigo not in opciones.values:
        return _dibujar(_DESCONOCIDA, codigo)
    return _dibujar(insignias[codigo], opciones(codigo).label)


def _dibujar(insignia: Insignia, palabra: StrOrPromise) -> SafeString:
    return format_html(
        '<span class="estado estado-{}">{} {}</span>',
        insignia.clase,
        dibujar(insignia.icono),
        palabra,
    )
