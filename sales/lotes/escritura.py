"""Writing a chunk: orders, lines and verdicts, in a constant number of round trips."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone

from sales.cambios.registro import CAMPOS_CAMBIO, guardados
from sales.lotes.insercion_masiva import Plano, insertar, plano, reservar_ids
from sales.models import Cambio, EstadoPedido, Orders, OrdersDetail, ResultadoPedido
from sales.models.numeracion import reservar_numeros
from sales.payload import Aviso, PedidoLeido, PedidoRechazado, huella_enviada, imprimible
from sales.precios.valoracion import Fila, PedidoValorado
from sales.signals import pedido_en_revision

registro = logging.getLogger(__name__)
_GUARDADO = ResultadoPedido.Resultado.GUARDADO.value
_REPETIDO = ResultadoPedido.Resultado.REPETIDO.value
_RECHAZADO = ResultadoPedido.Resultado.RECHAZADO.value
LARGO_CLIENTE = 120
LARGO_CAMPO = 60


class PedidoDecidido(NamedTuple):
    """What was decided on the order at a position of the lote: `pedido` to be stored, `rechazo`, or
    neither: it is stored already."""

    posicion: int
    clave: str
    huella: str
    pedido: PedidoValorado | None
    rechazo: PedidoRechazado | None
    avisos: list[Aviso]
    uuid: UUID | None = None
    # The stored order that is this one (REPETIDO), or that has its id (a refusal): its key.
    previo: int | None = None

    @property
    def guardado(self) -> bool:
        """Whether it is stored, now or before."""
        return self.rechazo is None


@dataclass(frozen=True, slots=True)
class Origen:
    """What every order of a lote has in common."""

    lote_id: UUID
    sucursal_id: int
    usuario_id: int
    capturado_en: datetime
    decimales: int


# Fields that are not named stay NULL: nobody has voided a new order or taken it through checkout.
_SIN_ANULAR = {"anulado_040": "0", "anulado_040_motivo": ""}
FIJOS_PEDIDO = _SIN_ANULAR | {"doc_numero": "0", "stock_returned": "0"}
FIJOS_LINEA = _SIN_ANULAR
CAMPOS_PEDIDO = (
    "id",
    "pedido_numero",
    "pdvobj",
    "doc_tipo",
    "doc_fecha",
    "status",
    "loteobj",
    "sucursal",
    "usuario",
    "observacion",
    "capturado_en",
    "uuid",
    "huella_enviada",
)
CAMPOS_LINEA = (
    "orderobj",
    "artobj",
    "cantidad_original",
    "cantidad",
    "precio_unitario",
    "gravada_10",
    "iva_10",
    "gravada_5",
    "iva_5",
    "exenta",
    "precio_sistema",
    "lista_precio",
    "version_precios",
)
CAMPOS_RESULTADO = (
    "loteobj",
    "posicion",
    "cliente_id",
    "uuid",
    "resultado",
    "orderobj",
    "codigo",
    "motivo",
    "linea",
    "campo",
    "huella",
    "avisos",
)


def escribir(origen: Origen, decididos: Sequence[PedidoDecidido]) -> None:
    """Write the verdicts and the orders saved, inside the caller's transaction."""
    nuevos = [v for v in decididos if v.pedido is not None]
    pedidos = [v.pedido for v in nuevos if v.pedido is not None]
    ids: Sequence[int] = []
    if pedidos:
        numeros = reservar_numeros(len(pedidos))
        ids = reservar_ids(Orders, len(pedidos))
        insertar(Orders, CAMPOS_PEDIDO, _pedidos(origen, nuevos, ids, numeros), FIJOS_PEDIDO)
        insertar(OrdersDetail, CAMPOS_LINEA, _lineas(pedidos, ids, origen.decimales), FIJOS_LINEA)
        nacidos = guardados(ids, numeros, origen.sucursal_id)
        insertar(Cambio, CAMPOS_CAMBIO, nacidos, _fijos_cambio())
    insertar(ResultadoPedido, CAMPOS_RESULTADO, _resultados(origen.lote_id, decididos, ids))
    en_revision = [id_ for id_, pedido in zip(ids, pedidos, strict=True) if pedido.en_revision]
    if en_revision:
        _anunciar(en_revision)


def _fijos_cambio() -> dict[str, str]:
    momento = str(plano(timezone.now()))
    return {"tipo": Cambio.Tipo.GUARDADO.value, "momento": momento, "datos": "{}"}


def _pedidos(
    origen: Origen,
    nuevos: Iterable[PedidoDecidido],
    ids: Sequence[int],
    numeros: Sequence[int],
) -> Iterator[tuple[Plano, ...]]:
    comunes = (plano(origen.lote_id), origen.sucursal_id, origen.usuario_id)
    capturado = plano(origen.capturado_en)
    for id_, numero, nuevo in zip(ids, numeros, nuevos, strict=True):
        assert nuevo.pedido is not None  # noqa: S101 — `escribir` chose them
        pedido, _, _, en_revision = nuevo.pedido
        status = EstadoPedido.EN_REVISION if en_revision else EstadoPedido.CONFIRMADO
        yield (
            id_,
            numero,
            pedido.cliente_id,
            pedido.doc_tipo,
            plano(pedido.doc_fecha),
            status.value,
            *comunes,
            pedido.observacion,
            plano(pedido.capturado_en) if pedido.capturado_en else capturado,
            plano(pedido.uuid) if pedido.uuid else None,
            _contenido(nuevo.huella, pedido),
        )


def _contenido(huella: str, pedido: PedidoLeido) -> str:
    """What another send of this order is compared with; of one without an id, nothing is."""
    if pedido.uuid is None:
        return ""
    return huella_enviada(huella, pedido.doc_tipo, pedido.observacion)


def _lineas(
    pedidos: Iterable[PedidoValorado], ids: Sequence[int], decimales: int
) -> Iterator[tuple[Plano, ...]]:
    for id_, pedido in zip(ids, pedidos, strict=True):
        filas = pedido.filas if not decimales else _con_decimales(pedido.filas, decimales)
        for fila in filas:
            yield id_, *fila


def _con_decimales(filas: Iterable[Fila], decimales: int) -> Iterator[tuple[Plano, ...]]:
    """Lines with their amounts as decimal text instead of minor units."""
    factor = 10**decimales
    for articulo, pedida, cantidad, *montos, lista, version in filas:
        textos = [f"{monto // factor}.{monto % factor:0{decimales}d}" for monto in montos]
        yield articulo, pedida, cantidad, *textos, lista, version


def _resultados(
    lote_id: UUID, decididos: Iterable[PedidoDecidido], ids: Iterable[int]
) -> Iterator[tuple[Plano, ...]]:
    lote = plano(lote_id)
    siguientes = iter(ids)
    for posicion, clave, huella, pedido, rechazo, avisos, uuid, previo in decididos:
        if rechazo is not None:
            campo = imprimible(rechazo.campo, LARGO_CAMPO)
            motivo = rechazo.motivo(clave)
            decision: tuple[Plano, ...]
            decision = (_RECHAZADO, previo, rechazo.codigo, motivo, rechazo.linea, campo)
        elif pedido is None:
            decision = (_REPETIDO, previo, "", "", None, "")
        else:
            decision = (_GUARDADO, next(siguientes), "", "", None, "")
        textos = json.dumps(avisos, ensure_ascii=False) if avisos else "[]"
        propio = plano(uuid) if uuid else None
        yield lote, posicion, imprimible(clave, LARGO_CLIENTE), propio, *decision, huella, textos


def _anunciar(order_ids: list[int]) -> None:
    """Tell whoever listens. Orders are saved even if a listener fails: reconciling finds them."""
    if not pedido_en_revision.has_listeners(Orders):
        return
    try:
        with transaction.atomic():
            pedido_en_revision.send(sender=Orders, order_ids=order_ids)
    except OperationalError:
        raise  # The transaction itself is in question: let it be tried again.
    except Exception:  # noqa: BLE001 — a listener's fault must not cost an order
        registro.exception("aviso_de_revision_fallido", extra={"pedidos": len(order_ids)})
