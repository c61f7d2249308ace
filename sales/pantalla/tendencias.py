"""Weeks at a glance: orders and money by day, hour, branch, channel, taker and line; rejections.

What is voided or cancelled does not count. Each company's day is its own zone's, and each
currency has figures of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count
from django.utils.translation import gettext as _

from core.planillas.inerte import sin_formula
from gestion_precios.models import LineaArticulo, Sucursal
from gestion_precios.moneda import formato, texto_exacto
from sales.models import Canal, LotePedidos, ResultadoPedido
from sales.pantalla.llegados import (
    Rama,
    en_dias,
    largo_exacto,
    momento_de,
    ramas,
    zonas,
)
from sales.pantalla.periodo import Periodo
from sales.pedidos.totales import MONEDA_SIN_SUCURSAL

SEMANA: Final = 7
# As many bars as can be read.
BARRAS: Final = 30
DE_MOMENTO: Final = ("dias", "horas")
DE_PEDIDO: Final = ("sucursales", "canales", "tomadores")
# Of each currency, by what it is counted: orders and money.
Cuentas = dict[str, dict[Any, list[Any]]]
# A name, and what tells it from another that is written the same.
Nombres = Mapping[Any, tuple[str, str]]


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
    def barras(self) -> int:
        """How many rows the chart draws: every day and hour, else the first ones."""
        return len(self.filas) if self.clave in DE_MOMENTO else min(len(self.filas), BARRAS)

    @property
    def es_parcial(self) -> bool:
        return self.barras < len(self.filas)

    @property
    def resumen(self) -> str:
        """The figures that the chart's drawing says at a glance, of all the rows."""
        pedidos = sum(fila.pedidos for fila in self.filas)
        mayor = max(self.filas, key=lambda fila: fila.pedidos)
        partes = [self.titulo]
        if self.clave == "rechazos":
            partes.append(_("{n} rechazos").format(n=pedidos))
        elif self.clave != "lineas":
            # An order is in as many lines of articles as it has: only the money adds up there.
            partes.append(_("{n} pedidos").format(n=pedidos))
        if self.moneda:
            total = sum((fila.total or Decimal(0) for fila in self.filas), Decimal(0))
            partes.append(formato(total, self.moneda))
        partes.append(_("más en {que}: {n}").format(que=mayor.nombre, n=mayor.pedidos))
        return " · ".join(partes)


def tendencias(usuario: User, periodo: Periodo, clave: str = "") -> list[Seccion]:
    """The sections of what the user may see, or the one asked for, in a fixed number of queries."""
    husos = zonas()
    secciones: list[Seccion] = []
    sucursales = {s.pk: s for s in Sucursal.objects.select_related("empresa")}
    if clave in ("", *DE_MOMENTO):
        secciones += _por_momento(usuario, periodo, husos, sucursales)
    if clave in ("", *DE_PEDIDO, "lineas"):
        llegados = ramas(usuario, periodo, husos)
        if clave != "lineas":
            secciones += _por_pedido(llegados, sucursales)
        if clave in ("", "lineas"):
            secciones += _por_linea(llegados, sucursales)
    secciones = _por_moneda(secciones)
    if clave in ("", "rechazos"):
        secciones += _rechazos(usuario, periodo, husos)
    return [seccion for seccion in secciones if clave in ("", seccion.clave)]


def _por_moneda(secciones: list[Seccion]) -> list[Seccion]:
    """Each currency's sections together, the one with most orders first."""
    primera = secciones[0].clave if secciones else ""
    cuenta = {
        seccion.moneda: sum(fila.pedidos for fila in seccion.filas)
        for seccion in secciones
        if seccion.clave == primera
    }
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


def _por_momento(
    usuario: User, periodo: Periodo, husos: list[ZoneInfo], sucursales: Mapping[int, Sucursal]
) -> list[Seccion]:
    """By day, beside the same weekday of the week before, and by hour."""
    dias: Cuentas = defaultdict(dict)
    horas: Cuentas = defaultdict(dict)
    largo = largo_exacto(periodo, husos)
    for rama in ramas(usuario, periodo, husos, SEMANA):
        for sucursal, instante, pedidos, total in rama.por_momento(largo):
            suya = sucursales.get(sucursal)
            momento, moneda = momento_de(instante).astimezone(_zona(suya)), _moneda(suya)
            _sumar(dias[moneda], momento.date(), pedidos, total)
            if momento.date() >= periodo.desde:
                _sumar(horas[moneda], momento.hour, pedidos, total)
    return [
        seccion
        for moneda in sorted(horas)
        for seccion in (
            Seccion("dias", _("Por día"), _("Día"), _dias(dias[moneda], periodo), moneda),
            Seccion("horas", _("Por hora"), _("Hora"), _horas(horas[moneda]), moneda),
        )
    ]


def _sumar(cuenta: dict[Any, list[Any]], clave: Any, pedidos: int, total: Decimal) -> None:
    suma = cuenta.setdefault(clave, [0, Decimal(0)])
    suma[0] += pedidos
    suma[1] += total


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


def _por_pedido(llegados: tuple[Rama, Rama], sucursales: Mapping[int, Sucursal]) -> list[Seccion]:
    """By what an order has one of: its branch, its client's channel, its taker."""
    de_sucursal: Cuentas = defaultdict(dict)
    de_canal: Cuentas = defaultdict(dict)
    de_persona: Cuentas = defaultdict(dict)
    for rama in llegados:
        filas = rama.sumas("sucursal", "pdvobj__canalobj", "usuario")
        for sucursal, canal, persona, pedidos, total in filas:
            moneda = _moneda(sucursales.get(sucursal))
            _sumar(de_sucursal[moneda], sucursal, pedidos, total)
            _sumar(de_canal[moneda], canal, pedidos, total)
            _sumar(de_persona[moneda], persona, pedidos, total)
    nombres = {pk: (s.nombre, s.empresa.nombre) for pk, s in sucursales.items()}
    return [
        *_secciones("sucursales", _("Por sucursal"), _("Sucursal"), de_sucursal, nombres),
        *_secciones("canales", _("Por canal"), _("Canal"), de_canal, _canales(de_canal)),
        *_secciones("tomadores", _("Por tomador"), _("Quién"), de_persona, _personas(de_persona)),
    ]


def _por_linea(llegados: tuple[Rama, Rama], sucursales: Mapping[int, Sucursal]) -> list[Seccion]:
    cuentas: Cuentas = defaultdict(dict)
    for rama in llegados:
        for sucursal, linea, pedidos, total in rama.por_linea():
            _sumar(cuentas[_moneda(sucursales.get(sucursal))], linea, pedidos, total)
    lineas = LineaArticulo.objects.in_bulk(_claves(cuentas))
    nombres = {pk: (linea.nombre, f"#{pk}") for pk, linea in lineas.items()}
    return _secciones("lineas", _("Por línea de artículos"), _("Línea"), cuentas, nombres)


def _canales(cuentas: Cuentas) -> Nombres:
    canales = Canal.objects.in_bulk(_claves(cuentas))
    return {pk: (canal.nombre, f"#{pk}") for pk, canal in canales.items()}


def _personas(cuentas: Cuentas) -> Nombres:
    personas = User.objects.in_bulk(_claves(cuentas))
    return {pk: (p.get_full_name() or p.username, p.username) for pk, p in personas.items()}


def _claves(cuentas: Cuentas) -> set[Any]:
    return {clave for cuenta in cuentas.values() for clave in cuenta}


def _secciones(
    clave: str, titulo: str, columna: str, cuentas: Cuentas, nombres: Nombres
) -> list[Seccion]:
    """One section for each currency, most orders first."""
    veces = Counter(nombres[cual][0] for cual in _claves(cuentas) & nombres.keys())

    def rotulo(cual: Any) -> str:
        nombre, senal = nombres.get(cual, ("", ""))
        return f"{nombre} ({senal})" if veces[nombre] > 1 else nombre or "—"

    return [
        Seccion(
            clave,
            titulo,
            columna,
            _ordenadas(Fila(rotulo(cual), *suma) for cual, suma in cuenta.items()),
            moneda,
        )
        for moneda, cuenta in sorted(cuentas.items())
    ]


def _ordenadas(filas: Iterable[Fila]) -> list[Fila]:
    return sorted(filas, key=lambda fila: (-fila.pedidos, fila.nombre))


def _rechazos(usuario: User, periodo: Periodo, husos: list[ZoneInfo]) -> list[Seccion]:
    lotes = LotePedidos.objects.visibles_para(usuario).filter(
        en_dias(periodo, husos, "recibido_en")
    )
    cuentas = (
        ResultadoPedido.objects.filter(
            resultado=ResultadoPedido.Resultado.RECHAZADO, loteobj__in=lotes.values("pk")
        )
        .order_by()
        .values_list("codigo")
        .annotate(cuantos=Count("pk"))
    )
    filas = _ordenadas(
        Fila(codigo.replace("_", " ").capitalize(), cuantos) for codigo, cuantos in cuentas
    )
    return [Seccion("rechazos", _("Rechazos por motivo"), _("Motivo"), filas)] if filas else []


def _zona(sucursal: Sucursal | None) -> ZoneInfo:
    return ZoneInfo(sucursal.empresa.zona_horaria if sucursal else settings.TIME_ZONE)


def _moneda(sucursal: Sucursal | None) -> str:
    return sucursal.empresa.moneda if sucursal else MONEDA_SIN_SUCURSAL
