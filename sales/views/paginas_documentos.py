"""Orders on paper: PDF files, the load sheet, and an order by e-mail.

A GET gives the file. A POST to the same address gives it too, and notes the orders as printed.
"""

from __future__ import annotations

from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.web.listas import LARGO_NOMBRE, PAGINA, solo_la_lista
from sales.documentos.archivo import Formato, armar
from sales.documentos.carga import carga_de
from sales.documentos.correo import enviar_por_correo
from sales.documentos.hoja_de_carga import armar_carga
from sales.documentos.impresos import anotar_impresos
from sales.documentos.seleccion import contenidos_de, elegidos, sin_pedidos
from sales.filtros import FiltroPedidos
from sales.models import LotePedidos, Orders
from sales.personas.permisos import para_roles
from sales.views.paginas_pedidos import Dicho, dibujar, pedido_visible

_CON_ARCHIVO = require_http_methods(["GET", "HEAD", "POST"])
# What these addresses take beside the list's filters.
PROPIOS = frozenset({"formato", "proximos", PAGINA})
# A file has no markup to restrain; what is said of markup blinds Chrome's viewer (crbug 271452).
_PARA_EL_VISOR = csp({d: [NONE] for d in ("base-uri", "form-action", "frame-ancestors")})


class FormularioCorreo(forms.Form):
    """To whom."""

    para = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Escribir la dirección."),
            "invalid": gettext_lazy("La dirección de correo no es válida."),
        },
    )


@never_cache
@_PARA_EL_VISOR
@_CON_ARCHIVO
@para_roles()
def pedido_documento(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """One order."""
    return _imprimir(request, [pedido_visible(request, pedido_numero)], f"pedido-{pedido_numero}")


@never_cache
@_PARA_EL_VISOR
@_CON_ARCHIVO
@para_roles()
def pedidos_documentos(request: HttpRequest) -> HttpResponse:
    """The orders that the list's filters leave."""
    pedidos = _elegidos(request, _visibles(request))
    return _imprimir(request, pedidos, _de_a("pedidos", pedidos))


@never_cache
@_PARA_EL_VISOR
@_CON_ARCHIVO
@para_roles()
def lote_documentos(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """A lote's orders; the list's filters narrow them too."""
    pedidos = _elegidos(request, _de_lote(request, lote_id))
    return _imprimir(request, pedidos, f"lote-{str(lote_id)[:8]}")


@never_cache
@_PARA_EL_VISOR
@require_GET
@para_roles()
def pedidos_carga(request: HttpRequest) -> HttpResponse:
    """The load sheet of the orders that the list's filters leave."""
    return _cargar(request, _visibles(request), _("Pedidos elegidos en la lista"))


@never_cache
@_PARA_EL_VISOR
@require_GET
@para_roles()
def lote_carga(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """A lote's load sheet."""
    nota = _("Lote %(lote)s") % {"lote": str(lote_id)[:8]}
    return _cargar(request, _de_lote(request, lote_id), nota)


@require_POST
@para_roles()
def pedido_correo(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """Send one order to an address; the document says what became of it."""
    pedido = pedido_visible(request, pedido_numero)
    form = FormularioCorreo(request.POST)
    try:
        if not form.is_valid():
            frase = next(str(e) for errores in form.errors.values() for e in errores)
            raise ErrorDominio(frase, codigo="direccion_invalida", campo="para")
        para = form.cleaned_data["para"]
        enviar_por_correo(contenido=contenidos_de([pedido])[0], para=para)
    except ErrorDominio as error:
        dicho = Dicho(str(error.detail), hecho=False)
        return dibujar(request, pedido, dicho=dicho, status=422)
    hecho = _("Enviado a %(para)s.") % {"para": para}
    if not solo_la_lista(request):
        messages.success(request, hecho)
        return redirect("pedido", pedido_numero=pedido_numero)
    return dibujar(request, pedido, dicho=Dicho(hecho, hecho=True))


def _elegidos(request: HttpRequest, pedidos: QuerySet[Orders]) -> list[Orders]:
    """The orders that the filters leave; with `proximos`, the first of them that fit in a file."""
    los_que_quepan = request.GET.get("proximos") == "true"
    return elegidos(_filtrados(request, pedidos), los_que_quepan=los_que_quepan)


def _imprimir(request: HttpRequest, pedidos: list[Orders], nombre: str) -> HttpResponse:
    formato = Formato.leer(request.POST.get("formato") or request.GET.get("formato", ""))
    archivo = armar(contenidos_de(pedidos), formato)
    if request.method == "POST":
        anotar_impresos(pedidos=pedidos, usuario=usuario_de(request))
    return _pdf(archivo, nombre if formato is Formato.A4 else f"{nombre}-{formato.value}")


def _cargar(request: HttpRequest, pedidos: QuerySet[Orders], nota: str) -> HttpResponse:
    carga = carga_de(_filtrados(request, pedidos))
    if not (carga.pedidos or carga.fuera):
        raise sin_pedidos()
    fecha = date_format(localdate(), "d/m/Y")
    return _pdf(armar_carga(carga, f"{nota} · {fecha}"), f"hoja-de-carga-{localdate():%Y-%m-%d}")


def _pdf(archivo: bytes, nombre: str) -> HttpResponse:
    respuesta = HttpResponse(archivo, content_type="application/pdf")
    respuesta["Content-Disposition"] = f'inline; filename="{nombre}.pdf"'
    return respuesta


def _filtrados(request: HttpRequest, pedidos: QuerySet[Orders]) -> QuerySet[Orders]:
    """Narrowed by the URL. A filter that makes no sense is refused: paper cannot show it."""
    conjunto = FiltroPedidos(request.GET, queryset=pedidos, request=request)
    for ajeno in request.GET.keys() - {*conjunto.filters, *PROPIOS}:
        raise ErrorDominio(
            _("La lista no tiene ese filtro."), codigo="filtro_invalido", campo=ajeno[:LARGO_NOMBRE]
        )
    for nombre, errores in conjunto.errors.items():
        raise ErrorDominio(str(errores[0]), codigo="filtro_invalido", campo=nombre)
    filtrados: QuerySet[Orders] = conjunto.qs
    return filtrados


def _visibles(request: HttpRequest) -> QuerySet[Orders]:
    return Orders.objects.visibles_para(request.user)


def _de_lote(request: HttpRequest, lote_id: UUID) -> QuerySet[Orders]:
    lotes = LotePedidos.objects.visibles_para(request.user).sin_contenido()
    return _visibles(request).filter(loteobj=get_object_or_404(lotes, pk=lote_id))


def _de_a(nombre: str, pedidos: list[Orders]) -> str:
    return f"{nombre}-{pedidos[0].pedido_numero}-{pedidos[-1].pedido_numero}"
