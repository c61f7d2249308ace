"""An order on 80 mm paper: one strip, as long as the order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from sales.documentos.contenido import Contenido, LineaImpresa
from sales.documentos.lapiz import GUIONES, MM, Lapiz
from sales.documentos.letra import Letra, ancho, imprimible, partir
from sales.documentos.paginas import Bloque, Escrito, apilar, nada, repartir

ANCHO: Final = 80 * MM
MARGEN: Final = 4 * MM
DERECHA: Final = ANCHO - MARGEN
ESPACIO: Final = ANCHO - 2 * MARGEN
# A page of a PDF is 200 inches long at most: a longer order goes on in another strip.
LARGO_MAXIMO: Final = 14_000.0
TITULO: Final = Letra(12, negrita=True)
FUERTE: Final = Letra(9, negrita=True)
COMUN: Final = Letra(8)
MENUDA: Final = Letra(6.5)
RAYA: Final = Bloque(6, lambda lapiz, y: lapiz.raya(MARGEN, DERECHA, y + 3, GUIONES))


def dibujar_cinta(lapiz: Lapiz, contenido: Contenido) -> None:
    """Draw an order's strip."""
    escrito = Escrito(
        cabeza=_juntos(_cabeza(contenido)),
        seguida=_juntos(_parrafo(contenido.titulo, FUERTE)),
        titulos=RAYA,
        filas=[_fila(linea) for linea in contenido.lineas],
        cierre=_juntos(_cierre(contenido)),
    )
    cintas = repartir(escrito, LARGO_MAXIMO - 2 * MARGEN)
    for n, bloques in enumerate(cintas, start=1):
        cuenta = _("Hoja %(hoja)s de %(hojas)s") % {"hoja": n, "hojas": len(cintas)}
        pie = _parrafo(cuenta, MENUDA) if len(cintas) > 1 else []
        lapiz.abrir(ANCHO, 2 * MARGEN + sum(b.alto for b in [*bloques, *pie]))
        apilar(lapiz, [*bloques, *pie], MARGEN)
        lapiz.cerrar()


def _cabeza(contenido: Contenido) -> list[Bloque]:
    bloques = [
        *_parrafo(contenido.empresa, FUERTE, centro=True),
        *_parrafo(contenido.sucursal, COMUN, centro=True),
        *_parrafo(contenido.titulo, TITULO, centro=True),
        *_parrafo(contenido.sello, FUERTE, centro=True),
    ]
    for aviso in contenido.avisos:
        bloques += _parrafo(aviso, COMUN)
    bloques += [RAYA, *_parrafo(contenido.cliente, FUERTE)]
    bloques += _parrafo(contenido.razon_social, COMUN)
    bloques += _parrafo(contenido.tributario, COMUN)
    for rotulo, valor in contenido.datos:
        bloques += _parrafo(f"{rotulo}: {valor or '—'}", COMUN)
    return bloques


def _fila(linea: LineaImpresa) -> Bloque:
    """Two rows: what, and how many at which price."""
    bloques = _parrafo(linea.articulo, COMUN)
    detalle = " · ".join(p for p in (linea.marca, linea.pedida, linea.anulada) if p)
    bloques += _parrafo(f"{linea.codigo} · {detalle}" if detalle else linea.codigo, MENUDA)
    cuenta = f"{linea.cantidad} × {linea.precio}  ({linea.tasa})"
    bloques += [_par(cuenta, linea.total, COMUN), Bloque(3, nada)]
    junto = _juntos(bloques)
    return Bloque(junto.alto, partial(_tachada, junto)) if linea.anulada else junto


def _tachada(bloque: Bloque, lapiz: Lapiz, y: float) -> None:
    bloque.dibujar(lapiz, y)
    lapiz.raya(MARGEN, DERECHA, y + 7)
    lapiz.raya(MARGEN, DERECHA, y + bloque.alto - 3 - COMUN.interlinea / 2)


def _cierre(contenido: Contenido) -> list[Bloque]:
    bloques = [RAYA, *(_par(rotulo, monto, COMUN) for rotulo, monto in contenido.desglose)]
    bloques += [_par(_("Total"), contenido.total, Letra(11, negrita=True)), RAYA]
    if contenido.observacion:
        bloques += _parrafo(f"{_('Observación')}: {contenido.observacion}", COMUN)
    if contenido.recibo:
        frase = _("Recibo %(huella)s") % {"huella": contenido.recibo_corto}
        bloques += _parrafo(frase, MENUDA)
    return bloques


def _parrafo(texto: str, letra: Letra, *, centro: bool = False) -> list[Bloque]:
    return [
        Bloque(letra.interlinea, partial(_linea_escrita, texto=linea, letra=letra, centro=centro))
        for linea in partir(texto, letra, ESPACIO)
    ]


def _linea_escrita(lapiz: Lapiz, y: float, *, texto: str, letra: Letra, centro: bool) -> None:
    poner: Callable[..., None] = lapiz.centro if centro else lapiz.texto
    poner(ANCHO / 2 if centro else MARGEN, y + letra.cuerpo, texto, letra)


def _par(rotulo: str, monto: str, letra: Letra) -> Bloque:
    """Words at the left, a figure at the right, smaller where both would touch."""
    espacio = ESPACIO - ancho(imprimible(rotulo), letra) - 2 * MM

    def dibujar(lapiz: Lapiz, y: float) -> None:
        lapiz.texto(MARGEN, y + letra.cuerpo, rotulo, letra)
        lapiz.derecha(DERECHA, y + letra.cuerpo, monto, letra, espacio=espacio)

    return Bloque(letra.interlinea + 1, dibujar)


def _juntos(bloques: list[Bloque]) -> Bloque:
    alto = sum(bloque.alto for bloque in bloques)
    return Bloque(alto, lambda lapiz, y: apilar(lapiz, bloques, y))
