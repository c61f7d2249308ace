"""Signing in, out, changing the password, and the lockout."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

CLAVE = "una-clave-larga-7"
MALA = "El usuario o la contraseña no coinciden. Revisar mayúsculas y reintentar."

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana", password=CLAVE, first_name="Ana", last_name="Báez")


def entrar(client: Client, clave: str = CLAVE, **mas: str) -> Any:
    return client.post(reverse("entrar"), {"username": "ana", "password": clave, **mas})


def test_signing_in_goes_to_the_start(client: Client, ana: User) -> None:
    respuesta = entrar(client)
    assert (respuesta.status_code, respuesta["Location"]) == (302, reverse("inicio"))
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_signing_in_goes_on_to_where_one_was_going(client: Client, ana: User) -> None:
    pagina = client.get(reverse("entrar"), {"next": "/pedidos/?q=1"}).content.decode()
    assert 'name="next" value="/pedidos/?q=1"' in pagina
    assert entrar(client, next="/pedidos/?q=1")["Location"] == "/pedidos/?q=1"


@pytest.mark.parametrize(
    "ajeno",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "///x"],
)
def test_nobody_is_sent_to_another_site(client: Client, ana: User, ajeno: str) -> None:
    assert entrar(client, next=ajeno)["Location"] == reverse("inicio")


def test_somebody_already_in_goes_on(client: Client, ana: User) -> None:
    client.force_login(ana)
    respuesta = client.get(reverse("entrar"), {"next": reverse("clave")})
    assert respuesta["Location"] == reverse("clave")


def test_a_wrong_password_says_so_and_nothing_more(client: Client, ana: User) -> None:
    respuesta = entrar(client, "otra")
    assert respuesta.status_code == 200
    assert MALA in respuesta.content.decode()


def test_an_unknown_user_reads_the_same_sentence(client: Client) -> None:
    assert MALA in entrar(client).content.decode()


def test_the_sixth_try_is_locked_out(client: Client, ana: User) -> None:
    estados = [entrar(client, "otra").status_code for _ in range(5)]
    bloqueada = entrar(client)
    assert estados == [200, 200, 200, 200, 429]
    assert bloqueada.status_code == 429
    assert "Esperar 15 minutos" in bloqueada.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_lockout_is_of_one_user_and_place(client: Client, ana: User) -> None:
    User.objects.create_user("luis", password=CLAVE)
    for _ in range(5):
        entrar(client, "otra")
    otro = client.post(reverse("entrar"), {"username": "luis", "password": CLAVE})
    assert otro.status_code == 302


def test_a_lockout_of_the_api_is_json(client: Client, ana: User) -> None:
    datos = {"username": "ana", "password": "otra"}
    respuestas = [client.post("/api/token/", datos, "application/json") for _ in range(6)]
    assert respuestas[-1].status_code == 429
    assert respuestas[-1].json()["codigo"] == "demasiados_intentos"


def test_signing_out_needs_a_post(client: Client, ana: User) -> None:
    client.force_login(ana)
    assert client.get(reverse("salir")).status_code == 405
    respuesta = client.post(reverse("salir"))
    assert (respuesta.status_code, respuesta["Location"]) == (302, reverse("entrar"))
    assert "_auth_user_id" not in client.session


def test_changing_the_password_keeps_the_session(client: Client, ana: User) -> None:
    client.force_login(ana)
    nueva = "otra-clave-larga-8"
    respuesta = client.post(
        reverse("clave"),
        {"old_password": CLAVE, "new_password1": nueva, "new_password2": nueva},
    )
    assert respuesta["Location"] == reverse("inicio")
    assert [str(m) for m in get_messages(respuesta.wsgi_request)] == ["Contraseña cambiada."]
    ana.refresh_from_db()
    assert ana.check_password(nueva)
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_a_weak_password_is_refused_in_spanish(client: Client, ana: User) -> None:
    client.force_login(ana)
    pagina = client.post(
        reverse("clave"),
        {"old_password": CLAVE, "new_password1": "12345678", "new_password2": "12345678"},
    ).content.decode()
    assert "Esta contraseña es completamente numérica." in pagina
    assert 'class="form-control is-invalid"' in pagina


def test_changing_the_password_is_for_people_who_are_in(client: Client) -> None:
    respuesta = client.get(reverse("clave"))
    assert respuesta["Location"] == f"{reverse('entrar')}?next={reverse('clave')}"


def test_the_header_says_who_and_has_the_way_out(client: Client, ana: User) -> None:
    client.force_login(ana)
    pagina = client.get(reverse("clave")).content.decode()
    assert "Ana Báez" in pagina
    assert f'action="{reverse("salir")}" data-salir' in pagina
