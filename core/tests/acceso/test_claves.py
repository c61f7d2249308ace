"""Passwords as people have them: taken as typed, hidden, pasted; a sign-in makes a new session."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.acceso.claves import QUEDAN

CLAVE = "  Ñandutí " + "y mbejú " * 15 + " "
CAMPO = re.compile(r"<input[^>]*type=\"password\"[^>]*>")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana", password=CLAVE)


def entrar(client: Client, clave: str) -> Any:
    return client.post(reverse("entrar"), {"username": "ana", "password": clave})


@pytest.mark.parametrize(
    "otra", [CLAVE.strip(), CLAVE.lower(), CLAVE[:72], CLAVE.replace("ú", "u"), CLAVE + " "]
)
def test_a_password_is_taken_exactly_as_typed(client: Client, ana: User, otra: str) -> None:
    assert len(CLAVE) > 128
    assert entrar(client, otra).status_code == 200
    assert entrar(client, CLAVE).status_code == 302


def test_a_long_one_is_chosen_on_the_page(client: Client, ana: User) -> None:
    client.force_login(ana)
    nueva = " tereré con yuyos " * 8
    campos = {"old_password": CLAVE, "new_password1": nueva, "new_password2": nueva}
    assert client.post(reverse("clave"), campos).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(nueva)


def test_a_password_is_hidden_and_may_be_pasted(client: Client, ana: User) -> None:
    de_entrada = CAMPO.findall(client.get(reverse("entrar")).content.decode())
    client.force_login(ana)
    de_cambio = CAMPO.findall(client.get(reverse("clave")).content.decode())
    llenado = [re.findall(r'autocomplete="([^"]+)"', campo)[0] for campo in de_entrada + de_cambio]
    assert llenado == ["current-password"] * 2 + ["new-password"] * 2
    for campo in de_entrada + de_cambio:
        assert not re.search(r"onpaste|maxlength|readonly", campo)


def test_eight_characters_at_least() -> None:
    with pytest.raises(ValidationError):
        validate_password("ñeembú!")
    validate_password("ñeembucú")
    assert len("ñeembucú") == QUEDAN


def test_signing_in_makes_another_session(client: Client, ana: User) -> None:
    client.get(reverse("entrar"))
    sesion = client.session
    sesion["de_antes"] = True
    sesion.save()
    client.cookies["sessionid"] = antes = str(sesion.session_key)
    entrar(client, CLAVE)
    ahora = client.session.session_key
    assert re.fullmatch(r"[0-9a-z]{32}", str(ahora))
    assert ahora != antes
    # Whoever planted the one before has nothing.
    ajeno = Client()
    ajeno.cookies["sessionid"] = antes
    assert ajeno.get(reverse("clave")).status_code == 302
