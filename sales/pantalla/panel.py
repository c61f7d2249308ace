"""The day at a glance: what came in, from whom, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from gestion_precios.listas.vencimientos import Vencimiento, por_vencer
from sales.lotes.filas_tarea import con_fila
from sales.models import LotePedidos, Orders, OrdersDetail
from sales.pedidos.totales import CAMPOS, MONEDA_SIN_SUCURSAL
from sales.personas.permisos import empresas_de

LOTES_EN_ESPERA = 20
PERSONAS = 30
MONEDA = "orderobj__sucursal__empresa__moneda"


@dataclass(frozen=True)
class Carga:
    """Orders of the day in one currency, by everybody or by one person."""

    moneda: str
    pedidos: int
    total: Decimal
    quien: str = ""
    parte: int = 100


@dataclass(frozen=True)
class EstadoDeLotes:
    """How many of the day's lotes are in a state."""

    codigo: str
    nombre: str
    cuantos: int


@dataclass(frozen=True)
class Panel:
    """What the page shows."""

    desde: datetime
    cargas: list[Carga]
    personas: list[Carga]
    estados: list[EstadoDeLotes]
    en_espera: list[LotePedidos]
    por_vencer: list[Vencimiento]


def panel_de(usuario: User) -> Panel:
    """Today's figures of everything the user may see, in a fixed number of queries."""
    desde = datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())
    lineas = OrdersDetail.objects.filter(
        anulado_040=False,
        orderobj__anulado_040=False,
        orderobj__in=Orders.objects.visibles_para(usuario).recibidos_desde(desde),
    )
    lotes = LotePedidos.objects.visibles_para(usuario).sin_contenido()
    abiertos = lotes.abiertos().select_related("usuario", "sucursal").order_by("recibido_en")
    return Panel(
        desde=desde,
        cargas=_cargas(lineas),
        personas=_personas(lineas),
        estados=_estados(lotes.filter(recibido_en__gte=desde)),
        en_espera=list(con_fila(list(abiertos[:LOTES_EN_ESPERA]))),
        por_vencer=por_vencer(empresas_de(usuario)),
    )


def _cargas(lineas: QuerySet[OrdersDetail]) -> list[Carga]:
    return [Carga(_moneda(fila), fila["pedidos"], fila["total"]) for fila in _sumar(lineas, MONEDA)]


def _personas(lineas: QuerySet[OrdersDetail]) -> list[Carga]:
    de_quien = [f"orderobj__usuario__{c}" for c in ("username", "first_name", "last_name")]
    filas = _sumar(lineas, *de_quien, MONEDA)[:PERSONAS]
    mayor = max((fila["pedidos"] for fila in filas), default=1)
    return [
        Carga(
            _moneda(fila),
            fila["pedidos"],
            fila["total"],
            quien=_nombre(*(fila[campo] for campo in de_quien)),
            parte=100 * fila["pedidos"] // mayor,
        )
        for fila in filas
    ]


def _sumar(lineas: QuerySet[OrdersDetail], *por: str) -> list[dict[str, Any]]:
    """Orders and money by these fields, most orders first."""
    suma = sum((F(campo) for campo in CAMPOS[1:]), F(CAMPOS[0]))
    pedidos = Count("orderobj", distinct=True)
    filas = lineas.values(*por).annotate(pedidos=pedidos, total=Sum(suma)).order_by(*por)
    return sorted(filas, key=lambda fila: -fila["pedidos"])


def _estados(lotes: QuerySet[LotePedidos]) -> list[EstadoDeLotes]:
    cuentas = dict(lotes.order_by().values_list("estado").annotate(n=Count("pk")))
    return [
        EstadoDeLotes(estado.value, str(estado.label), cuentas.get(estado.value, 0))
        for estado in LotePedidos.Estado
    ]


def _moneda(fila: dict[str, Any]) -> str:
    return fila[MONEDA] or MONEDA_SIN_SUCURSAL


def _nombre(username: str | None, nombre: str | None, apellido: str | None) -> str:
    return f"{nombre or ''} {apellido or ''}".strip() or username or "—"
