"""Django admin of unfulfilled orders: the rows, what is on the boards, the history, the survey."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.administracion.filas_por_empresa import EnLinea
from core.administracion.paginas import AdminRapido, SoloLectura
from realtime.models import (
    PreguntaEncuesta,
    RealtimeEvent,
    RealtimeRecord,
    RespuestaEncuesta,
    UnfulfilledOrder,
)
from sales.admin.pedidos import FiltroEstado


@admin.register(UnfulfilledOrder)
class UnfulfilledOrderAdmin(AdminRapido):
    """Unfulfilled orders; saving one here shows or removes its card as anywhere else."""

    list_display = ("pedido", "cliente", "estado", "origen", "respuesta", "creado_en")
    list_filter = (FiltroEstado, "origen", "orderobj__sucursal")
    list_select_related = ("orderobj__pdvobj",)
    autocomplete_fields = ("orderobj",)
    readonly_fields = ("origen", "creado_en", "actualizado_en")
    date_hierarchy = "creado_en"
    search_fields = ("store_answer",)
    claves: ClassVar[dict[str, Any]] = {"orderobj__pedido_numero": int}

    @admin.display(description=_("pedido"), ordering="orderobj__pedido_numero")
    def pedido(self, obj: UnfulfilledOrder) -> str:
        """The order's number, as it is searched for."""
        return str(obj.orderobj.pedido_numero)

    @admin.display(description=_("cliente"))
    def cliente(self, obj: UnfulfilledOrder) -> str:
        """Whose order it is."""
        return str(obj.orderobj.pdvobj)

    @admin.display(description=_("estado"), ordering="status")
    def estado(self, obj: UnfulfilledOrder) -> str:
        """The code in words, when it is one of ours."""
        return obj.nombre_del_estado

    @admin.display(description=_("respondido"), boolean=True)
    def respuesta(self, obj: UnfulfilledOrder) -> bool:
        """Whether the store has answered."""
        return obj.respondido

    def save_model(self, request: HttpRequest, obj: UnfulfilledOrder, *args: Any) -> None:
        """Save the row with who did it, for the card's history."""
        obj.actor = request.user
        super().save_model(request, obj, *args)

    def delete_model(self, request: HttpRequest, obj: UnfulfilledOrder) -> None:
        """Delete the row with who did it, for the card's history."""
        obj.actor = request.user
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[UnfulfilledOrder]) -> None:
        """Delete rows one by one, so that each card leaves with who did it."""
        for fila in queryset:
            self.delete_model(request, fila)


@admin.register(RealtimeRecord)
class RealtimeRecordAdmin(SoloLectura):
    """What is on the boards now; cards are dealt with there."""

    list_display = ("unfulfilled", "tipo", "regla", "ultimo_status", "tomado_por", "creado_en")
    list_filter = ("tipo", "regla", "unfulfilled__orderobj__sucursal")
    list_select_related = ("unfulfilled", "tomado_por")
    date_hierarchy = "creado_en"


@admin.register(RealtimeEvent)
class RealtimeEventAdmin(SoloLectura):
    """Why each card came and why it left."""

    list_display = ("creado_en", "numero", "hecho", "motivo", "regla", "tipo", "quien", "sucursal")
    list_filter = ("hecho", "motivo", "regla", "tipo", "sucursal")
    list_select_related = ("sucursal",)
    date_hierarchy = "creado_en"
    search_fields = ("quien",)
    claves: ClassVar[dict[str, Any]] = {"pedido_numero": int}

    @admin.display(description=_("pedido"), ordering="pedido_numero")
    def numero(self, obj: RealtimeEvent) -> str:
        """The order's number, as it is searched for."""
        return str(obj.pedido_numero)


class RespuestaEnLinea(EnLinea):
    model = RespuestaEncuesta
    fields = ("orden", "texto", "pide_detalle", "activa")
    extra = 1


@admin.register(PreguntaEncuesta)
class PreguntaEncuestaAdmin(AdminRapido):
    """The survey that a card asks, question by question with its answers."""

    list_display = ("texto", "orden", "obligatoria", "activa")
    list_editable = ("orden", "activa")
    list_filter = ("activa",)
    search_fields = ("texto",)
    inlines = (RespuestaEnLinea,)
