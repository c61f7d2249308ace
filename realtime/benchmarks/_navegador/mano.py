"""A pair of hands on one tab: orders by keyboard, each deed in the book before and after it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from playwright.async_api import Page

from realtime.benchmarks._navegador.cuenta import Copia
from realtime.benchmarks._navegador.guion import Encargo, Gesto, Tarea
from realtime.benchmarks._navegador.maquina import Pestana, PestanaPerdida

# How long the page may take to keep what was typed, in milliseconds: then nobody knows.
PACIENCIA: Final = 5_000
HECHO: Final = "hecho"
ENTRADA: Final = "#entrada_articulo"
CANTIDAD: Final = "#linea-{} [data-columna=cantidad]"
ESPERAR: Final = "(que) => window.caos.esperar(que)"
PONERSE: Final = "([cliente, selector, plazo]) => window.caos.ponerse(cliente, selector, plazo)"


class Interrumpido(Exception):
    """The order went on its way, or is gone, or nothing happened: the hands leave it."""


class Mano:
    """Types the machine's orders in one tab until none is left."""

    def __init__(self, pestana: Pestana) -> None:
        self.pestana = pestana
        self.maquina = pestana.maquina
        self.libro = pestana.maquina.libro

    async def trabajar(self) -> None:
        """One order after another; the tab is opened again whenever it is lost."""
        while tarea := self.maquina.siguiente():
            hecho = False
            try:
                async with self.pestana.teclado:
                    await self.pestana.abrir()
                hecho = await self.pedido(tarea)
            except* PestanaPerdida as error:
                self.decir(tarea.cliente, f"tab lost ({error.exceptions[0]})")
            if not hecho and not self.empezado(tarea):
                self.maquina.agenda.devolver(tarea)
            await asyncio.sleep(0)

    def empezado(self, tarea: Tarea) -> bool:
        """Whether a line of the order was kept: it need not be typed again."""
        copias = self.libro.pedido(tarea.cliente).copias
        return any(copia.vista for copia in copias.values())

    async def pedido(self, tarea: Tarea) -> bool:
        """One order: client, lines, and what is done to it then; whether a line was kept."""
        identidad = await self.elegir(tarea)
        if identidad is None:
            return False
        copia = self.libro.copia(self.maquina.nombre, tarea.cliente, identidad)
        primero, *resto = tarea.encargos
        try:
            async with asyncio.TaskGroup() as grupo:
                if tarea.acompanada:
                    grupo.create_task(self.ayudado(tarea, copia))
                grupo.create_task(self.agregar(tarea.cliente, copia, primero))
            for encargo in resto:
                await self.agregar(tarea.cliente, copia, encargo)
            await self.gesto(tarea, copia)
        except* Interrumpido as causa:
            self.decir(tarea.cliente, str(causa.exceptions[0]))
        return copia.vista

    async def ayudado(self, tarea: Tarea, copia: Copia) -> None:
        """Another tab of the machine adds a line of its own to the order, at the same time."""
        otras = [otra for otra in self.maquina.pestanas if otra is not self.pestana]
        if not otras:
            return
        ayudante = Mano(self.maquina.azar.choice(otras))
        with suppress(Interrumpido, PestanaPerdida):
            await ayudante.agregar(tarea.cliente, copia, tarea.repuestos[-1])

    def decir(self, cliente: str, texto: str) -> None:
        """Note a deed of this tab on an order."""
        momento = f"{self.maquina.bitacora.ahora():.1f} s"
        self.libro.pedido(cliente).hechos.append(f"{momento} {self.pestana.nombre} {texto}")

    async def elegir(self, tarea: Tarea) -> str | None:
        """`/`, the RUC, Enter: the order's id once it is open; None when nothing came of it."""
        que = {"cliente": tarea.cliente, "abierto": True, "plazo": PACIENCIA}

        async def teclear(pagina: Page) -> Any:
            await pagina.evaluate("() => document.querySelector('dialog[open]')?.close()")
            await pagina.keyboard.press("/")
            await pagina.focus("#entrada_cliente")
            await pagina.keyboard.press("Control+A")
            await pagina.keyboard.type(tarea.ruc)
            await pagina.keyboard.press("Enter")
            return await pagina.evaluate(ESPERAR, que)

        async with self.pestana.teclado:
            visto = await self.pestana.con(teclear)
        self.decir(tarea.cliente, f"opens it: {visto['estado']} {visto['id']}")
        return visto["id"] if visto["estado"] == HECHO else None

    async def agregar(self, cliente: str, copia: Copia, encargo: Encargo) -> None:
        """A line: `12*barcode` and Enter, or code, Enter, quantity, Enter."""

        async def teclear(pagina: Page) -> None:
            if encargo.barras:
                await pagina.keyboard.type(f"{encargo.cantidad}*{encargo.barras}")
                await pagina.keyboard.press("Enter")
                return
            await pagina.keyboard.type(encargo.codigo)
            await pagina.keyboard.press("Enter")
            en_cantidad = {"cliente": cliente, "foco": "entrada_cantidad", "existente": True}
            visto = await pagina.evaluate(ESPERAR, en_cantidad | {"plazo": PACIENCIA})
            if visto["estado"] == HECHO:
                await pagina.keyboard.type(str(encargo.cantidad))
                await pagina.keyboard.press("Enter")

        linea = (encargo.articulo, 0, encargo.cantidad)
        await self.linea(cliente, copia, linea, ENTRADA, teclear)

    async def linea(
        self,
        cliente: str,
        copia: Copia,
        linea: tuple[int, int, int],
        selector: str,
        teclear: Callable[[Page], Awaitable[None]],
    ) -> None:
        """Change a line (article, quantity before, after) by keys in a field of the order."""
        articulo, antes, despues = linea
        if copia.lineas.setdefault(articulo, {antes}) != {antes}:
            raise Interrumpido(f"leaves {articulo}: nobody knows what it is")
        que = {"id": copia.id, "articulo": articulo, "cantidad": despues}
        # From the first key on.
        copia.poner(articulo, {antes, despues})
        estado = await self.teclas(cliente, selector, teclear, que)
        if estado == "":
            copia.poner(articulo, {antes})
        elif estado == HECHO:
            copia.poner(articulo, {despues})
            copia.vista = True
        self.decir(cliente, f"line {articulo} {antes} → {despues}: {estado or 'not typed'}")
        if estado != HECHO:
            raise Interrumpido(f"leaves it ({estado or 'on its way, or gone'})")

    async def teclas(
        self,
        cliente: str,
        selector: str,
        teclear: Callable[[Page], Awaitable[None]],
        que: dict[str, Any],
    ) -> str:
        """Type into a field of the order, and wait until it is kept; "" when nothing was typed."""
        espera = {"cliente": cliente, "existente": True, "plazo": PACIENCIA, **que}

        async def hacer(pagina: Page) -> Any:
            if not await pagina.evaluate(PONERSE, [cliente, selector, PACIENCIA]):
                return ""
            await teclear(pagina)
            return (await pagina.evaluate(ESPERAR, espera))["estado"]

        async with self.pestana.teclado:
            estado: str = await self.pestana.con(hacer)
        return estado

    async def gesto(self, tarea: Tarea, copia: Copia) -> None:
        """What is done to an order once its lines are there."""
        cliente, primero = tarea.cliente, tarea.encargos[0]
        antes = primero.cantidad
        campo = CANTIDAD.format(primero.articulo)
        if tarea.gesto is Gesto.CAMBIAR:
            cambio = (primero.articulo, antes, tarea.otra_cantidad)
            await self.linea(cliente, copia, cambio, campo, _cantidad(tarea.otra_cantidad))
        elif tarea.gesto in {Gesto.QUITAR, Gesto.SACAR} and len(tarea.encargos) > 1:
            await self.linea(cliente, copia, (primero.articulo, antes, 0), campo, _quitar)
            if tarea.gesto is Gesto.QUITAR:
                vuelta = (primero.articulo, 0, antes)
                await self.linea(cliente, copia, vuelta, ENTRADA, _deshacer)
        elif tarea.gesto is Gesto.OBSERVAR:
            await self.observar(cliente, copia, f"para el {antes}")
        elif tarea.gesto in {Gesto.DESCARTAR, Gesto.TIRAR}:
            await self.descartar(cliente, copia, vuelve=tarea.gesto is Gesto.DESCARTAR)

    async def observar(self, cliente: str, copia: Copia, texto: str) -> None:
        """A remark."""

        async def teclear(pagina: Page) -> None:
            await pagina.keyboard.type(texto)
            await pagina.keyboard.press("Tab")

        antes = set(copia.observaciones)
        copia.observaciones |= {texto}
        estado = await self.teclas(
            cliente, "#observacion", teclear, {"id": copia.id, "observacion": texto}
        )
        if estado == HECHO:
            copia.observaciones = {texto}
        elif estado == "":
            copia.observaciones = antes
        self.decir(cliente, f"remark {texto!r}: {estado or 'not typed'}")

    async def descartar(self, cliente: str, copia: Copia, *, vuelve: bool) -> None:
        """Throw the order away, and have it back."""

        async def pulsar(pagina: Page) -> None:
            await pagina.evaluate("() => document.querySelector('.pedido-pie .btn-link').click()")

        copia.descartes = {True, False}
        fuera = {"ausente": True, "existente": False}
        estado = await self.teclas(cliente, ENTRADA, pulsar, fuera)
        self.decir(cliente, f"thrown away: {estado or 'not done'}")
        if estado == "":
            copia.descartes = {False}
        if estado != HECHO or not vuelve:
            return
        que = {"cliente": cliente, "id": copia.id, "plazo": PACIENCIA}

        async def deshacer(pagina: Page) -> Any:
            await _deshacer(pagina)
            return (await pagina.evaluate(ESPERAR, que))["estado"]

        async with self.pestana.teclado:
            estado = await self.pestana.con(deshacer)
        if estado == HECHO:
            copia.descartes = {False}
        self.decir(cliente, f"brought back: {estado}")


def _cantidad(cantidad: int) -> Callable[[Page], Awaitable[None]]:
    async def teclear(pagina: Page) -> None:
        await pagina.keyboard.type(str(cantidad))
        await pagina.keyboard.press("Enter")

    return teclear


async def _quitar(pagina: Page) -> None:
    await pagina.keyboard.press("Delete")


async def _deshacer(pagina: Page) -> None:
    await pagina.keyboard.press("Control+z")
