"""A cart priced in two places, channels or days, side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from gestion_precios.constantes import CanalVenta
from gestion_precios.moneda import con_signo
from gestion_precios.motor.respuestas import LineaCotizada
from gestion_precios.paginas.simulador.pregunta import Pregunta
from gestion_precios.paginas.simulador.respuesta import Respuesta
from gestion_precios.services import PrecioService


@dataclass(frozen=True)
class Comparada:
    """A line, or the total, here and there; None is without a price."""

    nombre: str
    aqui: Decimal | None
    alla: Decimal | None
    moneda: str

    @property
    def diferencia(self) -> str:
        """How much more (or less) it is there."""
        if self.aqui is None or self.alla is None:
            return "—"
        return con_signo(self.alla - self.aqui, self.moneda)


@dataclass(frozen=True)
class Comparacion:
    """What the cart would cost there, and where «there» is."""

    lugar: str
    url: str
    lista: str = ""
    filas: list[Comparada] = field(default_factory=list)
    total: Comparada | None = None
    motivo: str = ""


def comparar(respuesta: Respuesta) -> Comparacion | None:
    """The answer beside that of the question's other place; None when nothing is compared."""
    otra = respuesta.pregunta.otra
    if otra is None or otra.empresa is None or respuesta.errores or not respuesta.filas:
        return None
    lugar, url = _lugar(otra), otra.url()
    try:
        cotizacion = PrecioService.cotizar(
            otra.empresa.pk,
            otra.canal,
            otra.pares,
            sucursal_id=otra.sucursal.pk if otra.sucursal else None,
            fecha=otra.fecha,
        )
    except ErrorDominio as error:
        return Comparacion(lugar, url, motivo=str(error.detail))
    moneda = respuesta.moneda
    filas = [
        Comparada(fila.nombre, _total(fila.precio), _total(alla), moneda)
        for fila, alla in zip(respuesta.filas, cotizacion["lineas"], strict=True)
    ]
    total = Comparada(_("Total"), respuesta.total, cotizacion["total"], moneda)
    lista = cotizacion["lista_precio_aplicada"]["nombre"]
    return Comparacion(lugar, url, lista=lista, filas=filas, total=total)


def _total(linea: LineaCotizada | None) -> Decimal | None:
    return linea["total"] if linea and "total" in linea else None


def _lugar(pregunta: Pregunta) -> str:
    """Branch, channel and day in words."""
    sucursal = str(pregunta.sucursal) if pregunta.sucursal else _("Toda la empresa")
    dia = pregunta.fecha.strftime("%d/%m/%Y") if pregunta.fecha else ""
    return f"{sucursal} · {CanalVenta(pregunta.canal).label} · {dia}"
