"""The REST shapes of orders and lotes: what comes in is checked here, what goes out is named."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers

from core.rest.campos import ClaveDeFila, Opcion, SinDesconocidos, Texto, TextoTalCual
from core.rest.filtros import ID_MAXIMO
from sales.lotes.fallos import texto_del_fallo
from sales.lotes.situacion import Situacion
from sales.models import (
    TEXTO_ANULACION,
    LotePedidos,
    Orders,
    OrdersDetail,
    ResultadoPedido,
)
from sales.pedidos.revision import Decision
from sales.pedidos.totales import monto, totales

UUID_CANONICO = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
ANULACION = (
    "anulado_040",
    "anulado_040_fecha",
    "anulado_040_por_gecos",
    "anulado_040_motivo",
)

DEL_LOTE: tuple[str, ...] = (
    "lote",
    "estado",
    "codigo",
    "motivo",
    "total",
    "guardados",
    "rechazados",
    "progreso",
    "huella",
)


@extend_schema_field({"type": "string", "format": "uuid"})
class CampoUuid(serializers.UUIDField):
    """A UUID as people and programs write it: 36 characters with their dashes."""

    def to_internal_value(self, data: Any) -> uuid.UUID:
        """Refuse integers, braces and the other spellings that Python would take."""
        if not (isinstance(data, str) and UUID_CANONICO.fullmatch(data)):
            self.fail("invalid", value="")
        return uuid.UUID(data)


@extend_schema_field({"type": "string", "minLength": 1})
class CampoTexto(TextoTalCual):
    """Some text, exactly as it came."""

    default_error_messages = {"blank": _("No puede estar vacío.")}

    def to_internal_value(self, data: Any) -> str:
        """The text itself."""
        texto = super().to_internal_value(data)
        if not texto:
            self.fail("blank")
        return texto


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": ID_MAXIMO, "nullable": True})
class CampoSucursal(serializers.Field):
    """Whatever came: resolver_sucursal judges it, and knows whose it is."""

    def to_internal_value(self, data: Any) -> Any:
        """The value itself."""
        return data

    def to_representation(self, value: Any) -> Any:
        """The value itself."""
        return value


class EnvioSerializer(serializers.Serializer):
    """The envelope of `POST /api/pedidos/`; what is inside `pedidos` is the task's business."""

    lote = CampoUuid(help_text="The client's own id: the same lote sent again is saved once.")
    pedidos = CampoTexto(help_text="lz-string of the orders' JSON.")
    codificacion = serializers.ChoiceField(
        choices=LotePedidos.Codificacion.choices, default=LotePedidos.Codificacion.BASE64
    )
    version_datos = serializers.CharField(
        max_length=64, allow_blank=True, allow_null=True, default=""
    )
    sucursal = CampoSucursal(required=False, allow_null=True, default=None)


class AcuseSerializer(serializers.Serializer):
    """The receipt of a lote."""

    lote = serializers.UUIDField(source="id")
    estado = serializers.ChoiceField(choices=LotePedidos.Estado.choices)
    url = serializers.CharField()


class AnulacionSerializer(SinDesconocidos):
    """Why the document, or one line of it, is void: a misspelt `detalle` would void it all."""

    motivo = serializers.CharField(max_length=TEXTO_ANULACION)
    detalle = serializers.IntegerField(
        min_value=1, max_value=ID_MAXIMO, required=False, allow_null=True, default=None
    )


@extend_schema_serializer(
    examples=[OpenApiExample("aceptar", value={"decision": "aceptar"}, request_only=True)]
)
class DecisionSerializer(SinDesconocidos):
    """What to do with prices that differ from the system's."""

    decision = Opcion(choices=Decision.choices)


class ConfirmacionSerializer(SinDesconocidos):
    """The number that an ERP gave the document, and a state if it has one to tell."""

    doc_numero = ClaveDeFila(help_text="The document's number in the ERP.")
    doc_tipo = Texto(max_length=80, required=False, help_text="Without it, as it is.")
    status = Texto(
        max_length=8,
        required=False,
        help_text="8 cancels the order; else a code of the ERP's own, of an order under way.",
    )


@extend_schema_field({"type": "string", "format": "decimal"})
class MontoField(serializers.Field):
    """Money out: text with the decimals of the order's currency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> tuple[Decimal | None, Orders]:
        """The amount and the order whose currency it is in."""
        pedido = instance if isinstance(instance, Orders) else instance.orderobj
        return super().get_attribute(instance), pedido

    def to_representation(self, value: tuple[Decimal | None, Orders]) -> str | None:
        """The exact amount, or null."""
        cantidad, pedido = value
        return None if cantidad is None else monto(cantidad, pedido)


class DetalleSerializer(serializers.ModelSerializer):
    """A line."""

    articulo_id = serializers.IntegerField(source="artobj_id", read_only=True)
    precio_unitario = MontoField()
    iva_10 = MontoField()
    gravada_10 = MontoField()
    iva_5 = MontoField()
    gravada_5 = MontoField()
    exenta = MontoField()
    precio_sistema = MontoField(allow_null=True)

    class Meta:
        model = OrdersDetail
        fields = (
            "id",
            "articulo_id",
            "artobj",
            "cantidad_original",
            "cantidad",
            "precio_unitario",
            "iva_10",
            "gravada_10",
            "iva_5",
            "gravada_5",
            "exenta",
            *ANULACION,
            "precio_sistema",
            "lista_precio",
            "version_precios",
        )
        read_only_fields = fields


class PedidoSerializer(serializers.ModelSerializer):
    """An order with its lines; `total` counts the lines in force."""

    total = serializers.SerializerMethodField()
    detalles = DetalleSerializer(many=True, read_only=True)

    class Meta:
        model = Orders
        fields = (
            "id",
            "pedido_numero",
            "pdvobj",
            "doc_tipo",
            "doc_fecha",
            "doc_numero",
            *ANULACION,
            "status",
            "stock_returned",
            "pasado_por_caja_en",
            "loteobj",
            "sucursal",
            "usuario",
            "observacion",
            "capturado_en",
            "impreso_en",
            "impreso_por",
            "uuid",
            "total",
            "detalles",
        )
        read_only_fields = fields

    def get_total(self, pedido: Orders) -> str:
        """The lines that the list or the page already loaded, summed."""
        return monto(totales(pedido.detalles.all()).total, pedido)


class ResultadoSerializer(serializers.ModelSerializer):
    """The verdict on one order; keys without a value are left out."""

    id = CampoUuid(source="uuid", required=False)
    pedido_numero = serializers.IntegerField(source="orderobj.pedido_numero", required=False)
    motivo = serializers.CharField(required=False)
    codigo = serializers.CharField(required=False)
    linea = serializers.IntegerField(required=False)
    campo = serializers.CharField(required=False)

    class Meta:
        model = ResultadoPedido
        fields = (
            "cliente_id",
            "id",
            "resultado",
            "pedido_numero",
            "motivo",
            "codigo",
            "linea",
            "campo",
            "huella",
            "avisos",
        )

    def to_representation(self, instance: ResultadoPedido) -> dict[str, Any]:
        """Leave out what this verdict does not have."""
        opcionales = ("id", "pedido_numero", "motivo", "codigo", "linea", "campo")
        valores = super().to_representation(instance)
        return {k: v for k, v in valores.items() if k not in opcionales or v not in (None, "")}


class CampoMotivo(serializers.CharField):
    """A lote's code in words."""

    def to_representation(self, value: str) -> str:
        """The sentence."""
        return texto_del_fallo(value)


class TareaSerializer(serializers.Serializer):
    """A lote's row of results (django-celery-results): what its task says of itself."""

    estado = serializers.CharField()
    progreso = serializers.IntegerField(source="hechos")
    total = serializers.IntegerField()
    trabajador = serializers.CharField()
    iniciada = serializers.DateTimeField(allow_null=True)
    terminada = serializers.DateTimeField(allow_null=True)


class LoteSerializer(serializers.ModelSerializer):
    """How far a lote is; `codigo` and `motivo` only when it failed as a whole."""

    lote = serializers.UUIDField(source="id", read_only=True)
    codigo = serializers.CharField(required=False)
    motivo = CampoMotivo(source="codigo", required=False)
    progreso = serializers.IntegerField(read_only=True, min_value=0, max_value=100)

    class Meta:
        model = LotePedidos
        fields = DEL_LOTE
        read_only_fields = fields

    def to_representation(self, instance: LotePedidos) -> dict[str, Any]:
        """No code, no reason."""
        valores = super().to_representation(instance)
        if not instance.codigo:
            del valores["codigo"], valores["motivo"]
        return valores


class LoteDeListaSerializer(LoteSerializer):
    """A lote in the list of lotes: its state, its user and its moment."""

    class Meta:
        model = LotePedidos
        fields = (*DEL_LOTE, "usuario", "sucursal", "recibido_en", "terminado_en")
        read_only_fields = fields


class LoteConPedidosSerializer(LoteSerializer):
    """A lote and a page of its verdicts, as the description shows it."""

    situacion = serializers.ChoiceField(choices=[s.value for s in Situacion])
    tarea = TareaSerializer(allow_null=True)
    pedidos = ResultadoSerializer(many=True)
    siguiente = serializers.CharField(allow_null=True)

    class Meta:
        model = LotePedidos
        fields = (*DEL_LOTE, "situacion", "tarea", "pedidos", "siguiente")
        read_only_fields = fields


class ErrorSerializer(serializers.Serializer):
    """Every refusal, for a view that names its own in the description."""

    detail = serializers.CharField()
    codigo = serializers.CharField()
    campo = serializers.CharField(required=False)
    errores = serializers.DictField(required=False)
