"""The zip around a workbook: measured before anything of it is inflated."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from gestion_precios.planillas.lectura.limites import PARTES_MAXIMAS, Rechazo

TROZO = 64 * 1024
_ENTRADA = b"PK\x01\x02"
_CABECERA = 30
_CIFRADA = 0x1


class Envoltura:
    """The parts of a workbook, each read at most once and in pieces."""

    def __init__(self, contenido: bytes, inflado: int) -> None:
        # Counted by its signatures: listing them makes an object of each.
        if contenido.count(_ENTRADA) > 2 * PARTES_MAXIMAS:
            raise Rechazo("inflado")
        self._zip = zipfile.ZipFile(io.BytesIO(contenido))
        partes = self._zip.infolist()
        if len(partes) > PARTES_MAXIMAS:
            raise Rechazo("inflado")
        # A member never gives more than it declares: `zipfile` cuts it there.
        if sum(parte.file_size for parte in partes) > inflado:
            raise Rechazo("inflado")
        _exigir_sanas(partes)
        self._pendientes = {parte.filename.casefold(): parte for parte in partes}
        if len(self._pendientes) < len(partes):
            raise Rechazo("danado")

    def __contains__(self, nombre: str) -> bool:
        return nombre.casefold() in self._pendientes

    def trozos(self, nombre: str) -> Iterator[bytes]:
        """A part's content; KeyError when there is none, or it was read already."""
        with self._zip.open(self._pendientes.pop(nombre.casefold())) as parte:
            while trozo := parte.read(TROZO):
                yield trozo

    def comprobar_el_resto(self) -> None:
        """Every part that was not read is what it declares; BadZipFile when it is not."""
        for nombre in list(self._pendientes):
            for _trozo in self.trozos(nombre):
                pass


def _exigir_sanas(partes: list[zipfile.ZipInfo]) -> None:
    """Stored or deflated, not encrypted, each in a place of its own."""
    fin = 0
    for parte in sorted(partes, key=lambda parte: parte.header_offset):
        if parte.flag_bits & _CIFRADA:
            raise Rechazo("contrasena")
        metodo_raro = parte.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if metodo_raro or parte.header_offset < fin:
            raise Rechazo("danado")
        fin = parte.header_offset + _CABECERA + parte.compress_size
