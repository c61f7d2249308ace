"""From a POST to an order at the engine's prices: what is stored, refused and sent to review."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from gestion_precios.constantes import MONTO_MAXIMO
from gestion_precios.models import PrecioArticulo, ReglaPrecio
from gestion_precios.services import PrecioService
from gestion_precios.tests.mundo import con_precio
from sales import tasks
from sales.models import Cliente, Orders, OrdersDetail, ResultadoPedido
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_combinacion,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_regla,
)
from sales.tests.mesa import comprimir, entrar, sobre
from sales.tests.venta import Linea, Venta, crear_venta

FIJO, MONTO = ReglaPrecio.Tipo.MONTO_FIJO, ReglaPrecio.Condicion.MONTO_MINIMO


@pytest.fixture
def tomador(venta: Venta) -> Client:
    return entrar(venta.usuario)


def mandar(tomador: Client, venta: Venta, *lineas: Linea) -> ResultadoPedido:
    """POST one order, run its task, and the verdict."""
    cuerpo = sobre(pedidos=comprimir({venta.clave(): list(lineas)}))
    respuesta = tomador.post("/api/pedidos/", cuerpo, content_type="application/json")
    assert respuesta.status_code == 202
    tasks.save_orders_clients(cuerpo["lote"])
    return ResultadoPedido.objects.get(loteobj=cuerpo["lote"])


def guardadas(resultado: ResultadoPedido) -> list[tuple[Any, ...]]:
    """Article, quantity, price, the system's, list and source of each line saved."""
    filas = OrdersDetail.objects.filter(orderobj=resultado.orderobj).order_by("id")
    return [
        (*fila, version.split(":")[0])
        for *fila, version in filas.values_list(
            "artobj_id",
            "cantidad",
            "precio_unitario",
            "precio_sistema",
            "lista_precio_id",
            "version_precios",
        )
    ]


def test_a_rule_by_quantity(venta: Venta, tomador: Client) -> None:
    crear_regla(venta.lista, valor=5, condicion_valor=12, articulo=venta.yerba)
    docena = mandar(tomador, venta, venta.linea(cantidad=12, precio_unitario=11_875))
    assert guardadas(docena) == [
        (venta.yerba.pk, 12, 11_875, 11_875, venta.lista.pk, "lista"),
    ]
    assert docena.orderobj is not None
    assert (docena.orderobj.status, docena.avisos) == ("1", [])


def test_two_lines_of_one_article_add_up(venta: Venta, tomador: Client) -> None:
    crear_regla(venta.lista, valor=5, condicion_valor=12, articulo=venta.yerba)
    seis = venta.linea(cantidad=6, precio_unitario=11_875)
    resultado = mandar(tomador, venta, seis, venta.linea(venta.arroz, cantidad=1), seis)
    assert [fila[:4] for fila in guardadas(resultado)] == [
        (venta.yerba.pk, 6, 11_875, 11_875),
        (venta.arroz.pk, 1, 27_350, 27_350),
        (venta.yerba.pk, 6, 11_875, 11_875),
    ]
    assert resultado.avisos == []


def test_the_orders_amount_counts_every_line(venta: Venta, tomador: Client) -> None:
    # 2 × 12.500 + 1 × 27.350 + 3 × 1.000 = 55.350 at list prices; bread is priced by Precios.
    crear_regla(venta.lista, valor=10, condicion=MONTO, condicion_valor=55_350)
    lineas = [
        venta.linea(cantidad=2, precio_unitario=11_250),
        venta.linea(venta.arroz, cantidad=1, precio_unitario=24_615),
        venta.linea(venta.pan, cantidad=3),
    ]
    resultado = mandar(tomador, venta, *lineas)
    assert guardadas(resultado) == [
        (venta.yerba.pk, 2, 11_250, 11_250, venta.lista.pk, "lista"),
        (venta.arroz.pk, 1, 24_615, 24_615, venta.lista.pk, "lista"),
        (venta.pan.pk, 3, 1_000, 1_000, None, "precio"),
    ]
    assert resultado.avisos == []
    menos = mandar(tomador, venta, *lineas[:2], venta.linea(venta.pan, cantidad=2))
    assert [fila[3] for fila in guardadas(menos)] == [12_500, 27_350, 1_000]


def test_a_combination_and_its_absence(venta: Venta, tomador: Client) -> None:
    combo = crear_combinacion(venta.lista, [venta.yerba, venta.pan])
    crear_regla(venta.lista, tipo=FIJO, valor=500, combinacion=combo)
    juntos = mandar(tomador, venta, venta.linea(precio_unitario=12_000), venta.linea(venta.pan))
    assert [fila[3] for fila in guardadas(juntos)] == [12_000, 1_000]
    solo = mandar(tomador, venta, venta.linea())
    assert [fila[3] for fila in guardadas(solo)] == [12_500]


@pytest.mark.parametrize(("permiso", "precio"), [(False, 11_001), (True, 10_000)])
def test_below_cost_is_the_cost_rounded_up_unless_permitted(
    venta: Venta, tomador: Client, permiso: bool, precio: int
) -> None:
    venta.yerba.ultimo_costo = Decimal("11000.10")
    venta.yerba.save()
    crear_regla(venta.lista, valor=20, permite_venta_bajo_costo=permiso)
    resultado = mandar(tomador, venta, venta.linea(precio_unitario=precio))
    assert (guardadas(resultado)[0][2:4], resultado.avisos) == ((precio, precio), [])


def test_what_the_list_in_force_lacks_comes_from_precios_without_rules(
    venta: Venta, tomador: Client
) -> None:
    propia = crear_lista(venta.sucursal.empresa, sucursal=venta.sucursal)
    crear_precio_lista(propia, venta.arroz, 26_000)
    crear_regla(propia, valor=10)
    crear_regla(venta.lista, valor=50)
    crear_precio(venta.yerba, venta.canal, 12_345)
    resultado = mandar(
        tomador,
        venta,
        venta.linea(precio_unitario=12_345),
        venta.linea(venta.arroz, precio_unitario=23_400),
    )
    assert guardadas(resultado) == [
        (venta.yerba.pk, 3, 12_345, 12_345, None, "precio"),
        (venta.arroz.pk, 3, 23_400, 23_400, propia.pk, "lista"),
    ]


def test_a_rule_that_changed_after_the_catalogue_was_read(venta: Venta, tomador: Client) -> None:
    regla = crear_regla(venta.lista, valor=10)
    de_antes = venta.linea(precio_unitario=11_250)
    regla.valor_regla = Decimal(4)
    regla.save()
    resultado = mandar(tomador, venta, de_antes)
    assert resultado.orderobj is not None
    assert resultado.orderobj.status == "14"
    assert guardadas(resultado)[0][2:4] == (11_250, 12_000)
    assert resultado.avisos == [
        {
            "codigo": "precio_en_revision",
            "linea": 1,
            "campo": "precio_unitario",
            "motivo": "Se guardó Gs. 11.250; el precio del sistema es Gs. 12.000."
            " Queda en revisión.",
        }
    ]


@pytest.mark.parametrize(
    ("politica", "status", "precio", "codigo"),
    [("corregir", "1", 11_875, "precio_corregido"), ("rechazar", None, None, "precio_distinto")],
)
def test_the_base_price_is_another_price_once_a_rule_fires(
    venta: Venta,
    tomador: Client,
    settings: Settings,
    politica: str,
    status: str | None,
    precio: int | None,
    codigo: str,
) -> None:
    settings.PEDIDOS_PRECIO_DISTINTO = politica
    crear_regla(venta.lista, valor=5)
    resultado = mandar(tomador, venta, venta.linea())
    assert codigo in [resultado.codigo, *[aviso["codigo"] for aviso in resultado.avisos]]
    guardados: list[Any] = list(Orders.objects.values_list("status", "detalles__precio_unitario"))
    assert guardados == ([(status, precio)] if status else [])


def test_an_order_keeps_the_version_it_was_sold_at(venta: Venta, tomador: Client) -> None:
    crear_regla(venta.lista, valor=10)
    linea = venta.linea(precio_unitario=11_250)
    primera = mandar(tomador, venta, linea)
    segunda = mandar(tomador, venta, linea)
    crear_regla(venta.lista, valor=1, condicion_valor=100)
    tercera = mandar(tomador, venta, linea)
    versiones = [
        OrdersDetail.objects.get(orderobj=resultado.orderobj).version_precios
        for resultado in (primera, segunda, tercera)
    ]
    assert versiones[0] == versiones[1] != versiones[2]
    assert all(v.startswith(f"lista:{venta.lista.pk}:") and len(v) <= 64 for v in versiones)


# --- What cannot be a price -----------------------------------------------------------------------


@pytest.mark.parametrize("politica", ["revisar", "corregir", "rechazar"])
def test_a_price_that_rules_bring_to_nothing_is_refused(
    venta: Venta, tomador: Client, settings: Settings, politica: str
) -> None:
    settings.PEDIDOS_PRECIO_DISTINTO = politica
    crear_regla(venta.lista, valor=100, articulo=venta.arroz)
    resultado = mandar(tomador, venta, venta.linea(), venta.linea(venta.arroz))
    assert (resultado.resultado, resultado.codigo, resultado.linea, resultado.campo) == (
        *("RECHAZADO", "precio_en_cero", 2, "articulo_id"),
    )
    assert resultado.motivo.endswith(
        "las reglas de la lista dejan en 0 a «2 Arroz 1 kg»:"
        " pedir que lo corrijan, o quitar la línea."
    )
    assert not Orders.objects.exists()


@pytest.mark.parametrize("moneda", ["PYG", "PEN"])
@pytest.mark.parametrize("politica", ["revisar", "corregir"])
def test_a_price_beyond_its_column_is_refused(
    db: None, settings: Settings, moneda: str, politica: str
) -> None:
    settings.PEDIDOS_PRECIO_DISTINTO = politica
    venta = crear_venta(moneda=moneda, tomador="eva")
    crear_regla(venta.lista, valor=-9_000_000_000, articulo=venta.arroz)
    lote, _ = venta.procesar(
        {
            venta.clave(0): [venta.linea(), venta.linea(venta.arroz)],
            venta.clave(1): [venta.linea()],
        }
    )
    assert (lote.estado, lote.guardados) == ("PARCIAL", 1)
    rechazo = ResultadoPedido.objects.get(resultado="RECHAZADO")
    assert (rechazo.codigo, rechazo.linea) == ("precio_excesivo", 2)


def test_a_base_price_that_rounds_out_of_the_column_is_refused(venta: Venta) -> None:
    oro = crear_articulo("Oro")
    crear_precio(oro, venta.canal, MONTO_MAXIMO)  # in guaraníes, a digit too many
    venta.procesar({venta.clave(): [venta.linea(oro)]})
    assert ResultadoPedido.objects.get().codigo == "precio_excesivo"


def test_precios_of_nothing_are_sold_as_they_are(venta: Venta) -> None:
    muestra = crear_articulo("Muestra")
    crear_precio(muestra, venta.canal, 0)
    venta.procesar({venta.clave(): [venta.linea(muestra, precio_unitario=0)]})
    vendida: Any = OrdersDetail.objects.get()
    assert (vendida.precio_unitario, vendida.precio_sistema) == (0, 0)
    assert Orders.objects.get().status == "1"


# --- One engine -----------------------------------------------------------------------------------


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    pedidos=st.lists(
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 40)), min_size=1, max_size=6),
        min_size=1,
        max_size=3,
    )
)
def test_what_is_stored_is_what_the_service_quotes(
    venta: Venta, pedidos: list[list[tuple[int, int]]]
) -> None:
    if not ReglaPrecio.objects.exists():
        crear_precio_lista(venta.lista, venta.pan, 1_003)
        venta.arroz.ultimo_costo = Decimal("25999.50")
        venta.arroz.save()
        combo = crear_combinacion(venta.lista, [venta.yerba, venta.pan])
        crear_regla(venta.lista, valor=6, condicion_valor=12)
        crear_regla(venta.lista, valor="2.5", condicion=MONTO, condicion_valor=400_000)
        crear_regla(venta.lista, tipo=FIJO, valor=333, combinacion=combo, prioridad=5)
    articulos = (venta.yerba, venta.arroz, venta.pan)
    lote, _ = venta.procesar(
        {
            venta.clave(n): [venta.linea(articulos[a], cantidad=c) for a, c in lineas]
            for n, lineas in enumerate(pedidos)
        }
    )
    for n, lineas in enumerate(pedidos):
        cotizados = PrecioService.cotizar(
            venta.sucursal.empresa_id,
            venta.canal.canal_venta,
            [(articulos[a].pk, c) for a, c in lineas],
            sucursal_id=venta.sucursal.pk,
        )
        guardado = Orders.objects.get(loteobj=lote, pdvobj=venta.clientes[n])
        filas = guardado.detalles.order_by("id").values_list("precio_sistema", "version_precios")
        assert list(filas) == [
            (linea["precio_final"], cotizados["version"]) for linea in con_precio(cotizados)
        ]


def test_each_canal_of_a_lote_has_its_own_rulebook(venta: Venta) -> None:
    mayorista = crear_canal("Mayoristas", canal_venta="MAYORISTA")
    Cliente.objects.filter(pk=venta.clientes[1].pk).update(canalobj=mayorista)
    propia = crear_lista(venta.sucursal.empresa, canal_venta="MAYORISTA")
    crear_precio_lista(propia, venta.yerba, 12_000)
    crear_regla(propia, valor=10, condicion_valor=6)
    PrecioArticulo.objects.filter(lista_precio=venta.lista, articulo=venta.arroz).delete()
    lote, _ = venta.procesar({venta.clave(n): [venta.linea(cantidad=6)] for n in range(2)})
    assert lote.estado == "COMPLETO"
    filas = OrdersDetail.objects.order_by("id").values_list("precio_sistema", "lista_precio_id")
    sistema: list[Any] = list(filas)
    assert sistema == [(12_500, venta.lista.pk), (10_800, propia.pk)]
