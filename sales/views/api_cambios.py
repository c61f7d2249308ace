"""REST of the feed of changes: what became of each order, once and in order, by a cursor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.rest.campos import Entero, SinDesconocidos
from core.rest.consulta import ConsultaEstricta
from core.rest.filtros import ID_MAXIMO
from gestion_precios.rest.parametros import leer_direccion, nombres_de
from sales.cambios.lectura import pagina
from sales.models import Cambio, Orders
from sales.personas.permisos import SoloSupervisores
from sales.serializers import PedidoSerializer

LIMITE_MAXIMO = 500


class ParametrosCambios(SinDesconocidos):
    """Where to go on, and how many."""

    desde = Entero(
        min_value=0,
        max_value=ID_MAXIMO,
        required=False,
        default=0,
        help_text="The last answer's `siguiente`; without it, from the beginning.",
    )
    limite = Entero(min_value=1, max_value=LIMITE_MAXIMO, required=False, default=100)


class CambioSerializer(serializers.Serializer):
    """One thing that happened to an order; `pedido` is how the order is now."""

    posicion = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=Cambio.Tipo.choices)
    momento = serializers.DateTimeField()
    pedido_numero = serializers.IntegerField()
    pedido = PedidoSerializer(allow_null=True)
    datos = serializers.DictField()


class CambiosSerializer(serializers.Serializer):
    """A page of the feed."""

    cambios = CambioSerializer(many=True)
    siguiente = serializers.IntegerField(help_text="The cursor to ask with next time.")
    hay_mas = serializers.BooleanField(help_text="Whether there is more to read right now.")


class Cambios(ConsultaEstricta, APIView):
    """`GET /api/pedidos/cambios/?desde=`: the changes after a cursor, oldest first."""

    name = gettext_lazy("Cambios de pedidos")
    permission_classes = (SoloSupervisores,)
    parametros = nombres_de(ParametrosCambios)

    @extend_schema(
        operation_id="cambios_de_pedidos",
        parameters=[ParametrosCambios],
        responses={200: CambiosSerializer},
    )
    def get(self, request: Request) -> Response:
        """400 `cursor_desconocido` for a cursor that was never given."""
        leida = pagina(request.user, **leer_direccion(ParametrosCambios, request))
        pedidos = _pedidos(leida.cambios)
        return Response(
            {
                "cambios": [_escrito(cambio, pedidos) for cambio in leida.cambios],
                "siguiente": leida.siguiente,
                "hay_mas": leida.hay_mas,
            }
        )


def _pedidos(cambios: Iterable[Cambio]) -> dict[int, Any]:
    """The orders of a page as they are now, each written once."""
    ids = {cambio.pedido_id for cambio in cambios if cambio.pedido_id is not None}
    pedidos = Orders.objects.filter(pk__in=ids).select_related("sucursal__empresa")
    return {p.pk: PedidoSerializer(p).data for p in pedidos.prefetch_related("detalles")}


def _escrito(cambio: Cambio, pedidos: dict[int, Any]) -> dict[str, Any]:
    salida = CambioSerializer().fields
    return {
        "posicion": cambio.posicion,
        "tipo": cambio.tipo,
        "momento": salida["momento"].to_representation(cambio.momento),
        "pedido_numero": cambio.pedido_numero,
        "pedido": pedidos.get(cambio.pedido_id) if cambio.pedido_id else None,
        "datos": cambio.datos,
    }
