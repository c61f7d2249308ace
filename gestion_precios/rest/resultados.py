"""The REST shapes of what the engine answers: money as text, exact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    PolymorphicProxySerializer,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from gestion_precios.constantes import CanalVenta, Moneda
from gestion_precios.listas.avisos import CodigoAviso
from gestion_precios.rest import ejemplos

IMPORTE = {"type": "string", "format": "decimal"}


@extend_schema_field(IMPORTE)
class Monto(serializers.Field):
    """Money out, a running price, or what a rule measured: exact text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        """Every digit, without an exponent."""
        return f"{value:f}"


class _DelMotor(serializers.Serializer):
    """What the engine answers is in shape already, its money with its currency's decimals.

    A cart's trace has tens of thousands of values: they are not taken field by field.
    """

    def to_representation(self, instance: Mapping[str, Any]) -> dict[str, Any]:
        """The fields it has; `core.rest.escritores` writes their amounts."""
        propios = self.fields.keys()
        return {campo: valor for campo, valor in instance.items() if campo in propios}


class ListaAplicadaSerializer(serializers.Serializer):
    """Which list priced it."""

    id = serializers.IntegerField()
    nombre = serializers.CharField()
    canal_venta = serializers.ChoiceField(choices=CanalVenta.choices)
    sucursal = serializers.IntegerField(allow_null=True)


class ReglaAplicadaSerializer(serializers.Serializer):
    """A rule that fired, and the running price around it."""

    id = serializers.IntegerField()
    nombre = serializers.CharField()
    antes = Monto()
    despues = Monto()


class ListaConsideradaSerializer(ListaAplicadaSerializer):
    """A list that was looked at, and why it was or was not the one."""

    nivel = serializers.IntegerField()
    elegida = serializers.BooleanField()
    codigo = serializers.CharField()
    frase = serializers.CharField()


class ReglaConsideradaSerializer(serializers.Serializer):
    """A rule that was looked at (`id` null: the cost's floor), and what it lacked to fire."""

    id = serializers.IntegerField(allow_null=True)
    nombre = serializers.CharField()
    aplicada = serializers.BooleanField()
    codigo = serializers.CharField()
    medido = Monto(allow_null=True)
    umbral = Monto(allow_null=True)
    antes = Monto(allow_null=True)
    despues = Monto(allow_null=True)
    frase = serializers.CharField()


class AvisoDeCalculoSerializer(serializers.Serializer):
    """Something odd met on the way."""

    codigo = serializers.CharField()
    frase = serializers.CharField()


class TrazaSerializer(serializers.Serializer):
    """How the price came about, in order."""

    listas = ListaConsideradaSerializer(many=True)
    reglas = ReglaConsideradaSerializer(many=True)
    avisos = AvisoDeCalculoSerializer(many=True)


@extend_schema_serializer(examples=ejemplos.de_respuesta(ejemplos.CALCULO))
class ResultadoCalculoSerializer(_DelMotor):
    """A unit price: from which list, from what base, by which rules."""

    lista_precio_aplicada = ListaAplicadaSerializer()
    precio_base = Monto()
    precio_final = Monto()
    cantidad = serializers.IntegerField()
    total = Monto()
    reglas_aplicadas = ReglaAplicadaSerializer(many=True)
    autorizado_bajo_costo = serializers.BooleanField()
    ajustado_a_costo = serializers.BooleanField()
    moneda = serializers.ChoiceField(choices=Moneda.choices)
    traza = TrazaSerializer(required=False, help_text=_("Con `explicar`."))


class AvisoDeListaSerializer(serializers.Serializer):
    """What is probably a mistake in a list, with the rules and articles it is about."""

    codigo = serializers.ChoiceField(choices=[codigo.value for codigo in CodigoAviso])
    texto = serializers.CharField()
    reglas = serializers.ListField(child=serializers.IntegerField())
    articulos = serializers.ListField(child=serializers.IntegerField())


class LineaSinPrecioSerializer(serializers.Serializer):
    """A line that the list does not price."""

    articulo_id = serializers.IntegerField()
    codigo = serializers.CharField()
    detail = serializers.CharField()
    traza = TrazaSerializer(required=False)


LINEA_COTIZADA = PolymorphicProxySerializer(
    component_name="LineaCotizada",
    serializers=[ResultadoCalculoSerializer, LineaSinPrecioSerializer],
    resource_type_field_name=None,
    many=True,
)


@extend_schema_field(LINEA_COTIZADA)
class LineasCotizadas(serializers.ListField):
    """An answer for each of the cart's lines, in its order."""


class CotizacionSerializer(_DelMotor):
    """A whole cart priced; `total` null when a line has no price."""

    lineas = LineasCotizadas()
    total = Monto(allow_null=True)
    moneda = serializers.ChoiceField(choices=Moneda.choices)
    lista_precio_aplicada = ListaAplicadaSerializer()
    version = serializers.CharField(help_text=_("Misma versión, misma cotización."))
