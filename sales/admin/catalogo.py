"""Admin of client channels, clients, products and fallback prices."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.administracion.filas_por_empresa import EnLinea
from core.administracion.paginas import AdminRapido, BusquedaSinAcentos, SoloLectura
from gestion_precios.admin import ArticuloAdmin
from gestion_precios.admin.importes import ConImportesDeLaCasa
from sales.models import Canal, Cliente, Contador, Precios, Producto


@admin.register(Canal)
class CanalAdmin(AdminRapido):
    """Client channels."""

    list_display = ("nombre", "canal_venta")
    list_filter = ("canal_venta",)
    search_fields = ("nombre",)


@admin.register(Cliente)
class ClienteAdmin(BusquedaSinAcentos):
    """Clients: closing one (not active) keeps its orders."""

    list_display = ("nombrefantasia", "nombrefactura", "ruc", "canalobj", "activo")
    list_display_links = ("nombrefantasia", "nombrefactura")
    list_filter = ("activo", "canalobj")
    list_select_related = ("canalobj",)
    autocomplete_fields = ("canalobj",)
    fields = ("ruc", "nombrefactura", "nombrefantasia", "canalobj", "activo")


class PrecioEnLinea(ConImportesDeLaCasa, EnLinea):
    model = Precios
    extra = 0
    autocomplete_fields = ("canalobj",)
    ordering = ("canalobj_id", "-fecha_vigencia")


@admin.register(Producto)
class ProductoAdmin(ArticuloAdmin):
    """The articles as the desk sells them, with the prices of their client channels."""

    inlines = (PrecioEnLinea,)


@admin.register(Precios)
class PreciosAdmin(ConImportesDeLaCasa, AdminRapido):
    """Prices of the client channels, where no list decides."""

    list_display = ("articuloobj", "canalobj", "precio", "fecha_vigencia")
    # Not a date hierarchy, here and for orders and lotes: that reads the whole table.
    list_filter = ("canalobj", "fecha_vigencia")
    list_select_related = ("articuloobj", "canalobj")
    search_fields = ("articuloobj__busqueda",)
    autocomplete_fields = ("articuloobj", "canalobj")
    # As the table's own index is.
    ordering = ("canalobj_id", "articuloobj_id", "-fecha_vigencia")


@admin.register(Contador)
class ContadorAdmin(SoloLectura):
    """The order numbers given so far."""

    list_display = ("nombre", "ultimo")
    fields = ("nombre", "ultimo")

    @admin.display(description=_("último número"))
    def ultimo(self, obj: Contador) -> str:
        """The number as it is."""
        return str(obj.valor)
