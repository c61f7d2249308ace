"""What a taker is served tells of a cost what the prices tell: costs that sell alike look alike,
in the catalogue, quotes, explanations and pages. See ADR 12."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gestion_precios.models import Articulo, PrecioArticulo, ReglaPrecio
from gestion_precios.motor import pisos
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.motor.reglas import cotizar
from gestion_precios.personas.permisos import ve_costos
from sales.catalogo.lectura import construir_gart
from sales.personas.roles import Rol
from sales.tests.catalogo.del_catalogo import precios_del_catalogo
from sales.tests.fabricas import crear_combinacion, crear_regla, crear_usuario
from sales.tests.mesa import entrar
from sales.tests.venta import Venta, lineas_de

MONTO = ReglaPrecio.Condicion.MONTO_MINIMO
# A figure that nothing else has.
COSTO, RASTRO = "11357.46", re.compile(r"11\.?35[78]")
# Marks of versions and forms: they say that something changed.
CAMBIANTE = re.compile(
    r"lista:\d+:[0-9a-z]+\.[0-9a-z]+\.[A-Z]+|csrf[^>]*value=\"[^\"]+\"|[\w-]{60,}"
)


def costar(venta: Venta, costo: str | Decimal | float) -> None:
    Articulo.objects.filter(pk=venta.yerba.pk).update(ultimo_costo=Decimal(str(costo)))


def calculo(venta: Venta, cantidad: int, **otros: Any) -> str:
    datos = {
        "empresa_id": venta.sucursal.empresa_id,
        "canal_venta": venta.canal.canal_venta,
        "sucursal_id": venta.sucursal.pk,
        "articulo_id": venta.yerba.pk,
        "cantidad": cantidad,
        "explicar": 1,
    } | otros
    return "/api/calcular-precio/?" + "&".join(f"{k}={v}" for k, v in datos.items())


def preguntas(venta: Venta) -> list[Callable[[Client], Any]]:
    """What a taker may ask that has to do with the yerba."""
    yerba, pan, lista = venta.yerba.pk, venta.pan.pk, venta.lista.pk
    carrito = {
        "empresa_id": venta.sucursal.empresa_id,
        "canal_venta": venta.canal.canal_venta,
        "explicar": True,
        "lineas": [{"articulo_id": yerba, "cantidad": 2}, {"articulo_id": pan, "cantidad": 1}],
    }
    simulador = f"/precios/simulador/?canal={venta.canal.canal_venta}&lineas={yerba}x"
    direcciones = [
        calculo(venta, 1),
        calculo(venta, 4),
        calculo(venta, 4, monto_pedido=999_999_999, cart_items=f"{yerba},{pan}"),
        f"/api/articulos/{yerba}/",
        "/api/articulos/?q=yerba&format=api",
        f"/api/precios-articulo/?articulo={yerba}",
        f"/api/reglas-precio/?lista_precio={lista}",
        f"/api/listas-precio/{lista}/avisos/",
        f"{simulador}1&ver={yerba}",
        f"{simulador}4,{pan}x1&ver={yerba}",
        f"/precios/{lista}/",
        f"/precios/{lista}/precios/",
        f"/pedidos/articulos/?q=yerba&cliente={venta.clientes[0].pk}",
    ]
    pedidas: list[Callable[[Client], Any]] = [
        lambda quien, url=url: quien.get(url)  # type: ignore[misc]  # a lambda's own default
        for url in direcciones
    ]
    return [*pedidas, lambda quien: quien.post("/api/cotizar/", carrito, "application/json")]


def servido(venta: Venta, quien: User) -> list[str]:
    """All of it, and the catalogue's section, less what only tells that something changed."""
    navegador = entrar(quien)
    textos = [json.dumps(construir_gart(venta.sucursal)["reglas"])]
    for preguntar in preguntas(venta):
        respuesta = preguntar(navegador)
        assert respuesta.status_code == 200, respuesta.content
        textos.append(respuesta.content.decode())
    return [CAMBIANTE.sub("…", texto) for texto in textos]


def vendidos(venta: Venta) -> list[tuple[int, bool, bool]]:
    """The yerba's prices and flags in each cart that the rules tell apart."""
    reglamento = reglamento_de(type(venta.lista).objects.con_versiones().get(pk=venta.lista.pk))
    precios = [
        cotizar(reglamento, lineas, aparte=aparte)[venta.yerba.pk]
        for cantidad in (1, 4)
        for lineas in (
            [(venta.yerba.pk, cantidad)],
            [(venta.yerba.pk, cantidad), (venta.pan.pk, 1)],
        )
        for aparte in (0, 10**15)
    ]
    return [(p.final, p.autorizado_bajo_costo, p.ajustado_a_costo) for p in precios]


Sorteada = tuple[int, str, bool]
sorteadas = st.lists(
    st.tuples(
        st.integers(-10, 25),
        st.sampled_from(["siempre", "cuatro", "monto", "combo"]),
        st.booleans(),
    ),
    max_size=4,
)


def poner(venta: Venta, reglas: list[Sorteada]) -> None:
    """These rules and no others: how much, when, and whether it may go below cost."""
    venta.lista.reglas.all().delete()
    venta.lista.combinaciones.all().delete()
    combo = crear_combinacion(venta.lista, [venta.yerba, venta.pan])
    condiciones: dict[str, dict[str, Any]] = {
        "siempre": {},
        "cuatro": {"condicion_valor": 4},
        "monto": {"condicion": MONTO, "condicion_valor": 900_000_000},
        "combo": {"combinacion": combo},
    }
    for lugar, (valor, cuando, permite) in enumerate(reglas):
        crear_regla(
            venta.lista,
            nombre=f"R{lugar}",
            valor=valor,
            permite_venta_bajo_costo=permite,
            prioridad=lugar,
            **condiciones[cuando],
        )


def test_costs_that_sell_alike_look_alike(venta: Venta) -> None:
    parecidos = 0

    @hypothesis_settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        # An example takes a second: the first one that fails is told as it is.
        phases=[Phase.generate],
    )
    @given(reglas=sorteadas, costos=st.tuples(*[st.integers(14_000, 26_000)] * 2))
    def parecen(reglas: list[Sorteada], costos: tuple[int, int]) -> None:
        nonlocal parecidos
        poner(venta, reglas)
        ventas, dichos = [], []
        for costo in costos:
            costar(venta, costo / 2)
            ventas.append(vendidos(venta))
            dichos.append(servido(venta, venta.usuario))
        if costos[0] != costos[1] and ventas[0] == ventas[1]:
            parecidos += 1
            assert dichos[0] == dichos[1]

    parecen()
    assert parecidos > 5


def test_a_cost_that_no_price_is_is_nowhere(venta: Venta) -> None:
    costar(venta, COSTO)
    crear_regla(venta.lista, valor=20, permite_venta_bajo_costo=True, articulo=venta.yerba)
    textos = servido(venta, venta.usuario)
    assert [texto for texto in textos if RASTRO.search(texto)] == []
    # It is there to be found: whoever may see costs is told.
    assert [bool(RASTRO.search(texto)) for texto in servido(venta, _con_costos(venta))].count(
        True
    ) > 4


def test_a_price_that_is_the_cost_is_told_to_whom_it_is_sold_and_nowhere_else(venta: Venta) -> None:
    costar(venta, COSTO)
    crear_regla(venta.lista, valor=20, articulo=venta.yerba, condicion_valor=5)
    textos = servido(venta, venta.usuario)
    # Nobody has asked for five: the desk's catalogue has it, which prices without a line, and the
    # picker, which offers it.
    dicen = [lugar for lugar, texto in enumerate(textos) if RASTRO.search(texto)]
    assert dicen == [0, len(textos) - 2]
    assert "desde 5" in textos[-2]
    cara = entrar(venta.usuario).get(calculo(venta, 5)).json()
    assert (cara["precio_final"], cara["ajustado_a_costo"]) == ("11358", True)
    assert "11357" not in json.dumps(cara)


def test_what_only_the_server_floors_is_saved_as_the_client_was_told_and_goes_to_review(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pisos, "CARRITOS", 0)
    costar(venta, COSTO)
    crear_regla(venta.lista, valor=20, articulo=venta.yerba)
    gart = json.loads(json.dumps(construir_gart(venta.sucursal)))
    assert gart["reglas"]["listas"][str(venta.lista.pk)]["pisos"] == {str(venta.yerba.pk): None}
    assert not RASTRO.search(json.dumps(gart))
    # What the desk can know, and tells its client.
    dicho = precios_del_catalogo(gart, str(venta.canal.pk), {venta.yerba.pk: 3})[venta.yerba.pk]
    assert dicho == 10_000
    lote, _avance = venta.procesar({venta.clave(): [venta.linea(precio_unitario=dicho)]})
    resultado = lote.resultados.get()
    assert resultado.orderobj is not None
    assert lineas_de(resultado.orderobj)[0][:4] == (venta.yerba.pk, 3, 3, 10_000)
    assert (resultado.orderobj.status, [aviso["codigo"] for aviso in resultado.avisos]) == (
        "14",
        ["precio_en_revision"],
    )


def test_ordinary_lists_of_many_articles_tell_no_cost(venta: Venta) -> None:
    """Steps of units, of amounts, and a clearance below cost of everything."""
    for n, unidades in enumerate((6, 12, 24, 48, 96, 200)):
        crear_regla(venta.lista, nombre=f"U{n}", valor=1, condicion_valor=unidades)
    for n in range(1, 6):
        grande: dict[str, Any] = {"condicion": MONTO, "condicion_valor": 100_000 * n}
        crear_regla(venta.lista, nombre=f"M{n}", valor=1, **grande)
    crear_regla(venta.lista, nombre="Remate", valor=20, permite_venta_bajo_costo=True)
    articulos = Articulo.objects.bulk_create(
        Articulo(codigo=10_000 + n, sku=f"Y{n}", ultimo_costo=9_001 + n % 900) for n in range(2_000)
    )
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(lista_precio=venta.lista, articulo=articulo, precio_base=10_000)
        for articulo in articulos
    )
    lista = construir_gart(venta.sucursal)["reglas"]["listas"][venta.lista.pk]
    assert lista["pisos"] == {}


@pytest.mark.parametrize(
    ("rol", "ve"), [(Rol.TOMADOR, False), (Rol.SUPERVISOR, True), (Rol.ADMIN, True)]
)
def test_who_sees_costs(venta: Venta, rol: Rol, ve: bool) -> None:
    quien = crear_usuario("alguien", rol, venta.sucursal)
    assert ve_costos(quien) is ve
    articulo = entrar(quien).get(f"/api/articulos/{venta.yerba.pk}/").json()
    assert ("ultimo_costo" in articulo) is ve


@pytest.mark.parametrize("modelo", ["gestion_precios/articulo", "sales/producto"])
def test_the_admins_addresses_do_not_find_a_cost_by_halving(venta: Venta, modelo: str) -> None:
    costar(venta, COSTO)
    app, nombre = modelo.split("/")
    empleado = crear_usuario("empleado", Rol.NADIE, venta.sucursal)
    empleado.is_staff = True
    empleado.save()
    ver = Permission.objects.filter(content_type__app_label=app, codename=f"view_{nombre}").first()
    assert ver is not None
    empleado.user_permissions.add(ver)
    for filtro in ("ultimo_costo=11357.46", "ultimo_costo__gte=11357", "ultimo_costo__lt=1"):
        estado = entrar(empleado, raise_request_exception=False).get(f"/admin/{modelo}/?{filtro}")
        assert (filtro, estado.status_code) == (filtro, 400)
    pagina = entrar(empleado).get(f"/admin/{modelo}/{venta.yerba.pk}/change/").content.decode()
    assert not RASTRO.search(pagina)
    # Nor from the rows that name the article.
    for otro, campo in (
        ("gestion_precios/precioarticulo", "articulo"),
        ("sales/precios", "articuloobj"),
    ):
        app, nombre = otro.split("/")
        ver = Permission.objects.get(content_type__app_label=app, codename=f"view_{nombre}")
        empleado.user_permissions.add(ver)
        respuesta = entrar(empleado, raise_request_exception=False).get(
            f"/admin/{otro}/?{campo}__ultimo_costo__gte=1"
        )
        assert (otro, respuesta.status_code) == (otro, 400)
    # Nobody's list has such a filter, who may see costs included.
    jefa = entrar(crear_usuario("jefa", Rol.ADMIN))
    assert jefa.get(f"/admin/{modelo}/?ultimo_costo__gte=11357").status_code == 400


def _con_costos(venta: Venta) -> User:
    return crear_usuario("sofia", Rol.SUPERVISOR, venta.sucursal)
