"""Which price list is in force: the most specific one, by branch first and then by channel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from gestion_precios.models import CanalVenta, Empresa, ListaPrecio

UN_DIA = timedelta(days=1)


def hoy_en(empresa: Empresa) -> date:
    """Today's date where the company sells, whatever the server's or UTC's date is."""
    return timezone.localdate(timezone=ZoneInfo(empresa.zona_horaria))


def lista_vigente(
    *, empresa_id: int, canal_venta: str, sucursal_id: int | None, fecha: date | None
) -> ListaPrecio | None:
    """The list in force for one channel; without a date, the company's today. One query."""
    candidatas = _candidatas(empresa_id, sucursal_id, *_dias(fecha)).filter(
        canal_venta__in=[canal_venta, CanalVenta.TODOS]
    )
    return elegir(_en_vigor(candidatas, fecha), canal_venta)


def listas_vigentes(
    *, empresa_id: int, sucursal_id: int | None, fecha: date | None = None
) -> dict[str, ListaPrecio]:
    """The list in force for each channel that has one, as `lista_vigente` answers. One query."""
    candidatas = _en_vigor(_candidatas(empresa_id, sucursal_id, *_dias(fecha)), fecha)
    elegidas = {canal: elegir(candidatas, canal) for canal in CanalVenta.values}
    return {canal: lista for canal, lista in elegidas.items() if lista is not None}


def listas_entre(
    *, empresa_id: int, sucursal_id: int | None, desde: date, hasta: date
) -> list[ListaPrecio]:
    """The active lists in force on some day of a span: of those of a day, `elegir`. One query."""
    return list(_candidatas(empresa_id, sucursal_id, desde, hasta))


def elegir(candidatas: Iterable[ListaPrecio], canal_venta: str) -> ListaPrecio | None:
    """The most specific of these lists for a channel; of overlapping ones the newest."""
    del_canal = (
        lista for lista in candidatas if lista.canal_venta in (canal_venta, CanalVenta.TODOS)
    )
    return max(del_canal, key=_especificidad, default=None)


def _especificidad(lista: ListaPrecio) -> tuple[bool, bool, date, int]:
    return (
        lista.sucursal_id is not None,
        lista.canal_venta != CanalVenta.TODOS,
        lista.fecha_inicio_vigencia,
        lista.pk,
    )


def _candidatas(
    empresa_id: int, sucursal_id: int | None, desde: date, hasta: date
) -> QuerySet[ListaPrecio]:
    """Active lists of the company (and branch) in force on some day of a span."""
    return (
        ListaPrecio.objects.filter(
            Q(sucursal_id=None) | Q(sucursal_id=sucursal_id),
            Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=desde),
            empresa_id=empresa_id,
            activa=True,
            fecha_inicio_vigencia__lte=hasta,
        )
        .con_marcas()
        .order_by()
    )


def _en_vigor(candidatas: QuerySet[ListaPrecio], fecha: date | None) -> list[ListaPrecio]:
    return [lista for lista in candidatas if lista.vigente_en(fecha or hoy_en(lista.empresa))]


def _dias(fecha: date | None) -> tuple[date, date]:
    """The date; without one, the days on which it may be today somewhere on earth."""
    hoy_utc = timezone.now().date()
    return (fecha, fecha) if fecha else (hoy_utc - UN_DIA, hoy_utc + UN_DIA)
