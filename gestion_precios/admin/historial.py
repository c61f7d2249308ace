"""Who changed which price, rule or combination, and when: every version kept, newest first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.administracion.filas_por_empresa import autores_visibles
from core.administracion.paginas import SoloLectura
from gestion_precios.models import CombinacionProducto, PrecioArticulo, ReglaPrecio
from gestion_precios.moneda import formato

# A version of a combination, to its articles.
MIEMBROS = "historicalcombinacionproducto_articulos_set"


class Historial(SoloLectura):
    """A table of versions; it is reached from the list they belong to."""

    titulo: Any
    change_list_template = "admin/gestion_precios/historial.html"
    ordering = ("-history_date", "-history_id")
    list_display_links = None
    date_hierarchy = "history_date"
    enlazados = ("lista_precio__id__exact",)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """No place in the menu: there are as many histories as tables."""
        return {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The versions, each with whether its author may be named."""
        autores = autores_visibles(request.user).filter(pk=OuterRef("history_user_id"))
        versiones: QuerySet[Any] = (
            super().get_queryset(request).annotate(autor_visible=Exists(autores))
        )
        return versiones

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Under its own title."""
        return super().changelist_view(request, (extra_context or {}) | {"title": self.titulo})

    @admin.display(description=_("cuándo"), ordering="history_date")
    def cuando(self, version: Any) -> Any:
        """The moment of the version."""
        return version.history_date

    @admin.display(description=_("quién"))
    def quien(self, version: Any) -> str:
        """Who did it; a dash for the system, and for who is out of reach."""
        usuario = version.history_user if version.autor_visible else None
        return str(usuario.get_full_name() or usuario) if usuario else "—"

    @admin.display(description=_("qué"), ordering="history_type")
    def que(self, version: Any) -> str:
        """Created, changed or deleted."""
        return str(version.get_history_type_display())


@admin.register(PrecioArticulo.historia.model)
class HistorialDePrecios(Historial):
    """Prices: before and after."""

    titulo = _("Cambios de precios")
    list_display = ("cuando", "quien", "que", "articulo", "antes", "precio", "motivo")
    list_select_related = ("articulo", "lista_precio__empresa", "history_user")
    search_fields = ("articulo__busqueda",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The versions of prices, each with the price it replaced."""
        anterior = (
            PrecioArticulo.historia.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
            .order_by("-history_id")
            .values("precio_base")[:1]
        )
        versiones: QuerySet[Any] = (
            super().get_queryset(request).annotate(precio_anterior=Subquery(anterior))
        )
        return versiones

    @admin.display(description=_("antes"))
    def antes(self, version: Any) -> str:
        """The price until then."""
        # What a deletion keeps is the last price.
        borrado = version.history_type == "-"
        return self._precio(version, version.precio_base if borrado else version.precio_anterior)

    @admin.display(description=_("después"))
    def precio(self, version: Any) -> str:
        """The price since then; a dash once it is gone."""
        return "—" if version.history_type == "-" else self._precio(version, version.precio_base)

    @admin.display(description=_("motivo"))
    def motivo(self, version: Any) -> str:
        """Why, when it was said: the file it was imported from."""
        return version.history_change_reason or "—"

    @staticmethod
    def _precio(version: Any, precio: Any) -> str:
        lista = version.lista_precio
        if precio is None:
            return "—"
        return formato(precio, lista.empresa.moneda) if lista else str(precio)


@admin.register(ReglaPrecio.historia.model)
class HistorialDeReglas(Historial):
    """Rules as they were."""

    titulo = _("Cambios de reglas")
    list_display = (
        "cuando",
        "quien",
        "que",
        "nombre_regla",
        "prioridad",
        "tipo_regla",
        "valor_regla",
        "condicion",
        "condicion_valor",
        "activa",
    )
    list_select_related = ("history_user",)
    search_fields = ("nombre_regla",)


@admin.register(CombinacionProducto.historia.model)
class HistorialDeCombinaciones(Historial):
    """Combinations as they were."""

    titulo = _("Cambios de combinaciones")
    list_display = ("cuando", "quien", "que", "nombre", "contenido")
    list_select_related = ("history_user",)
    search_fields = ("nombre",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The versions of combinations, each with the articles that it had."""
        filas = CombinacionProducto.historia.model.articulos.select_related("articulo")
        versiones: QuerySet[Any] = super().get_queryset(request)
        return versiones.prefetch_related(Prefetch(MIEMBROS, filas))

    @admin.display(description=_("artículos"))
    def contenido(self, version: Any) -> str:
        """The articles of the combination's version; a dash once it is gone."""
        miembros = getattr(version, MIEMBROS).all()
        articulos = [str(m.articulo or _t("uno que ya no está")) for m in miembros]
        return ", ".join(sorted(articulos)) or "—"
