"""What the simulator shows of a quote: the cart, the story of one price, what is nearly there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from core.datos.conjuntos import ids_en
from core.errores import ErrorDominio
from core.rest.filtros import ID_MAXIMO
from gestion_precios.constantes import CanalVenta
from gestion_precios.models import Articulo, ReglaPrecio
from gestion_precios.moneda import con_signo, formato
from gestion_precios.motor.reglas import Codigo
from gestion_precios.motor.vigencia import listas_vigentes
from gestion_precios.paginas.simulador.pregunta import (
    CANTIDAD_MAXIMA,
    LINEAS_MAXIMO,
    Pedida,
    Pregunta,
)
from gestion_precios.services import PrecioService

FALTAS_A_LA_VISTA = 4
# Rules that have nothing to do with the article; a few are shown, many are folded.
AJENAS_A_LA_VISTA = 4
AJENAS = {Codigo.FUERA_DE_ALCANCE, Codigo.NO_ES_PARTE_DEL_COMBO, Codigo.INACTIVA}
CON_BRECHA = {Codigo.CANTIDAD, Codigo.MONTO, Codigo.COMBO_INCOMPLETO}
Dato = Mapping[str, Any]


@dataclass(frozen=True)
class Fila:
    """A line of the cart; `cotizada` is the engine's answer for it."""

    pedida: Pedida
    articulo: Articulo | None
    cotizada: Dato | None
    elegida: bool
    error: str = ""

    @property
    def id(self) -> str:
        """The article's id, free of thousands dots."""
        return str(self.pedida.articulo_id)

    @property
    def nombre(self) -> str:
        """What people call it."""
        if self.articulo is None:
            return _("Artículo {id}").format(id=self.id)
        return self.articulo.descripcion

    @property
    def precio(self) -> Dato | None:
        """The line's price, when it has one."""
        tiene = self.cotizada is not None and "precio_final" in self.cotizada
        return self.cotizada if tiene else None

    @property
    def motivo(self) -> str:
        """Why it has none."""
        return str(self.cotizada["detail"]) if self.cotizada and not self.precio else ""


@dataclass(frozen=True)
class Falta:
    """A discount that is not given yet, how far the cart has come, and how to get there."""

    regla: str
    articulo: str
    frase: str
    avance: int
    url: str = ""
    lineas: str = ""


@dataclass(frozen=True)
class Historia:
    """The story of one line's price: lists, then steps in firing order, then strangers to it."""

    fila: Fila
    pasos: list[Dato] = field(default_factory=list)
    ajenas: list[Dato] = field(default_factory=list)

    @property
    def ajenas_a_la_vista(self) -> bool:
        """Few enough to be read without unfolding them."""
        return len(self.ajenas) <= AJENAS_A_LA_VISTA


@dataclass(frozen=True)
class Respuesta:
    """Everything the page draws."""

    pregunta: Pregunta
    errores: Mapping[str, str]
    filas: list[Fila] = field(default_factory=list)
    cotizacion: Dato | None = None
    historia: Historia | None = None
    listas: list[Dato] = field(default_factory=list)
    avisos: list[Dato] = field(default_factory=list)
    faltas: list[Falta] = field(default_factory=list)
    motivo: str = ""
    otros_canales: list[tuple[str, str]] = field(default_factory=list)

    @property
    def moneda(self) -> str:
        """The company's currency."""
        return self.pregunta.empresa.moneda if self.pregunta.empresa else "PYG"

    @property
    def a_precio_de_lista(self) -> Decimal | None:
        """What the cart would cost without rules; None while a line has no price."""
        precios = [fila.precio for fila in self.filas]
        if self.cotizacion is None or self.cotizacion["total"] is None:
            return None
        return sum((p["precio_base"] * p["cantidad"] for p in precios if p), Decimal(0))

    @property
    def diferencia(self) -> str:
        """What rules and floor take off, or add, with its sign."""
        base = self.a_precio_de_lista
        if base is None or self.cotizacion is None:
            return ""
        return con_signo(self.cotizacion["total"] - base, self.moneda)

    @property
    def anuncio(self) -> str:
        """The result in a sentence, for who listens to the page."""
        if self.motivo:
            return self.motivo
        partes = []
        fila = self.historia.fila if self.historia else None
        if fila and fila.precio:
            precio = formato(fila.precio["precio_final"], self.moneda)
            partes.append(
                _("{nombre}: {precio} por unidad.").format(nombre=fila.nombre, precio=precio)
            )
        if self.cotizacion and self.cotizacion["total"] is not None:
            total = formato(self.cotizacion["total"], self.moneda)
            partes.append(_("Total {total}.").format(total=total))
        return " ".join(partes)


def responder(pregunta: Pregunta, *, ver_costos: bool) -> Respuesta:
    """Quote the question, unless something in it has to be corrected first."""
    articulos = _articulos(pregunta.lineas)
    errores = dict(pregunta.errores)
    if any(linea.articulo_id not in articulos for linea in pregunta.lineas):
        errores.setdefault("lineas", _("Hay un artículo que no existe: quitarlo."))
    if errores or pregunta.empresa is None or not pregunta.lineas:
        return Respuesta(pregunta, errores, _filas(pregunta, articulos, {}))
    try:
        cotizacion = PrecioService.cotizar(
            pregunta.empresa.pk,
            pregunta.canal,
            pregunta.pares,
            sucursal_id=pregunta.sucursal.pk if pregunta.sucursal else None,
            fecha=pregunta.fecha,
            explicar=True,
            ver_costos=ver_costos,
        )
    except ErrorDominio as error:
        return _sin_lista(pregunta, articulos, error)
    return _cotizada(pregunta, articulos, cotizacion)


def _cotizada(pregunta: Pregunta, articulos: Mapping[int, Articulo], cotizacion: Dato) -> Respuesta:
    por_articulo = {
        articulo: linea
        for (articulo, _cuantos), linea in zip(pregunta.pares, cotizacion["lineas"], strict=True)
    }
    filas = _filas(pregunta, articulos, por_articulo)
    mirada = next((fila for fila in filas if fila.elegida), None)
    # The lists, and what is odd about them, are the same for every line.
    traza = cotizacion["lineas"][0]["traza"]
    return Respuesta(
        pregunta,
        {},
        filas,
        cotizacion=cotizacion,
        historia=_historia(mirada) if mirada else None,
        listas=traza["listas"],
        avisos=traza["avisos"],
        faltas=faltas_de(pregunta, filas),
    )


def _sin_lista(
    pregunta: Pregunta, articulos: Mapping[int, Articulo], error: ErrorDominio
) -> Respuesta:
    traza = (error.errores or {})["traza"]
    return Respuesta(
        pregunta,
        {},
        _filas(pregunta, articulos, {}),
        listas=traza["listas"],
        motivo=str(error.detail),
        otros_canales=_otros_canales(pregunta),
    )


def _otros_canales(pregunta: Pregunta) -> list[tuple[str, str]]:
    """Where there are prices that day: each channel's name and the same question in it."""
    if pregunta.empresa is None:
        return []
    vigentes = listas_vigentes(
        empresa_id=pregunta.empresa.pk,
        sucursal_id=pregunta.sucursal.pk if pregunta.sucursal else None,
        fecha=pregunta.fecha,
    )
    return [
        (str(CanalVenta(canal).label), replace(pregunta, canal=canal).url()) for canal in vigentes
    ]


def _articulos(lineas: Iterable[Pedida]) -> dict[int, Articulo]:
    ids = [linea.articulo_id for linea in lineas if linea.articulo_id <= ID_MAXIMO]
    campos = ("id", "codigo", "descripcion", "prod_marca", "activo")
    return Articulo.objects.only(*campos).in_bulk(ids) if ids else {}


def _filas(
    pregunta: Pregunta, articulos: Mapping[int, Articulo], cotizadas: Mapping[int, Dato]
) -> list[Fila]:
    filas = []
    for linea in pregunta.lineas:
        articulo = articulos.get(linea.articulo_id)
        error = "" if articulo else _("No existe: quitarlo del carrito.")
        if linea.cantidad is None:
            error = error or _("La cantidad va de 1 a 1.000.000, sin decimales.")
        filas.append(
            Fila(
                pedida=linea,
                articulo=articulo,
                cotizada=cotizadas.get(linea.articulo_id),
                elegida=linea.articulo_id == pregunta.ver,
                error=error,
            )
        )
    return filas


def _historia(fila: Fila) -> Historia:
    reglas = fila.cotizada["traza"]["reglas"] if fila.cotizada and fila.precio else []
    pasos = [paso for paso in reglas if paso["codigo"] not in AJENAS]
    return Historia(fila, pasos, [paso for paso in reglas if paso["codigo"] in AJENAS])


def faltas_de(pregunta: Pregunta, filas: Iterable[Fila]) -> list[Falta]:
    """The discounts that a little more would give, the nearest first."""
    candidatas: dict[tuple[int, int], tuple[Decimal, Dato, Fila]] = {}
    for fila in filas:
        for paso in fila.cotizada["traza"]["reglas"] if fila.cotizada and fila.precio else ():
            if paso["codigo"] not in CON_BRECHA or not paso["umbral"]:
                continue
            # The order's amount and a combination are the cart's: said once, not for each line.
            de_la_linea = paso["codigo"] == Codigo.CANTIDAD
            clave = (paso["id"], fila.pedida.articulo_id if de_la_linea else 0)
            candidatas.setdefault(clave, (paso["medido"] / paso["umbral"], paso, fila))
    descuentos = _descuentos({regla for regla, _articulo in candidatas})
    cercanas = sorted(
        (clave for clave in candidatas if clave[0] in descuentos),
        key=lambda clave: (-candidatas[clave][0], clave),
    )
    return [
        _falta(pregunta, *candidatas[clave], miembros=descuentos[clave[0]])
        for clave in cercanas[:FALTAS_A_LA_VISTA]
    ]


def _descuentos(reglas: set[int]) -> dict[int, list[int]]:
    """The rules that lower the price, each with its combination's members."""
    if not reglas:
        return {}
    filas = ReglaPrecio.objects.filter(pk__in=ids_en(reglas), valor_regla__gt=0).order_by(
        "pk", "aplica_combinacion__articulos"
    )
    miembros: dict[int, list[int]] = {}
    for regla, articulo in filas.values_list("pk", "aplica_combinacion__articulos"):
        miembros.setdefault(regla, []).extend([articulo] if articulo else [])
    return miembros


def _falta(
    pregunta: Pregunta, llevado: Decimal, paso: Dato, fila: Fila, *, miembros: list[int]
) -> Falta:
    destino = _destino(pregunta, paso, fila, miembros)
    return Falta(
        regla=paso["nombre"],
        articulo=fila.nombre if paso["codigo"] == Codigo.CANTIDAD else "",
        frase=paso["frase"],
        avance=int(llevado * 100),
        url=destino.url() if destino else "",
        lineas=destino.texto_lineas if destino else "",
    )


def _destino(pregunta: Pregunta, paso: Dato, fila: Fila, miembros: list[int]) -> Pregunta | None:
    """The question with what a rule still lacks put in, when that is clear."""
    if paso["codigo"] == Codigo.CANTIDAD:
        cuantas = ceil(paso["umbral"])
        articulo = fila.pedida.articulo_id
        return pregunta.con(articulo, cuantas) if cuantas <= CANTIDAD_MAXIMA else None
    presentes = {linea.articulo_id for linea in pregunta.lineas}
    faltan = [articulo for articulo in miembros if articulo not in presentes]
    if not faltan or len(presentes) + len(faltan) > LINEAS_MAXIMO:
        return None
    for articulo in faltan:
        pregunta = pregunta.con(articulo, 1)
    return pregunta.mirando(fila.pedida.articulo_id)
