"""The codec against the PyPI package and JavaScript: `python -m core.benchmarks.lz`.

Absolute figures belong to the machine; the ratios, all of one run, are the goals.
"""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Final, NamedTuple

from lzstring import LZString

from core.benchmarks.lz_textos import catalogo, lote
from core.lz import LzError, comprimir, descomprimir
from core.tests.lz.oraculo import Oraculo

VUELTAS: Final = 5
BOMBA_MS: Final = 50.0
# (direction, rival, times as fast as it)
METAS: Final = (
    ("inflate", "PyPI lzstring", 35.0),
    ("inflate", "JavaScript", 1.5),
    ("compress", "PyPI lzstring", 2.0),
    ("compress", "JavaScript", 1.5),
)


class Velocidad(NamedTuple):
    """Millions of characters of the inflated text per second."""

    inflate: float
    compress: float


def main() -> int:
    """Measure, print the table; 0 if every goal is met."""
    cumple = True
    with Oraculo() as oraculo:
        for nombre, texto in (("catalogue", catalogo()), ("lote", lote())):
            cumple &= _informar(nombre, texto, _medir(texto, oraculo))
    cumple &= _bomba()
    return 0 if cumple else 1


def _medir(texto: str, oraculo: Oraculo) -> dict[str, Velocidad]:
    """Ours before and after the rivals, so that a machine busy for a while is busy for all."""
    comprimido = comprimir(texto)
    utf16 = comprimir(texto, "utf16")
    if descomprimir(comprimido) != texto or oraculo.comprimir([texto], "base64") != [comprimido]:
        raise AssertionError("not byte-equal to JavaScript")

    def nuestra() -> Velocidad:
        return Velocidad(
            _ritmo(texto, VUELTAS, lambda: descomprimir(comprimido)),
            _ritmo(texto, 2, lambda: comprimir(texto)),
        )

    def nuestra_utf16() -> Velocidad:
        return Velocidad(
            _ritmo(texto, VUELTAS, lambda: descomprimir(utf16, "utf16")),
            _ritmo(texto, 1, lambda: comprimir(texto, "utf16")),
        )

    antes = nuestra()
    pypi = Velocidad(
        _ritmo(texto, 1, lambda: LZString.decompressFromBase64(comprimido)),
        _ritmo(texto, 1, lambda: LZString.compressToBase64(texto)),
    )
    tiempos = oraculo.medir(texto, "base64", VUELTAS)
    javascript = Velocidad(
        len(texto) / tiempos["descomprimir"] / 1e6, len(texto) / tiempos["comprimir"] / 1e6
    )
    return {
        "core.lz": Velocidad(*map(max, antes, nuestra())),
        "core.lz, utf16": nuestra_utf16(),
        "PyPI lzstring": pypi,
        "JavaScript": javascript,
    }


def _ritmo(texto: str, vueltas: int, tarea: Callable[[], object]) -> float:
    """The best of some rounds."""
    mejor = float("inf")
    for _ in range(vueltas):
        inicio = perf_counter()
        tarea()
        mejor = min(mejor, perf_counter() - inicio)
    return len(texto) / mejor / 1e6


def _informar(nombre: str, texto: str, velocidades: dict[str, Velocidad]) -> bool:
    print(
        f"\n{nombre}: {len(texto) / 1e6:.1f} M characters, {len(comprimir(texto, 'utf16')):,}"
        " as UTF-16"
    )
    print(f"{'MB/s':18}{'inflate':>10}{'compress':>10}")
    for quien, velocidad in velocidades.items():
        print(f"{quien:18}{velocidad.inflate:10.1f}{velocidad.compress:10.1f}")
    cumple = True
    for sentido, rival, meta in METAS:
        razon = getattr(velocidades["core.lz"], sentido) / getattr(velocidades[rival], sentido)
        cumple &= razon >= meta
        print(f"{sentido:9} {razon:6.1f} x {rival:14} goal {meta:4} {_cumplido(razon >= meta)}")
    return cumple


def _bomba() -> bool:
    """How long it takes to refuse 70 million characters in 25 KB."""
    bomba = comprimir("A" * 70_000_000)
    mejor = float("inf")
    for _ in range(VUELTAS):
        inicio = perf_counter()
        try:
            descomprimir(bomba)
        except LzError:
            mejor = min(mejor, (perf_counter() - inicio) * 1000)
    print(f"\nbomb refused in {mejor:.1f} ms, goal {BOMBA_MS:.0f} {_cumplido(mejor <= BOMBA_MS)}")
    return mejor <= BOMBA_MS


def _cumplido(cumple: bool) -> str:
    return "ok" if cumple else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
