"""The demo's life: what it leaves, that it is the same each time, and that all of it goes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from core.errores import ErrorDominio
from core.models import EstadoDemo
from core.web.demostracion import demo_borrada, hay_demo
from gestion_precios.models import (
    Articulo,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_regla
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from sales.demo.agenda import agenda
from sales.demo.borrado import borrar_demo
from sales.demo.vida import vivir
from sales.models import (
    Cambio,
    Cliente,
    ImportacionDatos,
    LotePedidos,
    Orders,
    OrdersDetail,
    ResultadoPedido,
)
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_cliente, crear_pedido, crear_usuario

# A Tuesday at three in the afternoon in Asunción.
AHORA = datetime(2026, 9, 15, 18, 0, tzinfo=UTC)
DIAS = 12


@pytest.fixture
def vivida(db: None) -> None:
    call_command("populate_data", stdout=StringIO())
    vivir(AHORA, dias=DIAS)


def test_mondays_are_the_busiest_and_nobody_loads_on_a_sunday() -> None:
    ahora = AHORA.astimezone(ZoneInfo("America/Asuncion"))
    por_dia = [0] * 7
    for momento, cuantos in agenda(ahora, Random(1)):
        assert momento <= ahora
        assert 7 <= momento.hour <= 18
        por_dia[momento.weekday()] += cuantos
    assert por_dia[6] == 0
    assert por_dia[0] == max(por_dia)
    assert por_dia[5] == min(por_dia[:6])


def test_today_has_lotes_even_on_a_sunday_at_dawn() -> None:
    domingo = datetime(2026, 9, 13, 0, 30, tzinfo=ZoneInfo("America/Asuncion"))
    de_hoy = [m for m, _ in agenda(domingo, Random(1)) if m.date() == domingo.date()]
    assert len(de_hoy) == 5
    assert max(de_hoy) < domingo


@pytest.mark.lenta
def test_it_lives_through_every_state_at_its_own_time(vivida: None) -> None:
    estados = set(LotePedidos.objects.values_list("estado", flat=True))
    assert {"COMPLETO", "PARCIAL"} <= estados
    assert not LotePedidos.objects.abiertos().exists()
    assert ResultadoPedido.objects.filter(resultado="RECHAZADO").exists()
    assert {"1", "8", "14"} <= set(Orders.objects.values_list("status", flat=True))
    assert Orders.objects.filter(anulado_040=True).exclude(anulado_040_motivo="").exists()
    assert not Orders.objects.filter(capturado_en__gt=AHORA).exists()
    assert not LotePedidos.objects.filter(recibido_en__gt=AHORA).exists()
    assert len(set(Orders.objects.values_list("usuario", flat=True))) == 6
    assert len(set(Orders.objects.values_list("sucursal__empresa", flat=True))) == 2
    assert set(RealtimeRecord.objects.values_list("tipo", flat=True)) == {
        "encuesta",
        "conciliacion",
    }
    motivos = set(RealtimeEvent.objects.values_list("motivo", flat=True))
    assert {"respondido", "aceptado", "timeout"} <= motivos
    assert not RealtimeEvent.objects.filter(creado_en__gt=AHORA).exists()


@pytest.mark.lenta
def test_the_same_seed_and_moment_give_the_same_orders(vivida: None) -> None:
    def foto() -> list[object]:
        lineas = OrdersDetail.objects.order_by(
            "orderobj__pedido_numero", "artobj", "precio_unitario"
        )
        return list(lineas.values_list("orderobj__uuid", "artobj", "cantidad", "precio_unitario"))

    primera = foto()
    borrar_demo()
    call_command("populate_data", stdout=StringIO())
    vivir(AHORA, dias=DIAS)
    assert foto() == primera


@pytest.mark.lenta
def test_borrar_leaves_what_there_was_before_the_demo(db: None) -> None:
    def cuenta() -> dict[str, int]:
        # A board's version never goes back, nor that of the articles; that it was deleted stays.
        quedan = {"VersionTablero", "VersionPrecios", "EstadoDemo"}
        modelos = list(apps.get_models(include_auto_created=True))
        return {m.__name__: m._base_manager.count() for m in modelos if m.__name__ not in quedan}

    ana = crear_usuario("ana", Rol.ADMIN)
    antes = cuenta()
    call_command("populate_data", stdout=StringIO())
    User.objects.filter(pk=ana.pk).delete()
    vivir(AHORA, dias=DIAS)
    crear_usuario("ana", Rol.ADMIN)
    assert Cambio.objects.exists()
    borrar_demo()
    assert cuenta() == antes


@pytest.mark.lenta
def test_borrar_refuses_and_lists_what_is_real(vivida: None) -> None:
    ana = crear_usuario("ana")
    real = crear_pedido(
        Cliente.objects.get(pk=1),
        [(Articulo.objects.get(pk=9), 1, 5_000)],
        sucursal=Sucursal.objects.get(pk=3),
        usuario=ana,
    )
    pedidos = Orders.objects.count()
    with pytest.raises(ErrorDominio) as error:
        borrar_demo()
    assert error.value.codigo == "demo_en_uso"
    assert "1 pedidos → cliente" in str(error.value.detail)
    assert "1 líneas de pedido → artículo" in str(error.value.detail)
    assert Orders.objects.count() == pedidos
    real.detalles.all().delete()
    real.delete()
    borrar_demo()
    assert not Orders.objects.exists()
    assert not UnfulfilledOrder.objects.exists()
    assert User.objects.filter(pk=ana.pk).exists()


@pytest.mark.django_db
def test_borrar_keeps_another_company_and_its_clients() -> None:
    call_command("populate_data", stdout=StringIO())
    propia = Empresa.objects.create(nombre="Mi distribuidora")
    Sucursal.objects.create(empresa=propia, nombre="Casa central")
    borrar_demo()
    assert list(Empresa.objects.all()) == [propia]
    assert Sucursal.objects.count() == 1
    assert not Cliente.objects.exists()


@pytest.mark.django_db
def test_with_somebody_real_or_in_production_it_is_refused(settings: Settings) -> None:
    call_command("populate_data", stdout=StringIO())
    crear_usuario("ana")
    with pytest.raises(ErrorDominio) as error:
        vivir(AHORA, dias=1)
    assert error.value.codigo == "sin_demo"
    salida = StringIO()
    call_command("demo", "cargar", si_vacia=True, stdout=salida)
    assert salida.getvalue() == ""
    settings.PRODUCCION = True
    with pytest.raises(CommandError, match="En producción"):
        call_command("demo", "cargar")
    with pytest.raises(CommandError, match="En producción"):
        call_command("demo", "trafico", lotes=1)


@pytest.mark.lenta
def test_a_ribbon_says_so_on_every_page_until_it_is_gone(vivida: None) -> None:
    cliente = Client()
    cliente.force_login(User.objects.get(username="admin"))
    for url in ("/panel/", "/pedidos/", "/lotes/", "/precios/listas/"):
        assert b"franja-demo" in cliente.get(url, follow=True).content
    assert b"franja-demo" in Client().get("/cuentas/entrar/").content
    borrar_demo()


@pytest.mark.django_db
def test_the_demo_peoples_imports_go_with_them_unless_real_rows_came() -> None:
    call_command("populate_data", stdout=StringIO())
    admin = User.objects.get(username="admin")
    ImportacionDatos.objects.create(tipo="clientes", estado="HECHA", usuario=admin)
    ImportacionDatos.objects.create(
        tipo="articulos", estado="DESHECHA", usuario=admin, deshecha_por=admin
    )
    propio = crear_cliente("Mío")
    with pytest.raises(CommandError, match="1 importaciones de datos → usuario"):
        call_command("demo", "borrar")
    propio.delete()
    borrar_demo()
    assert not ImportacionDatos.objects.exists()


@pytest.mark.django_db
def test_an_import_that_somebody_of_the_demo_undid_hangs_while_it_is_somebodys() -> None:
    call_command("populate_data", stdout=StringIO())
    ImportacionDatos.objects.create(
        tipo="clientes",
        estado="DESHECHA",
        usuario=crear_usuario("ana"),
        deshecha_por=User.objects.get(username="admin"),
    )
    with pytest.raises(CommandError, match="1 importaciones de datos → usuario"):
        call_command("demo", "borrar")
    assert Cliente.objects.count() == 300


@pytest.mark.django_db
def test_a_real_rule_on_a_line_of_the_demo_hangs_and_real_lines_stay() -> None:
    call_command("populate_data", stdout=StringIO())
    LineaArticulo.objects.create(nombre="Mía")
    GrupoArticulo.objects.create(nombre="Mío")
    linea = Articulo.objects.exclude(linea=None)[0].linea
    regla = crear_regla(crear_lista(crear_empresa("Mi distribuidora")), linea=linea)
    with pytest.raises(ErrorDominio) as error:
        borrar_demo()
    assert "1 reglas de precio → línea" in str(error.value.detail)
    Articulo.objects.create(codigo=999_999, descripcion="De verdad", linea=linea)
    borrar_demo()
    assert ReglaPrecio.objects.get().pk == regla.pk
    assert set(LineaArticulo.objects.all()) == {linea, LineaArticulo.objects.get(nombre="Mía")}
    assert GrupoArticulo.objects.get().nombre == "Mío"


@pytest.mark.django_db
def test_who_printed_a_real_order_is_forgotten_with_them() -> None:
    call_command("populate_data", stdout=StringIO())
    pedido = crear_pedido(crear_cliente("Mío"), usuario=crear_usuario("ana"))
    Orders.objects.filter(pk=pedido.pk).update(
        impreso_por=User.objects.get(username="admin"), sucursal=None
    )
    borrar_demo()
    assert Orders.objects.get().impreso_por is None


@pytest.mark.django_db
def test_who_may_sign_in_is_told_while_they_exist() -> None:
    def gente() -> str:
        salida = StringIO()
        call_command("demo", "gente", stdout=salida)
        return salida.getvalue()

    assert "createsuperuser" in gente()
    call_command("populate_data", stdout=StringIO())
    assert "carga-pedidos" in gente()
    assert "supervisor   ve la sucursal" in gente()
    borrar_demo()
    assert "createsuperuser" in gente()
    crear_usuario("ana")
    assert gente() == ""


@pytest.mark.django_db
def test_the_mark_goes_with_the_demo_and_it_does_not_come_back_by_itself(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    call_command("populate_data", stdout=StringIO())
    assert not EstadoDemo.objects.exists()
    vivir(AHORA, dias=1)
    assert b"franja-demo" in Client().get("/cuentas/entrar/").content
    with django_assert_num_queries(0):
        assert hay_demo()
    borrar_demo()
    assert b"franja-demo" not in Client().get("/cuentas/entrar/").content
    salida = StringIO()
    call_command("preparar", stdout=salida)
    assert "se borró" in salida.getvalue()
    assert not Empresa.objects.exists()


@pytest.mark.django_db
def test_a_load_or_a_deletion_that_fails_leaves_the_mark_as_it_was() -> None:
    call_command("populate_data", stdout=StringIO())
    with transaction.atomic():
        borrar_demo()
        transaction.set_rollback(True)
    assert not demo_borrada()
    assert Empresa.objects.count() == 2
