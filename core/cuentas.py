"""Signing in and out, changing one's password, and the lockout after too many tries."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.htmx import avisar


class FormularioDeEntrada(AuthenticationForm):
    """Django's, in the words and clothes of the desk."""

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


class FormularioDeClave(PasswordChangeForm):
    """Django's, dressed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vestir(self)


class Entrar(views.LoginView):
    """Sign in and go on to where one was going; somebody already in goes on at once."""

    template_name = "cuentas/entrar.html"
    form_class = FormularioDeEntrada
    redirect_authenticated_user = True


class Clave(views.PasswordChangeView):
    """Change one's own password; other sessions of the user end."""

    template_name = "cuentas/clave.html"
    form_class = FormularioDeClave
    success_url = reverse_lazy("inicio")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it and say so on the next page."""
        with transaction.atomic():
            # What the old password let in ends with it or not at all (`core.signals`).
            respuesta = super().form_valid(form)
        messages.success(self.request, _("Contraseña cambiada."))
        return respuesta


def bloqueado(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """Answer a locked-out sign-in: a page, a toast, or JSON for the API."""
    frase = _("Demasiados intentos. Esperar 15 minutos o hablar con un administrador.")
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": frase, "codigo": "demasiados_intentos"}, status=429)
    if request.headers.get("HX-Request") == "true":
        return avisar(HttpResponse(status=429), frase, "peligro")
    return render(request, "cuentas/bloqueado.html", {"frase": frase}, status=429)


def vestir(form: AuthenticationForm | PasswordChangeForm) -> None:
    """Give every field Bootstrap's class, and the mark of an error to those at fault."""
    for nombre, campo in form.fields.items():
        malo = form.is_bound and nombre in form.errors
        campo.widget.attrs["class"] = f"form-control{' is-invalid' if malo else ''}"
