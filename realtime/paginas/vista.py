"""What the board shows: its cards by urgency, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.rules import Tipo
from realtime.tarjetas.encuesta import Pregunta, preguntas
from realtime.tarjetas.vencidas import vence
from sales.models import Orders, OrdersDetail
from sales.pedidos.anulacion import nombre_gecos
from sales.pedidos.totales import con_total, moneda_de
from sales.personas.roles import Rol, rol_de

# Nobody reads more at once; the filters reach the others.
TARJETAS_A_LA_VISTA: Final = 100


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
    pide_stock: bool
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
    primeras = _completas(tarjetas)[: TARJETAS_A_LA_VISTA + 1]
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
    en_revision = fila.en_revision
    return VistaTarjeta(
        clave=fila.pk,
        pedido=pedido,
        cliente=str(pedido.pdvobj),
        ruc=pedido.pdvobj.ruc,
        sucursal=pedido.sucursal.nombre if pedido.sucursal else _("Sin sucursal"),
        moneda=moneda_de(pedido),
        total=getattr(pedido, "total", None),
        tipo=tarjeta.tipo,
        titulo=_titulo(tarjeta, en_revision=en_revision),
        por_que=_por_que(tarjeta, en_revision=en_revision),
        estado=fila.nombre_del_estado,
        mostrada=tarjeta.creado_en,
        vence=vence(tarjeta),
        quien_la_tiene=nombre_gecos(tarjeta.tomado_por) if tarjeta.tomado_por else "",
        es_mia=tarjeta.tomado_por_id == usuario.pk,
        pide_precio=en_revision,
        decide_precio=en_revision and rol_de(usuario) in (Rol.SUPERVISOR, Rol.ADMIN),
        pide_stock=tarjeta.tipo == Tipo.CONCILIACION,
        precios=_precios(pedido) if en_revision else (),
    )


def _completas(tarjetas: QuerySet[RealtimeRecord]) -> QuerySet[RealtimeRecord]:
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


def _titulo(tarjeta: RealtimeRecord, *, en_revision: bool) -> str:
    if en_revision:
        return _("Precio en revisión")
    if tarjeta.tipo == Tipo.CONCILIACION:
        return _("Cancelado a destiempo")
    return _("Falta respuesta")


def _por_que(tarjeta: RealtimeRecord, *, en_revision: bool) -> str:
    if en_revision:
        return _("Se envió con otro precio que el del sistema: aceptar el acordado o corregirlo.")
    if tarjeta.tipo == Tipo.CONCILIACION:
        return _(
            "El pedido se canceló y su stock no volvió: pasarlo por caja o marcar el stock"
            " devuelto."
        )
    return _("El pedido no se completó: contestar qué pasó, o pasarlo por caja.")
