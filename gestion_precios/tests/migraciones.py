"""A migration's own functions, for tests of what they do to the rows there are."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from django.apps import apps


def migracion(app: str, nombre: str) -> Any:
    """The app's migration of this name, whatever its number."""
    carpeta = Path(apps.get_app_config(app).path) / "migrations"
    (archivo,) = carpeta.glob(f"*_{nombre}.py")
    return importlib.import_module(f"{app}.migrations.{archivo.stem}")
