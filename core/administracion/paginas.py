"""What every admin page of the house shares: names, fast lists, rows within reach, evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.administracion.filas_por_empresa import PaginaPropia
from core.texto.normal import normalizar

admin.site.site_header = _("Carga Pedidos")
admin.site.site_title = _("Carga Pedidos")
admin.site.index_title = _("Administración")
admin.site.site_url = "/"

StrOrPromise = str | Promise


class AdminRapido(PaginaPropia, admin.ModelAdmin):
    """Lists of any length: one count instead of two, keys found by their index.

    `claves` says how to read a search term as the value of an indexed column; the first that can
    (it raises ValueError when not) is the whole search.
    """

    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    claves: ClassVar[dict[str, Callable[[str], Any]]] = {}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """An exact key, or what Django finds in `search_fields`."""
        for columna, leer in self.claves.items():
            try:
                valor = leer(search_term.strip())
            except ValueError:
                continue
            return queryset.filter(**{columna: valor}), False
        return super().get_search_results(request, queryset, search_term)


class BusquedaSinAcentos(AdminRapido):
    """Admin search without accents or case, for models with the `busqueda` column."""

    search_fields = ("busqueda",)

    def con_codigo(self, texto: str) -> QuerySet[Any] | None:
        """The rows that have the text as their code, for models whose rows have codes."""
        return None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows whose code the term is; without any, those that have it in the column."""
        con_el = self.con_codigo(search_term)
        if con_el is not None and con_el.exists():
            return queryset.filter(pk__in=con_el.values("pk")), False
        return super().get_search_results(request, queryset, normalizar(search_term))


class SoloLectura(AdminRapido):
    """Evidence: everybody with the permission reads it, nobody changes it here."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False


def enlace_a_lista(modelo: type[Model], texto: StrOrPromise, **filtros: Any) -> SafeString:
    """A link to a model's list, filtered."""
    return _enlace(modelo, "changelist", texto, filtros)


def enlace_para_agregar(modelo: type[Model], texto: StrOrPromise, **iniciales: Any) -> SafeString:
    """A link to a model's empty form, some of it filled in."""
    return _enlace(modelo, "add", texto, iniciales)


def _enlace(
    modelo: type[Model], vista: str, texto: StrOrPromise, datos: dict[str, Any]
) -> SafeString:
    meta = modelo._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_{vista}")
    return format_html('<a href="{}?{}">{}</a>', url, urlencode(datos), texto)
