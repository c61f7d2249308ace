"""Admin of orders: read, annotate, or load one by hand. A document is voided, never deleted."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.administracion.filas import es_superusuario
from core.administracion.filas_por_empresa import EnLinea
from core.administracion.paginas import BusquedaSinAcentos, SoloLectura
from core.texto.campos import CampoCantidad
from gestion_precios.admin.importes import ConImportes
from gestion_precios.campos import poner_moneda
from gestion_precios.moneda import formato
from sales.cambios.registro import anotar
from sales.models import Cambio, EstadoPedido, Orders, OrdersDetail
from sales.pedidos.estados import bloquear
from sales.pedidos.lo_permitido import se_escribe
from sales.pedidos.manuales import desglosar_linea, falla_de_precio
from sales.pedidos.totales import CAMPOS, con_total, importe, moneda_de, totales
from sales.personas.permisos import alcance_de
from sales.personas.roles import Rol, rol_de

ANULACION = ("anulado_040", "anulado_040_fecha", "anulado_040_por_gecos", "anulado_040_motivo")
SIN_DATO = "—"
TARDE = _("Las líneas no se cambiaron: al pedido ya se le hizo algo (caja, anulación, stock…).")
# A line's quantity, as the form sends it.
_CANTIDAD = re.compile(r"detalles-\d+-cantidad")


def _se_escribe(pedido: Orders | None) -> bool:
    return pedido is None or se_escribe(pedido)


def en_moneda(monto: Decimal, pedido: Orders) -> str:
    """The amount as people read it, in one piece."""
    return formato(monto, moneda_de(pedido)).replace(" ", "\N{NO-BREAK SPACE}")


class LineasEscritas(BaseInlineFormSet):
    """Lines typed in: prices the order's currency can write."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """The form's fields; the price is in the order's currency."""
        super().add_fields(form, index)
        poner_moneda(form, moneda_de(self.instance))

    def clean(self) -> None:
        """Say in each line what is wrong with its price."""
        super().clean()
        moneda = moneda_de(self.instance)
        for formulario in self.forms:
            datos = formulario.cleaned_data
            if datos.get("DELETE") or not {"cantidad", "precio_unitario"} <= datos.keys():
                continue
            falla = falla_de_precio(datos["cantidad"], datos["precio_unitario"], moneda)
            if falla:
                formulario.add_error("precio_unitario", falla)


class LineaEnLinea(ConImportes, EnLinea):
    """An order's lines, typed here or, once something was done to it, as they are."""

    model = OrdersDetail
    formset = LineasEscritas
    fields = (
        "artobj",
        "cantidad",
        "precio_unitario",
        "cantidad_original",
        "precio_sistema",
        "iva",
        "subtotal",
        "anulado_040",
    )
    readonly_fields = fields[3:]
    autocomplete_fields = ("artobj",)
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The field; a quantity is read as at the desk."""
        if db_field.name == "cantidad":
            kwargs["form_class"] = CampoCantidad
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrdersDetail]:
        """The lines, with the article and currency that each row shows."""
        lineas: QuerySet[OrdersDetail] = super().get_queryset(request)
        return lineas.select_related("artobj", "orderobj__sucursal__empresa")

    def has_add_permission(self, request: HttpRequest, obj: Orders | None = None) -> bool:
        """Whether lines may be added: while the order is being typed."""
        return _se_escribe(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Orders | None = None) -> bool:
        """Whether lines may be changed: while the order is being typed."""
        return _se_escribe(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Orders | None = None) -> bool:
        """Whether lines may be deleted: while the order is being typed."""
        return _se_escribe(obj) and super().has_delete_permission(request, obj)

    @admin.display(description=_("IVA"))
    def iva(self, obj: OrdersDetail) -> str:
        """The tax in the line's total."""
        return en_moneda(obj.iva_10 + obj.iva_5, obj.orderobj) if obj.pk else SIN_DATO

    @admin.display(description=_("importe"))
    def subtotal(self, obj: OrdersDetail) -> str:
        """What the line comes to."""
        return en_moneda(importe(obj), obj.orderobj) if obj.pk else SIN_DATO


class FiltroEstado(admin.SimpleListFilter):
    """The known states: asking the table which ones it holds would read all of it."""

    title = _("estado")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The states by name."""
        return EstadoPedido.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Orders]) -> QuerySet[Orders]:
        """The orders in the chosen state."""
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Orders)
class OrdersAdmin(BusquedaSinAcentos):
    """Orders with their lines and sums. What has a deed of its own is not typed in here."""

    list_display = (
        "numero",
        "pdvobj",
        "total",
        "fecha",
        "estado",
        "usuario",
        "anulado_040",
    )
    list_filter = (
        FiltroEstado,
        "doc_fecha",
        "anulado_040",
        "stock_returned",
        "sucursal",
    )
    list_select_related = ("pdvobj", "sucursal__empresa", "usuario")
    search_fields = ("pdvobj__busqueda",)
    enlazados = ("loteobj__id__exact",)
    claves = {"pedido_numero": int, "loteobj_id": UUID, "uuid": UUID}
    autocomplete_fields = ("pdvobj", "sucursal", "usuario")
    ordering = ("-pedido_numero",)
    inlines = (LineaEnLinea,)
    fieldsets_al_escribir = (
        (None, {"fields": ("pdvobj", "doc_tipo", "doc_fecha", "doc_numero", "observacion")}),
        (_("Origen"), {"fields": ("sucursal", "usuario")}),
    )
    fieldsets = (
        (
            None,
            {"fields": ("numero", "pdvobj", "doc_tipo", "doc_fecha", "doc_numero", "observacion")},
        ),
        (_("Origen"), {"fields": ("sucursal", "usuario", "lote", "capturado_en", "uuid")}),
        (_("Estado"), {"fields": ("estado", "stock_returned", "pasado_por_caja_en", *ANULACION)}),
        (_("Papel"), {"fields": ("impreso_en", "impreso_por")}),
        (_("Totales"), {"fields": ("desglose", "total")}),
    )
    readonly_fields = (
        "numero",
        "lote",
        "capturado_en",
        "uuid",
        "estado",
        "stock_returned",
        "pasado_por_caja_en",
        *ANULACION,
        "impreso_en",
        "impreso_por",
        "desglose",
        "total",
    )
    fijos_al_cambiar = ("pdvobj", "doc_fecha", "sucursal", "usuario")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The fields: a branch of one's own, and a taker's orders are the taker's, as at the desk.

        An order without a branch is nobody's company's: superusers alone leave it out.
        """
        campo = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "sucursal" and not es_superusuario(request.user):
            campo.required = True
            propias = alcance_de(request.user).values("pk")
            campo.queryset = campo.queryset.filter(pk__in=propias)
        if db_field.name == "usuario" and rol_de(request.user) is Rol.TOMADOR:
            campo.required = True
            campo.queryset = campo.queryset.filter(pk=request.user.pk)
        return campo

    def get_queryset(self, request: HttpRequest) -> QuerySet[Orders]:
        """The orders, each with its total."""
        return con_total(super().get_queryset(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The order; of a form that is sent, locked: what may be typed in it is decided now."""
        pedido = super().get_object(request, object_id, from_field)
        if pedido is None or request.method != "POST":
            return pedido
        bloquear(pedido.pk)
        return super().get_object(request, object_id, from_field)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the lines; those typed too late are not, and that is said."""
        super().save_related(request, form, formsets, change)
        if change and (form.has_changed() or any(lineas.has_changed() for lineas in formsets)):
            anotar(form.instance, Cambio.Tipo.EDITADO)
        if not _se_escribe(form.instance) and any(map(_CANTIDAD.fullmatch, request.POST)):
            self.message_user(request, TARDE, messages.WARNING)

    def get_readonly_fields(self, request: HttpRequest, obj: Orders | None = None) -> Any:
        """Whose order it is and when, only while it is typed in."""
        fijos = super().get_readonly_fields(request, obj)
        return fijos if obj is None else (*fijos, *self.fijos_al_cambiar)

    def get_fieldsets(self, request: HttpRequest, obj: Orders | None = None) -> Any:
        """A new order has no state and no totals yet."""
        return super().get_fieldsets(request, obj) if obj else self.fieldsets_al_escribir

    def has_delete_permission(self, request: HttpRequest, obj: Orders | None = None) -> bool:
        """Never: a document is voided."""
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the lines with their IVA, computed as for any other order."""
        for linea in formset.save(commit=False):
            desglosar_linea(linea, moneda_de(form.instance))
            linea.save()
        for linea in formset.deleted_objects:
            linea.delete()
        formset.save_m2m()

    @admin.display(description=_("número"), ordering="pedido_numero")
    def numero(self, obj: Orders) -> str:
        """The number as it is."""
        return str(obj.pedido_numero) if obj.pk else SIN_DATO

    @admin.display(description=_("fecha"), ordering="doc_fecha")
    def fecha(self, obj: Orders) -> date:
        """The document's date, under a short heading."""
        return obj.doc_fecha

    @admin.display(description=_("estado"), ordering="status")
    def estado(self, obj: Orders) -> str:
        """The state in words; another system's code as it came."""
        return str(dict(EstadoPedido.choices).get(obj.status, obj.status))

    @admin.display(description=_("total"))
    def total(self, obj: Any) -> str:
        """What the order comes to; voided lines do not count."""
        return en_moneda(getattr(obj, "total", None) or Decimal(0), obj)

    @admin.display(description=_("desglose"))
    def desglose(self, obj: Orders) -> str:
        """Bases and taxes of the document."""
        if not obj.pk:
            return SIN_DATO
        montos = totales(obj.detalles.all())
        return " · ".join(
            f"{label_for_field(campo, OrdersDetail)}: {en_moneda(monto, obj)}"
            for campo, monto in zip(CAMPOS, montos, strict=True)
        )

    @admin.display(description=_("lote"))
    def lote(self, obj: Orders) -> str | SafeString:
        """The lote it came in."""
        if obj.loteobj_id is None:
            return SIN_DATO
        url = reverse("admin:sales_lotepedidos_change", args=[obj.loteobj_id])
        return format_html('<a href="{}">{}</a>', url, obj.loteobj_id)


@admin.register(OrdersDetail)
class OrdersDetailAdmin(SoloLectura):
    """Order lines, across orders: who sold what, at which price."""

    list_display = ("pedido", "artobj", "cantidad", "precio_unitario", "precio_sistema")
    list_filter = ("anulado_040",)
    list_select_related = ("orderobj", "artobj")
    search_fields = ("artobj__busqueda",)
    claves = {"orderobj__pedido_numero": int}
    ordering = ("-id",)

    @admin.display(description=_("pedido"))
    def pedido(self, obj: OrdersDetail) -> str:
        """The order's number as it is."""
        return str(obj.orderobj.pedido_numero)
