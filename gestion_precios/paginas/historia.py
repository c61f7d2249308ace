"""The log of a list: who changed what, and when."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.planillas.descarga import descargar
from core.web.listas import exigir_nombres
from gestion_precios.listas.historial import entradas_de, versiones_de
from gestion_precios.listas.tablas import tabla_de_historia
from gestion_precios.paginas.cabeza import contexto_de_lista, lista_o_404
from gestion_precios.personas.permisos import VER_LISTAS, con_permiso

POR_PAGINA = 50


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def lista_historia(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The changes of the list, its prices, rules and combinations, the newest first."""
    lista = lista_o_404(request, lista_id)
    pagina = Paginator(versiones_de(lista), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = contexto_de_lista(request, lista, "historia")
    entradas = entradas_de(pagina.object_list, lista.empresa.moneda)
    contexto |= {"pagina": pagina, "entradas": entradas}
    return render(request, "precios/historia.html", contexto)


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def exportacion(request: HttpRequest, lista_id: int, formato: str) -> StreamingHttpResponse:
    """The whole log as a file, a row for each field that changed."""
    lista = lista_o_404(request, lista_id)
    exigir_nombres(request, ())
    return descargar(tabla_de_historia(lista), formato, f"historia-{slugify(lista.nombre)}")
