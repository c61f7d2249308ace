"""Fixtures of every test: Redis is absent unless a test asks for `redis_servidor`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.core.cache import caches
from kombu import pools
from pytest_django import Settings

from core.celery import app
from core.datos import cola
from core.procesos.redis_embebido import arrancar
from core.tests.base_real import en_archivo
from core.tests.corrida.compartir import CLAVES_RAPIDAS, compartir
from core.web.demostracion import suponer_sin_demo

# Fixtures that other modules define.
__all__ = ["compartir"]
URL_REAL = os.environ.get("REDIS_URL")
# Nothing listens there: the state in which pages, tests and commands must still work.
SOCKET_MUERTO = "/nonexistent/redis.sock"


class ServidorDePruebas(NamedTuple):
    """A real server: what Celery calls its queue's database, and redis-py both of them."""

    broker: str
    cola: str
    datos: str


@pytest.fixture(scope="session")
def _servidor_redis() -> Iterator[ServidorDePruebas]:
    """This process's databases of REDIS_URL's server when that is set, else an embedded one."""
    if URL_REAL:
        datos = urlsplit(URL_REAL)
        siguiente = int(datos.path.strip("/")) + 1
        yield ServidorDePruebas(
            URL_REAL, URL_REAL, urlunsplit(datos._replace(path=f"/{siguiente}"))
        )
        return
    with (
        tempfile.TemporaryDirectory(prefix="cp-redis-") as carpeta,
        arrancar(Path(carpeta)) as socket,
    ):
        yield ServidorDePruebas(
            f"redis+socket://{socket}?virtual_host=0",
            f"unix://{socket}?db=0",
            f"unix://{socket}?db=1",
        )


def apuntar_redis(settings: Settings, broker: str, datos: str) -> None:
    settings.DATOS_REDIS_URL = datos
    por_defecto = settings.CACHES["default"]
    settings.CACHES = {"default": por_defecto | {"LOCATION": datos}}
    if hasattr(caches._connections, "default"):  # type: ignore[attr-defined]  # Django's own
        del caches["default"]
    claves = ("broker_url", "broker_write_url", "broker_read_url")
    app.conf.update(dict.fromkeys(claves, broker))
    pools.reset()
    vars(app)["_pool"] = None  # both are made again, from the new address
    vars(app.amqp)["_producer_pool"] = None
    cola.corte.cerrar()


@pytest.fixture(autouse=True)
def _sin_demo() -> None:
    """What a process remembers of one test's database is nothing of the next one's."""
    suponer_sin_demo()


@pytest.fixture(autouse=True)
def _sin_redis(settings: Settings) -> None:
    """By default Redis is not there."""
    apuntar_redis(
        settings, f"redis+socket://{SOCKET_MUERTO}?virtual_host=0", f"unix://{SOCKET_MUERTO}"
    )


@pytest.fixture(autouse=True)
def claves_rapidas(settings: Settings) -> None:
    """Passwords are hashed by the fastest hasher: the real one takes half a second each."""
    settings.PASSWORD_HASHERS = CLAVES_RAPIDAS


@pytest.fixture
def redis_servidor(
    _sin_redis: None, settings: Settings, _servidor_redis: ServidorDePruebas
) -> redis.Redis:
    """A real, empty Redis that cache, catalogue and broker use; the client of its data base."""
    # No more than these: the server may have others' databases too.
    for url in (_servidor_redis.cola, _servidor_redis.datos):
        with redis.Redis.from_url(url) as cliente:
            cliente.flushdb()
    apuntar_redis(settings, _servidor_redis.broker, _servidor_redis.datos)
    return redis.Redis.from_url(_servidor_redis.datos)


@pytest.fixture
def base_real(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that threads and other processes share."""
    with en_archivo(tmp_path / "base.sqlite3"):
        yield
