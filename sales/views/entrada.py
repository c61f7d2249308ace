"""Order entry: the page people work in, and the fragments that answer while they type."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.texto.numeros import numero_de_fila
from core.web.htmx import fragmento
from gestion_precios.models import Sucursal
from gestion_precios.motor.vigencia import hoy_en
from sales.clientes.busqueda import buscar_clientes
from sales.lotes.filas_tarea import con_fila
from sales.models import Cliente, LotePedidos
from sales.pantalla.opciones import hallar_articulos, opciones_de_clientes, ultimo_pedido
from sales.pantalla.parametros import parametros_de
from sales.personas.permisos import para_roles, resolver_sucursal, sucursales_de

LOTES_EN_PANTALLA = 8


@never_cache
@ensure_csrf_cookie
@require_GET
@para_roles()
def pedido_nuevo(request: HttpRequest) -> HttpResponse:
    """The desk; somebody without one clear branch is told whom to ask, or chooses."""
    usuario = usuario_de(request)
    try:
        sucursal = resolver_sucursal(usuario, request.GET.get("sucursal"))
    except ErrorDominio as error:
        contexto: dict[str, Any] = {
            "motivo": error.detail,
            "sucursales": sucursales_de(usuario)[:50],
        }
        return render(request, "pedidos/sin_sucursal.html", contexto, status=error.estado)
    contexto = {
        "parametros": parametros_de(usuario, sucursal, request.get_full_path()),
        "lotes": _lotes_de_hoy(usuario, sucursal),
        # One empty row: what the pickers' templates in the page are made of.
        "modelo": [{}],
    }
    return render(request, "pedidos/mesa/nuevo.html", contexto)


@never_cache
@ensure_csrf_cookie
@require_GET
def pedido_sesion(request: HttpRequest) -> JsonResponse:
    """Whose session this browser has: asked before sending what somebody left here."""
    if not request.user.is_authenticated:
        return JsonResponse({"codigo": "sin_sesion"}, status=401)
    return JsonResponse({"usuario": request.user.pk})


@never_cache
@require_GET
@para_roles()
def clientes_picker(request: HttpRequest) -> HttpResponse:
    """Clients that match `q`, as options of the client search."""
    hallazgo = buscar_clientes(request.GET.get("q", ""))
    contexto = {
        "q": request.GET.get("q", ""),
        "filas": opciones_de_clientes(hallazgo.filas),
        "hay_mas": hallazgo.hay_mas,
        "cercanas": hallazgo.cercanas,
    }
    return fragmento(request, "clientes_picker", contexto)


@never_cache
@require_GET
@para_roles()
def articulos_picker(request: HttpRequest) -> HttpResponse:
    """Articles that match `q`, with their price for `cliente`, as options of the entry row."""
    sucursal = _sucursal(request)
    cliente = _cliente(request.GET.get("cliente", ""))
    hallazgo = hallar_articulos(
        request.GET.get("q", ""), cliente, sucursal, hoy_en(sucursal.empresa)
    )
    contexto = {
        "q": request.GET.get("q", ""),
        "filas": hallazgo.filas,
        "hay_mas": hallazgo.hay_mas,
        "cercanas": hallazgo.cercanas,
    }
    return fragmento(request, "articulos_picker", contexto)


@never_cache
@require_GET
@para_roles()
def pedido_ultimo(request: HttpRequest) -> HttpResponse:
    """The client's last order that this user may see, ready to be repeated at today's prices."""
    sucursal = _sucursal(request)
    cliente = _cliente(request.GET.get("cliente", ""))
    if cliente is None:
        raise Http404
    contexto = ultimo_pedido(usuario_de(request), cliente, sucursal, hoy_en(sucursal.empresa))
    return fragmento(request, "ultimo_pedido", contexto)


def _sucursal(request: HttpRequest) -> Sucursal:
    return resolver_sucursal(request.user, request.GET.get("sucursal"))


def _cliente(pedido: str) -> Cliente | None:
    numero = numero_de_fila(pedido)
    if numero is None:
        return None
    return Cliente.objects.select_related("canalobj").filter(pk=numero).first()


def _lotes_de_hoy(usuario: User, sucursal: Sucursal) -> list[LotePedidos]:
    zona = ZoneInfo(sucursal.empresa.zona_horaria)
    inicio = datetime.combine(hoy_en(sucursal.empresa), time.min, tzinfo=zona)
    lotes = LotePedidos.objects.filter(usuario=usuario, sucursal=sucursal, recibido_en__gte=inicio)
    ultimos = lotes.defer("contenido").order_by("-recibido_en")[:LOTES_EN_PANTALLA]
    return list(con_fila(list(ultimos)))
