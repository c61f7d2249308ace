"""Fixtures of every test: Redis is absent unless a test asks for `redis_servidor`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
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

URL_REAL = os.environ.get("REDIS_URL")
# Nothing listens there: the state in which pages, tests and commands must still work.
SOCKET_MUERTO = "/nonexistent/redis.sock"


@pytest.fixture(scope="session")
def _servidor_redis() -> Iterator[tuple[str, str]]:
    """(broker URL, data URL) of a real server: REDIS_URL's when set, else an embedded one."""
    if URL_REAL:
        partes = urlsplit(URL_REAL)
        yield URL_REAL, urlunsplit(partes._replace(path="/1"))
        return
    with (
        tempfile.TemporaryDirectory(prefix="cp-redis-") as carpeta,
        arrancar(Path(carpeta)) as socket,
    ):
        yield f"redis+socket://{socket}?virtual_host=0", f"unix://{socket}?db=1"


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
def _sin_redis(settings: Settings) -> None:
    """By default Redis is not there."""
    apuntar_redis(
        settings, f"redis+socket://{SOCKET_MUERTO}?virtual_host=0", f"unix://{SOCKET_MUERTO}"
    )


@pytest.fixture(autouse=True)
def claves_rapidas(settings: Settings) -> None:
    """Passwords are hashed by the fastest hasher: the real one takes half a second each."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def redis_servidor(
    _sin_redis: None, settings: Settings, _servidor_redis: tuple[str, str]
) -> redis.Redis:
    """A real, empty Redis that cache, catalogue and broker use; the client of its data base."""
    broker, datos = _servidor_redis
    cliente = redis.Redis.from_url(datos)
    cliente.flushall()
    apuntar_redis(settings, broker, datos)
    return cliente


@pytest.fixture
def base_real(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that threads and other processes share."""
    with en_archivo(tmp_path / "base.sqlite3"):
        yield
