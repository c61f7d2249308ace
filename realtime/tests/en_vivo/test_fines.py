"""Open streams and tickets end with the credentials they came from, in every process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from core.acceso import sesiones
from core.tests.autorizacion.fines import CAMBIO, FINES, PROPIA, Fin, crear_usuaria
from realtime.en_vivo import difusion, guardia
from realtime.en_vivo.aforo import POR_PERSONA
from realtime.en_vivo.boletos import leer_boleto
from realtime.en_vivo.eventos import TableroEnVivo
from realtime.tests.en_vivo.test_eventos import Conexion, ajena
from sales.tests.mesa import Mesa, crear_mesa, entrar

TARJETAS = "/no-completados/tarjetas/"
ENTRAR = "/cuentas/entrar/?next=/no-completados/tarjetas/"
FINAL = {"type": "http.response.body", "body": b""}

pytestmark = pytest.mark.usefixtures("base_real")


@pytest.fixture
def mesa(base_real: None) -> Mesa:
    return crear_mesa()


@pytest.fixture
def usuaria(mesa: Mesa) -> User:
    return crear_usuaria(mesa)


@pytest.fixture
def solo_por_aviso(redis_servidor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a Redis, and without the heartbeat that would find the same later."""
    monkeypatch.setattr(difusion, "LATIDO", 3600.0)


class Pantalla(Conexion):
    """A board's stream, with the ticket and the session of a browser."""

    def __init__(self, tablero: TableroEnVivo, navegador: Client, boleto: str = "") -> None:
        boleto = boleto or navegador.get(TARJETAS)["Boleto"]
        super().__init__(f"boleto={boleto}&v=0")
        self.scope["headers"] = [(b"cookie", f"sessionid={sesion(navegador)}".encode())]
        self.tablero = tablero
        self.tarea: asyncio.Task[None] | None = None

    @property
    def estado(self) -> int:
        estado: int = self.enviado[0]["status"]
        return estado

    async def abrir(self) -> int:
        """Open; the answer's status, once the stream has said something."""
        self.tarea = asyncio.create_task(self.tablero(self.scope, self.recibir, self.enviar))
        self.tarea.add_done_callback(lambda _tarea: self.llego.set())
        await self.hasta(lambda: len(self.enviado) >= 3 or bool(self.tarea and self.tarea.done()))
        return self.estado

    async def termina(self) -> None:
        """Wait for its end; it is a good one."""
        assert self.tarea is not None
        await asyncio.wait_for(asyncio.shield(self.tarea), 30)
        assert self.enviado[-1] == FINAL

    def sigue(self) -> bool:
        return self.tarea is not None and not self.tarea.done()

    async def cerrar(self) -> None:
        self.corte.set()
        if self.tarea is not None:
            await self.tarea


def sesion(navegador: Client) -> str:
    return str(navegador.session.session_key)


async def hacer(trabajo: Callable[[], Any]) -> None:
    """What another thread, as another process, does to the database."""

    def aparte() -> None:
        try:
            trabajo()
        finally:
            connection.close()

    await asyncio.to_thread(aparte)


def correr(prueba: Callable[[], Awaitable[None]]) -> None:
    async def con_limite() -> None:
        await asyncio.wait_for(prueba(), 120)

    asyncio.run(con_limite())


@pytest.mark.usefixtures("solo_por_aviso")
@pytest.mark.parametrize("fin", FINES, ids=lambda f: f.__name__)
def test_streams_end_and_tickets_open_nothing(mesa: Mesa, usuaria: User, fin: Fin) -> None:
    aca, alla = TableroEnVivo(ajena), TableroEnVivo(ajena)
    suyo, ajeno = entrar(usuaria), entrar(mesa.admin)
    abiertas = [Pantalla(aca, suyo), Pantalla(alla, suyo)]
    otras = [Pantalla(aca, ajeno), Pantalla(alla, ajeno)]
    # Within a minute a session's tickets are one text: these were used, and are brought again.
    despues = [Pantalla(aca, suyo), Pantalla(alla, suyo)]

    async def prueba() -> None:
        for pantalla in abiertas + otras:
            assert await pantalla.abrir() == 200
        await hacer(lambda: fin(mesa, usuaria))
        for pantalla in abiertas:
            await pantalla.termina()
        for pantalla in despues:
            assert await pantalla.abrir() == 401
        assert [pantalla.sigue() for pantalla in otras] == [True, True]
        for pantalla in otras:
            await pantalla.cerrar()

    correr(prueba)
    # What polls instead, and the desk before it sends, is told as ever.
    sondeo = suyo.get(TARJETAS, headers={"HX-Request": "true"})
    assert (sondeo.status_code, sondeo["HX-Redirect"]) == (401, ENTRAR)
    assert suyo.get("/pedidos/nuevo/sesion/").status_code == 401


def salir(navegador: Client) -> None:
    navegador.post("/cuentas/salir/")


def cambiar_clave(navegador: Client) -> None:
    """By the session itself: it goes on, under another key."""
    navegador.post(PROPIA, CAMBIO)


def absoluta(navegador: Client) -> None:
    """Ten hours old: the next request, of any tab, ends it."""
    vieja = navegador.session
    vieja[sesiones.INICIO] = int(time.time()) - 36_001
    vieja.save()
    assert navegador.get(PROPIA).status_code == 302


@pytest.mark.usefixtures("solo_por_aviso")
@pytest.mark.parametrize("fin", [salir, cambiar_clave, absoluta])
def test_what_ends_a_session_ends_its_streams(usuaria: User, fin: Callable[[Client], None]) -> None:
    aca, alla = TableroEnVivo(ajena), TableroEnVivo(ajena)
    navegador, otro = entrar(usuaria), entrar(usuaria)
    abiertas, usado = (
        [Pantalla(aca, navegador), Pantalla(alla, navegador)],
        Pantalla(aca, navegador),
    )
    otra = Pantalla(alla, otro)

    async def prueba() -> None:
        for pantalla in (*abiertas, otra):
            assert await pantalla.abrir() == 200
        await hacer(lambda: fin(navegador))
        for pantalla in abiertas:
            await pantalla.termina()
        assert await usado.abrir() == 401
        # Another session of the same person's: a new password alone ends it as well.
        if fin is cambiar_clave:
            await otra.termina()
        else:
            assert otra.sigue()
            await otra.cerrar()

    correr(prueba)


def test_without_redis_streams_end_by_the_next_look(mesa: Mesa, usuaria: User) -> None:
    tablero, navegador = TableroEnVivo(ajena), entrar(usuaria)
    abierta, otra = Pantalla(tablero, navegador), Pantalla(tablero, entrar(mesa.tomador))

    async def prueba() -> None:
        assert (await abierta.abrir(), await otra.abrir()) == (200, 200)
        await hacer(lambda: salir(navegador))
        await abierta.termina()
        assert otra.sigue()
        await otra.cerrar()

    correr(prueba)


@pytest.mark.usefixtures("redis_servidor")
@pytest.mark.parametrize(
    "cambio",
    [
        {"password": "x"},
        {"is_active": False},
        {"is_staff": False},
        {"is_superuser": False},
    ],
    ids=lambda c: next(iter(c)),
)
def test_what_no_signal_tells_is_found_by_the_heartbeat(
    usuaria: User, cambio: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difusion, "LATIDO", 0.2)
    abierta = Pantalla(TableroEnVivo(ajena), entrar(usuaria))

    async def prueba() -> None:
        assert await abierta.abrir() == 200
        await hacer(lambda: User.objects.filter(pk=usuaria.pk).update(**cambio))
        await abierta.termina()

    correr(prueba)


def test_an_idle_sessions_stream_ends(usuaria: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difusion, "LATIDO", 0.2)
    navegador = entrar(usuaria)
    abierta, usado = (Pantalla(TableroEnVivo(ajena), navegador) for _ in range(2))
    suya = Session.objects.filter(pk=sesion(navegador))

    async def prueba() -> None:
        assert await abierta.abrir() == 200
        await hacer(lambda: suya.update(expire_date=timezone.now()))
        await abierta.termina()
        assert await usado.abrir() == 401

    correr(prueba)


@pytest.mark.parametrize(
    ("desde", "renovada", "fin"),
    [(0, 0, 3600), (36_000 - 60, 0, 60), (0, 3000, 600), (36_000 - 60, 3000, 60)],
    ids=["new", "nearly ten hours", "idle", "both"],
)
def test_a_ticket_says_when_its_session_ends(
    usuaria: User, desde: int, renovada: int, fin: int
) -> None:
    navegador = entrar(usuaria)
    ahora = int(time.time())
    suya = navegador.session
    suya[sesiones.INICIO], suya[sesiones.RENOVADA] = ahora - desde, ahora - renovada
    suya.save()
    with patch.object(sesiones, "SEGUNDOS_ENTRE_RENOVACIONES", 10_000):
        boleto = leer_boleto(navegador.get(TARJETAS)["Boleto"], sesion(navegador))
    assert boleto.fin == ahora + fin


def test_a_database_that_is_away_lets_nobody_in_and_ends_what_it_cannot_answer_for(
    usuaria: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difusion, "LATIDO", 0.2)
    navegador = entrar(usuaria)
    tablero = TableroEnVivo(ajena)
    abierta, nueva = (Pantalla(tablero, navegador) for _ in range(2))

    async def prueba() -> None:
        assert await abierta.abrir() == 200
        with patch.object(guardia, "sesiones_vivas", side_effect=OperationalError):
            assert await nueva.abrir() == 503
            assert abierta.sigue()
            with patch.object(guardia, "A_CIEGAS", 0.0):
                await abierta.termina()

    correr(prueba)


@pytest.mark.usefixtures("solo_por_aviso")
def test_one_person_has_twenty_streams_in_all_processes(mesa: Mesa, usuaria: User) -> None:
    tableros = [TableroEnVivo(ajena), TableroEnVivo(ajena)]
    navegadores = [entrar(usuaria), entrar(usuaria)]
    boletos = [navegador.get(TARJETAS)["Boleto"] for navegador in navegadores]
    mias = [
        Pantalla(tableros[n % 2], navegadores[n // 2 % 2], boletos[n // 2 % 2])
        for n in range(POR_PERSONA + 3)
    ]
    otra = Pantalla(tableros[0], entrar(mesa.tomador))

    async def prueba() -> None:
        estados = [await pantalla.abrir() for pantalla in mias[:-1]]
        assert estados == [200] * 20 + [429] * 2
        assert "demasiados tableros abiertos" in mias[20].texto
        assert await otra.abrir() == 200
        # One that closes makes room for one, in whatever process.
        await mias[0].cerrar()
        await asyncio.gather(*(t._guardia._actual for t in tableros if t._guardia._actual))
        assert await mias[-1].abrir() == 200
        for pantalla in (*mias, otra):
            await pantalla.cerrar()

    correr(prueba)


def test_without_redis_each_process_counts_its_own(usuaria: User) -> None:
    tablero, navegador = TableroEnVivo(ajena), entrar(usuaria)
    boleto = navegador.get(TARJETAS)["Boleto"]
    mias = [Pantalla(tablero, navegador, boleto) for _ in range(POR_PERSONA + 1)]

    async def prueba() -> None:
        estados = await asyncio.gather(*(pantalla.abrir() for pantalla in mias))
        assert sorted(estados) == [200] * 20 + [429]
        for pantalla in mias:
            await pantalla.cerrar()

    correr(prueba)


def test_a_process_that_was_killed_is_not_counted(
    usuaria: User, redis_servidor: Any, settings: Settings
) -> None:
    navegador = entrar(usuaria)
    boleto = navegador.get(TARJETAS)["Boleto"]
    redis_servidor.hset(f"tablero:oyentes:{usuaria.pk}", "muerto", 20)
    redis_servidor.hset(f"tablero:oyentes:{usuaria.pk}", "vivo", 19)
    redis_servidor.set("tablero:proceso:vivo", 1)
    tablero = TableroEnVivo(ajena)
    mias = [Pantalla(tablero, navegador, boleto) for _ in range(2)]

    async def prueba() -> None:
        assert [await pantalla.abrir() for pantalla in mias] == [200, 429]
        for pantalla in mias:
            await pantalla.cerrar()

    correr(prueba)
    cuentas = redis_servidor.hgetall(f"tablero:oyentes:{usuaria.pk}")
    assert set(cuentas) == {b"vivo", tablero._guardia._aforo._nombre.encode()}
    assert redis_servidor.keys("tablero:proceso:*") == [b"tablero:proceso:vivo"]


def test_a_thousand_that_come_back_together_share_a_few_looks(usuaria: User) -> None:
    navegador = entrar(usuaria)
    boleto = navegador.get(TARJETAS)["Boleto"]
    tablero, vueltas = TableroEnVivo(ajena), []
    consultar = guardia._consultar

    async def contada(*partes: Any) -> Any:
        vueltas.append(len(partes[1]))
        return await consultar(*partes)

    async def prueba() -> None:
        mias = [Pantalla(tablero, navegador, boleto) for _ in range(1000)]
        with (
            patch.object(guardia, "_consultar", contada),
            patch("realtime.en_vivo.aforo.POR_PERSONA", 1000),
        ):
            await asyncio.gather(*(pantalla.abrir() for pantalla in mias))
            assert [pantalla.estado for pantalla in mias] == [200] * 1000
            assert len(vueltas) < 20
            for pantalla in mias:
                await pantalla.cerrar()

    correr(prueba)
