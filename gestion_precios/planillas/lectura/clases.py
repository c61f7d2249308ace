"""What a file is that is no spreadsheet we read, by what it holds and whatever its name says.

Each kind has a sentence of its own in gestion_precios/planillas/rechazos.py: what to do differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gestion_precios.planillas.lectura.limites import Rechazo

if TYPE_CHECKING:
    from gestion_precios.planillas.lectura.envoltura import Envoltura

# Around old documents of Office, and around a new one with a password.
_OLE: Final = b"\xd0\xcf\x11\xe0"
_DE_OLE: Final = (("EncryptedPackage", "contrasena"), ("Workbook", "xls"), ("Book", "xls"))
_EMPIEZAN: Final = {
    b"%PDF": "pdf",
    b"\x89PNG": "imagen",
    b"\xff\xd8\xff": "imagen",
    b"GIF8": "imagen",
    b"RIFF": "imagen",
    b"II*\0": "imagen",
    b"MM\0*": "imagen",
    b"{\\rtf": "documento",
    b"\x1f\x8b": "comprimido",
    b"7z\xbc\xaf": "comprimido",
    b"Rar!\x1a": "comprimido",
    b"mime-version:": "pagina",
}
# As programs of other people write a table and call it .xls.
_DE_PAGINA: Final = (b"<!doctype", b"<html", b"<head", b"<meta", b"<style", b"<body", b"<table")
_DE_XML: Final = b"<?xml"
_COMIENZO: Final = 1_024
# Of a zip's parts, or of the beginning of their names.
_PARTES: Final = {
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "documento",
    "ppt/presentation.xml": "documento",
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
}
# The first part of an OpenDocument, stored, says what it is.
_TIPO: Final = b"mimetypeapplication/vnd.oasis.opendocument."
_DE_TIPO: Final = b"spreadsheet"
_CABECERA: Final = 30


def exigir_legible(contenido: bytes) -> None:
    """Raise Rechazo for what is neither a zip nor text that may be a CSV."""
    if contenido.startswith(_OLE):
        raise Rechazo(_de_ole(contenido))
    comienzo = contenido[:_COMIENZO].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for firma, clase in _EMPIEZAN.items():
        if comienzo.startswith(firma.lower()):
            raise Rechazo(clase)
    if comienzo.startswith(_DE_PAGINA):
        raise Rechazo("pagina")
    if comienzo.startswith(_DE_XML):
        raise Rechazo("pagina" if b"<html" in comienzo else "xml")


def exigir_libro(contenido: bytes, partes: Envoltura) -> None:
    """Raise Rechazo for a zip that is something else than a workbook."""
    if contenido.startswith(_TIPO, _CABECERA):
        es_planilla = contenido.startswith(_DE_TIPO, _CABECERA + len(_TIPO))
        raise Rechazo("ods" if es_planilla else "documento")
    for parte, clase in _PARTES.items():
        if parte in partes:
            raise Rechazo(clase)
    if "[Content_Types].xml" not in partes and "xl/workbook.xml" not in partes:
        raise Rechazo("comprimido")


def _de_ole(contenido: bytes) -> str:
    for nombre, clase in _DE_OLE:
        if nombre.encode("utf-16-le") in contenido:
            return clase
    return "documento"
