"""Price lists with what is in them, and their prices."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.administracion.paginas import enlace_a_lista, enlace_para_agregar
from core.texto.numeros import numero_de_fila
from gestion_precios.admin.en_linea import (
    PRECIOS_EN_LINEA,
    REGLAS_EN_LINEA,
    CombinacionEnLinea,
    PrecioEnLinea,
    ReglaALaVista,
    ReglaEnLinea,
)
from gestion_precios.admin.historia import ConAvisos, ConHistoria, avisos_para, textos_de
from gestion_precios.admin.importes import ConImportes, PrecioForm
from gestion_precios.listas.avisos import Aviso
from gestion_precios.models import (
    CombinacionProducto,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
)
from gestion_precios.moneda import formato


@admin.register(ListaPrecio)
class ListaPrecioAdmin(ConAvisos, ConHistoria):
    """Price lists; prices by the thousand have a page of their own, and a spreadsheet."""

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
    readonly_fields = ("contenido", "avisos")
    fieldsets = (
        (None, {"fields": ("nombre", ("empresa", "sucursal"), ("canal_venta", "activa"))}),
        (_("Vigencia"), {"fields": (("fecha_inicio_vigencia", "fecha_fin_vigencia"),)}),
        (_("Contenido"), {"fields": ("contenido", "avisos")}),
    )

    def lista_de(self, obj: Any) -> ListaPrecio:
        """Itself."""
        lista: ListaPrecio = obj
        return lista

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A list stays in its company, whose currency its prices are in."""
        return (*self.readonly_fields, "empresa") if obj else self.readonly_fields

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Nothing for a list that is not there yet: its company tells the decimals."""
        if obj is None:
            return ()
        pocos = not obj.precios.all()[PRECIOS_EN_LINEA:].exists()
        pocas = not obj.reglas.all()[REGLAS_EN_LINEA:].exists()
        precios = (PrecioEnLinea,) if pocos else ()
        return (*precios, CombinacionEnLinea, ReglaEnLinea if pocas else ReglaALaVista)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The list's fields, and what is in it once there is a list."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:-1]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Read the warnings for who is asking."""
        if kwargs.get("obj") is not None:
            kwargs["obj"].avisos_leidos = textos_de(avisos_para(request, kwargs["obj"]))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("precios y reglas"))
    def contenido(self, obj: ListaPrecio) -> str | SafeString:
        """The ways to the list's prices and to new rows of it."""
        enlaces = (
            enlace_a_lista(
                PrecioArticulo,
                _("Precios (%(total)d)") % {"total": obj.precios.count()},
                lista_precio__id__exact=obj.pk,
            ),
            format_html(
                '<a href="{}">{}</a>',
                reverse("lista_importacion", args=[obj.pk]),
                _("Exportar / Importar precios"),
            ),
            enlace_para_agregar(PrecioArticulo, _("Añadir precio"), lista_precio=obj.pk),
            enlace_para_agregar(ReglaPrecio, _("Añadir regla"), lista_precio=obj.pk),
            *(
                enlace_a_lista(modelo.historia.model, texto, lista_precio__id__exact=obj.pk)
                for modelo, texto in (
                    (PrecioArticulo, _("Cambios de precios")),
                    (ReglaPrecio, _("Cambios de reglas")),
                    (CombinacionProducto, _("Cambios de combinaciones")),
                )
            ),
        )
        return format_html_join(" · ", "{}", ((enlace,) for enlace in enlaces))

    @admin.display(description=_("avisos"))
    def avisos(self, obj: Any) -> SafeString:
        """What is probably a mistake in the list."""
        # An old version, in its history, has none read.
        textos: list[str] | None = getattr(obj, "avisos_leidos", None)
        if not textos:
            return format_html("{}", "—" if textos is None else _("Ninguno."))
        items = format_html_join("", "<li>{}</li>", ((texto,) for texto in textos))
        return format_html('<ul class="avisos-de-lista">{}</ul>', items)


@admin.register(PrecioArticulo)
class PrecioArticuloAdmin(ConImportes, ConAvisos, ConHistoria):
    """Base prices of the lists."""

    form = PrecioForm

    list_display = ("articulo", "lista_precio", "precio")
    list_filter = ("lista_precio",)
    list_select_related = ("articulo", "lista_precio__empresa")
    search_fields = ("articulo__busqueda",)
    autocomplete_fields = ("lista_precio", "articulo")
    # As the table's own index is.
    ordering = ("lista_precio_id", "articulo_id")

    def son_de(self, aviso: Aviso, obj: Any) -> bool:
        """Whether the warning names this price's article."""
        return obj.articulo_id in aviso.articulos

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The page of prices, with the way to the spreadsheet when the rows are of one list."""
        pedida = request.GET.get("lista_precio__id__exact", "")
        filtrada = "" if numero_de_fila(pedida) is None else pedida
        contexto = (extra_context or {}) | {"lista_filtrada": filtrada}
        return super().changelist_view(request, contexto)

    @admin.display(description=_("precio base"), ordering="precio_base")
    def precio(self, obj: PrecioArticulo) -> str:
        """The price in its list's currency."""
        return formato(obj.precio_base, obj.lista_precio.empresa.moneda)
