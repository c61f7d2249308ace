"""Everything a command needs before it runs; each step is done once per content."""

from __future__ import annotations

from taller import node, python, recursos
from taller.base import PYTHON, RAIZ, exigir


def instalar(*, pruebas: bool) -> None:
    """Environment, packages, browser assets, translations; with `pruebas`, the test tools."""
    python.asegurar_venv()
    python.instalar("base", *(["dev"] if pruebas else []))
    node.instalar_paquetes(pruebas=pruebas)
    if pruebas:
        node.asegurar_node()
    recursos.preparar()
    if _hay_traducciones_nuevas():
        exigir(
            [PYTHON, "-m", "core.texto.traducciones"], "Las traducciones no pudieron compilarse."
        )


def _hay_traducciones_nuevas() -> bool:
    for origen in (RAIZ / "locale").rglob("*.po"):
        destino = origen.with_suffix(".mo")
        if not destino.exists() or destino.stat().st_mtime < origen.stat().st_mtime:
            return True
    return False
