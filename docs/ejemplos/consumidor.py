"""Follows the feed of changes (docs/cambios.md): Python's standard library, nothing else.

    TOKEN=… python consumidor.py https://pedidos.example cursor.json hechos.jsonl

Each change becomes one line of `hechos.jsonl`, whatever interrupts it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

PLAZO = 30


def pedir(servidor: str, token: str, desde: int) -> dict[str, Any]:
    """A page of the feed."""
    url = f"{servidor}/api/pedidos/cambios/?desde={desde}&limite=500"
    pedido = Request(url, headers={"Authorization": f"Token {token}"})  # noqa: S310 — ours
    with urlopen(pedido, timeout=PLAZO) as respuesta:  # noqa: S310 — the same
        hoja: dict[str, Any] = json.load(respuesta)
    return hoja


def leer_cursor(archivo: Path) -> int:
    """Where the last run ended; 0 when there was none."""
    return int(json.loads(archivo.read_text())["desde"]) if archivo.exists() else 0


def guardar_cursor(archivo: Path, desde: int) -> None:
    """Replace the file in one piece: it is never half written."""
    nuevo = archivo.with_suffix(".nuevo")
    nuevo.write_text(json.dumps({"desde": desde}))
    nuevo.replace(archivo)


def ultima_hecha(hechos: Path) -> int:
    """The last change that was applied; half a line, of a run that was killed, is cut off."""
    if not hechos.exists():
        return 0
    enteras = [ln for ln in hechos.read_bytes().splitlines(keepends=True) if ln.endswith(b"\n")]
    with hechos.open("r+b") as archivo:
        archivo.truncate(sum(map(len, enteras)))
    return int(json.loads(enteras[-1])["posicion"]) if enteras else 0


def aplicar(hechos: Path, cambio: dict[str, Any]) -> None:
    """Here an ERP would load the order."""
    linea = {nombre: cambio[nombre] for nombre in ("posicion", "tipo", "pedido_numero")}
    with hechos.open("a", encoding="utf-8") as archivo:
        archivo.write(json.dumps(linea) + "\n")


def seguir(servidor: str, token: str, cursor: Path, hechos: Path) -> int:
    """Apply what is new, once each; how many changes there were."""
    hecha, nuevos, hay_mas = ultima_hecha(hechos), 0, True
    while hay_mas:
        hoja = pedir(servidor, token, leer_cursor(cursor))
        for cambio in hoja["cambios"]:
            if cambio["posicion"] > hecha:
                aplicar(hechos, cambio)
                nuevos += 1
        guardar_cursor(cursor, hoja["siguiente"])
        hay_mas = hoja["hay_mas"]
    return nuevos


if __name__ == "__main__":
    servidor, cursor, hechos = sys.argv[1:]
    cuantos = seguir(servidor.rstrip("/"), os.environ["TOKEN"], Path(cursor), Path(hechos))
    sys.stdout.write(f"{cuantos}\n")
