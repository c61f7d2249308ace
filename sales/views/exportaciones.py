"""What lists export: the rows that their filters show to whoever asks, as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.planillas.descarga import descargar
from core.web.listas import exigir_elegido, las_filtradas
from sales.exportacion.lineas import tabla_de_lineas
from sales.exportacion.lotes import tabla_de_lotes, tabla_de_resultados
from sales.exportacion.pedidos import tabla_de_pedidos
from sales.filtros import FiltroLotes, FiltroPedidos
from sales.models import Orders
from sales.personas.permisos import para_roles
from sales.views.paginas_lotes import RECHAZADOS, lote_visible, lotes_visibles, resultados_de


@never_cache
@require_GET
@para_roles()
def pedidos(request: HttpRequest, formato: str) -> StreamingHttpResponse:
    """The orders that the list of orders shows."""
    visibles = Orders.objects.visibles_para(request.user)
    return descargar(tabla_de_pedidos(las_filtradas(request, FiltroPedidos, visibles)), formato)


@never_cache
@require_GET
@para_roles()
def lineas(request: HttpRequest, formato: str) -> StreamingHttpResponse:
    """The lines of the orders that the list of orders shows."""
    visibles = Orders.objects.visibles_para(request.user)
    tabla = tabla_de_lineas(las_filtradas(request, FiltroPedidos, visibles))
    return descargar(tabla, formato, "lineas")


@never_cache
@require_GET
@para_roles()
def lotes(request: HttpRequest, formato: str) -> StreamingHttpResponse:
    """The lotes that the log shows."""
    return descargar(
        tabla_de_lotes(las_filtradas(request, FiltroLotes, lotes_visibles(request))), formato
    )


@never_cache
@require_GET
@para_roles()
def lote(request: HttpRequest, lote_id: UUID, formato: str) -> StreamingHttpResponse:
    """The verdicts that a lote's page shows."""
    hallado = lote_visible(request, lote_id)
    exigir_elegido(request, "ver", ("", RECHAZADOS))
    tabla = tabla_de_resultados(resultados_de(request, hallado), request.user)
    return descargar(tabla, formato, f"lote-{str(hallado.pk)[:8]}")
