"""REST request bodies: bounded, UTF-8 only, and JSON without its traps."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import QueryDict
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ParseError
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser

from core.entrada.presupuesto_json import JsonDesmedido, Presupuesto, exigir, numeros
from core.errores import ErrorDominio

# Besides a lote, which is one text, the largest thing sent is a cart of 1,000 lines.
PRESUPUESTO = Presupuesto(octetos=64 * 1024 * 1024, piezas=20_000, profundidad=32)


class JsonEstricto(JSONParser):
    """Numbers as Decimal; no NaN, no repeated keys, no bottomless nesting, few values."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body's value; raises ErrorDominio `json_invalido`."""
        texto = _texto(stream, parser_context)
        try:
            exigir(texto, PRESUPUESTO)
            return json.loads(
                texto,
                parse_constant=_rechazar_constante,
                object_pairs_hook=_sin_repetidas,
                **numeros(texto),
            )
        except JsonDesmedido as error:
            raise ErrorDominio(str(_DESMEDIDO[error.codigo]), codigo=error.codigo) from None
        except (ValueError, RecursionError) as error:
            raise ErrorDominio(_("El cuerpo no es JSON válido."), codigo="json_invalido") from error


_DESMEDIDO = {
    "json_extenso": gettext_lazy("El cuerpo es demasiado largo."),
    "json_demasiadas_piezas": gettext_lazy("El cuerpo trae demasiados datos: enviarlos en partes."),
    "json_profundo": gettext_lazy("El cuerpo tiene demasiados niveles."),
    "json_numero_enorme": gettext_lazy("El cuerpo trae un número desmedido."),
}


class FormularioEstricto(FormParser):
    """Form-encoded fields."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The body's fields, as a QueryDict."""
        return QueryDict(_texto(stream, parser_context), encoding="utf-8")


class FormularioDePagina(MultiPartParser):
    """The browsable API's own forms, which are sent in parts; no files."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The form's fields, as a QueryDict."""
        try:
            partes = super().parse(stream, media_type, parser_context)
        except ParseError as error:
            raise ErrorDominio(_("No se pudo leer el envío."), codigo="cuerpo_ilegible") from error
        if partes.files:
            raise ErrorDominio(
                _("Acá no se reciben archivos."),
                codigo="con_archivos",
                campo=next(iter(partes.files)),
            )
        return partes.data


def exigir_utf8(content_params: Mapping[str, str]) -> None:
    """Raise ErrorDominio when the Content-Type names any other charset."""
    charset = content_params.get("charset", "utf-8")
    try:
        es_utf8 = codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        es_utf8 = False
    if not es_utf8:
        raise ErrorDominio(
            _("El cuerpo se envía en UTF-8."), codigo="charset_no_admitido", campo="Content-Type"
        )


def _texto(stream: Any, parser_context: Any) -> str:
    request = (parser_context or {}).get("request")
    if request is not None:
        exigir_utf8(request.content_params)
    limite = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        crudo: bytes = stream.read(limite + 1)
        if len(crudo) > limite:
            raise RequestDataTooBig
        return crudo.decode("utf-8")
    except UnreadablePostError as error:
        raise ErrorDominio(_("El envío llegó cortado."), codigo="cuerpo_cortado") from error
    except UnicodeDecodeError as error:
        raise ErrorDominio(
            _("El cuerpo se envía en UTF-8."), codigo="charset_no_admitido"
        ) from error


def _rechazar_constante(nombre: str) -> NoReturn:
    raise ValueError(nombre)


def _sin_repetidas(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    objeto = dict(pares)
    if len(objeto) != len(pares):
        raise ValueError("repeated key")
    return objeto
