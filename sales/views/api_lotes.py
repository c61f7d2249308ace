"""REST of lotes: how far each is, and the verdict on each of its orders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.rest.consulta import ConsultaEstricta
from core.rest.respuestas import Paginacion
from sales.filtros import FiltroLotes
from sales.lotes.filas_tarea import con_su_fila
from sales.models import LotePedidos, ResultadoPedido
from sales.personas.permisos import EnLaMesa
from sales.serializers import (
    LoteConPedidosSerializer,
    LoteDeListaSerializer,
    LoteSerializer,
    ResultadoSerializer,
    TareaSerializer,
)

RESULTADOS_POR_PAGINA = 500


class PaginacionDeResultados(Paginacion):
    """A fixed page: its size is part of the contract."""

    page_size = RESULTADOS_POR_PAGINA
    page_size_query_param = None  # type: ignore[assignment]  # DRF's own way to say none


class Lotes(ConsultaEstricta, ListAPIView):
    """`GET /api/lotes/`: those the user may see, newest first."""

    permission_classes = (EnLaMesa,)
    serializer_class = LoteDeListaSerializer
    filterset_class = FiltroLotes
    queryset = LotePedidos.objects.none()

    def get_queryset(self) -> QuerySet[LotePedidos]:
        """The lotes the user may see, without the text that came in."""
        return LotePedidos.objects.visibles_para(self.request.user).sin_contenido()


class Lote(ConsultaEstricta, APIView):
    """`GET /api/lotes/<uuid>/`: its state and a page of verdicts."""

    permission_classes = (EnLaMesa,)
    parametros = (PaginacionDeResultados.page_query_param,)

    @extend_schema(
        operation_id="lote",
        parameters=[OpenApiParameter("pagina", int)],
        responses={200: LoteConPedidosSerializer},
    )
    def get(self, request: Request, lote_id: UUID) -> Response:
        """Anything beyond the user's reach does not exist."""
        visibles = LotePedidos.objects.visibles_para(request.user).sin_contenido()
        lote = con_su_fila(get_object_or_404(visibles, pk=lote_id))
        proceso = {
            "situacion": lote.situacion(timezone.now()).value,
            "tarea": TareaSerializer(lote.fila).data if lote.fila else None,
        }
        return Response({**LoteSerializer(lote).data, **proceso, **self._resultados(request, lote)})

    def _resultados(self, request: Request, lote: LotePedidos) -> dict[str, Any]:
        resultados = ResultadoPedido.objects.filter(loteobj=lote).select_related("orderobj")
        paginacion = PaginacionDeResultados()
        pagina = paginacion.paginate_queryset(resultados.order_by("posicion"), request, view=self)
        siguiente = paginacion.get_next_link()
        return {"pedidos": ResultadoSerializer(pagina, many=True).data, "siguiente": siguiente}
