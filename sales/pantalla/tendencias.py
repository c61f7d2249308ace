"""Weeks at a glance: orders and money by day, hour, branch, channel, taker and line; rejections.

What is voided or cancelled does not count. Each company's day is its own zone's, and each
currency has figures of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractHour, TruncDate
from django.utils.translation import gettext as _

from core.planillas.inerte import sin_formula
from gestion_precios.models import Empresa
from gestion_precios.moneda import formato, texto_exacto
from sales.models import EstadoPedido, LotePedidos, Orders, OrdersDetail, ResultadoPedido
from sales.pantalla.periodo import Periodo
from sales.pedidos.totales import CAMPOS, MONEDA_SIN_SUCURSAL

SEMANA: Final = 7
FILAS: Final = 30
MONEDA: Final = "orderobj__sucursal__empresa__moneda"
QUIEN: Final = tuple(f"orderobj__usuario__{c}" for c in ("username", "first_name", "last_name"))
SUCURSAL: Final = "orderobj__sucursal__nombre"
CANAL: Final = "orderobj__pdvobj__canalobj__nombre"
LINEA: Final = "artobj__linea__nombre"


@dataclass(frozen=True)
class Fila:
    """One bar and its row: how many, how much, and how many the same weekday a week before."""

    nombre: str
    pedidos: int
    total: Decimal | None = None
    antes: int | None = None


@dataclass(frozen=True)
class Seccion:
    """A chart with the table behind it, in one currency; "" where there is no money."""

    clave: str
    titulo: str
    columna: str
    filas: list[Fila]
    moneda: str = ""

    @property
    def compara(self) -> bool:
        return self.clave == "dias"

    @property
    def resumen(self) -> str:
        """The figures that the chart's drawing says at a glance."""
        pedidos = sum(fila.pedidos for fila in self.filas)
        mayor = max(self.filas, key=lambda fila: fila.pedidos)
        partes = [self.titulo, _("{n} pedidos").format(n=pedidos)]
        if self.moneda and self.clave != "lineas":
            total = sum((fila.total or Decimal(0) for fila in self.filas), Decimal(0))
            partes.append(formato(total, self.moneda))
        partes.append(_("más en {que}: {n}").format(que=mayor.nombre, n=mayor.pedidos))
        return " · ".join(partes)


def tendencias(usuario: User, periodo: Periodo) -> list[Seccion]:
    """The sections of what the user may see, in a fixed number of queries and one per zone."""
    zonas = _zonas()
    lineas = _lineas(usuario, periodo, zonas)
    secciones = _por_momento(usuario, periodo, zonas)
    de_pedido = list(_agrupar(lineas, SUCURSAL, CANAL, *QUIEN, MONEDA))
    de_linea = list(_agrupar(lineas, LINEA, MONEDA))
    for clave, titulo, columna, filas, nombre in (
        ("sucursales", _("Por sucursal"), _("Sucursal"), de_pedido, _campo(SUCURSAL)),
        ("canales", _("Por canal"), _("Canal"), de_pedido, _campo(CANAL)),
        ("tomadores", _("Por tomador"), _("Quién"), de_pedido, _quien),
        ("lineas", _("Por línea de artículos"), _("Línea"), de_linea, _campo(LINEA)),
    ):
        secciones += _secciones(clave, titulo, columna, filas, nombre)
    return [*_por_moneda(secciones), *_rechazos(usuario, periodo, zonas)]


def _por_moneda(secciones: list[Seccion]) -> list[Seccion]:
    """Each currency's sections together, the one with most orders first."""
    cuenta: dict[str, int] = defaultdict(int)
    for seccion in secciones:
        cuenta[seccion.moneda] += sum(fila.pedidos for fila in seccion.filas)
    return sorted(secciones, key=lambda seccion: (-cuenta[seccion.moneda], seccion.moneda))


def filas_csv(secciones: Iterable[Seccion], clave: str) -> list[list[str]]:
    """A section's table as text cells, of every currency; empty when there is none."""
    suyas = [seccion for seccion in secciones if seccion.clave == clave]
    if not suyas:
        return []
    cabeza = [suyas[0].columna, _("Moneda"), _("Pedidos"), _("Total"), _("Semana anterior")]
    filas = [
        [
            sin_formula(fila.nombre),
            seccion.moneda,
            str(fila.pedidos),
            ""
            if fila.total is None
            else texto_exacto(fila.total, seccion.moneda).replace(".", ","),
            "" if fila.antes is None else str(fila.antes),
        ]
        for seccion in suyas
        for fila in seccion.filas
    ]
    return [cabeza, *filas]


def _zonas() -> list[ZoneInfo]:
    nombres = set(Empresa.objects.order_by().values_list("zona_horaria", flat=True).distinct())
    return [ZoneInfo(nombre) for nombre in sorted(nombres | {settings.TIME_ZONE})]


def _de_zona(zona: ZoneInfo, prefijo: str) -> Q:
    """Condition: of a company of this zone; what has no branch is the house's."""
    suya = Q(**{f"{prefijo}sucursal__empresa__zona_horaria": zona.key})
    if zona.key == settings.TIME_ZONE:
        suya |= Q(**{f"{prefijo}sucursal__isnull": True})
    return suya


def _en(periodo: Periodo, zona: ZoneInfo, antes: int = 0) -> Q:
    """Condition on orders: they came in in these days; without a lote, were taken."""
    desde, fin = periodo.limites(zona, antes)
    con_lote = Q(loteobj__recibido_en__gte=desde, loteobj__recibido_en__lt=fin)
    sin_lote = Q(loteobj__isnull=True, capturado_en__gte=desde, capturado_en__lt=fin)
    return _de_zona(zona, "") & (con_lote | sin_lote)


def _de_pedidos(pedidos: QuerySet[Orders]) -> QuerySet[OrdersDetail]:
    en_vigor = pedidos.filter(anulado_040=False).exclude(status=EstadoPedido.CANCELADO)
    return OrdersDetail.objects.filter(anulado_040=False, orderobj__in=en_vigor)


def _lineas(usuario: User, periodo: Periodo, zonas: list[ZoneInfo]) -> QuerySet[OrdersDetail]:
    condicion = Q(pk__in=[])
    for zona in zonas:
        condicion |= _en(periodo, zona)
    return _de_pedidos(Orders.objects.visibles_para(usuario).filter(condicion))


def _agrupar(lineas: QuerySet[OrdersDetail], *por: str) -> Iterable[dict[str, Any]]:
    """Orders and money by these fields."""
    suma = sum((F(campo) for campo in CAMPOS[1:]), F(CAMPOS[0]))
    pedidos = Count("orderobj", distinct=True)
    filas: Iterable[dict[str, Any]] = (
        lineas.order_by().values(*por).annotate(pedidos=pedidos, total=Sum(suma))
    )
    return filas


def _por_momento(usuario: User, periodo: Periodo, zonas: list[ZoneInfo]) -> list[Seccion]:
    """By day, beside the same weekday of the week before, and by hour."""
    dias: dict[str, dict[date, list[Any]]] = defaultdict(dict)
    horas: dict[str, dict[int, list[Any]]] = defaultdict(dict)
    for zona in zonas:
        pedidos = Orders.objects.visibles_para(usuario).filter(_en(periodo, zona, SEMANA))
        momento = Coalesce("orderobj__loteobj__recibido_en", "orderobj__capturado_en")
        lineas = _de_pedidos(pedidos).annotate(
            dia=TruncDate(momento, tzinfo=zona), hora=ExtractHour(momento, tzinfo=zona)
        )
        for fila in _agrupar(lineas, "dia", "hora", MONEDA):
            moneda = _moneda(fila)
            _sumar(dias[moneda], fila["dia"], fila)
            if fila["dia"] >= periodo.desde:
                _sumar(horas[moneda], fila["hora"], fila)
    return [
        seccion
        for moneda in sorted(horas)
        for seccion in (
            Seccion("dias", _("Por día"), _("Día"), _dias(dias[moneda], periodo), moneda),
            Seccion("horas", _("Por hora"), _("Hora"), _horas(horas[moneda]), moneda),
        )
    ]


def _sumar(cuenta: dict[Any, list[Any]], clave: Any, fila: dict[str, Any]) -> None:
    suma = cuenta.setdefault(clave, [0, Decimal(0)])
    suma[0] += fila["pedidos"]
    suma[1] += fila["total"]


def _dias(cuenta: dict[date, list[Any]], periodo: Periodo) -> list[Fila]:
    nada = [0, Decimal(0)]
    filas = []
    for lugar in range(periodo.dias):
        fecha = periodo.desde + timedelta(days=lugar)
        pedidos, total = cuenta.get(fecha, nada)
        antes = cuenta.get(fecha - timedelta(days=SEMANA), nada)[0]
        filas.append(Fila(f"{fecha:%d/%m/%Y}", pedidos, total, antes))
    return filas


def _horas(cuenta: dict[int, list[Any]]) -> list[Fila]:
    nada = [0, Decimal(0)]
    return [
        Fila(f"{hora:02d}:00", *cuenta.get(hora, nada))
        for hora in range(min(cuenta), max(cuenta) + 1)
    ]


def _secciones(
    clave: str,
    titulo: str,
    columna: str,
    filas: list[dict[str, Any]],
    nombre: Callable[[dict[str, Any]], str],
) -> list[Seccion]:
    """One section for each currency, most orders first."""
    cuentas: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for fila in filas:
        _sumar(cuentas[_moneda(fila)], nombre(fila), fila)
    return [
        Seccion(clave, titulo, columna, _ordenadas(cuentas[moneda]), moneda)
        for moneda in sorted(cuentas)
    ]


def _ordenadas(cuenta: dict[str, list[Any]]) -> list[Fila]:
    filas = [Fila(nombre, *suma) for nombre, suma in cuenta.items()]
    return sorted(filas, key=lambda fila: (-fila.pedidos, fila.nombre))[:FILAS]


def _rechazos(usuario: User, periodo: Periodo, zonas: list[ZoneInfo]) -> list[Seccion]:
    condicion = Q(pk__in=[])
    for zona in zonas:
        desde, fin = periodo.limites(zona)
        condicion |= _de_zona(zona, "") & Q(recibido_en__gte=desde, recibido_en__lt=fin)
    lotes = LotePedidos.objects.visibles_para(usuario).filter(condicion)
    cuentas = (
        ResultadoPedido.objects.filter(
            resultado=ResultadoPedido.Resultado.RECHAZADO, loteobj__in=lotes.values("pk")
        )
        .order_by()
        .values_list("codigo")
        .annotate(cuantos=Count("pk"))
    )
    filas = [Fila(codigo.replace("_", " ").capitalize(), cuantos) for codigo, cuantos in cuentas]
    filas.sort(key=lambda fila: (-fila.pedidos, fila.nombre))
    return [Seccion("rechazos", _("Rechazos por motivo"), _("Motivo"), filas)] if filas else []


def _campo(nombre: str) -> Callable[[dict[str, Any]], str]:
    return lambda fila: fila[nombre] or "—"


def _quien(fila: dict[str, Any]) -> str:
    usuario, nombres, apellidos = (fila[campo] or "" for campo in QUIEN)
    return f"{nombres} {apellidos}".strip() or usuario or "—"


def _moneda(fila: dict[str, Any]) -> str:
    return fila[MONEDA] or MONEDA_SIN_SUCURSAL
