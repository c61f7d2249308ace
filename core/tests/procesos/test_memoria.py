"""A process of the pool that may have so much memory and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from celery.signals import worker_process_init
from django.conf import settings

from core.procesos import memoria
from core.procesos.memoria import RESERVA_MIB

GUION = """
import json, resource, sys
from core.procesos.memoria import techo
tope = lambda: resource.getrlimit(resource.RLIMIT_DATA)[0] >> 20
techo.limitar({mebi})
try:
    with techo:
        print(tope())
        json.loads("[" + "[]," * 20_000_000 + "1]")
except MemoryError:
    print("MemoryError")
print(tope())
print(len(json.loads("[" + "[]," * 1_000 + "1]")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
@pytest.mark.parametrize("mebi", [300, 400])
def test_beyond_the_limit_there_is_an_error_and_life_after_it(mebi: int) -> None:
    hecho = subprocess.run(
        [sys.executable, "-c", GUION.format(mebi=mebi)],
        cwd=Path(settings.BASE_DIR),
        capture_output=True,
        text=True,
        check=True,
    )
    assert hecho.stdout.split() == [str(mebi), "MemoryError", str(mebi + RESERVA_MIB), "1001"]


# What is held when the error comes leaves nothing at all, and is held on to while it is told.
TAREA_QUE_NO_CABE = """
import django
django.setup()
from celery.app.trace import build_tracer
from core.celery import app
from core.procesos.memoria import techo

guardado = []

@app.task(name="no_cabe", ignore_result=True)
def no_cabe():
    while True:
        guardado.append(object())

techo.limitar(200)
correr = build_tracer(no_cabe.name, no_cabe, app=app)
print(correr("id", (), {}, {"called_directly": False}).info.state)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_celery_has_memory_left_to_say_that_a_task_did_not_fit() -> None:
    hecho = subprocess.run(
        [sys.executable, "-c", TAREA_QUE_NO_CABE],
        cwd=Path(settings.BASE_DIR),
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "core.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (hecho.returncode, hecho.stdout) == (0, "FAILURE\n")


def test_each_child_of_the_pool_gets_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pedidos: list[int] = []
    monkeypatch.setattr(memoria.techo, "limitar", pedidos.append)
    worker_process_init.send(sender=None)
    assert pedidos == [settings.TRABAJADOR_MEMORIA_MIB]


def test_one_that_was_beyond_half_of_it_is_replaced_between_tasks() -> None:
    kibi = settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD
    assert kibi == settings.TRABAJADOR_MEMORIA_MIB * 512
