"""What the table of states says of an order, and in which words it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errores import ErrorDominio
from sales.models import Orders
from sales.pedidos.tabla_de_estados import TABLA, Celda, Clase, Estado, estado_de
from sales.signals import Hecho

FRASES: Final[Mapping[Celda, Promise]] = {
    Celda.YA_ANULADO: _("El pedido ya está anulado."),
    Celda.PEDIDO_ANULADO: _("El pedido está anulado: ya no se le hace nada más."),
    Celda.SIN_LINEAS: _("Todas las líneas del pedido están anuladas: queda anularlo entero."),
    Celda.NO_EN_REVISION: _("El pedido ya no está en revisión."),
    Celda.EN_REVISION: _("El precio del pedido está en revisión: decidirlo antes de cobrarlo."),
    Celda.YA_CANCELADO: _("El pedido ya está cancelado."),
    Celda.PEDIDO_CANCELADO: _("El pedido está cancelado y su stock volvió: no hay qué cobrar."),
    Celda.STOCK_YA_DEVUELTO: _("El stock de este pedido ya fue devuelto."),
    Celda.YA_PASO_POR_CAJA: _("El pedido ya pasó por caja."),
}


def lo_permitido(pedido: Orders) -> Mapping[str, Celda]:
    """The order's row of the table, by deed; without a query when its lines are prefetched."""
    return TABLA[_estado(pedido)]


def se_escribe(pedido: Orders) -> bool:
    """Whether its lines may still be typed: of no lote, and nothing was done to it yet."""
    return pedido.loteobj_id is None and _estado(pedido) == Estado(Clase.EN_CURSO)


def en_curso(pedido: Orders) -> bool:
    """Whether it is under way, where codes of other systems are as well."""
    return _estado(pedido).clase is Clase.EN_CURSO


def exigir(pedido: Orders, hecho: Hecho) -> None:
    """Raise the 409 of a deed that this order does not take; the order comes locked."""
    celda = lo_permitido(pedido)[hecho]
    if not celda.posible:
        raise ErrorDominio(str(FRASES[celda]), codigo=celda.value, estado=409)


def _estado(pedido: Orders) -> Estado:
    return estado_de(
        status=pedido.status,
        anulado=pedido.anulado_040,
        sin_lineas=_sin_lineas(pedido),
        stock_devuelto=pedido.stock_returned,
        por_caja=pedido.pasado_por_caja_en is not None,
    )


def _sin_lineas(pedido: Orders) -> bool:
    """Whether it has lines and all of them are voided; an order of a header alone has none."""
    if "detalles" in getattr(pedido, "_prefetched_objects_cache", {}):
        return {linea.anulado_040 for linea in pedido.detalles.all()} == {True}
    anulaciones = pedido.detalles.order_by().values_list("anulado_040", flat=True).distinct()
    return set(anulaciones) == {True}
