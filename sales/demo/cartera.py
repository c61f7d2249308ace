"""Who orders what in the demo: clients and articles by weight, at the prices of the day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Final
from uuid import UUID

from gestion_precios.models import Articulo, Moneda, Pais, Sucursal
from sales.models import Cliente
from sales.precios.sistema import Mercado, PreciosDelSistema, mercado_de, precios_de_mercado

LINEAS: Final = (3, 12)
CANTIDADES: Final = (1, 1, 2, 2, 3, 4, 6, 6, 12, 12, 24)
# Of a thousand orders: how many are refused, and how many have another price than the system's.
RECHAZADOS, CON_OTRO_PRECIO = 14, 24
OBSERVACIONES: Final = (
    "Entregar antes de las 10.",
    "Llamar al llegar, timbre roto.",
    "Cobrar con transferencia.",
    "Dejar en el depósito de atrás.",
    "Pide factura a nombre de la dueña.",
)
INEXISTENTE: Final = 9_999_999


class Cartera:
    """A branch's shops and assortment: the first of each order most, as in any distributor."""

    def __init__(self, sucursal: Sucursal, azar: Random) -> None:
        self.sucursal = sucursal
        self.entero = sucursal.empresa.moneda == Moneda.PYG
        self._azar = azar
        self._clientes = _clientes(sucursal, azar)
        self._articulos = _articulos(self.entero, azar)
        self._pesos_clientes = _zipf(len(self._clientes))
        self._pesos_articulos = _zipf(len(self._articulos))
        self._precios: dict[Mercado, PreciosDelSistema] = {}

    def pedidos(self, cuantos: int, llegada: datetime) -> str:
        """The JSON of a lote that arrives then: so many orders, a client's one each."""
        elegidos = self._azar.choices(self._clientes, cum_weights=self._pesos_clientes, k=cuantos)
        pedidos: dict[str, Any] = {}
        for cliente in dict.fromkeys(elegidos):
            clave, pedido = self._pedido(cliente, llegada)
            if pedido["detalles"]:
                pedidos[clave] = pedido
        return json.dumps(pedidos, ensure_ascii=False)

    def _pedido(self, cliente: Cliente, llegada: datetime) -> tuple[str, dict[str, Any]]:
        azar = self._azar
        capturado = llegada - timedelta(seconds=azar.randint(20, 1_500))
        pedido: dict[str, Any] = {
            "id": str(UUID(int=azar.getrandbits(128), version=4)),
            "capturado_en": capturado.isoformat(timespec="seconds"),
            "observacion": azar.choice(OBSERVACIONES) if azar.randrange(12) == 0 else "",
            "detalles": self._detalles(mercado_de(cliente, capturado.date())),
        }
        clave = str(cliente.pk)
        suerte = azar.randrange(1_000)
        if suerte < RECHAZADOS:
            return _estropear(clave, pedido, suerte)
        if suerte < RECHAZADOS + CON_OTRO_PRECIO:
            _rebajar(pedido["detalles"], self.entero, azar)
        return clave, pedido

    def _detalles(self, mercado: Mercado) -> list[dict[str, Any]]:
        azar = self._azar
        elegidos = azar.choices(
            self._articulos, cum_weights=self._pesos_articulos, k=azar.randint(*LINEAS)
        )
        unidades = {articulo: azar.choice(CANTIDADES) for articulo in elegidos}
        precios = self._precios_en(mercado).precios(unidades)
        divisor = 1 if self.entero else 100
        return [
            {
                "articulo_id": articulo,
                "cantidad": cantidad,
                "precio_unitario": precios[articulo].minimos // divisor
                if precios[articulo].minimos % divisor == 0
                else precios[articulo].minimos / divisor,
            }
            for articulo, cantidad in unidades.items()
            if articulo in precios
        ]

    def _precios_en(self, mercado: Mercado) -> PreciosDelSistema:
        if mercado not in self._precios:
            precios = precios_de_mercado(self.sucursal, mercado, self._articulos)
            self._precios[mercado] = precios
        return self._precios[mercado]


def _clientes(sucursal: Sucursal, azar: Random) -> list[Cliente]:
    """The shops of the branch: of Paraguay's, two in three are Asunción's."""
    pais = sucursal.empresa.pais or Pais.PY
    todos = Cliente.objects.filter(pais=pais, activo=True).select_related("canalobj").order_by("pk")
    if pais == Pais.PY:
        del_este = sucursal.nombre != "Asunción"
        filas = [cliente for cliente in todos if (cliente.pk % 3 == 0) == del_este]
    else:
        ecommerce = [cliente for cliente in todos if cliente.canalobj.canal_venta == "ECOMMERCE"]
        filas = ecommerce or list(todos)
    azar.shuffle(filas)
    return filas


def _articulos(entero: bool, azar: Random) -> list[int]:
    """What it sells, what is asked for most first: the distributor's, or the engine's four."""
    filas = Articulo.objects.order_by("pk").values_list("pk", flat=True)
    claves = list(filas.filter(pk__gt=4) if entero else filas.filter(pk__lte=4))
    azar.shuffle(claves)
    return claves[:400]


def _zipf(cuantos: int) -> list[float]:
    return list(accumulate(1 / (lugar + 6) for lugar in range(cuantos)))


def _estropear(clave: str, pedido: dict[str, Any], suerte: int) -> tuple[str, dict[str, Any]]:
    """An order as it should not come: an unknown client or article, no quantity, two dates."""
    linea: dict[str, Any] = pedido["detalles"][0] if pedido["detalles"] else {}
    if suerte % 4 == 0:
        return str(INEXISTENTE + suerte), pedido
    if suerte % 4 == 1:
        linea["articulo_id"] = INEXISTENTE
    elif suerte % 4 == 2:
        linea["cantidad"] = 0
    else:
        pedido["doc_fecha"] = date(2019, 1, 31).isoformat()
    return clave, pedido


def _rebajar(detalles: Sequence[dict[str, Any]], entero: bool, azar: Random) -> None:
    """What a taker agreed to by phone: one line some per cent cheaper."""
    if not detalles:
        return
    linea = azar.choice(detalles)
    rebajado = int(linea["precio_unitario"] * azar.choice((90, 92, 95))) // 100
    linea["precio_unitario"] = max(rebajado // 50 * 50, 50) if entero else max(rebajado, 1)
