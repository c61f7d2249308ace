"""One run: hands type in every tab while faults happen; then, all quiet, everything is counted."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from playwright.async_api import async_playwright

from core.tests.e2e.mesa import ALIAS, Mesa, esperar
from core.tests.e2e.navegante import Navegante
from realtime.benchmarks._caos import lectura
from realtime.benchmarks._navegador.cuenta import (
    Cuenta,
    EnPantalla,
    Falta,
    Libro,
    Quieto,
    revisar,
)
from realtime.benchmarks._navegador.envios import enviar
from realtime.benchmarks._navegador.fallas import PESOS, VER, Desgracias, volver
from realtime.benchmarks._navegador.guardados import leer_guardados, repetidos
from realtime.benchmarks._navegador.guion import planear_fallas, planear_pedidos
from realtime.benchmarks._navegador.mano import Mano
from realtime.benchmarks._navegador.maquina import Bitacora, Maquina, PestanaPerdida
from sales.models import LotePedidos, Orders

# Everything has to be quiet by then; how long it takes is a figure.
ESPERA_FINAL: Final = 90.0
# Seconds between one word and the next on how far it is.
CADA: Final = 30.0
# Beyond this a run does not end any more, in seconds.
PLAZO_FIJO: Final = 120.0
PLAZO_POR_COSA: Final = 3.0
# Orders typed on a machine between one send and the next, at most.
POR_ENVIO: Final = 6
# The last fault comes when this share of the orders was begun.
TEMPRANO: Final = 0.75


@dataclass(frozen=True)
class Medida:
    """What a run is asked to do."""

    pedidos: int
    fallas: int
    navegadores: int = 3
    pestanas: int = 3
    semilla: int = 7


@dataclass(frozen=True)
class Resultado:
    """What came of a run."""

    cuenta: Cuenta
    libro: Libro
    bitacora: Bitacora
    hechas: Counter[str]
    escritos: int
    lotes: int
    repetidos: int
    # Orders whose document has another date than the server's of today.
    otro_dia: int
    renderizadores: Mapping[str, int]
    # Seconds: typing among faults, and from the last of them until everything was quiet.
    tecleo: float
    calma: float


def correr(mesa: Mesa, medida: Medida) -> Resultado:
    """The whole run on a desk without orders, and the count."""
    # In a thread: whoever calls may have an event loop of their own in this one.
    with ThreadPoolExecutor(1) as hilo:
        corrida = Corrida(mesa, medida)
        hilo.submit(asyncio.run, corrida.hasta_el_final()).result()
    esperar("every lote is decided", lambda: not lectura.abiertos())
    guardados = leer_guardados()
    cuenta = revisar(corrida.libro, Quieto(guardados, corrida.cuadernos, corrida.apartados))
    for error in corrida.bitacora.errores:
        cuenta.anotar(Falta.ERROR, "", error)
    return Resultado(
        cuenta=cuenta,
        libro=corrida.libro,
        bitacora=corrida.bitacora,
        hechas=corrida.desgracias.hechas,
        escritos=corrida.libro.escritos,
        lotes=LotePedidos.objects.using(ALIAS).count(),
        repetidos=repetidos(),
        otro_dia=Orders.objects.using(ALIAS).exclude(doc_fecha=timezone.localdate()).count(),
        renderizadores=corrida.renderizadores,
        tecleo=corrida.tecleo,
        calma=corrida.calma,
    )


class Corrida:
    """The part of the run that happens in one event loop."""

    def __init__(self, mesa: Mesa, medida: Medida) -> None:
        self.mesa = mesa
        self.medida = medida
        self.azar = random.Random(medida.semilla)
        self.libro = Libro()
        self.bitacora = Bitacora()
        gart = Navegante(mesa).entrar().gart
        nombres = [f"m{n}" for n in range(1, medida.navegadores + 1)]
        self.agendas = planear_pedidos(self.azar, gart, medida.pedidos, nombres)
        self.plan = planear_fallas(self.azar, PESOS, medida.fallas)
        self.maquinas = [
            Maquina(
                nombre,
                mesa.url,
                (agenda, self.libro, self.bitacora, random.Random(self.azar.getrandbits(32))),
                medida.pestanas,
            )
            for nombre, agenda in self.agendas.items()
        ]
        self.desgracias = Desgracias(mesa, self.maquinas, self._articulos(), self.azar)
        self.cuadernos: dict[str, dict[str, EnPantalla]] = {}
        self.apartados: dict[str, list[tuple[str, EnPantalla]]] = {}
        self.renderizadores: dict[str, int] = {}
        self.tecleo = self.calma = 0.0

    def _articulos(self) -> list[int]:
        """The articles that are to be typed."""
        tareas = [tarea for agenda in self.agendas.values() for tarea in agenda.tareas]
        return sorted({encargo.articulo for tarea in tareas for encargo in tarea.primeros})

    async def hasta_el_final(self) -> None:
        """The run; one that never ends says where it stands."""
        hacer = asyncio.create_task(self.hacer())
        plazo = PLAZO_FIJO + PLAZO_POR_COSA * (self.medida.pedidos + self.medida.fallas)
        await asyncio.wait({hacer}, timeout=plazo)
        if not hacer.done():
            for tarea in asyncio.all_tasks():
                tarea.print_stack(limit=4)
            hacer.cancel()
        await hacer

    async def hacer(self) -> None:
        """Open the machines, type among faults, wait until everything is quiet, look at it."""
        async with async_playwright() as playwright:
            try:
                await asyncio.gather(*(m.arrancar(playwright) for m in self.maquinas))
                for maquina in self.maquinas:
                    self.renderizadores[maquina.nombre] = await maquina.renderizadores()
                inicio = time.monotonic()
                await self._teclear_entre_fallas()
                self.tecleo = time.monotonic() - inicio
                await asyncio.to_thread(self.mesa.esperar_lista)
                await asyncio.gather(*(self._calmar(m) for m in self.maquinas))
                self.calma = time.monotonic() - inicio - self.tecleo
                for maquina in self.maquinas:
                    await self._mirar(maquina)
            finally:
                await asyncio.gather(*(m.cerrar() for m in self.maquinas))

    async def _teclear_entre_fallas(self) -> None:
        manos = [
            asyncio.create_task(Mano(pestana).trabajar())
            for maquina in self.maquinas
            for pestana in maquina.pestanas
        ]
        envios = [asyncio.create_task(self._enviar(maquina)) for maquina in self.maquinas]
        fallas = asyncio.create_task(self._fallar(manos))
        envios.append(asyncio.create_task(self._contar_en_voz_alta()))
        try:
            await asyncio.gather(fallas, *manos)
        finally:
            for tarea in (fallas, *manos, *envios):
                tarea.cancel()
            await asyncio.gather(fallas, *manos, *envios, return_exceptions=True)

    async def _fallar(self, manos: list[asyncio.Task[None]]) -> None:
        """The plan's faults, spread over the orders still to be typed; a few at a time."""
        total = self.medida.pedidos
        a_la_vez = asyncio.Semaphore(3)

        async def una(n: int, clase: Any) -> None:
            async with a_la_vez:
                # No sooner than its share of the orders, unless nobody types any more.
                while self._hechos() < total * n / len(self.plan) * TEMPRANO:
                    if all(mano.done() for mano in manos):
                        break
                    await asyncio.sleep(0.05)
                await self.desgracias.causar(clase)

        await asyncio.gather(*(una(n, clase) for n, clase in enumerate(self.plan)))

    async def _contar_en_voz_alta(self) -> None:
        """How far it is, for whoever waits."""
        inicio = time.monotonic()
        while True:
            await asyncio.sleep(CADA)
            fallas = self.desgracias.hechas.total()
            segundos = time.monotonic() - inicio
            print(
                f"  … {segundos:.0f} s: {self.libro.escritos} orders, {fallas} faults", flush=True
            )

    def _hechos(self) -> int:
        return self.medida.pedidos - sum(len(a.tareas) for a in self.agendas.values())

    async def _enviar(self, maquina: Maquina) -> None:
        """Send every few orders, from all tabs in the same instant."""
        siguiente = len(maquina.agenda.tareas) - maquina.azar.randint(1, POR_ENVIO)
        while True:
            if len(maquina.agenda.tareas) <= siguiente:
                await enviar(maquina)
                siguiente = len(maquina.agenda.tareas) - maquina.azar.randint(1, POR_ENVIO)
            await asyncio.sleep(0.1)

    async def _calmar(self, maquina: Maquina) -> None:
        """Everything is back: send what is left until nothing is under way nor can go."""
        limite = time.monotonic() + ESPERA_FINAL
        for pestana in maquina.pestanas:
            await pestana.abrir()
        quietas = 0
        while quietas < 2:
            await volver(maquina)
            await enviar(maquina)
            await asyncio.sleep(0.4)
            visto = await maquina.en_alguna(lambda p: p.ejecutar(VER))
            if time.monotonic() > limite:
                self.bitacora.errores.append(f"{maquina.nombre} is never quiet: {visto}")
                return
            # Those the server refuses stay, each with its reason; so do those nobody can show.
            con_lineas = {c for c, orden in visto["orders"].items() if orden["lineas"]}
            faltan = con_lineas - {*visto["rechazos"], *visto["ilegibles"]}
            quietas = 0 if faltan or visto["lotes"] else quietas + 1
            await asyncio.gather(*(p.abrir() for p in maquina.pestanas))

    async def _mirar(self, maquina: Maquina) -> None:
        """What the machine keeps and shows, read in a tab that was just opened."""
        pestana = maquina.pestanas[0]
        while True:
            with suppress(PestanaPerdida):
                await pestana.con(lambda p: p.reload(wait_until="commit"))
                await pestana.abrir()
                visto = await pestana.ejecutar(VER)
                break
        mostrados = set(visto["mostrados"])
        self.cuadernos[maquina.nombre] = {
            cliente: _en_pantalla(orden, visible=cliente in mostrados)
            for cliente, orden in visto["orders"].items()
        }
        self.apartados[maquina.nombre] = [
            (cliente, _en_pantalla(orden))
            for _, orders in visto["apartados"]
            for cliente, orden in orders.items()
        ]


def _en_pantalla(orden: Mapping[str, Any], *, visible: bool = True) -> EnPantalla:
    return EnPantalla(
        orden["id"], dict(orden["lineas"]), orden["observacion"], visible, orden["imposible"]
    )
