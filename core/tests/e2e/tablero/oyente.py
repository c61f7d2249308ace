"""A listener of the board's stream that behaves as a browser's EventSource does."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import suppress
from typing import Self

from core.tests.e2e.mesa import Mesa
from realtime.benchmarks._pases import Pase


class Oyente:
    """Reads events in a thread; after a drop it comes back with the last id it saw."""

    def __init__(self, mesa: Mesa, pase: Pase, version: int) -> None:
        self.mesa = mesa
        self.cookie = pase.cookie
        self.url = f"/no-completados/eventos/?boleto={pase.boleto}&v={version}"
        self.recibidas: list[int] = []
        self.aperturas = 0
        self.estados: list[int] = []
        # When each stream that was open ended.
        self.finales: list[float] = []
        self.reintento = 2.0
        self._ultimo = ""
        self._conexion: http.client.HTTPConnection | None = None
        self._fin = threading.Event()
        self._sin_linea = threading.Event()
        self._hilo = threading.Thread(target=self._vivir, daemon=True)

    def __enter__(self) -> Self:
        self._hilo.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._fin.set()
        self.cortar()
        self._hilo.join(10)

    def cortar(self) -> None:
        """Drop the connection, as a bad line does."""
        conexion = self._conexion
        if conexion and conexion.sock:
            with suppress(OSError):
                conexion.sock.shutdown(2)

    def perder_la_linea(self, segundos: float) -> None:
        """Be offline for so long."""
        self._sin_linea.set()
        self.cortar()
        time.sleep(segundos)
        self._sin_linea.clear()

    def _vivir(self) -> None:
        while not self._fin.is_set():
            if not self._sin_linea.is_set():
                with suppress(OSError, http.client.HTTPException, ValueError):
                    self._escuchar()
            self._fin.wait(self.reintento)

    def _escuchar(self) -> None:
        conexion = http.client.HTTPConnection("localhost", self.mesa.puerto, timeout=40)
        self._conexion = conexion
        cabeceras = {"Cookie": self.cookie}
        if self._ultimo:
            cabeceras["Last-Event-ID"] = self._ultimo
        try:
            conexion.request("GET", self.url, headers=cabeceras)
            with conexion.getresponse() as respuesta:
                self._leer(respuesta)
        finally:
            conexion.close()

    def _leer(self, respuesta: http.client.HTTPResponse) -> None:
        self.estados.append(respuesta.status)
        if respuesta.status != 200:
            return
        self.aperturas += 1
        for cruda in respuesta:
            linea = cruda.decode().rstrip("\n")
            if linea.startswith("id: "):
                self._ultimo = linea[4:]
                self.recibidas.append(int(self._ultimo))
            elif linea.startswith("retry: "):
                self.reintento = int(linea[7:]) / 1000
        self.finales.append(time.monotonic())
