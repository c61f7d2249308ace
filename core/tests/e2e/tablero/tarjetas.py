"""Unfulfilled orders at a running desk, made in its own environment as another system would."""

from __future__ import annotations

import json
from typing import Any

from core.tests.e2e.mesa import Mesa

CREAR = """
import json, sys, time
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from gestion_precios.models import Articulo, Sucursal
from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.tarjetas.acciones import tomar
from sales.models import Cliente
from sales.personas.permisos import sucursales_de
from sales.tests.fabricas import crear_pedido

hechas = []
tomador = User.objects.get(username="tomador")
sucursal = sucursales_de(tomador).get()
clientes = list(Cliente.objects.order_by("id")[:60])
articulos = list(Articulo.objects.order_by("id")[:40])
for i, dato in enumerate(json.loads({datos!r})):
    nombre = dato.get("cliente")
    cliente = clientes[i % 60]
    if nombre:
        Cliente.objects.filter(pk=cliente.pk).update(
            nombrefantasia=nombre, nombrefactura=nombre
        )
        cliente.refresh_from_db()
    lineas = [(articulos[(i + n) % 40], 1 + (i + n) % 7, 9_500 + 1_150 * n) for n in range(3)]
    pedido = crear_pedido(
        cliente, lineas, usuario=tomador,
        sucursal=None if dato.get("suelto") else sucursal, status=dato.get("pedido", "1"),
    )
    if dato.get("sistema"):
        linea = pedido.detalles.first()
        linea.precio_sistema = linea.precio_unitario + dato["sistema"]
        linea.save()
    fila = UnfulfilledOrder.objects.create(orderobj=pedido, status=dato.get("status", "9"))
    tarjetas = RealtimeRecord.objects.filter(unfulfilled=fila)
    hace = timezone.now() - timedelta(minutes=dato.get("minutos", 0))
    if dato.get("minutos"):
        tarjetas.update(creado_en=hace)
    if dato.get("tomada"):
        tomar(unfulfilled_id=fila.pk, actor=User.objects.get(username=dato["tomada"]))
    hechas.append([fila.pk, pedido.pedido_numero])
    time.sleep(dato.get("pausa", 0))
print(json.dumps(hechas))
"""

VACIAR = """
from realtime.tarjetas.repaso import repasar_todo
from realtime.models import UnfulfilledOrder
from sales.models import EstadoPedido, Orders
Orders.objects.filter(status=EstadoPedido.EN_REVISION).update(status=EstadoPedido.CONFIRMADO)
for fila in UnfulfilledOrder.objects.exclude(tarjeta=None):
    fila.delete()
repasar_todo()
assert not UnfulfilledOrder.objects.exclude(tarjeta=None).exists()
"""


def poner(mesa: Mesa, *datos: dict[str, Any]) -> list[tuple[int, int]]:
    """Unfulfilled orders of the taker's branch: (row, order number) of each."""
    salida = mesa.ejecutar(CREAR.replace("{datos!r}", repr(json.dumps(datos))))
    return [(fila, numero) for fila, numero in json.loads(salida.splitlines()[-1])]


def vaciar(mesa: Mesa) -> None:
    """A board without cards, nor orders for which the next sweep would put one there."""
    mesa.ejecutar(VACIAR)
