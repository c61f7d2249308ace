"""A pytest plugin loaded before Django's settings: tests live in a data folder of their own.

Where tests run in several processes, each has its own: folder, database (pytest-django's), Redis.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit, urlunsplit

# Of Redis' databases each process takes two: the queue's, and that of cache and catalogue.
BASES_POR_PROCESO = 2


def numero_de_proceso() -> int:
    """Which of the processes that share the tests this is, from 0 on."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def redis_propio(url: str, numero: int) -> str:
    """The same server's address with the first of this process's databases."""
    partes = urlsplit(url)
    base = int(partes.path.strip("/") or 0) + BASES_POR_PROCESO * numero
    return urlunsplit(partes._replace(path=f"/{base}"))


CARPETA = tempfile.mkdtemp(prefix="cp-pruebas-")
os.environ["DATA_DIR"] = CARPETA
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = redis_propio(os.environ["REDIS_URL"], numero_de_proceso())
os.environ.pop("SENTRY_DSN", None)
atexit.register(shutil.rmtree, CARPETA, ignore_errors=True)
