"""Guessing passwords: what is counted, what closes, what only slows, and who still gets in."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from core.acceso.puerta import (
    PAUSA,
    POR_DIRECCION,
    POR_PAR,
    POR_PERSONA,
    Solicitante,
    admitir,
    perdonar,
)
from core.entrada.direcciones import red_de
from core.tests.acceso.base_puerta import (
    CASA,
    CLAVE,
    OTRA_CASA,
    Reloj,
    direcciones,
    fallar,
    frenar,
    probar,
)
from core.tests.acceso.base_puerta import ana as ana
from core.tests.acceso.base_puerta import miradas as miradas
from core.tests.acceso.base_puerta import reloj as reloj
from core.tests.base_real import a_la_vez


def test_a_thousand_guesses_are_braked_and_ana_gets_in(
    ana: User, miradas: list[str], reloj: Reloj
) -> None:
    conocido = Client()
    assert probar("ana", CLAVE, CASA, conocido).status_code == 302
    nombres = ["ana", *(f"persona{n}" for n in range(9))]
    lugares = direcciones(20)
    miradas.clear()
    intentos = itertools.product(range(5), nombres, lugares)
    estados = [
        probar(nombre, f"intento-{vuelta}", lugar).status_code for vuelta, nombre, lugar in intentos
    ]
    # 20 of each name, whatever the address; the clock stands still, so no turn has come.
    assert (len(estados), len(miradas)) == (1000, 10 * POR_PERSONA)
    assert estados.count(429) == 1000 - 10 * POR_PERSONA
    # At the desk she knows, at once; from a new one, when it was said.
    assert probar("ana", CLAVE, lugares[0], conocido).status_code == 302
    nueva = probar("ana", CLAVE, OTRA_CASA)
    assert nueva.status_code == 429
    # Twenty addresses hold a turn before hers.
    espera = int(nueva["Retry-After"])
    assert espera == 21 * PAUSA.total_seconds()
    reloj.pasa(espera - 1)
    assert probar("ana", CLAVE, OTRA_CASA)["Retry-After"] == "1"
    reloj.pasa(1)
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 302


def test_however_long_they_go_on_no_more_than_one_every_five_seconds_is_looked_at(
    ana: User, reloj: Reloj
) -> None:
    frenar()
    admitidos = 0
    for _ in range(60):
        for lugar in direcciones(60)[30:]:
            admitidos += not admitir(Solicitante("ana", lugar)).cerrada
        reloj.pasa(1)
    assert admitidos == 59 // 5
    nueva = probar("ana", CLAVE, OTRA_CASA)
    reloj.pasa(int(nueva["Retry-After"]))
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 302


def test_a_turn_nobody_comes_for_lapses_and_another_is_given(ana: User, reloj: Reloj) -> None:
    frenar()
    primera = probar("ana", CLAVE, OTRA_CASA)
    assert primera["Retry-After"] == "5"
    assert "Esperar 5 segundos" in primera.content.decode()
    # Others come meanwhile: her turn stays hers for a minute, and no longer.
    for lugar in direcciones(60)[30:]:
        admitir(Solicitante("ana", lugar))
    reloj.pasa(5 + 61)
    assert probar("ana", CLAVE, OTRA_CASA)["Retry-After"] == str(30 * 5 - 61 + 5)


def test_a_turn_keeps_what_was_counted_before_it(ana: User) -> None:
    fallar("ana", 1, OTRA_CASA)
    frenar()
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 429
    suya = AccessAttempt.objects.get(ip_address=OTRA_CASA)
    assert (suya.failures_since_start, suya.post_data, suya.get_data) == (1, "x", "turno")


def test_turns_are_given_for_the_next_fifteen_minutes_and_no_further(
    ana: User, reloj: Reloj
) -> None:
    frenar()
    for lugar in direcciones(300)[30:]:
        admitir(Solicitante("ana", lugar))
    assert AccessAttempt.objects.filter(get_data="turno").count() == 180
    assert probar("ana", CLAVE, OTRA_CASA)["Retry-After"] == "905"


def test_an_address_closes_after_fifty_whoever_the_names_and_not_for_who_was_there(
    ana: User, miradas: list[str], reloj: Reloj
) -> None:
    conocido = Client()
    probar("ana", CLAVE, CASA, conocido)
    miradas.clear()
    for n in range(60):
        probar(f"persona{n}", "mala", CASA)
        reloj.pasa(1)
    assert len(miradas) == POR_DIRECCION
    cerrada = probar("ana", CLAVE, CASA)
    assert cerrada.status_code == 429
    assert cerrada["Retry-After"] == str(15 * 60 - 60)
    assert "Esperar 14 minutos" in cerrada.content.decode()
    assert f'href="{reverse("entrar")}">Volver a entrar</a>' in cerrada.content.decode()
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 302
    assert probar("ana", CLAVE, CASA, conocido).status_code == 302
    reloj.pasa(15 * 60 - 60)
    assert probar("ana", CLAVE, CASA).status_code == 302


def test_a_whole_ipv6_network_is_one_address(ana: User, miradas: list[str]) -> None:
    estados = [probar("ana", "mala", f"2001:db8:1:2::{n}").status_code for n in range(1, 8)]
    assert (estados, len(miradas)) == ([200] * 4 + [429] * 3, POR_PAR)
    assert probar("ana", CLAVE, "2001:db8:1:3::1").status_code == 302


def test_a_known_browser_is_counted_by_itself(ana: User, miradas: list[str], reloj: Reloj) -> None:
    conocido = Client()
    probar("ana", CLAVE, CASA, conocido)
    miradas.clear()
    # Ana's own mistakes close her browser, not the office.
    estados = [probar("ana", "mala", CASA, conocido).status_code for _ in range(6)]
    assert (estados, len(miradas)) == ([200] * 4 + [429] * 2, POR_PAR)
    assert probar("ana", CLAVE, CASA).status_code == 302
    assert probar("ana", CLAVE, CASA, conocido).status_code == 429
    reloj.pasa(15 * 60)
    assert probar("ana", CLAVE, CASA, conocido).status_code == 302


def test_mistakes_at_ones_own_browsers_slow_nobody_elsewhere(ana: User, reloj: Reloj) -> None:
    for _ in range(POR_PERSONA // 4):
        suyo = Client()
        assert probar("ana", CLAVE, CASA, suyo).status_code == 302
        for _ in range(4):
            probar("ana", "mala", CASA, suyo)
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 302
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == POR_PERSONA


def test_somebody_elses_browser_is_a_strangers(ana: User, miradas: list[str]) -> None:
    User.objects.create_user("luis", password=CLAVE)
    de_luis = Client()
    probar("luis", CLAVE, CASA, de_luis)
    fallar("ana", 5, CASA)
    assert probar("ana", CLAVE, CASA, de_luis).status_code == 429
    # Shared by both, it is known for both.
    assert probar("ana", CLAVE, OTRA_CASA, de_luis).status_code == 302
    assert probar("ana", CLAVE, CASA, de_luis).status_code == 302
    assert probar("luis", CLAVE, CASA, de_luis).status_code == 302


def test_a_forged_header_moves_no_count(ana: User, miradas: list[str]) -> None:
    for n in range(8):
        Client(headers={"X-Forwarded-For": f"6.6.6.{n}", "X-Real-Ip": f"6.6.6.{n}"}).post(
            reverse("entrar"), {"username": "ana", "password": "mala"}, REMOTE_ADDR=CASA
        )
    assert len(miradas) == POR_PAR
    assert list(AccessAttempt.objects.values_list("ip_address", flat=True)) == [CASA]


@pytest.mark.parametrize(
    ("por_hilo", "pasan"),
    [
        # Fifty at once for one name at one address.
        (lambda n: Solicitante("ana", CASA), POR_PAR),
        # As many names at one address; as many addresses for one name.
        (lambda n: Solicitante(f"persona{n}", CASA), POR_DIRECCION),
        (lambda n: Solicitante("ana", f"10.0.0.{n + 1}"), POR_PERSONA),
        (lambda n: Solicitante("ana", CASA, "el-suyo"), POR_PAR),
    ],
    ids=["pair", "address", "person", "device"],
)
def test_many_at_once_are_no_more_than_one_by_one(
    base_real: None, por_hilo: Any, pasan: int
) -> None:
    veces = 60
    admitidos = a_la_vez(veces, lambda n: not admitir(por_hilo(n)).cerrada)
    assert admitidos.count(True) == pasan
    contadas = AccessAttempt.objects.values_list("failures_since_start", flat=True)
    assert sum(contadas) == pasan


def test_right_ones_at_once_are_not_told_to_wait_a_quarter_of_an_hour(
    ana: User, reloj: Reloj
) -> None:
    varios = Solicitante("ana", CASA)
    assert [admitir(varios).cerrada for _ in range(POR_PAR)] == [False] * POR_PAR
    pronto = probar("ana", CLAVE, via="api_token")
    assert (pronto.status_code, pronto["Retry-After"]) == (429, "2")
    # One of them was right.
    perdonar(varios)
    assert probar("ana", CLAVE, via="api_token").status_code == 200
    # Wrong ones of another day mark no new count.
    fallar("ana", 4, CASA)
    reloj.pasa(15 * 60)
    fallar("ana", 1, CASA)
    for _ in range(POR_PAR - 1):
        admitir(varios)
    assert probar("ana", CLAVE)["Retry-After"] == "2"


def test_a_right_password_forgets_its_own_pair_alone(ana: User) -> None:
    for lugar in (CASA, OTRA_CASA):
        fallar("ana", 3, lugar)
    fallar("luis", 3, CASA)
    assert probar("ana", CLAVE, CASA).status_code == 302
    quedan = AccessAttempt.objects.order_by("username", "ip_address")
    assert [(f.username, f.ip_address, f.failures_since_start) for f in quedan] == [
        ("ana", OTRA_CASA, 3),
        ("luis", CASA, 3),
    ]


@pytest.mark.parametrize("redes", ["2001:db8:0:{:x}::1", "203.0.113.{}"])
def test_a_network_of_many_addresses_has_three_turns(ana: User, reloj: Reloj, redes: str) -> None:
    frenar()
    for _ in range(10):
        for n in range(200):
            admitir(Solicitante("ana", red_de(redes.format(n))))
        assert AccessAttempt.objects.filter(get_data="turno").count() == 3
    # Whoever comes from elsewhere waits for no more than those.
    espera = int(probar("ana", CLAVE, OTRA_CASA)["Retry-After"])
    assert espera == 4 * PAUSA.total_seconds()
    reloj.pasa(espera)
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 302
