"""The Redis database that holds the catalogue and the cache: one pool a process, short waits."""

from __future__ import annotations

import os
from functools import lru_cache

import redis
from django.conf import settings


def cliente() -> redis.Redis:
    """A client of the catalogue's database (bytes in and out); commands raise RedisError."""
    return _cliente(settings.DATOS_REDIS_URL, os.getpid())


@lru_cache(maxsize=4)
def _cliente(url: str, _proceso: int) -> redis.Redis:
    # A pool per process: sockets do not survive a fork.
    return redis.Redis.from_url(
        url,
        socket_timeout=settings.REDIS_ESPERA,
        socket_connect_timeout=settings.REDIS_ESPERA,
        health_check_interval=15,
    )
