"""Pages of lotes: the log of what was sent, and the verdict on each order of one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.acceso.usuarios import usuario_de
from core.web.htmx import fragmento
from core.web.listas import consulta_de, filtrar, parte_o_pagina
from sales.filtros import FiltroLotes
from sales.lotes.bandeja import reencolar_lote
from sales.lotes.filas_tarea import con_fila, con_su_fila
from sales.models import LotePedidos, ResultadoPedido
from sales.pantalla.imprimir import imprimir_lote
from sales.pantalla.resultados import filas_de_resultados
from sales.personas.permisos import para_roles
from sales.personas.roles import Rol, rol_de

RESULTADOS_POR_PAGINA = 100
# Of a lote's address: which verdicts.
RECHAZADOS = "rechazados"


@never_cache
@require_GET
@para_roles()
def lotes(request: HttpRequest) -> HttpResponse:
    """The log, newest first; the filters live in the URL."""
    lista = filtrar(request, FiltroLotes, lotes_visibles(request))
    lista.pagina.object_list = con_fila(list(lista.pagina.object_list))
    contexto = {
        "lista": lista,
        "estados": LotePedidos.Estado.choices,
        "ve_ajenos": rol_de(request.user) is not Rol.TOMADOR,
    }
    return parte_o_pagina(request, "lotes_lista", "lotes/lista.html", contexto)


@never_cache
@require_GET
@para_roles()
def lote_estado(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """The badge that polls itself; a final state no longer does."""
    return fragmento(request, "lote_estado", {"lote": con_su_fila(lote_visible(request, lote_id))})


@never_cache
@require_GET
@para_roles()
def lote_datos(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """The facts of a lote's page; they poll themselves as its badge does."""
    contexto = {"lote": con_su_fila(lote_visible(request, lote_id)), "ve_traza": _ve_traza(request)}
    return fragmento(request, "lote_datos", contexto)


@never_cache
@require_GET
@para_roles()
def lote(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """A lote and its verdicts; `?ver=rechazados` shows only what failed."""
    hallado = lote_visible(request, lote_id)
    paginador = Paginator(resultados_de(request, hallado), RESULTADOS_POR_PAGINA)
    solo_rechazados = request.GET.get("ver") == RECHAZADOS
    pagina = paginador.get_page(request.GET.get("pagina"))
    contexto = {
        "lote": con_su_fila(hallado),
        "pagina": pagina,
        "filas": filas_de_resultados(pagina.object_list, request.user),
        "solo_rechazados": solo_rechazados,
        "imprimir": imprimir_lote(hallado.pk) if hallado.pedidos.exists() else None,
        "consulta": consulta_de({"ver": RECHAZADOS if solo_rechazados else ""}),
        "ve_traza": _ve_traza(request),
        "es_propio": hallado.usuario_id == usuario_de(request).pk,
        "puede_reencolar": not hallado.terminado and rol_de(request.user) is not Rol.TOMADOR,
    }
    return render(request, "lotes/lote.html", contexto)


@require_POST
@para_roles(Rol.SUPERVISOR, Rol.ADMIN)
def lote_reencolado(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """Hand a waiting lote out again now; what is already saved stays saved."""
    hallado = lote_visible(request, lote_id)
    if hallado.terminado:
        messages.info(request, _("El lote ya terminó: no hay nada que volver a encolar."))
    elif reencolar_lote(hallado.pk):
        messages.success(request, _("Lote encolado otra vez."))
    else:
        messages.warning(
            request, _("La cola no responde. El lote está guardado y se retoma solo al volver.")
        )
    return redirect("lote", lote_id=hallado.pk)


def resultados_de(request: HttpRequest, lote: LotePedidos) -> QuerySet[ResultadoPedido]:
    """A lote's verdicts in their order; with `ver=rechazados` in the URL, those that failed."""
    resultados = ResultadoPedido.objects.filter(loteobj=lote).select_related("orderobj")
    if request.GET.get("ver") == RECHAZADOS:
        resultados = resultados.filter(resultado=ResultadoPedido.Resultado.RECHAZADO)
    return resultados.order_by("posicion")


def _ve_traza(request: HttpRequest) -> bool:
    return rol_de(request.user) is Rol.ADMIN


def lotes_visibles(request: HttpRequest) -> QuerySet[LotePedidos]:
    """The lotes that this person may see, without what came in."""
    visibles = LotePedidos.objects.visibles_para(request.user).sin_contenido()
    return visibles.select_related("usuario", "sucursal")


def lote_visible(request: HttpRequest, lote_id: UUID) -> LotePedidos:
    """One of them; another one does not exist."""
    return get_object_or_404(lotes_visibles(request), pk=lote_id)
