"""An order's unfulfilled story: a fragment of its own page, or a page without JavaScript."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.web.htmx import fragmento
from core.web.listas import solo_la_lista
from realtime.models import UnfulfilledOrder
from realtime.personas.permisos import pedidos_de_sus_tableros
from realtime.tarjetas.historia import historia_de
from sales.models import Orders
from sales.personas.permisos import para_roles


@never_cache
@require_GET
@para_roles()
def pedido_no_completado(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """What was registered of the order, and who did what when; for who sees it or its cards."""
    propio = _hallar(Orders.objects.visibles_para(request.user), pedido_numero)
    pedido = propio or _hallar(pedidos_de_sus_tableros(request.user), pedido_numero)
    if pedido is None:
        raise Http404
    filas = UnfulfilledOrder.objects.filter(orderobj=pedido).select_related("tarjeta")
    contexto = {
        "pedido": pedido,
        "filas": filas.order_by("pk"),
        "historia": historia_de(pedido),
        "ve_pedido": propio is not None,
    }
    if solo_la_lista(request):
        return fragmento(request, "no_completados_pedido", contexto)
    return render(request, "tablero/pedido.html", contexto)


def _hallar(pedidos: QuerySet[Orders], pedido_numero: int) -> Orders | None:
    return pedidos.filter(pedido_numero=pedido_numero).select_related("pdvobj").first()
