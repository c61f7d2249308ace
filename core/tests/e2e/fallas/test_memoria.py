"""A real worker with little memory: the lote that meets its limit fails, and nothing else does."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from core.lz import comprimir
from core.tests.e2e.mesa import ALIAS, Mesa, esperar, mesa_en
from core.tests.e2e.navegante import Navegante
from sales.models import LotePedidos, Orders

# Idle, a child has some 100 of its own.
MEBI = 220
# Within every other budget, and 275 MiB while it is read.
PESADO = '{"1":{' + ",".join(f'"{n:0120d}":1' for n in range(490_000)) + "}}"


@pytest.fixture
def mesa_chica(django_db_blocker: DjangoDbBlocker) -> Iterator[Mesa]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-memoria-"))
    with (
        django_db_blocker.unblock(),
        mesa_en(carpeta, TRABAJADOR_MEMORIA_MIB=str(MEBI)) as mesa,
    ):
        yield mesa


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_lote_beyond_the_limit_fails_at_once_and_the_others_go_on(mesa_chica: Mesa) -> None:
    ana = Navegante(mesa_chica).entrar()
    lotes = LotePedidos.objects.using(ALIAS)
    pesados = [uuid.uuid4() for _ in range(2)]
    contenido = comprimir(PESADO)
    for pesado in pesados:
        assert ana.pedir("/api/pedidos/", {"lote": str(pesado), "pedidos": contenido}).estado == 202
    bueno = uuid.uuid4()
    pedidos = comprimir(json.dumps(ana.pedidos(3, 5)))
    assert ana.pedir("/api/pedidos/", {"lote": str(bueno), "pedidos": pedidos}).estado == 202

    def terminados() -> bool:
        return not lotes.filter(terminado_en=None).exists()

    esperar("the lotes end", terminados)
    hechos = {lote.pk: (lote.estado, lote.codigo, lote.intentos) for lote in lotes.all()}
    assert hechos == {
        bueno: ("COMPLETO", "", 1),
        **dict.fromkeys(pesados, ("FALLIDO", "memoria", 1)),
    }
    assert Orders.objects.using(ALIAS).filter(loteobj_id=bueno).count() == 3
    dicho = ana.pedir(f"/api/lotes/{pesados[0]}/").cuerpo
    assert (dicho["codigo"], "más memoria" in dicho["motivo"]) == ("memoria", True)
