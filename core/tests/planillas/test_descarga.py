"""A file on its way: in pieces, by the reader's clock, and no further than somebody takes it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from core.errores import ErrorDominio
from core.planillas.descarga import Descarga, descargar, rutas_de
from core.planillas.tablas import Tabla

MOMENTO = datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
FILAS = 200_000


class Cuenta:
    """How far the rows were read, by whom, and that nobody reads on."""

    hechas = 0
    cerrada = threading.Event()
    hilos: set[int] = set()


def _filas() -> Iterator[list[Any]]:
    Cuenta.hechas = 0
    Cuenta.cerrada.clear()
    Cuenta.hilos.clear()
    try:
        for Cuenta.hechas in range(1, FILAS + 1):
            Cuenta.hilos.add(threading.get_ident())
            yield [Cuenta.hechas, "un texto cualquiera", MOMENTO]
    finally:
        Cuenta.cerrada.set()


def vista(request: HttpRequest, formato: str) -> HttpResponse:
    with timezone.override("America/Asuncion"):
        tabla = Tabla("Datos", ["n", "texto", "hora"], [9, 9, 9], _filas())
        return descargar(tabla, formato)  # type: ignore[return-value]  # a response all the same


urlpatterns = [*rutas_de("datos/", vista, "datos"), path("otra/", vista)]


def soltar(respuesta: Descarga) -> None:
    """What closing the answer does to its rows (and nothing to the test's database)."""
    suyas: Any = respuesta
    for cerrar in suyas._resource_closers:
        cerrar()


class Servidor:
    """An ASGI server that takes pieces, and whose client may leave after some."""

    def __init__(self, se_va_tras: int | None = None) -> None:
        self.pedazos: list[bytes] = []
        self.hasta = asyncio.Event()
        self.se_va_tras = se_va_tras

    async def pedir(self, direccion: str) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": direccion,
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
            "server": ("localhost", 80),
        }
        recibidos = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def recibir() -> dict[str, Any]:
            for mensaje in recibidos:
                return mensaje
            await self.hasta.wait()
            return {"type": "http.disconnect"}

        async def enviar(mensaje: Mapping[str, Any]) -> None:
            if mensaje.get("body"):
                self.pedazos.append(mensaje["body"])
            if self.se_va_tras is not None and len(self.pedazos) >= self.se_va_tras:
                self.hasta.set()
                await asyncio.sleep(0)

        await ASGIHandler()(scope, recibir, enviar)


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["localhost"])
@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_a_client_that_leaves_ends_the_work(formato: str) -> None:
    async def correr() -> Servidor:
        servidor = Servidor(se_va_tras=2)
        await servidor.pedir(f"/datos/exportacion.{formato}")
        return servidor

    servidor = asyncio.run(correr())
    assert Cuenta.cerrada.wait(30)
    assert 2 <= len(servidor.pedazos) < 6
    assert Cuenta.hechas < FILAS / 2


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["localhost"])
def test_all_of_it_comes_in_pieces_made_off_the_event_loop_by_the_readers_clock() -> None:
    async def correr() -> tuple[Servidor, int]:
        servidor = Servidor()
        await servidor.pedir("/datos/exportacion.csv")
        return servidor, threading.get_ident()

    servidor, del_bucle = asyncio.run(correr())
    lineas = b"".join(servidor.pedazos).decode("utf-8-sig").splitlines()
    assert len(lineas) == FILAS + 1
    assert {linea.split(";")[2] for linea in lineas[1:]} == {"01/07/2026 00:30:00"}
    assert max(map(len, servidor.pedazos)) < 100_000
    assert del_bucle not in Cuenta.hilos


def test_a_file_is_named_after_its_table_and_the_day() -> None:
    respuesta = descargar(Tabla("Pedidos", ["n"], [9], [[1]]), "csv")
    nombre = f'attachment; filename="pedidos-{timezone.localdate():%Y-%m-%d}.csv"'
    assert respuesta["Content-Disposition"] == nombre
    assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
    assert b"".join(respuesta) == b"\xef\xbb\xbfn\r\n1\r\n"


def test_what_fails_at_once_fails_before_there_is_an_answer() -> None:
    def filas() -> Iterator[list[Any]]:
        if MOMENTO:
            raise ErrorDominio("No.", codigo="no")
        yield []

    with pytest.raises(ErrorDominio):
        descargar(Tabla("Pedidos", ["n"], [9], filas()), "xlsx")


def test_an_answer_that_nobody_reads_lets_its_rows_go() -> None:
    respuesta = descargar(Tabla("Datos", ["n", "t", "h"], [9, 9, 9], _filas()), "csv")
    soltar(respuesta)
    assert Cuenta.cerrada.is_set()
    assert Cuenta.hechas < FILAS / 2


def test_each_piece_is_made_when_it_is_asked_for() -> None:
    async def primeros() -> int:
        respuesta = descargar(Tabla("Datos", ["n", "t", "h"], [9, 9, 9], _filas()), "csv")
        pedazos: AsyncIterator[bytes] = respuesta.__aiter__()
        await anext(pedazos)
        await anext(pedazos)
        hechas = Cuenta.hechas
        soltar(respuesta)
        return hechas

    assert asyncio.run(primeros()) < 10_000
