"""Admin of users: ending what lets them in, without changing anything else of them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.acceso.credenciales import Motivo, terminar


class CierraSesiones(admin.ModelAdmin):
    """For the admin of users: an action, asked twice, that ends sessions and keys."""

    actions = ("cerrar_sesiones",)

    @admin.action(
        permissions=["change"],
        description=gettext_lazy(
            "Cerrar las sesiones de los usuarios elegidos y anular sus llaves"
        ),
    )
    def cerrar_sesiones(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> TemplateResponse | None:
        """Sign them out everywhere; nobody signs out who may do more than oneself."""
        usuarios = list(queryset)
        if not all(self.puede_cerrar(request, usuario) for usuario in usuarios):
            raise PermissionDenied
        if "post" not in request.POST:
            return self._preguntar(request, usuarios)
        with transaction.atomic():
            terminar((usuario.pk for usuario in usuarios), Motivo.PEDIDO)
            for usuario in usuarios:
                self.log_change(request, usuario, _("Sesiones cerradas y llaves anuladas."))
        dicho = ngettext(
            "Sesiones cerradas: %(cuantos)d usuario.",
            "Sesiones cerradas: %(cuantos)d usuarios.",
            len(usuarios),
        )
        self.message_user(request, dicho % {"cuantos": len(usuarios)})
        return None

    def puede_cerrar(self, request: HttpRequest, usuario: User) -> bool:
        """Whether the person may end this user's sessions: by default, whom they may change."""
        quien = cast(User, request.user)
        alcanza = quien.is_superuser or not usuario.is_superuser
        return alcanza and self.has_change_permission(request, usuario)

    def _preguntar(self, request: HttpRequest, usuarios: list[User]) -> TemplateResponse:
        contexto: dict[str, Any] = self.admin_site.each_context(request) | {
            "title": _("Cerrar sesiones"),
            "opts": self.opts,
            "media": self.media,
            "usuarios": usuarios,
            "casilla": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/auth/user/cerrar_sesiones.html", contexto)
