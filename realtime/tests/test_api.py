"""`/api/no-completados/`: what stores and other systems say of orders that failed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.tarjetas.acciones import tomar
from realtime.tarjetas.vencidas import cerrar_vencidas
from realtime.tests.fabricas import RESPUESTA, crear_no_completado, historia, tablero
from sales.models import Orders
from sales.pedidos import estados
from sales.pedidos.anulacion import nombre_gecos
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.django_db
URL = "/api/no-completados/"


def registrar(usuario: User, pedido: Orders | int, **cuerpo: Any) -> Any:
    numero = pedido if isinstance(pedido, int) else pedido.pedido_numero
    return enviar(entrar(usuario), "post", URL, {"pedido_numero": numero, "status": "9"} | cuerpo)


def corregir(usuario: User, fila: UnfulfilledOrder, **cuerpo: Any) -> Any:
    return enviar(entrar(usuario), "patch", f"{URL}{fila.pk}/", cuerpo)


def enviar(navegador: Client, metodo: str, url: str, cuerpo: Any) -> Any:
    datos = cuerpo if isinstance(cuerpo, str) else json.dumps(cuerpo)
    return navegador.generic(metodo.upper(), url, datos, content_type="application/json")


def listar(usuario: User, consulta: str = "") -> list[int]:
    respuesta = entrar(usuario).get(f"{URL}?{consulta}")
    assert respuesta.status_code == 200, respuesta.content
    return [fila["id"] for fila in respuesta.json()["results"]]


def test_a_store_registers_and_reads_it_where_it_is(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    respuesta = registrar(mesa.tomador, pedido)
    fila = UnfulfilledOrder.objects.get()
    tarjeta = RealtimeRecord.objects.get()
    momentos = {"creado_en": fila.creado_en, "actualizado_en": fila.actualizado_en}
    assert (respuesta.status_code, respuesta["Location"]) == (201, f"{URL}{fila.pk}/")
    assert respuesta.json() == {
        "id": fila.pk,
        "pedido_numero": pedido.pedido_numero,
        "sucursal": mesa.asuncion.pk,
        "status": "9",
        "store_answer": None,
        "origen": "REGISTRADO",
        **{campo: local(momento) for campo, momento in momentos.items()},
        "tarjeta": {
            "tipo": "encuesta",
            "regla": "1.1",
            "mostrada": local(tarjeta.creado_en),
            "vence": local(tarjeta.creado_en + timedelta(hours=24)),
            "tomado_por": None,
        },
    }
    assert entrar(mesa.tomador).get(respuesta["Location"]).json() == respuesta.json()


def local(momento: datetime) -> str:
    return timezone.localtime(momento).isoformat()


def test_whoever_took_the_card_is_named(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    tomar(unfulfilled_id=fila.pk, actor=mesa.supervisor)
    cuerpo = entrar(mesa.tomador).get(f"{URL}{fila.pk}/").json()
    assert cuerpo["tarjeta"]["tomado_por"] == nombre_gecos(mesa.supervisor)


def test_a_retry_is_the_same_row_while_its_card_is_there(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    primera = registrar(mesa.tomador, pedido)
    segunda = registrar(mesa.tomador, pedido, status=" 9 ", store_answer=" ")
    assert (primera.status_code, segunda.status_code) == (201, 200)
    assert segunda.json() == primera.json()
    assert segunda["Location"] == primera["Location"]
    assert len(tablero()) == 1


def test_another_status_is_another_row(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    assert registrar(mesa.tomador, pedido).status_code == 201
    assert registrar(mesa.tomador, pedido, status="4").status_code == 201
    assert registrar(mesa.tomador, pedido, status="4").status_code == 200
    assert UnfulfilledOrder.objects.count() == 2


def test_once_its_card_left_the_order_may_fail_again(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    registrar(mesa.tomador, pedido)
    RealtimeRecord.objects.update(creado_en=timezone.now() - timedelta(hours=25))
    assert cerrar_vencidas() == 1
    assert registrar(mesa.tomador, pedido).status_code == 201
    assert len(tablero()) == 1


def test_what_came_answered_is_repeated_for_a_day(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    primera = registrar(mesa.tomador, pedido, store_answer=RESPUESTA)
    assert (primera.status_code, primera.json()["tarjeta"]) == (201, None)
    assert primera.json()["store_answer"] == RESPUESTA
    segunda = registrar(mesa.tomador, pedido, store_answer=f" {RESPUESTA}\n")
    assert (segunda.status_code, segunda.json()) == (200, primera.json())
    assert registrar(mesa.tomador, pedido, store_answer="Otra").status_code == 201
    hace_un_dia = timezone.now() - timedelta(hours=24, minutes=1)
    UnfulfilledOrder.objects.update(creado_en=hace_un_dia)
    assert registrar(mesa.tomador, pedido, store_answer=RESPUESTA).status_code == 201


def test_an_answered_row_is_not_the_one_that_waits(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    registrar(mesa.tomador, pedido, store_answer=RESPUESTA)
    assert registrar(mesa.tomador, pedido).status_code == 201
    assert len(tablero()) == 1


def test_the_generated_row_of_a_cancelled_order_is_not_registered_again(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    estados.cancelar(pedido_id=pedido.pk, usuario=mesa.tomador)
    respuesta = registrar(mesa.tomador, pedido, status="4")
    assert (respuesta.status_code, respuesta.json()["origen"]) == (200, "GENERADO")
    assert len(tablero()) == 1


def test_answering_takes_the_card_away_by_name(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    respuesta = corregir(mesa.tomador, fila, store_answer=f" {RESPUESTA} ")
    assert respuesta.status_code == 200
    assert respuesta.json()["store_answer"] == RESPUESTA
    assert respuesta.json()["tarjeta"] is None
    assert historia(fila)[-1] == ("RETIRADA", "respondido", "2.1")
    assert corregir(mesa.tomador, fila, store_answer=RESPUESTA).status_code == 200
    otra = corregir(mesa.supervisor, fila, store_answer="Otra")
    assert (otra.status_code, otra.json()["codigo"], otra.json()["campo"]) == (
        409,
        "ya_respondido",
        "store_answer",
    )
    assert nombre_gecos(mesa.tomador) in otra.json()["detail"]


def test_another_status_may_resolve_it(mesa: Mesa) -> None:
    fila = crear_no_completado(mesa.pedido())
    assert corregir(mesa.tomador, fila, status="14").json()["tarjeta"]["regla"] == "1.1"
    assert corregir(mesa.tomador, fila, status="RETIRADO").json()["tarjeta"] is None
    assert historia(fila)[-1] == ("RETIRADA", "estado", "2.2")


def test_any_role_registers_for_the_orders_of_its_boards(mesa: Mesa) -> None:
    de_otro = mesa.pedido(mesa.supervisor)
    assert registrar(mesa.tomador, de_otro).status_code == 201
    de_este = mesa.pedido(mesa.colega, sucursal=mesa.este)
    assert registrar(mesa.supervisor, de_este).status_code == 201
    sin_sucursal = mesa.pedido(sucursal=None)
    assert registrar(mesa.admin, sin_sucursal).json()["sucursal"] is None
    for usuario, pedido in (
        (mesa.tomador, de_este),
        (mesa.ajeno, de_otro),
        (mesa.supervisor_ajeno, de_otro),
        (mesa.supervisor, sin_sucursal),
    ):
        negado = registrar(usuario, pedido)
        assert (negado.status_code, negado.json()) == (
            404,
            {
                "detail": "Ese pedido no existe o no está a su alcance.",
                "codigo": "pedido_ajeno",
                "campo": "pedido_numero",
            },
        )


def test_each_sees_the_rows_of_their_boards(mesa: Mesa) -> None:
    mia = crear_no_completado(mesa.pedido(mesa.supervisor)).pk
    este = crear_no_completado(mesa.pedido(sucursal=mesa.este)).pk
    ajena = crear_no_completado(mesa.pedido(sucursal=mesa.ajena)).pk
    nadie = crear_no_completado(mesa.pedido(sucursal=None)).pk
    assert listar(mesa.tomador) == [mia]
    assert listar(mesa.supervisor) == [este, mia]
    assert listar(mesa.ajeno) == [ajena]
    assert listar(mesa.admin) == [nadie, ajena, este, mia]
    for metodo in ("get", "patch"):
        url = f"{URL}{ajena}/"
        assert enviar(entrar(mesa.tomador), metodo, url, {}).status_code == 404


def test_filters_and_order(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    abierta = crear_no_completado(pedido).pk
    codigo_ajeno = crear_no_completado(mesa.pedido(sucursal=mesa.este), status="X-1").pk
    respondida = crear_no_completado(mesa.pedido(sucursal=None), store_answer=RESPUESTA).pk
    blanca = crear_no_completado(mesa.pedido(), status="4", store_answer=" \n").pk
    viejo = datetime(2025, 6, 17, 2, 30, tzinfo=UTC)  # the 16th in Asunción
    UnfulfilledOrder.objects.filter(pk=abierta).update(creado_en=viejo)
    for consulta, esperados in {
        f"pedido_numero={pedido.pedido_numero}": [abierta],
        "status=X-1": [codigo_ajeno],
        f"sucursal={mesa.este.pk}": [codigo_ajeno],
        "sucursal=0": [respondida],
        "abierto=true": [codigo_ajeno, abierta],
        "abierto=false": [blanca, respondida],
        "respondido=true": [respondida],
        "respondido=false": [blanca, codigo_ajeno, abierta],
        "hasta=2025-06-16": [abierta],
        "desde=2025-06-16&hasta=2025-06-16": [abierta],
        "desde=2025-06-17": [blanca, respondida, codigo_ajeno],
        "ordering=id": [abierta, codigo_ajeno, respondida, blanca],
        "ordering=creado_en&por_pagina=1": [abierta],
        "ordering=creado_en&por_pagina=3&pagina=2": [blanca],
        "status=": [blanca, respondida, codigo_ajeno, abierta],
    }.items():
        assert (consulta, listar(mesa.admin, consulta)) == (consulta, esperados)


@pytest.mark.parametrize(
    ("consulta", "campo"),
    [
        ("pedido_numero=abc", "pedido_numero"),
        ("pedido_numero=0", "pedido_numero"),
        ("status=123456789", "status"),
        ("sucursal=-1", "sucursal"),
        ("sucursal=1.5", "sucursal"),
        ("abierto=1", "abierto"),
        ("respondido=yes", "respondido"),
        ("desde=ayer", "desde"),
        ("hasta=16/06/2025", "hasta"),
        ("ordering=password", "ordering"),
        ("otra=cosa", "otra"),
    ],
)
def test_filters_that_make_no_sense_are_refused(mesa: Mesa, consulta: str, campo: str) -> None:
    respuesta = entrar(mesa.admin).get(f"{URL}?{consulta}")
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, campo)


@pytest.mark.parametrize(
    ("cambio", "codigo", "campo"),
    [
        ({"status": ""}, "status_invalido", "status"),
        ({"status": "  "}, "status_invalido", "status"),
        ({"status": "123456789"}, "status_invalido", "status"),
        ({"status": "9\u200b"}, "status_invalido", "status"),
        ({"status": "9\x00"}, "status_invalido", "status"),
        ({"status": "\ud800"}, "status_invalido", "status"),
        ({"status": 9}, "invalid", "status"),
        ({"status": True}, "invalid", "status"),
        ({"status": None}, "null", "status"),
        ({"status": ["9"]}, "invalid", "status"),
        ({"store_answer": "x" * 2001}, "respuesta_larga", "store_answer"),
        ({"store_answer": "a\x00"}, "respuesta_ilegible", "store_answer"),
        ({"store_answer": "\udc00"}, "respuesta_ilegible", "store_answer"),
        ({"store_answer": 5}, "invalid", "store_answer"),
        ({"store_answer": False}, "invalid", "store_answer"),
        ({"origen": "GENERADO"}, "desconocido", "origen"),
        ({"respuesta": "x"}, "desconocido", "respuesta"),
    ],
)
def test_bad_bodies_are_refused_by_name_and_write_nothing(
    mesa: Mesa, cambio: dict[str, Any], codigo: str, campo: str
) -> None:
    respuesta = registrar(mesa.tomador, mesa.pedido(), **cambio)
    dicho = respuesta.json()
    assert (respuesta.status_code, dicho["codigo"], dicho["campo"]) == (400, codigo, campo)
    assert not UnfulfilledOrder.objects.exists()
    fila = crear_no_completado(mesa.pedido())
    dicho = corregir(mesa.tomador, fila, **cambio).json()
    assert (dicho["codigo"], dicho["campo"]) == (codigo, campo)
    assert len(historia(fila)) == 1


@pytest.mark.parametrize("numero", ["12", True, None, 1.0, -1, 0, 2**63, [1], {"id": 1}, ""])
def test_the_orders_number_is_a_number(mesa: Mesa, numero: Any) -> None:
    respuesta = registrar(mesa.tomador, 1, pedido_numero=numero)
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "pedido_numero")


@pytest.mark.parametrize(
    ("cuerpo", "codigo", "campo"),
    [
        ({}, "sin_cambios", None),
        ({"store_answer": ""}, "respuesta_vacia", "store_answer"),
        ({"store_answer": " \n"}, "respuesta_vacia", "store_answer"),
        ({"store_answer": None}, "null", "store_answer"),
        ({"pedido_numero": 1}, "desconocido", "pedido_numero"),
        ([], "invalid", None),
        ("{", "json_invalido", None),
        ('{"status": "4", "status": "9"}', "json_invalido", None),
    ],
)
def test_a_change_of_nothing_or_of_something_fixed_is_refused(
    mesa: Mesa, cuerpo: Any, codigo: str, campo: str | None
) -> None:
    fila = crear_no_completado(mesa.pedido())
    respuesta = enviar(entrar(mesa.tomador), "patch", f"{URL}{fila.pk}/", cuerpo)
    dicho = respuesta.json()
    assert (respuesta.status_code, dicho["codigo"], dicho.get("campo")) == (400, codigo, campo)


def test_a_row_that_nobody_could_have_is_a_404(mesa: Mesa) -> None:
    for numero in ("0", "999999", "9" * 40):
        for metodo in ("get", "patch"):
            respuesta = enviar(entrar(mesa.admin), metodo, f"{URL}{numero}/", {"status": "4"})
            assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "not_found")


def test_a_form_may_send_it_too(mesa: Mesa) -> None:
    datos = f"pedido_numero={mesa.pedido().pedido_numero}&status=9"
    tipo = "application/x-www-form-urlencoded"
    assert entrar(mesa.tomador).post(URL, datos, content_type=tipo).status_code == 201


def test_the_list_costs_the_same_for_one_row_and_for_many(mesa: Mesa) -> None:
    navegador = entrar(mesa.supervisor)

    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            navegador.get(URL)
        return len(capturadas)

    crear_no_completado(mesa.pedido())
    navegador.get(URL)
    con_una = consultas()
    for _ in range(5):
        fila = crear_no_completado(mesa.pedido())
        tomar(unfulfilled_id=fila.pk, actor=mesa.tomador)
    assert consultas() == con_una
