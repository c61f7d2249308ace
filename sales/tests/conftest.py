"""Fixtures of the order desk's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core.tests.corrida.compartir import Compartir
from gestion_precios.models import Sucursal
from sales.catalogo import deposito
from sales.catalogo.memoria import memoria
from sales.models import Canal
from sales.tests.fabricas import crear_canal, crear_sucursal
from sales.tests.mesa import Mesa, crear_mesa
from sales.tests.venta import Venta, crear_venta


@pytest.fixture(autouse=True)
def _sin_recuerdos() -> Iterator[None]:
    """No test sees the catalogue that another one published."""
    memoria.vaciar()
    deposito.reintentar_ya()
    yield
    memoria.vaciar()


@pytest.fixture
def sucursal(db: None) -> Sucursal:
    """A branch of the first company."""
    return crear_sucursal()


@pytest.fixture
def canal(db: None) -> Canal:
    """A channel of sale."""
    return crear_canal()


@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(db: None, nueva_mesa: Callable[[], Mesa]) -> Mesa:
    """Two companies and their people."""
    return nueva_mesa()


@pytest.fixture(scope="module")
def nueva_venta(compartir: Compartir) -> Callable[[], Venta]:
    return compartir(crear_venta)


@pytest.fixture
def venta(db: None, nueva_venta: Callable[[], Venta]) -> Venta:
    """A company that sells, and its taker."""
    return nueva_venta()
