"""Guessing passwords: what is counted, what closes, what only slows, and who still gets in."""

from __future__ import annotations

import itertools
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from core import puerta
from core.puerta import (
    PAUSA,
    POR_DIRECCION,
    POR_PAR,
    POR_PERSONA,
    Solicitante,
    admitir,
    perdonar,
    persona_de,
)
from core.tasks import clear_sessions
from core.tests.base_real import a_la_vez

CLAVE = "una-clave-larga-7"
CASA = "198.51.100.1"
OTRA_CASA = "198.51.100.2"
SEGUNDO = timedelta(seconds=1)


class Reloj:
    """The door's clock, which a test moves."""

    def __init__(self) -> None:
        self.hora = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.hora

    def pasa(self, segundos: float) -> None:
        self.hora += timedelta(seconds=segundos)


@pytest.fixture(autouse=True)
def reloj(monkeypatch: pytest.MonkeyPatch) -> Reloj:
    reloj = Reloj()
    monkeypatch.setattr(puerta, "ahora", reloj)
    return reloj


@pytest.fixture
def miradas(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were really looked at."""
    miradas: list[str] = []
    original = ModelBackend.authenticate

    def mirar(self: Any, request: Any, username: Any = None, password: Any = None) -> Any:
        miradas.append(password)
        return original(self, request, username=username, password=password)

    monkeypatch.setattr(ModelBackend, "authenticate", mirar)
    return miradas


@pytest.fixture
def ana(db: None) -> User:
    return User.objects.create_user("ana", password=CLAVE, is_staff=True)


def probar(
    nombre: str, clave: str, desde: str = CASA, cliente: Client | None = None, via: str = "entrar"
) -> Any:
    datos = {"username": nombre, "password": clave}
    formato = {"content_type": "application/json"} if via == "api_token" else {}
    cliente = cliente or Client()
    # A browser that is in is not asked again.
    cliente.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    return cliente.post(reverse(via), datos, REMOTE_ADDR=desde, **formato)  # type: ignore[arg-type]


def direcciones(cuantas: int) -> list[str]:
    return [f"10.1.{n // 250}.{n % 250 + 1}" for n in range(cuantas)]


def fallar(nombre: str, veces: int, desde: str = "10.9.9.9") -> list[int]:
    return [probar(nombre, "mala", desde).status_code for _ in range(veces)]


def frenar() -> None:
    """So many wrong tries from elsewhere that Ana's name is slowed."""
    for lugar in direcciones(POR_PERSONA):
        admitir(Solicitante("ana", lugar))


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


@pytest.mark.parametrize("cookie", ["", "x", "eyJkIjoiYSIsInAiOltdfQ:1:firma", "alterada"])
def test_a_forged_cookie_is_none(ana: User, cookie: str) -> None:
    conocido = Client()
    probar("ana", CLAVE, CASA, conocido)
    nombre = settings.DISPOSITIVO_COOKIE_NAME
    valor = conocido.cookies[nombre].value
    conocido.cookies[nombre] = valor[:-1] + "-" if cookie == "alterada" else cookie
    fallar("ana", 5, CASA)
    assert probar("ana", CLAVE, CASA, conocido).status_code == 429


def test_the_cookie_says_no_name_and_no_script_reads_it(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SESSION_COOKIE_SECURE", True)
    cookie = probar("ana", CLAVE).cookies[settings.DISPOSITIVO_COOKIE_NAME]
    assert "ana" not in cookie.value
    atributos = {k: v for k, v in cookie.items() if v and k != "expires"}
    assert atributos == {
        "path": "/",
        "max-age": 180 * 24 * 3600,
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
    }
    assert settings.DISPOSITIVO_COOKIE_NAME not in probar("ana", "mala").cookies
    assert settings.DISPOSITIVO_COOKIE_NAME not in probar("ana", CLAVE, via="api_token").cookies


@pytest.mark.parametrize("via", ["entrar", "admin:login", "api_token"])
def test_every_way_in_is_the_same_door(ana: User, miradas: list[str], via: str) -> None:
    estados = [probar("ana", "mala", via=via).status_code for _ in range(7)]
    assert len(miradas) == POR_PAR
    assert estados[4:] == [429] * 3
    for otra in ("entrar", "admin:login", "api_token"):
        cerrada = probar("ana", CLAVE, via=otra)
        assert (cerrada.status_code, cerrada["Retry-After"]) == (429, "900")


@pytest.mark.parametrize("via", ["clave", "admin:password_change"])
def test_wrong_old_passwords_count_and_are_stopped(
    ana: User, miradas: list[str], reloj: Reloj, via: str
) -> None:
    navegador = Client()
    navegador.force_login(ana)
    nueva = "otra-clave-larga-8"

    def cambiar(vieja: str, otra: str = nueva) -> Any:
        datos = {"old_password": vieja, "new_password1": otra, "new_password2": otra}
        return navegador.post(reverse(via), datos, REMOTE_ADDR=CASA)

    for _ in range(3):
        assert "old_password" in cambiar("mala").context["form"].errors
    # A right one whose successor is refused takes its own count back, and the others'.
    assert set(cambiar(CLAVE, "123").context["form"].errors) == {"new_password2"}
    estados = [cambiar("mala").status_code for _ in range(6)]
    assert (estados, len(miradas)) == ([200] * 4 + [429] * 2, 3 + 1 + POR_PAR)
    bloqueada = cambiar(CLAVE)
    assert bloqueada.status_code == 429
    assert "Esperar 15 minutos" in bloqueada.content.decode()
    assert f'href="{reverse("inicio")}">Volver al inicio</a>' in bloqueada.content.decode()
    assert probar("ana", CLAVE).status_code == 429
    reloj.pasa(15 * 60)
    assert cambiar(CLAVE).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(nueva)


@pytest.mark.parametrize(
    "nombre",
    ["ANA", " ana ", "Ana", "ａｎａ", "aNa\t", "ana\u3000", "\u2003ana"],
)
def test_a_name_counts_as_one_however_it_is_spelt(
    ana: User, miradas: list[str], nombre: str
) -> None:
    fallar("ana", 3, CASA)
    estados = [probar(nombre, "mala", CASA).status_code for _ in range(3)]
    assert (estados, len(miradas)) == ([200, 429, 429], POR_PAR)


def test_a_name_of_any_kind_has_a_count() -> None:
    assert persona_de(None) == ""
    assert persona_de(" ＡＮＡ\u3000") == "ana"
    assert persona_de("ﷺ" * 150) == persona_de("ﷺ" * 150)[:150]
    assert len(persona_de("ﷺ" * 150)) == 150
    assert persona_de("a\0na\ud800") == "ana?"
    assert persona_de("José  María") == "josé maría"


def test_who_does_not_exist_is_answered_and_braked_alike(ana: User, miradas: list[str]) -> None:
    User.objects.create_user("ida", password=CLAVE, is_active=False)
    vistos: list[list[Any]] = []
    for nombre in ("ana", "nadie", "ida"):
        miradas.clear()
        for lugar in direcciones(30):
            probar(nombre, "mala", lugar, via="api_token")
        paginas = [probar(nombre, "mala", CASA, via=via) for via in ("entrar", "api_token")]
        respuestas = [(p.status_code, p["Retry-After"]) for p in paginas]
        vistos.append([respuestas, len(miradas), paginas[1].content])
        AccessAttempt.objects.all().delete()
        api = probar(nombre, "mala", CASA, via="api_token")
        vistos[-1] += [api.status_code, api.content]
        AccessAttempt.objects.all().delete()
    assert vistos[0] == vistos[1] == vistos[2]


def test_what_is_kept_of_a_failure_has_no_password(
    ana: User, caplog: pytest.LogCaptureFixture
) -> None:
    navegador = Client(headers={"User-Agent": "Prueba/1.0"})
    navegador.force_login(ana)
    with caplog.at_level(logging.INFO):
        datos = dict.fromkeys(("old_password", "new_password1", "new_password2"), "secreto-1")
        navegador.post(reverse("clave") + "?x=secreto-1", datos, REMOTE_ADDR=CASA)
        for _ in range(5):
            probar("ana", "secreto-1", "2001:db8::7")
        probar("ana", "secreto-1", "2001:db8::8")
    guardado = list(AccessAttempt.objects.order_by("pk").values())
    assert "secreto" not in str(guardado) + str([vars(r) for r in caplog.records])
    assert [(f["username"], f["ip_address"], f["path_info"]) for f in guardado] == [
        ("ana", CASA, "/cuentas/clave/"),
        ("ana", "2001:db8::", "/cuentas/entrar/"),
    ]
    dichos = [vars(r) for r in caplog.records if r.name == "core.portero"]
    assert [(d["msg"], d["direccion"], d["fallas"], d["espera"]) for d in dichos] == [
        ("entrada_fallida", CASA, 1, 0),
        *(("entrada_fallida", "2001:db8::7", n, 0) for n in range(1, 6)),
        ("entrada_frenada", "2001:db8::8", 5, 900),
    ]


def test_a_sign_in_is_noted_with_its_whole_address(ana: User) -> None:
    probar("ana", CLAVE, "2001:db8::7")
    assert [(log.username, log.ip_address) for log in AccessLog.objects.all()] == [
        ("ana", "2001:db8::7")
    ]


def test_counts_are_swept_up_after_a_day(db: None, reloj: Reloj) -> None:
    fallar("nadie", 1)
    reloj.pasa(24 * 3600)
    clear_sessions()
    assert AccessAttempt.objects.count() == 1
    reloj.pasa(1)
    clear_sessions()
    assert AccessAttempt.objects.count() == 0


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
