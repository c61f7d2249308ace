"""Compiles the translations (locale/**/*.po) without gettext installed."""

from __future__ import annotations

from pathlib import Path

import polib


def compilar(carpeta: Path) -> list[Path]:
    """Write the .mo beside every .po that is newer than it; return the files written."""
    escritos = []
    for origen in sorted(carpeta.rglob("*.po")):
        destino = origen.with_suffix(".mo")
        if destino.exists() and destino.stat().st_mtime >= origen.stat().st_mtime:
            continue
        polib.pofile(str(origen)).save_as_mofile(str(destino))
        escritos.append(destino)
    return escritos


if __name__ == "__main__":
    compilar(Path(__file__).resolve().parents[2] / "locale")
