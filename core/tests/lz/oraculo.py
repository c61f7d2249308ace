"""JavaScript's lz-string, in one Node process that answers line by line."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from core.lz import Codificacion
from core.tests.node import ruta_node

_GUION = Path(__file__).with_name("oraculo.mjs")


class Oraculo:
    """A context manager around the Node process."""

    def __init__(self) -> None:
        self._proceso = subprocess.Popen(
            [ruta_node(), str(_GUION)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, tipo: type[BaseException] | None, error: BaseException | None, t: TracebackType | None
    ) -> None:
        self._proceso.communicate()

    def comprimir(self, textos: Sequence[str], codificacion: Codificacion) -> list[str]:
        """What JavaScript compresses `textos` to."""
        return self._textos("comprimir", textos, codificacion)

    def descomprimir(self, textos: Sequence[str], codificacion: Codificacion) -> list[str | None]:
        """What JavaScript inflates `textos` to: "" and None are its ways of failing."""
        return self._textos("descomprimir", textos, codificacion)

    def medir(self, texto: str, codificacion: Codificacion, vueltas: int) -> dict[str, float]:
        """The best time in seconds of each direction."""
        pedido = {"op": "medir", "codificacion": codificacion, "vueltas": vueltas, "texto": texto}
        return self._preguntar(pedido)

    def _textos(self, op: str, textos: Sequence[str], codificacion: Codificacion) -> list[Any]:
        pedido = {"op": op, "codificacion": codificacion, "textos": list(textos)}
        respuesta: list[Any] = self._preguntar(pedido)["textos"]
        return respuesta

    def _preguntar(self, pedido: dict[str, Any]) -> dict[str, Any]:
        entrada, salida = self._proceso.stdin, self._proceso.stdout
        assert entrada is not None
        assert salida is not None
        # ASCII with escapes: the only spelling in which lone surrogates survive the pipe.
        entrada.write(json.dumps(pedido) + "\n")
        entrada.flush()
        linea = salida.readline()
        if not linea:
            raise RuntimeError("The Node oracle died: is lz-string installed (npm ci)?")
        respuesta: dict[str, Any] = json.loads(linea)
        return respuesta
