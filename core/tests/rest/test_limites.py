"""The API's limits: counted in one window, exact, open when nobody counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIRequestFactory
from rest_framework.throttling import SimpleRateThrottle

from core.rest.limites import PorAnonimo, PorVista

VISTA: Any = SimpleNamespace(throttle_scope="pedidos")
AHORA = 1_700_000_040.5  # 0.5 s into a minute


@pytest.fixture
def limite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "pedidos", "5/min")
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anon", "2/min")


def pedir(direccion: str = "10.0.0.1") -> Any:
    request = APIRequestFactory().get("/", REMOTE_ADDR=direccion)
    request.user = AnonymousUser()
    return request


def puede(momento: float, request: Any, clase: type[Any] = PorVista) -> tuple[bool, float]:
    freno = clase()
    freno.timer = lambda: momento
    return freno.allow_request(request, VISTA), freno.wait()


def test_the_limit_holds_within_a_window_and_the_next_one_is_new(
    redis_servidor: Any, limite: None
) -> None:
    respuestas = [puede(AHORA, pedir()) for _ in range(6)]
    assert respuestas == [(True, 59.5)] * 5 + [(False, 59.5)]
    assert puede(AHORA + 59, pedir()) == (False, 0.5)
    assert puede(AHORA + 60, pedir()) == (True, 59.5)


def test_each_address_has_its_own(redis_servidor: Any, limite: None) -> None:
    estados = [puede(AHORA, pedir("10.0.0.1"), PorAnonimo)[0] for _ in range(3)]
    assert estados == [True, True, False]
    assert puede(AHORA, pedir("10.0.0.2"), PorAnonimo)[0]


def test_parallel_requests_are_all_counted(redis_servidor: Any, limite: None) -> None:
    with ThreadPoolExecutor(10) as grupo:
        estados = list(grupo.map(lambda _: puede(AHORA, pedir())[0], range(40)))
    assert estados.count(True) == 5


def test_without_redis_nobody_is_stopped(limite: None) -> None:
    assert [puede(AHORA, pedir())[0] for _ in range(10)] == [True] * 10
