"""What the board can be narrowed by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realtime.models import EN_REVISION, RealtimeEvent, RealtimeRecord
from realtime.rest.filtros import FiltroSucursal
from realtime.rules import Tipo
from sales.models import EstadoPedido

REVISION: Final = "revision"
CLASES: Final = (
    (Tipo.ENCUESTA.value, _("Sin respuesta")),
    (REVISION, _("Precio en revisión")),
    (Tipo.CONCILIACION.value, _("Cancelados a destiempo")),
)
EDADES: Final = (
    ("1", _("Más de 1 hora")),
    ("6", _("Más de 6 horas")),
    ("20", _("Más de 20 horas")),
)


class FiltroTablero(django_filters.FilterSet):
    """Cards by branch, by what they ask for and by age."""

    sucursal = FiltroSucursal(method="de_sucursal", label=_("Sucursal"))
    clase = django_filters.ChoiceFilter(choices=CLASES, method="de_clase", label=_("Qué piden"))
    edad = django_filters.ChoiceFilter(choices=EDADES, method="de_edad", label=_("Hace"))

    class Meta:
        model = RealtimeRecord
        fields: tuple[str, ...] = ()

    def de_sucursal(
        self, tarjetas: QuerySet[RealtimeRecord], _nombre: str, sucursal: int
    ) -> QuerySet[RealtimeRecord]:
        """The rows of one branch; 0: of none."""
        return tarjetas.filter(unfulfilled__orderobj__sucursal=sucursal or None)

    def de_clase(
        self, tarjetas: QuerySet[RealtimeRecord], _nombre: str, clase: str
    ) -> QuerySet[RealtimeRecord]:
        """A price in review is a survey's card too, of another kind to who works on it."""
        if clase == REVISION:
            return tarjetas.filter(EN_REVISION, tipo=Tipo.ENCUESTA)
        de_tipo = tarjetas.filter(tipo=clase)
        return de_tipo.exclude(EN_REVISION) if clase == Tipo.ENCUESTA else de_tipo

    def de_edad(
        self, tarjetas: QuerySet[RealtimeRecord], _nombre: str, horas: str
    ) -> QuerySet[RealtimeRecord]:
        """Shown longer ago than that."""
        return tarjetas.filter(creado_en__lte=timezone.now() - timedelta(hours=int(horas)))


class FiltroHechos(django_filters.FilterSet):
    """What happened to cards, by the board's own filters: what each was when it happened."""

    sucursal = FiltroSucursal(method="de_sucursal", label=_("Sucursal"))
    clase = django_filters.ChoiceFilter(choices=CLASES, method="de_clase", label=_("Qué piden"))
    edad = django_filters.ChoiceFilter(choices=EDADES, method="de_edad", label=_("Hace"))

    class Meta:
        model = RealtimeEvent
        fields: tuple[str, ...] = ()

    def de_sucursal(
        self, hechos: QuerySet[RealtimeEvent], _nombre: str, sucursal: int
    ) -> QuerySet[RealtimeEvent]:
        """What happened on one branch's board; 0: on that of none."""
        return hechos.filter(sucursal=sucursal or None)

    def de_clase(
        self, hechos: QuerySet[RealtimeEvent], _nombre: str, clase: str
    ) -> QuerySet[RealtimeEvent]:
        """What the card asked for when it happened."""
        if clase == REVISION:
            return hechos.filter(tipo=Tipo.ENCUESTA, status=EstadoPedido.EN_REVISION)
        de_tipo = hechos.filter(tipo=clase)
        if clase != Tipo.ENCUESTA:
            return de_tipo
        return de_tipo.exclude(status=EstadoPedido.EN_REVISION)

    def de_edad(
        self, hechos: QuerySet[RealtimeEvent], _nombre: str, horas: str
    ) -> QuerySet[RealtimeEvent]:
        """Longer ago than that."""
        return hechos.filter(creado_en__lte=timezone.now() - timedelta(hours=int(horas)))
