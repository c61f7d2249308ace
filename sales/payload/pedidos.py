"""One order as sent, read into plain values; no question to the database yet. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from sales.huellas import huella_cruda, huella_pedido, precio_plano
from sales.payload.fallas import PedidoRechazado
from sales.payload.lineas import ID_MAXIMO, Aviso, Linea, leer_lineas, revisar_campos

DOC_TIPO = "PEDIDO"
LARGO_DOC_TIPO = 80
LARGO_OBSERVACION = 500
# An order can wait in a browser without a signal; a year is a typing error. Tomorrow is a
# browser whose clock is ahead.
DIAS_ATRAS = 366
DIAS_ADELANTE = 1

CAMPOS_PEDIDO = frozenset({"doc_tipo", "doc_fecha", "observacion", "detalles"})
_SIN_IMPUESTOS = itemgetter(0, 1, 2)
_CLAVE = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# NUL, which PostgreSQL refuses, and halves of surrogate pairs, which no database can store.
_INGUARDABLE = re.compile("[\x00\ud800-\udfff]")


class PedidoLeido(NamedTuple):
    """An order whose form is right; whether it can be sold is another question."""

    cliente_id: int
    doc_tipo: str
    doc_fecha: date
    observacion: str
    lineas: list[Linea]
    avisos: list[Aviso]


def leer_pedido(clave: str, valor: Any, *, decimales: int, hoy: date) -> PedidoLeido:
    """The order sent under this client key; PedidoRechazado names line and field at fault."""
    cliente_id = _cliente(clave)
    avisos: list[Aviso] = []
    if isinstance(valor, list):
        return PedidoLeido(
            cliente_id, DOC_TIPO, hoy, "", leer_lineas(valor, decimales, avisos), avisos
        )
    if not isinstance(valor, dict):
        raise PedidoRechazado(
            "tipo_incorrecto", "el pedido es una lista de líneas, o un objeto con `detalles`."
        )
    revisar_campos(valor, CAMPOS_PEDIDO, None, avisos)
    return PedidoLeido(
        cliente_id,
        _texto(valor.get("doc_tipo"), "doc_tipo", LARGO_DOC_TIPO) or DOC_TIPO,
        _fecha(valor.get("doc_fecha"), hoy),
        _texto(valor.get("observacion"), "observacion", LARGO_OBSERVACION),
        leer_lineas(valor.get("detalles", []), decimales, avisos),
        avisos,
    )


def huella_de(clave: str, pedido: PedidoLeido, decimales: int) -> str:
    """The receipt of an order that was read."""
    lineas: Iterable[tuple[int, int, int | str]] = map(_SIN_IMPUESTOS, pedido.lineas)
    if decimales:
        lineas = (
            (articulo, n, precio_plano(precio, decimales))
            for articulo, n, precio, _ in pedido.lineas
        )
    return huella_pedido(clave, lineas)


def huella_ilegible(clave: str, valor: Any) -> str:
    """The receipt of an order that was not read: of its lines as they came."""
    lineas = valor.get("detalles") if isinstance(valor, dict) else valor
    return huella_cruda(clave, lineas if isinstance(lineas, list) else [])


def _cliente(clave: str) -> int:
    if _CLAVE.fullmatch(clave) and int(clave) <= ID_MAXIMO:
        return int(clave)
    raise PedidoRechazado(*CLIENTE_DESCONOCIDO, campo="cliente_id")


CLIENTE_DESCONOCIDO = (
    "cliente_desconocido",
    "el cliente no existe: elegirlo de nuevo y volver a cargar el pedido.",
)


def _texto(valor: Any, campo: str, largo: int) -> str:
    if valor is None:
        return ""
    if not isinstance(valor, str):
        raise PedidoRechazado("tipo_incorrecto", "tiene que ser un texto.", campo=campo)
    if _INGUARDABLE.search(valor):
        raise PedidoRechazado(
            "texto_invalido",
            "tiene un carácter que no se puede guardar: escribirlo de nuevo.",
            campo=campo,
        )
    texto = valor.strip()
    if len(texto) > largo:
        raise PedidoRechazado("texto_largo", f"pasa de {largo} caracteres: acortarlo.", campo=campo)
    return texto


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
