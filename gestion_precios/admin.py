"""Django admin of companies, articles, price lists and rules."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from core.admin import AdminRapido, BusquedaSinAcentos, enlace_a_lista, enlace_para_agregar
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.moneda import formato

VER_COSTOS = "gestion_precios.ver_costos"


class ConHistoria(AdminRapido, SimpleHistoryAdmin):
    """Rows whose every version is kept; ours shows them without inline style."""

    object_history_list_template = "historia/_lista.html"

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        """The page's title, in Spanish that means it."""
        return _("Historial: %(nombre)s") % {"nombre": obj}


class SucursalEnLinea(admin.TabularInline):
    model = Sucursal
    extra = 0
    show_change_link = True


@admin.register(Empresa)
class EmpresaAdmin(AdminRapido):
    """Companies with their branches."""

    list_display = ("nombre", "moneda", "zona_horaria")
    list_filter = ("moneda",)
    search_fields = ("nombre",)
    inlines = (SucursalEnLinea,)


@admin.register(Sucursal)
class SucursalAdmin(AdminRapido):
    """Branches."""

    list_display = ("nombre", "empresa")
    list_filter = ("empresa",)
    list_select_related = ("empresa",)
    search_fields = ("nombre", "empresa__nombre")
    autocomplete_fields = ("empresa",)


@admin.register(LineaArticulo, GrupoArticulo)
class ClasificacionAdmin(AdminRapido):
    """Lines and groups, with how many articles each has."""

    list_display = ("nombre", "cantidad")
    search_fields = ("nombre",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with its number of articles."""
        filas: QuerySet[Any] = super().get_queryset(request)
        con_cantidad: QuerySet[Any] = filas.annotate(cantidad_articulos=Count("articulos"))
        return con_cantidad

    @admin.display(description=_("artículos"), ordering="cantidad_articulos")
    def cantidad(self, obj: Any) -> int:
        """How many articles it has."""
        articulos: int = obj.cantidad_articulos
        return articulos


@admin.register(Articulo)
class ArticuloAdmin(BusquedaSinAcentos):
    """Articles; their cost only for those who may see costs."""

    list_display = (
        "numero",
        "descripcion",
        "prod_marca",
        "linea",
        "tasa_iva",
        "codigo_barras",
        "activo",
    )
    list_display_links = ("numero", "descripcion")
    list_filter = ("activo", "tasa_iva", "linea", "grupo")
    list_select_related = ("linea",)
    autocomplete_fields = ("linea", "grupo")
    ordering = ("codigo",)
    fieldsets = (
        (None, {"fields": ("codigo", "sku", "codigo_barras", "descripcion", "prod_marca")}),
        (_("Clasificación"), {"fields": ("linea", "grupo")}),
        (_("Venta"), {"fields": ("tasa_iva", "ultimo_costo", "activo")}),
    )

    # With thousands dots a code is hard to read and cannot be searched for.
    @admin.display(description=_("código"), ordering="codigo")
    def numero(self, obj: Articulo) -> str:
        """The code as it is."""
        return str(obj.codigo)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of it, less the cost for those who may not see it."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.has_perm(VER_COSTOS):
            return fieldsets
        return [
            (titulo, opciones | {"fields": tuple(c for c in campos if c != "ultimo_costo")})
            for titulo, opciones in fieldsets
            for campos in [opciones["fields"]]
        ]


class CombinacionEnLinea(admin.TabularInline):
    model = CombinacionProducto
    fields = ("nombre", "articulos")
    autocomplete_fields = ("articulos",)
    extra = 0
    show_change_link = True


class ReglaEnLinea(admin.TabularInline):
    """A list's rules at a glance, however many; each is edited on its own page."""

    model = ReglaPrecio
    fields = readonly_fields = (
        "prioridad",
        "nombre_regla",
        "tipo_regla",
        "valor_regla",
        "condicion",
        "condicion_valor",
        "activa",
    )
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the rule's own page."""
        return False


@admin.register(ListaPrecio)
class ListaPrecioAdmin(ConHistoria):
    """Price lists; their prices, by the thousand, have a page of their own."""

    list_display = (
        "nombre",
        "empresa",
        "sucursal",
        "canal_venta",
        "fecha_inicio_vigencia",
        "fecha_fin_vigencia",
        "activa",
    )
    list_filter = ("activa", "empresa", "canal_venta", "sucursal")
    list_select_related = ("empresa", "sucursal")
    date_hierarchy = "fecha_inicio_vigencia"
    search_fields = ("nombre", "empresa__nombre", "sucursal__nombre")
    autocomplete_fields = ("empresa", "sucursal")
    readonly_fields = ("contenido",)
    inlines = (CombinacionEnLinea, ReglaEnLinea)

    @admin.display(description=_("contenido"))
    def contenido(self, obj: ListaPrecio) -> str | SafeString:
        """The ways to the list's prices and to new rows of it."""
        if not obj.pk:
            return "—"
        enlaces = (
            enlace_a_lista(
                PrecioArticulo,
                _("Precios (%(total)d)") % {"total": obj.precios.count()},
                lista_precio__id__exact=obj.pk,
            ),
            enlace_para_agregar(PrecioArticulo, _("Añadir precio"), lista_precio=obj.pk),
            enlace_para_agregar(ReglaPrecio, _("Añadir regla"), lista_precio=obj.pk),
        )
        return format_html_join(" · ", "{}", ((enlace,) for enlace in enlaces))


@admin.register(PrecioArticulo)
class PrecioArticuloAdmin(ConHistoria):
    """Base prices of the lists."""

    list_display = ("articulo", "lista_precio", "precio")
    list_filter = ("lista_precio",)
    list_select_related = ("articulo", "lista_precio__empresa")
    search_fields = ("articulo__busqueda",)
    autocomplete_fields = ("lista_precio", "articulo")
    # As the table's own index is.
    ordering = ("lista_precio_id", "articulo_id")

    @admin.display(description=_("precio base"), ordering="precio_base")
    def precio(self, obj: PrecioArticulo) -> str:
        """The price in its list's currency."""
        return formato(obj.precio_base, obj.lista_precio.empresa.moneda)


@admin.register(CombinacionProducto)
class CombinacionProductoAdmin(AdminRapido):
    """Combinations of articles."""

    list_display = ("nombre", "lista_precio")
    list_filter = ("lista_precio",)
    list_select_related = ("lista_precio",)
    search_fields = ("nombre", "lista_precio__nombre")
    autocomplete_fields = ("lista_precio", "articulos")


@admin.register(ReglaPrecio)
class ReglaPrecioAdmin(ConHistoria):
    """Rules: what they take off, when, and from what."""

    list_display = (
        "nombre_regla",
        "lista_precio",
        "prioridad",
        "tipo_regla",
        "valor_regla",
        "condicion",
        "condicion_valor",
        "permite_venta_bajo_costo",
        "activa",
    )
    list_filter = (
        "activa",
        "tipo_regla",
        "condicion",
        "permite_venta_bajo_costo",
        "lista_precio",
    )
    list_select_related = ("lista_precio",)
    search_fields = ("nombre_regla", "lista_precio__nombre")
    autocomplete_fields = (
        "lista_precio",
        "aplica_articulo",
        "aplica_grupo",
        "aplica_linea",
        "aplica_combinacion",
    )
    ordering = ("lista_precio_id", "prioridad", "id")
    fieldsets = (
        (None, {"fields": ("lista_precio", "nombre_regla", "prioridad", "activa")}),
        (_("Qué cambia"), {"fields": ("tipo_regla", "valor_regla", "permite_venta_bajo_costo")}),
        (_("Cuándo"), {"fields": ("condicion", "condicion_valor")}),
        (
            _("A qué se aplica"),
            {
                "fields": (
                    "aplica_articulo",
                    "aplica_grupo",
                    "aplica_linea",
                    "aplica_combinacion",
                ),
                "description": _("Todo vacío: a todos los artículos. Lo que se indique, se suma."),
            },
        ),
    )
