"""Which price list is in force: the most specific one, by branch first and then by channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from gestion_precios.models import CanalVenta, Empresa, ListaPrecio
from gestion_precios.motor.explicacion import CodigoLista

UN_DIA: Final = timedelta(days=1)


def hoy_en(empresa: Empresa) -> date:
    """Today's date where the company sells, whatever the server's or UTC's date is."""
    return timezone.localdate(timezone=ZoneInfo(empresa.zona_horaria))


class Considerada(NamedTuple):
    """A list that was looked at, and what became of it."""

    lista: ListaPrecio
    codigo: CodigoLista


@dataclass(frozen=True, slots=True)
class Eleccion:
    """The list in force, and those it was chosen among, the most specific first."""

    elegida: ListaPrecio | None
    consideradas: tuple[Considerada, ...]

    def con(self, codigo: CodigoLista) -> list[ListaPrecio]:
        """The lists of which this became."""
        return [lista for lista, suerte in self.consideradas if suerte is codigo]


def lista_vigente(
    *, empresa_id: int, canal_venta: str, sucursal_id: int | None, fecha: date | None
) -> ListaPrecio | None:
    """The list in force for one channel; without a date, the company's today. One query."""
    return eleccion(
        empresa_id=empresa_id, canal_venta=canal_venta, sucursal_id=sucursal_id, fecha=fecha
    ).elegida


def eleccion(
    *,
    empresa_id: int,
    canal_venta: str,
    sucursal_id: int | None,
    fecha: date | None,
    todas: bool = False,
) -> Eleccion:
    """The list in force and those it was chosen among, the most specific first. One query.

    With `todas`, also those of its company, branch and channel that are not in force.
    """
    posibles = _de_la_sucursal(empresa_id, sucursal_id)
    if not todas:
        posibles = _activas_entre(posibles, *_dias(fecha))
    listas = sorted(
        posibles.filter(canal_venta__in=[canal_venta, CanalVenta.TODOS]),
        key=_especificidad,
        reverse=True,
    )
    rigen = [lista for lista in listas if _rige(lista, fecha)]
    elegida = rigen[0] if rigen else None
    consideradas = listas if todas else rigen
    return Eleccion(
        elegida, tuple(Considerada(lista, _suerte(lista, elegida, fecha)) for lista in consideradas)
    )


def listas_vigentes(
    *, empresa_id: int, sucursal_id: int | None, fecha: date | None = None
) -> dict[str, ListaPrecio]:
    """The list in force for each channel that has one, as `lista_vigente` answers. One query."""
    posibles = _activas_entre(_de_la_sucursal(empresa_id, sucursal_id), *_dias(fecha))
    candidatas = [lista for lista in posibles if _rige(lista, fecha)]
    elegidas = {canal: elegir(candidatas, canal) for canal in CanalVenta.values}
    return {canal: lista for canal, lista in elegidas.items() if lista is not None}


def listas_entre(
    *, empresa_id: int, sucursal_id: int | None, desde: date, hasta: date
) -> list[ListaPrecio]:
    """The active lists in force on some day of a span: of those of a day, `elegir`. One query."""
    return list(_activas_entre(_de_la_sucursal(empresa_id, sucursal_id), desde, hasta))


def elegir(candidatas: Iterable[ListaPrecio], canal_venta: str) -> ListaPrecio | None:
    """The most specific of these lists for a channel; of overlapping ones the newest."""
    del_canal = (
        lista for lista in candidatas if lista.canal_venta in (canal_venta, CanalVenta.TODOS)
    )
    return max(del_canal, key=_especificidad, default=None)


def nivel_de(lista: ListaPrecio) -> int:
    """How general a list is: 1 branch and channel, 2 branch, 3 company and channel, 4 company."""
    return 1 + 2 * (lista.sucursal_id is None) + (lista.canal_venta == CanalVenta.TODOS)


def _especificidad(lista: ListaPrecio) -> tuple[bool, bool, date, int]:
    return (
        lista.sucursal_id is not None,
        lista.canal_venta != CanalVenta.TODOS,
        lista.fecha_inicio_vigencia,
        lista.pk,
    )


def _de_la_sucursal(empresa_id: int, sucursal_id: int | None) -> QuerySet[ListaPrecio]:
    """The lists of a company, those of its other branches apart."""
    return ListaPrecio.objects.filter(
        Q(sucursal_id=None) | Q(sucursal_id=sucursal_id), empresa_id=empresa_id
    ).con_versiones()


def _activas_entre(
    listas: QuerySet[ListaPrecio], desde: date, hasta: date
) -> QuerySet[ListaPrecio]:
    """The active ones in force on some day of a span."""
    return listas.filter(
        Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=desde),
        activa=True,
        fecha_inicio_vigencia__lte=hasta,
    ).order_by()


def _rige(lista: ListaPrecio, fecha: date | None) -> bool:
    return lista.activa and lista.vigente_en(fecha or hoy_en(lista.empresa))


def _suerte(lista: ListaPrecio, elegida: ListaPrecio | None, fecha: date | None) -> CodigoLista:
    """What became of a list; one switched off is just that, whatever its dates."""
    if not lista.activa:
        return CodigoLista.INACTIVA
    if elegida is None or not _rige(lista, fecha):
        empezo = lista.fecha_inicio_vigencia <= (fecha or hoy_en(lista.empresa))
        return CodigoLista.VENCIDA if empezo else CodigoLista.FUTURA
    if lista == elegida:
        return CodigoLista.ELEGIDA
    mismo_nivel = nivel_de(lista) == nivel_de(elegida)
    return CodigoLista.SOLAPADA if mismo_nivel else CodigoLista.MENOS_ESPECIFICA


def _dias(fecha: date | None) -> tuple[date, date]:
    """The date; without one, the days on which it may be today somewhere on earth."""
    hoy_utc = timezone.now().date()
    return (fecha, fecha) if fecha else (hoy_utc - UN_DIA, hoy_utc + UN_DIA)
