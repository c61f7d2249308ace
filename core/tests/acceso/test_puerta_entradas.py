"""Every way in is one door: browsers it knows, names however spelt, and what is kept of a try."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from core.acceso.puerta import (
    POR_PAR,
    persona_de,
)
from core.tasks import clear_sessions
from core.tests.acceso.base_puerta import (
    CASA,
    CLAVE,
    OTRA_CASA,
    Reloj,
    direcciones,
    fallar,
    probar,
)
from core.tests.acceso.base_puerta import ana as ana
from core.tests.acceso.base_puerta import miradas as miradas
from core.tests.acceso.base_puerta import reloj as reloj


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


@pytest.fixture
def gemela(ana: User) -> User:
    """Another account whose name counts as Ana's."""
    return User.objects.create_user("Ana", password="otra-clave-larga-8")


@pytest.mark.parametrize("con_navegador", [False, True])
def test_a_name_that_looks_alike_buys_no_guesses_at_the_other(
    ana: User, gemela: User, miradas: list[str], con_navegador: bool
) -> None:
    navegador = Client() if con_navegador else None
    for _ in range(20):
        for _ in range(4):
            probar("ana", "mala", CASA, navegador)
        probar("Ana", "otra-clave-larga-8", CASA, navegador)
    assert miradas.count("mala") == POR_PAR
    assert probar("ana", CLAVE, CASA, navegador).status_code == 429
    assert probar("ana", CLAVE, OTRA_CASA).status_code == 302


def test_ones_own_right_password_forgets_what_was_mistyped(ana: User, miradas: list[str]) -> None:
    for _ in range(5):
        fallar("ana", 4, CASA)
        assert probar("ana", CLAVE, CASA).status_code == 302
    assert miradas.count("mala") == 20


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
    dichos = [vars(r) for r in caplog.records if r.name == "core.acceso.portero"]
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
