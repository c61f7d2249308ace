"""Rules and combinations, each on its own page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.models import to_historic

from gestion_precios.admin.historia import ConAvisos, ConHistoria
from gestion_precios.admin.importes import ConImportes, ReglaForm
from gestion_precios.listas.avisos import Aviso
from gestion_precios.models import CombinacionProducto, ReglaPrecio


class CombinacionForm(forms.ModelForm):
    """A combination; an old version comes with the articles that it had."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        version = to_historic(kwargs.get("instance"))
        if version:
            articulos = version.articulos.values_list("articulo_id", flat=True)
            kwargs["initial"] = {"articulos": list(articulos)}
        super().__init__(*args, **kwargs)


@admin.register(CombinacionProducto)
class CombinacionProductoAdmin(ConAvisos, ConHistoria):
    """Combinations of articles."""

    form = CombinacionForm
    list_display = ("nombre", "lista_precio")
    list_filter = ("lista_precio",)
    list_select_related = ("lista_precio",)
    search_fields = ("nombre", "lista_precio__nombre")
    autocomplete_fields = ("lista_precio", "articulos")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A combination stays in its list: the rules that use it are there."""
        return ("lista_precio",) if obj else ()

    def son_de(self, aviso: Aviso, obj: Any) -> bool:
        """Whether the warning is about one of the combination's rules."""
        return bool({*obj.reglas.values_list("pk", flat=True)} & {*aviso.reglas})


@admin.register(ReglaPrecio)
class ReglaPrecioAdmin(ConImportes, ConAvisos, ConHistoria):
    """Rules: what they take off, when, and from what."""

    form = ReglaForm

    list_display = (
        "nombre_regla",
        "lista_precio",
        "prioridad",
        "tipo_regla",
        "valor_regla",
        "condicion",
        "condicion_valor",
        "permite_venta_bajo_costo",
        "activa",
    )
    list_filter = (
        "activa",
        "tipo_regla",
        "condicion",
        "permite_venta_bajo_costo",
        "lista_precio",
    )
    list_select_related = ("lista_precio",)
    search_fields = ("nombre_regla", "lista_precio__nombre")
    autocomplete_fields = (
        "lista_precio",
        "aplica_articulo",
        "aplica_grupo",
        "aplica_linea",
        "aplica_combinacion",
    )
    ordering = ("lista_precio_id", "prioridad", "id")
    fieldsets = (
        (None, {"fields": ("lista_precio", "nombre_regla", "prioridad", "activa")}),
        (_("Qué cambia"), {"fields": ("tipo_regla", "valor_regla", "permite_venta_bajo_costo")}),
        (_("Cuándo"), {"fields": ("condicion", "condicion_valor")}),
        (
            _("A qué se aplica"),
            {
                "fields": (
                    "aplica_articulo",
                    "aplica_grupo",
                    "aplica_linea",
                    "aplica_combinacion",
                ),
                "description": _("Todo vacío: a todos los artículos. Lo que se indique, se suma."),
            },
        ),
    )

    def son_de(self, aviso: Aviso, obj: Any) -> bool:
        """Whether the warning is about this rule."""
        return obj.pk in aviso.reglas
