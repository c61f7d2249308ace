"""An order saved with another price than the system's: a supervisor accepts it or corrects it."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errores import ErrorDominio
from gestion_precios.moneda import decimales
from sales.models import EstadoPedido, Orders, OrdersDetail
from sales.pedidos.estados import bloquear_para, guardar
from sales.pedidos.totales import CAMPOS, moneda_de
from sales.precios.iva import desglosar
from sales.precios.valoracion import TOTAL_MAXIMO
from sales.signals import Hecho


@transaction.atomic
def aceptar_precio(*, pedido_id: int, usuario: User) -> Orders:
    """Confirm the order at its agreed prices; 409 when it is not in review."""
    pedido = bloquear_para(Hecho.PRECIO_ACEPTADO, pedido_id)
    return _cerrar(pedido, Hecho.PRECIO_ACEPTADO, usuario)


@transaction.atomic
def corregir_precio(*, pedido_id: int, usuario: User) -> Orders:
    """Confirm the order at the system's prices, taxes anew; 409 when it is not in review.

    Nor what passed the checkout: it was charged as agreed.
    """
    pedido = bloquear_para(Hecho.PRECIO_CORREGIDO, pedido_id)
    for linea in pedido.detalles.filter(anulado_040=False).select_related("artobj"):
        precio = linea.sistema_distinto
        if precio is not None:
            _corregir(linea, precio, decimales(moneda_de(pedido)))
    return _cerrar(pedido, Hecho.PRECIO_CORREGIDO, usuario)


class Decision(TextChoices):
    """What a supervisor decides about an agreed price."""

    ACEPTAR = "aceptar", gettext_lazy("Aceptar el acordado")
    CORREGIR = "corregir", gettext_lazy("Corregir al del sistema")

    @classmethod
    def leer(cls, texto: str) -> Decision:
        """What a page's button says; 400 when it is none of them."""
        if texto not in cls.values:
            raise ErrorDominio(
                _("Indicar si se acepta o se corrige el precio."),
                codigo="invalido",
                campo="decision",
            )
        return cls(texto)

    @property
    def hecha(self) -> str:
        """What a page says of it afterwards."""
        return _("Precio aceptado.") if self is Decision.ACEPTAR else _("Precio corregido.")


DECISIONES = {Decision.ACEPTAR: aceptar_precio, Decision.CORREGIR: corregir_precio}


def tasa_de(linea: OrdersDetail) -> int:
    """The rate a line was taxed at: its article's may have changed since."""
    if linea.gravada_10 or linea.iva_10:
        return 10
    if linea.gravada_5 or linea.iva_5:
        return 5
    # A line given away has no split to tell.
    return 0 if linea.exenta else linea.artobj.tasa_iva


def _cerrar(pedido: Orders, hecho: Hecho, usuario: User) -> Orders:
    pedido.status = EstadoPedido.CONFIRMADO
    return guardar(pedido, hecho, usuario, "status")


def _corregir(linea: OrdersDetail, precio: Decimal, lugares: int) -> None:
    total = int((precio * linea.cantidad).scaleb(lugares))
    if total > TOTAL_MAXIMO:
        raise ErrorDominio(
            _("Al precio del sistema una línea suma demasiado: aceptar el acordado o anular."),
            codigo="importe_excesivo",
            estado=409,
        )
    partes = desglosar(total, tasa_de(linea))
    linea.precio_unitario = precio
    for campo in CAMPOS:
        setattr(linea, campo, Decimal(getattr(partes, campo)).scaleb(-lugares))
    linea.save(update_fields=["precio_unitario", *CAMPOS])
