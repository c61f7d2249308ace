"""REST of the catalogue: the manifest of a branch and its sections, ready-made."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errores import ErrorDominio
from core.rest.consulta import ConsultaEstricta
from core.rest.escritores import Json
from gestion_precios.models import Sucursal
from sales.catalogo.cabeceras import CONCEDIDA, TIPOS, acepta_gzip
from sales.catalogo.secciones import CODIFICACIONES, GZIP, SECCIONES, Manifiesto, etiqueta
from sales.catalogo.vigente import forma_de, vigente
from sales.personas.permisos import EnLaMesa, resolver_sucursal
from sales.serializers import ErrorSerializer

SUCURSAL = OpenApiParameter(
    "sucursal", int, description="Required of users with several branches, or with none."
)
CODIFICACION = OpenApiParameter("codificacion", str, enum=CODIFICACIONES, default="base64")
SIN_CAMBIOS = OpenApiResponse(description="The ETag sent in If-None-Match is still the one.")
COMPRIMIDA = OpenApiResponse(
    OpenApiTypes.STR,
    description='lz-string of `{"<seccion>": {…}}`: Base64, or `utf16` as UTF-16LE bytes.',
)
RECHAZOS = {400: ErrorSerializer, 401: ErrorSerializer, 403: ErrorSerializer, 404: ErrorSerializer}


class SeccionSerializer(serializers.Serializer):
    """A section as the manifest announces it."""

    url = serializers.CharField()
    etag = serializers.CharField()
    bytes = serializers.IntegerField(help_text="Of its Base64.")
    sha256 = serializers.CharField(help_text="Of its JSON, before compression.")


class ManifiestoSerializer(serializers.Serializer):
    """What the catalogue of a branch is made of."""

    version = serializers.CharField(help_text="Changes when the content does, and only then.")
    generado = serializers.DateTimeField()
    secciones = serializers.DictField(child=SeccionSerializer())


class SinNegociar(BaseContentNegotiation):
    """There is one representation, whatever the client says it accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first one: nothing is read here."""
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """JSON, which is how a refusal is written."""
        return renderers[0], renderers[0].media_type


class DatosVenta(ConsultaEstricta, APIView):
    """`GET /api/datos-venta/`: the manifest."""

    permission_classes = (EnLaMesa,)
    parametros = (SUCURSAL.name,)

    @extend_schema(
        operation_id="datos_venta",
        parameters=[SUCURSAL],
        responses={200: ManifiestoSerializer, 304: SIN_CAMBIOS} | RECHAZOS,
    )
    def get(self, request: Request) -> HttpResponse:
        """What the browser compares with what it keeps, to download only the difference."""
        sucursal, pedida = _sucursal(request)
        manifiesto = vigente(sucursal)
        etag = etiqueta(manifiesto.version, "pedida" if pedida else "")
        return _condicional(request, etag) or _con_cabeceras(
            Response(_cuerpo(manifiesto, pedida)), etag
        )


class DatosSeccion(ConsultaEstricta, APIView):
    """`GET /api/datos-venta/<seccion>/`: a section, compressed."""

    permission_classes = (EnLaMesa,)
    parametros = (SUCURSAL.name, CODIFICACION.name)
    renderer_classes = (Json,)
    content_negotiation_class = SinNegociar

    @extend_schema(
        operation_id="datos_seccion",
        parameters=[
            OpenApiParameter("seccion", str, OpenApiParameter.PATH, enum=SECCIONES),
            SUCURSAL,
            CODIFICACION,
        ],
        responses={(200, "text/plain"): COMPRIMIDA, 304: SIN_CAMBIOS} | RECHAZOS,
    )
    def get(self, request: Request, seccion: str) -> HttpResponse:
        """Nothing is hashed or compressed here: the forms are kept ready."""
        if seccion not in SECCIONES:
            raise Http404
        codificacion = _codificacion(request)
        sucursal, _pedida = _sucursal(request)
        sha256 = vigente(sucursal).secciones[seccion].sha256
        igual = _condicional(request, etiqueta(sha256, codificacion))
        return igual or _entera(request, sucursal, seccion, codificacion)


def _entera(request: Request, sucursal: Sucursal, seccion: str, codificacion: str) -> HttpResponse:
    con_gzip = acepta_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    sha256, datos = forma_de(sucursal, seccion, codificacion + (GZIP if con_gzip else ""))
    respuesta = HttpResponse(datos, content_type=TIPOS[codificacion])
    if con_gzip:
        respuesta["Content-Encoding"] = "gzip"
    return _con_cabeceras(respuesta, etiqueta(sha256, codificacion))


def _sucursal(request: Request) -> tuple[Sucursal, str]:
    pedida = request.query_params.get("sucursal", "")
    sucursal = resolver_sucursal(request.user, pedida)
    # Under ASGI the next answers may come from memory: see sales/catalogo/asgi.py.
    getattr(request._request, "scope", {})[CONCEDIDA] = sucursal.pk
    return sucursal, pedida


def _codificacion(request: Request) -> str:
    codificacion: str = request.query_params.get("codificacion", "base64")
    if codificacion not in CODIFICACIONES:
        raise ErrorDominio(
            _("La codificación es base64 o utf16."), codigo="invalido", campo="codificacion"
        )
    return codificacion


def _cuerpo(manifiesto: Manifiesto, pedida: str) -> dict[str, Any]:
    # A branch named in the question is named in the addresses of the answer.
    cola = "?" + urlencode({"sucursal": pedida}) if pedida else ""
    return {
        "version": manifiesto.version,
        "generado": manifiesto.generado,
        "secciones": {
            nombre: {
                "url": reverse("api_datos_seccion", args=[nombre]) + cola,
                "etag": etiqueta(parte.sha256, "base64"),
                "bytes": parte.bytes,
                "sha256": parte.sha256,
            }
            for nombre, parte in manifiesto.secciones.items()
        },
    }


def _condicional(request: Request, etag: str) -> HttpResponse | None:
    """304 when the client has it already (weak comparison), else None."""
    vacia = _con_cabeceras(HttpResponse(), etag)
    respuesta = get_conditional_response(request._request, etag=etag, response=vacia)
    return None if respuesta is vacia else cast(HttpResponse, respuesta)


def _con_cabeceras(respuesta: HttpResponse, etag: str) -> HttpResponse:
    respuesta["ETag"] = etag
    respuesta["Cache-Control"] = "private, no-cache"
    patch_vary_headers(respuesta, ("Accept-Encoding", "Authorization", "Cookie"))
    return respuesta
