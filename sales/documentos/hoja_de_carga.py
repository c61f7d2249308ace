"""The load sheet on A4."""

from __future__ import annotations

from functools import partial

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sales.documentos.carga import ArticuloDeCarga, Carga, LineaDeCarga
from sales.documentos.hoja import (
    ALTO,
    ANCHO,
    COMUN,
    DERECHA,
    FUERTE,
    MARGEN,
    MENUDA,
    ROTULO,
    TITULO,
    UTIL,
    pie,
)
from sales.documentos.lapiz import ENTRE_FILAS, GRIS, GRUESO, Lapiz
from sales.documentos.letra import Letra, cortar, partir
from sales.documentos.paginas import Bloque, Escrito, apilar, repartir

CODIGO = MARGEN
ARTICULO = MARGEN + 64
PEDIDOS = DERECHA - 100
CASILLA = DERECHA - 10
UNIDADES = DERECHA - 24


def armar_carga(carga: Carga, nota: str) -> bytes:
    """The file; `nota` says which orders were chosen."""
    titulo = _("Hoja de carga")
    lapiz = Lapiz(titulo, " · ".join(carga.empresas))
    seguida = partial(_linea_sola, texto=f"{titulo} · {nota}")
    escrito = Escrito(
        cabeza=_cabeza(carga, nota),
        seguida=Bloque(20, seguida),
        titulos=Bloque(18, _titulos),
        filas=[bloque for linea in carga.lineas for bloque in _linea(linea)],
        cierre=Bloque(40, partial(_cierre, carga=carga)),
    )
    hojas = repartir(escrito, UTIL)
    for n, bloques in enumerate(hojas, start=1):
        lapiz.abrir(ANCHO, ALTO)
        apilar(lapiz, bloques, MARGEN)
        pie(lapiz, titulo, n, len(hojas))
        lapiz.cerrar()
    return lapiz.terminar()


def _cabeza(carga: Carga, nota: str) -> Bloque:
    avisos = partir(nota, COMUN, DERECHA - MARGEN)
    avisos += partir(_que_pedidos(carga), COMUN, DERECHA - MARGEN)

    def dibujar(lapiz: Lapiz, y: float) -> None:
        lapiz.texto(MARGEN, y + 14, _("Hoja de carga"), TITULO)
        nombre = cortar(" · ".join(carga.empresas), FUERTE, 250)
        lapiz.derecha(DERECHA, y + 14, nombre, FUERTE, espacio=250)
        lapiz.raya(MARGEN, DERECHA, y + 22, GRUESO)
        lapiz.parrafo(MARGEN, y + 36, avisos, COMUN)

    return Bloque(44 + len(avisos) * COMUN.interlinea, dibujar)


def _que_pedidos(carga: Carga) -> str:
    frases = [ngettext("%(n)s pedido", "%(n)s pedidos", carga.pedidos) % _n(carga.pedidos)]
    if carga.en_revision:
        frases.append(_("%(n)s en revisión") % _n(carga.en_revision))
    if carga.fuera:
        frases.append(
            ngettext(
                "%(n)s anulado, cancelado o devuelto, que no se carga",
                "%(n)s anulados, cancelados o devueltos, que no se cargan",
                carga.fuera,
            )
            % _n(carga.fuera)
        )
    return " · ".join(frases)


def _titulos(lapiz: Lapiz, y: float) -> None:
    y += 10
    lapiz.texto(CODIGO, y, _("Código"), ROTULO)
    lapiz.texto(ARTICULO, y, _("Artículo"), ROTULO)
    lapiz.derecha(PEDIDOS, y, _("Pedidos"), ROTULO, espacio=50)
    lapiz.derecha(UNIDADES, y, _("Unidades"), ROTULO, espacio=60)
    lapiz.raya(MARGEN, DERECHA, y + 4)


def _linea(linea: LineaDeCarga) -> list[Bloque]:
    cabeza = Bloque(20, partial(_nombre, linea=linea), pegado=True)
    return [cabeza, *(_articulo(articulo) for articulo in linea.articulos)]


def _nombre(lapiz: Lapiz, y: float, *, linea: LineaDeCarga) -> None:
    lapiz.texto(MARGEN, y + 14, cortar(linea.nombre, FUERTE, 340), FUERTE)
    suma = number_format(linea.unidades)
    lapiz.derecha(UNIDADES, y + 14, suma, FUERTE, espacio=72)


def _articulo(articulo: ArticuloDeCarga) -> Bloque:
    texto = " · ".join(p for p in (articulo.descripcion, articulo.marca) if p)
    lineas = partir(texto, COMUN, PEDIDOS - ARTICULO - 50)
    alto = len(lineas) * COMUN.interlinea + 6

    def dibujar(lapiz: Lapiz, y: float) -> None:
        lapiz.texto(CODIGO, y + 11, str(articulo.codigo), COMUN)
        lapiz.parrafo(ARTICULO, y + 11, lineas, COMUN)
        lapiz.derecha(PEDIDOS, y + 11, number_format(articulo.pedidos), COMUN, espacio=48)
        unidades = number_format(articulo.unidades)
        lapiz.derecha(UNIDADES, y + 11, unidades, FUERTE, espacio=72)
        lapiz.marco(CASILLA, y + 3, 9, 9)
        lapiz.raya(MARGEN, DERECHA, y + alto - 0.5, ENTRE_FILAS)

    return Bloque(alto, dibujar)


def _cierre(lapiz: Lapiz, y: float, *, carga: Carga) -> None:
    lapiz.raya(MARGEN, DERECHA, y + 8, GRUESO)
    lapiz.texto(MARGEN, y + 22, _("Total de unidades"), FUERTE)
    total = number_format(carga.unidades)
    lapiz.derecha(UNIDADES, y + 22, total, Letra(12, negrita=True), espacio=110)
    lapiz.texto(MARGEN, y + 34, _que_pedidos(carga), MENUDA, GRIS)


def _linea_sola(lapiz: Lapiz, y: float, *, texto: str) -> None:
    lapiz.texto(MARGEN, y + 10, cortar(texto, FUERTE, DERECHA - MARGEN), FUERTE)


def _n(cuantos: int) -> dict[str, str]:
    return {"n": number_format(cuantos)}
