"""Browsers' part: each lote is sent verbatim until its answer is known, some of them oddly."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException
from typing import Any, Final
from uuid import UUID

from core.lz import comprimir
from core.tests.e2e.navegante import Navegante, Respuesta
from realtime.benchmarks._caos.cargas import Carga, Trato
from realtime.benchmarks._caos.control import Recibo

# Each with a limit of sends per minute of their own.
USUARIOS: Final = ("tomador", "supervisor", "admin")
HILOS: Final = 8
CORTA: Final = 0.03
PACIENCIA: Final = 180.0
# What an answer that never came counts as.
SIN_RESPUESTA: Final = 0
ACUSES: Final = {200, 202}
SIN_RED: Final = (OSError, HTTPException, ValueError)


class Clientes:
    """Sends the lotes at their time; remembers what was answered."""

    def __init__(self, navegantes: Sequence[Navegante]) -> None:
        self._navegantes = navegantes
        self._hilos = ThreadPoolExecutor(HILOS, thread_name_prefix="cliente")
        # A second send at the same time must not wait for a thread of the first ones.
        self._segundos = ThreadPoolExecutor(HILOS, thread_name_prefix="doble")
        self._candado = threading.Lock()
        self._trabajos: list[Future[None]] = []
        self._fin = 0.0
        self.acusados: set[UUID] = set()
        self.estados: Counter[int] = Counter()
        self.quejas: list[str] = []
        self._nuevos: Counter[UUID] = Counter()

    def empezar(self, cargas: Sequence[Carga], segundos: float) -> None:
        """Send each at its time from now on, in threads."""
        inicio = time.monotonic()
        self._fin = inicio + segundos + PACIENCIA
        self._trabajos = [
            self._hilos.submit(self._atender, carga, inicio + carga.cuando) for carga in cargas
        ]

    def esperar(self) -> None:
        """Until every lote was answered or given up; an error of a thread's own is raised."""
        for trabajo in self._trabajos:
            trabajo.result()
        for lote, veces in self._nuevos.items():
            if veces > 1:
                self.quejas.append(f"{lote}: new {veces} times")

    def cerrar(self) -> None:
        """Let the threads go; what was not sent yet is not sent."""
        self._fin = 0.0
        for hilos in (self._hilos, self._segundos):
            hilos.shutdown(cancel_futures=True)

    def recibos(self, lotes: Sequence[UUID]) -> dict[UUID, list[Recibo]]:
        """The receipts of these lotes, as their sender's page reads them."""
        return dict(zip(lotes, self._hilos.map(self._leer, lotes), strict=True))

    def _atender(self, carga: Carga, cuando: float) -> None:
        time.sleep(max(0.0, cuando - time.monotonic()))
        quien = self._navegante(carga.lote.id)
        if carga.trato is Trato.ABANDONADO:
            self._enviar(quien, carga.sobre, CORTA)
            return
        doble = None
        if carga.trato is Trato.DOBLE:
            doble = self._segundos.submit(self._hasta_saber, quien, carga.sobre)
        self._hasta_saber(quien, carga.sobre)
        if doble is not None:
            doble.result()
        if carga.trato is Trato.REPETIDO:
            self._hasta_saber(quien, carga.sobre)
        elif carga.trato is Trato.CAMBIADO:
            otro = carga.sobre | {"pedidos": comprimir("{}"), "codificacion": "base64"}
            self._hasta_saber(quien, otro, debido={422})

    def _hasta_saber(
        self, quien: Navegante, sobre: dict[str, Any], debido: set[int] = ACUSES
    ) -> None:
        """Resend until there is an answer that says what became of it."""
        espera = 0.2
        while time.monotonic() < self._fin:
            estado = self._enviar(quien, sobre)
            if estado in debido:
                return
            if not _pasajero(estado):
                self._quejarse(f"{sobre['lote']}: answered {estado} instead of {debido}")
                return
            time.sleep(espera)
            espera = min(espera * 1.6, 2.0)
        self._quejarse(f"{sobre['lote']}: never answered")

    def _enviar(self, quien: Navegante, sobre: dict[str, Any], espera: float = 30.0) -> int:
        """One POST; its status, or SIN_RESPUESTA."""
        respuesta = _intentar(lambda: quien.pedir("/api/pedidos/", sobre, espera=espera))
        estado = SIN_RESPUESTA if respuesta is None else respuesta.estado
        lote = UUID(sobre["lote"])
        with self._candado:
            self.estados[estado] += 1
            if estado in ACUSES:
                self.acusados.add(lote)
            self._nuevos[lote] += estado == 202
        return estado

    def _leer(self, lote: UUID) -> list[Recibo]:
        quien = self._navegante(lote)
        limite = time.monotonic() + PACIENCIA
        while time.monotonic() < limite:
            respuesta = _intentar(lambda: quien.pedir(f"/api/lotes/{lote}/"))
            if respuesta is not None and respuesta.estado == 200:
                return [_recibo(pedido) for pedido in respuesta.cuerpo["pedidos"]]
            time.sleep(0.2)
        raise AssertionError(f"{quien.usuario} cannot read {lote}")

    def _navegante(self, lote: UUID) -> Navegante:
        """Whose it is."""
        return self._navegantes[lote.int % len(self._navegantes)]

    def _quejarse(self, texto: str) -> None:
        with self._candado:
            self.quejas.append(texto)


def _intentar(pedir: Callable[[], Respuesta]) -> Respuesta | None:
    try:
        return pedir()
    except SIN_RED:
        return None


def _pasajero(estado: int) -> bool:
    """Whether sending it again may help: nobody there, the database away, too many sends."""
    return estado in {SIN_RESPUESTA, 429, 503}


def _recibo(pedido: dict[str, Any]) -> Recibo:
    return Recibo(
        pedido["cliente_id"],
        pedido["resultado"],
        pedido.get("codigo") or "",
        pedido.get("pedido_numero"),
        pedido["huella"],
    )
