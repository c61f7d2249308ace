"""What befalls tabs, machines and the server; each fault is over, or undone, before it counts."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from playwright.async_api import Error, FilePayload, Page

from core.tests.e2e.mesa import Mesa
from realtime.benchmarks._caos.fallas import (
    CAER,
    HIJO,
    MATAR,
    PAUSAR,
    VACIAR,
    Clase,
    Falla,
    Verdugo,
)
from realtime.benchmarks._navegador import en_pagina
from realtime.benchmarks._navegador.cuenta import EnPantalla
from realtime.benchmarks._navegador.envios import enviar
from realtime.benchmarks._navegador.maquina import Maquina, Pestana, PestanaPerdida

DIA: Final = 24 * 60 * 60_000
CAIDA: Final = "chrome://crash"
VER: Final = "() => window.caos.ver()"
# Another base price, as its page would make it; what the catalogue is asked with changes.
PRECIO: Final = """
from gestion_precios.models import PrecioArticulo
filas = PrecioArticulo.objects.filter(articulo_id={articulo}).order_by("pk")
for fila in filas:
    fila.precio_base = fila.precio_base + {suma}
    fila.save()
"""
RETIRAR: Final = """
from gestion_precios.models import Articulo
articulo = Articulo.objects.get(pk={articulo})
articulo.activo = {activo}
articulo.save()
"""


class Servidor(NamedTuple):
    """A fault of the server's own, as the other fault run makes them."""

    clase: Clase

    def __str__(self) -> str:
        return str(self.clase)


SERVIDOR: Final = {
    Servidor(Clase("web", MATAR)): 3,
    Servidor(Clase("web", CAER, (0.5, 2))): 2,
    Servidor(Clase("web", PAUSAR, (0.5, 2))): 2,
    Servidor(Clase("worker", MATAR)): 2,
    Servidor(Clase(HIJO, MATAR)): 3,
    Servidor(Clase("redis", MATAR)): 2,
    Servidor(Clase("redis", VACIAR)): 2,
    Servidor(Clase("beat", MATAR)): 1,
}
PROPIAS: Final = {
    "tab: crashed": 6,
    "tab: crashed in mid-send": 6,
    "tab: reloaded": 3,
    "tab: reloaded in mid-send": 6,
    "machine: no line": 6,
    "machine: clock moved": 4,
    "machine: session ended": 4,
    "machine: storage full": 3,
    "machine: notebook damaged": 2,
    "machine: names damaged": 2,
    "machine: a lote damaged": 3,
    "machine: a line made impossible": 3,
    "machine: export imported elsewhere while it sends": 5,
    "catalogue: price changed": 3,
    "catalogue: article withdrawn": 3,
}
PESOS: Final[dict[Any, int]] = {**PROPIAS, **SERVIDOR}
# What needs something to be there (an order to send, or to damage), and what comes instead once
# that never is.
SUPLENTES: Final = {
    "tab: crashed in mid-send": "tab: crashed",
    "tab: reloaded in mid-send": "tab: reloaded",
    "machine: a lote damaged": "machine: names damaged",
    "machine: a line made impossible": "machine: names damaged",
    "machine: export imported elsewhere while it sends": "machine: no line",
}
INTENTOS: Final = 40
# Seconds in which a tab that was lost is opened again, or taken off its browser's list.
ENTRE_INTENTOS: Final = 0.25


class SinVictima(Exception):
    """Nothing was there to be met; another machine, or a little later."""


@dataclass
class Desgracias:
    """Makes the faults of a plan on machines and server; counts those that met something."""

    mesa: Mesa
    maquinas: Sequence[Maquina]
    articulos: Sequence[int]
    azar: random.Random
    hechas: Counter[str] = field(default_factory=Counter)
    _servidor: asyncio.Lock = field(default_factory=asyncio.Lock)
    _operador: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def causar(self, clase: Any) -> None:
        """This fault, on somebody it can befall."""
        nombre = str(clase)
        if isinstance(clase, Servidor):
            await self._al_servidor(clase.clase)
        elif not await self._con_victima(nombre):
            nombre = SUPLENTES.get(nombre, nombre)
            if not await self._con_victima(nombre):
                raise AssertionError(f"{nombre}: there was never anything to meet")
        self.hechas[nombre] += 1

    async def _con_victima(self, clase: str) -> bool:
        """Whether somebody was there to be met, at the first try or a little later."""
        quien, _, hecho = clase.partition(": ")
        for _ in range(INTENTOS):
            maquina = self.azar.choice(self.maquinas)
            with suppress(SinVictima, PestanaPerdida):
                await self._una(maquina, quien, hecho)
                return True
            await asyncio.sleep(ENTRE_INTENTOS)
        return False

    async def _una(self, maquina: Maquina, quien: str, hecho: str) -> None:
        if quien == "tab":
            pestana = self.azar.choice(maquina.pestanas)
            await _DE_PESTANA[hecho](pestana)
            maquina.bitacora.anotar(pestana.nombre, hecho)
        elif quien == "catalogue":
            await self._catalogo(hecho)
        else:
            async with maquina.en_falla:
                maquina.bitacora.anotar(maquina.nombre, hecho)
                await self._a_la_maquina(maquina, hecho)

    async def _al_servidor(self, clase: Clase) -> None:
        verdugo = Verdugo(self.mesa, hay_trabajo=lambda: True)
        falla = Falla(0.0, clase, self.azar.uniform(*clase.dura), self.azar.getrandbits(16))
        async with self._servidor:
            self.maquinas[0].bitacora.anotar("server", str(clase))
            await asyncio.to_thread(verdugo.cumplir, [falla])

    async def _catalogo(self, hecho: str) -> None:
        articulo = self.azar.choice(self.articulos)
        self.maquinas[0].bitacora.anotar("server", f"{hecho} ({articulo})")
        if hecho == "price changed":
            await self._ejecutar(
                PRECIO.format(articulo=articulo, suma=self.azar.randint(1, 9) * 50)
            )
            return
        await self._ejecutar(RETIRAR.format(articulo=articulo, activo=False))
        await asyncio.sleep(self.azar.uniform(1, 3))
        await self._ejecutar(RETIRAR.format(articulo=articulo, activo=True))

    async def _ejecutar(self, codigo: str) -> None:
        async with self._operador:
            await asyncio.to_thread(self.mesa.ejecutar, codigo)

    async def _a_la_maquina(self, maquina: Maquina, hecho: str) -> None:
        if hecho == "export imported elsewhere while it sends":
            otras = [otra for otra in self.maquinas if otra is not maquina]
            if not otras:
                raise SinVictima
            await trasladar(maquina, self.azar.choice(otras))
            return
        await _DE_MAQUINA[hecho](maquina)


async def _caer(pestana: Pestana) -> None:
    async def caer(pagina: Page) -> None:
        with suppress(Error):
            await pagina.goto(CAIDA, timeout=2_000)

    await pestana.con(caer, 3)
    pestana.muerta.set()


async def _recargar(pestana: Pestana) -> None:
    with suppress(PestanaPerdida):
        await pestana.con(lambda pagina: pagina.reload(wait_until="commit", timeout=5_000))


async def _al_enviar(pestana: Pestana, hecho: Callable[[Pestana], Awaitable[None]]) -> None:
    """Something that befalls a tab while all of its machine's send."""
    if not await enviar(pestana.maquina):
        raise SinVictima
    await asyncio.sleep(pestana.maquina.azar.uniform(0, 0.15))
    await hecho(pestana)


async def _linea(maquina: Maquina, *, hay: bool) -> None:
    """Cut a machine's line or mend it, in every tab; those that crashed meanwhile are let go.

    Nobody's hands may be there any more to open them again.
    """
    for _ in range(INTENTOS):
        try:
            return await maquina.contexto.set_offline(not hay)
        except Error as error:
            if "crash" not in str(error):
                raise
            for pestana in maquina.pestanas:
                if pestana.muerta.is_set():
                    await pestana.cerrar()
        await asyncio.sleep(ENTRE_INTENTOS)
    raise AssertionError(f"{maquina.nombre}: its line could not be touched")


async def _sin_linea(maquina: Maquina) -> None:
    await _linea(maquina, hay=False)
    try:
        await enviar(maquina)
        await asyncio.sleep(maquina.azar.uniform(0.5, 2.5))
    finally:
        await _linea(maquina, hay=True)


async def _reloj(maquina: Maquina) -> None:
    dias = maquina.azar.choice((-40, -3, -1, 1, 2, 30, 800))
    for pestana in maquina.pestanas:
        with suppress(PestanaPerdida):
            await pestana.ejecutar(en_pagina.MOVER_RELOJ, dias * DIA)
    try:
        await enviar(maquina)
        await asyncio.sleep(maquina.azar.uniform(1, 3))
    finally:
        for pestana in maquina.pestanas:
            with suppress(PestanaPerdida):
                await pestana.ejecutar(en_pagina.MOVER_RELOJ, 0)
        # One that is opened later reads it.
        await maquina.en_alguna(lambda p: p.ejecutar(en_pagina.MOVER_RELOJ, 0))


async def _sesion(maquina: Maquina) -> None:
    await maquina.recordar_sesion()
    maquina.sin_sesion.set()
    await maquina.contexto.clear_cookies()
    try:
        await enviar(maquina)
        await asyncio.sleep(maquina.azar.uniform(0.5, 2))
    finally:
        maquina.sin_sesion.clear()
        if maquina.azar.random() < 0.5:
            await maquina.devolver_sesion()
        else:
            await maquina.en_alguna(_entrar_de_nuevo)
    await volver(maquina)


async def _entrar_de_nuevo(pestana: Pestana) -> None:
    """Sign in by the form, in one tab: the others have that session too."""
    url = pestana.maquina.url
    async with pestana.teclado:
        await pestana.con(lambda pagina: pagina.goto(url, wait_until="commit"))
        await pestana.abrir()


async def volver(maquina: Maquina) -> None:
    """Somebody looks at each tab of the machine."""
    for pestana in maquina.pestanas:
        with suppress(PestanaPerdida):
            await pestana.ejecutar(en_pagina.VOLVER)


async def _cuota(maquina: Maquina) -> None:
    await maquina.en_alguna(lambda pestana: pestana.ejecutar(en_pagina.LLENAR))
    try:
        await enviar(maquina)
        await asyncio.sleep(maquina.azar.uniform(0.5, 2))
    finally:
        await maquina.en_alguna(lambda pestana: pestana.ejecutar(en_pagina.VACIAR))


async def _danar_pedidos(maquina: Maquina) -> None:
    await maquina.en_alguna(lambda pestana: pestana.ejecutar(en_pagina.DANAR, "orders"))


async def _danar_fichas(maquina: Maquina) -> None:
    await maquina.en_alguna(lambda pestana: pestana.ejecutar(en_pagina.DANAR, "fichas"))


async def _danar_lote(maquina: Maquina) -> None:
    """While it is on its way: that it is, or what travels."""
    inicio = maquina.azar.choice(("lote:", "carga:"))
    await enviar(maquina)
    if not await maquina.en_alguna(lambda p: p.ejecutar(en_pagina.DANAR_LOTE, inicio)):
        raise SinVictima


async def _imposible(maquina: Maquina) -> None:
    hecho = await maquina.en_alguna(lambda pestana: pestana.ejecutar(en_pagina.IMPOSIBLE))
    if hecho is None:
        raise SinVictima
    cliente = hecho["cliente"]
    copia = maquina.libro.copia(maquina.nombre, cliente, hecho["id"])
    copia.lineas.setdefault(hecho["articulo"], set()).add(0)
    momento = f"{maquina.bitacora.ahora():.1f} s {maquina.nombre}"
    texto = f"{momento} line {hecho['articulo']} made impossible"
    maquina.libro.pedido(cliente).hechos.append(texto)


async def trasladar(desde: Maquina, hacia: Maquina) -> None:
    """Export on one machine and import on another while the first one sends too."""
    texto = await desde.en_alguna(_exportar)
    exportado = await desde.en_alguna(lambda pestana: pestana.ejecutar(en_pagina.EXPORTADO, texto))
    if not exportado:
        raise SinVictima
    for cliente, orden in exportado.items():
        vista = EnPantalla(orden["id"], dict(orden["lineas"]), orden["observacion"])
        desde.libro.importar(hacia.nombre, cliente, vista)
        momento = f"{desde.bitacora.ahora():.1f} s"
        quien = (
            f"{momento} {desde.nombre} exported {vista.id} for {hacia.nombre}: {dict(vista.lineas)}"
        )
        desde.libro.pedido(cliente).hechos.append(quien)
    archivo: FilePayload = {
        "name": "p.json",
        "mimeType": "application/json",
        "buffer": texto.encode(),
    }

    async def importar(pestana: Pestana) -> None:
        campo = "#archivo_pedidos"
        async with pestana.teclado:
            await pestana.con(lambda pagina: pagina.set_input_files(campo, archivo))

    async with asyncio.TaskGroup() as grupo:
        grupo.create_task(enviar(desde))
        grupo.create_task(hacia.en_alguna(importar))
    await asyncio.sleep(0.3)
    llegados = (await hacia.en_alguna(lambda pestana: pestana.ejecutar(VER)))["orders"]
    for cliente, orden in exportado.items():
        if llegados.get(cliente, {}).get("id") == orden["id"]:
            desde.libro.copia(hacia.nombre, cliente, orden["id"]).descartes = {False}
    await enviar(hacia)


async def _exportar(pestana: Pestana) -> str:
    """The file that *Exportar sin enviar* gives."""

    async def bajar(pagina: Page) -> str:
        async with pagina.expect_download(timeout=8_000) as bajada:
            if not await pagina.evaluate(en_pagina.PULSAR_EXPORTAR):
                # No tab has anything that another does not: there is no file to wait for.
                raise SinVictima
        camino = await (await bajada.value).path()
        return await asyncio.to_thread(camino.read_text, "utf-8")

    return await pestana.con(bajar)


_DE_PESTANA: Final[dict[str, Callable[[Pestana], Awaitable[None]]]] = {
    "crashed": _caer,
    "crashed in mid-send": lambda pestana: _al_enviar(pestana, _caer),
    "reloaded": _recargar,
    "reloaded in mid-send": lambda pestana: _al_enviar(pestana, _recargar),
}
_DE_MAQUINA: Final[dict[str, Callable[[Maquina], Awaitable[None]]]] = {
    "no line": _sin_linea,
    "clock moved": _reloj,
    "session ended": _sesion,
    "storage full": _cuota,
    "notebook damaged": _danar_pedidos,
    "names damaged": _danar_fichas,
    "a lote damaged": _danar_lote,
    "a line made impossible": _imposible,
}
