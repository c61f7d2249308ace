"""Companies with their branches, and the articles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.administracion.exportacion import ConExportacion
from core.administracion.filas_por_empresa import EnLinea
from core.administracion.paginas import AdminRapido, BusquedaSinAcentos
from core.planillas.tablas import Columna
from core.texto.normal import clave
from gestion_precios.admin.importes import ConImportesDeLaCasa, columna_de_la_casa
from gestion_precios.articulos.choques import choques
from gestion_precios.models import Articulo, Empresa, GrupoArticulo, LineaArticulo, Sucursal
from gestion_precios.personas.permisos import VER_COSTOS


class SucursalEnLinea(EnLinea):
    model = Sucursal
    extra = 0
    show_change_link = True


@admin.register(Empresa)
class EmpresaAdmin(AdminRapido):
    """Companies with their branches."""

    list_display = ("nombre", "moneda", "pais", "zona_horaria")
    list_filter = ("moneda", "pais")
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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A branch stays in its company, as its lists and orders do."""
        return ("empresa",) if obj else ()


@admin.register(LineaArticulo, GrupoArticulo)
class ClasificacionAdmin(AdminRapido):
    """Lines and groups, with how many articles each has."""

    list_display = ("nombre", "cantidad")
    search_fields = ("nombre",)
    # Counting drops the table's own order.
    ordering = ("nombre", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows, each with its number of articles."""
        filas: QuerySet[Any] = super().get_queryset(request)
        con_cantidad: QuerySet[Any] = filas.annotate(cantidad_articulos=Count("articulos"))
        return con_cantidad

    @admin.display(description=_("artículos"), ordering="cantidad_articulos")
    def cantidad(self, obj: Any) -> int:
        """How many articles it has."""
        articulos: int = obj.cantidad_articulos
        return articulos


class CodigosQueChocan(admin.SimpleListFilter):
    """Articles with a code that names another one too."""

    title = _("códigos")
    parameter_name = "codigos"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The one choice beside all."""
        return [("chocan", _("También son de otro"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows chosen."""
        if self.value() != "chocan":
            return queryset
        return queryset.filter(pk__in=set().union(*choques().values()))


COLUMNAS_DE_ARTICULOS = (
    Columna(_("Código"), lambda a: a.codigo, 10),
    Columna(_("SKU"), lambda a: a.sku, 16),
    Columna(_("Código de barras"), lambda a: a.codigo_barras or "", 16),
    Columna(_("Descripción"), lambda a: a.descripcion, 44),
    Columna(_("Marca"), lambda a: a.prod_marca, 18),
    Columna(_("Línea"), lambda a: a.linea.nombre if a.linea else "", 18),
    Columna(_("Grupo"), lambda a: a.grupo.nombre if a.grupo else "", 18),
    Columna(_("Tasa de IVA"), lambda a: a.tasa_iva, 9),
    Columna(_("Activo"), lambda a: a.activo, 8),
)


@admin.register(Articulo)
class ArticuloAdmin(ConExportacion, ConImportesDeLaCasa, BusquedaSinAcentos):
    """Articles; their cost only for those who may see costs."""

    relacionadas_exportadas = ("linea", "grupo")

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
    list_filter = ("activo", CodigosQueChocan, "tasa_iva", "linea", "grupo")
    list_select_related = ("linea",)
    autocomplete_fields = ("linea", "grupo")
    ordering = ("codigo",)
    fieldsets = (
        (None, {"fields": ("codigo", "sku", "codigo_barras", "descripcion", "prod_marca")}),
        (_("Clasificación"), {"fields": ("linea", "grupo")}),
        (_("Venta"), {"fields": ("tasa_iva", "ultimo_costo", "unidades_por_caja", "activo")}),
    )

    def con_codigo(self, texto: str) -> QuerySet[Any]:
        """The articles whose code, SKU or barcode it is."""
        return Articulo.objects.con_clave(clave(texto))

    def columnas_de(self, request: HttpRequest) -> tuple[Columna, ...]:
        """What is exported; the cost too for those who may see costs."""
        if not request.user.has_perm(VER_COSTOS):
            return COLUMNAS_DE_ARTICULOS
        costo = columna_de_la_casa(_("Último costo"), lambda a: a.ultimo_costo)
        return (*COLUMNAS_DE_ARTICULOS, costo)

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
