"""A pytest plugin: what is said of each test, and how the processes that run them share them out.

Units of work go to whoever is free, in one order for all: first what shares a database within a
transaction, then what empties it, then the end-to-end tests, whose Playwright leaves a loop in
the thread. Within each, what takes long goes first: at the end only short ones are left.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from pathlib import PurePath
from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

from core.tests.corrida.duraciones import LARGAS

# A fixture of the module takes longer than its tests.
ENTEROS: Final = {"core/test_sin_linea"}
# In a real browser, but about processes: for every database.
DE_PROCESOS: Final = {"core/test_estado_lote"}
# Nothing in them reads or writes the database that is configured.
SIN_BASE: Final = {
    "core/test_contraste",
    "core/test_javascript",
    "core/test_lz",
    "core/test_bits",
    "core/test_malformado",
    "core/test_protocolo",
    "core/test_sin_tablero",
    "core/test_supervisor",
    "gestion_precios/test_hostiles",
    "gestion_precios/test_archivo",
}
EXTREMO: Final = "e2e"
SENALES: Final = (
    "navegador: pages in a real browser, the same on every database",
    "lenta: left out of `./dev test rapido`",
    "sin_base: no database takes part in it",
)


class Etapa(IntEnum):
    """Which tests go before which, in every process."""

    EN_TRANSACCION = 0
    QUE_VACIAN = 1
    DE_EXTREMO = 2


def pytest_configure(config: pytest.Config) -> None:
    """The marks that this plugin gives."""
    for senal in SENALES:
        config.addinivalue_line("markers", senal)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark it, before `-m` chooses."""
    for senal in _senales(item):
        item.add_marker(senal)


# After pytest-django, which sorts them too.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put them in their order; what is alike stays with its module, for its fixtures."""
    modulos: dict[str, int] = {}
    for item in items:
        modulos.setdefault(_modulo(item.nodeid), len(modulos))
    items.sort(
        key=lambda item: (_etapa(item), -segundos(item.nodeid), modulos[_modulo(item.nodeid)])
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Ours instead of xdist's, whatever `--dist` says."""
    config.option.loadscopereorder = False
    return Reparto(config, log)


class Reparto(LoadScopeScheduling):
    """Hands out the units in their order, one at a time."""

    _unidades: dict[str, str] | None = None

    def schedule(self) -> None:
        """Cut the collection into units, then start."""
        if self._unidades is None:
            self._unidades = unidades(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        assert self._unidades is not None
        return self._unidades[nodeid]


def unidades(nodeids: Iterable[str]) -> dict[str, str]:
    """The unit of each test: neighbours of one module are one, what takes long is alone."""
    de_cada: dict[str, str] = {}
    anterior, numero = "", 0
    for nodeid in nodeids:
        actual = nodeid if _suelta(nodeid) else nodeid.partition("::")[0]
        numero += actual != anterior
        anterior = actual
        de_cada[nodeid] = str(numero)
    return de_cada


def segundos(nodeid: str) -> int:
    """How long it takes, if that is long: its own time, or its module's; 0: not worth a word."""
    modulo, funcion = _modulo(nodeid), _funcion(nodeid)
    return LARGAS.get(f"{modulo}::{funcion}", LARGAS.get(modulo, 0))


def vacia_la_base(item: pytest.Item) -> bool:
    """Whether it commits, so that the database has to be emptied after it."""
    senal = item.get_closest_marker("django_db")
    vacia = senal is not None and senal.kwargs.get("transaction", False)
    return vacia or "transactional_db" in _accesorios(item)


def _suelta(nodeid: str) -> bool:
    modulo = _modulo(nodeid)
    if modulo in ENTEROS:
        return False
    return _de_extremo(nodeid) or f"{modulo}::{_funcion(nodeid)}" in LARGAS


def _etapa(item: pytest.Item) -> Etapa:
    if _de_extremo(item.nodeid):
        return Etapa.DE_EXTREMO
    return Etapa.QUE_VACIAN if vacia_la_base(item) else Etapa.EN_TRANSACCION


def _senales(item: pytest.Item) -> Iterable[str]:
    extremo = _de_extremo(item.nodeid)
    if extremo or segundos(item.nodeid):
        yield "lenta"
    if extremo and "browser" in _accesorios(item) and _modulo(item.nodeid) not in DE_PROCESOS:
        yield "navegador"
    if _modulo(item.nodeid) in SIN_BASE:
        yield "sin_base"


def _accesorios(item: pytest.Item) -> list[str]:
    nombres: list[str] = getattr(item, "fixturenames", [])
    return nombres


def _modulo(nodeid: str) -> str:
    """Application and name: in which of its rooms it is may change."""
    ruta = PurePath(nodeid.partition("::")[0])
    return f"{ruta.parts[0]}/{ruta.stem}"


def _funcion(nodeid: str) -> str:
    return nodeid.rpartition("::")[2].partition("[")[0]


def _de_extremo(nodeid: str) -> bool:
    return EXTREMO in PurePath(nodeid.partition("::")[0]).parts
