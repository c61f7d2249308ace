"""REST of orders: receiving lotes of them, reading them, and what happens to one afterwards."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.rest.consulta import ConsultaEstricta
from core.rest.limites import PorVista
from core.rest.respuestas import Paginacion
from core.web.htmx import fragmento
from gestion_precios.models import Sucursal
from sales.filtros import FiltroPedidos
from sales.lotes.bandeja import recibir_lote
from sales.models import LotePedidos, Orders
from sales.pedidos import estados
from sales.pedidos.anulacion import anular
from sales.pedidos.confirmacion import confirmar
from sales.pedidos.revision import DECISIONES
from sales.personas.permisos import EnLaMesa, SoloSupervisores, resolver_sucursal
from sales.serializers import (
    AcuseSerializer,
    AnulacionSerializer,
    ConfirmacionSerializer,
    DecisionSerializer,
    EnvioSerializer,
    PedidoSerializer,
)


class PaginacionDePedidos(Paginacion):
    """Orders bring their lines along: fewer to a page."""

    max_page_size = 100


class Pedidos(ConsultaEstricta, ListAPIView):
    """`GET` lists orders with their lines; `POST` stores a lote and answers at once."""

    permission_classes = (EnLaMesa,)
    serializer_class = PedidoSerializer
    pagination_class = PaginacionDePedidos
    filterset_class = FiltroPedidos
    queryset = Orders.objects.none()
    throttle_scope = "pedidos"

    def get_queryset(self) -> QuerySet[Orders]:
        """The orders the user may see, with what the serializer reads."""
        return _con_todo(Orders.objects.visibles_para(self.request.user))

    def get_serializer_class(self) -> type[BaseSerializer]:
        """What comes in is not what goes out."""
        return EnvioSerializer if self.request.method == "POST" else PedidoSerializer

    def get_throttles(self) -> list[BaseThrottle]:
        """Sending has a limit of its own besides."""
        generales = super().get_throttles()
        return [*generales, PorVista()] if self.request.method == "POST" else generales

    @extend_schema(
        operation_id="enviar_lote",
        request={"application/json": EnvioSerializer},
        responses={200: AcuseSerializer, 202: AcuseSerializer},
    )
    def post(self, request: Request) -> HttpResponseBase:
        """202 when the lote is new, 200 when it is known; what is inside is judged later."""
        envio = EnvioSerializer(data=request.data)
        envio.is_valid(raise_exception=True)
        datos = envio.validated_data
        exigir_tamano(datos["pedidos"])
        lote, creado = recibir_lote(
            usuario=usuario_de(request),
            sucursal=_sucursal(request, datos),
            lote_id=datos["lote"],
            pedidos=datos["pedidos"],
            codificacion=datos["codificacion"],
            version_datos=datos["version_datos"] or "",
        )
        estado = 202 if creado else 200
        if _pide_fragmento(request._request):
            return fragmento(request._request, "lote_estado", {"lote": lote}, status=estado)
        acuse = {"lote": str(lote.pk), "estado": lote.estado, "url": _url(lote)}
        return Response(acuse, status=estado, headers={"Location": acuse["url"]})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A page that asked for a fragment gets its refusal as one."""
        rechazo = isinstance(response, Response) and response.status_code >= 400
        if rechazo and _pide_fragmento(request._request):
            response = _como_fragmento(request._request, response)
        return super().finalize_response(request, response, *args, **kwargs)


class Pedido(ConsultaEstricta, RetrieveAPIView):
    """`GET /api/pedidos/<pedido_numero>/`."""

    permission_classes = (EnLaMesa,)
    serializer_class = PedidoSerializer
    lookup_field = "pedido_numero"
    queryset = Orders.objects.none()

    def get_queryset(self) -> QuerySet[Orders]:
        """The orders the user may see."""
        return _con_todo(Orders.objects.visibles_para(self.request.user))


class Servicio(Protocol):
    """A deed of `sales.pedidos.estados`."""

    def __call__(self, *, pedido_id: int, usuario: User) -> Orders: ...


class _HechoDePedido(ConsultaEstricta, APIView):
    """A POST that makes something happen to an order, once, and answers the order as it is."""

    permission_classes = (EnLaMesa,)

    def responder(self, pedido_numero: int) -> Response:
        """The order after the deed."""
        pedido = get_object_or_404(_con_todo(Orders.objects.all()), pedido_numero=pedido_numero)
        return Response(PedidoSerializer(pedido).data)

    def pedido_id(self, pedido_numero: int) -> int:
        """The order's key, if the user may see it."""
        visibles = Orders.objects.visibles_para(self.request.user)
        return get_object_or_404(visibles.only("pk"), pedido_numero=pedido_numero).pk


class Anulacion(_HechoDePedido):
    """`POST …/anulacion/ {motivo, detalle?}`: void the document or one of its lines."""

    serializer_class = AnulacionSerializer

    @extend_schema(
        operation_id="anular_pedido",
        request={"application/json": AnulacionSerializer},
        responses={200: PedidoSerializer},
    )
    def post(self, request: Request, pedido_numero: int) -> Response:
        """409 the second time."""
        pedido_id = self.pedido_id(pedido_numero)
        entrada = AnulacionSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        anular(
            pedido_id=pedido_id,
            usuario=usuario_de(request),
            motivo=entrada.validated_data["motivo"],
            detalle_id=entrada.validated_data["detalle"],
        )
        return self.responder(pedido_numero)


class _HechoSinDatos(_HechoDePedido):
    servicio: ClassVar[Servicio]

    @extend_schema(request=None, responses={200: PedidoSerializer})
    def post(self, request: Request, pedido_numero: int) -> Response:
        """409 the second time."""
        type(self).servicio(pedido_id=self.pedido_id(pedido_numero), usuario=usuario_de(request))
        return self.responder(pedido_numero)


class Cancelacion(_HechoSinDatos):
    """`POST …/cancelacion/`: status 8."""

    servicio = staticmethod(estados.cancelar)


class StockDevuelto(_HechoSinDatos):
    """`POST …/stock-devuelto/`: its stock came back."""

    servicio = staticmethod(estados.devolver_stock)


class Caja(_HechoSinDatos):
    """`POST …/caja/`: it passed the checkout now."""

    servicio = staticmethod(estados.pasar_por_caja)


class Precio(_HechoDePedido):
    """`POST …/precio/ {decision}`: accept the agreed prices, or correct them to the system's."""

    permission_classes = (SoloSupervisores,)
    serializer_class = DecisionSerializer

    @extend_schema(
        operation_id="decidir_precio",
        request={"application/json": DecisionSerializer},
        responses={200: PedidoSerializer},
    )
    def post(self, request: Request, pedido_numero: int) -> Response:
        """409 when the order is not in review, or no longer."""
        pedido_id = self.pedido_id(pedido_numero)
        entrada = DecisionSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        decidir = DECISIONES[entrada.validated_data["decision"]]
        decidir(pedido_id=pedido_id, usuario=usuario_de(request))
        return self.responder(pedido_numero)


class Confirmacion(_HechoDePedido):
    """`POST …/confirmacion/ {doc_numero, doc_tipo?, status?}`: an ERP has taken the order."""

    permission_classes = (SoloSupervisores,)
    serializer_class = ConfirmacionSerializer

    @extend_schema(
        operation_id="confirmar_pedido",
        request={"application/json": ConfirmacionSerializer},
        responses={200: PedidoSerializer},
    )
    def post(self, request: Request, pedido_numero: int) -> Response:
        """409 when the order was confirmed with other data before."""
        pedido_id = self.pedido_id(pedido_numero)
        entrada = ConfirmacionSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        confirmar(pedido_id=pedido_id, usuario=usuario_de(request), **entrada.validated_data)
        return self.responder(pedido_numero)


def exigir_tamano(pedidos: str) -> None:
    """Raise ErrorDominio 413 when the lote's text has more bytes than the limit."""
    limite = settings.LOTE_BYTES_MAXIMO
    if len(pedidos) > limite or len(pedidos.encode("utf-8", "surrogatepass")) > limite:
        raise ErrorDominio(
            _("El lote pasa de %(mega)s MiB: enviarlo en partes.") % {"mega": limite >> 20},
            codigo="lote_demasiado_grande",
            campo="pedidos",
            estado=413,
        )


def _sucursal(request: Request, datos: dict[str, Any]) -> Sucursal:
    """A lote that is already ours keeps its branch, wherever its user works by now."""
    conocido = LotePedidos.objects.filter(pk=datos["lote"]).select_related("sucursal")
    lote = conocido.only("sucursal").first()
    return lote.sucursal if lote else resolver_sucursal(request.user, datos["sucursal"])


def _con_todo(pedidos: QuerySet[Orders]) -> QuerySet[Orders]:
    return pedidos.select_related("sucursal__empresa").prefetch_related("detalles")


def _url(lote: LotePedidos) -> str:
    return reverse("api_lote", args=[lote.pk])


def _pide_fragmento(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _como_fragmento(request: HttpRequest, rechazo: Response) -> HttpResponse:
    respuesta = fragmento(request, "aviso_error", rechazo.data, status=rechazo.status_code)
    for nombre in ("Retry-After", "WWW-Authenticate", "Allow"):
        if nombre in rechazo:
            respuesta[nombre] = rechazo[nombre]
    return respuesta
