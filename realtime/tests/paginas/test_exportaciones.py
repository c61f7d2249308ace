"""The board's cards and their history as files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.planillas.inerte import como_era
from core.tests.planillas.leidas import MALOS, bajar, columna, del_csv, del_libro
from realtime.models import RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.paginas import tablas
from realtime.rules import Tipo
from realtime.tarjetas.acciones import responder
from realtime.tests.fabricas import RESPUESTA, crear_no_completado
from sales.tests.fabricas import crear_cliente
from sales.tests.mesa import Mesa, entrar, texto

TARJETAS = "/no-completados/exportacion.xlsx"
HISTORIA = "/no-completados/historia/exportacion.xlsx"


def tarjeta(mesa: Mesa, status: str = "9", **campos: Any) -> UnfulfilledOrder:
    campos.setdefault("status", "14" if status == "14" else "1")
    return crear_no_completado(mesa.pedido(**campos), status=status)


def test_a_card_says_what_the_board_says(mesa: Mesa) -> None:
    fila = tarjeta(mesa)
    quien = entrar(mesa.tomador)
    [dicha] = del_libro(bajar(quien, TARJETAS))
    assert (dicha["Pedido"], dicha["Total"]) == (fila.orderobj.pedido_numero, 20_000)
    assert (dicha["Qué pide"], dicha["Sucursal"]) == ("Falta respuesta", "Asunción")
    assert (dicha["RUC"], dicha["Cliente"]) == (mesa.cliente.ruc, str(mesa.cliente))
    assert dicha["Vence"] - dicha["Mostrada"] == timedelta(hours=24)
    assert "20.000" in texto(quien.get("/no-completados/").content)


def test_the_filters_of_the_board_decide_cards_and_history(mesa: Mesa) -> None:
    encuesta, revision = tarjeta(mesa), tarjeta(mesa, "14")
    vieja = tarjeta(mesa)
    ajena = tarjeta(mesa, sucursal=mesa.ajena, usuario=mesa.ajeno)
    hace = timezone.now() - timedelta(hours=7)
    RealtimeRecord.objects.filter(unfulfilled=vieja).update(creado_en=hace)
    connection.cursor().execute(
        "UPDATE realtime_realtimeevent SET creado_en = %s WHERE unfulfilled_id = %s",
        [hace, vieja.pk],
    )
    numero = {fila.pk: fila.orderobj.pedido_numero for fila in (encuesta, revision, vieja, ajena)}
    casos = {
        "": {encuesta.pk, revision.pk, vieja.pk},
        "?clase=revision": {revision.pk},
        f"?clase={Tipo.ENCUESTA.value}": {encuesta.pk, vieja.pk},
        f"?clase={Tipo.CONCILIACION.value}": set(),
        "?edad=6&sucursal=&clase=": {vieja.pk},
        f"?sucursal={mesa.ajena.pk}": set(),
    }
    quien = entrar(mesa.tomador)
    for consulta, claves in casos.items():
        for url in (TARJETAS, HISTORIA):
            vistos = sorted(columna(quien, url + consulta))
            assert vistos == sorted(numero[clave] for clave in claves), (url, consulta)
    for consulta in ("?edad=2", "?clase=x", "?sucursal=y", "?q=1"):
        for url in (TARJETAS, HISTORIA):
            assert quien.get(url + consulta).status_code == 400
    assert columna(entrar(mesa.ajeno), TARJETAS) == [numero[ajena.pk]]
    assert len(columna(entrar(mesa.admin), HISTORIA)) == 4


def test_the_history_goes_on_after_a_card_left(mesa: Mesa) -> None:
    fila = tarjeta(mesa)
    responder(unfulfilled_id=fila.pk, respuesta=RESPUESTA, actor=mesa.tomador)
    salida, entrada = del_libro(bajar(entrar(mesa.tomador), HISTORIA))
    assert (salida["Qué"], salida["Por qué"]) == ("Retirada", "La tienda respondió")
    assert (salida["Quién"], entrada["Qué"]) == ("ana", "Mostrada")
    assert columna(entrar(mesa.tomador), TARJETAS) == []


def test_no_text_of_a_card_is_a_formula(mesa: Mesa) -> None:
    for malo in MALOS:
        mesa.cliente = crear_cliente(canal=mesa.canal, nombrefantasia=malo)
        tarjeta(mesa)
    eventos = RealtimeEvent.objects.order_by("id")
    for evento, malo in zip(eventos, MALOS, strict=True):
        consulta = "UPDATE realtime_realtimeevent SET quien = %s, status = '=1' WHERE id = %s"
        connection.cursor().execute(consulta, [malo, evento.pk])
    quien = entrar(mesa.tomador)
    for url, titulo in (
        ("/no-completados/exportacion.csv", "Cliente"),
        ("/no-completados/historia/exportacion.csv", "Quién"),
    ):
        dichos = [fila[titulo] for fila in del_csv(bajar(quien, url))]
        assert sorted(map(como_era, dichos)) == sorted(MALOS)
        assert not {*dichos} & {*MALOS}
    assert sorted(columna(quien, HISTORIA, "Quién")) == sorted(MALOS)


def test_each_stretch_takes_the_same_queries(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.planillas.tramos.de_a_una.__defaults__", (5,))
    monkeypatch.setattr(tablas, "TARJETAS_POR_TRAMO", 5)
    quien = entrar(mesa.supervisor)

    def cuantas(url: str) -> int:
        bajar(quien, url)
        with CaptureQueriesContext(connection) as consultas:
            bajar(quien, url)
        return len(consultas)

    for _ in range(5):
        tarjeta(mesa, "14")
    antes = {url: cuantas(url) for url in (TARJETAS, HISTORIA)}
    for _ in range(20):
        mesa.cliente = crear_cliente(canal=mesa.canal)
        tarjeta(mesa, "14")
    # A card: itself, its row, its order, the lines. What happened is one query.
    assert {u: cuantas(u) - antes[u] for u in antes} == {TARJETAS: 4 * 4, HISTORIA: 4}


def test_the_boards_filters_are_sent_as_they_stand(mesa: Mesa) -> None:
    html = entrar(mesa.tomador).get("/no-completados/?clase=revision").content.decode()
    formulario = html[
        html.index("data-filtros") : html.index("</form>", html.index("data-filtros"))
    ]
    for destino in ("", "historia/"):
        for formato in ("xlsx", "csv"):
            assert f'formaction="/no-completados/{destino}exportacion.{formato}"' in formulario
