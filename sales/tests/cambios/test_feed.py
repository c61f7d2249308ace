"""`GET /api/pedidos/cambios/`: every change once, in order, by a cursor that nothing slips past."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.tests.base_real import a_la_vez, en_archivo
from sales.cambios.posiciones import dar_posiciones
from sales.cambios.registro import DE_HECHO, anotar
from sales.models import Cambio, Contador, Orders
from sales.signals import Hecho
from sales.tests.mesa import Mesa, entrar
from sales.tests.pedidos.tabla import armar, casillas, por_rest

URL = "/api/pedidos/cambios/"
HECHAS = [casilla for casilla in casillas() if casilla.se_hace]


def leer(navegador: Client, **parametros: Any) -> dict[str, Any]:
    respuesta = navegador.get(URL, parametros)
    assert respuesta.status_code == 200, respuesta.content
    return dict(respuesta.json())


def seguir(navegador: Client, limite: int = 2) -> list[tuple[int, str]]:
    """Every change, as a consumer that keeps the cursor sees it."""
    vistos, desde, hay_mas = [], 0, True
    while hay_mas:
        hoja = leer(navegador, desde=desde, limite=limite)
        vistos += [(c["pedido_numero"], c["tipo"]) for c in hoja["cambios"]]
        desde, hay_mas = hoja["siguiente"], hoja["hay_mas"]
    return vistos


def test_a_page_has_the_order_as_it_is_now(mesa: Mesa) -> None:
    admin = entrar(mesa.admin)
    pedido = mesa.pedido()
    numero = pedido.pedido_numero
    assert por_rest(admin, pedido, "cancelar") == (200, "")
    hoja = leer(admin)
    assert [(c["posicion"], c["tipo"], c["datos"]) for c in hoja["cambios"]] == [
        (1, "pedido.guardado", {}),
        (2, "pedido.cancelado", {}),
    ]
    presente = admin.get(f"/api/pedidos/{numero}/").json()
    assert [c["pedido"] for c in hoja["cambios"]] == [presente, presente]
    assert (hoja["siguiente"], hoja["hay_mas"]) == (2, False)
    assert leer(admin, desde=2) == {"cambios": [], "siguiente": 2, "hay_mas": False}


def test_pages_follow_one_another(mesa: Mesa) -> None:
    numeros = [mesa.pedido().pedido_numero for _vez in range(5)]
    assert seguir(entrar(mesa.admin)) == [(numero, "pedido.guardado") for numero in numeros]


@pytest.mark.parametrize(
    ("desde", "codigo"),
    [("2", "cursor_desconocido"), ("-1", "min_value"), ("9" * 19, "max_value"), ("x", "invalid")],
)
def test_a_cursor_that_nobody_gave_is_refused(mesa: Mesa, desde: str, codigo: str) -> None:
    mesa.pedido()
    respuesta = entrar(mesa.admin).get(URL, {"desde": desde})
    cuerpo = respuesta.json()
    assert (respuesta.status_code, cuerpo["codigo"], cuerpo["campo"]) == (400, codigo, "desde")


def test_a_supervisor_follows_the_orders_of_their_company(mesa: Mesa) -> None:
    propio = mesa.pedido().pedido_numero
    ajeno = mesa.pedido(mesa.ajeno, sucursal=mesa.ajena).pedido_numero
    assert seguir(entrar(mesa.supervisor)) == [(propio, "pedido.guardado")]
    assert seguir(entrar(mesa.supervisor_ajeno)) == [(ajeno, "pedido.guardado")]
    assert leer(entrar(mesa.supervisor))["siguiente"] == 2


def test_a_page_costs_the_same_whatever_it_holds(mesa: Mesa) -> None:
    for _vez in range(12):
        mesa.pedido()
    admin = entrar(mesa.admin)
    leer(admin)
    consultas = []
    for limite in (1, 11):
        with CaptureQueriesContext(connection) as contadas:
            leer(admin, limite=limite)
        consultas.append(len(contadas))
    assert consultas[0] == consultas[1] <= 10


def test_every_deed_has_a_type() -> None:
    assert set(DE_HECHO) == set(Hecho)


@pytest.mark.parametrize("casilla", HECHAS, ids=lambda c: f"{c.estado}-{c.hecho}".replace(" ", "_"))
def test_every_deed_that_is_done_is_in_the_feed_once(mesa: Mesa, casilla: Any) -> None:
    pedido = armar(mesa, casilla.estado)
    antes = Cambio.objects.count()
    assert por_rest(entrar(mesa.admin), pedido, casilla.hecho)[0] == 200
    nuevos = Cambio.objects.order_by("id")[antes:]
    assert [cambio.pedido_id for cambio in nuevos] == [pedido.pk]


def test_a_deed_that_is_undone_leaves_nothing(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    with transaction.atomic():
        anotar(pedido, Cambio.Tipo.EDITADO)
        transaction.set_rollback(True)
    assert seguir(entrar(mesa.admin)) == [(pedido.pedido_numero, "pedido.guardado")]


def test_the_order_that_is_gone_leaves_its_changes(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    pedido.detalles.all().delete()
    Orders.objects.filter(pk=pedido.pk).delete()
    cambio = leer(entrar(mesa.admin))["cambios"][0]
    assert (cambio["pedido_numero"], cambio["pedido"]) == (pedido.pedido_numero, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_lower_id_that_commits_later_is_not_skipped(mesa: Mesa) -> None:
    primero, segundo = mesa.pedido(), mesa.pedido()
    dar_posiciones()
    escrito, soltar = threading.Event(), threading.Event()

    def tardar() -> None:
        with transaction.atomic():
            anotar(primero, Cambio.Tipo.EDITADO)
            escrito.set()
            assert soltar.wait(60)
        connections.close_all()

    hilo = threading.Thread(target=tardar)
    hilo.start()
    assert escrito.wait(60)
    anotar(segundo, Cambio.Tipo.EDITADO)
    admin = entrar(mesa.admin)
    hoja = leer(admin, desde=2)
    soltar.set()
    hilo.join()
    despues = leer(admin, desde=hoja["siguiente"])
    ids = list(Cambio.objects.filter(tipo="pedido.editado").order_by("posicion"))
    assert [c["pedido_numero"] for c in hoja["cambios"]] == [segundo.pedido_numero]
    assert [c["pedido_numero"] for c in despues["cambios"]] == [primero.pedido_numero]
    assert ids[0].pk > ids[1].pk


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_many_hands_give_each_change_one_place(mesa: Mesa, tmp_path: Path) -> None:
    pedidos = [mesa.pedido() for _vez in range(4)]
    with en_archivo(tmp_path / "cambios.sqlite3"):

        def trabajar(numero: int) -> None:
            for vuelta in range(15):
                with transaction.atomic():
                    pedido = Orders.objects.select_for_update().get(pk=pedidos[numero % 4].pk)
                    anotar(pedido, Cambio.Tipo.EDITADO, {"vuelta": vuelta})
                dar_posiciones(tope=3)

        a_la_vez(8, trabajar)
        while dar_posiciones():
            pass
        puestos = list(Cambio.objects.order_by("posicion").values_list("posicion", "id", "pedido"))
        assert [fila[0] for fila in puestos] == list(range(1, 4 + 8 * 15 + 1))
        for pedido in pedidos:
            suyos = [id_ for _posicion, id_, de in puestos if de == pedido.pk]
            assert suyos == sorted(suyos)
        assert Contador.objects.get(nombre="cambios").valor == len(puestos)
