"""The REST shapes of unfulfilled orders; what a code or an answer may be, `services` judges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core.rest.campos import ClaveDeFila, SinDesconocidos, TextoTalCual, de_formulario
from realtime.models import RESPUESTA_MAXIMA, RealtimeRecord, UnfulfilledOrder
from realtime.rest import ejemplos
from realtime.tarjetas.acciones import STATUS_MAXIMO
from realtime.tarjetas.vencidas import vence
from sales.pedidos.anulacion import nombre_gecos


class NumeroDePedido(ClaveDeFila):
    """An order's number; in JSON a number, not its digits as text."""

    def to_internal_value(self, data: Any) -> int:
        """Refuse text, except from a form, which has nothing else."""
        if isinstance(data, str) and not de_formulario(self):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": STATUS_MAXIMO})
class CampoStatus(TextoTalCual):
    """A code: the customer's (4, 9, 14), or another system's."""


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": RESPUESTA_MAXIMA})
class CampoRespuesta(TextoTalCual):
    """What the store says."""


@extend_schema_field({"type": "string", "maxLength": RESPUESTA_MAXIMA, "nullable": True})
class CampoRespuestaOpcional(TextoTalCual):
    """What the store says, if anything yet: null, empty or blank is no answer."""


@extend_schema_serializer(
    examples=[OpenApiExample("nuevo", value=ejemplos.NUEVO, request_only=True)]
)
class RegistroSerializer(SinDesconocidos):
    """An order that could not be completed."""

    pedido_numero = NumeroDePedido()
    status = CampoStatus(
        help_text="9 pending, 14 in review, 4 not collected; other systems' codes are taken too."
    )
    store_answer = CampoRespuestaOpcional(required=False, allow_null=True, default=None)


@extend_schema_serializer(
    examples=[OpenApiExample("respuesta", value=ejemplos.RESPUESTA, request_only=True)]
)
class CambioSerializer(SinDesconocidos):
    """The store's answer, or another status."""

    status = CampoStatus(required=False)
    store_answer = CampoRespuesta(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something has to change."""
        if not attrs:
            raise serializers.ValidationError(
                _("Indicar la respuesta de la tienda o el estado."), code="sin_cambios"
            )
        return attrs


class CampoVence(serializers.DateTimeField):
    """When a card will be closed if nobody does anything."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: RealtimeRecord) -> datetime:
        """The card's hour."""
        return vence(instance)


class TarjetaSerializer(serializers.ModelSerializer):
    """A card on the board: what it asks for, by which rule, and until when."""

    mostrada = serializers.DateTimeField(source="creado_en", read_only=True)
    vence = CampoVence()
    tomado_por = serializers.SerializerMethodField()

    class Meta:
        model = RealtimeRecord
        fields = ("tipo", "regla", "mostrada", "vence", "tomado_por")
        read_only_fields = fields

    def get_tomado_por(self, tarjeta: RealtimeRecord) -> str | None:
        """Who said to be on it."""
        return nombre_gecos(tarjeta.tomado_por) if tarjeta.tomado_por else None


@extend_schema_serializer(
    examples=[
        OpenApiExample("en el tablero", value=ejemplos.FILA, response_only=True),
        OpenApiExample("respondido", value=ejemplos.RESPONDIDA, response_only=True),
    ]
)
class NoCompletadoSerializer(serializers.ModelSerializer):
    """An unfulfilled order; `tarjeta` is null once it left the board, or if it never was there."""

    pedido_numero = serializers.IntegerField(source="orderobj.pedido_numero", read_only=True)
    sucursal = serializers.IntegerField(
        source="orderobj.sucursal_id", read_only=True, allow_null=True
    )
    store_answer = serializers.SerializerMethodField()
    tarjeta = TarjetaSerializer(read_only=True, allow_null=True)

    class Meta:
        model = UnfulfilledOrder
        fields = (
            "id",
            "pedido_numero",
            "sucursal",
            "status",
            "store_answer",
            "origen",
            "creado_en",
            "actualizado_en",
            "tarjeta",
        )
        read_only_fields = fields

    def get_store_answer(self, fila: UnfulfilledOrder) -> str | None:
        """One spelling of no answer: null."""
        return fila.store_answer if fila.respondido else None
