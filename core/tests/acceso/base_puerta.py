"""What the tests of the door share: its clock, who is looked at, and how somebody tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from core.acceso import puerta
from core.acceso.puerta import (
    POR_PERSONA,
    Solicitante,
    admitir,
)

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
    """Each of another network."""
    return [f"10.{n // 250}.{n % 250}.7" for n in range(cuantas)]


def fallar(nombre: str, veces: int, desde: str = "10.9.9.9") -> list[int]:
    return [probar(nombre, "mala", desde).status_code for _ in range(veces)]


def frenar() -> None:
    """So many wrong tries from elsewhere that Ana's name is slowed."""
    for lugar in direcciones(POR_PERSONA):
        admitir(Solicitante("ana", lugar))
