"""A machine: one browser with its tabs, each in a renderer of its own, signed in as the taker."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
)

from core.tests.navegador import ruta_navegador
from realtime.benchmarks._navegador import en_pagina
from realtime.benchmarks._navegador.cuenta import Libro
from realtime.benchmarks._navegador.guion import Agenda, Tarea

CLAVE: Final = "carga-pedidos"
USUARIO: Final = "tomador"
# A page that does not answer for so long is left; in milliseconds where Playwright wants them.
PLAZO: Final = 20.0
ABRIR: Final = 15_000
LISTA: Final = "html[data-mesa=lista]"
DE_SEGURIDAD: Final = "Content Security Policy"
T = TypeVar("T")


class PestanaPerdida(Exception):
    """The page died, went elsewhere or does not answer: it has to be opened again."""


@dataclass
class Bitacora:
    """What happened, in order: faults, and complaints of pages that nobody caught."""

    inicio: float = field(default_factory=time.monotonic)
    hechos: list[tuple[float, str, str]] = field(default_factory=list)
    errores: list[str] = field(default_factory=list)

    def anotar(self, donde: str, texto: str) -> None:
        """Note a deed and its moment."""
        self.hechos.append((self.ahora(), donde, texto))

    def ahora(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.inicio

    def ultimas(self, donde: str, cuantas: int = 6) -> list[str]:
        """The last that befell a place."""
        suyas = [f"{t:.1f} s {d}: {x}" for t, d, x in self.hechos if d.startswith(donde)]
        return suyas[-cuantas:]


class Pestana:
    """One tab: its page, opened again whenever it is lost."""

    def __init__(self, maquina: Maquina, nombre: str) -> None:
        self.maquina = maquina
        self.nombre = nombre
        self.pagina: Page | None = None
        self.muerta = asyncio.Event()
        # One pair of hands on a keyboard.
        self.teclado = asyncio.Lock()

    async def con(self, hacer: Callable[[Page], Awaitable[T]], plazo: float = PLAZO) -> T:
        """Do something with the page; PestanaPerdida when it dies meanwhile, or does not answer."""
        pagina = self.pagina
        if pagina is None or self.muerta.is_set():
            raise PestanaPerdida(self.nombre)
        tarea = asyncio.ensure_future(hacer(pagina))
        muerte = asyncio.ensure_future(self.muerta.wait())
        try:
            await asyncio.wait({tarea, muerte}, timeout=plazo, return_when=asyncio.FIRST_COMPLETED)
            if tarea.done():
                return tarea.result()
            raise PestanaPerdida(f"{self.nombre} does not answer")
        except Error as error:
            raise PestanaPerdida(f"{self.nombre}: {error.message[:200]}") from error
        finally:
            for futuro in (tarea, muerte):
                futuro.cancel()
                with suppress(asyncio.CancelledError, Error, PestanaPerdida):
                    await asyncio.wait({futuro}, timeout=1)

    async def ejecutar(self, codigo: str, dato: Any = None, plazo: float = PLAZO) -> Any:
        """Run JavaScript in the page."""
        return await self.con(lambda pagina: pagina.evaluate(codigo, dato), plazo)

    async def abrir(self) -> None:
        """Have the desk open and its component working, whatever it takes."""
        while not await self._abierta():
            await asyncio.sleep(0.2)

    async def _abierta(self) -> bool:
        if self.pagina is None or self.muerta.is_set():
            await self.cerrar()
            self.pagina = await self.maquina.contexto.new_page()
            self.muerta.clear()
            self._escuchar(self.pagina, self.muerta)
        pagina = self.pagina
        with suppress(PestanaPerdida):
            if "/pedidos/nuevo/" not in pagina.url:
                url = self.maquina.url
                await self.con(lambda p: p.goto(url, wait_until="commit", timeout=ABRIR))
            if "/cuentas/entrar/" in pagina.url:
                await self._entrar()
                return False
            await self.con(lambda p: p.wait_for_selector(LISTA, state="attached", timeout=ABRIR))
            # The shell opens without a session, and says so once the server answers.
            return self.maquina.sin_sesion.is_set() or not await self.ejecutar(
                en_pagina.IR_A_ENTRAR
            )
        if not self.muerta.is_set():
            # An error page, or one that came without its modules.
            with suppress(Error):
                await pagina.goto("about:blank", timeout=2_000)
        return False

    async def _entrar(self) -> None:
        """Sign in as a person does, unless the session is to stay over for now."""
        if self.maquina.sin_sesion.is_set():
            return
        async with self.maquina.puerta:
            await self.con(lambda p: p.get_by_label("Usuario").fill(USUARIO))
            clave = "Contraseña"
            await self.con(lambda p: p.get_by_label(clave, exact=True).fill(CLAVE))
            await self.con(lambda p: p.keyboard.press("Enter"))
            fuera = "**/pedidos/**"
            with suppress(PestanaPerdida):
                await self.con(lambda p: p.wait_for_url(fuera, wait_until="commit", timeout=ABRIR))
            await self.maquina.recordar_sesion()

    def _escuchar(self, pagina: Page, muerta: asyncio.Event) -> None:
        bitacora = self.maquina.bitacora

        def error(que: Any) -> None:
            bitacora.errores.append(f"{self.nombre}: {getattr(que, 'stack', '') or que}")

        def consola(mensaje: ConsoleMessage) -> None:
            if mensaje.type == "error" and DE_SEGURIDAD in mensaje.text:
                bitacora.errores.append(f"{self.nombre}: {mensaje.text}")

        pagina.on("pageerror", error)
        pagina.on("console", consola)
        pagina.on("crash", lambda _: muerta.set())
        pagina.on("close", lambda _: muerta.set())

    async def cerrar(self) -> None:
        """Let the page go."""
        pagina, self.pagina = self.pagina, None
        if pagina is not None and not pagina.is_closed():
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(pagina.close(), 5)


class Maquina:
    """One browser: its own storage, tabs that share it, and orders to be typed there."""

    def __init__(
        self,
        nombre: str,
        url: str,
        partes: tuple[Agenda, Libro, Bitacora, random.Random],
        pestanas: int,
    ) -> None:
        self.nombre = nombre
        self.url = f"{url}/pedidos/nuevo/"
        self.agenda, self.libro, self.bitacora, self.azar = partes
        self.pestanas = [Pestana(self, f"{nombre}.{n}") for n in range(1, pestanas + 1)]
        # What befalls the whole machine comes one at a time.
        self.en_falla = asyncio.Lock()
        self.puerta = asyncio.Lock()
        # Whoever sends has the keyboards of several tabs.
        self.enviando = asyncio.Lock()
        self.sin_sesion = asyncio.Event()
        self.contexto: BrowserContext
        self._navegador: Browser
        self._galletas: list[Any] = []

    async def arrancar(self, playwright: Playwright) -> None:
        """Start the browser, sign in, open every tab."""
        self._navegador = await playwright.chromium.launch(**ruta_navegador().lanzamiento())
        self.contexto = await self._navegador.new_context(
            locale="es-PY",
            timezone_id="America/Asuncion",
            viewport={"width": 1366, "height": 768},
            reduced_motion="reduce",
        )
        await self.contexto.add_init_script(en_pagina.AL_EMPEZAR)
        for pestana in self.pestanas:
            await pestana.abrir()

    async def cerrar(self) -> None:
        """Close the browser."""
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self._navegador.close(), 15)

    async def renderizadores(self) -> int:
        """How many renderer processes the browser has."""
        sesion = await self._navegador.new_browser_cdp_session()
        procesos = (await sesion.send("SystemInfo.getProcessInfo"))["processInfo"]
        return sum(proceso["type"] == "renderer" for proceso in procesos)

    async def recordar_sesion(self) -> None:
        """Keep the session's cookies, to have them back after it was taken away."""
        self._galletas = [{**g, "expires": -1} for g in await self.contexto.cookies()]

    async def devolver_sesion(self) -> None:
        """As if somebody had signed in again in this browser."""
        await self.contexto.add_cookies(self._galletas)

    def siguiente(self) -> Tarea | None:
        """The next order to be typed here."""
        return self.agenda.siguiente()

    async def en_alguna(self, hacer: Callable[[Pestana], Awaitable[T]]) -> T:
        """Do something in a tab that lives; one is opened again if none does."""
        while True:
            for pestana in self.azar.sample(self.pestanas, len(self.pestanas)):
                with suppress(PestanaPerdida):
                    return await hacer(pestana)
            # Nobody's hands may be there to do it.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._reabrir(), PLAZO)

    async def _reabrir(self) -> None:
        pestana = self.azar.choice(self.pestanas)
        async with pestana.teclado:
            await pestana.abrir()
