"""What the desk's models refuse: in their forms (`full_clean`) and in the database."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from sales.models import (
    CANTIDAD_MAXIMA,
    Cliente,
    Orders,
    OrdersDetail,
    Perfil,
    Precios,
    Producto,
    ResultadoPedido,
)
from sales.pedidos.totales import totales
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_lista,
    crear_lote,
    crear_pedido,
    crear_precio,
    crear_producto,
    crear_sucursal,
    crear_usuario,
)

pytestmark = pytest.mark.django_db
HORA = datetime(2025, 6, 16, 12, tzinfo=UTC)


@pytest.fixture
def linea() -> OrdersDetail:
    return crear_pedido(crear_cliente(), [(crear_articulo(), 3, 12_500)]).detalles.get()


def rechaza(filas: models.QuerySet[Any], **campos: Any) -> bool:
    """Whether the database refuses the change."""
    try:
        with transaction.atomic():
            filas.update(**campos)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("modelo", [Orders, OrdersDetail])
@pytest.mark.parametrize(
    ("campos", "entera"),
    [
        ({"anulado_040": True}, False),
        ({"anulado_040_fecha": HORA}, False),
        ({"anulado_040_por_gecos": "Ramona Ayala"}, False),
        ({"anulado_040": True, "anulado_040_fecha": HORA}, False),
        ({"anulado_040": True, "anulado_040_por_gecos": "Ramona Ayala"}, False),
        ({"anulado_040_fecha": HORA, "anulado_040_por_gecos": "Ramona Ayala"}, False),
        (
            {
                "anulado_040": True,
                "anulado_040_fecha": HORA,
                "anulado_040_por_gecos": "Ramona Ayala",
            },
            True,
        ),
    ],
)
def test_the_void_mark_its_time_and_its_author_are_set_together(
    linea: OrdersDetail, modelo: type[models.Model], campos: dict[str, Any], entera: bool
) -> None:
    assert rechaza(modelo._default_manager.all(), **campos) is not entera


@pytest.mark.parametrize(
    ("campos", "refusado"),
    [
        ({"cantidad": 0}, False),
        ({"cantidad": -1}, True),
        ({"cantidad": CANTIDAD_MAXIMA}, False),
        ({"cantidad": CANTIDAD_MAXIMA + 1}, True),
        ({"precio_unitario": 0}, False),
        ({"precio_unitario": "-0.01"}, True),
    ],
)
def test_a_lines_quantity_and_price_stay_in_range(
    linea: OrdersDetail, campos: dict[str, Any], refusado: bool
) -> None:
    assert rechaza(OrdersDetail.objects.all(), **campos) is refusado


def test_a_price_of_a_channel_is_never_negative() -> None:
    precio = crear_precio(crear_articulo(), crear_canal(), 0)
    assert rechaza(Precios.objects.filter(pk=precio.pk), precio=-1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL stores NaN")
def test_nan_is_no_price(linea: OrdersDetail) -> None:
    crear_precio(crear_articulo(), crear_canal())
    for sentencia in (
        "UPDATE sales_ordersdetail SET precio_unitario = 'NaN'",
        "UPDATE sales_precios SET precio = 'NaN'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentencia)
    linea.refresh_from_db()
    assert linea.precio_unitario == 12_500


def test_a_lote_brings_one_order_for_each_client() -> None:
    sucursal = crear_sucursal()
    lote = crear_lote(crear_usuario(), sucursal)
    cliente = crear_cliente()
    crear_pedido(cliente, loteobj=lote)
    crear_pedido(cliente)
    crear_pedido(cliente)
    with pytest.raises(IntegrityError), transaction.atomic():
        crear_pedido(cliente, loteobj=lote)


def test_order_numbers_are_unique() -> None:
    crear_pedido(crear_cliente(), pedido_numero=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        crear_pedido(crear_cliente(), pedido_numero=7)


def test_a_lote_has_one_verdict_for_each_position() -> None:
    lote = crear_lote(crear_usuario(), crear_sucursal())
    resultado = {"loteobj": lote, "posicion": 0, "resultado": "RECHAZADO", "huella": "x"}
    ResultadoPedido.objects.create(cliente_id="1", **resultado)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultadoPedido.objects.create(cliente_id="2", **resultado)


def test_a_user_works_for_a_branch_once() -> None:
    sucursal = crear_sucursal()
    usuario = crear_usuario(sucursal=sucursal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Perfil.objects.create(usuario=usuario, sucursal=sucursal)


def test_orders_and_lotes_protect_what_they_were_made_of() -> None:
    sucursal = crear_sucursal()
    usuario = crear_usuario()
    lote = crear_lote(usuario, sucursal)
    articulo = crear_producto()
    cliente = crear_cliente()
    pedido = crear_pedido(cliente, [(articulo, 1, 5_000)], sucursal=sucursal, loteobj=lote)
    for obj in (cliente, cliente.canalobj, articulo, sucursal, sucursal.empresa, lote, usuario):
        with pytest.raises(ProtectedError):
            obj.delete()
    assert Orders.objects.get() == pedido


def test_a_line_survives_its_price_list() -> None:
    sucursal = crear_sucursal()
    lista = crear_lista(sucursal.empresa)
    linea = crear_pedido(crear_cliente(), [(crear_articulo(), 1, 5_000)]).detalles.get()
    OrdersDetail.objects.filter(pk=linea.pk).update(lista_precio=lista, version_precios="v7")
    lista.delete()
    linea.refresh_from_db()
    assert (linea.lista_precio_id, linea.version_precios) == (None, "v7")


def test_a_product_is_its_article() -> None:
    articulo = crear_articulo()
    assert Producto.objects.get(pk=articulo.pk).codigo == articulo.codigo
    assert Producto._meta.proxy


@pytest.mark.parametrize("ruc", ["80009735-2", "80009735", "", "nada"])
def test_a_client_needs_a_valid_ruc(ruc: str) -> None:
    cliente = Cliente(ruc=ruc, nombrefactura="X", canalobj=crear_canal())
    with pytest.raises(ValidationError) as error:
        cliente.full_clean()
    assert list(error.value.message_dict) == ["ruc"]


def test_the_sum_of_the_lines_is_rounded_line_by_line() -> None:
    """Twenty lines of one guaraní over: per-document rounding would tax one guaraní more."""
    lineas = [(crear_articulo(), 1, 1_005)] * 20
    pedido = crear_pedido(crear_cliente(), lineas)
    sumas = totales(pedido.detalles.all())
    assert list(sumas) == [18_280, 1_820, 0, 0, 0]
    assert sumas.total == 20_100
    assert round(20_100 / 11) == 1_827
