"""An order on A4: its own pages, each with *hoja x de y*."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from gestion_precios.moneda import SIMBOLOS
from sales.documentos.contenido import Contenido, LineaImpresa
from sales.documentos.lapiz import ENTRE_FILAS, GRIS, GRUESO, GUIONES, MM, NEGRO, Lapiz
from sales.documentos.letra import Letra, ancho, cortar, partir
from sales.documentos.paginas import Bloque, Escrito, apilar, repartir

ANCHO: Final = 210 * MM
ALTO: Final = 297 * MM
MARGEN: Final = 14 * MM
PIE: Final = 8 * MM
DERECHA: Final = ANCHO - MARGEN
UTIL: Final = ALTO - 2 * MARGEN - PIE
TITULO: Final = Letra(15, negrita=True)
FUERTE: Final = Letra(10, negrita=True)
COMUN: Final = Letra(9)
MENUDA: Final = Letra(7)
ROTULO: Final = Letra(7.5, negrita=True)
# Where columns begin (text) or end (figures), and how wide they are.
CODIGO, ARTICULO, CANTIDAD, PRECIO, TASA = (MARGEN + n for n in (24, 68, 346, 412, 446))
ANCHO_ARTICULO: Final = 236.0
DATOS: Final = MARGEN + 320


def dibujar_hojas(lapiz: Lapiz, contenido: Contenido) -> None:
    """Draw an order's pages."""
    escrito = Escrito(
        cabeza=_cabeza(contenido),
        seguida=_seguida(contenido),
        titulos=Bloque(18, partial(_titulos, moneda=contenido.moneda)),
        filas=[_fila(linea) for linea in contenido.lineas],
        cierre=_cierre(contenido),
    )
    hojas = repartir(escrito, UTIL)
    for n, bloques in enumerate(hojas, start=1):
        lapiz.abrir(ANCHO, ALTO)
        if contenido.sello:
            lapiz.fondo(ANCHO / 2, ALTO / 2, contenido.sello, Letra(90, negrita=True))
        apilar(lapiz, bloques, MARGEN)
        pie(lapiz, contenido.titulo, n, len(hojas))
        lapiz.cerrar()


def pie(lapiz: Lapiz, titulo: str, hoja: int, hojas: int) -> None:
    """The foot of a page."""
    y = ALTO - MARGEN
    lapiz.texto(MARGEN, y, titulo, MENUDA, GRIS)
    cuenta = _("Hoja %(hoja)s de %(hojas)s") % {"hoja": hoja, "hojas": hojas}
    lapiz.derecha(DERECHA, y, cuenta, MENUDA, espacio=120, tono=GRIS)


def _cabeza(contenido: Contenido) -> Bloque:
    avisos = [linea for a in contenido.avisos for linea in partir(a, COMUN, DERECHA - MARGEN - 12)]
    cliente = partir(contenido.cliente, FUERTE, 300)
    nota = f"{_('Razón social')}: {contenido.razon_social}"
    razon = partir(nota, COMUN, 300)
    alto_avisos = len(avisos) * COMUN.interlinea + 12 if avisos else 0
    izquierda = len(cliente) * FUERTE.interlinea + (len(razon) + 1) * COMUN.interlinea
    derecha = len(contenido.datos) * COMUN.interlinea
    alto_partes = max(izquierda, derecha) + 14

    def dibujar(lapiz: Lapiz, y: float) -> None:
        _membrete(lapiz, y, contenido)
        y += 44
        if avisos:
            lapiz.marco(MARGEN, y, DERECHA - MARGEN, alto_avisos - 4)
            lapiz.parrafo(MARGEN + 6, y + 12, avisos, COMUN)
        y += alto_avisos + FUERTE.cuerpo
        abajo = lapiz.parrafo(MARGEN, y, cliente, FUERTE)
        abajo = lapiz.parrafo(MARGEN, abajo, razon, COMUN)
        lapiz.texto(MARGEN, abajo, contenido.tributario, COMUN)
        _datos(lapiz, y, contenido)

    return Bloque(44 + alto_avisos + alto_partes, dibujar)


def _membrete(lapiz: Lapiz, y: float, contenido: Contenido) -> None:
    titulo = contenido.titulo
    lapiz.derecha(DERECHA, y + 14, titulo, TITULO, espacio=170)
    lapiz.derecha(DERECHA, y + 28, contenido.sello, FUERTE, espacio=170)
    espacio = DERECHA - MARGEN - 180
    lapiz.texto(MARGEN, y + 14, cortar(contenido.empresa, TITULO, espacio), TITULO)
    lapiz.texto(MARGEN, y + 28, cortar(contenido.sucursal, COMUN, espacio), COMUN)
    lapiz.raya(MARGEN, DERECHA, y + 36, GRUESO)


def _datos(lapiz: Lapiz, y: float, contenido: Contenido) -> None:
    for rotulo, valor in contenido.datos:
        lapiz.texto(DATOS, y, f"{rotulo}:", COMUN, GRIS)
        lapiz.texto(DATOS + 66, y, cortar(valor or "—", COMUN, DERECHA - DATOS - 66), COMUN)
        y += COMUN.interlinea


def _seguida(contenido: Contenido) -> Bloque:
    nota = " · ".join(p for p in (contenido.titulo, contenido.cliente, contenido.sello) if p)

    def dibujar(lapiz: Lapiz, y: float) -> None:
        lapiz.texto(MARGEN, y + 10, cortar(nota, FUERTE, DERECHA - MARGEN), FUERTE)

    return Bloque(20, dibujar)


def _titulos(lapiz: Lapiz, y: float, *, moneda: str) -> None:
    y += 10
    simbolo = SIMBOLOS[moneda]
    lapiz.derecha(MARGEN + 18, y, _("N.º"), ROTULO, espacio=18)
    lapiz.texto(CODIGO, y, _("Código"), ROTULO)
    lapiz.texto(ARTICULO, y, _("Artículo"), ROTULO)
    lapiz.derecha(CANTIDAD, y, _("Cantidad"), ROTULO, espacio=50)
    lapiz.derecha(PRECIO, y, f"{_('Precio')} {simbolo}", ROTULO, espacio=66)
    lapiz.derecha(TASA, y, _("IVA"), ROTULO, espacio=34)
    lapiz.derecha(DERECHA, y, f"{_('Total')} {simbolo}", ROTULO, espacio=66)
    lapiz.raya(MARGEN, DERECHA, y + 4)


def _fila(linea: LineaImpresa) -> Bloque:
    articulo = partir(linea.articulo_y_marca, COMUN, ANCHO_ARTICULO)
    detalle = " · ".join(p for p in (linea.pedida, linea.anulada) if p)
    menudas = partir(detalle, MENUDA, ANCHO_ARTICULO)
    alto = len(articulo) * COMUN.interlinea + len(menudas) * MENUDA.interlinea + 5
    tono = GRIS if linea.anulada else NEGRO

    def dibujar(lapiz: Lapiz, y: float) -> None:
        abajo = lapiz.parrafo(ARTICULO, y + 10, articulo, COMUN)
        lapiz.parrafo(ARTICULO, abajo - 1.5, menudas, MENUDA)
        _cifras(lapiz, y + 10, linea, tono)
        if linea.anulada:
            lapiz.raya(MARGEN, DERECHA, y + 7)
        lapiz.raya(MARGEN, DERECHA, y + alto, ENTRE_FILAS)

    return Bloque(alto, dibujar)


def _cifras(lapiz: Lapiz, y: float, linea: LineaImpresa, tono: float) -> None:
    lapiz.derecha(MARGEN + 18, y, linea.numero, MENUDA, espacio=18, tono=GRIS)
    lapiz.derecha(
        CODIGO + min(ancho(linea.codigo, COMUN), 40), y, linea.codigo, COMUN, espacio=40, tono=tono
    )
    lapiz.derecha(CANTIDAD, y, linea.cantidad, COMUN, espacio=48, tono=tono)
    lapiz.derecha(PRECIO, y, linea.precio, COMUN, espacio=66, tono=tono)
    lapiz.derecha(TASA, y, linea.tasa, COMUN, espacio=34, tono=tono)
    lapiz.derecha(DERECHA, y, linea.total, COMUN, espacio=66, tono=tono)


def _cierre(contenido: Contenido) -> Bloque:
    nota = contenido.observacion
    observacion = partir(f"{_('Observación')}: {nota}", COMUN, 290) if nota else []
    alto_sumas = (len(contenido.desglose) + 1) * 13 + 12
    alto = max(alto_sumas, len(observacion) * COMUN.interlinea + 14)

    def dibujar(lapiz: Lapiz, y: float) -> None:
        lapiz.parrafo(MARGEN, y + 14, observacion, COMUN)
        _sumas(lapiz, y + 14, contenido)
        _recibo(lapiz, y + alto + 14, contenido)
        _rubricas(lapiz, y + alto + 66)

    return Bloque(alto + 80, dibujar)


def _sumas(lapiz: Lapiz, y: float, contenido: Contenido) -> None:
    for rotulo, monto in contenido.desglose:
        lapiz.texto(DATOS + 10, y, rotulo, COMUN)
        lapiz.derecha(DERECHA, y, monto, COMUN, espacio=110)
        y += 13
    lapiz.raya(DATOS + 10, DERECHA, y - 8, GRUESO)
    lapiz.texto(DATOS + 10, y + 4, _("Total"), FUERTE)
    lapiz.derecha(DERECHA, y + 4, contenido.total, Letra(12, negrita=True), espacio=140)


def _recibo(lapiz: Lapiz, y: float, contenido: Contenido) -> None:
    if not contenido.recibo:
        return
    corto = _("Recibo %(huella)s") % {"huella": contenido.recibo_corto}
    lapiz.texto(MARGEN, y, corto, ROTULO)
    lapiz.texto(MARGEN, y + 10, contenido.recibo, MENUDA, GRIS)


def _rubricas(lapiz: Lapiz, y: float) -> None:
    for x, rotulo in ((MARGEN, _("Entregado por")), (DATOS - 30, _("Recibido por"))):
        lapiz.raya(x, x + 180, y - 10, GUIONES)
        lapiz.texto(x, y, rotulo, MENUDA, GRIS)
