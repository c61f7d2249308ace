"""The page of price lists: who is in force where, what comes next, and the days without a list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.planillas.descarga import descargar
from core.web.htmx import fragmento
from core.web.listas import filtrar, las_filtradas, solo_la_lista
from gestion_precios.constantes import CanalVenta
from gestion_precios.listas.linea_tiempo import EstadoLista, lineas_de_tiempo
from gestion_precios.listas.tablas import tabla_de_listas
from gestion_precios.listas.vencimientos import por_vencer
from gestion_precios.paginas.cabeza import listas_visibles, permisos_de
from gestion_precios.paginas.filtro_listas import (
    TODA_LA_EMPRESA,
    FiltroListas,
    empresas_de,
    sucursales_de,
)
from gestion_precios.personas.permisos import VER_LISTAS, con_permiso


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def precios(request: HttpRequest) -> HttpResponse:
    """Every list the user sees, as lanes of a timeline; the filters live in the URL."""
    lista = filtrar(request, FiltroListas, listas_visibles(request))
    contexto = {
        "lista": lista,
        "lineas": lineas_de_tiempo(list(lista.pagina.object_list)),
        "puede": permisos_de(request),
    }
    if solo_la_lista(request):
        return fragmento(request, "listas_precio", contexto)
    empresas = list(empresas_de(request))
    contexto |= {
        "vencimientos": por_vencer(empresas),
        "empresas": empresas,
        "sucursales": sucursales_de(request),
        "toda_la_empresa": TODA_LA_EMPRESA,
        "canales": CanalVenta.choices,
        "estados": EstadoLista.choices,
    }
    return render(request, "precios/listas/listas.html", contexto)


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def exportacion(request: HttpRequest, formato: str) -> StreamingHttpResponse:
    """The lists that the page shows, as a file."""
    listas = las_filtradas(request, FiltroListas, listas_visibles(request))
    return descargar(tabla_de_listas(listas), formato, "listas-de-precios")
