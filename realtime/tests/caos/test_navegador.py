"""The browser's fault run counts: what is lost, doubled, altered or hidden is found and named."""

from __future__ import annotations

import random
from typing import Any

import pytest

from realtime.benchmarks._navegador.cuenta import (
    Cuenta,
    EnPantalla,
    Falta,
    Guardado,
    Libro,
    Quieto,
    revisar,
)
from realtime.benchmarks._navegador.fallas import PESOS
from realtime.benchmarks._navegador.guion import INTENTOS, planear_fallas, planear_pedidos

CLIENTE, ID, OTRO_ID = "12", "id-1", "id-2"
LINEAS = {5: 2, 6: 1}


@pytest.fixture
def libro() -> Libro:
    """One order of two lines, seen to be kept on a machine."""
    libro = Libro()
    copia = libro.copia("m1", CLIENTE, ID)
    copia.poner(5, {2})
    copia.poner(6, {1})
    copia.vista = True
    return libro


def contar(
    libro: Libro,
    guardados: list[Guardado] | None = None,
    cuadernos: dict[str, dict[str, EnPantalla]] | None = None,
    apartados: dict[str, list[tuple[str, EnPantalla]]] | None = None,
) -> Cuenta:
    return revisar(libro, Quieto(guardados or [], cuadernos or {}, apartados or {}))


def clases(cuenta: Cuenta) -> list[Falta]:
    return [falta for falta, _, _ in cuenta.faltas]


def guardado(lineas: dict[int, int] = LINEAS, *, identidad: str = ID, numero: int = 1) -> Guardado:
    return Guardado(numero, CLIENTE, identidad, lineas)


def en(maquina: str, vista: EnPantalla) -> dict[str, dict[str, EnPantalla]]:
    return {maquina: {CLIENTE: vista}}


def test_stored_once_or_on_its_screen_is_where_it_has_to_be(libro: Libro) -> None:
    una = contar(libro, [guardado()])
    assert (una.faltas, una.guardados, una.en_pantalla) == ([], 1, 0)
    otra = contar(libro, cuadernos=en("m1", EnPantalla(ID, LINEAS)))
    assert (otra.faltas, otra.guardados, otra.en_pantalla) == ([], 0, 1)


def test_nowhere_is_lost_and_set_aside_is_not(libro: Libro) -> None:
    assert clases(contar(libro)) == [Falta.PERDIDO]
    cuenta = contar(libro, apartados={"m1": [(CLIENTE, EnPantalla(ID, LINEAS))]})
    assert (cuenta.faltas, cuenta.apartados) == ([], 1)


@pytest.mark.parametrize(
    ("guardados", "falta"),
    [
        ([guardado(), guardado(numero=2)], Falta.DOBLADO),
        ([guardado(), guardado(identidad=OTRO_ID, numero=2)], Falta.DOBLADO),
        ([guardado()._replace(cliente="99"), guardado()], Falta.DOBLADO),
        ([guardado()._replace(recibido=False)], Falta.ALTERADO),
        ([guardado()._replace(observacion="otra")], Falta.ALTERADO),
    ],
)
def test_what_is_stored_and_should_not_be_so(
    libro: Libro, guardados: list[Guardado], falta: Falta
) -> None:
    assert clases(contar(libro, guardados)) == [falta]


@pytest.mark.parametrize("lineas", [{5: 2}, {5: 3, 6: 1}, {5: 2, 6: 1, 7: 1}])
def test_a_stored_order_with_other_lines_is_altered(libro: Libro, lineas: dict[int, int]) -> None:
    assert clases(contar(libro, [guardado(lineas)])) == [Falta.ALTERADO]


def test_a_lote_that_was_damaged_leaves_an_earlier_order_stored(libro: Libro) -> None:
    copia = libro.copia("m1", CLIENTE, ID)
    copia.poner(6, {4})
    copia.poner(7, {3})
    guardados, ahora = [guardado(LINEAS)], EnPantalla(ID, {5: 2, 6: 4, 7: 3})
    assert clases(contar(libro, guardados)) == [Falta.ALTERADO]
    assert clases(contar(libro, guardados, en("m1", ahora))) == []
    assert clases(contar(libro, guardados, apartados={"m1": [(CLIENTE, ahora)]})) == []
    assert clases(contar(libro, guardados, en("m2", ahora))) == [Falta.ALTERADO] * 2
    assert clases(contar(libro, [guardado({5: 2, 6: 9})], en("m1", ahora))) == [Falta.ALTERADO]


@pytest.mark.parametrize(
    ("vista", "falta"),
    [
        (EnPantalla(ID, {5: 2}), Falta.ALTERADO),
        (EnPantalla(ID, LINEAS, visible=False), Falta.OCULTO),
    ],
)
def test_what_a_notebook_has_is_held_against_what_was_typed(
    libro: Libro, vista: EnPantalla, falta: Falta
) -> None:
    assert clases(contar(libro, cuadernos=en("m1", vista))) == [falta]


def test_stored_and_still_on_its_screen_is_twice(libro: Libro) -> None:
    cuenta = contar(libro, [guardado()], en("m1", EnPantalla(ID, LINEAS)))
    assert clases(cuenta) == [Falta.DOBLADO]


def test_stored_from_elsewhere_one_with_a_line_to_mend_is_not_it(libro: Libro) -> None:
    vista = EnPantalla(ID, LINEAS, imposible=True)
    libro.importar("m2", CLIENTE, vista)
    cuenta = contar(libro, [guardado()], en("m2", vista))
    assert (cuenta.faltas, cuenta.guardados) == ([], 1)
    doblada = contar(libro, [guardado()], en("m2", vista._replace(imposible=False)))
    assert clases(doblada) == [Falta.DOBLADO]


def test_lines_that_nobody_typed_there_are_found(libro: Libro) -> None:
    cuadernos = en("m1", EnPantalla(ID, LINEAS)) | en("m2", EnPantalla("", {9: 1}))
    assert clases(contar(libro, cuadernos=cuadernos)) == [Falta.ALTERADO]


@pytest.mark.parametrize("cantidad", [2, 7])
def test_a_key_pressed_as_the_fault_came_may_count_or_not(libro: Libro, cantidad: int) -> None:
    libro.copia("m1", CLIENTE, ID).lineas[5] = {2, 7}
    cuenta = contar(libro, [guardado({5: cantidad, 6: 1})])
    assert (cuenta.faltas, cuenta.dudas) == ([], 1)


def test_thrown_away_it_may_be_nowhere(libro: Libro) -> None:
    libro.copia("m1", CLIENTE, ID).descartes = {True, False}
    cuenta = contar(libro)
    assert (cuenta.faltas, cuenta.descartados) == ([], 1)


class TestCopies:
    """An export makes a copy on another machine; both have to end somewhere."""

    @pytest.fixture(autouse=True)
    def importado(self, libro: Libro) -> None:
        libro.importar("m2", CLIENTE, EnPantalla(ID, LINEAS))
        libro.copia("m2", CLIENTE, ID).descartes = {False}

    def test_stored_once_serves_both(self, libro: Libro) -> None:
        assert contar(libro, [guardado()]).faltas == []

    def test_one_that_was_edited_since_has_to_stay_on_its_screen(self, libro: Libro) -> None:
        libro.copia("m1", CLIENTE, ID).lineas[5] = {4}
        assert clases(contar(libro, [guardado()])) == [Falta.PERDIDO]
        queda = en("m1", EnPantalla(ID, {5: 4, 6: 1}))
        assert contar(libro, [guardado()], queda).faltas == []

    def test_of_one_that_may_not_have_arrived_nothing_is_asked(self, libro: Libro) -> None:
        libro.copia("m2", CLIENTE, ID).descartes = {True, False}
        queda = en("m1", EnPantalla(ID, LINEAS))
        assert contar(libro, cuadernos=queda).faltas == []

    def test_one_that_was_there_stays_as_it_was_or_is_the_one_brought(self, libro: Libro) -> None:
        libro.importar("m1", CLIENTE, EnPantalla(ID, {5: 9}))
        assert libro.copia("m1", CLIENTE, ID).lineas == {5: {2, 9}, 6: {0, 1}}


@pytest.fixture
def gart() -> dict[str, Any]:
    articulos = {str(a): {"codigo": a, "codigo_barras": f"784{a:010}"} for a in range(1, 40)}
    clientes = {str(c): {"canal": 1, "ruc": f"{c}-1"} for c in range(1, 30)}
    return {
        "clientes": clientes,
        "articulos": articulos,
        "precios": {"1": dict.fromkeys(articulos)},
    }


def test_a_plan_is_its_seeds(gart: dict[str, Any]) -> None:
    def plan(semilla: int) -> Any:
        return planear_pedidos(random.Random(semilla), gart, 20, ["m1", "m2", "m3"])

    assert plan(1) == plan(1) != plan(2)
    assert sorted(len(agenda.tareas) for agenda in plan(1).values()) == [6, 7, 7]
    clientes = [tarea.cliente for agenda in plan(1).values() for tarea in agenda.tareas]
    assert len(set(clientes)) == 20


def test_an_order_that_comes_to_nothing_is_typed_again_with_other_articles(
    gart: dict[str, Any],
) -> None:
    agenda = planear_pedidos(random.Random(1), gart, 1, ["m1"])["m1"]
    vistos = []
    while tarea := agenda.siguiente():
        vistos.append(tuple(encargo.articulo for encargo in tarea.encargos))
        agenda.devolver(tarea)
    assert len(vistos) == 1 + INTENTOS
    articulos = [articulo for encargos in vistos for articulo in encargos]
    assert len(set(articulos)) == len(articulos)


@pytest.mark.parametrize("cuantas", [len(PESOS), 26, 250])
def test_each_kind_of_fault_comes(cuantas: int) -> None:
    plan = planear_fallas(random.Random(3), PESOS, cuantas)
    assert (len(plan), set(plan)) == (cuantas, set(PESOS))
