"""Every admin page of every registered model, and what they cost with data in them."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gestion_precios.models import Articulo, ListaPrecio, PrecioArticulo
from gestion_precios.tests.fabricas import crear_combinacion, crear_regla
from sales.admin.pedidos import TARDE
from sales.models import (
    Cliente,
    Contador,
    EstadoPedido,
    LotePedidos,
    Orders,
    ResultadoPedido,
)
from sales.models.numeracion import siguiente_numero
from sales.pedidos.totales import totales
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_lista,
    crear_lote,
    crear_pedido,
    crear_precio,
    crear_precio_lista,
    crear_sucursal,
    crear_usuario,
)

pytestmark = pytest.mark.django_db

MODELOS = sorted(admin.site._registry, key=lambda modelo: modelo._meta.label)
BARRIOS = ("Ñemby", "Areguá", "Itá", "Luque", "Limpio", "Yaguarón", "Ypané", "Lambaré")
HORA = datetime(2025, 6, 16, 12, tzinfo=UTC)


def url_de(modelo: type[Model], vista: str, *args: Any) -> str:
    meta = modelo._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{vista}", args=args)


@pytest.fixture
def jefa() -> User:
    return crear_usuario("jefa", Rol.ADMIN)


@pytest.fixture
def navegador(client: Client, jefa: User) -> Client:
    client.force_login(jefa)
    return client


def sembrar(cuantos: int, jefa: User, *, desde: int = 0) -> None:
    """So many rows in every table of both apps."""
    empresa = crear_empresa()
    for i in range(desde, desde + cuantos):
        sucursal = crear_sucursal(empresa, f"Sucursal {i}")
        canal = crear_canal(f"Canal {i}")
        articulo = crear_articulo(f"Artículo {i}")
        cliente = crear_cliente(f"Copetín {BARRIOS[i]}", canal=canal)
        crear_precio(articulo, canal)
        lista = crear_lista(empresa, sucursal=sucursal, nombre=f"Lista {i}")
        crear_precio_lista(lista, articulo)
        crear_regla(lista, combinacion=crear_combinacion(lista, [articulo]))
        crear_usuario(f"tomador{i}", sucursal=sucursal)
        lote = crear_lote(jefa, sucursal)
        pedido = crear_pedido(
            cliente, [(articulo, 3, 12_500)], sucursal=sucursal, usuario=jefa, loteobj=lote
        )
        ResultadoPedido.objects.create(
            loteobj=lote,
            posicion=0,
            cliente_id=str(cliente.pk),
            resultado=ResultadoPedido.Resultado.GUARDADO,
            orderobj=pedido,
            huella="0" * 64,
        )


@pytest.mark.parametrize("modelo", MODELOS, ids=lambda modelo: modelo._meta.label)
def test_every_page_of_every_model_opens(
    modelo: type[Model], navegador: Client, jefa: User
) -> None:
    sembrar(2, jefa)
    assert navegador.get(url_de(modelo, "changelist")).status_code == 200
    assert navegador.get(url_de(modelo, "changelist"), {"q": "ñandú 7"}).status_code == 200
    pagina = admin.site._registry[modelo]
    agregar = navegador.get(url_de(modelo, "add"))
    puede = pagina.has_add_permission(agregar.wsgi_request)
    assert agregar.status_code == (200 if puede else 403)
    # A wheel over such a field would change the number.
    assert b'type="number"' not in agregar.content
    for obj in modelo._default_manager.all()[:1]:
        cambiar = navegador.get(url_de(modelo, "change", obj.pk))
        assert cambiar.status_code == 200
        assert b'type="number"' not in cambiar.content


def test_closed_books_have_no_way_to_add_change_or_delete(navegador: Client, jefa: User) -> None:
    sembrar(1, jefa)
    siguiente_numero()
    for modelo in (LotePedidos, ResultadoPedido, Contador):
        obj = modelo._default_manager.get()
        assert navegador.get(url_de(modelo, "add")).status_code == 403
        assert navegador.post(url_de(modelo, "change", obj.pk), {}).status_code == 403
        assert navegador.post(url_de(modelo, "delete", obj.pk), {"post": "yes"}).status_code == 403
    pedido = Orders.objects.get()
    assert navegador.post(url_de(Orders, "delete", pedido.pk), {"post": "yes"}).status_code == 403


def test_a_lotes_page_shows_its_size_and_never_loads_its_text(
    navegador: Client, jefa: User
) -> None:
    lote = crear_lote(jefa, crear_sucursal(), contenido="x" * 2048)
    with CaptureQueriesContext(connection) as capturadas:
        pagina = navegador.get(url_de(LotePedidos, "change", lote.pk)).content.decode()
    assert "2,0\xa0KB" in pagina
    assert "xxxx" not in pagina
    de_lotes = [c["sql"] for c in capturadas if 'FROM "sales_lotepedidos"' in c["sql"]]
    assert de_lotes
    assert not [sql for sql in de_lotes if '"contenido",' in sql]


def test_a_client_with_orders_is_protected_and_the_page_says_by_what(
    navegador: Client, jefa: User
) -> None:
    sembrar(1, jefa)
    cliente = Cliente.objects.get()
    pagina = navegador.get(url_de(Cliente, "delete", cliente.pk)).content.decode()
    assert "No se puede eliminar cliente" in pagina
    assert f"Pedido: {Orders.objects.get().pedido_numero}" in re.sub("<[^>]+>", "", pagina)
    navegador.post(url_de(Cliente, "delete", cliente.pk), {"post": "yes"})
    assert Cliente.objects.filter(pk=cliente.pk).exists()


def test_deleting_a_long_list_names_only_the_first_prices(navegador: Client) -> None:
    lista = crear_lista(crear_empresa())
    for _ in range(60):
        crear_precio_lista(lista, crear_articulo())
    pagina = navegador.get(url_de(ListaPrecio, "delete", lista.pk)).content.decode()
    assert "… y 10 más" in pagina
    assert pagina.count(url_de(PrecioArticulo, "changelist")) < 60
    navegador.post(url_de(ListaPrecio, "delete", lista.pk), {"post": "yes"})
    assert not PrecioArticulo.objects.exists()


@pytest.mark.parametrize(
    ("consulta", "halla"),
    [("NANDU", 1), ("ñandú", 1), ("agua nandu", 1), ("1.5", 0), ("zorro", 0)],
)
def test_articles_are_found_without_accents_or_case(
    navegador: Client, consulta: str, halla: int
) -> None:
    crear_articulo("Agua Ñandú sin gas")
    crear_articulo("Yerba compuesta")
    lista = navegador.get(url_de(Articulo, "changelist"), {"q": consulta}).context["cl"]
    assert lista.result_count == halla


def test_orders_are_found_by_number_lote_and_client(navegador: Client, jefa: User) -> None:
    sembrar(3, jefa)
    pedido = Orders.objects.order_by("pk")[1]
    lote = pedido.loteobj_id
    for consulta in (str(pedido.pedido_numero), str(lote), "COPETIN  Áregua"):
        lista = navegador.get(url_de(Orders, "changelist"), {"q": consulta}).context["cl"]
        assert [p.pk for p in lista.result_list] == [pedido.pk]
    for modelo in (Orders, ResultadoPedido):
        filtro = {"loteobj__id__exact": str(lote)}
        assert navegador.get(url_de(modelo, "changelist"), filtro).context["cl"].result_count == 1


def test_order_totals_are_shown_without_its_voided_lines(navegador: Client, jefa: User) -> None:
    sucursal = crear_sucursal()
    pedido = crear_pedido(
        crear_cliente(),
        [(crear_articulo(), 3, 12_500), (crear_articulo(tasa_iva=5), 1, 1_000)],
        sucursal=sucursal,
    )
    ultima = pedido.detalles.order_by("pk").last()
    assert ultima is not None
    ultima.anulado_040, ultima.anulado_040_fecha, ultima.anulado_040_por_gecos = True, HORA, "J"
    ultima.save()
    assert "Gs.\xa037.500" in navegador.get(url_de(Orders, "changelist")).content.decode()
    pagina = navegador.get(url_de(Orders, "change", pedido.pk)).content.decode()
    assert "gravada 10 %: Gs.\xa034.091 · IVA 10 %: Gs.\xa03.409" in pagina


def lineas_de_formulario(**linea: Any) -> dict[str, Any]:
    base = {"artobj": "", "cantidad": 1, "precio_unitario": 1000} | linea
    return {
        "detalles-TOTAL_FORMS": 1,
        "detalles-INITIAL_FORMS": 0,
        **{f"detalles-0-{campo}": valor for campo, valor in base.items()},
    }


def cabecera(cliente: Cliente, **campos: Any) -> dict[str, Any]:
    return {
        "pdvobj": cliente.pk,
        "doc_tipo": "PEDIDO",
        "doc_fecha": "2025-06-16",
        "doc_numero": 0,
        **campos,
    }


def test_an_order_typed_in_is_numbered_and_taxed(navegador: Client) -> None:
    sucursal = crear_sucursal()
    datos = cabecera(crear_cliente(), sucursal=sucursal.pk) | lineas_de_formulario(
        artobj=crear_articulo().pk, cantidad=3, precio_unitario="33333"
    )
    respuesta = navegador.post(url_de(Orders, "add"), datos)
    assert respuesta.status_code == 302, respuesta.context["errors"]
    pedido = Orders.objects.get()
    linea = pedido.detalles.get()
    assert pedido.pedido_numero == 1
    assert (linea.cantidad, linea.cantidad_original) == (3, 3)
    assert list(totales([linea])) == [90_908, 9_091, 0, 0, 0]
    assert [cambio.tipo for cambio in pedido.cambios.all()] == ["pedido.guardado"]


def test_what_is_changed_in_an_order_is_in_the_feed_and_nothing_else(navegador: Client) -> None:
    pedido = crear_pedido(crear_cliente())
    sin_lineas = {"detalles-TOTAL_FORMS": 0, "detalles-INITIAL_FORMS": 0}
    for observacion in ("Antes de las 10", "Antes de las 10", "Después"):
        datos = {"doc_tipo": "PEDIDO", "doc_numero": 0, "observacion": observacion} | sin_lineas
        assert navegador.post(url_de(Orders, "change", pedido.pk), datos).status_code == 302
    tipos = [cambio.tipo for cambio in pedido.cambios.all()]
    assert tipos == ["pedido.guardado", "pedido.editado", "pedido.editado"]


@pytest.mark.parametrize("precio", ["1000.50", "-1", "999999999999"])
def test_a_price_the_currency_cannot_hold_is_refused_in_its_line(
    navegador: Client, precio: str
) -> None:
    datos = cabecera(crear_cliente()) | lineas_de_formulario(
        artobj=crear_articulo().pk, cantidad=1_000, precio_unitario=precio
    )
    pagina = navegador.post(url_de(Orders, "add"), datos)
    assert pagina.status_code == 200
    lineas = pagina.context["inline_admin_formsets"][0].formset
    assert "precio_unitario" in lineas.forms[0].errors
    assert not Orders.objects.exists()


def test_the_lines_of_a_lotes_order_stay_as_they_came(navegador: Client, jefa: User) -> None:
    sembrar(1, jefa)
    pedido = Orders.objects.get()
    linea = pedido.detalles.get()
    datos = {"doc_tipo": "PEDIDO", "doc_numero": 0, "observacion": "Llamar antes"}
    datos |= lineas_de_formulario(artobj=linea.artobj_id, cantidad=1)
    datos |= {"detalles-INITIAL_FORMS": 1, "detalles-0-id": linea.pk}
    assert navegador.post(url_de(Orders, "change", pedido.pk), datos).status_code == 302
    pedido.refresh_from_db()
    linea.refresh_from_db()
    assert (pedido.observacion, linea.cantidad) == ("Llamar antes", 3)


def teclear_linea(navegador: Client, pedido: Orders, **campos: Any) -> str:
    """Send the order's form with its first line changed; what the next page says."""
    linea = pedido.detalles.get()
    datos = {"doc_tipo": "PEDIDO", "doc_numero": 0, "observacion": "Llamar antes"}
    datos |= lineas_de_formulario(artobj=linea.artobj_id, **campos)
    datos |= {"detalles-INITIAL_FORMS": 1, "detalles-0-id": linea.pk}
    respuesta = navegador.post(url_de(Orders, "change", pedido.pk), datos, follow=True)
    return unescape(respuesta.content.decode())


def test_the_lines_of_an_order_typed_in_are_changed_here(navegador: Client) -> None:
    pedido = crear_pedido(crear_cliente(), [(crear_articulo(), 3, 12_500)])
    assert str(TARDE) not in teclear_linea(navegador, pedido, cantidad=5, precio_unitario=11_000)
    linea = pedido.detalles.get()
    assert (linea.cantidad, linea.precio_unitario) == (5, Decimal(11_000))
    assert list(totales([linea])) == [50_000, 5_000, 0, 0, 0]


@pytest.mark.parametrize(
    "hecho",
    [
        {"pasado_por_caja_en": HORA},
        {"stock_returned": True},
        {"status": EstadoPedido.CANCELADO},
        {"status": EstadoPedido.NO_RECOGIDO},
        {"status": EstadoPedido.EN_REVISION},
        {"anulado_040": True, "anulado_040_fecha": HORA, "anulado_040_por_gecos": "J"},
    ],
    ids="-".join,
)
def test_once_something_was_done_to_it_they_stay_and_whoever_typed_is_told(
    navegador: Client, hecho: dict[str, Any]
) -> None:
    pedido = crear_pedido(crear_cliente(), [(crear_articulo(), 3, 12_500)])
    Orders.objects.filter(pk=pedido.pk).update(**hecho)
    pagina = navegador.get(url_de(Orders, "change", pedido.pk)).content.decode()
    assert 'name="detalles-0-cantidad"' not in pagina
    assert str(TARDE) in teclear_linea(navegador, pedido, cantidad=5)
    pedido.refresh_from_db()
    linea = pedido.detalles.get()
    assert (linea.cantidad, linea.precio_unitario) == (3, Decimal(12_500))
    assert pedido.observacion == "Llamar antes"


def test_costs_are_for_those_who_may_see_them(client: Client) -> None:
    empleado = crear_usuario("empleado")
    empleado.is_staff = True
    empleado.save()
    de_articulos = Permission.objects.filter(content_type__model="articulo")
    empleado.user_permissions.set(de_articulos.exclude(codename="ver_costos"))
    client.force_login(empleado)
    url = url_de(Articulo, "change", crear_articulo(ultimo_costo=7_777).pk)
    assert "ultimo_costo" not in client.get(url).content.decode()
    empleado.user_permissions.set(de_articulos)
    assert "ultimo_costo" in client.get(url).content.decode()


def test_a_change_of_a_list_is_kept_in_its_history(navegador: Client, jefa: User) -> None:
    lista = crear_lista(crear_empresa())
    datos = {
        "empresa": lista.empresa_id,
        "nombre": "Otra",
        "canal_venta": "TODOS",
        "fecha_inicio_vigencia": "2025-01-01",
        "precios-TOTAL_FORMS": 0,
        "precios-INITIAL_FORMS": 0,
        "combinaciones-TOTAL_FORMS": 0,
        "combinaciones-INITIAL_FORMS": 0,
        "reglas-TOTAL_FORMS": 0,
        "reglas-INITIAL_FORMS": 0,
    }
    assert navegador.post(url_de(ListaPrecio, "change", lista.pk), datos).status_code == 302
    ultima = lista.historia.first()
    assert (ultima.nombre, ultima.history_user) == ("Otra", jefa)
    assert navegador.get(url_de(ListaPrecio, "history", lista.pk)).status_code == 200


@pytest.mark.parametrize(
    "modelo",
    [modelo for modelo in MODELOS if modelo._meta.app_label in {"gestion_precios", "sales"}],
    ids=lambda modelo: modelo._meta.label,
)
def test_a_list_costs_the_same_queries_however_many_rows(
    modelo: type[Model], navegador: Client, jefa: User
) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            assert navegador.get(url_de(modelo, "changelist")).status_code == 200
        return len(capturadas)

    siguiente_numero()
    sembrar(2, jefa)
    consultas()  # content types are read once
    antes = consultas()
    sembrar(5, jefa, desde=2)
    assert consultas() == antes


@pytest.mark.parametrize(
    "texto", ["80041112-9", "80.041.112-9", "800411129", "80.041.112", "DON BETÓ"]
)
def test_a_client_is_found_in_the_admin_as_at_the_desk(admin_client: Client, texto: str) -> None:
    crear_cliente("Don Beto", ruc="80041112-9")
    crear_cliente("Otra 80041113")
    pagina = admin_client.get("/admin/sales/cliente/", {"q": texto})
    assert [c.nombrefantasia for c in pagina.context["cl"].result_list] == ["Don Beto"]
