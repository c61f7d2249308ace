"""A rule saved in one process is in the next quote of another, both ways."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from core.tests.base_real import url
from gestion_precios.models import Articulo, Empresa, PrecioArticulo, ReglaPrecio
from gestion_precios.services import PrecioService
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)

pytestmark = pytest.mark.usefixtures("base_real")


class OtroProceso:
    """Asks `otro_proceso.py` and waits for its answer."""

    def __init__(self, carpeta: Path) -> None:
        entorno = os.environ | {"DATABASE_URL": url(), "DATA_DIR": str(carpeta)}
        self.proceso = subprocess.Popen(
            [sys.executable, "-m", "gestion_precios.tests.planillas.otro_proceso"],
            cwd=settings.BASE_DIR,
            env=entorno,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def pedir(self, *orden: Any) -> Any:
        entrada, salida = self.proceso.stdin, self.proceso.stdout
        assert entrada
        assert salida
        entrada.write(json.dumps(orden) + "\n")
        entrada.flush()
        return json.loads(salida.readline())

    def terminar(self) -> None:
        self.proceso.communicate(timeout=120)


@pytest.fixture
def otro(base_real: None, tmp_path: Path) -> Iterator[OtroProceso]:
    otro = OtroProceso(tmp_path)
    yield otro
    otro.terminar()
    assert otro.proceso.returncode == 0


def precio_aca(empresa: Empresa, articulo: Articulo) -> str:
    respuesta = PrecioService.calcular_precio_final(empresa.pk, "TIENDA", articulo.pk, 1)
    return str(respuesta["precio_final"])


def test_what_one_saves_the_other_quotes(otro: OtroProceso) -> None:
    empresa, articulo = crear_empresa(), crear_articulo()
    lista = crear_lista(empresa)
    precio = crear_precio_lista(lista, articulo, 10_000)

    def precios() -> tuple[str, str]:
        # The second answer comes from what each process keeps.
        primera, segunda = (
            (precio_aca(empresa, articulo), otro.pedir("cotizar", empresa.pk, articulo.pk))
            for _vez in range(2)
        )
        assert primera == segunda
        return segunda

    assert precios() == ("10000", "10000")
    crear_regla(lista, valor=20)
    assert precios() == ("8000", "8000")
    otro.pedir("guardar_regla", lista.pk, 50)
    assert precios() == ("4000", "4000")
    PrecioArticulo.objects.filter(pk=precio.pk).update(precio_base=20_000)
    assert precios() == ("8000", "8000")
    otro.pedir("apagar_reglas")
    assert precios() == ("20000", "20000")
    articulo.ultimo_costo = Decimal(30_000)
    articulo.save()
    assert precios() == ("30000", "30000")


def test_what_is_not_committed_is_nobody_elses(otro: OtroProceso) -> None:
    empresa, articulo = crear_empresa(), crear_articulo()
    lista = crear_lista(empresa)
    crear_precio_lista(lista, articulo, 10_000)
    regla = crear_regla(lista, valor=20)
    pregunta = ("cotizar", empresa.pk, articulo.pk)
    assert otro.pedir(*pregunta) == "8000"
    with transaction.atomic():
        ReglaPrecio.objects.filter(pk=regla.pk).update(valor_regla=50)
        assert precio_aca(empresa, articulo) == "5000"
        assert otro.pedir(*pregunta) == "8000"
        transaction.set_rollback(True)
    assert precio_aca(empresa, articulo) == otro.pedir(*pregunta) == "8000"


def test_both_quote_with_the_same_version(otro: OtroProceso) -> None:
    empresa, articulo = crear_empresa(), crear_articulo()
    crear_precio_lista(crear_lista(empresa), articulo)
    propia = PrecioService.cotizar(empresa.pk, "TIENDA", [(articulo.pk, 1)])["version"]
    assert otro.pedir("version", empresa.pk, articulo.pk) == propia
