"""Deeds from the order's own page: cancelled, stock returned, passed the checkout, its price.

Each answers the document as it is afterwards, with what became of it in words; what was done
already, by another click or by somebody else, is said there too (422), and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.web.listas import solo_la_lista
from sales.models import Orders
from sales.pedidos import estados
from sales.pedidos.revision import DECISIONES, Decision
from sales.personas.permisos import para_roles
from sales.personas.roles import Rol
from sales.views.paginas_pedidos import Dicho, dibujar, pedido_visible


@require_POST
@para_roles()
def pedido_cancelacion(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """Status 8."""
    return _hacer(request, pedido_numero, estados.cancelar, _("Pedido cancelado."))


@require_POST
@para_roles()
def pedido_stock_devuelto(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """Note that the order's stock came back."""
    return _hacer(request, pedido_numero, estados.devolver_stock, _("Stock devuelto."))


@require_POST
@para_roles()
def pedido_caja(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """Note that the order passed the checkout now."""
    return _hacer(request, pedido_numero, estados.pasar_por_caja, _("Pasado por caja."))


@require_POST
@para_roles(Rol.SUPERVISOR, Rol.ADMIN)
def pedido_precio(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """Accept the agreed prices, or correct them to the system's."""
    hallado = pedido_visible(request, pedido_numero)
    try:
        decision = Decision.leer(request.POST.get("decision", ""))
    except ErrorDominio as error:
        dicho = Dicho(str(error.detail), hecho=False)
        return dibujar(request, hallado, dicho=dicho, status=422)
    return _hacer(request, pedido_numero, DECISIONES[decision], decision.hecha)


def _hacer(
    request: HttpRequest, pedido_numero: int, servicio: Callable[..., Orders], dicho: str
) -> HttpResponse:
    hallado = pedido_visible(request, pedido_numero)
    try:
        servicio(pedido_id=hallado.pk, usuario=usuario_de(request))
    except ErrorDominio as error:
        ahora = pedido_visible(request, pedido_numero)
        return dibujar(request, ahora, dicho=Dicho(str(error.detail), hecho=False), status=422)
    if not solo_la_lista(request):
        messages.success(request, dicho)
        return redirect("pedido", pedido_numero=pedido_numero)
    return dibujar(request, pedido_visible(request, pedido_numero), dicho=Dicho(dicho, hecho=True))
