"""Where each person's day starts, and the day at a glance."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.web.htmx import fragmento
from core.web.listas import solo_la_lista
from sales.pantalla.panel import panel_de
from sales.pantalla.periodo import AL_ABRIR, ATAJOS, leer_periodo, ultimos
from sales.pantalla.tendencias import filas_csv, tendencias
from sales.personas.permisos import para_roles
from sales.personas.roles import Rol, rol_de

PORTADAS = {Rol.TOMADOR: "pedido_nuevo", Rol.SUPERVISOR: "lotes", Rol.ADMIN: "panel"}
DIAS = {"desde", "hasta"}


@never_cache
@require_GET
@para_roles()
def inicio(request: HttpRequest) -> HttpResponse:
    """Takers to the desk, supervisors to the lotes, admins to the panel."""
    return redirect(PORTADAS[rol_de(request.user)])


@never_cache
@require_GET
@para_roles(Rol.SUPERVISOR, Rol.ADMIN)
def panel(request: HttpRequest) -> HttpResponse:
    """Today's figures; those of some days, apart; with `tabla`, one of these tables as a CSV.

    The days' figures come after the page, by HTMX, unless its address says which days.
    """
    usuario, hoy = usuario_de(request), timezone.localdate()
    periodo, problema = ultimos(AL_ABRIR, hoy), ""
    try:
        periodo = leer_periodo(request.GET, hoy)
    except ErrorDominio as error:
        problema = error.detail
    if tabla := request.GET.get("tabla"):
        secciones = [] if problema else tendencias(usuario, periodo, tabla)
        return _csv(filas_csv(secciones, tabla), f"{tabla}-{periodo.desde}-{periodo.hasta}.csv")
    contexto: dict[str, Any] = {
        "periodo": periodo,
        "atajos": [ultimos(dias, hoy) for dias in ATAJOS],
        "problema": problema,
    }
    parte = solo_la_lista(request)
    if parte or DIAS & request.GET.keys():
        contexto["secciones"] = [] if problema else tendencias(usuario, periodo)
    estado = 400 if problema else 200
    if parte:
        return fragmento(request, "panel_periodo", contexto, status=estado)
    return render(request, "panel.html", contexto | {"panel": panel_de(usuario)}, status=estado)


def _csv(filas: list[list[str]], nombre: str) -> HttpResponse:
    """A table as a spreadsheet opens it: UTF-8 with its mark, semicolons; 404 when it is empty."""
    if not filas:
        raise Http404
    salida = io.StringIO(newline="")
    csv.writer(salida, delimiter=";").writerows(filas)
    return HttpResponse(
        salida.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nombre}"'},
    )
