"""The API's OpenAPI description and its pages, for signed-in users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.views import redirect_to_login
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.rest.consulta import ConsultaEstricta
from core.rest.escritores import Json

ERROR = {
    "type": "object",
    "description": "Every refusal: a sentence for people, a code for programs.",
    "required": ["detail", "codigo"],
    "properties": {
        "detail": {"type": "string"},
        "codigo": {"type": "string"},
        "campo": {"type": "string", "description": "The field at fault."},
        "errores": {"type": "object", "additionalProperties": {}},
    },
}


RECHAZOS = {
    "400": "Something asked is missing or makes no sense: `campo` says what.",
    "401": "Nobody is asking: send a token, or sign in.",
    "403": "Not for this role.",
    "404": "It does not exist, or is beyond reach.",
    "409": "It clashes with what is there.",
    "default": "Error",
}


def con_errores(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Spectacular hook: the refusals each operation may answer, always of the same shape."""
    result["components"]["schemas"]["Error"] = ERROR
    contenido = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for ruta, operaciones in result["paths"].items():
        for metodo, operacion in operaciones.items():
            for estado in _rechazos(ruta, metodo, operacion):
                respuesta = {"description": RECHAZOS[estado], "content": contenido}
                operacion["responses"].setdefault(estado, respuesta)
    return result


def _rechazos(ruta: str, metodo: str, operacion: dict[str, Any]) -> Iterator[str]:
    """Which of them an operation may answer, by what it takes."""
    pregunta = any(parametro["in"] == "query" for parametro in operacion.get("parameters", ()))
    if pregunta or "requestBody" in operacion:
        yield "400"
    if operacion.get("security"):
        yield from ("401", "403")
    if "{" in ruta or pregunta:
        yield "404"
    if metodo != "get":
        yield "409"
    yield "default"


class _RechazosEnJson:
    """Views that render something else."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A refusal is JSON, as everywhere."""
        if response.status_code >= 400:
            request.accepted_renderer = Json()
            request.accepted_media_type = Json.media_type
        return super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # APIView's


class Esquema(_RechazosEnJson, ConsultaEstricta, SpectacularAPIView):
    """OpenAPI 3, as YAML or (`?format=json`) JSON."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The description; `lang` and `version` of the original are not offered."""
        respuesta: Response = self._get_schema_response(request)  # type: ignore[no-untyped-call]  # no types there
        return respuesta

    def _get_version_parameter(self, request: Request) -> None:
        return None


class Documentos(_RechazosEnJson, SpectacularSwaggerSplitView):
    """Swagger UI from our own static files."""

    permission_classes = (IsAuthenticated,)
    url_name = "api_esquema"
    template_name = "api/documentos.html"

    def handle_exception(self, exc: Exception) -> Any:
        """Send a stranger to sign in: the documentation is a page."""
        if isinstance(exc, NotAuthenticated):
            return redirect_to_login(self.request.get_full_path())
        return super().handle_exception(exc)

    def _get_schema_url(self, request: Request) -> str:
        url: str = super()._get_schema_url(request)  # type: ignore[no-untyped-call]  # no types there
        return url.partition("?")[0]


class EsquemaToken(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # no types there
    """How the description names our token."""

    target_class = "core.rest.autenticacion.PorToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """An API key in a header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <clave>`",
        }


class EsquemaSesion(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # no types there
    """How the description names our session."""

    target_class = "core.rest.autenticacion.PorSesion"
    name = "sesion"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The session's cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
