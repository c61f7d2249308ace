"""The catalogue's sections as texts: JSON, content hash, lz-string forms, manifest. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, Literal, Self

import orjson

from core.lz.alphabets import escribir
from core.lz.encoder import codificar

SECCIONES: Final = ("clientes", "articulos", "precios", "canales", "reglas")
Codificacion = Literal["base64", "utf16"]
CODIFICACIONES: Final[tuple[Codificacion, ...]] = ("base64", "utf16")
GZIP: Final = ".gz"
FORMAS: Final = (*CODIFICACIONES, *(nombre + GZIP for nombre in CODIFICACIONES))
LARGO_VERSION: Final = 32
# A gzip member (16) of the largest window (15).
_VENTANA_GZIP: Final = 16 + 15


@dataclass(frozen=True, slots=True)
class Seccion:
    """One section of a branch's `gart`: `texto` is the JSON `{"<nombre>": {…}}`."""

    nombre: str
    texto: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Publicada:
    """What a manifest says of a section: its content hash, and the bytes of its Base64."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifiesto:
    """Which sections make up a branch's catalogue, and until when (epoch) its prices hold.

    `turno` orders rebuilds: of two, the one that began to read later wins.
    """

    version: str
    generado: str
    vence: float
    turno: int
    secciones: dict[str, Publicada]

    def serializar(self) -> bytes:
        """The manifest as it is stored."""
        return orjson.dumps(asdict(self))

    @classmethod
    def leer(cls, guardado: bytes) -> Self:
        """A stored manifest."""
        datos = orjson.loads(guardado)
        partes = {nombre: Publicada(**parte) for nombre, parte in datos["secciones"].items()}
        return cls(**(datos | {"secciones": partes}))


def armar(nombre: str, contenido: Mapping[Any, Any]) -> Seccion:
    """Write a section's JSON and hash it."""
    texto = orjson.dumps({nombre: contenido}, option=orjson.OPT_NON_STR_KEYS)
    return Seccion(nombre, texto, sha256(texto).hexdigest())


def version_de(secciones: Iterable[Seccion]) -> str:
    """The catalogue's version: another content, another version; the same content, the same."""
    lineas = sorted(f"{seccion.nombre}:{seccion.sha256}\n" for seccion in secciones)
    return sha256("".join(lineas).encode()).hexdigest()[:LARGO_VERSION]


def etiqueta(contenido: str, variante: str) -> str:
    """The ETag of one variant of a content: weak, since gzip may wrap the same bytes."""
    return f'W/"{contenido}{"-" + variante if variante else ""}"'


def comprimir_formas(texto: bytes) -> dict[str, bytes]:
    """The forms a section is served in: encoded once, spelt twice, each as it is and gzipped.

    UTF-16 is little-endian and without a mark, as browsers decode "utf-16le". Gzip takes a
    quarter off Base64 and 2 % off UTF-16; kept ready, it costs no request anything.
    """
    flujo = codificar(texto.decode())
    formas = {
        "base64": escribir(*flujo, "base64").encode("ascii"),
        "utf16": escribir(*flujo, "utf16").encode("utf-16-le"),
    }
    return formas | {nombre + GZIP: _gzip(forma) for nombre, forma in formas.items()}


def _gzip(datos: bytes) -> bytes:
    # lz-string leaves no repetition to find: only the uneven use of bytes is left to save.
    compresor = zlib.compressobj(9, zlib.DEFLATED, _VENTANA_GZIP, 9, zlib.Z_HUFFMAN_ONLY)
    return compresor.compress(datos) + compresor.flush()
