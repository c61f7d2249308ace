"""Whether this installation has the demo's life in it: what the pages' ribbon asks, query-free."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

CARGADA, BORRADA = "cargada", "borrada"


def hay_demo() -> bool:
    """Whether the database in use was filled with the demo's life; never in produccion."""
    return not settings.PRODUCCION and _archivo(CARGADA).exists()


def demo_borrada() -> bool:
    """Whether somebody took the demo away from it: then it does not come back by itself."""
    return _archivo(BORRADA).exists()


def anotar_demo() -> None:
    """Note that it was filled."""
    _archivo(CARGADA).touch()
    _archivo(BORRADA).unlink(missing_ok=True)


def olvidar_demo() -> None:
    """Note that it is gone."""
    _archivo(CARGADA).unlink(missing_ok=True)
    _archivo(BORRADA).touch()


def _archivo(que: str) -> Path:
    """A file of this database's own: another database of the same folder has another."""
    base = settings.DATABASES["default"]
    nombre = f"{base.get('HOST')}:{base.get('PORT')}/{base.get('NAME')}"
    huella = hashlib.sha256(nombre.encode()).hexdigest()[:12]
    return Path(settings.DATA_DIR) / f"demo-{que}-{huella}"
