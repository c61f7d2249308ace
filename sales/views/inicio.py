"""Where each person's day starts, and the day at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.acceso.usuarios import usuario_de
from sales.pantalla.panel import panel_de
from sales.personas.permisos import para_roles
from sales.personas.roles import Rol, rol_de

PORTADAS = {Rol.TOMADOR: "pedido_nuevo", Rol.SUPERVISOR: "lotes", Rol.ADMIN: "panel"}


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
    """Today's figures."""
    return render(request, "panel.html", {"panel": panel_de(usuario_de(request))})
