"""The page of an invitation's link: whoever opens it chooses their password and is in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.acceso import portero
from core.acceso.cuentas import bloqueado, vestir
from core.acceso.guardado import SoloLaClave
from gestion_precios.models import Empresa
from sales.personas.invitaciones import invitado_de

_ENTRADA = "core.acceso.respaldo.RespaldoConSello"


class FormularioDeInvitado(SoloLaClave, SetPasswordForm):
    """Django's, dressed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Contraseña")
        self.fields["new_password2"].label = _("La misma, otra vez")
        vestir(self)


@never_cache
@require_http_methods(["GET", "POST"])
def invitacion(request: HttpRequest, token: str) -> HttpResponse:
    """Whose account it is, and its first password; a link that is worth nothing is 410."""
    datos = request.POST if request.method == "POST" else None
    with transaction.atomic():
        invitado = invitado_de(token, para_escribir=datos is not None)
        form = None if invitado is None else FormularioDeInvitado(invitado, datos)
        elegida = form is not None and form.is_valid()
        if form is not None and elegida:
            form.save()
    if invitado is None or form is None:
        return _sin_valor(request)
    if elegida:
        login(request, User.objects.get(pk=invitado.pk), backend=_ENTRADA)
        return redirect("inicio")
    empresas = Empresa.objects.filter(sucursales__perfiles__usuario=invitado).distinct()
    contexto = {"form": form, "invitado": invitado, "empresas": empresas}
    estado = 200 if datos is None else 422
    respuesta = render(request, "cuentas/invitacion.html", contexto, status=estado)
    # The address is the key: it goes to no other site (to none, a form would lose its origin).
    respuesta["Referrer-Policy"] = "same-origin"
    return respuesta


def _sin_valor(request: HttpRequest) -> HttpResponse:
    """Counted as a wrong password of that address; too many are not looked at any more."""
    if not portero.enlace_equivocado(request):
        return bloqueado(request, HttpResponse(), {})
    return render(request, "cuentas/invitacion_vencida.html", status=410)
