"""Django's Redis cache that fails open: without Redis every read misses, no write complains."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

registro = logging.getLogger(__name__)


def _tolerante(nombre: str, si_falla: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, nombre)

    @wraps(original)
    def metodo(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(self, *args, **kwargs)
        except RedisError as error:
            registro.warning("cache_sin_redis", extra={"operacion": nombre, "error": repr(error)})
            return si_falla(*args, **kwargs)

    return metodo


def _defecto(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


class CacheTolerante(RedisCache):
    """A cache is a convenience: its absence may cost time, never an answer."""

    add = _tolerante("add", lambda *a, **k: True)
    get = _tolerante("get", _defecto)
    set = _tolerante("set", lambda *a, **k: None)
    touch = _tolerante("touch", lambda *a, **k: False)
    delete = _tolerante("delete", lambda *a, **k: False)
    get_many = _tolerante("get_many", lambda *a, **k: {})
    has_key = _tolerante("has_key", lambda *a, **k: False)
    incr = _tolerante("incr", lambda key, delta=1, version=None: delta)
    set_many = _tolerante("set_many", lambda data, *a, **k: list(data))
    delete_many = _tolerante("delete_many", lambda *a, **k: None)
    clear = _tolerante("clear", lambda *a, **k: False)
