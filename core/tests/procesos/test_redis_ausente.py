"""Redis is a convenience to pages: present it serves, absent nobody waits or fails."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from conftest import apuntar_redis
from core.celery import app
from core.datos import cola
from core.procesos import salud


def test_the_cache_keeps_values_while_redis_is_there(redis_servidor: redis.Redis) -> None:
    cache.set("a", {"x": 1}, 60)
    assert cache.get("a") == {"x": 1}
    assert cache.add("a", 2) is False
    cache.set("n", 1)
    assert cache.incr("n", 1) == 2
    assert cache.get_many(["a", "n"]) == {"a": {"x": 1}, "n": 2}


def test_without_redis_every_operation_of_the_cache_fails_open() -> None:
    cache.set("a", 1)
    assert cache.get("a", "defecto") == "defecto"
    assert cache.add("a", 1) is True
    assert cache.incr("n", 3) == 3
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == ["a"]
    assert cache.has_key("a") is False
    assert cache.delete("a") is False
    assert cache.touch("a") is False
    cache.delete_many(["a"])
    assert cache.get_or_set("a", lambda: 5) == 5


def test_publishing_reaches_the_broker(redis_servidor: redis.Redis) -> None:
    assert cola.publicar("una.tarea", ["x"], task_id="id-1") is True
    with app.connection_for_read() as conexion:
        cola_de_tareas = conexion.SimpleQueue("celery")
        mensaje = cola_de_tareas.get(block=False)
        mensaje.ack()
    assert mensaje.headers["task"] == "una.tarea"
    assert mensaje.headers["id"] == "id-1"


def test_a_dead_broker_is_tried_once_and_then_left_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    intentos: list[str] = []
    original = app.send_task

    def contar(nombre: str, *args: Any, **kwargs: Any) -> Any:
        intentos.append(nombre)
        return original(nombre, *args, **kwargs)

    reloj = [100.0]
    monkeypatch.setattr(app, "send_task", contar)
    monkeypatch.setattr(time, "monotonic", lambda: reloj[0])
    with caplog.at_level(logging.WARNING, "core.datos.cola"):
        assert cola.publicar("una.tarea") is False
        assert cola.publicar("otra.tarea") is False
        assert intentos == ["una.tarea"]
        reloj[0] += cola.SEGUNDOS_SIN_INTENTAR
        assert cola.publicar("tercera.tarea") is False
    assert intentos == ["una.tarea", "tercera.tarea"]
    assert [r.message for r in caplog.records] == ["cola_sin_broker"] * 2


@pytest.mark.django_db
def test_readyz_names_what_is_missing(client: Client) -> None:
    respuesta = client.get("/readyz")
    assert respuesta.status_code == 503
    faltas = respuesta.json()["faltas"]
    assert faltas["redis"] == "ConnectionError"
    assert faltas["trabajador"] == "sin Redis no se sabe"
    assert "base_de_datos" not in faltas


@pytest.mark.django_db
def test_readyz_is_ready_while_a_worker_beats(client: Client, redis_servidor: redis.Redis) -> None:
    assert client.get("/readyz").json()["faltas"] == {
        "trabajador": "ningún trabajador en los últimos 15 s"
    }
    salud.latir()
    assert client.get("/readyz").json() == {"estado": "listo"}
    assert 0 < redis_servidor.ttl(salud.LATIDO_CLAVE) <= 15


def test_healthz_needs_neither_database_nor_redis(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_a_worker_that_beats_without_redis_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    salud.latir()
    assert [r.message for r in caplog.records] == ["latido_sin_redis"]


def test_a_broker_that_accepts_and_never_answers_is_given_up(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as agujero_negro:
        url = f"redis://127.0.0.1:{agujero_negro.getsockname()[1]}/0"
        apuntar_redis(settings, url, url)
        assert cola.publicar("una.tarea") is False
        assert cache.get("a", "defecto") == "defecto"
