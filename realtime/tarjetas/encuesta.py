"""The survey of a card: its questions, and what a person answered as one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from realtime.models import PreguntaEncuesta, RespuestaEncuesta

TEXTO_LIBRE = "respuesta"


@dataclass(frozen=True, slots=True)
class Opcion:
    """An answer to choose, and whether it asks for a detail."""

    clave: str
    texto: str
    pide_detalle: bool


@dataclass(frozen=True, slots=True)
class Pregunta:
    """A question as a card asks it; without options it takes free text."""

    campo: str
    texto: str
    obligatoria: bool
    opciones: tuple[Opcion, ...]

    @property
    def campo_detalle(self) -> str:
        """The field of the detail."""
        return f"{self.campo}_detalle"


def preguntas() -> list[Pregunta]:
    """The questions in use; an installation that has none asks for the answer in free text."""
    activas = RespuestaEncuesta.objects.filter(activa=True)
    filas = PreguntaEncuesta.objects.filter(activa=True).prefetch_related(
        Prefetch("respuestas", queryset=activas)
    )
    return [_pregunta(fila) for fila in filas] or [
        Pregunta(TEXTO_LIBRE, _("Respuesta de la tienda"), obligatoria=True, opciones=())
    ]


def leer(datos: Mapping[str, str]) -> str:
    """The answers of a form as one text; raises ErrorDominio naming the field left out."""
    partes = []
    todas = preguntas()
    for pregunta in todas:
        dicho = _dicho(pregunta, datos)
        if not dicho and pregunta.obligatoria:
            raise _falta(pregunta.campo, _("Contestar: {pregunta}").format(pregunta=pregunta.texto))
        if dicho:
            partes.append(dicho if len(todas) == 1 else f"{pregunta.texto} {dicho}")
    if not partes:
        raise _falta(todas[0].campo, _("Contestar al menos una pregunta."))
    return " · ".join(partes)


def _dicho(pregunta: Pregunta, datos: Mapping[str, str]) -> str:
    elegido = datos.get(pregunta.campo, "").strip()
    if not pregunta.opciones or not elegido:
        return elegido
    opcion = next((o for o in pregunta.opciones if o.clave == elegido), None)
    if opcion is None:
        raise _falta(pregunta.campo, _("Esa respuesta ya no se ofrece: elegir otra."))
    detalle = datos.get(pregunta.campo_detalle, "").strip() if opcion.pide_detalle else ""
    if opcion.pide_detalle and not detalle:
        raise _falta(pregunta.campo_detalle, _("Escribir el detalle."))
    return f"{opcion.texto}: {detalle}" if detalle else opcion.texto


def _pregunta(fila: PreguntaEncuesta) -> Pregunta:
    opciones = tuple(
        Opcion(str(opcion.pk), opcion.texto, opcion.pide_detalle)
        for opcion in fila.respuestas.all()
    )
    return Pregunta(f"p{fila.pk}", fila.texto, fila.obligatoria, opciones)


def _falta(campo: str, detalle: str) -> ErrorDominio:
    return ErrorDominio(detalle, codigo="encuesta_incompleta", campo=campo)
