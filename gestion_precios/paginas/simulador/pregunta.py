"""What the simulator is asked, as its URL has it: read, judged field by field, written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ParamSpec, TypeVar
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.texto.cifras import CifraIlegible, leer_cantidad
from core.texto.frases_de_cifra import frase_de_cifra
from gestion_precios.models import CanalVenta, Empresa, Sucursal
from gestion_precios.motor.vigencia import hoy_en, listas_vigentes
from gestion_precios.personas.alcance import (
    Usuario,
    al_alcance,
    empresas_visibles,
    sucursales_visibles,
)

# What is compared: another branch, channel or day; empty, the same.
OTROS = {"otra_sucursal": "sucursal", "otro_canal": "canal", "otra_fecha": "fecha"}
NINGUNA = "ninguna"
CAMPOS = ("empresa", "sucursal", "canal", "fecha", "lineas", "ver", *OTROS)
LINEAS_MAXIMO = 200
CANTIDAD_MAXIMA = 1_000_000
# 200 lines of the longest id and quantity.
TEXTO_MAXIMO = 6_000
ECO_MAXIMO = 20
Datos = Mapping[str, str]
P = ParamSpec("P")
T = TypeVar("T")
_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
_LINEA = re.compile(r"([0-9]{1,19})x(.*)", re.ASCII | re.DOTALL)
_FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Pedida:
    """A line as it was asked for: without a `cantidad` the text is none, and `motivo` says why."""

    articulo_id: int
    texto: str
    cantidad: int | None
    motivo: str = ""


class CampoMalo(ValueError):
    """A field that cannot be read; its text is the sentence to show."""


@dataclass(frozen=True)
class Pregunta:
    """Who sells, where, how, when and what; `errores` has a sentence for each bad field.

    `otros`: what the URL says of the place to compare with; `otra`: this question there.
    """

    empresas: list[Empresa]
    empresa: Empresa | None
    sucursales: list[Sucursal] = field(default_factory=list)
    sucursal: Sucursal | None = None
    canal: str = ""
    fecha: date | None = None
    lineas: tuple[Pedida, ...] = ()
    ver: int | None = None
    errores: Mapping[str, str] = field(default_factory=dict)
    otros: Mapping[str, str] = field(default_factory=dict)
    otra: Pregunta | None = None

    @property
    def pares(self) -> list[tuple[int, int]]:
        """The lines that can be priced."""
        return [(li.articulo_id, li.cantidad) for li in self.lineas if li.cantidad is not None]

    @property
    def texto_lineas(self) -> str:
        """The cart as the URL has it."""
        return ",".join(f"{linea.articulo_id}x{linea.texto}" for linea in self.lineas)

    def url(self) -> str:
        """The address of this very question: whoever opens it sees the same."""
        valores = {
            "empresa": self.empresa.pk if self.empresa else "",
            "sucursal": self.sucursal.pk if self.sucursal else "",
            "canal": self.canal,
            "fecha": self.fecha.isoformat() if self.fecha else "",
            "lineas": self.texto_lineas,
            "ver": self.ver or "",
            **self.otros,
        }
        return f"{reverse('simulador')}?{urlencode(valores, safe=',')}"

    def con(self, articulo_id: int, cantidad: int) -> Pregunta:
        """The question with this many units of an article, there already or not; looking at it."""
        nueva = Pedida(articulo_id, str(cantidad), cantidad)
        estaba = any(linea.articulo_id == articulo_id for linea in self.lineas)
        lineas = tuple(nueva if li.articulo_id == articulo_id else li for li in self.lineas)
        return replace(self, lineas=lineas if estaba else (*lineas, nueva), ver=articulo_id)

    def mirando(self, articulo_id: int) -> Pregunta:
        """The question, looking at an article's price."""
        return replace(self, ver=articulo_id)


def leer_pregunta(usuario: Usuario, consulta: QueryDict) -> Pregunta:
    """What the URL asks; what is not in it takes the user's own place and today, what is wrong
    is said. Raises Http404 for a company or branch that the user may not see."""
    datos = {campo: str(consulta[campo]) for campo in CAMPOS if campo in consulta}
    errores = {
        campo: _("Viene repetido: dejar uno solo.")
        for campo in CAMPOS
        if len(consulta.getlist(campo)) > 1
    }
    empresas = list(empresas_visibles(usuario).order_by("nombre", "pk"))
    visibles = list(al_alcance(Sucursal.objects.order_by("empresa", "nombre", "pk"), usuario))
    empresa = _empresa(datos, empresas, visibles, errores)
    if empresa is None:
        return Pregunta(empresas, None, errores=errores)
    propias = [sucursal for sucursal in visibles if sucursal.empresa_id == empresa.pk]
    fecha = _leer(errores, "fecha", _fecha, datos.get("fecha"), empresa)
    if "sucursal" in datos:
        sucursal = _leer(errores, "sucursal", _sucursal, datos["sucursal"], visibles, empresa)
    else:
        sucursal = _la_suya(usuario, empresa)
    if "canal" in datos:
        canal = _leer(errores, "canal", _canal, datos["canal"]) or ""
    else:
        canal = _canal_con_lista(empresa, sucursal, fecha)
    lineas = leer_lineas(datos.get("lineas", ""), errores)
    pregunta = Pregunta(
        empresas=empresas,
        empresa=empresa,
        sucursales=propias,
        sucursal=sucursal,
        canal=canal,
        fecha=fecha,
        lineas=lineas,
        ver=_leer(errores, "ver", _ver, datos.get("ver", ""), lineas),
        errores=errores,
        otros={campo: datos[campo] for campo in OTROS if datos.get(campo)},
    )
    return _con_otra(pregunta, visibles, errores) if pregunta.otros else pregunta


def leer_lineas(texto: str, errores: dict[str, str]) -> tuple[Pedida, ...]:
    """The cart `4x3,5x1`: article and quantity; of an article twice, the units are summed."""
    partes = [parte for parte in texto.split(",") if parte] if len(texto) <= TEXTO_MAXIMO else []
    if len(texto) > TEXTO_MAXIMO or len(partes) > LINEAS_MAXIMO:
        errores["lineas"] = _("El simulador lleva hasta {n} artículos.").format(n=LINEAS_MAXIMO)
        return ()
    leidas: dict[int, Pedida] = {}
    for parte in partes:
        hallada = _LINEA.fullmatch(parte)
        if hallada is None:
            errores["lineas"] = _(
                "«{texto}» no es una línea: se escriben artículo y cantidad, como 4x3."
            ).format(texto=eco(parte))
            continue
        linea = _pedida(int(hallada[1]), hallada[2])
        leidas[linea.articulo_id] = _sumar(leidas.get(linea.articulo_id), linea)
    if any(linea.cantidad is None for linea in leidas.values()):
        errores.setdefault("lineas", _("Hay una cantidad que corregir."))
    return tuple(leidas.values())


def eco(texto: str) -> str:
    """What was typed, short and printable, to be shown in a sentence."""
    visible = "".join(c for c in texto[: ECO_MAXIMO + 1] if c.isprintable())
    return visible if len(texto) <= ECO_MAXIMO else f"{visible[:ECO_MAXIMO]}…"


def _pedida(articulo_id: int, texto: str) -> Pedida:
    try:
        cantidad = leer_cantidad(texto, minima=1, maxima=CANTIDAD_MAXIMA)
    except CifraIlegible as error:
        return Pedida(articulo_id, eco(texto), None, _frase(texto, error))
    return Pedida(articulo_id, str(cantidad), cantidad)


def _frase(texto: str, error: CifraIlegible) -> str:
    if error.motivo == "rango":
        return _("La cantidad va de 1 a 1.000.000, sin decimales.")
    return frase_de_cifra(texto, error, 0)


def _sumar(antes: Pedida | None, otra: Pedida) -> Pedida:
    if antes is None or antes.cantidad is None or otra.cantidad is None:
        return antes if antes is not None and antes.cantidad is None else otra
    return _pedida(otra.articulo_id, str(antes.cantidad + otra.cantidad))


def _leer(
    errores: dict[str, str], campo: str, leer: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """What a field says, or None and its sentence noted."""
    try:
        return leer(*args, **kwargs)
    except CampoMalo as malo:
        errores.setdefault(campo, str(malo))
        return None


def _empresa(
    datos: Datos,
    empresas: list[Empresa],
    visibles: Iterable[Sucursal],
    errores: dict[str, str],
) -> Empresa | None:
    por_id = {empresa.pk: empresa for empresa in empresas}
    if "empresa" not in datos or not por_id:
        # A branch named alone says its company.
        suya = {str(sucursal.pk): sucursal.empresa_id for sucursal in visibles}
        nombrada = suya.get(datos.get("sucursal", ""))
        return por_id.get(nombrada) if nombrada else next(iter(empresas), None)
    pedida = datos["empresa"]
    if not _ID.fullmatch(pedida):
        errores.setdefault("empresa", _("La empresa se indica con su número."))
        return None
    if int(pedida) not in por_id:
        raise Http404
    return por_id[int(pedida)]


def _la_suya(usuario: Usuario, empresa: Empresa) -> Sucursal | None:
    """The branch of who works in only one of the company's."""
    suyas = list(sucursales_visibles(usuario).filter(empresa=empresa)[:2])
    return suyas[0] if len(suyas) == 1 else None


def _con_otra(
    pregunta: Pregunta, visibles: Iterable[Sucursal], errores: dict[str, str]
) -> Pregunta:
    """The question with the one it is compared to: the same cart elsewhere, or another day."""
    if pregunta.empresa is None:
        return pregunta
    otra, otros = pregunta, pregunta.otros
    if pedida := otros.get("otra_sucursal"):
        texto = "" if pedida == NINGUNA else pedida
        sucursal = _leer(errores, "otra_sucursal", _sucursal, texto, visibles, pregunta.empresa)
        otra = replace(otra, sucursal=sucursal)
    if pedido := otros.get("otro_canal"):
        otra = replace(otra, canal=_leer(errores, "otro_canal", _canal, pedido) or "")
    if dia := otros.get("otra_fecha"):
        otra = replace(otra, fecha=_leer(errores, "otra_fecha", _fecha, dia, pregunta.empresa))
    return replace(pregunta, otra=replace(otra, otros={}))


def _sucursal(pedida: str, visibles: Iterable[Sucursal], empresa: Empresa) -> Sucursal | None:
    if pedida == "":
        return None
    if not _ID.fullmatch(pedida):
        raise CampoMalo(_("La sucursal se indica con su número."))
    hallada = next((s for s in visibles if s.pk == int(pedida)), None)
    if hallada is None:
        raise Http404
    if hallada.empresa_id != empresa.pk:
        raise CampoMalo(_("Esa sucursal es de otra empresa."))
    return hallada


def _fecha(pedida: str | None, empresa: Empresa) -> date:
    hoy = hoy_en(empresa)
    if pedida is None:
        return hoy
    if pedida == "":
        raise CampoMalo(_("Elegir la fecha de la venta."))
    frase = _("No existe la fecha «{texto}»: se escribe año-mes-día, como {hoy}.").format(
        texto=eco(pedida), hoy=hoy.isoformat()
    )
    if not _FECHA.fullmatch(pedida):
        raise CampoMalo(frase)
    try:
        return date.fromisoformat(pedida)
    except ValueError as error:
        raise CampoMalo(frase) from error


def _canal(pedido: str) -> str:
    if pedido in CanalVenta.values:
        return pedido
    if pedido == "":
        raise CampoMalo(_("Elegir el canal de la venta."))
    raise CampoMalo(
        _("No existe el canal «{texto}»: elegir uno de la lista.").format(texto=eco(pedido))
    )


def _canal_con_lista(empresa: Empresa, sucursal: Sucursal | None, fecha: date | None) -> str:
    """The first channel that has prices there, so that the page opens on something."""
    vigentes = listas_vigentes(
        empresa_id=empresa.pk, sucursal_id=sucursal.pk if sucursal else None, fecha=fecha
    )
    return next((canal for canal in CanalVenta.values if canal in vigentes), CanalVenta.TIENDA)


def _ver(pedido: str, lineas: tuple[Pedida, ...]) -> int | None:
    if pedido == "":
        return lineas[0].articulo_id if lineas else None
    if _ID.fullmatch(pedido) and any(linea.articulo_id == int(pedido) for linea in lineas):
        return int(pedido)
    raise CampoMalo(_("Ese artículo no está en el carrito: elegir una de sus líneas."))
