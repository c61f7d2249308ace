"""What a price list's page edits in place: prices of a short list, rules, combinations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, ForeignKey, QuerySet, Window
from django.db.models.functions import RowNumber
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.administracion.filas_por_empresa import EnBloques, EnLinea
from gestion_precios.admin.importes import ConImportes
from gestion_precios.campos import de_la_regla, poner_moneda
from gestion_precios.models import (
    CombinacionProducto,
    PrecioArticulo,
    ReglaPrecio,
)

# Beyond these a page of forms is slow to draw and to find one's way in.
PRECIOS_EN_LINEA = 50
REGLAS_EN_LINEA = 40


class Fijo(forms.Widget):
    """A value that is read and not changed, without the query of a list to choose from."""

    def __init__(self, texto: str) -> None:
        super().__init__()
        self.texto = texto

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The text alone."""
        return format_html("<span>{}</span>", self.texto)


class PrecioEnLineaForm(forms.ModelForm):
    """A price; which article it is of is decided when it is added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            campo = self.fields["articulo"]
            campo.disabled = True
            campo.widget = Fijo(str(self.instance.articulo))


class PreciosEnLinea(BaseInlineFormSet):
    """The prices sent together: each article once."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """The form's fields; the price is in the list's currency."""
        super().add_fields(form, index)
        poner_moneda(form, self.instance.empresa.moneda)

    def clean(self) -> None:
        """Say which article comes twice."""
        super().clean()
        repetidos = _repetidas(self, lambda precio: precio.articulo_id)
        for precio in repetidos:
            raise ValidationError(
                _t("«%(articulo)s» está dos veces: dejar un solo precio.")
                % {"articulo": precio.articulo},
                code="articulo_repetido",
            )

    def validate_unique(self) -> None:
        """Said by `clean`, in words."""


class ReglasEnLinea(BaseInlineFormSet):
    """The rules sent together: no two equal in everything."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """The form's fields; its numbers count what the others say."""
        super().add_fields(form, index)
        de_la_regla(form, self.instance.empresa.moneda)

    def clean(self) -> None:
        """Say which rule comes twice."""
        super().clean()
        for regla in _repetidas(self, _todo_de):
            raise ValidationError(
                _t("«%(regla)s» está dos veces, igual en todo: dejar una sola.")
                % {"regla": regla.nombre_regla},
                code="regla_repetida",
            )


class PrecioEnLinea(ConImportes, EnLinea):
    """The prices of a short list."""

    model = PrecioArticulo
    form = PrecioEnLineaForm
    formset = PreciosEnLinea
    fields = ("articulo", "precio_base")
    autocomplete_fields = ("articulo",)
    ordering = ("articulo__codigo",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[PrecioArticulo]:
        """The combinations, with their articles."""
        precios: QuerySet[PrecioArticulo] = super().get_queryset(request)
        return precios.select_related("articulo", "lista_precio__empresa")


class CombinacionEnLinea(EnLinea):
    """The list's combinations."""

    model = CombinacionProducto
    fields = ("nombre", "articulos")
    autocomplete_fields = ("articulos",)
    extra = 0
    show_change_link = True


class ReglaEnLinea(ConImportes, EnBloques):
    """The list's rules, each with its place in the order in which they fire."""

    model = ReglaPrecio
    formset = ReglasEnLinea
    verbose_name_plural = _("reglas, en el orden en que se aplican")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("nombre_regla", "prioridad", "tipo_regla", "valor_regla"),
                    ("condicion", "condicion_valor", "permite_venta_bajo_costo", "activa"),
                    ("aplica_articulo", "aplica_grupo", "aplica_linea", "aplica_combinacion"),
                )
            },
        ),
    )
    autocomplete_fields = ("aplica_articulo", "aplica_grupo", "aplica_linea")
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReglaPrecio]:
        """The rules in firing order."""
        reglas: QuerySet[ReglaPrecio] = super().get_queryset(request)
        return reglas.order_by("prioridad", "id")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: Any, **kwargs: Any) -> Any:
        """The list's own combinations; any other is another list's."""
        if db_field.name != "aplica_combinacion":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        propias = CombinacionProducto.objects.filter(
            lista_precio=request.resolver_match.kwargs["object_id"]
        )
        campo: Any = super().formfield_for_foreignkey(db_field, request, queryset=propias, **kwargs)
        campo.error_messages["invalid_choice"] = _("La combinación es de otra lista.")
        # Read once, not once a rule.
        campo.choices = [("", "—"), *((combo.pk, str(combo)) for combo in propias)]
        return campo


class ReglaALaVista(EnLinea):
    """The rules of a list with many, at a glance; each is edited on its own page."""

    model = ReglaPrecio
    verbose_name_plural = _("reglas, en el orden en que se aplican")
    fields = readonly_fields = (
        "orden",
        "prioridad",
        "nombre_regla",
        "tipo_regla",
        "valor_regla",
        "condicion",
        "condicion_valor",
        "activa",
    )
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rules, each with its place in firing order."""
        lugar = Window(RowNumber(), order_by=[F("prioridad"), F("id")])
        reglas: QuerySet[Any] = super().get_queryset(request).annotate(lugar=lugar)
        return reglas.order_by("prioridad", "id")

    @admin.display(description=_("orden"))
    def orden(self, regla: Any) -> int:
        """The rule's place in the order in which rules fire."""
        lugar: int = regla.lugar
        return lugar

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds a rule here: that is done on the rule's own page."""
        return False


def _repetidas(formularios: BaseInlineFormSet, clave: Callable[[Any], Any]) -> Iterator[Any]:
    """Rows of a valid submit whose key another one before it has."""
    if any(formularios.errors):
        return
    vistas = set()
    for formulario in formularios.forms:
        fila = formulario.instance
        en_blanco = fila.pk is None and not formulario.has_changed()
        if en_blanco or formulario in formularios.deleted_forms:
            continue
        valor = clave(fila)
        if valor in vistas:
            yield fila
        vistas.add(valor)


def _todo_de(regla: ReglaPrecio) -> tuple[Any, ...]:
    campos = [campo for campo in regla._meta.concrete_fields if not campo.primary_key]
    return tuple(getattr(regla, campo.attname) for campo in campos)
