"""What the simulator shows of a quote: the cart, the story of one price, what is nearly there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from core.rest.filtros import ID_MAXIMO
from gestion_precios.constantes import CanalVenta
from gestion_precios.models import Articulo
from gestion_precios.moneda import con_signo, formato
from gestion_precios.motor.cotizacion import CotizacionDeCarrito, SinListaVigente, cotizar_carrito
from gestion_precios.motor.faltantes import Candidata, Tipo
from gestion_precios.motor.reglas import Codigo
from gestion_precios.motor.respuestas import (
    AvisoDeCalculo,
    CarritoCotizado,
    LineaCotizada,
    ListaConsiderada,
    PrecioCotizado,
    ReglaConsiderada,
)
from gestion_precios.motor.vigencia import listas_vigentes
from gestion_precios.paginas.simulador.pregunta import (
    CANTIDAD_MAXIMA,
    LINEAS_MAXIMO,
    Pedida,
    Pregunta,
)

FALTAS_A_LA_VISTA = 4
# Rules that have nothing to do with the article; a few are shown, many are folded.
AJENAS_A_LA_VISTA = 4
AJENAS = {Codigo.FUERA_DE_ALCANCE, Codigo.NO_ES_PARTE_DEL_COMBO, Codigo.INACTIVA}


@dataclass(frozen=True)
class Fila:
    """A line of the cart; `cotizada` is the engine's answer for it."""

    pedida: Pedida
    articulo: Articulo | None
    cotizada: LineaCotizada | None
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
    def precio(self) -> PrecioCotizado | None:
        """The line's price, when it has one."""
        if self.cotizada is None or "detail" in self.cotizada:
            return None
        return self.cotizada

    @property
    def motivo(self) -> str:
        """Why it has none."""
        if self.cotizada is None or "precio_final" in self.cotizada:
            return ""
        return self.cotizada["detail"]

    @property
    def reglas(self) -> list[ReglaConsiderada]:
        """Each rule that was looked at for its price."""
        return self.precio["traza"]["reglas"] if self.precio else []


@dataclass(frozen=True)
class VistaDeFaltante:
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
    pasos: list[ReglaConsiderada] = field(default_factory=list)
    ajenas: list[ReglaConsiderada] = field(default_factory=list)

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
    cotizacion: CarritoCotizado | None = None
    historia: Historia | None = None
    listas: list[ListaConsiderada] = field(default_factory=list)
    avisos: list[AvisoDeCalculo] = field(default_factory=list)
    faltas: list[VistaDeFaltante] = field(default_factory=list)
    motivo: str = ""
    otros_canales: list[tuple[str, str]] = field(default_factory=list)

    @property
    def moneda(self) -> str:
        """The company's currency."""
        return self.pregunta.empresa.moneda if self.pregunta.empresa else "PYG"

    @property
    def total(self) -> Decimal | None:
        """What the cart costs; None while it has no price."""
        return self.cotizacion["total"] if self.cotizacion else None

    @property
    def a_precio_de_lista(self) -> Decimal | None:
        """What the cart would cost without rules; None while a line has no price."""
        precios = [fila.precio for fila in self.filas]
        if self.total is None:
            return None
        return sum((p["precio_base"] * p["cantidad"] for p in precios if p), Decimal(0))

    @property
    def diferencia(self) -> str:
        """What rules and floor take off, or add, with its sign."""
        base = self.a_precio_de_lista
        if base is None or self.total is None:
            return ""
        return con_signo(self.total - base, self.moneda)

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
        if self.total is not None:
            total = formato(self.total, self.moneda)
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
        carrito = cotizar_carrito(
            pregunta.pares,
            empresa_id=pregunta.empresa.pk,
            canal_venta=pregunta.canal,
            sucursal_id=pregunta.sucursal.pk if pregunta.sucursal else None,
            fecha=pregunta.fecha,
            explicar=True,
            ver_costos=ver_costos,
        )
    except SinListaVigente as error:
        return _sin_lista(pregunta, articulos, error)
    return _cotizada(pregunta, articulos, carrito)


def _cotizada(
    pregunta: Pregunta, articulos: Mapping[int, Articulo], carrito: CotizacionDeCarrito
) -> Respuesta:
    cotizacion = carrito.respuesta()
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
        faltas=faltas_de(pregunta, carrito, {fila.pedida.articulo_id: fila for fila in filas}),
    )


def _sin_lista(
    pregunta: Pregunta, articulos: Mapping[int, Articulo], error: SinListaVigente
) -> Respuesta:
    return Respuesta(
        pregunta,
        {},
        _filas(pregunta, articulos, {}),
        listas=error.traza["listas"] if error.traza else [],
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
    pregunta: Pregunta, articulos: Mapping[int, Articulo], cotizadas: Mapping[int, LineaCotizada]
) -> list[Fila]:
    filas = []
    for linea in pregunta.lineas:
        articulo = articulos.get(linea.articulo_id)
        error = linea.motivo if articulo else _("No existe: quitarlo del carrito.")
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
    pasos = [paso for paso in fila.reglas if paso["codigo"] not in AJENAS]
    return Historia(fila, pasos, [paso for paso in fila.reglas if paso["codigo"] in AJENAS])


def faltas_de(
    pregunta: Pregunta, carrito: CotizacionDeCarrito, filas: Mapping[int, Fila]
) -> list[VistaDeFaltante]:
    """The discounts that a little more would give, the nearest first; `filas`: by article."""
    return [
        _falta(pregunta, falta.candidata, carrito.cotizacion.frase(falta.candidata.paso), filas)
        for falta in carrito.faltantes(FALTAS_A_LA_VISTA)
    ]


def _falta(
    pregunta: Pregunta, candidata: Candidata, frase: str, filas: Mapping[int, Fila]
) -> VistaDeFaltante:
    destino = _destino(pregunta, candidata)
    # The order's amount and a combination are the cart's: of no line in particular.
    fila = filas.get(candidata.articulo_id or 0) if candidata.tipo is Tipo.CANTIDAD else None
    return VistaDeFaltante(
        regla=candidata.regla.nombre,
        articulo=fila.nombre if fila else "",
        frase=frase,
        avance=100 * (candidata.paso.medido or 0) // (candidata.paso.umbral or 1),
        url=destino.url() if destino else "",
        lineas=destino.texto_lineas if destino else "",
    )


def _destino(pregunta: Pregunta, candidata: Candidata) -> Pregunta | None:
    """The question with what a rule still lacks put in, when that is clear."""
    articulo = candidata.articulo_id
    if articulo is None:
        return None
    if candidata.tipo is Tipo.CANTIDAD:
        cuantas = dict(pregunta.pares)[articulo] + candidata.faltan
        return pregunta.con(articulo, cuantas) if cuantas <= CANTIDAD_MAXIMA else None
    if len(pregunta.lineas) + len(candidata.miembros) > LINEAS_MAXIMO:
        return None
    for miembro in candidata.miembros:
        pregunta = pregunta.con(miembro, 1)
    return pregunta.mirando(articulo)
