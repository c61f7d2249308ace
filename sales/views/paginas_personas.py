"""The pages of people: who works here, inviting them, changing and deactivating them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.acceso.usuarios import usuario_de
from core.administracion.filas import es_superusuario
from core.errores import ErrorDominio
from core.web.listas import filtrar, parte_o_pagina
from sales.filtros import FiltroPersonas, opciones_de_rol
from sales.models import Perfil
from sales.personas import gestion
from sales.personas.derechos import puede_gestionar
from sales.personas.filas import companeros
from sales.personas.formularios import FormularioDeInvitacion, FormularioDePersona
from sales.personas.historia import frase_de, notas_de
from sales.personas.invitaciones import DURA, huella_de_pagina, token_de
from sales.personas.permisos import para_roles, sucursales_de
from sales.personas.roles import Rol, rol_de

# In the session: a link to be shown once, and what the last change can be taken back to.
ENLACE, ANTES = "persona_enlace", "persona_antes"
HISTORIA_A_LA_VISTA = 50
_de_mandos = para_roles(Rol.SUPERVISOR, Rol.ADMIN)


@never_cache
@require_GET
@_de_mandos
def personas(request: HttpRequest) -> HttpResponse:
    """The people one may see; the filters live in the URL."""
    lista = filtrar(request, FiltroPersonas, _visibles(request).order_by("username"))
    for otro in lista.pagina.object_list:
        vars(otro)["rol_dado"] = gestion.NOMBRES[gestion.rol_dado(otro)]
    contexto = {
        "lista": lista,
        "roles": opciones_de_rol(),
        "sucursales": [(str(s.pk), str(s)) for s in sucursales_de(request.user)],
        "si_no": [("true", _("Activas")), ("false", _("Desactivadas"))],
    }
    return parte_o_pagina(request, "personas_lista", "personas/lista.html", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
@_de_mandos
def persona_nueva(request: HttpRequest) -> HttpResponse:
    """Invite somebody: their page follows, with the link to be given to them."""
    quien = usuario_de(request)
    datos = request.POST if request.method == "POST" else None
    form = FormularioDeInvitacion(datos, quien=quien)
    if form.is_valid():
        nueva = _intentar(form, lambda: _invitar(quien, form))
        if nueva is not None:
            if not nueva.has_usable_password():
                _guardar_enlace(request, nueva)
            return redirect("persona", persona_id=nueva.pk)
    estado = 200 if datos is None else 422
    return render(request, "personas/nueva.html", {"form": form}, status=estado)


@never_cache
@require_http_methods(["GET", "POST"])
@_de_mandos
def persona(request: HttpRequest, persona_id: int) -> HttpResponse:
    """Somebody's page; its form saves names, role and branches."""
    quien, otro = usuario_de(request), _persona(request, persona_id)
    datos = request.POST if request.method == "POST" else None
    form = FormularioDePersona(datos, quien=quien, otro=otro)
    enviado = datos is not None and form.is_valid()
    if enviado and _intentar(form, lambda: _cambiar(request, otro, form)) is not None:
        messages.success(request, _("Cambios guardados."))
        return redirect("persona", persona_id=otro.pk)
    estado = 422 if datos is not None else 200
    if datos is not None and not puede_gestionar(quien, otro):
        estado = 403
    return render(request, "personas/persona.html", _contexto(request, otro, form), status=estado)


@require_POST
@_de_mandos
def persona_estado(request: HttpRequest, persona_id: int) -> HttpResponse:
    """Deactivate, or reactivate: each takes the other back."""
    activo = request.POST.get("activo") == "true"
    dicho = (
        _("Reactivada: puede volver a entrar.")
        if activo
        else _("Desactivada: se cerraron sus sesiones y se anuló su llave de la API.")
    )
    return _hacer(request, persona_id, lambda q, o: _activo(q, o, activo), dicho)


@require_POST
@_de_mandos
def persona_enlace(request: HttpRequest, persona_id: int) -> HttpResponse:
    """A new link: the old password and the open sessions end with it."""

    def renovar(quien: User, otro: User) -> None:
        _guardar_enlace(request, gestion.renovar_enlace(quien=quien, otro=otro))

    dicho = _("Enlace nuevo: la contraseña anterior ya no sirve y se cerraron sus sesiones.")
    return _hacer(request, persona_id, renovar, dicho)


@require_POST
@_de_mandos
def persona_deshacer(request: HttpRequest, persona_id: int) -> HttpResponse:
    """Take one's last change back, if nobody has changed the person's rights since."""
    guardado = request.session.get(ANTES) or {}

    def volver(quien: User, otro: User) -> None:
        if guardado.get("persona") != otro.pk:
            frase = _("No queda ningún cambio que deshacer.")
            raise ErrorDominio(frase, codigo="nada_que_deshacer", estado=409)
        nombre, apellido, correo, rol, lugares = guardado["puesto"]
        puesto = gestion.Puesto(nombre, apellido, correo, Rol(rol), frozenset(lugares))
        visto = guardado["visto"]
        gestion.cambiar(quien=quien, otro=otro, puesto=puesto, visto=visto, vuelve=True)
        del request.session[ANTES]

    return _hacer(request, persona_id, volver, _("Cambio deshecho."))


def _hacer(
    request: HttpRequest, persona_id: int, hecho: Callable[[User, User], Any], dicho: str
) -> HttpResponse:
    """Do it and go back to the page, where a refusal is said as well."""
    otro = _persona(request, persona_id)
    try:
        hecho(usuario_de(request), otro)
    except ErrorDominio as error:
        if error.estado == 403:
            raise PermissionDenied(error.detail) from error
        messages.error(request, error.detail)
    else:
        messages.success(request, dicho)
    return redirect("persona", persona_id=otro.pk)


def _activo(quien: User, otro: User, activo: bool) -> None:
    gestion.poner_activo(quien=quien, otro=otro, activo=activo)


def _invitar(quien: User, form: FormularioDeInvitacion) -> User:
    try:
        dicho = form.cleaned_data
        return gestion.invitar(
            quien=quien, usuario=dicho["usuario"], puesto=form.puesto(), envio=dicho["envio"]
        )
    except IntegrityError as choque:
        # Somebody took the name at the same moment.
        raise gestion.nombre_tomado() from choque


def _intentar(form: FormularioDePersona, hecho: Callable[[], User]) -> User | None:
    """What was done; or nothing, and the form says at which field it was refused."""
    try:
        return hecho()
    except ErrorDominio as error:
        form.add_error(error.campo if error.campo in form.fields else None, error.detail)
        return None


def _guardar_enlace(request: HttpRequest, otro: User) -> None:
    token = token_de(otro, quien=usuario_de(request))
    url = request.build_absolute_uri(reverse("invitacion", args=[token]))
    request.session[ENLACE] = {"persona": otro.pk, "url": url}


def _cambiar(request: HttpRequest, otro: User, form: FormularioDePersona) -> User:
    """Write the form, and keep what it can be taken back to before anybody else writes."""
    antes, puesto = gestion.puesto_de(otro), form.puesto()
    visto = form.cleaned_data["visto"]
    with transaction.atomic():
        gestion.cambiar(quien=usuario_de(request), otro=otro, puesto=puesto, visto=visto)
        actual = User.objects.get(pk=otro.pk)
        _guardar_antes(request, actual, antes)
    return actual


def _guardar_antes(request: HttpRequest, otro: User, antes: gestion.Puesto) -> None:
    request.session[ANTES] = {
        "persona": otro.pk,
        "puesto": [
            antes.nombre,
            antes.apellido,
            antes.correo,
            antes.rol.value,
            sorted(antes.sucursales),
        ],
        "visto": huella_de_pagina(otro),
    }


def _contexto(request: HttpRequest, otro: User, form: FormularioDePersona) -> dict[str, Any]:
    quien = usuario_de(request)
    enlace = request.session.get(ENLACE) or {}
    propio = enlace.get("persona") == otro.pk and request.session.pop(ENLACE)["url"]
    antes = request.session.get(ANTES) or {}
    return {
        "persona": otro,
        "form": form,
        "puede": puede_gestionar(quien, otro),
        "es_propia": quien.pk == otro.pk,
        "pendiente": not otro.has_usable_password(),
        "rol": gestion.NOMBRES[gestion.rol_dado(otro)],
        "enlace": propio,
        "enlace_whatsapp": f"https://wa.me/?text={quote(_recado(otro, propio))}" if propio else "",
        "dias": math.ceil(DURA.days),
        "deshacer": antes.get("persona") == otro.pk and antes["visto"] == huella_de_pagina(otro),
        "historia": _historia(request, otro),
    }


def _recado(otro: User, url: str) -> str:
    return _("Carga Pedidos: su usuario es %(usuario)s. Elegir la contraseña en %(url)s") % {
        "usuario": otro.get_username(),
        "url": url,
    }


def _historia(request: HttpRequest, otro: User) -> list[dict[str, Any]]:
    """Who did what, the latest first; of whom and what the reader may not see, a dash."""
    visibles, todo = sucursales_de(request.user), es_superusuario(request.user)
    conocidos = set(_visibles(request).values_list("pk", flat=True))
    return [
        {
            "cuando": fila.action_time,
            "que": frase_de(fila, visibles, todo=todo),
            "quien": str(fila.user) if fila.user_id in conocidos else "—",
        }
        for fila in notas_de(otro).select_related("user")[:HISTORIA_A_LA_VISTA]
    ]


def _visibles(request: HttpRequest) -> QuerySet[User]:
    propias = Perfil.objects.filter(sucursal__in=sucursales_de(request.user))
    lugares = Prefetch("perfiles", propias.select_related("sucursal"), to_attr="lugares")
    todas = User.objects.prefetch_related("groups", lugares)
    es_admin = rol_de(request.user) is Rol.ADMIN
    return todas if es_admin else companeros(todas, request.user)


def _persona(request: HttpRequest, persona_id: int) -> User:
    return get_object_or_404(_visibles(request), pk=persona_id)
