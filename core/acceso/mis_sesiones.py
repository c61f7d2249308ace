"""One's own sessions: all but the one in use may be ended, as after losing a machine."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.acceso.credenciales import Motivo, terminar
from core.acceso.sesiones import anotar_sello
from core.acceso.usuarios import usuario_de


@require_POST
@login_required
def cerrar_otras(request: HttpRequest) -> HttpResponse:
    """End one's other sessions and one's key; this one goes on, under another key."""
    usuario = usuario_de(request)
    terminar([usuario.pk], Motivo.PEDIDO)
    request.session.cycle_key()
    anotar_sello(request.session, usuario.pk)
    messages.success(request, _("Se cerraron las demás sesiones y se anuló la llave de la API."))
    return redirect("clave")
