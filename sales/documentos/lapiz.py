"""What draws on a PDF's pages, from the top down, in points."""

from __future__ import annotations

from io import BytesIO
from typing import Final, NamedTuple

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from sales.documentos.letra import Letra, ancho, imprimible, que_quepa

# Streams are binary as they are: half the time, and a fifth less to send.
rl_config.useA85 = 0
MM: Final = 72 / 25.4
NEGRO: Final = 0.0
GRIS: Final = 0.35
TENUE: Final = 0.9


class Trazo(NamedTuple):
    """A line's width, tone and dashes."""

    grueso: float
    tono: float = NEGRO
    guiones: bool = False


FINO: Final = Trazo(0.5)
GRUESO: Final = Trazo(1)
ENTRE_FILAS: Final = Trazo(0.4, tono=0.7)
GUIONES: Final = Trazo(0.5, guiones=True)


class Lapiz:
    """A file that is drawn page by page; `y` is the distance from the page's top."""

    def __init__(self, titulo: str, autor: str) -> None:
        self._archivo = BytesIO()
        # The same orders give the same bytes: no dates of the file's own.
        self._lienzo = Canvas(self._archivo, pageCompression=1, invariant=1)
        self._lienzo.setTitle(imprimible(titulo))
        self._lienzo.setAuthor(imprimible(autor))
        self._lienzo.setCreator("Carga Pedidos")
        self._alto = 0.0

    def abrir(self, ancho_hoja: float, alto: float) -> None:
        """Begin a page of this size."""
        self._alto = alto
        self._lienzo.setPageSize((ancho_hoja, alto))

    def cerrar(self) -> None:
        """End the page."""
        self._lienzo.showPage()

    def terminar(self) -> bytes:
        """The file."""
        self._lienzo.save()
        return self._archivo.getvalue()

    def texto(self, x: float, y: float, texto: str, letra: Letra, tono: float = NEGRO) -> None:
        """Text that begins at x."""
        self._lienzo.setFillGray(tono)
        self._lienzo.setFont(letra.fuente, letra.cuerpo)
        self._lienzo.drawString(x, self._alto - y, imprimible(texto))

    def derecha(
        self, x: float, y: float, texto: str, letra: Letra, *, espacio: float, tono: float = NEGRO
    ) -> None:
        """Text that ends at x and takes this much room at most."""
        texto = imprimible(texto)
        letra = que_quepa(texto, letra, espacio)
        self.texto(x - ancho(texto, letra), y, texto, letra, tono)

    def centro(self, x: float, y: float, texto: str, letra: Letra, tono: float = NEGRO) -> None:
        """Text with its middle at x."""
        texto = imprimible(texto)
        self.texto(x - ancho(texto, letra) / 2, y, texto, letra, tono)

    def parrafo(self, x: float, y: float, lineas: list[str], letra: Letra) -> float:
        """Lines one under the other; where the next would begin."""
        for linea in lineas:
            self.texto(x, y, linea, letra)
            y += letra.interlinea
        return y

    def raya(self, x1: float, x2: float, y: float, trazo: Trazo = FINO) -> None:
        """A line across."""
        self._lienzo.setStrokeGray(trazo.tono)
        self._lienzo.setLineWidth(trazo.grueso)
        self._lienzo.setDash(*((2, 2) if trazo.guiones else ()))
        self._lienzo.line(x1, self._alto - y, x2, self._alto - y)

    def marco(self, x: float, y: float, ancho_marco: float, alto: float) -> None:
        """An empty box whose top is at y."""
        self._lienzo.setStrokeGray(NEGRO)
        self._lienzo.setLineWidth(1)
        self._lienzo.setDash()
        self._lienzo.rect(x, self._alto - y - alto, ancho_marco, alto)

    def fondo(self, x: float, y: float, palabra: str, letra: Letra) -> None:
        """A pale word across the page, which what is drawn later covers."""
        self._lienzo.saveState()
        self._lienzo.translate(x, self._alto - y)
        self._lienzo.rotate(35)
        self._lienzo.setFillGray(TENUE)
        self._lienzo.setFont(letra.fuente, letra.cuerpo)
        self._lienzo.drawCentredString(0, 0, imprimible(palabra))
        self._lienzo.restoreState()
