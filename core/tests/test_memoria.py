"""A process of the pool that may have so much memory and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from celery.signals import worker_process_init
from django.conf import settings

from core import memoria

GUION = """
import json, resource, sys
from core.memoria import limitar
limitar({mebi})
try:
    json.loads("[" + "[]," * 20_000_000 + "1]")
except MemoryError:
    print("MemoryError")
print(len(json.loads("[" + "[]," * 1_000 + "1]")))
print([tope >> 20 for tope in resource.getrlimit(resource.RLIMIT_DATA)][:1])
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
    assert hecho.stdout.split("\n")[:3] == ["MemoryError", "1001", f"[{mebi}]"]


def test_each_child_of_the_pool_gets_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pedidos: list[int] = []
    monkeypatch.setattr(memoria, "limitar", pedidos.append)
    worker_process_init.send(sender=None)
    assert pedidos == [settings.TRABAJADOR_MEMORIA_MIB]


def test_one_that_was_beyond_half_of_it_is_replaced_between_tasks() -> None:
    kibi = settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD
    assert kibi == settings.TRABAJADOR_MEMORIA_MIB * 512
