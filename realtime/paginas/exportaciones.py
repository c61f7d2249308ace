"""What the board exports: its cards as its filters show them, and what happened to cards."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.acceso.usuarios import usuario_de
from core.planillas.descarga import descargar
from core.web.listas import las_filtradas
from realtime.paginas.filtros import FiltroHechos, FiltroTablero
from realtime.paginas.tablas import tabla_de_hechos, tabla_de_tarjetas
from realtime.personas.permisos import hechos_visibles, tarjetas_visibles
from sales.personas.permisos import para_roles


@never_cache
@require_GET
@para_roles()
def tarjetas(request: HttpRequest, formato: str) -> StreamingHttpResponse:
    """All the cards that the board's filters leave, also those that it does not draw."""
    usuario = usuario_de(request)
    filas = las_filtradas(request, FiltroTablero, tarjetas_visibles(usuario))
    return descargar(tabla_de_tarjetas(filas, usuario), formato, "no-completados")


@never_cache
@require_GET
@para_roles()
def historia(request: HttpRequest, formato: str) -> StreamingHttpResponse:
    """What happened on the boards, by the board's filters; cards that left among it."""
    filas = las_filtradas(request, FiltroHechos, hechos_visibles(usuario_de(request)))
    return descargar(tabla_de_hechos(filas), formato, "historia-no-completados")
