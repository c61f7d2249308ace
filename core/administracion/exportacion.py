"""Lists of the admin that export what their filters show, with the columns one may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.planillas.descarga import FORMATOS, descargar
from core.planillas.tablas import Columna, Tabla
from core.planillas.tramos import de_a_una

_Base: Any = object


class ConExportacion(_Base):
    """A page whose list has *Exportar*: all its rows, in its order, as XLSX or CSV."""

    change_list_template: Any = "admin/con_exportacion.html"
    columnas_exportadas: ClassVar[Sequence[Columna]] = ()
    relacionadas_exportadas: ClassVar[Sequence[str]] = ()

    def columnas_de(self, request: HttpRequest) -> Sequence[Columna]:
        """The columns that this person may see."""
        return self.columnas_exportadas

    def get_urls(self) -> list[URLPattern]:
        """Django's, after the export's: any other word would be a row's key."""
        meta = self.model._meta
        vista = self.admin_site.admin_view(self.exportacion)
        nombre = f"{meta.app_label}_{meta.model_name}_exportacion"
        propias = [
            path(f"exportacion.{formato}", vista, {"formato": formato}, name=f"{nombre}_{formato}")
            for formato in FORMATOS
        ]
        return [*propias, *super().get_urls()]

    def exportacion(self, request: HttpRequest, formato: str) -> HttpResponse:
        """The list's rows as a file; a filter that makes no sense is 400."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if ERROR_FLAG in request.GET:
            raise BadRequest("filter")
        try:
            filas = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise BadRequest(str(error)) from error
        nombre = str(self.model._meta.verbose_name_plural)
        filas = filas.select_related(*self.relacionadas_exportadas)
        tabla = Tabla.de(capfirst(nombre), self.columnas_de(request), de_a_una(filas))
        respuesta: HttpResponse = descargar(tabla, formato)  # type: ignore[assignment]  # as Django's
        return respuesta

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Django's list, with the addresses of its export: the filters and the order go along."""
        meta = self.model._meta
        base = reverse(f"{self.admin_site.name}:{meta.app_label}_{meta.model_name}_changelist")
        consulta = request.GET.copy()
        for nombre in (ERROR_FLAG, PAGE_VAR, ALL_VAR):
            consulta.pop(nombre, None)
        propio = {
            "exportaciones": [
                (titulo, f"{base}exportacion.{formato}?{consulta.urlencode()}")
                for formato, titulo in (
                    ("xlsx", _("Exportar a Excel")),
                    ("csv", _("Exportar a CSV")),
                )
            ]
        }
        respuesta: HttpResponse = super().changelist_view(request, propio | (extra_context or {}))
        return respuesta
