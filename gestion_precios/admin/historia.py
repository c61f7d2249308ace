"""Rows whose every version is kept, and what a save of them gives to think about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from core.administracion.filas import filas_visibles
from core.administracion.filas_por_empresa import autores_visibles
from core.administracion.paginas import AdminRapido
from core.rest.filtros import ID_MAXIMO
from gestion_precios.listas.avisos import Aviso, avisos_de_lista
from gestion_precios.models import ListaPrecio
from gestion_precios.personas.permisos import ve_costos

AVISOS_DICHOS = 5
LECTURAS = ("GET", "HEAD")


class ConHistoria(AdminRapido, SimpleHistoryAdmin):
    """Rows whose every version is kept; ours shows them without inline style."""

    object_history_list_template = "historia/_lista.html"
    object_history_form_template = "historia/version.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The versions of a row within reach; of a deleted row, those versions that are."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        self._exigir_fila(request, _clave(object_id))
        respuesta: HttpResponse = super().history_view(request, object_id, extra_context)
        return respuesta

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> QuerySet[Any]:
        """The versions within reach: without them a row out of reach never was."""
        versiones = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return filas_visibles(versiones, request.user)

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """The page of versions, with the names of the authors within reach."""
        versiones = list(context.get("page_obj", ()))
        autores = {version.history_user_id for version in versiones}
        visibles = autores_visibles(request.user).filter(pk__in=autores - {None})
        conocidos = set(visibles.values_list("pk", flat=True))
        for version in versiones:
            if version.history_user_id not in conocidos:
                version.history_user = None
        respuesta: HttpResponse = super().render_history_view(request, template, context, **kwargs)
        return respuesta

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Going back to a version within reach is one deed, of who may do it otherwise."""
        with transaction.atomic():
            self.exigir_version(request, object_id, version_id)
            respuesta: HttpResponse = super().history_form_view(
                request, object_id, version_id, extra_context
            )
            return respuesta

    def exigir_version(self, request: HttpRequest, object_id: str, version_id: str) -> None:
        """Raise PermissionDenied without the permission, Http404 for a version out of reach.

        Reading asks for what reading the row does; writing, for what changing it does, or for
        what adding it does once it is gone.
        """
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        clave = _clave(object_id)
        versiones = self.model.historia.filter(id=clave, pk=_clave(version_id))
        if not filas_visibles(versiones, request.user).exists():
            raise Http404
        fila = self._exigir_fila(request, clave)
        if request.method not in LECTURAS and not self._puede_volver(request, fila):
            raise PermissionDenied

    def _exigir_fila(self, request: HttpRequest, clave: int) -> Any:
        """The row as it is now, None once it is gone; Http404 when it went out of reach."""
        filas = self.model._base_manager.filter(pk=clave)
        if request.method not in LECTURAS:
            # While it goes back to a version nobody takes it elsewhere.
            filas = filas.select_for_update(of=("self",))
        fila = filas.first()
        if fila is not None and not self.get_queryset(request).filter(pk=clave).exists():
            raise Http404
        return fila

    def _puede_volver(self, request: HttpRequest, fila: Any) -> bool:
        if fila is None:
            return bool(self.has_add_permission(request))
        return bool(self.has_change_permission(request, fila))


def _clave(texto: str) -> int:
    """The number in a URL; what is none is nobody's."""
    clave = int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 20 else None
    if clave is None or clave > ID_MAXIMO:
        raise Http404
    return clave


class ConAvisos(AdminRapido):
    """After a save, the warnings of the list that are about what was saved."""

    def lista_de(self, obj: Any) -> ListaPrecio:
        """The list whose prices the row moves."""
        lista: ListaPrecio = obj.lista_precio
        return lista

    def son_de(self, aviso: Aviso, obj: Any) -> bool:
        """Whether the warning is about this row."""
        return True

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Django's answer after adding a row, with the warnings of its list."""
        self._avisar(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Django's answer after changing a row, with the warnings of its list."""
        self._avisar(request, obj)
        return super().response_change(request, obj)

    def _avisar(self, request: HttpRequest, obj: Any) -> None:
        propios = [a for a in avisos_para(request, self.lista_de(obj)) if self.son_de(a, obj)]
        for texto in textos_de(propios):
            messages.warning(request, texto)


def avisos_para(request: HttpRequest, lista: ListaPrecio) -> list[Aviso]:
    """The list's warnings, without costs for those who may not see them."""
    return avisos_de_lista(lista, ver_costos=ve_costos(request.user))


def textos_de(avisos: Iterable[Aviso]) -> list[str]:
    """The first warnings in words, and how many more there are."""
    textos = [aviso.texto for aviso in avisos]
    restantes = len(textos) - AVISOS_DICHOS
    if restantes <= 0:
        return textos
    mas = ngettext("Y %d aviso más.", "Y %d avisos más.", restantes) % restantes
    return [*textos[:AVISOS_DICHOS], mas]
