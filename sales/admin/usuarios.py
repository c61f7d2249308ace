"""Admin of users, with the branches they work for."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import AdminRapido
from core.admin_sesiones import CierraSesiones
from sales.models import Perfil


class PerfilEnLinea(admin.TabularInline):
    model = Perfil
    extra = 0
    autocomplete_fields = ("sucursal",)
    verbose_name_plural = _("sucursales en las que trabaja")


admin.site.unregister(User)


@admin.register(User)
class UsuarioAdmin(CierraSesiones, UserAdmin):
    """Django's users, their groups (roles) in sight, their branches beside them."""

    list_display = ("username", "first_name", "last_name", "roles", "is_staff", "is_active")
    inlines = (PerfilEnLinea,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With their groups."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("grupos"))
    def roles(self, obj: User) -> str:
        """The groups, by name."""
        return ", ".join(grupo.name for grupo in obj.groups.all())


@admin.register(Perfil)
class PerfilAdmin(AdminRapido):
    """Who works in which branch."""

    list_display = ("usuario", "sucursal", "empresa")
    list_filter = ("sucursal",)
    list_select_related = ("usuario", "sucursal__empresa")
    search_fields = ("usuario__username", "sucursal__nombre")
    autocomplete_fields = ("usuario", "sucursal")

    @admin.display(description=_("empresa"))
    def empresa(self, obj: Perfil) -> str:
        """The branch's company."""
        return str(obj.sucursal.empresa)
