"""Things fail under the board's stream: no news is lost, repeated or out of order at the client."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
import redis

from core.tests.e2e.mesa import ALIAS, ESPERA, RAIZ, Mesa, esperar
from core.tests.e2e.tablero.oyente import Oyente
from realtime.benchmarks._pases import Pase
from realtime.en_vivo.difusion import LATIDO
from realtime.models import VersionTablero

# A board of nobody's, so that other tests' orders are no news here.
CLAVE = 987_654
PASE = f"""
from django.contrib.auth.models import User
from realtime.benchmarks._pases import dar_pase
print(*dar_pase(User.objects.get_or_create(username="%s")[0], [{CLAVE}]))
"""
# A change for each line that comes, so far apart.
CAMBIAR = f"""
import sys, time
from django.db import transaction
from realtime.en_vivo.version import avanzar
for _ in sys.stdin:
    with transaction.atomic():
        avanzar({CLAVE})
    time.sleep(float(sys.argv[1]))
"""
INICIO = "import django; django.setup()\n"


def version() -> int:
    fila = VersionTablero.objects.using(ALIAS).filter(clave=CLAVE).first()
    return fila.version if fila else 0


@pytest.fixture
def pase(mesa_real: Mesa) -> Pase:
    return pase_de(mesa_real, "oyente")


def pase_de(mesa: Mesa, quien: str) -> Pase:
    """A session of somebody's, made if need be, and its ticket for the board."""
    return Pase(*mesa.ejecutar(PASE % quien).split())


@contextmanager
def cambiador(mesa: Mesa, *, cada: float = 0.0) -> Iterator[Callable[[int], None]]:
    """Another process that changes the board so many times when told; waits for its end."""
    entorno = mesa.entorno | {"DJANGO_SETTINGS_MODULE": "core.settings"}
    orden = [sys.executable, "-c", INICIO + CAMBIAR, str(cada)]
    proceso = subprocess.Popen(orden, cwd=RAIZ, env=entorno, stdin=subprocess.PIPE, text=True)
    entrada = proceso.stdin
    assert entrada

    def cambiar(cuantos: int) -> None:
        entrada.write("\n" * cuantos)
        entrada.flush()

    try:
        yield cambiar
    finally:
        entrada.close()
        assert proceso.wait(ESPERA) == 0


def cambiar_ya(mesa: Mesa, cuantos: int) -> None:
    """So many changes, made by the time it returns."""
    with cambiador(mesa) as cambiar:
        cambiar(cuantos)


def sanas(recibidas: list[int]) -> bool:
    """Each newer than the one before: none twice, none out of order."""
    return all(antes < despues for antes, despues in pairwise(recibidas))


def _cliente(mesa: Mesa) -> redis.Redis:
    """The desk's Redis, by socket or by port."""
    if "REDIS_URL" in mesa.entorno:
        return redis.Redis.from_url(mesa.entorno["REDIS_URL"])
    zocalo = mesa.ejecutar("from django.conf import settings; print(settings.DATOS_REDIS_URL)")
    return redis.Redis.from_url(zocalo.strip())


def oye(oyente: Oyente, esperada: int) -> None:
    esperar(f"version {esperada} is heard", lambda: oyente.recibidas[-1:] == [esperada])


def test_every_change_arrives_once_and_in_order(mesa_real: Mesa, pase: Pase) -> None:
    cambiar_ya(mesa_real, 1)
    desde = version()
    with Oyente(mesa_real, pase, desde) as oyente, cambiador(mesa_real) as cambiar:
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        # Each is waited for: of those that come while one is being told, the newest is told.
        for n in range(1, 21):
            cambiar(1)
            oye(oyente, desde + n)
        assert oyente.recibidas == list(range(desde + 1, desde + 21))
        cambiar(40)
        oye(oyente, desde + 60)
    assert sanas(oyente.recibidas)


def test_redis_connections_killed(mesa_real: Mesa, pase: Pase) -> None:
    desde = version()
    with (
        Oyente(mesa_real, pase, desde) as oyente,
        _cliente(mesa_real) as servidor,
        cambiador(mesa_real, cada=0.02) as cambiar,
    ):
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        for vuelta in range(1, 5):
            cambiar(5)
            esperar("news", lambda: version() > desde)
            servidor.client_kill_filter(_type="normal", skipme=True)
            cambiar(5)
            oye(oyente, desde + 10 * vuelta)
    assert oyente.aperturas == 1
    assert sanas(oyente.recibidas)


def test_redis_down_for_six_seconds(mesa_real: Mesa, pase: Pase) -> None:
    desde = version()
    with Oyente(mesa_real, pase, desde) as oyente, cambiador(mesa_real, cada=0.1) as cambiar:
        cambiar(5)
        oye(oyente, desde + 5)
        mesa_real.parar("redis")
        try:
            cambiar(10)
            # As long as what is promised to be outlived.
            time.sleep(6)
            # Without Redis the news come all the same, a little later.
            oye(oyente, desde + 15)
        finally:
            mesa_real.arrancar("redis")
        cambiar(10)
        oye(oyente, desde + 25)
        mesa_real.esperar_lista()
    assert oyente.aperturas == 1
    assert sanas(oyente.recibidas)


def test_the_web_process_killed_and_started_again(mesa_real: Mesa, pase: Pase) -> None:
    desde = version()
    with Oyente(mesa_real, pase, desde) as oyente, cambiador(mesa_real, cada=0.1) as cambiar:
        cambiar(5)
        oye(oyente, desde + 5)
        cambiar(20)
        mesa_real.matar("web")
        esperar("the stream is open again", lambda: oyente.aperturas == 2)
        oye(oyente, desde + 25)
    assert sanas(oyente.recibidas)
    mesa_real.esperar_lista()


def test_the_client_offline_for_five_seconds(mesa_real: Mesa, pase: Pase) -> None:
    desde = version()
    with Oyente(mesa_real, pase, desde) as oyente, cambiador(mesa_real, cada=0.1) as cambiar:
        cambiar(5)
        oye(oyente, desde + 5)
        cambiar(20)
        oyente.perder_la_linea(5)
        esperar("the stream is open again", lambda: oyente.aperturas == 2)
        oye(oyente, desde + 25)
    assert sanas(oyente.recibidas)


def test_a_change_between_drawing_and_listening_arrives_at_once(
    mesa_real: Mesa, pase: Pase
) -> None:
    dibujada = version()
    cambiar_ya(mesa_real, 3)
    with Oyente(mesa_real, pase, dibujada) as oyente:
        # Sooner than the sign of life that looks for what was missed.
        esperar("the change arrived", lambda: oyente.recibidas == [dibujada + 3], segundos=LATIDO)
