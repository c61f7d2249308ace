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

from core.tests.e2e.mesa import ALIAS, RAIZ, Mesa, esperar
from core.tests.e2e.oyente import Oyente
from realtime.models import VersionTablero

# A board of nobody's, so that other tests' orders are no news here.
CLAVE = 987_654
BOLETO = f"from realtime.boletos import emitir_boleto; print(emitir_boleto(1, [{CLAVE}]))"
CAMBIAR = f"""
import sys, time
from django.db import transaction
from realtime.tablero import avanzar
cuantos, espera = int(sys.argv[1]), float(sys.argv[2])
for _ in range(cuantos):
    with transaction.atomic():
        avanzar({CLAVE})
    time.sleep(espera)
"""
INICIO = "import django; django.setup()\n"


def version() -> int:
    fila = VersionTablero.objects.using(ALIAS).filter(clave=CLAVE).first()
    return fila.version if fila else 0


@pytest.fixture
def boleto(mesa_real: Mesa) -> str:
    return mesa_real.ejecutar(BOLETO).strip()


@contextmanager
def cambios(mesa: Mesa, cuantos: int, cada: float) -> Iterator[Callable[[], int]]:
    """Another process changes the board again and again; waits for its end."""
    guion = INICIO + CAMBIAR
    entorno = mesa.entorno | {"DJANGO_SETTINGS_MODULE": "core.settings"}
    orden = [sys.executable, "-c", guion, str(cuantos), str(cada)]
    proceso = subprocess.Popen(orden, cwd=RAIZ, env=entorno)
    try:
        yield version
    finally:
        assert proceso.wait(120) == 0


def sanas(recibidas: list[int]) -> bool:
    """Each newer than the one before: none twice, none out of order."""
    return all(antes < despues for antes, despues in pairwise(recibidas))


def _al_dia(oyente: Oyente) -> bool:
    return bool(oyente.recibidas) and oyente.recibidas[-1] == version()


def _cliente(mesa: Mesa) -> redis.Redis:
    """The desk's Redis, by socket or by port."""
    if "REDIS_URL" in mesa.entorno:
        return redis.Redis.from_url(mesa.entorno["REDIS_URL"])
    zocalo = mesa.ejecutar("from django.conf import settings; print(settings.DATOS_REDIS_URL)")
    return redis.Redis.from_url(zocalo.strip())


def test_every_change_arrives_once_and_in_order(mesa_real: Mesa, boleto: str) -> None:
    with cambios(mesa_real, 1, 0):
        pass
    desde = version()
    with Oyente(mesa_real, boleto, desde) as oyente:
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        with cambios(mesa_real, 40, 0.05):
            pass
        esperar("the last change arrived", lambda: _al_dia(oyente))
    assert oyente.recibidas == list(range(desde + 1, desde + 41))


def test_redis_connections_killed(mesa_real: Mesa, boleto: str) -> None:
    with Oyente(mesa_real, boleto, version()) as oyente:
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        with _cliente(mesa_real) as servidor, cambios(mesa_real, 40, 0.1):
            for _ in range(4):
                time.sleep(0.8)
                servidor.client_kill_filter(_type="normal", skipme=True)
        esperar("the last change arrived", lambda: _al_dia(oyente))
    assert oyente.aperturas == 1
    assert sanas(oyente.recibidas)


def test_redis_down_for_six_seconds(mesa_real: Mesa, boleto: str) -> None:
    with Oyente(mesa_real, boleto, version()) as oyente:
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        try:
            with cambios(mesa_real, 40, 0.2):
                time.sleep(1)
                mesa_real.parar("redis")
                time.sleep(6)
                # Without Redis the news come all the same, a little later.
                esperar("news without Redis", lambda: bool(oyente.recibidas))
        finally:
            mesa_real.arrancar("redis")
        esperar("the last change arrived", lambda: _al_dia(oyente))
        mesa_real.esperar_lista()
    assert oyente.aperturas == 1
    assert sanas(oyente.recibidas)


def test_the_web_process_killed_and_started_again(mesa_real: Mesa, boleto: str) -> None:
    with Oyente(mesa_real, boleto, version()) as oyente:
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        with cambios(mesa_real, 30, 0.1):
            time.sleep(1)
            mesa_real.matar("web")
        esperar("the stream is open again", lambda: oyente.aperturas == 2)
        esperar("the last change arrived", lambda: _al_dia(oyente))
    assert sanas(oyente.recibidas)
    mesa_real.esperar_lista()


def test_the_client_offline_for_five_seconds(mesa_real: Mesa, boleto: str) -> None:
    with Oyente(mesa_real, boleto, version()) as oyente:
        esperar("the stream is open", lambda: oyente.aperturas == 1)
        with cambios(mesa_real, 30, 0.1):
            time.sleep(0.5)
            oyente.perder_la_linea(5)
        esperar("the stream is open again", lambda: oyente.aperturas == 2)
        esperar("the last change arrived", lambda: _al_dia(oyente))
    assert sanas(oyente.recibidas)


def test_a_change_between_drawing_and_listening_arrives_at_once(
    mesa_real: Mesa, boleto: str
) -> None:
    dibujada = version()
    with cambios(mesa_real, 3, 0):
        pass
    with Oyente(mesa_real, boleto, dibujada) as oyente:
        esperar("the change arrived", lambda: oyente.recibidas == [dibujada + 3], segundos=5)
