"""Sending as takers do: Ctrl+Enter, a look at the summary, Enter; in every tab at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final

from playwright.async_api import Page

from realtime.benchmarks._navegador.maquina import Maquina, Pestana, PestanaPerdida

DIALOGO: Final = "(plazo) => window.caos.dialogo(plazo)"


async def enviar(maquina: Maquina) -> int:
    """Press *Enviar* in every tab that can, in the same instant; in how many it was pressed."""
    async with maquina.enviando:
        return await _enviar(maquina)


async def _enviar(maquina: Maquina) -> int:
    async with asyncio.TaskGroup() as grupo:
        dialogos = [grupo.create_task(_preguntar(pestana)) for pestana in maquina.pestanas]
    abiertos = [p for p, d in zip(maquina.pestanas, dialogos, strict=True) if d.result()]
    try:
        async with asyncio.TaskGroup() as grupo:
            for pestana in abiertos:
                grupo.create_task(_confirmar(pestana))
    finally:
        for pestana in abiertos:
            pestana.teclado.release()
    return len(abiertos)


async def _preguntar(pestana: Pestana) -> bool:
    """Ctrl+Enter; whether there was something to send. Then the keyboard stays taken."""

    async def pulsar(pagina: Page) -> Any:
        await pagina.keyboard.press("Control+Enter")
        return await pagina.evaluate(DIALOGO, 400)

    try:
        # One that is being opened again has nothing to press.
        await asyncio.wait_for(pestana.teclado.acquire(), 2)
    except TimeoutError:
        return False
    abierto = False
    try:
        abierto = bool(await pestana.con(pulsar, 5))
    except PestanaPerdida:
        return False
    finally:
        if not abierto:
            pestana.teclado.release()
    return abierto


async def _confirmar(pestana: Pestana) -> None:
    with suppress(PestanaPerdida):
        await pestana.con(lambda pagina: pagina.keyboard.press("Enter"), 5)
