"""Pages of orders: the list, the document, and voiding it."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.rest.filtros import ID_MAXIMO
from core.web.listas import filtrar, parte_o_pagina, solo_la_lista
from sales.filtros import FiltroPedidos, opciones_de_estado
from sales.models import TEXTO_ANULACION, Orders, OrdersDetail
from sales.pantalla.compartir import compartir
from sales.pantalla.imprimir import imprimir_lista
from sales.pantalla.pedido import ver_pedido
from sales.pedidos.anulacion import anular
from sales.pedidos.historia import hechos_de
from sales.pedidos.totales import con_total
from sales.personas.permisos import SoloSupervisores, para_roles
from sales.personas.roles import rol_de

SI_O_NO = (("true", _("Sí")), ("false", _("No")))


@dataclass(frozen=True)
class Dicho:
    """What became of a deed, said in the document itself."""

    texto: str
    hecho: bool


class FormularioAnulacion(forms.Form):
    """Why, and of what: the whole document unless a line is named."""

    motivo = forms.CharField(
        label=_("Motivo"),
        max_length=TEXTO_ANULACION,
        error_messages={"required": _("Escribir el motivo de la anulación.")},
    )
    detalle = forms.IntegerField(required=False, min_value=1, max_value=ID_MAXIMO)


@never_cache
@require_GET
@para_roles()
def pedidos(request: HttpRequest) -> HttpResponse:
    """The list, newest first; the filters live in the URL."""
    lista = filtrar(request, FiltroPedidos, con_total(_visibles(request)))
    contexto = {"lista": lista, "estados": opciones_de_estado()}
    contexto |= {"impresos": SI_O_NO, "imprimir": imprimir_lista(request.GET)}
    return parte_o_pagina(request, "pedidos_lista", "pedidos/lista.html", contexto)


@never_cache
@require_GET
@para_roles()
def pedido(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """The document: header, lines, the tax split, and what happened to it."""
    return dibujar(request, pedido_visible(request, pedido_numero))


@require_POST
@para_roles()
def pedido_anulacion(request: HttpRequest, pedido_numero: int) -> HttpResponse:
    """Void, and draw the document anew; a refusal draws the form again, with 422.

    The document says it where it has no form any more.
    """
    form = FormularioAnulacion(request.POST)
    hallado = pedido_visible(request, pedido_numero)
    if not (form.is_valid() and _anular(request, hallado, form)):
        ahora = pedido_visible(request, pedido_numero)
        dicho = Dicho(_primer_error(form), hecho=False) if ahora.anulado_040 else None
        return dibujar(request, ahora, form=form, dicho=dicho, status=422)
    if not solo_la_lista(request):
        return redirect("pedido", pedido_numero=pedido_numero)
    return dibujar(request, pedido_visible(request, pedido_numero))


def dibujar(
    request: HttpRequest,
    pedido: Orders,
    *,
    form: FormularioAnulacion | None = None,
    dicho: Dicho | None = None,
    status: int = 200,
) -> HttpResponse:
    """The document as a page, or as the fragment HTMX asked for."""
    contexto = {
        "vista": ver_pedido(pedido),
        "compartir": compartir(pedido),
        "hechos": hechos_de(pedido),
        "form": form or FormularioAnulacion(),
        "dicho": dicho,
        "decide_precio": rol_de(request.user) in SoloSupervisores.roles,
    }
    return parte_o_pagina(
        request, "pedido_documento", "pedidos/documento/pedido.html", contexto, status=status
    )


def pedido_visible(request: HttpRequest, pedido_numero: int) -> Orders:
    """The order with all that its document shows, if the user may see it."""
    lineas = OrdersDetail.objects.select_related("artobj", "lista_precio").order_by("id")
    completos = _visibles(request).prefetch_related(Prefetch("detalles", queryset=lineas))
    return get_object_or_404(completos, pedido_numero=pedido_numero)


def _anular(request: HttpRequest, pedido: Orders, form: FormularioAnulacion) -> bool:
    try:
        anular(
            pedido_id=pedido.pk,
            usuario=usuario_de(request),
            motivo=form.cleaned_data["motivo"],
            detalle_id=form.cleaned_data["detalle"],
        )
    except ErrorDominio as error:
        form.add_error(error.campo if error.campo in form.fields else None, error.detail)
        return False
    return True


def _primer_error(form: FormularioAnulacion) -> str:
    return str(next(error for errores in form.errors.values() for error in errores))


def _visibles(request: HttpRequest) -> QuerySet[Orders]:
    visibles = Orders.objects.visibles_para(request.user)
    return visibles.select_related("pdvobj", "sucursal__empresa", "usuario", "impreso_por")
