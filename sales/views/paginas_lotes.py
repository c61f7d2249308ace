"""Pages of lotes: the log of what was sent, and the verdict on each order of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
from core.web.listas import filtrar, parte_o_pagina
from sales.filtros import FiltroLotes
from sales.lotes.bandeja import reencolar_lote
from sales.lotes.filas_tarea import con_fila, con_su_fila
from sales.models import Cliente, LotePedidos, Orders, ResultadoPedido
from sales.pantalla.imprimir import imprimir_lote
from sales.personas.permisos import para_roles
from sales.personas.roles import Rol, rol_de

RESULTADOS_POR_PAGINA = 100
CLAVE_DE_CLIENTE = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class FilaDeResultado:
    """A verdict, the client that its key names, if it names one, and whether its order may be seen
    by who asks."""

    resultado: ResultadoPedido
    cliente: Cliente | None
    visible: bool


@never_cache
@require_GET
@para_roles()
def lotes(request: HttpRequest) -> HttpResponse:
    """The log, newest first; the filters live in the URL."""
    lista = filtrar(request, FiltroLotes, _visibles(request))
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
    return fragmento(request, "lote_estado", {"lote": con_su_fila(_lote(request, lote_id))})


@never_cache
@require_GET
@para_roles()
def lote_datos(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """The facts of a lote's page; they poll themselves as its badge does."""
    contexto = {"lote": con_su_fila(_lote(request, lote_id)), "ve_traza": _ve_traza(request)}
    return fragmento(request, "lote_datos", contexto)


@never_cache
@require_GET
@para_roles()
def lote(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """A lote and its verdicts; `?ver=rechazados` shows only what failed."""
    hallado = _lote(request, lote_id)
    solo_rechazados = request.GET.get("ver") == "rechazados"
    resultados = ResultadoPedido.objects.filter(loteobj=hallado).select_related("orderobj")
    if solo_rechazados:
        resultados = resultados.filter(resultado=ResultadoPedido.Resultado.RECHAZADO)
    paginador = Paginator(resultados.order_by("posicion"), RESULTADOS_POR_PAGINA)
    pagina = paginador.get_page(request.GET.get("pagina"))
    contexto = {
        "lote": con_su_fila(hallado),
        "pagina": pagina,
        "filas": _filas(request, pagina.object_list),
        "solo_rechazados": solo_rechazados,
        "imprimir": imprimir_lote(hallado.pk) if hallado.pedidos.exists() else None,
        "ve_traza": _ve_traza(request),
        "es_propio": hallado.usuario_id == usuario_de(request).pk,
        "puede_reencolar": not hallado.terminado and rol_de(request.user) is not Rol.TOMADOR,
    }
    return render(request, "lotes/lote.html", contexto)


@require_POST
@para_roles(Rol.SUPERVISOR, Rol.ADMIN)
def lote_reencolado(request: HttpRequest, lote_id: UUID) -> HttpResponse:
    """Hand a waiting lote out again now; what is already saved stays saved."""
    hallado = _lote(request, lote_id)
    if hallado.terminado:
        messages.info(request, _("El lote ya terminó: no hay nada que volver a encolar."))
    elif reencolar_lote(hallado.pk):
        messages.success(request, _("Lote encolado otra vez."))
    else:
        messages.warning(
            request, _("La cola no responde. El lote está guardado y se retoma solo al volver.")
        )
    return redirect("lote", lote_id=hallado.pk)


def _filas(request: HttpRequest, resultados: Iterable[ResultadoPedido]) -> list[FilaDeResultado]:
    filas = list(resultados)
    pedidos = [fila.orderobj_id for fila in filas if fila.orderobj_id is not None]
    # One stored by somebody else under the same id may be another person's.
    visibles = set(
        Orders.objects.visibles_para(request.user)
        .filter(pk__in=pedidos)
        .values_list("pk", flat=True)
    )
    claves = [int(r.cliente_id) for r in filas if CLAVE_DE_CLIENTE.fullmatch(r.cliente_id)]
    clientes = {str(pk): cliente for pk, cliente in Cliente.objects.in_bulk(claves).items()}
    return [
        FilaDeResultado(fila, clientes.get(fila.cliente_id), fila.orderobj_id in visibles)
        for fila in filas
    ]


def _ve_traza(request: HttpRequest) -> bool:
    return rol_de(request.user) is Rol.ADMIN


def _visibles(request: HttpRequest) -> QuerySet[LotePedidos]:
    visibles = LotePedidos.objects.visibles_para(request.user).sin_contenido()
    return visibles.select_related("usuario", "sucursal")


def _lote(request: HttpRequest, lote_id: UUID) -> LotePedidos:
    return get_object_or_404(_visibles(request), pk=lote_id)
