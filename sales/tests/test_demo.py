"""The desk's part of the demo: clients, prices of both sources, users, refusals."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django_celery_results.models import TaskResult
from pytest_django import Settings

from gestion_precios.models import Articulo, Empresa, Sucursal
from gestion_precios.motor.vigencia import hoy_en
from sales.clientes.tributario import leer_numero
from sales.demo.clientes import clientes_demo
from sales.models import (
    Canal,
    Cliente,
    LotePedidos,
    Orders,
    Perfil,
    Precios,
    ResultadoPedido,
)
from sales.personas.roles import Rol, rol_de
from sales.precios.sistema import Mercado, precios_de_mercado
from sales.precios.valoracion import PrecioSistema
from sales.tests.fabricas import CLAVE, crear_cliente, crear_lote, crear_pedido, crear_usuario

pytestmark = pytest.mark.django_db


def poblar(**opciones: object) -> None:
    call_command("populate_data", stdout=StringIO(), **opciones)


def tabla(sucursal: int, canal_venta: str, fecha: date | None = None) -> dict[int, PrecioSistema]:
    """One of each article, each in an order of its own."""
    canal = Canal.objects.get(canal_venta=canal_venta)
    mercado = Mercado(canal.pk, canal_venta, fecha or hoy_en(Empresa.objects.get(pk=2)))
    articulos = Articulo.objects.filter(pk__gt=4).values_list("pk", flat=True)
    sistema = precios_de_mercado(Sucursal.objects.get(pk=sucursal), mercado, articulos)
    sueltos = [sistema.precios({articulo: 1}) for articulo in articulos]
    return {articulo: precio for suelto in sueltos for articulo, precio in suelto.items()}


def test_300_clients_with_valid_rucs_in_four_channels() -> None:
    poblar()
    numeros = list(Cliente.objects.values_list("ruc", "pais"))
    assert len(set(numeros)) == 300
    assert [numero for numero, pais in numeros if leer_numero(numero, pais) != numero] == []
    assert Counter(pais for _numero, pais in numeros) == {"PY": 288, "PE": 12}
    assert set(Cliente.objects.values_list("canalobj__canal_venta", flat=True)) == {
        "PREVENTA",
        "TIENDA",
        "MAYORISTA",
        "ECOMMERCE",
    }
    for cliente in [*Cliente.objects.filter(pk__lte=100), *Cliente.objects.filter(pais="PE")]:
        antes = (cliente.ruc, cliente.pais)
        cliente.full_clean()
        assert (cliente.ruc, cliente.pais) == antes


def test_lima_and_arequipa_have_clients_in_the_channels_of_their_lists() -> None:
    poblar()
    de_peru = Cliente.objects.filter(pais="PE").values_list("canalobj__canal_venta", flat=True)
    assert Counter(de_peru) == {"ECOMMERCE": 8, "TIENDA": 4}
    listas = Empresa.objects.get(pais="PE").listas.values_list("canal_venta", flat=True)
    assert set(de_peru) == set(listas)


def test_both_price_sources_are_at_work_and_some_articles_have_neither() -> None:
    poblar()
    articulos = Articulo.objects.filter(pk__gt=4).count()
    fuentes = {}
    for sucursal in (3, 4):
        for canal in ("PREVENTA", "TIENDA", "MAYORISTA", "ECOMMERCE"):
            precios = tabla(sucursal, canal)
            fuentes[sucursal, canal] = Counter(
                "lista" if precio.lista_id else "precios" for precio in precios.values()
            )
            assert articulos - len(precios) == 16
    con_lista = {"lista": 1084, "precios": 100}
    assert fuentes == {
        (3, "PREVENTA"): con_lista,
        (3, "TIENDA"): con_lista,
        (3, "MAYORISTA"): con_lista,
        (3, "ECOMMERCE"): {"precios": 1184},
        (4, "PREVENTA"): con_lista,
        (4, "TIENDA"): {"precios": 1184},
        (4, "MAYORISTA"): con_lista,
        (4, "ECOMMERCE"): {"precios": 1184},
    }


def test_prices_of_the_past_and_the_future_wait_for_their_date() -> None:
    poblar()
    anio = hoy_en(Empresa.objects.get(pk=2)).year
    fechas = set(Precios.objects.values_list("fecha_vigencia", flat=True))
    assert fechas == {date(anio - 1, 1, 1), date(anio, 1, 1), date(anio + 1, 1, 1)}
    antes, hoy, despues = (
        tabla(3, "ECOMMERCE", date(a, 6, 16)) for a in (anio - 1, anio, anio + 1)
    )
    assert set(antes) < set(hoy) < set(despues)
    assert len(despues) - len(hoy) == 8
    cambian = [a for a in antes if antes[a].minimos < hoy[a].minimos < despues[a].minimos]
    assert cambian


def test_prices_are_whole_guaranies_and_pass_their_validation() -> None:
    poblar()
    assert not [p for p in Precios.objects.values_list("precio", flat=True) if p % 50]
    for precio in Precios.objects.all()[::100]:
        precio.full_clean()


def test_the_scale_multiplies_the_clients() -> None:
    poblar(escala=2)
    assert (Cliente.objects.count(), Articulo.objects.count()) == (600, 2404)


def test_twenty_thousand_clients_have_as_many_rucs() -> None:
    clientes = clientes_demo(20_000, 1)
    assert len({cliente.ruc for cliente in clientes}) == 20_000
    assert clientes_demo(300, 1) == clientes_demo(300, 1)
    assert clientes_demo(300, 1) != clientes_demo(300, 2)


def test_the_same_seed_gives_the_same_rows() -> None:
    def foto() -> list[object]:
        modelos = (Canal, Cliente, Precios)
        return [list(modelo._default_manager.order_by("pk").values_list()) for modelo in modelos]

    poblar()
    primera = foto()
    poblar()
    assert foto() == primera


def test_the_demo_users_sign_in_with_their_roles_and_branch() -> None:
    poblar()
    asuncion = Sucursal.objects.get(nombre="Asunción")
    for nombre, rol in (
        ("tomador", Rol.TOMADOR),
        ("supervisor", Rol.SUPERVISOR),
        ("admin", Rol.ADMIN),
    ):
        usuario = User.objects.get(username=nombre)
        assert usuario.check_password("carga-pedidos")
        assert rol_de(usuario) is rol
        assert Perfil.objects.get(usuario=usuario).sucursal == asuncion
    supervisor = User.objects.get(username="supervisor")
    assert supervisor.has_perm("gestion_precios.ver_costos")
    assert not User.objects.get(username="tomador").has_perm("gestion_precios.ver_costos")


def test_users_that_exist_are_kept_and_the_demos_brought_up_to_date() -> None:
    ana = crear_usuario("ana")
    tomador = crear_usuario("tomador", Rol.ADMIN, clave="otra-clave")
    poblar()
    ana.refresh_from_db()
    assert ana.check_password(CLAVE)
    renovado = User.objects.get(username="tomador")
    assert renovado.pk == tomador.pk
    assert rol_de(renovado) is Rol.TOMADOR
    clave = renovado.password
    poblar()
    assert User.objects.get(username="tomador").password == clave


def test_in_production_nobody_gets_a_password_that_everybody_knows(settings: Settings) -> None:
    settings.PRODUCCION = True
    crear_usuario("admin", Rol.SUPERVISOR, clave="propia-y-secreta")
    aviso = StringIO()
    call_command("populate_data", forzar=True, stdout=StringIO(), stderr=aviso)
    propio = User.objects.get(username="admin")
    assert propio.check_password("propia-y-secreta")
    assert rol_de(propio) is Rol.SUPERVISOR
    assert User.objects.get(username="tomador").check_password("carga-pedidos")
    assert "clave pública" in aviso.getvalue()


@pytest.mark.parametrize("que", ["pedido", "lote"])
def test_with_orders_or_lotes_it_is_refused_and_nothing_changes(que: str) -> None:
    poblar()
    if que == "pedido":
        crear_pedido(crear_cliente("Mío"))
    else:
        crear_lote(User.objects.get(username="tomador"), Sucursal.objects.get(pk=3))
        crear_cliente("Mío")
    with pytest.raises(CommandError, match="Hay pedidos o lotes cargados"):
        poblar()
    assert Cliente.objects.filter(nombrefantasia="Mío").exists()
    assert Cliente.objects.count() == 301


def test_forced_it_wipes_orders_lotes_verdicts_and_their_tasks() -> None:
    poblar()
    usuario, sucursal = User.objects.get(username="tomador"), Sucursal.objects.get(pk=3)
    lote = crear_lote(usuario, sucursal)
    cliente = Cliente.objects.get(pk=1)
    lineas = [(Articulo.objects.get(pk=9), 2, 5_000)]
    pedido = crear_pedido(cliente, lineas, sucursal=sucursal, loteobj=lote)
    ResultadoPedido.objects.create(
        loteobj=lote, posicion=0, cliente_id="1", resultado="GUARDADO", orderobj=pedido, huella="x"
    )
    TaskResult.objects.create(task_id=str(lote.pk))
    TaskResult.objects.create(task_id="otra")
    poblar(forzar=True)
    assert not Orders.objects.exists()
    assert not LotePedidos.objects.exists()
    assert not ResultadoPedido.objects.exists()
    assert TaskResult.objects.get().task_id == "otra"
    assert crear_pedido(Cliente.objects.get(pk=1)).pedido_numero == 1
