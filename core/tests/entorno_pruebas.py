"""A pytest plugin loaded before Django's settings: tests live in a data folder of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

CARPETA = tempfile.mkdtemp(prefix="cp-pruebas-")
os.environ["DATA_DIR"] = CARPETA
os.environ.pop("SENTRY_DSN", None)
atexit.register(shutil.rmtree, CARPETA, ignore_errors=True)
