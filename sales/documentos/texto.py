"""An order as plain text: for WhatsApp, the clipboard and the body of an e-mail."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sales.documentos.contenido import Contenido, LineaImpresa

# An address of WhatsApp that is longer is refused by some phones.
LINEAS_EN_ENLACE: Final = 25
LARGO_DE_ENLACE: Final = 4_000
ENLACE: Final = "https://wa.me/?text="


def texto_de(contenido: Contenido, lineas: int | None = None) -> str:
    """The document in lines of text; of its own lines, the first so many where told."""
    partes = [" · ".join(p for p in (contenido.titulo, contenido.empresa, contenido.sucursal) if p)]
    partes += contenido.avisos
    partes += [f"{contenido.cliente} · {contenido.tributario}"]
    partes += [f"{rotulo}: {valor}" for rotulo, valor in contenido.datos[:1]]
    partes += ["", *_lineas(contenido, lineas), ""]
    partes += [f"{rotulo}: {monto}" for rotulo, monto in contenido.desglose]
    partes += [_("Total: %(total)s") % {"total": contenido.total}]
    if contenido.observacion:
        partes += [_("Observación: %(texto)s") % {"texto": contenido.observacion}]
    if contenido.recibo:
        partes += [_("Recibo: %(huella)s") % {"huella": contenido.recibo_corto}]
    return "\n".join(partes)


def enlace_de_whatsapp(contenido: Contenido) -> str:
    """The address that opens WhatsApp with the text written; of a long order, its beginning."""
    cuantas = min(len(contenido.lineas), LINEAS_EN_ENLACE)
    enlace = _enlace(contenido, cuantas)
    while len(enlace) > LARGO_DE_ENLACE and cuantas:
        cuantas //= 2
        enlace = _enlace(contenido, cuantas)
    return enlace


def _enlace(contenido: Contenido, lineas: int) -> str:
    return ENLACE + quote(texto_de(contenido, lineas), safe="")


def _lineas(contenido: Contenido, cuantas: int | None) -> list[str]:
    elegidas = contenido.lineas if cuantas is None else contenido.lineas[:cuantas]
    faltan = len(contenido.lineas) - len(elegidas)
    escritas = [_linea(linea) for linea in elegidas]
    if not faltan:
        return escritas
    frase = ngettext("… y %(n)s línea más", "… y %(n)s líneas más", faltan)
    return [*escritas, frase % {"n": faltan}]


def _linea(linea: LineaImpresa) -> str:
    texto = f"{linea.cantidad} × {linea.articulo} ({linea.codigo}): {linea.precio} = {linea.total}"
    return f"{texto} · {linea.anulada}" if linea.anulada else texto
