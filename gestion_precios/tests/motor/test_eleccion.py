"""The choice of a list, explained: the same one, and the right reason for each of the others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gestion_precios.models import Empresa, ListaPrecio, Sucursal
from gestion_precios.motor.explicacion import CodigoLista
from gestion_precios.motor.vigencia import Considerada, eleccion, lista_vigente, nivel_de
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_sucursal

pytestmark = pytest.mark.django_db
FECHA = date(2025, 6, 16)
CANAL = "TIENDA"


class Plan(NamedTuple):
    """A list: whose, for what channel, from and to how many days from the date asked for."""

    de_sucursal: bool
    canal: str
    desde: int
    dura: int | None
    activa: bool


PLANES = st.builds(
    Plan,
    de_sucursal=st.booleans(),
    canal=st.sampled_from(["TIENDA", "TODOS", "MAYORISTA"]),
    desde=st.integers(-2, 1),
    dura=st.none() | st.integers(0, 2),
    activa=st.sampled_from([True, True, True, False]),
)


@pytest.fixture
def sucursal() -> Sucursal:
    return crear_sucursal(crear_empresa())


def crear(plan: Plan, sucursal: Sucursal) -> ListaPrecio:
    desde = FECHA + timedelta(days=plan.desde)
    return crear_lista(
        sucursal.empresa,
        sucursal=sucursal if plan.de_sucursal else None,
        canal_venta=plan.canal,
        desde=desde,
        hasta=None if plan.dura is None else desde + timedelta(days=plan.dura),
        activa=plan.activa,
    )


def a_mano(listas: list[ListaPrecio], *, con_sucursal: bool) -> ListaPrecio | None:
    """The list in force as the document tells it: level by level, the newest of each."""
    niveles = [(True, CANAL), (True, "TODOS"), (False, CANAL), (False, "TODOS")]
    for de_sucursal, canal in niveles[0 if con_sucursal else 2 :]:
        nivel = [
            lista
            for lista in listas
            if (lista.sucursal_id is not None, lista.canal_venta) == (de_sucursal, canal)
            and lista.activa
            and lista.fecha_inicio_vigencia <= FECHA
            and (lista.fecha_fin_vigencia is None or lista.fecha_fin_vigencia >= FECHA)
        ]
        if nivel:
            return max(nivel, key=lambda lista: (lista.fecha_inicio_vigencia, lista.pk))
    return None


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(planes=st.lists(PLANES, max_size=7), con_sucursal=st.booleans())
def test_explained_or_not_the_choice_is_the_documents(
    sucursal: Sucursal, planes: list[Plan], con_sucursal: bool
) -> None:
    ListaPrecio.objects.all().delete()
    listas = [crear(plan, sucursal) for plan in planes]
    pregunta: dict[str, Any] = {
        "empresa_id": sucursal.empresa_id,
        "canal_venta": CANAL,
        "sucursal_id": sucursal.pk if con_sucursal else None,
        "fecha": FECHA,
    }
    esperada = a_mano(listas, con_sucursal=con_sucursal)
    assert lista_vigente(**pregunta) == esperada
    breve, entera = eleccion(**pregunta), eleccion(**pregunta, todas=True)
    assert breve.elegida == entera.elegida == esperada
    rigen = [c for c in entera.consideradas if c.codigo in _RIGEN]
    assert list(breve.consideradas) == rigen
    consideradas = {
        lista.pk
        for lista in listas
        if lista.canal_venta in (CANAL, "TODOS") and (con_sucursal or not lista.sucursal_id)
    }
    assert {lista.pk for lista, _codigo in entera.consideradas} == consideradas
    for considerada in entera.consideradas:
        _tiene_su_motivo(considerada, esperada)


_RIGEN = {CodigoLista.ELEGIDA, CodigoLista.SOLAPADA, CodigoLista.MENOS_ESPECIFICA}


def _tiene_su_motivo(considerada: Considerada, elegida: ListaPrecio | None) -> None:
    lista, codigo = considerada
    if not lista.activa:
        assert codigo is CodigoLista.INACTIVA
    elif lista.fecha_inicio_vigencia > FECHA:
        assert codigo is CodigoLista.FUTURA
    elif lista.fecha_fin_vigencia and lista.fecha_fin_vigencia < FECHA:
        assert codigo is CodigoLista.VENCIDA
    else:
        assert elegida is not None
        mismo_nivel = nivel_de(lista) == nivel_de(elegida)
        otra = CodigoLista.SOLAPADA if mismo_nivel else CodigoLista.MENOS_ESPECIFICA
        assert codigo is (CodigoLista.ELEGIDA if lista == elegida else otra)


def test_the_levels_are_numbered_from_the_most_specific(sucursal: Sucursal) -> None:
    empresa: Empresa = sucursal.empresa
    assert [
        nivel_de(crear_lista(empresa, sucursal=suya, canal_venta=canal))
        for suya in (sucursal, None)
        for canal in (CANAL, "TODOS")
    ] == [1, 2, 3, 4]


def test_explaining_the_choice_costs_one_query_too(
    sucursal: Sucursal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for desde in range(-2, 3):
        crear(Plan(True, CANAL, desde, 0, True), sucursal)
    with django_assert_num_queries(1):
        elegidas = eleccion(
            empresa_id=sucursal.empresa_id,
            canal_venta=CANAL,
            sucursal_id=sucursal.pk,
            fecha=None,
            todas=True,
        )
    assert len(elegidas.consideradas) == 5
