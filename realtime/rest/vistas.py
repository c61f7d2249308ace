"""REST of unfulfilled orders, for stores and other systems."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.rest.consulta import ConsultaEstricta
from realtime.models import UnfulfilledOrder
from realtime.personas.permisos import no_completados_visibles, pedidos_de_sus_tableros
from realtime.rest.filtros import FiltroNoCompletados
from realtime.rest.serializers import CambioSerializer, NoCompletadoSerializer, RegistroSerializer
from realtime.tarjetas.acciones import cambiar
from realtime.tarjetas.recepcion import registrar_una_vez
from sales.models import Orders
from sales.personas.permisos import EnLaMesa

DONDE = OpenApiParameter(
    "Location",
    str,
    OpenApiParameter.HEADER,
    description="Where the row is.",
    response=[200, 201],
)


class NoCompletados(ConsultaEstricta, ListAPIView):
    """`GET` lists the unfulfilled orders of one's boards; `POST` registers one."""

    permission_classes = (EnLaMesa,)
    serializer_class = NoCompletadoSerializer
    filterset_class = FiltroNoCompletados
    queryset = UnfulfilledOrder.objects.none()

    def get_view_name(self) -> str:
        """The browsable page's title."""
        return _("Pedidos no completados")

    def get_serializer_class(self) -> type[BaseSerializer]:
        """What comes in is not what goes out."""
        return RegistroSerializer if self.request.method == "POST" else NoCompletadoSerializer

    def get_queryset(self) -> QuerySet[UnfulfilledOrder]:
        """The unfulfilled orders of the user's boards."""
        return _filas(self.request)

    @extend_schema(
        operation_id="registrar_no_completado",
        request=RegistroSerializer,
        responses={200: NoCompletadoSerializer, 201: NoCompletadoSerializer},
        parameters=[DONDE],
        filters=False,
    )
    def post(self, request: Request) -> Response:
        """201; said again while it is still open, 200 and the row there is."""
        entrada = RegistroSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos = entrada.validated_data
        fila, nueva = registrar_una_vez(
            pedido=_pedido(request, datos["pedido_numero"]),
            status=datos["status"],
            store_answer=datos["store_answer"],
            actor=usuario_de(request),
        )
        cuerpo = NoCompletadoSerializer(_filas(request).get(pk=fila.pk)).data
        donde = {"Location": reverse("api_no_completado", args=[fila.pk])}
        return Response(cuerpo, status=201 if nueva else 200, headers=donde)


class NoCompletado(ConsultaEstricta, RetrieveAPIView):
    """One unfulfilled order: `GET`, and `PATCH` with the store's answer or another status."""

    permission_classes = (EnLaMesa,)
    serializer_class = NoCompletadoSerializer
    queryset = UnfulfilledOrder.objects.none()

    def get_view_name(self) -> str:
        """The browsable page's title."""
        return _("Pedido no completado")

    def get_serializer_class(self) -> type[BaseSerializer]:
        """What comes in is not what goes out."""
        return CambioSerializer if self.request.method == "PATCH" else NoCompletadoSerializer

    def get_queryset(self) -> QuerySet[UnfulfilledOrder]:
        """The unfulfilled orders of the user's boards."""
        return _filas(self.request)

    @extend_schema(
        operation_id="cambiar_no_completado",
        request=CambioSerializer,
        responses={200: NoCompletadoSerializer},
    )
    def patch(self, request: Request, pk: int) -> Response:
        """The row as it is afterwards; 409 when it has another answer already."""
        fila = get_object_or_404(_filas(request), pk=pk)
        entrada = CambioSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        datos = entrada.validated_data
        try:
            cambiar(
                unfulfilled_id=fila.pk,
                status=datos.get("status"),
                store_answer=datos.get("store_answer"),
                actor=usuario_de(request),
            )
        except UnfulfilledOrder.DoesNotExist as error:
            raise Http404 from error
        return Response(NoCompletadoSerializer(get_object_or_404(_filas(request), pk=pk)).data)


def _filas(request: Request) -> QuerySet[UnfulfilledOrder]:
    return no_completados_visibles(request.user).select_related("tarjeta__tomado_por")


def _pedido(request: Request, pedido_numero: int) -> Orders:
    pedido = pedidos_de_sus_tableros(request.user).filter(pedido_numero=pedido_numero).first()
    if pedido is None:
        raise ErrorDominio(
            _("Ese pedido no existe o no está a su alcance."),
            codigo="pedido_ajeno",
            campo="pedido_numero",
            estado=404,
        )
    return pedido
