"""A table on its way to whoever asked for it: made while it is sent, and no further."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator
from datetime import tzinfo
from itertools import chain
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone

from core.planillas.libro import XLSX, escribir_xlsx
from core.planillas.separado import CSV, escribir_csv
from core.planillas.tablas import Tabla

Vista = Callable[..., HttpResponseBase]
FORMATOS: Final = {"xlsx": (escribir_xlsx, XLSX), "csv": (escribir_csv, CSV)}


class Descarga(StreamingHttpResponse):
    """A file made piece by piece in the request's own thread; nobody waits in the event loop.

    Once the client has left no other piece is made: the server closes the answer, and with it what
    makes them.
    """

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """One piece at a time; Django would make all of them first."""
        pedazos: Iterator[bytes] = iter(self.streaming_content)  # type: ignore[arg-type]  # sync
        siguiente = sync_to_async(next)
        while (pedazo := await siguiente(pedazos, None)) is not None:  # type: ignore[call-arg]
            yield pedazo


def descargar(tabla: Tabla, formato: str, archivo: str = "") -> Descarga:
    """The table as a file in one of FORMATOS, called `archivo` (the table's name) and today.

    Its first piece is made before there is an answer: what fails at once is answered as elsewhere.
    """
    escribir, tipo = FORMATOS[formato]
    pedazos = _a_su_hora(escribir(tabla), timezone.get_current_timezone())
    primero = next(pedazos, b"")
    nombre = f"{archivo or tabla.nombre.lower()}-{timezone.localdate():%Y-%m-%d}.{formato}"
    respuesta = Descarga(_seguidos(primero, pedazos), content_type=tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return respuesta


def rutas_de(lugar: str, vista: Vista, nombre: str, **datos: Any) -> list[URLPattern]:
    """The two addresses of a list's export, beside it: `nombre` and `nombre_csv`."""
    return [
        path(f"{lugar}exportacion.xlsx", vista, {**datos, "formato": "xlsx"}, name=nombre),
        path(f"{lugar}exportacion.csv", vista, {**datos, "formato": "csv"}, name=f"{nombre}_csv"),
    ]


def _a_su_hora(pedazos: Generator[bytes], zona: tzinfo) -> Generator[bytes]:
    """The pieces, each made by the clock of the page: the request's own is gone by then."""
    try:
        while True:
            with timezone.override(zona):
                pedazo = next(pedazos, None)
            if pedazo is None:
                return
            yield pedazo
    finally:
        pedazos.close()


def _seguidos(primero: bytes, demas: Generator[bytes]) -> Generator[bytes]:
    try:
        yield from chain([primero], demas)
    finally:
        demas.close()
