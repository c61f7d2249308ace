"""Rows whose every version is kept, and what a save of them gives to think about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from core.admin import AdminRapido
from gestion_precios.avisos import Aviso, avisos_de_lista
from gestion_precios.models import ListaPrecio
from gestion_precios.permisos import ve_costos

AVISOS_DICHOS = 5


class ConHistoria(AdminRapido, SimpleHistoryAdmin):
    """Rows whose every version is kept; ours shows them without inline style."""

    object_history_list_template = "historia/_lista.html"
    object_history_form_template = "historia/version.html"

    def history_form_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Going back to a version is one deed."""
        with transaction.atomic():
            respuesta: HttpResponse = super().history_form_view(*args, **kwargs)
            return respuesta

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        """The page's title, in Spanish that means it."""
        return _("Historial: %(nombre)s") % {"nombre": obj}


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
        """As Django's, with the warnings."""
        self._avisar(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """As Django's, with the warnings."""
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
