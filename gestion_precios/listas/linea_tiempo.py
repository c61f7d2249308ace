"""Which list holds when: a company's lists as lanes of a timeline, with what is in force today,
what comes next, and the days that nobody covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from gestion_precios.constantes import CanalVenta
from gestion_precios.models import Empresa, ListaPrecio, Sucursal
from gestion_precios.motor.vigencia import UN_DIA, elegir, hoy_en

MESES_ANTES: Final = 2
MESES: Final = 10


class EstadoLista(models.TextChoices):
    """What a list is today."""

    EN_VIGOR = "EN_VIGOR", _("En vigor")
    FUTURA = "FUTURA", _("Futura")
    VENCIDA = "VENCIDA", _("Vencida")
    INACTIVA = "INACTIVA", _("Inactiva")


def estado_de(lista: ListaPrecio, hoy: date) -> EstadoLista:
    """What the list is on this day."""
    if not lista.activa:
        return EstadoLista.INACTIVA
    if lista.vigente_en(hoy):
        return EstadoLista.EN_VIGOR
    return EstadoLista.FUTURA if hoy < lista.fecha_inicio_vigencia else EstadoLista.VENCIDA


@dataclass(frozen=True)
class Barra:
    """A stretch of the timeline as SVG has it (percentages); `sigue`: it goes on past an end."""

    x: str
    ancho: str
    viene_de_antes: bool = False
    sigue: bool = False


@dataclass(frozen=True)
class Ventana:
    """The days a timeline shows: some whole months around today."""

    desde: date
    hasta: date
    hoy: date

    @classmethod
    def alrededor_de(cls, hoy: date) -> Ventana:
        """Two months before this one, and the seven after it."""
        desde = _mes(hoy, -MESES_ANTES)
        return cls(desde, _mes(desde, MESES) - UN_DIA, hoy)

    @property
    def meses(self) -> list[tuple[str, date]]:
        """Where each month begins."""
        meses = [_mes(self.desde, n) for n in range(MESES)]
        return [(self._por_ciento(mes), mes) for mes in meses]

    @property
    def x_hoy(self) -> str:
        """Where today is."""
        return self._por_ciento(self.hoy)

    def barra(self, desde: date, hasta: date | None) -> Barra | None:
        """The stretch between two days, both included; None when it is out of sight."""
        inicio = max(desde, self.desde)
        fin = self.hasta if hasta is None else min(hasta, self.hasta)
        if inicio > self.hasta or fin < self.desde:
            return None
        return Barra(
            self._por_ciento(inicio),
            _texto(self._lugar(fin + UN_DIA) - self._lugar(inicio)),
            viene_de_antes=desde < self.desde,
            sigue=hasta is None or hasta > self.hasta,
        )

    def _lugar(self, dia: date) -> int:
        """In ten-thousandths of the whole: no float comes near."""
        return (dia - self.desde).days * 10_000 // ((self.hasta - self.desde).days + 1)

    def _por_ciento(self, dia: date) -> str:
        return _texto(self._lugar(dia))


@dataclass(frozen=True)
class Tramo:
    """Days without a list of the lane, and the less specific one that holds then, if any."""

    desde: date
    hasta: date | None
    cubre: ListaPrecio | None
    barra: Barra | None


@dataclass(frozen=True)
class Fila:
    """A list in its lane."""

    lista: ListaPrecio
    estado: EstadoLista
    barra: Barra | None


@dataclass(frozen=True)
class Carril:
    """One branch (or the whole company) and channel: its lists, and who holds today and next.

    Not `en_uso`: all its lists are switched off, so that nobody misses one.
    """

    sucursal: Sucursal | None
    canal: str
    filas: tuple[Fila, ...]
    en_uso: bool
    rige: ListaPrecio | None
    sigue: ListaPrecio | None
    huecos: tuple[Tramo, ...]

    @property
    def nombre_canal(self) -> str:
        """The channel in words."""
        todos = self.canal == CanalVenta.TODOS
        return str(_("Todos los canales") if todos else CanalVenta(self.canal).label)

    @property
    def rige_otra(self) -> bool:
        """Whether today's list is a less specific one, not of this lane."""
        return self.rige is not None and self.rige.pk not in {f.lista.pk for f in self.filas}


@dataclass(frozen=True)
class LineaDeTiempo:
    """A company's lanes over the same days."""

    empresa: Empresa
    ventana: Ventana
    carriles: list[Carril] = field(default_factory=list)


def lineas_de_tiempo(listas: Sequence[ListaPrecio]) -> list[LineaDeTiempo]:
    """These lists (with company and branch, ordered as the model does) as lanes; one query more:
    what holds on a day depends on every active list of the company, shown or not."""
    vivas = ListaPrecio.objects.filter(
        empresa__in={lista.empresa_id for lista in listas}, activa=True
    ).order_by("fecha_inicio_vigencia", "pk")
    de_empresa: dict[int, list[ListaPrecio]] = {}
    for viva in vivas if listas else ():
        de_empresa.setdefault(viva.empresa_id, []).append(viva)
    lineas = []
    for empresa, suyas in groupby(listas, key=lambda lista: lista.empresa):
        ventana = Ventana.alrededor_de(hoy_en(empresa))
        hermanas = de_empresa.get(empresa.pk, [])
        por_carril = groupby(suyas, key=lambda lista: (lista.sucursal, lista.canal_venta))
        lineas.append(
            LineaDeTiempo(
                empresa,
                ventana,
                [
                    _carril(sucursal, canal, list(filas), hermanas, ventana)
                    for (sucursal, canal), filas in por_carril
                ],
            )
        )
    return lineas


def _carril(
    sucursal: Sucursal | None,
    canal: str,
    listas: Iterable[ListaPrecio],
    hermanas: Sequence[ListaPrecio],
    ventana: Ventana,
) -> Carril:
    hoy = ventana.hoy
    propia = sucursal.pk if sucursal else None
    propias = [
        lista for lista in hermanas if (lista.sucursal_id, lista.canal_venta) == (propia, canal)
    ]
    return Carril(
        sucursal=sucursal,
        canal=canal,
        filas=tuple(
            Fila(
                lista,
                estado_de(lista, hoy),
                ventana.barra(lista.fecha_inicio_vigencia, lista.fecha_fin_vigencia),
            )
            for lista in listas
        ),
        en_uso=bool(propias),
        rige=_la_de(hermanas, propia, canal, hoy),
        sigue=next((lista for lista in propias if lista.fecha_inicio_vigencia > hoy), None),
        huecos=tuple(_huecos(propias, hermanas, propia, canal, ventana)) if propias else (),
    )


def _huecos(
    propias: Sequence[ListaPrecio],
    hermanas: Sequence[ListaPrecio],
    sucursal_id: int | None,
    canal: str,
    ventana: Ventana,
) -> Iterable[Tramo]:
    """From today on, the days that no active list of the lane covers."""
    libre = ventana.hoy
    for lista in propias:
        if lista.fecha_inicio_vigencia > libre:
            hasta = lista.fecha_inicio_vigencia - UN_DIA
            yield _tramo(libre, hasta, _la_de(hermanas, sucursal_id, canal, libre), ventana)
        fin = lista.fecha_fin_vigencia
        if fin is None:
            return
        libre = max(libre, fin + UN_DIA)
    yield _tramo(libre, None, _la_de(hermanas, sucursal_id, canal, libre), ventana)


def _tramo(desde: date, hasta: date | None, cubre: ListaPrecio | None, ventana: Ventana) -> Tramo:
    return Tramo(desde, hasta, cubre, ventana.barra(desde, hasta))


def _la_de(
    hermanas: Iterable[ListaPrecio], sucursal_id: int | None, canal: str, dia: date
) -> ListaPrecio | None:
    """The company's list for this branch and channel on a day."""
    candidatas = (
        lista
        for lista in hermanas
        if lista.sucursal_id in (None, sucursal_id) and lista.vigente_en(dia)
    )
    return elegir(candidatas, canal)


def _mes(dia: date, cuantos: int) -> date:
    """The first day of the month so many months away."""
    meses = dia.year * 12 + dia.month - 1 + cuantos
    return date(meses // 12, meses % 12 + 1, 1)


def _texto(diezmilesimas: int) -> str:
    return f"{diezmilesimas // 100}.{diezmilesimas % 100:02}%"
