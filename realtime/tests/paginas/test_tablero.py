"""The board's page and fragment, and what each deed of a card answers."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realtime.models import (
    PreguntaEncuesta,
    RealtimeRecord,
    RespuestaEncuesta,
    UnfulfilledOrder,
)
from realtime.tarjetas.acciones import responder, tomar
from realtime.tests.fabricas import crear_no_completado, crear_orden, historia, tablero
from sales.models import Orders, OrdersDetail
from sales.pedidos import estados
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.django_db
PAGINA = "/no-completados/"
TARJETAS = f"{PAGINA}tarjetas/"


def abrir(usuario: User) -> Client:
    """A browser that asks as HTMX does."""
    return entrar(usuario, headers={"HX-Request": "true"})


def con_otro_precio(mesa: Mesa, sistema: int = 12_000) -> UnfulfilledOrder:
    """An order of 2 × Gs. 10.000 whose price the system says is another, in review."""
    pedido = mesa.pedido(status="14")
    pedido.detalles.update(precio_sistema=sistema)
    return crear_no_completado(pedido, status="14")


def la_pregunta() -> PreguntaEncuesta:
    return PreguntaEncuesta.objects.get()


def dicho(opcion: RespuestaEncuesta, detalle: str = "") -> dict[str, str]:
    """A form with that option, and its detail."""
    campo = f"p{opcion.pregunta_id}"
    return {campo: str(opcion.pk), f"{campo}_detalle": detalle}


def opcion(texto: str) -> RespuestaEncuesta:
    return RespuestaEncuesta.objects.get(texto__startswith=texto)


def sucesos(respuesta: Any) -> dict[str, Any]:
    dichos: dict[str, Any] = json.loads(respuesta["HX-Trigger"])
    return dichos


def claves(respuesta: Any) -> list[int]:
    """The cards drawn, in their order."""
    return [int(n) for n in re.findall(r'data-tarjeta="(\d+)"', respuesta.content.decode())]


def sin_lo_del_momento(html: str) -> str:
    """Without the ticket and the hour, which are another each time."""
    return re.sub(r'data-(boleto|ahora)="[^"]*"', "", html)


# What is seen


def test_an_empty_board_says_so(mesa: Mesa) -> None:
    html = entrar(mesa.tomador).get(PAGINA).content.decode()
    assert "Todo al día" in html
    assert "0 pedidos esperan" in html


def test_after_a_refresh_the_page_is_what_a_new_one_would_be(mesa: Mesa) -> None:
    crear_no_completado(mesa.pedido())
    con_otro_precio(mesa)
    pagina = sin_lo_del_momento(entrar(mesa.supervisor).get(PAGINA).content.decode())
    fragmento = sin_lo_del_momento(abrir(mesa.supervisor).get(TARJETAS).content.decode())
    assert fragmento.startswith('\n<section id="tablero"') or fragmento.lstrip().startswith(
        "<section"
    )
    assert fragmento.strip() in pagina


def test_a_card_says_why_whose_how_much_and_until_when(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    html = abrir(mesa.tomador).get(TARJETAS).content.decode()
    tarjeta = RealtimeRecord.objects.get()
    for parte in (
        f"Pedido {fila.orderobj.pedido_numero}",
        "Gs.\xa020.000",
        "El pedido no se completó: contestar qué pasó, o pasarlo por caja.",
        f'datetime="{timezone.localtime(tarjeta.creado_en + timedelta(hours=24)).isoformat()}"',
        "¿Qué pasó con el pedido?",
        "El cliente no pasó a retirarlo",
    ):
        assert parte in html, parte


def test_the_first_to_expire_comes_first(mesa: Mesa) -> None:
    nueva, vieja = crear_no_completado(mesa.pedido()), crear_no_completado(mesa.pedido())
    RealtimeRecord.objects.filter(unfulfilled=vieja).update(
        creado_en=timezone.now() - timedelta(hours=3)
    )
    assert claves(abrir(mesa.tomador).get(TARJETAS)) == [vieja.pk, nueva.pk]


def test_takers_see_their_branch_supervisors_the_company_admins_all(mesa: Mesa) -> None:
    de_beto = crear_no_completado(mesa.pedido(mesa.colega, sucursal=mesa.este)).pk
    de_sofia = crear_no_completado(mesa.pedido(mesa.supervisor)).pk
    suelta = crear_no_completado(mesa.pedido(sucursal=None)).pk
    ajena = crear_no_completado(mesa.pedido(sucursal=mesa.ajena)).pk
    visto = {
        usuario.username: set(claves(abrir(usuario).get(TARJETAS)))
        for usuario in (mesa.tomador, mesa.colega, mesa.supervisor, mesa.ajeno, mesa.admin)
    }
    assert visto == {
        "ana": {de_sofia},
        "beto": {de_beto},
        "sofia": {de_beto, de_sofia},
        "otro": {ajena},
        "admin": {de_beto, de_sofia, suelta, ajena},
    }


def test_a_colleagues_card_shows_its_lines_and_history(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido(mesa.supervisor))
    tomar(unfulfilled_id=fila.pk, actor=mesa.supervisor)
    html = abrir(mesa.tomador).get(f"{PAGINA}{fila.pk}/detalle/").content.decode()
    for parte in (mesa.articulo.descripcion, "20.000", "Mostrada", "Tomada", "sofia"):
        assert parte in html, parte


@pytest.mark.parametrize("ruta", [PAGINA, TARJETAS])
def test_the_queries_do_not_grow_with_the_cards(mesa: Mesa, ruta: str) -> None:
    navegador = entrar(mesa.supervisor)
    con_otro_precio(mesa)
    navegador.get(ruta)
    contadas = []
    for mas in (0, 49):
        for _ in range(mas):
            crear_no_completado(mesa.pedido())
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            respuesta = navegador.get(ruta)
        contadas.append(len(hechas))
    assert len(claves(respuesta)) == 50
    assert contadas[0] == contadas[1] <= 16


def test_more_cards_than_fit_are_counted(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.paginas.vista.TARJETAS_A_LA_VISTA", 2)
    for _ in range(5):
        crear_no_completado(mesa.pedido())
    respuesta = abrir(mesa.tomador).get(TARJETAS)
    assert len(claves(respuesta)) == 2
    assert "5 pedidos esperan" in respuesta.content.decode()
    assert "Y 3 más" in respuesta.content.decode()


# 304


def test_an_unchanged_board_is_a_304_with_a_new_ticket(mesa: Mesa) -> None:
    navegador = abrir(mesa.tomador)
    crear_no_completado(mesa.pedido())
    etag = navegador.get(TARJETAS)["ETag"]
    igual = navegador.get(TARJETAS, headers={"If-None-Match": etag})
    assert (igual.status_code, igual.content, bool(igual["Boleto"])) == (304, b"", True)
    crear_no_completado(mesa.pedido(mesa.colega, sucursal=mesa.este))
    assert navegador.get(TARJETAS, headers={"If-None-Match": etag}).status_code == 304
    crear_no_completado(mesa.pedido())
    assert navegador.get(TARJETAS, headers={"If-None-Match": etag}).status_code == 200


def test_nobody_gets_a_304_for_what_another_or_another_filter_saw(mesa: Mesa) -> None:
    crear_no_completado(mesa.pedido())
    etag = abrir(mesa.tomador).get(TARJETAS)["ETag"]
    cabeceras = {"If-None-Match": etag}
    assert abrir(mesa.supervisor).get(TARJETAS, headers=cabeceras).status_code == 200
    filtrada = abrir(mesa.tomador).get(TARJETAS, {"clase": "revision"}, headers=cabeceras)
    assert filtrada.status_code == 200


def test_by_age_the_board_changes_by_itself(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    ahora = timezone.now()
    crear_no_completado(mesa.pedido())
    RealtimeRecord.objects.update(creado_en=ahora - timedelta(minutes=59))
    navegador = abrir(mesa.tomador)
    antes = navegador.get(TARJETAS, {"edad": "1"})
    assert claves(antes) == []
    monkeypatch.setattr(
        "realtime.paginas.tablero.timezone.now", lambda: ahora + timedelta(minutes=2)
    )
    cabeceras = {"If-None-Match": antes["ETag"]}
    despues = navegador.get(TARJETAS, {"edad": "1"}, headers=cabeceras)
    assert (despues.status_code, len(claves(despues))) == (200, 1)


def test_another_survey_is_news_for_every_board(mesa: Mesa) -> None:
    crear_no_completado(mesa.pedido())
    navegador = abrir(mesa.tomador)
    etag = navegador.get(TARJETAS)["ETag"]
    opcion("Otro").delete()
    nuevo = navegador.get(TARJETAS, headers={"If-None-Match": etag})
    assert nuevo.status_code == 200
    assert "Otro motivo" not in nuevo.content.decode()


# Filters


def test_filters_narrow_the_board(mesa: Mesa) -> None:
    encuesta = crear_no_completado(mesa.pedido())
    revision = con_otro_precio(mesa)
    cancelada = crear_no_completado(mesa.pedido(status="8"))
    este = crear_no_completado(mesa.pedido(sucursal=mesa.este))
    suelta = crear_no_completado(mesa.pedido(sucursal=None))
    RealtimeRecord.objects.filter(unfulfilled=este).update(
        creado_en=timezone.now() - timedelta(hours=7)
    )
    navegador = abrir(mesa.admin)
    casos: tuple[tuple[dict[str, str | int], set[int]], ...] = (
        ({"clase": "revision"}, {revision.pk}),
        ({"clase": "conciliacion"}, {cancelada.pk}),
        ({"clase": "encuesta"}, {encuesta.pk, este.pk, suelta.pk}),
        ({"sucursal": mesa.este.pk}, {este.pk}),
        ({"sucursal": 0}, {suelta.pk}),
        ({"edad": "6"}, {este.pk}),
        ({"edad": "20"}, set()),
        ({"edad": "6", "sucursal": mesa.asuncion.pk}, set()),
    )
    for consulta, vistas in casos:
        respuesta = navegador.get(TARJETAS, consulta)
        assert set(claves(respuesta)) == vistas, consulta
        assert ("Ninguno coincide" in respuesta.content.decode()) == (not vistas)


@pytest.mark.parametrize(
    "malo",
    [
        {"clase": "nada"},
        {"edad": "99"},
        {"edad": "x"},
        {"sucursal": "x"},
        {"sucursal": "-1"},
        {"sucursal": "9" * 30},
        {"sucursal": "1.5"},
        {"clase": "\0"},
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_is_said_and_the_others_hold(
    mesa: Mesa, malo: dict[str, str]
) -> None:
    crear_no_completado(mesa.pedido())
    viejas = {"edad": "1"} if "edad" not in malo else {"clase": "conciliacion"}
    for navegador, ruta in ((entrar(mesa.tomador), PAGINA), (abrir(mesa.tomador), TARJETAS)):
        solo = navegador.get(ruta, malo)
        assert (solo.status_code, len(claves(solo))) == (200, 1)
        assert "no se entiende y no se aplicó" in solo.content.decode()
        assert claves(navegador.get(ruta, malo | viejas)) == []


def test_somebody_elses_branch_shows_nothing(mesa: Mesa) -> None:
    crear_no_completado(mesa.pedido(sucursal=mesa.este))
    assert claves(abrir(mesa.tomador).get(TARJETAS, {"sucursal": mesa.este.pk})) == []


# Answering


def test_an_answer_is_kept_and_the_card_leaves(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    url = f"{PAGINA}{fila.pk}/respuesta/"
    hecha = abrir(mesa.tomador).post(url, dicho(opcion("No hay stock"), " de yerba "))
    assert hecha.status_code == 204
    assert sucesos(hecha) == {
        "tablero:hecha": {"clave": fila.pk},
        "aviso": {"texto": "Respuesta guardada.", "nivel": "exito"},
    }
    fila.refresh_from_db()
    assert fila.store_answer == "No hay stock de algún artículo: de yerba"
    assert tablero() == []


def test_the_same_answer_twice_is_done(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    navegador, datos = abrir(mesa.tomador), dicho(opcion("El cliente ya"))
    for _ in range(2):
        assert navegador.post(f"{PAGINA}{fila.pk}/respuesta/", datos).status_code == 204
    assert [hecho for hecho, _, _ in historia(fila)] == ["MOSTRADA", "RETIRADA"]


def test_what_cannot_be_taken_comes_back_as_it_was_written(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    con_detalle = opcion("Otro")
    campo = f"p{con_detalle.pregunta_id}"
    for datos, frase in (
        ({}, "Contestar: ¿Qué pasó con el pedido?"),
        ({campo: "  "}, "Contestar: ¿Qué pasó con el pedido?"),
        ({campo: "999999"}, "Esa respuesta ya no se ofrece: elegir otra."),
        ({campo: "x\0"}, "Esa respuesta ya no se ofrece: elegir otra."),
        (dicho(con_detalle), "Escribir el detalle."),
        (dicho(con_detalle, "x" * 3000), "La respuesta no pasa de 2000 caracteres."),
        (dicho(con_detalle, "a\0b"), "La respuesta tiene un carácter que no se puede guardar."),
    ):
        rehusada = abrir(mesa.tomador).post(f"{PAGINA}{fila.pk}/respuesta/", datos)
        html = rehusada.content.decode()
        assert (rehusada.status_code, frase in html) == (422, True), (datos, html)
        assert html.lstrip().startswith(f'<form id="tarjeta_respuesta-{fila.pk}"')
        assert " data-escrito" in html
    escrita = abrir(mesa.tomador).post(
        f"{PAGINA}{fila.pk}/respuesta/", dicho(con_detalle, '"<b>' + "x" * 3000)
    )
    assert 'value="&quot;&lt;b&gt;xxx' in escrita.content.decode()
    assert "checked" in escrita.content.decode()
    assert len(tablero()) == 1


def test_anothers_answer_first_is_said_with_what_was_written(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    responder(unfulfilled_id=fila.pk, respuesta="Vino a la tarde", actor=mesa.supervisor)
    tarde = abrir(mesa.tomador).post(
        f"{PAGINA}{fila.pk}/respuesta/", dicho(opcion("Otro"), "lo mío")
    )
    html = tarde.content.decode()
    assert tarde.status_code == 422
    assert "Ya tiene otra respuesta. La tienda respondió (sofia, " in html
    assert 'value="lo mío"' in html
    assert "data-descartar" in html
    assert 'type="submit"' not in html
    fila.refresh_from_db()
    assert fila.store_answer == "Vino a la tarde"


def test_an_answer_to_a_card_that_left_is_said(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    estados.pasar_por_caja(pedido_id=fila.orderobj_id, usuario=mesa.supervisor)
    tarde = abrir(mesa.tomador).post(
        f"{PAGINA}{fila.pk}/respuesta/", dicho(opcion("El cliente ya"))
    )
    assert tarde.status_code == 422
    assert "La tarjeta ya no está en el tablero. Pasó por caja (sofia, " in tarde.content.decode()


# Other deeds


@pytest.mark.parametrize(
    ("ruta", "status", "frase"),
    [
        ("caja", "1", ("Pasado por caja.", "El pedido ya pasó por caja.")),
        ("stock-devuelto", "8", ("Stock devuelto.", "El stock de este pedido ya fue devuelto.")),
    ],
)
def test_a_deed_takes_the_card_away_and_a_second_one_is_told(
    mesa: Mesa, ruta: str, status: str, frase: tuple[str, str]
) -> None:
    fila = crear_no_completado(mesa.pedido(status=status))
    navegador = abrir(mesa.tomador)
    for texto, nivel in zip(frase, ("exito", "aviso"), strict=True):
        hecha = navegador.post(f"{PAGINA}{fila.pk}/{ruta}/")
        assert hecha.status_code == 204
        assert sucesos(hecha)["aviso"] == {"texto": texto, "nivel": nivel}
        assert sucesos(hecha)["tablero:hecha"] == {"clave": fila.pk}
        assert tablero() == []


def test_a_claim_is_seen_by_the_others_and_let_go(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    hecha = abrir(mesa.tomador).post(f"{PAGINA}{fila.pk}/toma/")
    assert (hecha.status_code, sucesos(hecha)) == (204, {"tablero:refrescar": {}})
    assert "La tiene ana" in abrir(mesa.supervisor).get(TARJETAS).content.decode()
    assert "La tiene usted" in abrir(mesa.tomador).get(TARJETAS).content.decode()
    abrir(mesa.tomador).post(f"{PAGINA}{fila.pk}/suelta/")
    assert "La tiene" not in abrir(mesa.supervisor).get(TARJETAS).content.decode()


def test_claiming_a_card_that_left_is_said(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    responder(unfulfilled_id=fila.pk, respuesta="Vino", actor=mesa.supervisor)
    hecha = abrir(mesa.tomador).post(f"{PAGINA}{fila.pk}/toma/")
    assert hecha.status_code == 204
    assert sucesos(hecha)["aviso"]["texto"].startswith("La tarjeta ya no está en el tablero.")


@pytest.mark.parametrize(
    ("decision", "unitario", "frase"),
    [("aceptar", 10_000, "Precio aceptado."), ("corregir", 12_000, "Precio corregido.")],
)
def test_a_supervisor_decides_about_a_price_by_name(
    mesa: Mesa, decision: str, unitario: int, frase: str
) -> None:
    fila = con_otro_precio(mesa)
    url = f"{PAGINA}{fila.pk}/precio/"
    assert "Aceptar el acordado" not in abrir(mesa.tomador).get(TARJETAS).content.decode()
    assert abrir(mesa.tomador).post(url, {"decision": decision}).status_code == 403
    html = abrir(mesa.supervisor).get(TARJETAS).content.decode()
    for parte in ("Aceptar el acordado", "10.000", "12.000", mesa.articulo.descripcion):
        assert parte in html, parte
    hecha = abrir(mesa.supervisor).post(url, {"decision": decision})
    assert sucesos(hecha)["aviso"]["texto"] == frase
    assert OrdersDetail.objects.get().precio_unitario == Decimal(unitario)
    assert Orders.objects.get().status == "1"
    assert tablero() == []
    historia_ = abrir(mesa.tomador).get(f"{PAGINA}salidas/").content.decode()
    assert "sofia" in historia_
    segunda = abrir(mesa.supervisor).post(url, {"decision": decision})
    assert sucesos(segunda)["aviso"] == {
        "texto": "El pedido ya no está en revisión.",
        "nivel": "aviso",
    }


def test_a_decision_is_one_of_two(mesa: Mesa) -> None:
    fila = con_otro_precio(mesa)
    rehusada = abrir(mesa.supervisor).post(f"{PAGINA}{fila.pk}/precio/", {"decision": "regalar"})
    assert rehusada.status_code == 400
    assert len(tablero()) == 1


@pytest.mark.parametrize("clave", ["999999", "9" * 25])
def test_what_does_not_exist_is_not_found(mesa: Mesa, clave: str) -> None:
    for ruta in ("respuesta", "caja", "stock-devuelto", "toma", "suelta"):
        assert abrir(mesa.tomador).post(f"{PAGINA}{clave}/{ruta}/").status_code == 404


# The survey


def test_the_survey_is_the_admins(mesa: Mesa) -> None:
    primera = la_pregunta()
    primera.respuestas.filter(texto__startswith="El cliente").update(activa=False)
    PreguntaEncuesta.objects.create(texto="¿Algo más?", orden=20, obligatoria=False)
    PreguntaEncuesta.objects.create(texto="¿Vieja?", orden=30, activa=False)
    fila = crear_no_completado(mesa.pedido())
    html = abrir(mesa.tomador).get(TARJETAS).content.decode()
    assert "¿Algo más?" in html
    assert "¿Vieja?" not in html
    assert "El cliente no pasó" not in html
    inactiva = dicho(opcion("El cliente no"))
    url = f"{PAGINA}{fila.pk}/respuesta/"
    assert abrir(mesa.tomador).post(url, inactiva).status_code == 422
    libre = {f"p{PreguntaEncuesta.objects.get(orden=20).pk}": "Llamar mañana"}
    assert abrir(mesa.tomador).post(url, libre).status_code == 422
    completa = dicho(opcion("Otro"), "se mudó") | libre
    assert abrir(mesa.tomador).post(url, completa).status_code == 204
    fila.refresh_from_db()
    assert fila.store_answer == (
        "¿Qué pasó con el pedido? Otro motivo: se mudó · ¿Algo más? Llamar mañana"
    )


def test_without_questions_the_answer_is_free_text(mesa: Mesa) -> None:
    PreguntaEncuesta.objects.all().delete()
    fila = crear_no_completado(mesa.pedido())
    assert "Respuesta de la tienda" in abrir(mesa.tomador).get(TARJETAS).content.decode()
    url = f"{PAGINA}{fila.pk}/respuesta/"
    assert abrir(mesa.tomador).post(url, {"respuesta": " \n "}).status_code == 422
    assert abrir(mesa.tomador).post(url, {"respuesta": "Vino ayer"}).status_code == 204
    fila.refresh_from_db()
    assert fila.store_answer == "Vino ayer"


# Why it left


def test_the_history_says_why_each_card_left_and_by_whom(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    ajena = crear_no_completado(crear_orden(mesa.ajena))
    responder(unfulfilled_id=fila.pk, respuesta="Vino", actor=mesa.supervisor)
    responder(unfulfilled_id=ajena.pk, respuesta="Vino", actor=mesa.ajeno)
    html = abrir(mesa.tomador).get(f"{PAGINA}salidas/").content.decode()
    for parte in (str(fila.orderobj.pedido_numero), "La tienda respondió", "2.1", "sofia"):
        assert parte in html, parte
    assert "otro" not in html
    assert "otro" in abrir(mesa.admin).get(f"{PAGINA}salidas/").content.decode()
