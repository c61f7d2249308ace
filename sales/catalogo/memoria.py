"""What this process remembers of the published catalogue, so that most answers cost no Redis.

A manifest is believed for a second, then compared with Redis again. While Redis is away, what
this process built itself is believed for a minute, or until it sees a change.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sales.catalogo.secciones import FORMAS, Manifiesto

CREER: Final = 1.0
CREER_SIN_REDIS: Final = 60.0
NUNCA: Final = float("-inf")
BYTES_MAXIMOS: Final = 96 * 1024 * 1024


@dataclass(slots=True)
class _Recuerdo:
    manifiesto: Manifiesto
    visto: float


class Memoria:
    """Manifests by branch and sections' forms by content, within a bound of bytes."""

    def __init__(self, bytes_maximos: int = BYTES_MAXIMOS) -> None:
        self._recuerdos: dict[int, _Recuerdo] = {}
        self._secciones: OrderedDict[str, dict[str, bytes]] = OrderedDict()
        self._bytes_maximos = bytes_maximos
        self._candado = threading.Lock()
        self._candados: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)
        self.generacion = 0

    def candado(self, sucursal_id: int) -> threading.Lock:
        """The lock under which one thread looks for, or builds, the branch's catalogue."""
        with self._candado:
            return self._candados[sucursal_id]

    def manifiesto(
        self, sucursal_id: int, ahora: float, *, creer: float = CREER
    ) -> Manifiesto | None:
        """The branch's manifest if seen at most `creer` seconds ago; `ahora` is an epoch."""
        recuerdo = self._recuerdos.get(sucursal_id)
        if recuerdo is None or time.monotonic() - recuerdo.visto > creer:
            return None
        return recuerdo.manifiesto if ahora < recuerdo.manifiesto.vence else None

    def anterior(self, sucursal_id: int) -> Manifiesto | None:
        """The last manifest known, however old."""
        recuerdo = self._recuerdos.get(sucursal_id)
        return recuerdo.manifiesto if recuerdo else None

    def recordar(
        self, sucursal_id: int, manifiesto: Manifiesto, *, generacion: int | None = None
    ) -> None:
        """Remember a manifest; one built from data that changed meanwhile is not believed."""
        al_dia = generacion is None or generacion == self.generacion
        visto = time.monotonic() if al_dia else NUNCA
        self._recuerdos[sucursal_id] = _Recuerdo(manifiesto, visto)

    def olvidar(self) -> None:
        """The data changed: whatever is remembered must be asked for again."""
        self.generacion += 1
        for recuerdo in list(self._recuerdos.values()):
            recuerdo.visto = NUNCA

    def vaciar(self) -> None:
        """Forget everything."""
        self.olvidar()
        self._recuerdos.clear()
        with self._candado:
            self._secciones.clear()

    def forma(self, sha256: str, nombre: str) -> bytes | None:
        """One form of a section, if it is remembered."""
        with self._candado:
            return self._formas(sha256).get(nombre)

    def formas(self, sha256: str) -> dict[str, bytes] | None:
        """All forms of a section, if they are remembered."""
        with self._candado:
            formas = self._formas(sha256)
            return dict(formas) if formas.keys() >= set(FORMAS) else None

    def recordar_formas(self, sha256: str, formas: Mapping[str, bytes]) -> None:
        """Remember forms of a section; sections not asked for lately make room."""
        with self._candado:
            self._secciones[sha256] = {**self._formas(sha256), **formas}
            self._secciones.move_to_end(sha256)
            while len(self._secciones) > 1 and self._bytes() > self._bytes_maximos:
                self._secciones.popitem(last=False)

    def _formas(self, sha256: str) -> dict[str, bytes]:
        if sha256 not in self._secciones:
            return {}
        self._secciones.move_to_end(sha256)
        return self._secciones[sha256]

    def _bytes(self) -> int:
        return sum(len(f) for formas in self._secciones.values() for f in formas.values())


memoria = Memoria()
