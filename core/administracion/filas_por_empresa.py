"""Admin pages that show each person the rows of their own companies, and nothing of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from django.contrib import admin
from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from core.administracion.borrado import LineaQueSeBorra, lo_que_se_borra
from core.administracion.cifras import campo_de
from core.administracion.consulta import ConsultaPropia
from core.administracion.filas import es_superusuario, filas_visibles

_Base: Any = object
SIN_NOMBRE = "—"


class FilasPropias(_Base):
    """The rows of a page or an inline, and those that its fields let one choose, within reach."""

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows within the person's reach."""
        return filas_visibles(super().get_queryset(request), request.user)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The field; one of numbers reads them as people write them."""
        return super().formfield_for_dbfield(db_field, request, **campo_de(db_field) | kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The field, with only what is within reach to choose from."""
        kwargs["queryset"] = self._elegibles(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """The field, with only what is within reach to choose from."""
        kwargs["queryset"] = self._elegibles(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _elegibles(self, db_field: Any, request: Any, kwargs: dict[str, Any]) -> QuerySet[Any]:
        filas = kwargs.get("queryset")
        if filas is None:
            filas = self.get_field_queryset(kwargs.get("using"), db_field, request)
        if filas is None:
            filas = db_field.remote_field.model._default_manager.all()
        return filas_visibles(filas, request.user)


def autores_visibles(usuario: Any) -> QuerySet[Any]:
    """The authors whose names this person may read: who they may see, and themselves."""
    personas = get_user_model()._default_manager.all()
    visibles = filas_visibles(personas, usuario).values("pk")
    return personas.filter(Q(pk__in=visibles) | Q(pk=usuario.pk))


def _callar_autores(request: HttpRequest, entradas: Any) -> None:
    """A row of the whole group tells what was done to it, and names nobody out of reach."""
    # The page's own list: what is drawn later are these same entries.
    propias = list(entradas)
    autores = {entrada.user_id for entrada in propias}
    visibles = autores_visibles(request.user).filter(pk__in=autores)
    conocidos = set(visibles.values_list("pk", flat=True))
    for entrada in propias:
        if entrada.user_id not in conocidos:
            entrada.user = get_user_model()(username=SIN_NOMBRE)


class PaginaPropia(ConsultaPropia, FilasPropias):
    """A model's pages. A row out of reach does not exist: 404, as one that never was."""

    def _get_obj_does_not_exist_redirect(self, *_args: Any) -> NoReturn:
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Django's page of versions; without the permission, not even whether the row exists."""
        self._exigir_permiso(request)
        respuesta: HttpResponse = super().history_view(request, object_id, extra_context)
        contexto: dict[str, Any] = getattr(respuesta, "context_data", None) or {}
        if "action_list" in contexto:
            _callar_autores(request, contexto["action_list"])
        return respuesta

    def _exigir_permiso(self, request: HttpRequest) -> None:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied

    def get_deleted_objects(
        self, objs: QuerySet[Any] | Sequence[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[str], list[Any]]:
        """What would go with these rows, and what keeps them: neither tells of others' rows."""
        return lo_que_se_borra(objs, request, self.admin_site)


class SoloSuperusuarios(PaginaPropia):
    """Tables that tell of everybody, or that give their rights: no permission opens them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers'."""
        return es_superusuario(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers', where the page allows it at all."""
        return es_superusuario(request.user) and bool(super().has_add_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers'."""
        return es_superusuario(request.user) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers'."""
        return es_superusuario(request.user) and bool(super().has_delete_permission(request, obj))


class FiltroDeRelacion(RelatedFieldListFilter):
    """A filter by another table's rows: those within reach."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """Django's choices, of the rows that one may know of."""
        if es_superusuario(request.user):
            return super().field_choices(field, request, model_admin)
        visibles = filas_visibles(field.remote_field.model._default_manager.all(), request.user)
        return field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to=Q(pk__in=visibles.values("pk")),
        )


# In every page, also those of other people's apps.
FieldListFilter.register(
    lambda campo: bool(campo.remote_field), FiltroDeRelacion, take_priority=True
)


class _DentroDeOtra(FilasPropias):
    """An inline's form set: rows are deleted, and kept, as on their own page."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Django's, whose forms know who asks."""
        juego = super().get_formset(request, obj, **kwargs)
        propios = {"quien": (request, self.admin_site)}
        juego.form = type("Linea", (LineaQueSeBorra, juego.form), propios)
        return juego


class EnLinea(_DentroDeOtra, admin.TabularInline):
    """Rows within another's page, one a line."""


class EnBloques(_DentroDeOtra, admin.StackedInline):
    """Rows within another's page, one a block."""
