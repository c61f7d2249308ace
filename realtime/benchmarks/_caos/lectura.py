"""The desk's database after the run, as the checker wants to see it: read, never written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef

from core.tests.e2e.mesa import ALIAS
from realtime.benchmarks._caos.control import Linea, LoteGuardado, PedidoGuardado, Recibo
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from sales.models import EstadoPedido, LotePedidos, Orders, OrdersDetail

MONTOS = ("precio_unitario", "gravada_10", "iva_10", "gravada_5", "iva_5", "exenta")


def guardados(recibos: Mapping[UUID, Sequence[Recibo]]) -> dict[UUID | None, LoteGuardado]:
    """Every lote of the desk with its orders and these receipts; None has the loose orders."""
    pedidos = _pedidos()
    lotes: dict[UUID | None, LoteGuardado] = {
        lote_id: LoteGuardado(estado, codigo, pedidos.pop(lote_id, ()), recibos.get(lote_id, ()))
        for lote_id, estado, codigo in LotePedidos.objects.using(ALIAS).values_list(
            "pk", "estado", "codigo"
        )
    }
    return lotes | {lote_id: LoteGuardado("", "", suyos) for lote_id, suyos in pedidos.items()}


def lotes_guardados() -> list[UUID]:
    """The lotes that are there."""
    return list(LotePedidos.objects.using(ALIAS).values_list("pk", flat=True))


def abiertos() -> int:
    """How many still have work to be done."""
    return LotePedidos.objects.using(ALIAS).abiertos().count()


def en_curso() -> bool:
    """Whether a worker has one in hand."""
    return LotePedidos.objects.using(ALIAS).abiertos().filter(estado="PROCESANDO").exists()


def retomados() -> int:
    """How many lotes took more than one attempt."""
    return LotePedidos.objects.using(ALIAS).filter(intentos__gt=1).count()


def desagote(desde: datetime) -> float:
    """Seconds from then until the last of the lotes received by then was done."""
    recibidos = LotePedidos.objects.using(ALIAS).filter(recibido_en__lte=desde)
    ultimo: datetime | None = recibidos.aggregate(ultimo=Max("terminado_en"))["ultimo"]
    return max(0.0, (ultimo - desde).total_seconds()) if ultimo else 0.0


def tarjetas_de_mas() -> int:
    """Cards of orders that are not in review, or of rows that are not for their price."""
    precio = UnfulfilledOrder.Origen.PRECIO
    de_precio = UnfulfilledOrder.objects.filter(
        pk=OuterRef("unfulfilled"),
        origen=precio,
        status=EstadoPedido.EN_REVISION,
        orderobj__status=EstadoPedido.EN_REVISION,
    )
    return RealtimeRecord.objects.using(ALIAS).filter(~Exists(de_precio)).count()


def _pedidos() -> dict[UUID | None, list[PedidoGuardado]]:
    lineas = _lineas()
    filas = _contar(UnfulfilledOrder, "orderobj_id")
    tarjetas = _contar(RealtimeRecord, "unfulfilled__orderobj_id")
    mostradas = _mostradas()
    pedidos: dict[UUID | None, list[PedidoGuardado]] = {}
    for pk, numero, cliente, status, lote in (
        Orders.objects.using(ALIAS)
        .order_by("pk")
        .values_list("pk", "pedido_numero", "pdvobj_id", "status", "loteobj_id")
    ):
        pedidos.setdefault(lote, []).append(
            PedidoGuardado(
                numero,
                str(cliente),
                status,
                tuple(lineas.get(pk, ())),
                filas.get(pk, 0),
                tarjetas.get(pk, 0),
                mostradas.get(numero, 0),
            )
        )
    return pedidos


def _lineas() -> dict[int, list[Linea]]:
    lineas: dict[int, list[Linea]] = {}
    campos = ("orderobj_id", "artobj_id", "cantidad", *MONTOS)
    for pedido, *valores in (
        OrdersDetail.objects.using(ALIAS).order_by("pk").values_list(*campos).iterator()
    ):
        lineas.setdefault(pedido, []).append(tuple(valores))
    return lineas


def _contar(modelo: type[UnfulfilledOrder | RealtimeRecord], clave: str) -> dict[int, int]:
    contadas = modelo.objects.using(ALIAS).order_by().values_list(clave)
    return dict(contadas.annotate(veces=Count("pk")))


def _mostradas() -> dict[int, int]:
    """Order number → how often a card of it was shown."""
    mostradas = RealtimeEvent.objects.using(ALIAS).filter(hecho=RealtimeEvent.Hecho.MOSTRADA)
    return dict(mostradas.order_by().values_list("pedido_numero").annotate(veces=Count("pk")))
