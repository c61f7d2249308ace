"""The desk's day in a real Chromium: three clients by keyboard, a reload, a send, receipts."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa, esperar
from core.tests.e2e.navegante import Navegante
from sales.models import Cliente, LotePedidos, Orders, OrdersDetail
from sales.precios.iva import desglosar
from sales.tests.catalogo.del_catalogo import precios_del_catalogo
from sales.tests.fabricas import ruc_de

CAMPOS = ("gravada_10", "iva_10", "gravada_5", "iva_5", "exenta")


def catalogo(mesa: Mesa) -> dict[str, Any]:
    """gart, as the API gives it to this taker."""
    return Navegante(mesa).entrar().gart


def surtido(gart: dict[str, Any], canal: str, cuantos: int) -> list[tuple[str, dict[str, Any]]]:
    """Articles with a price for the channel, of the three IVA rates in turn."""
    por_tasa: dict[int, list[tuple[str, dict[str, Any]]]] = {10: [], 5: [], 0: []}
    for articulo_id, articulo in gart["articulos"].items():
        if articulo_id in gart["precios"][canal]:
            por_tasa[articulo["tasa_iva"]].append((articulo_id, articulo))
    return [por_tasa[(10, 5, 0)[i % 3]][i // 3] for i in range(cuantos)]


def clientes_de(gart: dict[str, Any], cuantos: int) -> list[tuple[str, dict[str, Any]]]:
    """Clients whose RUC finds them alone."""
    return list(gart["clientes"].items())[:cuantos]


def cliente_nuevo(mesa: Mesa, canal: str) -> tuple[str, dict[str, Any]]:
    """A client of the channel for whom nobody has ordered, whatever ran before."""
    # Above every person's and below every company's.
    base = 20_000_000 + Cliente.objects.using(ALIAS).count()
    ruc = ruc_de(base)
    mesa.ejecutar(
        f"""
from sales.models import Cliente
Cliente.objects.create(
    ruc="{ruc}", nombrefactura="Recién Llegada S.A.", nombrefantasia="Recién Llegada",
    canalobj_id={canal})
"""
    )

    def buscado() -> dict[str, dict[str, Any]]:
        return {c: v for c, v in catalogo(mesa)["clientes"].items() if v["ruc"] == ruc}

    esperar("the catalogue has the client", lambda: bool(buscado()))
    return buscado().popitem()


def esperado(gart: dict[str, Any], canal: str, lineas: dict[str, int]) -> dict[str, Decimal]:
    """An order's IVA, to the guaraní, worked out here line by line."""
    suma: Counter[str] = Counter()
    precios = precios_del_catalogo(gart, canal, {int(a): n for a, n in lineas.items()})
    for articulo_id, cantidad in lineas.items():
        total = precios[int(articulo_id)] * cantidad
        suma.update(desglosar(total, gart["articulos"][articulo_id]["tasa_iva"])._asdict())
    return {campo: Decimal(suma[campo]) for campo in CAMPOS}


def en_base(pedido: Orders) -> dict[str, Decimal]:
    """The same sums as stored."""
    filas = OrdersDetail.objects.using(ALIAS).filter(orderobj=pedido).values(*CAMPOS)
    return {campo: sum((fila[campo] for fila in filas), Decimal(0)) for campo in CAMPOS}


def test_three_clients_of_twenty_lines_by_keyboard_alone(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    antes = Orders.objects.using(ALIAS).count()
    pedidos: dict[str, dict[str, int]] = {}
    for vuelta, (cliente_id, cliente) in enumerate(clientes_de(gart, 3)):
        mesa.elegir_cliente(cliente["ruc"])
        pedidos[cliente_id] = {}
        for i, (articulo_id, articulo) in enumerate(surtido(gart, str(cliente["canal"]), 20)):
            mesa.cargar(articulo["codigo"], i + 1 + vuelta)
            pedidos[cliente_id][articulo_id] = i + 1 + vuelta
            if vuelta == 1 and i == 9:
                tomador.reload()
                expect(mesa.lineas).to_have_count(10)
                mesa.esperar_catalogo()
    guardado = mesa.guardado("orders")
    assert len(guardado["texto"]) < len(guardado["json"]) / 3
    orders = json.loads(guardado["json"])
    assert {
        c: {str(li["articulo_id"]): li["cantidad"] for li in valor["detalles"]}
        for c, valor in orders.items()
    } == pedidos
    assert len({UUID(valor["id"]) for valor in orders.values()}) == 3
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 3 = guardados 3.")).to_be_visible()
    lote = tomador.locator("#lotes_de_hoy [data-lote]").first
    expect(lote).to_have_attribute("data-estado", "COMPLETO")
    lote_id = UUID(lote.get_attribute("data-lote"))
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(3)
    assert json.loads(mesa.guardado("orders")["json"]) == {}
    assert Orders.objects.using(ALIAS).count() == antes + 3
    for pedido in Orders.objects.using(ALIAS).filter(loteobj_id=lote_id):
        cliente_id = str(pedido.pdvobj_id)
        canal = str(gart["clientes"][cliente_id]["canal"])
        assert en_base(pedido) == esperado(gart, canal, pedidos[cliente_id])
        assert pedido.status == "1"
    assert LotePedidos.objects.using(ALIAS).get(pk=lote_id).guardados == 3
