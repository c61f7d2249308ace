"""Which orders go on paper together, loaded with all that their documents say, within bounds."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from django.db.models import Count, Prefetch, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.documentos.contenido import Contenido, contenido_de
from sales.models import Orders, OrdersDetail, ResultadoPedido

PEDIDOS_MAXIMO: Final = 500
LINEAS_MAXIMO: Final = 20_000


def elegidos(pedidos: QuerySet[Orders], *, los_que_quepan: bool = False) -> list[Orders]:
    """The orders, oldest first, with their lines. Refuses none, and more than fit in one file;
    or takes, of those, the first that do fit."""
    claves = list(
        pedidos.order_by("pedido_numero").values_list("pk", flat=True)[: PEDIDOS_MAXIMO + 1]
    )
    if not claves:
        raise sin_pedidos()
    caben = _los_primeros(claves[:PEDIDOS_MAXIMO])
    if len(caben) < len(claves) and not los_que_quepan:
        if len(claves) > PEDIDOS_MAXIMO:
            raise _son_demasiados(_("pedidos"), PEDIDOS_MAXIMO, "demasiados_pedidos")
        raise _son_demasiados(_("líneas"), LINEAS_MAXIMO, "demasiadas_lineas")
    return list(completos(Orders.objects.filter(pk__in=caben)).order_by("pedido_numero"))


def completos(pedidos: QuerySet[Orders]) -> QuerySet[Orders]:
    """The orders with what their documents say, in three queries."""
    lineas = OrdersDetail.objects.select_related("artobj").order_by("id")
    return pedidos.select_related("pdvobj", "sucursal__empresa", "usuario").prefetch_related(
        Prefetch("detalles", queryset=lineas)
    )


def recibos_de(pedidos: list[Orders]) -> dict[int, str]:
    """The receipts of the orders that a lote brought, by key: as sent, whatever came later."""
    guardados = ResultadoPedido.objects.filter(
        orderobj__in=[pedido.pk for pedido in pedidos],
        resultado=ResultadoPedido.Resultado.GUARDADO,
    )
    return {
        clave: huella
        for clave, huella in guardados.order_by("-pk").values_list("orderobj_id", "huella")
        if clave is not None
    }


def contenidos_de(pedidos: list[Orders]) -> list[Contenido]:
    """What each document says, receipts included."""
    recibos = recibos_de(pedidos)
    return [contenido_de(pedido, recibos.get(pedido.pk, "")) for pedido in pedidos]


def sin_pedidos() -> ErrorDominio:
    """The refusal of an empty choice."""
    return ErrorDominio(_("No hay pedidos para imprimir: elegir otros."), codigo="sin_pedidos")


def _los_primeros(claves: list[int]) -> list[int]:
    """The first orders whose lines are not too many together; one at least."""
    lineas = OrdersDetail.objects.filter(orderobj__in=claves).order_by()
    cuentas = dict(lineas.values_list("orderobj_id").annotate(n=Count("pk")))
    sumas = accumulate(cuentas.get(clave, 0) for clave in claves)
    caben = sum(1 for suma in sumas if suma <= LINEAS_MAXIMO)
    return claves[: max(caben, 1)]


def _son_demasiados(que: str, maximo: int, codigo: str) -> ErrorDominio:
    frase = _("Son más de %(maximo)s %(que)s: filtrar por fecha, estado o cliente, y reintentar.")
    return ErrorDominio(frase % {"maximo": number_format(maximo), "que": que}, codigo=codigo)
