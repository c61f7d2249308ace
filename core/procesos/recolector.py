"""Python's cycle collector, out of the way of work that makes many objects and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sin_recolector() -> Iterator[None]:
    """Do not look for cycles meanwhile; what is no longer used goes away all the same.

    Each full collection walks every object alive, a lote's hundreds of thousands among them.
    """
    estaba = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if estaba:
            gc.enable()
