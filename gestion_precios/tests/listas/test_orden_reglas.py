"""Moving a rule: the order asked for, with as few changed priorities as can be."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errores import ErrorDominio
from gestion_precios.listas.orden_reglas import (
    PRIORIDAD_MAXIMA,
    mover_regla,
    prioridades_para,
    siguiente_prioridad,
)
from gestion_precios.models import ReglaPrecio
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_regla

lugares = st.lists(
    st.tuples(st.integers(-3, 3), st.integers(1, 30)),
    min_size=1,
    max_size=8,
    unique_by=lambda p: p[1],
)


@given(lugares, st.randoms(use_true_random=False))
def test_any_order_is_reached(propios: list[tuple[int, int]], azar: Random) -> None:
    orden = [pk for _prioridad, pk in propios]
    azar.shuffle(orden)
    nuevas = prioridades_para(sorted(propios), orden)
    assert sorted(orden, key=lambda pk: (nuevas[pk], pk)) == orden


@given(lugares)
def test_the_present_order_changes_nothing(propios: list[tuple[int, int]]) -> None:
    propios = sorted(propios)
    assert prioridades_para(propios, [pk for _p, pk in propios]) == {pk: p for p, pk in propios}


def test_two_neighbours_trade_their_priorities() -> None:
    assert prioridades_para([(5, 1), (10, 2), (100, 3)], [2, 1, 3]) == {2: 5, 1: 10, 3: 100}


def test_equal_priorities_are_told_apart_by_one() -> None:
    assert prioridades_para([(10, 1), (10, 2), (20, 3)], [2, 1, 3]) == {2: 10, 1: 11, 3: 20}
    assert prioridades_para([(10, 1), (10, 2), (10, 3)], [3, 1, 2]) == {3: 10, 1: 11, 2: 11}


def test_at_the_end_of_the_numbers_they_are_dealt_anew() -> None:
    tope = PRIORIDAD_MAXIMA
    assert prioridades_para([(tope, 1), (tope, 2)], [2, 1]) == {2: 10, 1: 20}


@pytest.mark.django_db
def test_moving_keeps_the_history_and_marks_the_rulebook() -> None:
    lista = crear_lista(crear_empresa())
    uno, dos, tres = (
        crear_regla(lista, nombre=n, prioridad=p) for n, p in zip("abc", (5, 10, 20), strict=True)
    )
    version = reglamento_de(lista).version
    cambiadas = mover_regla(lista_id=lista.pk, regla_id=tres.pk, junto_a=dos.pk, despues=False)
    assert [(regla.pk, regla.prioridad) for regla in cambiadas] == [(dos.pk, 20), (tres.pk, 10)]
    assert list(lista.reglas.values_list("pk", flat=True)) == [uno.pk, tres.pk, dos.pk]
    assert [regla.id for regla in reglamento_de(lista).reglas] == [uno.pk, tres.pk, dos.pk]
    assert reglamento_de(lista).version != version
    assert [v.prioridad for v in ReglaPrecio.historia.filter(id=dos.pk)] == [20, 10]
    assert ReglaPrecio.historia.filter(id=uno.pk).count() == 1


@pytest.mark.django_db
def test_moving_down_and_to_its_own_place() -> None:
    lista = crear_lista(crear_empresa())
    uno, dos = (crear_regla(lista, nombre=n, prioridad=10) for n in "ab")
    mover_regla(lista_id=lista.pk, regla_id=uno.pk, junto_a=dos.pk, despues=True)
    assert list(lista.reglas.values_list("pk", "prioridad")) == [(dos.pk, 10), (uno.pk, 11)]
    assert mover_regla(lista_id=lista.pk, regla_id=uno.pk, junto_a=uno.pk, despues=True) == []


@pytest.mark.django_db
def test_a_rule_or_neighbour_that_is_gone_is_said() -> None:
    empresa = crear_empresa()
    lista, otra = crear_lista(empresa), crear_lista(empresa, nombre="Otra")
    regla, ajena = crear_regla(lista), crear_regla(otra)
    for regla_id, junto_a in ((regla.pk, ajena.pk), (ajena.pk, regla.pk)):
        with pytest.raises(ErrorDominio) as error:
            mover_regla(lista_id=lista.pk, regla_id=regla_id, junto_a=junto_a, despues=False)
        assert (error.value.codigo, error.value.estado) == ("regla_ausente", 409)


@pytest.mark.django_db
def test_a_new_rule_goes_last() -> None:
    lista = crear_lista(crear_empresa())
    assert siguiente_prioridad(lista.pk) == 10
    crear_regla(lista, prioridad=35)
    assert siguiente_prioridad(lista.pk) == 45
    crear_regla(lista, nombre="Tope", prioridad=PRIORIDAD_MAXIMA)
    assert siguiente_prioridad(lista.pk) == PRIORIDAD_MAXIMA
