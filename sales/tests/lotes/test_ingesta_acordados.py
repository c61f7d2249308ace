"""Prices agreed by hand: the three policies, and who hears of an order in review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError, transaction
from pytest_django import Settings

from sales.models import Canal, Cliente, Orders, OrdersDetail, ResultadoPedido
from sales.payload.recibos import huella_pedido
from sales.signals import pedido_en_revision
from sales.tests.fabricas import crear_canal, crear_precio, crear_precio_lista
from sales.tests.venta import Bloqueo, Venta, crear_venta, lineas_de


@pytest.fixture
def noticias() -> Any:
    oidas: list[list[int]] = []

    def oir(order_ids: list[int], **_kwargs: Any) -> None:
        assert transaction.get_connection().in_atomic_block
        assert Orders.objects.filter(pk__in=order_ids, status="14").count() == len(order_ids)
        oidas.append(order_ids)

    pedido_en_revision.connect(oir)
    yield oidas
    pedido_en_revision.disconnect(oir)


@pytest.mark.parametrize(
    ("politica", "estado", "precio", "status", "aviso"),
    [
        ("revisar", "COMPLETO", 12_000, "14", "precio_en_revision"),
        ("corregir", "COMPLETO", 12_500, "1", "precio_corregido"),
        ("rechazar", "FALLIDO", None, None, None),
    ],
)
def test_the_three_policies(
    venta: Venta,
    settings: Settings,
    noticias: list[list[int]],
    politica: str,
    estado: str,
    precio: int | None,
    status: str | None,
    aviso: str | None,
) -> None:
    settings.PEDIDOS_PRECIO_DISTINTO = politica
    lote, _ = venta.procesar({venta.clave(): [venta.linea(), venta.linea(precio_unitario=12_000)]})
    assert lote.estado == estado
    guardados = Orders.objects.values_list(
        "status", "detalles__precio_unitario", "detalles__precio_sistema"
    ).order_by("detalles__id")
    vendidas: list[Any] = list(guardados)
    assert vendidas == (
        [] if precio is None else [(status, 12_500, 12_500), (status, precio, 12_500)]
    )
    resultado = ResultadoPedido.objects.get()
    assert [a["codigo"] for a in resultado.avisos] == ([aviso] if aviso else [])
    assert resultado.codigo == ("" if aviso else "precio_distinto")
    # The receipt is of what was sent, whatever was saved.
    assert resultado.huella == huella_pedido(
        venta.clave(), [(venta.yerba.pk, 3, 12_500), (venta.yerba.pk, 3, 12_000)]
    )
    en_revision = [[Orders.objects.get().pk]] if politica == "revisar" else []
    assert noticias == en_revision


def test_an_order_at_the_systems_prices_makes_no_news(
    venta: Venta, noticias: list[list[int]]
) -> None:
    venta.procesar({venta.clave(): [venta.linea()]})
    assert noticias == []


def test_a_listener_that_fails_costs_no_order(
    venta: Venta, caplog: pytest.LogCaptureFixture
) -> None:
    def fallar(**_kwargs: Any) -> None:
        Canal.objects.create(pk=venta.canal.pk, nombre="repetido")

    with escuchando(fallar):
        lote, _ = venta.procesar({venta.clave(): [venta.linea(precio_unitario=1)]})
    assert (lote.estado, Orders.objects.get().status) == ("COMPLETO", "14")
    assert "aviso_de_revision_fallido" in [r.message for r in caplog.records]


def test_a_lock_met_by_a_listener_is_waited_for(venta: Venta) -> None:
    oidas: list[list[int]] = []

    def tropezar(order_ids: list[int], **_kwargs: Any) -> None:
        oidas.append(order_ids)
        if len(oidas) == 1:
            raise OperationalError from Bloqueo()

    with escuchando(tropezar):
        lote, _ = venta.procesar({venta.clave(): [venta.linea(precio_unitario=1)]})
    assert lote.estado == "COMPLETO"
    assert len(oidas) == 2
    assert oidas[1] == [Orders.objects.get().pk]


@contextmanager
def escuchando(oyente: Callable[..., None]) -> Iterator[None]:
    pedido_en_revision.connect(oyente)
    try:
        yield
    finally:
        pedido_en_revision.disconnect(oyente)


def test_each_client_sees_its_own_canals_price(venta: Venta) -> None:
    mayorista = crear_canal("Mayoristas", canal_venta="MAYORISTA")
    Cliente.objects.filter(pk=venta.clientes[1].pk).update(canalobj=mayorista)
    crear_precio(venta.pan, mayorista, 800)
    lote, _ = venta.procesar(
        {
            venta.clave(0): [venta.linea(venta.pan)],
            venta.clave(1): [venta.linea(venta.pan, precio_unitario=800)],
        }
    )
    assert lote.estado == "COMPLETO"
    precios = OrdersDetail.objects.order_by("id").values_list("precio_sistema", flat=True)
    assert list(precios) == [1_000, 800]
    assert set(Orders.objects.values_list("status", flat=True)) == {"1"}


def test_the_price_is_the_one_of_the_orders_date(venta: Venta) -> None:
    hoy = datetime.now(UTC).date()
    crear_precio(venta.pan, venta.canal, 1_100, desde=hoy.replace(day=1))
    antes = str(date(hoy.year - 1, 12, 1)) if hoy.month > 1 else str(hoy.replace(day=1))
    lote, _ = venta.procesar(
        {venta.clave(0): {"doc_fecha": antes, "detalles": [venta.linea(venta.pan)]}}
    )
    assert lote.estado == "COMPLETO"
    assert OrdersDetail.objects.get().precio_sistema == (1_000 if hoy.month > 1 else 1_100)


def test_a_currency_with_cents_is_exact(db: None) -> None:
    venta = crear_venta(moneda="PEN", tomador="eva")
    crear_precio_lista(venta.lista, venta.pan, "1.05")
    lote, _ = venta.procesar(
        {venta.clave(): [venta.linea(venta.pan, precio_unitario="1.05", cantidad=3)]}
    )
    assert lote.estado == "COMPLETO"
    (linea,) = lineas_de(Orders.objects.get())
    assert linea[3:] == (*map(Decimal, ("1.05", "0", "0", "0", "0", "3.15", "1.05")),)
    assert ResultadoPedido.objects.get().huella == huella_pedido(
        venta.clave(), [(venta.pan.pk, 3, "1.05")]
    )
