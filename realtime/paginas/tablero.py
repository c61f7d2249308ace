"""The board's page, its fragment, and what may be done from a card."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from core.acceso.credenciales import huella_de
from core.acceso.sesiones import fin_de_sesion
from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.web.htmx import avisar, fragmento
from realtime.en_vivo.boletos import Credencial, emitir_boleto
from realtime.en_vivo.version import version_de
from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.paginas.filtros import CLASES, EDADES, FiltroTablero
from realtime.paginas.vista import ver_tablero
from realtime.personas.permisos import (
    claves_visibles,
    no_completados_visibles,
    tarjetas_visibles,
    ve_todo,
)
from realtime.tarjetas import encuesta
from realtime.tarjetas.acciones import responder, soltar, tomar
from realtime.tarjetas.historia import historia_de, salidas
from sales.models import Orders, OrdersDetail
from sales.pantalla.pedido import ver_pedido
from sales.pedidos.estados import devolver_stock, pasar_por_caja
from sales.pedidos.lo_permitido import FRASES
from sales.pedidos.revision import DECISIONES, Decision
from sales.personas.permisos import para_roles, sucursales_de
from sales.personas.roles import Rol

# The card left while somebody was looking at it, or its order no longer takes the deed: said, and
# the board brought up to date.
LLEGO_TARDE = {"tarjeta_retirada", "ya_respondido", *FRASES}


@never_cache
@require_GET
@para_roles()
def no_completados(request: HttpRequest) -> HttpResponse:
    """The live board."""
    claves = _claves(usuario_de(request))
    contexto = _contexto(request, claves, version_de(claves)) | {
        "sucursales": sucursales_de(request.user).order_by("nombre"),
        "ve_sin_sucursal": ve_todo(request.user),
        "clases": CLASES,
        "edades": EDADES,
    }
    return render(request, "tablero/tablero.html", contexto)


@cache_control(private=True, no_cache=True)
@require_GET
@para_roles()
def tarjetas(request: HttpRequest) -> HttpResponse:
    """The cards: what the stream's news and the polls bring. Unchanged: 304, with a new ticket."""
    usuario = usuario_de(request)
    claves = _claves(usuario)
    # Read before the cards: it is never newer than what is drawn.
    version = version_de(claves)
    etag = _etag(request, version)
    respuesta = get_conditional_response(request, etag=etag)
    if respuesta is None:
        respuesta = fragmento(request, "tablero", _contexto(request, claves, version))
        respuesta["ETag"] = etag
    respuesta["Boleto"] = _boleto(request, claves)
    return respuesta


@never_cache
@require_GET
@para_roles()
def detalle(request: HttpRequest, clave: int) -> HttpResponse:
    """A card's order and its history."""
    fila = get_object_or_404(no_completados_visibles(request.user), pk=clave)
    lineas = OrdersDetail.objects.select_related("artobj", "lista_precio").order_by("id")
    pedido = fila.orderobj
    prefetch_related_objects([pedido], Prefetch("detalles", queryset=lineas))
    contexto = {"fila": fila, "vista": ver_pedido(pedido), "historia": historia_de(pedido)}
    return fragmento(request, "tarjeta_detalle", contexto)


@never_cache
@require_GET
@para_roles()
def salieron(request: HttpRequest) -> HttpResponse:
    """Why cards left: the last ones, newest first."""
    return fragmento(request, "tablero_salidas", {"salidas": salidas(_claves(usuario_de(request)))})


@require_POST
@para_roles()
def respuesta(request: HttpRequest, clave: int) -> HttpResponse:
    """Answer the survey; what cannot be taken comes back as it was written, with 422."""
    _visible(request, clave)
    try:
        texto = encuesta.leer(request.POST)
        responder(unfulfilled_id=clave, respuesta=texto, actor=usuario_de(request))
    except ErrorDominio as error:
        contexto = {
            "clave": clave,
            "preguntas": encuesta.preguntas(),
            "valores": request.POST,
            "error": error,
            "ya_no_esta": error.codigo in LLEGO_TARDE,
        }
        return fragmento(request, "tarjeta_respuesta", contexto, status=422)
    return _hecha(clave, _("Respuesta guardada."))


@require_POST
@para_roles()
def caja(request: HttpRequest, clave: int) -> HttpResponse:
    """The order passed the checkout."""
    return _sobre_el_pedido(request, clave, pasar_por_caja, _("Pasado por caja."))


@require_POST
@para_roles()
def stock(request: HttpRequest, clave: int) -> HttpResponse:
    """The order's stock came back."""
    return _sobre_el_pedido(request, clave, devolver_stock, _("Stock devuelto."))


@require_POST
@para_roles(Rol.SUPERVISOR, Rol.ADMIN)
def precio(request: HttpRequest, clave: int) -> HttpResponse:
    """Accept the agreed price, or bring the lines to the system's."""
    _visible(request, clave)
    decision = Decision.leer(request.POST.get("decision", ""))
    return _sobre_el_pedido(request, clave, DECISIONES[decision], decision.hecha)


@require_POST
@para_roles()
def toma(request: HttpRequest, clave: int) -> HttpResponse:
    """Say that one is on it."""
    _visible(request, clave)
    return _en_el_lugar(lambda: tomar(unfulfilled_id=clave, actor=usuario_de(request)))


@require_POST
@para_roles()
def suelta(request: HttpRequest, clave: int) -> HttpResponse:
    """Say that one no longer is."""
    _visible(request, clave)
    return _en_el_lugar(lambda: soltar(unfulfilled_id=clave, actor=usuario_de(request)))


def _contexto(request: HttpRequest, claves: list[int] | None, version: int) -> dict[str, Any]:
    usuario = usuario_de(request)
    filtro = FiltroTablero(request.GET, queryset=tarjetas_visibles(usuario), request=request)
    # A filter that makes no sense is said and left out; the others hold.
    elegidas = cast(QuerySet[RealtimeRecord], filtro.qs)
    en_uso = [nombre for nombre, dato in filtro.form.cleaned_data.items() if dato not in ("", None)]
    return {
        "tablero": ver_tablero(elegidas, usuario),
        "valores": {nombre: request.GET.get(nombre, "") for nombre in filtro.filters},
        "errores": {nombre: str(lista[0]) for nombre, lista in filtro.errors.items()},
        "filtrado": bool(en_uso),
        "varias_sucursales": claves is None or len(claves) > 1,
        "version": version,
        "boleto": _boleto(request, claves),
        "ahora": timezone.now(),
    }


def _claves(usuario: User) -> list[int] | None:
    """The boards somebody looks at; None: all there are."""
    return None if ve_todo(usuario) else claves_visibles(usuario)


def _boleto(request: HttpRequest, claves: list[int] | None) -> str:
    """A ticket of this session's for the stream of these boards."""
    usuario = usuario_de(request)
    sesion = request.session.session_key or ""
    credencial = Credencial(usuario.pk, sesion, huella_de(usuario))
    return emitir_boleto(credencial, claves, fin=fin_de_sesion(request))


def _etag(request: HttpRequest, version: int) -> str:
    """Another for each user, question and version; by age, also for each minute."""
    minuto = int(timezone.now().timestamp() // 60) if request.GET.get("edad") else 0
    visto = f"{request.user.pk}:{minuto}:{request.GET.urlencode()}"
    return f'W/"{version}-{sha256(visto.encode()).hexdigest()[:16]}"'


def _sobre_el_pedido(
    request: HttpRequest, clave: int, hacer: Callable[..., Orders], dicho: str
) -> HttpResponse:
    fila = _visible(request, clave)
    try:
        hacer(pedido_id=fila.orderobj_id, usuario=usuario_de(request))
    except ErrorDominio as error:
        if error.codigo not in LLEGO_TARDE:
            raise
        if RealtimeRecord.objects.filter(unfulfilled=fila).exists():
            return _refrescar(str(error.detail))
        return _hecha(clave, str(error.detail), nivel="aviso")
    return _hecha(clave, dicho)


def _en_el_lugar(hacer: Callable[[], RealtimeRecord]) -> HttpResponse:
    """A deed that leaves the card where it is: the board is drawn again around what is typed."""
    try:
        hacer()
    except ErrorDominio as error:
        if error.codigo not in LLEGO_TARDE:
            raise
        return _refrescar(str(error.detail))
    return _refrescar()


def _refrescar(aviso: str = "") -> HttpResponse:
    respuesta = HttpResponse(status=204)
    if aviso:
        avisar(respuesta, aviso, "aviso")
    return trigger_client_event(respuesta, "tablero:refrescar")


def _hecha(clave: int, dicho: str, nivel: str = "exito") -> HttpResponse:
    """What was done, in words: the page takes the card away and asks for the board."""
    respuesta = HttpResponse(status=204)
    trigger_client_event(respuesta, "tablero:hecha", {"clave": clave})
    return avisar(respuesta, dicho, nivel)


def _visible(request: HttpRequest, clave: int) -> UnfulfilledOrder:
    return get_object_or_404(no_completados_visibles(request.user), pk=clave)
