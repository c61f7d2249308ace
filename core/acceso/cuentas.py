"""Signing in and out, changing one's password, and the lockout after too many tries."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate, views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.acceso import portero
from core.acceso.guardado import SoloLaClave
from core.acceso.puerta import VENTANA
from core.web.htmx import avisar

NOMBRE_MAXIMO = 150


class NombreDeUsuario(UsernameField):
    """What cannot be anybody's name is not sent back."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The value that the field is drawn with again when something was wrong."""
        escrito = super().bound_data(data, initial)
        return "" if len(escrito or "") > NOMBRE_MAXIMO else escrito


class FormularioDeEntrada(AuthenticationForm):
    """Django's, in the words and clothes of the desk."""

    username = NombreDeUsuario(widget=forms.TextInput(attrs={"autofocus": True}))

    error_messages = {
        "invalid_login": gettext_lazy(
            "El usuario o la contraseña no coinciden. Revisar mayúsculas y reintentar."
        ),
        "inactive": gettext_lazy("Este usuario está desactivado. Hablar con un administrador."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Usuario")
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = _("Contraseña")
        vestir(self)


class FormularioDeEntradaAlAdmin(AdminAuthenticationForm):
    """The admin's own."""

    username = NombreDeUsuario(widget=forms.TextInput(attrs={"autofocus": True}))


class ConClaveVieja(SoloLaClave, PasswordChangeForm):
    """The old password is asked for at the door: wrong ones count, and are stopped."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Wrong, or not looked at: then the middleware answers."""
        vieja: str = self.cleaned_data["old_password"]
        nombre = self.user.get_username()
        if authenticate(self.request, username=nombre, password=vieja) is None:
            codigo = "password_incorrect"
            raise ValidationError(self.error_messages[codigo], code=codigo)
        portero.acertada(self.request, nombre)
        return vieja


class FormularioDeClaveDelAdmin(ConClaveVieja, AdminPasswordChangeForm):
    """The admin's own."""


class FormularioDeClave(ConClaveVieja):
    """Django's, dressed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vestir(self)


class Entrar(views.LoginView):
    """Sign in and go on to where one was going; somebody already in goes on at once."""

    template_name = "cuentas/entrar.html"
    form_class = FormularioDeEntrada
    redirect_authenticated_user = True


class CambioDeClave(views.PasswordChangeView):
    """Django's, whose form knows who asks from where."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """The request goes along."""
        return super().get_form_kwargs() | {"request": self.request}


class ClaveDelAdmin(CambioDeClave):
    """Django's password change within the admin, whose form knows who asks from where."""

    form_class = FormularioDeClaveDelAdmin
    template_name = "registration/password_change_form.html"
    success_url = reverse_lazy("admin:password_change_done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's context, with what every page of the admin shows."""
        return super().get_context_data(**kwargs) | admin.site.each_context(self.request)


class Clave(CambioDeClave):
    """Change one's own password; other sessions of the user end."""

    template_name = "cuentas/clave.html"
    form_class = FormularioDeClave
    success_url = reverse_lazy("inicio")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it and say so on the next page."""
        respuesta = super().form_valid(form)
        messages.success(self.request, _("Contraseña cambiada."))
        return respuesta


def bloqueado(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """Answer a try that was not looked at: a page, a toast, or JSON, and when to come back."""
    admision = portero.admision_de(request)
    espera = (admision.espera if admision else None) or VENTANA
    frase = _frase(espera)
    respuesta = _bloqueado(request, frase)
    respuesta["Retry-After"] = str(math.ceil(espera.total_seconds()))
    return respuesta


def _bloqueado(request: HttpRequest, frase: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": frase, "codigo": "demasiados_intentos"}, status=429)
    if request.headers.get("HX-Request") == "true":
        return avisar(HttpResponse(status=429), frase, "peligro")
    dentro = request.user.is_authenticated
    salida = ("inicio", _("Volver al inicio")) if dentro else ("entrar", _("Volver a entrar"))
    contexto = {"frase": frase, "destino": reverse(salida[0]), "salida": salida[1]}
    return render(request, "cuentas/bloqueado.html", contexto, status=429)


def _frase(espera: timedelta) -> str:
    segundos = math.ceil(espera.total_seconds())
    if segundos <= 60:
        return ngettext(
            "Demasiados intentos. Esperar %(n)d segundo y reintentar.",
            "Demasiados intentos. Esperar %(n)d segundos y reintentar.",
            segundos,
        ) % {"n": segundos}
    minutos = math.ceil(segundos / 60)
    return _("Demasiados intentos. Esperar %(n)d minutos o hablar con un administrador.") % {
        "n": minutos
    }


def vestir(form: AuthenticationForm | PasswordChangeForm) -> None:
    """Give every field Bootstrap's class, and the mark of an error to those at fault."""
    for nombre, campo in form.fields.items():
        malo = form.is_bound and nombre in form.errors
        campo.widget.attrs["class"] = f"form-control{' is-invalid' if malo else ''}"
