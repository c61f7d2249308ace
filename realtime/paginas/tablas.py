"""The board's cards as a table, and what happened to cards."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.planillas.tablas import Columna, Tabla
from core.planillas.tramos import de_a_una
from gestion_precios.moneda import redondear
from realtime.models import RealtimeEvent, RealtimeRecord
from realtime.paginas.vista import VistaTarjeta, completas, ver_tarjeta
from sales.models import EstadoPedido

# Each brings its order's lines.
TARJETAS_POR_TRAMO = 100


def tabla_de_tarjetas(tarjetas: QuerySet[RealtimeRecord], usuario: User) -> Tabla:
    """These cards as this person sees them, the first to expire first."""
    return Tabla.de(_("No completados"), DE_TARJETAS, _vistas(tarjetas, usuario))


def tabla_de_hechos(hechos: QuerySet[RealtimeEvent]) -> Tabla:
    """What happened to cards, the newest first."""
    return Tabla.de(_("Historia"), DE_HECHOS, de_a_una(hechos.select_related("sucursal")))


def _vistas(tarjetas: QuerySet[RealtimeRecord], usuario: User) -> Iterator[VistaTarjeta]:
    for tarjeta in de_a_una(completas(tarjetas), TARJETAS_POR_TRAMO):
        yield ver_tarjeta(tarjeta, usuario)


def _estado(hecho: RealtimeEvent) -> str:
    return str(dict(EstadoPedido.choices).get(hecho.status, hecho.status))


DE_TARJETAS = (
    Columna(gettext_lazy("Pedido"), lambda v: v.pedido.pedido_numero, 10),
    Columna(gettext_lazy("Fecha"), lambda v: v.pedido.doc_fecha, 12),
    Columna(gettext_lazy("Código de cliente"), lambda v: v.pedido.pdvobj_id, 10),
    Columna(gettext_lazy("RUC"), lambda v: v.ruc),
    Columna(gettext_lazy("Cliente"), lambda v: v.cliente, 30),
    Columna(gettext_lazy("Sucursal"), lambda v: v.sucursal, 18),
    Columna(gettext_lazy("Qué pide"), lambda v: v.titulo, 22),
    Columna(gettext_lazy("Estado"), lambda v: v.estado),
    Columna(gettext_lazy("Moneda"), lambda v: v.moneda, 9),
    Columna(gettext_lazy("Total"), lambda v: redondear(v.total or Decimal(0), v.moneda)),
    Columna(gettext_lazy("Mostrada"), lambda v: v.mostrada, 19),
    Columna(gettext_lazy("Vence"), lambda v: v.vence, 19),
    Columna(gettext_lazy("La tiene"), lambda v: v.quien_la_tiene, 22),
)
DE_HECHOS = (
    Columna(gettext_lazy("Cuándo"), lambda h: h.creado_en, 19),
    Columna(gettext_lazy("Pedido"), lambda h: h.pedido_numero, 10),
    Columna(
        gettext_lazy("Sucursal"),
        lambda h: h.sucursal.nombre if h.sucursal else _("Sin sucursal"),
        18,
    ),
    Columna(gettext_lazy("Qué"), lambda h: h.get_hecho_display(), 20),
    Columna(gettext_lazy("Por qué"), lambda h: h.get_motivo_display(), 28),
    Columna(gettext_lazy("Regla"), lambda h: h.regla, 8),
    Columna(gettext_lazy("Tipo"), lambda h: h.get_tipo_display()),
    Columna(gettext_lazy("Estado"), _estado),
    Columna(gettext_lazy("Quién"), lambda h: h.quien, 24),
)
