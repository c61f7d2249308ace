"""Which orders are stored already, by the id each was born with."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sales.models import Orders
from sales.payload import PedidoRechazado


class Guardado(NamedTuple):
    """An order that is stored: where, under which number, and what was sent of it."""

    pk: int
    pedido_numero: int
    sucursal_id: int | None
    lote_id: UUID | None
    contenido: str


def guardados_con(ids: Collection[UUID]) -> dict[UUID, Guardado]:
    """The orders stored under these ids, in one query; none for no ids."""
    if not ids:
        return {}
    filas = Orders.objects.filter(uuid__in=ids).values_list(
        "uuid", "pk", "pedido_numero", "sucursal_id", "loteobj_id", "huella_enviada"
    )
    return {
        uuid: Guardado(pk, numero, sucursal_id, lote_id, contenido)
        for uuid, pk, numero, sucursal_id, lote_id, contenido in filas
        if uuid is not None
    }


def reutilizado(previo: Guardado, *, sucursal_id: int, lote_id: UUID) -> PedidoRechazado:
    """Why an order is refused whose id another content is stored under.

    What another branch stored is not told.
    """
    if previo.lote_id == lote_id:
        return ID_REPETIDO
    if previo.sucursal_id != sucursal_id:
        detalle = "su identificador ya es de otro pedido: enviarlo como pedido nuevo."
    else:
        detalle = (
            f"ya está guardado como {previo.pedido_numero}, con otro contenido:"
            " compararlos, y si hacen falta los dos, enviarlo como pedido nuevo."
        )
    return PedidoRechazado("pedido_reutilizado", detalle, campo="id")


ID_REPETIDO = PedidoRechazado(
    "id_repetido",
    "otro pedido del mismo envío tiene el mismo identificador: enviarlo como pedido nuevo.",
    campo="id",
)
