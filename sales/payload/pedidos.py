"""One order as sent, read into plain values; no question to the database yet. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from core.limites_pedido import LIMITES
from sales.lotes.recibos import huella_cruda, huella_pedido, precio_plano
from sales.payload.fallas import PedidoRechazado
from sales.payload.identidad import leer_captura, leer_id
from sales.payload.lineas import ID_MAXIMO, Aviso, Linea, leer_lineas, revisar_campos

DOC_TIPO = "PEDIDO"
LARGO_DOC_TIPO = LIMITES["doc_tipo_caracteres"]
LARGO_OBSERVACION = LIMITES["observacion_caracteres"]

CAMPOS_PEDIDO = frozenset(
    {"id", "doc_tipo", "doc_fecha", "capturado_en", "observacion", "detalles"}
)
_SIN_IMPUESTOS = itemgetter(0, 1, 2)
_CLAVE = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
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
    # Its own for ever; None: it was given none.
    uuid: UUID | None = None
    # When it was closed where it was taken; None: nobody said.
    capturado_en: datetime | None = None


def leer_pedido(
    clave: str, valor: Any, *, decimales: int, hoy: date, llegada: datetime | None = None
) -> PedidoLeido:
    """The order sent under this client key; PedidoRechazado names line and field at fault.

    `hoy` and `llegada` say when its lote arrived.
    """
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
    uuid = leer_id(valor.get("id"))
    captura = leer_captura(
        valor.get("doc_fecha"), valor.get("capturado_en"), hoy=hoy, llegada=llegada, avisos=avisos
    )
    return PedidoLeido(
        cliente_id,
        _texto(valor.get("doc_tipo"), "doc_tipo", LARGO_DOC_TIPO) or DOC_TIPO,
        captura.doc_fecha,
        _texto(valor.get("observacion"), "observacion", LARGO_OBSERVACION),
        leer_lineas(valor.get("detalles", []), decimales, avisos),
        avisos,
        uuid,
        captura.capturado_en,
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


def uuid_de(valor: Any) -> UUID | None:
    """The id of an order that was not read, if it has one."""
    try:
        return leer_id(valor.get("id")) if isinstance(valor, dict) else None
    except PedidoRechazado:
        return None


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
