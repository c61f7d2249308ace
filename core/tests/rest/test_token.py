"""`POST /api/token/`, the OpenAPI description, and the browsable API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.authtoken.models import Token
from rest_framework.throttling import SimpleRateThrottle

URL = "/api/token/"
CLAVE = " clave con espacios "


@pytest.fixture
def usuaria(db: None) -> User:
    return User.objects.create_user("ana", password=CLAVE)


def pedir(**cuerpo: Any) -> Any:
    return Client().post(URL, json.dumps(cuerpo), content_type="application/json")


def test_the_right_password_gets_the_users_one_token(usuaria: User) -> None:
    primera, segunda = (pedir(username="ana", password=CLAVE) for _ in range(2))
    assert primera.status_code == 200
    assert primera.json() == segunda.json() == {"token": Token.objects.get(user=usuaria).key}
    assert primera["Cache-Control"] == "no-store"


def test_the_token_opens_the_api(usuaria: User) -> None:
    clave = pedir(username="ana", password=CLAVE).json()["token"]
    respuesta = Client().get("/api/esquema/", headers={"Authorization": f"Token {clave}"})
    assert respuesta.status_code == 200


@pytest.mark.parametrize(
    ("cuerpo", "campo", "codigo"),
    [
        ({}, "username", "required"),
        ({"username": "ana"}, "password", "required"),
        ({"username": "", "password": "x"}, "username", "blank"),
        ({"username": None, "password": "x"}, "username", "null"),
        ({"username": ["a"], "password": "x"}, "username", "invalid"),
        ({"username": "a\x00", "password": "x"}, "username", "null_characters_not_allowed"),
        ({"username": "a" * 151, "password": "x"}, "username", "max_length"),
        ({"username": "ana", "password": "x" * 4097}, "password", "max_length"),
        ({"username": "ana", "password": "no"}, "password", "credenciales"),
        ({"username": "nadie", "password": "no"}, "password", "credenciales"),
    ],
)
def test_a_refusal_names_the_field_in_spanish(
    usuaria: User, cuerpo: dict[str, Any], campo: str, codigo: str
) -> None:
    respuesta = pedir(**cuerpo)
    assert respuesta.status_code == 400
    assert (respuesta.json()["campo"], respuesta.json()["codigo"]) == (campo, codigo)


def test_a_closed_account_gets_no_token(usuaria: User) -> None:
    User.objects.update(is_active=False)
    assert pedir(username="ana", password=CLAVE).json()["codigo"] == "credenciales"


def test_five_wrong_passwords_lock_the_door_and_a_right_one_forgets_four(usuaria: User) -> None:
    for _ in range(4):
        pedir(username="ana", password="no")
    assert pedir(username="ana", password=CLAVE).status_code == 200
    estados = [pedir(username="ana", password="no").status_code for _ in range(5)]
    assert estados == [400, 400, 400, 400, 429]
    cerrada = pedir(username="ana", password=CLAVE)
    assert cerrada.status_code == 429
    assert set(cerrada.json()) == {"detail", "codigo"}
    assert cerrada.json()["codigo"] == "demasiados_intentos"


def test_strangers_have_a_limit(
    usuaria: User, redis_servidor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anon", "2/min")
    respuestas = [pedir() for _ in range(3)]
    assert [r.status_code for r in respuestas] == [400, 400, 429]
    assert respuestas[2].json()["codigo"] == "throttled"
    assert respuestas[2]["Retry-After"]


@pytest.mark.parametrize("clave", ["x" * 40, "no-ascii-ñ", "nul\x00", "two words", ""])
def test_a_token_that_is_none_is_401(usuaria: User, clave: str) -> None:
    respuesta = Client().get("/api/esquema/", headers={"Authorization": f"Token {clave}"})
    assert respuesta.status_code == 401
    assert set(respuesta.json()) == {"detail", "codigo"}


def test_the_description_is_for_signed_in_users(usuaria: User) -> None:
    navegador = Client()
    assert navegador.get("/api/esquema/").status_code == 401
    docs = navegador.get("/api/docs/")
    assert (docs.status_code, docs["Location"]) == (302, "/cuentas/entrar/?next=/api/docs/")
    navegador.force_login(usuaria)
    esquema = navegador.get("/api/esquema/?format=json").json()
    assert esquema["openapi"].startswith("3.")
    assert "/api/pedidos/" in esquema["paths"]


@pytest.mark.parametrize("consulta", ["version=a%0Ab", "lang=%00", "lang=../../x", "version=9"])
def test_the_descriptions_parameters_cannot_break_it(usuaria: User, consulta: str) -> None:
    navegador = Client()
    navegador.force_login(usuaria)
    for ruta in ("/api/docs/", "/api/docs/?script=&"):
        union = "&" if "?" in ruta else "?"
        assert navegador.get(f"{ruta}{union}{consulta}").status_code == 200
    respuesta = navegador.get(f"/api/esquema/?{consulta}")
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, consulta.partition("=")[0])


def test_the_docs_need_nothing_that_the_policy_forbids(usuaria: User) -> None:
    navegador = Client()
    navegador.force_login(usuaria)
    pagina = navegador.get("/api/docs/")
    texto = pagina.content.decode()
    assert "<style" not in texto
    assert "style=" not in texto
    assert texto.count("<script src=") == texto.count("<script")
    assert "http" not in texto
    assert "unsafe" not in pagina["Content-Security-Policy"]


def test_the_browsable_api_relaxes_style_attributes_alone_and_only_for_people(
    usuaria: User,
) -> None:
    navegador = Client(headers={"Accept": "text/html"})
    anonima = navegador.get("/api/pedidos/")
    assert (anonima.status_code, anonima["Content-Type"]) == (401, "application/json")
    navegador.force_login(usuaria)
    sin_rol = navegador.get("/api/pedidos/")
    assert (sin_rol.status_code, sin_rol["Content-Type"]) == (403, "text/html; charset=utf-8")
    User.objects.update(is_staff=True)
    pagina = navegador.get("/api/pedidos/")
    assert pagina["Content-Type"] == "text/html; charset=utf-8"
    politica = pagina["Content-Security-Policy"]
    assert "style-src-attr 'unsafe-inline'" in politica
    assert "script-src 'self';" in politica
    texto = pagina.content.decode()
    assert "<style" not in texto
    assert "onclick" not in texto
