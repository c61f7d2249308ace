"""What the board shows: its cards by urgency, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.rules import Pide, Tipo, que_pide
from realtime.tarjetas.encuesta import Pregunta, preguntas
from realtime.tarjetas.vencidas import vence
from sales.models import Orders, OrdersDetail
from sales.pedidos.anulacion import nombre_gecos
from sales.pedidos.lo_permitido import lo_permitido
from sales.pedidos.totales import con_total, moneda_de
from sales.personas.roles import Rol, rol_de
from sales.signals import Hecho

# Nobody reads more at once; the filters reach the others.
TARJETAS_A_LA_VISTA: Final = 100
TITULOS: Final = {
    Pide.PRECIO: _("Precio en revisión"),
    Pide.STOCK: _("Cancelado a destiempo"),
    Pide.RESPUESTA: _("Falta respuesta"),
}
POR_QUE: Final = {
    Pide.PRECIO: _(
        "Se envió con otro precio que el del sistema: aceptar el acordado o corregirlo."
    ),
    Pide.STOCK: _(
        "El pedido se canceló y su stock no volvió: pasarlo por caja o marcar el stock devuelto."
    ),
    Pide.RESPUESTA: _("El pedido no se completó: contestar qué pasó, o pasarlo por caja."),
}


@dataclass(frozen=True, slots=True)
class PrecioDistinto:
    """A line sold at another price than the system's."""

    articulo: str
    cantidad: int
    acordado: Decimal
    sistema: Decimal


@dataclass(frozen=True, slots=True)
class VistaTarjeta:
    """A card: why it is here, whose order, until when, and what may be done."""

    clave: int
    pedido: Orders
    cliente: str
    ruc: str
    sucursal: str
    moneda: str
    total: Decimal | None
    tipo: str
    titulo: str
    por_que: str
    estado: str
    mostrada: datetime
    vence: datetime
    quien_la_tiene: str
    es_mia: bool
    pide_precio: bool
    decide_precio: bool
    corrige_precio: bool
    pide_stock: bool
    pide_caja: bool
    precios: tuple[PrecioDistinto, ...] = ()


@dataclass(frozen=True, slots=True)
class VistaTablero:
    """The cards, how many there are in all, and what the survey asks."""

    tarjetas: Sequence[VistaTarjeta]
    total: int
    preguntas: Sequence[Pregunta] = field(default_factory=tuple)

    @property
    def restantes(self) -> int:
        """How many are not drawn."""
        return self.total - len(self.tarjetas)


def ver_tablero(tarjetas: QuerySet[RealtimeRecord], usuario: User) -> VistaTablero:
    """The first cards to expire, in a fixed number of queries."""
    primeras = completas(tarjetas)[: TARJETAS_A_LA_VISTA + 1]
    filas = list(primeras)
    total = len(filas) if len(filas) <= TARJETAS_A_LA_VISTA else tarjetas.count()
    return VistaTablero(
        tarjetas=[ver_tarjeta(fila, usuario) for fila in filas[:TARJETAS_A_LA_VISTA]],
        total=total,
        preguntas=preguntas() if filas else (),
    )


def ver_tarjeta(tarjeta: RealtimeRecord, usuario: User) -> VistaTarjeta:
    """A card as it is drawn."""
    fila = tarjeta.unfulfilled
    pedido = fila.orderobj
    pide = que_pide(tarjeta.tipo, fila.status, pedido.status)
    de_precio = pide is Pide.PRECIO
    permitido = lo_permitido(pedido)
    decide = de_precio and rol_de(usuario) in (Rol.SUPERVISOR, Rol.ADMIN)
    return VistaTarjeta(
        clave=fila.pk,
        pedido=pedido,
        cliente=str(pedido.pdvobj),
        ruc=pedido.pdvobj.ruc,
        sucursal=pedido.sucursal.nombre if pedido.sucursal else gettext("Sin sucursal"),
        moneda=moneda_de(pedido),
        total=getattr(pedido, "total", None),
        tipo=tarjeta.tipo,
        titulo=str(TITULOS[pide]),
        por_que=str(POR_QUE[pide]),
        estado=fila.nombre_del_estado,
        mostrada=tarjeta.creado_en,
        vence=vence(tarjeta),
        quien_la_tiene=nombre_gecos(tarjeta.tomado_por) if tarjeta.tomado_por else "",
        es_mia=tarjeta.tomado_por_id == usuario.pk,
        pide_precio=de_precio,
        decide_precio=decide and permitido[Hecho.PRECIO_ACEPTADO].posible,
        corrige_precio=decide and permitido[Hecho.PRECIO_CORREGIDO].posible,
        pide_stock=tarjeta.tipo == Tipo.CONCILIACION and permitido[Hecho.STOCK_DEVUELTO].posible,
        pide_caja=permitido[Hecho.CAJA].posible,
        precios=_precios(pedido) if de_precio else (),
    )


def completas(tarjetas: QuerySet[RealtimeRecord]) -> QuerySet[RealtimeRecord]:
    """The cards with all that `ver_tarjeta` reads of them, the first to expire first."""
    pedidos = con_total(Orders.objects.select_related("pdvobj", "sucursal__empresa"))
    lineas = OrdersDetail.objects.select_related("artobj").order_by("id")
    filas = UnfulfilledOrder.objects.prefetch_related(
        Prefetch("orderobj", queryset=pedidos.prefetch_related(Prefetch("detalles", lineas)))
    )
    sueltas = tarjetas.select_related(None).select_related("tomado_por")
    return sueltas.prefetch_related(Prefetch("unfulfilled", queryset=filas)).order_by(
        "creado_en", "pk"
    )


def _precios(pedido: Orders) -> tuple[PrecioDistinto, ...]:
    return tuple(
        PrecioDistinto(linea.artobj.descripcion, linea.cantidad, linea.precio_unitario, sistema)
        for linea in pedido.detalles.all()
        if not linea.anulado_040 and (sistema := linea.sistema_distinto) is not None
    )
