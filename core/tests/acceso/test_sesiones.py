"""A session ends idle after an hour and in any case after ten."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from core.acceso import sesiones

HORA = 3600


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    ahora = [1_800_000_000.0]
    monkeypatch.setattr(time, "time", lambda: ahora[0])
    return ahora


@pytest.fixture
def conectado(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_user("ana", is_staff=True, is_superuser=True))
    return client


def _sigue(cliente: Client) -> bool:
    return cliente.get("/admin/password_change/").status_code == 200


def test_a_busy_session_ends_after_ten_hours(conectado: Client, reloj: list[float]) -> None:
    assert _sigue(conectado)
    reloj[0] += 10 * HORA
    assert _sigue(conectado)
    reloj[0] += 1
    assert not _sigue(conectado)


def test_use_renews_the_idle_clock_at_most_once_a_minute(
    conectado: Client, reloj: list[float]
) -> None:
    _sigue(conectado)
    renovada = conectado.session[sesiones.RENOVADA]
    reloj[0] += 59
    _sigue(conectado)
    assert conectado.session[sesiones.RENOVADA] == renovada
    reloj[0] += 1
    _sigue(conectado)
    assert conectado.session[sesiones.RENOVADA] == renovada + 60


def test_the_idle_limit_is_one_hour(settings: Settings) -> None:
    assert settings.SESSION_COOKIE_AGE == HORA
    assert settings.SESION_EDAD_MAXIMA == 10 * HORA
