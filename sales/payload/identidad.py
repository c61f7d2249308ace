"""What an order says of itself: its own id, and when it was closed where it was taken. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from core.limites_pedido import LIMITES
from sales.payload.fallas import PedidoRechazado
from sales.payload.lineas import Aviso

# An order can wait in a browser without a signal; a year is a typing error. Tomorrow is a
# browser whose clock is ahead.
DIAS_ATRAS = LIMITES["dias_atras"]
DIAS_ADELANTE = LIMITES["dias_adelante"]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENTO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)


class Captura(NamedTuple):
    """When an order was taken; `capturado_en` None: nobody said."""

    doc_fecha: date
    capturado_en: datetime | None


def leer_id(valor: Any) -> UUID | None:
    """An order's own id, or None where it has none; PedidoRechazado when it is no UUID."""
    if valor is None:
        return None
    if isinstance(valor, str) and _UUID.fullmatch(valor):
        return UUID(valor)
    raise PedidoRechazado(
        "id_invalido",
        "el identificador del pedido no es un UUID: cargarlo de nuevo.",
        campo="id",
    )


def huella_enviada(recibo: str, doc_tipo: str, observacion: str) -> str:
    """What two sends of one order must have in common: receipt, kind of document and remark.

    Not its dates: two tabs that send it in the same instant close it at two moments.
    """
    texto = f"{recibo}\n{doc_tipo}\n{observacion}"
    return sha256(texto.encode()).hexdigest()


def leer_captura(
    fecha: Any, momento: Any, *, hoy: date, llegada: datetime | None, avisos: list[Aviso]
) -> Captura:
    """`doc_fecha` and `capturado_en` as sent, kept between a year back and a day ahead.

    A moment beyond is a wrong clock: the lote's arrival (`llegada`, `hoy` where the company is)
    takes its place, and that of a date which came from the same clock.
    """
    capturado = _momento(momento)
    if capturado is None:
        return Captura(_fecha(fecha, hoy), None)
    en_plazo = llegada is None or _en_plazo(capturado, llegada)
    if not en_plazo:
        avisos.append(_corregida(capturado))
    if fecha in (None, capturado.date().isoformat()):
        doc_fecha = capturado.date() if en_plazo else hoy
    else:
        doc_fecha = _fecha(fecha, hoy)
    return Captura(doc_fecha, capturado if en_plazo else llegada)


def _en_plazo(capturado: datetime, llegada: datetime) -> bool:
    adelante, atras = timedelta(days=DIAS_ADELANTE), timedelta(days=DIAS_ATRAS)
    return llegada - atras <= capturado <= llegada + adelante


def _corregida(capturado: datetime) -> Aviso:
    return {
        "codigo": "captura_corregida",
        "linea": None,
        "campo": "capturado_en",
        "motivo": f"El equipo que lo cargó decía {capturado:%d/%m/%Y %H:%M}:"
        " se guardó la hora en que llegó.",
    }


def _momento(valor: Any) -> datetime | None:
    if valor is None:
        return None
    if isinstance(valor, str) and _MOMENTO.fullmatch(valor):
        try:
            return datetime.fromisoformat(valor)
        except ValueError:
            pass  # a month 13, an hour 25: said below
    raise PedidoRechazado(
        "captura_invalida",
        "el momento de la carga se escribe AAAA-MM-DDTHH:MM:SS con su diferencia horaria.",
        campo="capturado_en",
    )


def _fecha(valor: Any, hoy: date) -> date:
    if valor is None:
        return hoy
    if not isinstance(valor, str) or not _FECHA.fullmatch(valor):
        raise PedidoRechazado(
            "fecha_invalida", "la fecha se escribe AAAA-MM-DD.", campo="doc_fecha"
        )
    try:
        fecha = date.fromisoformat(valor)
    except ValueError:
        raise PedidoRechazado(
            "fecha_invalida", "esa fecha no existe en el calendario.", campo="doc_fecha"
        ) from None
    if fecha > hoy + timedelta(days=DIAS_ADELANTE):
        raise PedidoRechazado(
            "fecha_futura", "la fecha es posterior a hoy: corregirla.", campo="doc_fecha"
        )
    if fecha < hoy - timedelta(days=DIAS_ATRAS):
        raise PedidoRechazado(
            "fecha_antigua", "la fecha tiene más de un año: corregirla.", campo="doc_fecha"
        )
    return fecha
