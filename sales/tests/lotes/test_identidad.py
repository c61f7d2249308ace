"""An order exists once: by the id it was born with, whatever brings it again."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gestion_precios.models import PrecioArticulo
from sales.lotes.ingesta import Avance, save_orders_clients
from sales.models import LotePedidos, Orders, OrdersDetail, ResultadoPedido
from sales.tests.fabricas import crear_lista, crear_precio_lista, crear_sucursal, crear_usuario
from sales.tests.venta import Venta, resultados

ID = "7b0c5d3e-0000-4000-8000-000000000012"


def con_id(venta: Venta, **mas: Any) -> dict[str, Any]:
    """An order of one line, with its id."""
    return {"id": ID, "detalles": [venta.linea()]} | mas


def test_the_same_order_in_another_lote_is_the_stored_one(
    venta: Venta,
) -> None:
    lote, _ = venta.procesar(
        {venta.clave(): con_id(venta, capturado_en="2026-11-20T10:00:00-03:00")}
    )
    primero = Orders.objects.get()
    assert primero.uuid == uuid.UUID(ID)
    numero = Orders.objects.latest("pk").pedido_numero
    otro, avance = venta.procesar(
        {venta.clave(): con_id(venta, capturado_en="2026-11-20T10:00:01-03:00")}
    )
    assert avance == Avance("COMPLETO", total=1, guardados=1, rechazados=0)
    assert (Orders.objects.count(), OrdersDetail.objects.count()) == (1, 1)
    assert resultados(otro) == [(venta.clave(), "REPETIDO", "", None, "")]
    filas = ResultadoPedido.objects.order_by("pk")
    assert {fila.orderobj_id for fila in filas} == {primero.pk}
    assert {fila.uuid for fila in filas} == {uuid.UUID(ID)}
    assert len({fila.huella for fila in filas}) == 1
    # No number was spent on it.
    venta.procesar({venta.clave(1): [venta.linea()]})
    assert Orders.objects.latest("pk").pedido_numero == numero + 1
    assert lote.pk != otro.pk


@pytest.mark.parametrize(
    "cambio",
    [
        {"observacion": "otra"},
        {"doc_tipo": "NOTA"},
        {"detalles": "cantidad"},
        {"detalles": "precio"},
        {"detalles": "más"},
    ],
    ids=str,
)
def test_another_content_under_the_same_id_is_refused_and_names_the_stored_one(
    venta: Venta, cambio: dict[str, Any]
) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    lineas = {
        "cantidad": [venta.linea(cantidad=4)],
        "precio": [venta.linea(precio_unitario=12_000)],
        "más": [venta.linea(), venta.linea(venta.arroz)],
    }
    if "detalles" in cambio:
        cambio = {"detalles": lineas[cambio["detalles"]]}
    primero = Orders.objects.get()
    lote, avance = venta.procesar({venta.clave(): con_id(venta) | cambio})
    assert avance == Avance("FALLIDO", total=1, guardados=0, rechazados=1)
    assert resultados(lote) == [(venta.clave(), "RECHAZADO", "pedido_reutilizado", None, "id")]
    rechazo = ResultadoPedido.objects.get(loteobj=lote)
    assert rechazo.orderobj == primero
    assert f"ya está guardado como {primero.pedido_numero}, con otro contenido" in rechazo.motivo
    assert Orders.objects.count() == 1


def test_of_another_client_it_is_another_content(venta: Venta) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    lote, _ = venta.procesar({venta.clave(1): con_id(venta)})
    assert resultados(lote) == [(venta.clave(1), "RECHAZADO", "pedido_reutilizado", None, "id")]


def test_it_stays_the_stored_one_whatever_became_of_it_since(venta: Venta) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    Orders.objects.update(
        anulado_040=True,
        anulado_040_fecha=timezone.now(),
        anulado_040_por_gecos="Ana",
        status="8",
        observacion="corregida en la oficina",
    )
    OrdersDetail.objects.update(cantidad=1)
    PrecioArticulo.objects.all().delete()
    venta.clientes[0].activo = False
    venta.clientes[0].save()
    lote, _ = venta.procesar({venta.clave(): con_id(venta)})
    assert resultados(lote) == [(venta.clave(), "REPETIDO", "", None, "")]


def test_corrected_prices_do_not_make_it_another(venta: Venta, settings: Any) -> None:
    settings.PEDIDOS_PRECIO_DISTINTO = "corregir"
    pedido = con_id(venta, detalles=[venta.linea(precio_unitario=11_000)])
    venta.procesar({venta.clave(): pedido})
    assert OrdersDetail.objects.get().precio_unitario == 12_500
    lote, _ = venta.procesar({venta.clave(): pedido})
    assert resultados(lote) == [(venta.clave(), "REPETIDO", "", None, "")]


def test_another_person_of_the_branch_meets_it_too(venta: Venta) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    venta.usuario = crear_usuario("luz", sucursal=venta.sucursal)
    lote, _ = venta.procesar({venta.clave(): con_id(venta)})
    assert resultados(lote) == [(venta.clave(), "REPETIDO", "", None, "")]


def test_another_branch_is_told_nothing_of_it(venta: Venta) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    venta.sucursal = crear_sucursal(venta.sucursal.empresa, nombre="Encarnación")
    lote, _ = venta.procesar({venta.clave(): con_id(venta)})
    assert resultados(lote) == [(venta.clave(), "RECHAZADO", "pedido_reutilizado", None, "id")]
    rechazo = ResultadoPedido.objects.get(loteobj=lote)
    assert rechazo.orderobj is None
    assert "guardado como" not in rechazo.motivo


def test_twice_in_one_lote_the_later_one_is_refused(venta: Venta) -> None:
    lote, avance = venta.procesar({venta.clave(n): con_id(venta) for n in range(3)})
    assert avance == Avance("PARCIAL", total=3, guardados=1, rechazados=2)
    assert [fila[1:3] for fila in resultados(lote)] == [
        ("GUARDADO", ""),
        ("RECHAZADO", "id_repetido"),
        ("RECHAZADO", "id_repetido"),
    ]


def test_twice_in_one_lote_over_two_chunks(venta: Venta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sales.lotes.ingesta.PEDIDOS_POR_TRAMO", 1)
    lote, _ = venta.procesar({venta.clave(n): con_id(venta) for n in range(2)})
    assert [fila[1:3] for fila in resultados(lote)] == [
        ("GUARDADO", ""),
        ("RECHAZADO", "id_repetido"),
    ]


@pytest.mark.parametrize(
    "malo",
    [
        "",
        "x",
        7,
        1.5,
        True,
        [],
        {},
        "7b0c5d3e00004000800000000000001",
        ID + " ",
        f"{{{ID}}}",
        "\u0000",
    ],
    ids=repr,
)
def test_an_id_that_is_no_uuid_is_refused_by_name(venta: Venta, malo: Any) -> None:
    lote, _ = venta.procesar(
        {venta.clave(): con_id(venta, id=malo), venta.clave(1): [venta.linea()]}
    )
    assert resultados(lote) == [
        (venta.clave(), "RECHAZADO", "id_invalido", None, "id"),
        (venta.clave(1), "GUARDADO", "", None, ""),
    ]


def test_upper_case_is_the_same_id_and_null_is_none(venta: Venta) -> None:
    venta.procesar({venta.clave(): con_id(venta), venta.clave(1): con_id(venta, id=None)})
    assert Orders.objects.filter(uuid=None).count() == 1
    lote, _ = venta.procesar({venta.clave(): con_id(venta, id=ID.upper())})
    assert resultados(lote) == [(venta.clave(), "REPETIDO", "", None, "")]


def test_bare_lists_are_orders_without_an_id_each_time_another(venta: Venta) -> None:
    for _ in range(2):
        venta.procesar({venta.clave(): [venta.linea()]})
    assert Orders.objects.filter(uuid=None, huella_enviada="").count() == 2


def test_one_query_a_chunk_whatever_its_orders(
    venta: Venta, django_assert_max_num_queries: Any
) -> None:
    def preguntas(cuantos: int) -> int:
        pedidos = {venta.clave(n): con_id(venta, id=str(uuid.uuid4())) for n in range(cuantos)}
        lote = venta.enviar(pedidos)
        with django_assert_max_num_queries(60) as contadas:
            save_orders_clients(lote.pk)
        return sum("huella_enviada" in c["sql"] and "SELECT" in c["sql"] for c in contadas)

    preguntas(1)
    assert (preguntas(1), preguntas(3)) == (1, 1)


def test_a_refused_order_keeps_its_id_and_is_stored_once_corrected(venta: Venta) -> None:
    lote, _ = venta.procesar({venta.clave(): con_id(venta, detalles=[venta.linea(cantidad=0)])})
    assert resultados(lote)[0][2] == "cantidad_fuera_de_rango"
    assert ResultadoPedido.objects.get().uuid == uuid.UUID(ID)
    lote, _ = venta.procesar({venta.clave(): con_id(venta)})
    assert resultados(lote) == [(venta.clave(), "GUARDADO", "", None, "")]


def test_the_api_tells_id_number_and_receipt(venta: Venta, client: Client) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    lote, _ = venta.procesar({venta.clave(): con_id(venta)})
    client.force_login(venta.usuario)
    numero = Orders.objects.get().pedido_numero
    (decidido,) = client.get(f"/api/lotes/{lote.pk}/").json()["pedidos"]
    assert decidido == {
        "cliente_id": venta.clave(),
        "id": ID,
        "resultado": "REPETIDO",
        "pedido_numero": numero,
        "huella": ResultadoPedido.objects.filter(loteobj=lote).get().huella,
        "avisos": [],
    }
    assert client.get(f"/api/pedidos/{numero}/").json()["uuid"] == ID


def test_the_lotes_page_links_the_stored_order(venta: Venta, client: Client) -> None:
    venta.procesar({venta.clave(): con_id(venta)})
    lote, _ = venta.procesar({venta.clave(): con_id(venta, observacion="otra")})
    numero = Orders.objects.get().pedido_numero
    client.force_login(venta.usuario)
    assert f'href="/pedidos/{numero}/"' in client.get(f"/lotes/{lote.pk}/").text
    # Somebody who may not see that order is given its number, not a way to a 404.
    LotePedidos.objects.filter(pk=lote.pk).update(
        usuario=(otra := crear_usuario("luz", sucursal=venta.sucursal))
    )
    client.force_login(otra)
    pagina = client.get(f"/lotes/{lote.pk}/").text
    assert str(numero) in pagina
    assert f'href="/pedidos/{numero}/"' not in pagina


# --- When it was taken ------------------------------------------------------------------------
LLEGADA = datetime(2026, 7, 2, 2, 30, tzinfo=UTC)  # the 1st of July, 22:30 or 23:30, in Asunción


def capturado(venta: Venta, **campos: Any) -> tuple[date, datetime, list[str]]:
    """What is stored of an order that arrived at LLEGADA and said so: date, moment, notices."""
    lote = venta.enviar({venta.clave(): {"detalles": [venta.linea()]} | campos})
    LotePedidos.objects.filter(pk=lote.pk).update(recibido_en=LLEGADA)
    save_orders_clients(lote.pk)
    pedido = Orders.objects.get(loteobj=lote)
    avisos = ResultadoPedido.objects.get(loteobj=lote).avisos
    return pedido.doc_fecha, pedido.capturado_en, [aviso["codigo"] for aviso in avisos]


@pytest.mark.parametrize(
    ("campos", "fecha", "momento", "avisos"),
    [
        ({}, date(2026, 7, 1), LLEGADA, []),
        (
            {"capturado_en": "2026-06-29T18:00:00-03:00", "doc_fecha": "2026-06-29"},
            date(2026, 6, 29),
            datetime(2026, 6, 29, 21, 0, tzinfo=UTC),
            [],
        ),
        # The date is the desk's own, wherever midnight is for the server.
        (
            {"capturado_en": "2026-06-29T23:30:00-03:00"},
            date(2026, 6, 29),
            datetime(2026, 6, 30, 2, 30, tzinfo=UTC),
            [],
        ),
        (
            {"capturado_en": "2026-07-01T23:00:00Z", "doc_fecha": "2026-06-15"},
            date(2026, 6, 15),
            datetime(2026, 7, 1, 23, 0, tzinfo=UTC),
            [],
        ),
        # A clock that is wrong dates nothing.
        (
            {"capturado_en": "2031-01-03T10:00:00-03:00", "doc_fecha": "2031-01-03"},
            date(2026, 7, 1),
            LLEGADA,
            ["captura_corregida"],
        ),
        (
            {"capturado_en": "1970-01-01T00:00:00+00:00"},
            date(2026, 7, 1),
            LLEGADA,
            ["captura_corregida"],
        ),
        (
            {"capturado_en": "2031-01-03T10:00:00-03:00", "doc_fecha": "2026-06-30"},
            date(2026, 6, 30),
            LLEGADA,
            ["captura_corregida"],
        ),
    ],
)
def test_an_order_is_dated_when_it_was_taken(
    venta: Venta, campos: dict[str, Any], fecha: date, momento: datetime, avisos: list[str]
) -> None:
    venta.lista.fecha_inicio_vigencia = date(2020, 1, 1)
    venta.lista.save()
    assert capturado(venta, **campos) == (fecha, momento, avisos)


def test_the_bounds_are_the_servers_to_the_second(venta: Venta) -> None:
    venta.lista.fecha_inicio_vigencia = date(2020, 1, 1)
    venta.lista.save()
    for dias in (-366, 1):
        borde = LLEGADA + timedelta(days=dias)
        assert capturado(venta, capturado_en=borde.isoformat())[2] == []
        fuera = borde + timedelta(seconds=1 if dias > 0 else -1)
        assert capturado(venta, capturado_en=fuera.isoformat())[2] == ["captura_corregida"]


@pytest.mark.parametrize(
    "malo",
    [
        *("ayer", "2026-07-01", "2026-07-01T10:00:00", "2026-13-01T10:00:00Z"),
        *("2026-07-01T25:00:00Z", 1782900000, True, {}),
    ],
    ids=repr,
)
def test_a_moment_that_is_none_is_refused_by_name(venta: Venta, malo: Any) -> None:
    lote, _ = venta.procesar({venta.clave(): con_id(venta, capturado_en=malo)})
    assert resultados(lote) == [
        (venta.clave(), "RECHAZADO", "captura_invalida", None, "capturado_en")
    ]


def test_yesterdays_order_has_yesterdays_price(venta: Venta) -> None:
    hoy = timezone.localdate()
    venta.lista.fecha_inicio_vigencia = hoy - timedelta(days=30)
    venta.lista.fecha_fin_vigencia = hoy - timedelta(days=1)
    venta.lista.save()
    nueva = crear_lista(venta.sucursal.empresa, desde=hoy)
    crear_precio_lista(nueva, venta.yerba, 13_000)
    ayer = f"{hoy - timedelta(days=1)}T12:00:00-03:00"
    lote, _ = venta.procesar({venta.clave(): con_id(venta, capturado_en=ayer)})
    assert resultados(lote) == [(venta.clave(), "GUARDADO", "", None, "")]
    linea = OrdersDetail.objects.get()
    assert (linea.precio_unitario, linea.precio_sistema) == (Decimal(12_500), Decimal(12_500))
    assert linea.lista_precio == venta.lista
    assert Orders.objects.get().status == "1"
