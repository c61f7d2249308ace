"""Admin of users, with the branches they work for, and of what gives them their rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.admin import TokenAdmin
from rest_framework.authtoken.models import TokenProxy

from core.acceso.credenciales import huella_de
from core.acceso.guardado import SoloLaClave, SoloLoCambiado
from core.administracion.filas import es_superusuario
from core.administracion.filas_por_empresa import EnLinea, PaginaPropia, SoloSuperusuarios
from core.administracion.paginas import AdminRapido
from core.administracion.sesiones import CierraSesiones
from sales.models import Perfil
from sales.personas.derechos import (
    hay_gemelo,
    no_puede_mas,
    puede_cambiar,
    puede_dar_clave,
    quedan_superusuarios,
)

_Base: Any = object
# What gives rights: to everybody else, to be read.
DE_SUPERUSUARIOS = ("is_staff", "is_superuser", "groups", "user_permissions")


class PerfilEnLinea(EnLinea):
    model = Perfil
    extra = 0
    autocomplete_fields = ("sucursal",)
    verbose_name_plural = _("sucursales en las que trabaja")

    def get_min_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new person works in a branch of whoever adds them."""
        return int(obj is None and not es_superusuario(request.user))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The form set, with a branch asked for."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class NombrePropio(_Base):
    """A form that gives nobody a name that signing in takes for another's."""

    def clean_username(self) -> str:
        """Whoever has one already keeps it."""
        nombre: str = self.cleaned_data["username"]
        if "username" in self.changed_data and hay_gemelo(nombre, self.instance.pk):
            raise ValidationError(
                _t("Ya hay un usuario con ese nombre, aunque se escriba con otras mayúsculas."),
                code="nombre_gemelo",
            )
        return nombre


class FormularioDeAlta(NombrePropio, AdminUserCreationForm):
    """Django's."""


class Visto(forms.CharField):
    """What a page said of somebody's rights when it was opened; nothing that one changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never."""
        return False


class FormularioDeUsuario(NombrePropio, UserChangeForm):
    """Django's; somebody may always do everything, and what was taken meanwhile stays taken."""

    visto = Visto(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            sal, largo = "sales.admin.usuarios", 20
            self.initial["visto"] = salted_hmac(sal, huella_de(self.instance)).hexdigest()[:largo]

    def clean_visto(self) -> str:
        """The row as it is now; or nothing, where the form did not send it."""
        visto: str = self.cleaned_data["visto"]
        if visto and visto != self.initial["visto"]:
            frase = _t("Mientras tanto cambió lo que esta persona puede: volver a abrir su página.")
            # Of the form: beside a hidden field nobody would read it.
            self.add_error(None, ValidationError(frase, code="visto_viejo"))
        return visto

    def clean(self) -> dict[str, Any]:
        """Refuse to leave nobody with every right."""
        datos = super().clean() or self.cleaned_data
        sigue = datos.get("is_superuser", True) and datos.get("is_active", True)
        era = self.instance.is_superuser and self.instance.is_active
        if era and not sigue and not quedan_superusuarios({self.instance.pk}):
            raise ValidationError(
                _t("Es el último superusuario activo: nombrar otro antes."),
                code="ultimo_superusuario",
            )
        return datos


class ClaveAjena(SoloLaClave, AdminPasswordChangeForm):
    """Django's, for somebody else's password."""


admin.site.unregister([User, Group, TokenProxy, AccessAttempt, AccessFailureLog, AccessLog])


@admin.register(User)
class UsuarioAdmin(CierraSesiones, SoloLoCambiado, PaginaPropia, UserAdmin):
    """Django's users, their groups (roles) in sight, their branches beside them.

    What gives rights is a superuser's to change; a password, of who may do what its giver may.
    """

    form = FormularioDeUsuario
    add_form = FormularioDeAlta
    change_password_form = ClaveAjena
    list_display = ("username", "first_name", "last_name", "roles", "is_staff", "is_active")
    inlines = (PerfilEnLinea,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """The users, with their groups."""
        usuarios: QuerySet[User] = super().get_queryset(request)
        return usuarios.prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields, and what the page was opened with where something may be changed."""
        grupos = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return grupos
        return [*grupos, (None, {"fields": ("visto",)})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What gives rights, for everybody but superusers; the name of who may do more."""
        fijos = super().get_readonly_fields(request, obj)
        if es_superusuario(request.user):
            return fijos
        quien: Any = request.user
        de_mas = () if obj is None or no_puede_mas(obj, quien) else ("username",)
        return (*fijos, *DE_SUPERUSUARIOS, *de_mas)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may also say where the new person works."""
        return super().has_add_permission(request) and request.user.has_perm("sales.add_perfil")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the user may be changed: who works for one's own companies alone."""
        return super().has_change_permission(request, obj) and _alcanza(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the user may be deleted: who works for one's own companies alone."""
        return super().has_delete_permission(request, obj) and _alcanza(request, obj)

    def puede_cerrar(self, request: HttpRequest, usuario: User) -> bool:
        """Whether this user's sessions may be ended: not those of who may do more than oneself."""
        quien: Any = request.user
        return super().puede_cerrar(request, usuario) and no_puede_mas(usuario, quien)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - as the URL names it
        form_url: str = "",
    ) -> HttpResponse:
        """Not of who may do more than oneself: their password would be their rights."""
        otro = self.get_object(request, unquote(id))
        quien: Any = request.user
        if otro is not None and not puede_dar_clave(quien, otro):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def get_deleted_objects(
        self, objs: QuerySet[Any] | Sequence[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[str], list[Any]]:
        """What a deletion takes along; the last superuser is protected."""
        nombres, cuentas, faltan, protegidos = super().get_deleted_objects(objs, request)
        if not quedan_superusuarios({usuario.pk for usuario in objs}):
            protegidos = [*protegidos, _t("El último superusuario activo")]
        return nombres, cuentas, faltan, protegidos

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Checked again together with the deed: two may be at it."""
        with transaction.atomic():
            if not quedan_superusuarios(set(queryset.values_list("pk", flat=True))):
                raise PermissionDenied
            super().delete_queryset(request, queryset)

    @admin.display(description=_("grupos"))
    def roles(self, obj: User) -> str:
        """The groups, by name."""
        return ", ".join(grupo.name for grupo in obj.groups.all())


def _alcanza(request: HttpRequest, otro: Any) -> bool:
    quien: Any = request.user
    return otro is None or puede_cambiar(quien, otro)


@admin.register(Perfil)
class PerfilAdmin(SoloLoCambiado, AdminRapido):
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


@admin.register(Group)
class GrupoAdmin(SoloLoCambiado, PaginaPropia, GroupAdmin):
    """Groups: read with the permission, changed by superusers alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers'."""
        return es_superusuario(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers'."""
        return es_superusuario(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers'."""
        return es_superusuario(request.user)


@admin.register(TokenProxy)
class ClaveDeApiAdmin(SoloLoCambiado, SoloSuperusuarios, TokenAdmin):
    """API tokens: whoever reads one is its user."""


@admin.register(AccessAttempt)
class IntentosAdmin(SoloSuperusuarios, AccessAttemptAdmin):
    """Sign-ins that failed; what was typed as a name may be a password."""

    # Theirs needs expirations, which are off here.
    actions = ()


@admin.register(AccessFailureLog)
class FallosAdmin(SoloSuperusuarios, AccessFailureLogAdmin):
    """The log of sign-ins that failed, kept when their counts are forgotten."""


@admin.register(AccessLog)
class EntradasAdmin(SoloSuperusuarios, AccessLogAdmin):
    """Who came in, from where."""
