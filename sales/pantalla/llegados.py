"""The orders that came in during some days, counted and added up by the database.

Those of a lote and those without one are asked for apart, each through an index of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Sum
from django.db.models.sql.compiler import SQLCompiler

from gestion_precios.models import Empresa
from sales.models import EstadoPedido, Orders, OrdersDetail
from sales.pantalla.periodo import Periodo
from sales.pedidos.totales import CAMPOS, con_total

HORA: Final = len("2025-06-16 09")
MINUTO: Final = len("2025-06-16 09:30")
EN_PUNTO: Final = timedelta(hours=1)
Filas = Iterable[tuple[Any, ...]]


class _Instante(Func):
    """A moment's hour or minute as text, in UTC: what SQLite has stored, without a function."""

    output_field = CharField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **mas: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Take the first letters of the text that a moment is."""
        plantilla = f"substr(%(expressions)s, 1, {self.extra['largo']})"
        sql, valores = self.as_sql(compiler, connection, template=plantilla, **mas)
        return sql, tuple(valores)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **mas: Any
    ) -> tuple[str, Sequence[Any]]:
        """Write the moment as SQLite stores it."""
        letras = "YYYY-MM-DD HH24:MI"[: self.extra["largo"] + len("24")]
        plantilla = f"to_char(%(expressions)s AT TIME ZONE 'UTC', '{letras}')"
        return self.as_sql(compiler, connection, template=plantilla, **mas)


@dataclass(frozen=True)
class Rama:
    """Orders in force, and where the moment stands that they came in at."""

    pedidos: QuerySet[Orders]
    momento: str

    def sumas(self, *por: str) -> Filas:
        """Orders and money by these fields of orders, each order added up once."""
        contados = con_total(self.pedidos).order_by().values_list(*por)
        return contados.annotate(pedidos_=Count("pk"), suma_=Sum("total"))

    def por_momento(self, largo: int) -> Filas:
        """Orders and money by branch and hour (or minute) of UTC."""
        pedidos = self.pedidos.annotate(instante=_Instante(F(self.momento), largo=largo))
        return Rama(pedidos, self.momento).sumas("sucursal", "instante")

    def por_linea(self) -> Filas:
        """Orders and money by branch and line of articles."""
        suma = sum((F(campo) for campo in CAMPOS[1:]), F(CAMPOS[0]))
        lineas = OrdersDetail.objects.filter(anulado_040=False, orderobj__in=self.pedidos)
        por = lineas.order_by().values_list("orderobj__sucursal", "artobj__linea")
        return por.annotate(pedidos_=Count("orderobj", distinct=True), suma_=Sum(suma))


def zonas() -> list[ZoneInfo]:
    """The companies' time zones, and the house's."""
    nombres = set(Empresa.objects.order_by().values_list("zona_horaria", flat=True).distinct())
    return [ZoneInfo(nombre) for nombre in sorted(nombres | {settings.TIME_ZONE})]


def en_dias(periodo: Periodo, husos: list[ZoneInfo], campo: str, antes: int = 0) -> Q:
    """Condition: this moment is in these days, of the company's zone; without a branch, here's."""
    limites = {zona: periodo.limites(zona, antes) for zona in husos}

    def entre(desde: datetime, fin: datetime) -> Q:
        return Q(**{f"{campo}__gte": desde, f"{campo}__lt": fin})

    # All of them within one range, for the index; then each in its own.
    todos = entre(
        min(desde for desde, _fin in limites.values()), max(fin for _, fin in limites.values())
    )
    if len(husos) == 1:
        return todos
    cada_una = Q(pk__in=[])
    for zona, (desde, fin) in limites.items():
        suya = Q(sucursal__empresa__zona_horaria=zona.key)
        if zona.key == settings.TIME_ZONE:
            suya |= Q(sucursal__isnull=True)
        cada_una |= suya & entre(desde, fin)
    return todos & cada_una


def ramas(
    usuario: User, periodo: Periodo, husos: list[ZoneInfo], antes: int = 0
) -> tuple[Rama, Rama]:
    """What the user may see of the orders that came in: by their lote; without one, when taken."""
    del_lote, suelto = "loteobj__recibido_en", "capturado_en"
    llegados = Orders.objects.order_by().filter(en_dias(periodo, husos, del_lote, antes))
    sueltos = Orders.objects.order_by().filter(
        en_dias(periodo, husos, suelto, antes), loteobj__isnull=True
    )
    pedidos = (
        Orders.objects.visibles_para(usuario)
        .filter(anulado_040=False)
        .filter(Exists(OrdersDetail.objects.filter(orderobj=OuterRef("pk"), anulado_040=False)))
        .exclude(status=EstadoPedido.CANCELADO)
    )
    # Chosen by a subquery, which SQLite reads first, not after all those of a branch.
    return (
        Rama(pedidos.filter(pk__in=llegados.values("pk")), del_lote),
        Rama(pedidos.filter(pk__in=sueltos.values("pk")), suelto),
    )


def largo_exacto(periodo: Periodo, husos: list[ZoneInfo]) -> int:
    """How much of a moment tells its local hour: minutes too, where a zone is not whole hours."""
    dias = (datetime.combine(periodo.desde, time()) + timedelta(n) for n in range(periodo.dias))
    desfases = {dia.replace(tzinfo=zona).utcoffset() for dia in dias for zona in husos}
    enteros = all(desfase is not None and not desfase % EN_PUNTO for desfase in desfases)
    return HORA if enteros else MINUTO


def momento_de(instante: str) -> datetime:
    """The moment that this text of UTC is."""
    return datetime.fromisoformat(instante).replace(tzinfo=UTC)
