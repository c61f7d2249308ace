"""What goes with rows that are deleted, and what keeps them: told as far as one may see.

What protects a row may be a million others, of anybody's: the first ones of each table are looked
at. Those within reach, of a table that one may view, are named; the rest are a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import NestedObjects, quote
from django.core.exceptions import ValidationError
from django.db import router
from django.db.models import PROTECT, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.administracion.filas import claves_visibles, es_superusuario

NOMBRADAS: Final = 50
MIRADAS: Final = 500
_Base: Any = object


class Borrado(NamedTuple):
    """What a deletion takes along, in the shape that the admin's pages expect."""

    nombres: list[Any]
    cuentas: dict[Any, int]
    faltan: set[str]
    protegidos: list[Any]


class Arrastre(NestedObjects):
    """Django's; of what protects the rows it reads few, however many there are."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(**opciones)
        self.frenos: dict[Any, set[Any]] = defaultdict(set)
        self.hay_mas = False

    def related_objects(self, related_model: Any, related_fields: Any, objs: Any) -> QuerySet[Any]:
        """What hangs from these; one is enough to stop Django."""
        filas: QuerySet[Any] = super().related_objects(related_model, related_fields, objs)
        if any(campo.remote_field.on_delete is not PROTECT for campo in related_fields):
            return filas
        claves = list(filas.order_by().values_list("pk", flat=True)[: MIRADAS + 1])
        self.hay_mas |= len(claves) > MIRADAS
        self.frenos[related_model].update(claves[:MIRADAS])
        return filas.filter(pk__in=claves[:1])

    def juntar(self, filas: Any) -> None:
        """Find everything out."""
        self.collect(filas)
        for fila in self.protected:
            self.frenos[type(fila)].add(fila.pk)


class _Quien(NamedTuple):
    """Who is told, on which site's pages."""

    request: HttpRequest
    sitio: AdminSite

    def ve(self, modelo: Any) -> bool:
        """Whether this person may look at the table here."""
        if es_superusuario(self.request.user):
            return True
        if not self.sitio.is_registered(modelo):
            return False
        return self.sitio.get_model_admin(modelo).has_view_permission(self.request)

    def puede_borrar(self, fila: Any) -> bool:
        """Whether its page lets them; a row without one goes with what it hangs from."""
        if not self.sitio.is_registered(type(fila)):
            return True
        pagina = self.sitio.get_model_admin(type(fila))
        return pagina.has_delete_permission(self.request, fila)

    def nombre(self, fila: Any) -> Any:
        """The row, with the way to its page; of a table that one may not view, the table."""
        meta = fila._meta
        tabla = capfirst(meta.verbose_name)
        if not self.ve(type(fila)):
            return tabla
        try:
            vista = f"{self.sitio.name}:{meta.app_label}_{meta.model_name}_change"
            url = reverse(vista, None, (quote(fila.pk),))
        except NoReverseMatch:
            return f"{tabla}: {fila}"
        return format_html('{}: <a href="{}">{}</a>', tabla, url, fila)


def lo_que_se_borra(filas: Any, request: HttpRequest, sitio: AdminSite) -> Borrado:
    """What would go with these rows, the first ones named; what keeps them from going."""
    if not filas:
        return Borrado([], {}, set(), [])
    quien = _Quien(request, sitio)
    arrastre = Arrastre(using=router.db_for_write(filas[0]._meta.model), origin=filas)
    arrastre.juntar(filas)
    ajenas = 0 if es_superusuario(request.user) else _ajenas(arrastre, request.user)
    protegidos = _protegidos(arrastre, ajenas, quien)
    if ajenas:
        return Borrado([], {}, set(), protegidos)
    # What is protected goes for nobody: a missing permission is not the reason to give.
    faltan = set() if protegidos else _faltan(arrastre, quien)
    por_tabla: dict[Any, Any] = arrastre.model_objs
    cuentas = {modelo._meta.verbose_name_plural: len(suyas) for modelo, suyas in por_tabla.items()}
    return Borrado(_primeros(arrastre.nested(quien.nombre)), cuentas, faltan, protegidos)


class LineaQueSeBorra(_Base):
    """A row's form in another's page, which may not be deleted where its own page forbids it."""

    quien: tuple[HttpRequest, AdminSite]

    def hand_clean_DELETE(self) -> None:  # noqa: N802 - as the admin names it
        """Django's names every row that protects it."""
        if not self.cleaned_data.get(DELETION_FIELD_NAME) or self.instance._state.adding:
            return
        if lo_que_se_borra([self.instance], *self.quien).protegidos:
            frase = _("%(fila)s no se puede borrar: hay otras filas que dependen de esta.")
            raise ValidationError(frase, "protegida", {"fila": self.instance})


def _ajenas(arrastre: Arrastre, usuario: Any) -> int:
    """How many rows out of the person's reach would go along."""
    return sum(
        len(filas) - len(claves_visibles(modelo, {fila.pk for fila in filas}, usuario))
        for modelo, filas in arrastre.data.items()
    )


def _protegidos(arrastre: Arrastre, ajenas: int, quien: _Quien) -> list[Any]:
    nombres: list[Any] = []
    for modelo, claves in arrastre.frenos.items():
        vistas = _vistas(modelo, claves, quien)
        ajenas += len(claves) - len(vistas)
        primeras = sorted(vistas)[:NOMBRADAS]
        nombres += map(quien.nombre, modelo._base_manager.filter(pk__in=primeras).order_by("pk"))
        nombres += _y_mas(len(vistas) - NOMBRADAS)
    if ajenas:
        frase = ngettext(
            "%d fila que no está a su alcance", "%d filas que no están a su alcance", ajenas
        )
        nombres = [frase % ajenas, *nombres]
    return [*nombres, _("… y otras, que no se miraron")] if arrastre.hay_mas else nombres


def _vistas(modelo: Any, claves: set[Any], quien: _Quien) -> set[Any]:
    if es_superusuario(quien.request.user):
        return claves
    return claves_visibles(modelo, claves, quien.request.user) if quien.ve(modelo) else set()


def _faltan(arrastre: Arrastre, quien: _Quien) -> set[str]:
    """The tables, by name, of which this person may not delete a row that would go."""
    filas: Iterable[Any] = chain.from_iterable(arrastre.model_objs.values())
    return {str(fila._meta.verbose_name) for fila in filas if not quien.puede_borrar(fila)}


def _primeros(nombres: Sequence[Any]) -> list[Any]:
    recortados = [
        _primeros(nombre) if isinstance(nombre, list) else nombre for nombre in nombres[:NOMBRADAS]
    ]
    return [*recortados, *_y_mas(len(nombres) - NOMBRADAS)]


def _y_mas(restantes: int) -> list[str]:
    return [_("… y %d más") % restantes] if restantes > 0 else []
