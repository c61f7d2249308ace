from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from pytest_django import DjangoAssertNumQueries

from gestion_precios.models import CanalVenta, Empresa, Sucursal
from gestion_precios.motor.vigencia import hoy_en, listas_vigentes
from gestion_precios.services import PrecioService
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_sucursal

pytestmark = pytest.mark.django_db

FECHA = date(2025, 6, 16)
UN_DIA = timedelta(days=1)
vigente = PrecioService.obtener_lista_vigente


@pytest.fixture
def empresa() -> Empresa:
    return crear_empresa()


@pytest.fixture
def sucursal(empresa: Empresa) -> Sucursal:
    return crear_sucursal(empresa)


def test_the_most_specific_level_wins_and_each_gives_way_to_the_next(
    empresa: Empresa, sucursal: Sucursal
) -> None:
    de_empresa = crear_lista(empresa)
    de_canal = crear_lista(empresa, canal_venta=CanalVenta.TIENDA)
    de_sucursal = crear_lista(empresa, sucursal=sucursal)
    exacta = crear_lista(empresa, sucursal=sucursal, canal_venta=CanalVenta.TIENDA)
    for lista in (exacta, de_sucursal, de_canal, de_empresa):
        assert vigente(empresa.pk, "TIENDA", sucursal.pk, FECHA) == lista
        lista.delete()
    assert vigente(empresa.pk, "TIENDA", sucursal.pk, FECHA) is None


def test_without_a_branch_only_the_companys_lists_count(
    empresa: Empresa, sucursal: Sucursal
) -> None:
    crear_lista(empresa, sucursal=sucursal, canal_venta=CanalVenta.TIENDA)
    assert vigente(empresa.pk, "TIENDA", fecha=FECHA) is None
    general = crear_lista(empresa)
    assert vigente(empresa.pk, "TIENDA", fecha=FECHA) == general


def test_another_branchs_channels_or_companys_lists_do_not_count(
    empresa: Empresa, sucursal: Sucursal
) -> None:
    crear_lista(empresa, sucursal=crear_sucursal(empresa, "Ciudad del Este"))
    crear_lista(empresa, sucursal=sucursal, canal_venta=CanalVenta.ECOMMERCE)
    crear_lista(crear_empresa("Otra S.A."))
    assert vigente(empresa.pk, "TIENDA", sucursal.pk, FECHA) is None


@pytest.mark.parametrize(
    ("corrimiento", "rige"),
    [(-UN_DIA, False), (timedelta(), True), (UN_DIA * 5, True), (UN_DIA * 6, False)],
    ids=["eve", "first day", "last day", "day after"],
)
def test_both_ends_of_the_validity_are_included(
    empresa: Empresa, corrimiento: timedelta, rige: bool
) -> None:
    crear_lista(empresa, desde=FECHA, hasta=FECHA + UN_DIA * 5)
    assert (vigente(empresa.pk, "TIENDA", fecha=FECHA + corrimiento) is not None) is rige


def test_a_list_of_one_day_holds_that_day(empresa: Empresa) -> None:
    lista = crear_lista(empresa, desde=FECHA, hasta=FECHA)
    assert vigente(empresa.pk, "TIENDA", fecha=FECHA) == lista


def test_inactive_and_future_lists_do_not_hold(empresa: Empresa) -> None:
    crear_lista(empresa, activa=False)
    crear_lista(empresa, desde=FECHA + UN_DIA)
    assert vigente(empresa.pk, "TIENDA", fecha=FECHA) is None


def test_of_overlapping_lists_the_latest_start_wins_then_the_highest_id(empresa: Empresa) -> None:
    nueva = crear_lista(empresa, desde=date(2025, 1, 1))
    crear_lista(empresa, desde=date(2024, 1, 1))
    assert vigente(empresa.pk, "TIENDA", fecha=FECHA) == nueva
    ultima = crear_lista(empresa, desde=date(2025, 1, 1))
    assert vigente(empresa.pk, "TIENDA", fecha=FECHA) == ultima


def test_an_older_but_more_specific_list_beats_a_newer_general_one(
    empresa: Empresa, sucursal: Sucursal
) -> None:
    exacta = crear_lista(empresa, sucursal=sucursal, desde=date(2020, 1, 1))
    crear_lista(empresa, canal_venta=CanalVenta.TIENDA, desde=date(2025, 1, 1))
    assert vigente(empresa.pk, "TIENDA", sucursal.pk, FECHA) == exacta


def test_at_2330_in_asuncion_the_local_date_counts_though_utc_is_tomorrow() -> None:
    # 23:30 of the 16th in Asunción, UTC-3, is 02:30 of the 17th in UTC.
    instante = datetime(2026, 6, 17, 2, 30, tzinfo=UTC)
    empresa = crear_empresa()
    hoy = crear_lista(empresa, desde=date(2026, 6, 16), hasta=date(2026, 6, 16))
    crear_lista(empresa, desde=date(2026, 6, 17))
    with patch("django.utils.timezone.now", return_value=instante):
        assert hoy_en(empresa) == date(2026, 6, 16)
        assert vigente(empresa.pk, "TIENDA") == hoy


def test_each_companys_own_timezone_decides() -> None:
    instante = datetime(2026, 6, 17, 23, 30, tzinfo=UTC)
    empresa = crear_empresa(zona_horaria="Pacific/Auckland")
    crear_lista(empresa, desde=date(2026, 6, 17), hasta=date(2026, 6, 17))
    maniana = crear_lista(empresa, desde=date(2026, 6, 18))
    with patch("django.utils.timezone.now", return_value=instante):
        assert vigente(empresa.pk, "TIENDA") == maniana


def test_an_unknown_company_has_no_list() -> None:
    assert vigente(987_654, "TIENDA", 1) is None


def test_the_answer_costs_one_query(
    empresa: Empresa, sucursal: Sucursal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for canal in CanalVenta.values:
        crear_lista(empresa, sucursal=sucursal, canal_venta=canal)
    with django_assert_num_queries(1):
        vigente(empresa.pk, "TIENDA", sucursal.pk)
    with django_assert_num_queries(1):
        listas_vigentes(empresa_id=empresa.pk, sucursal_id=sucursal.pk)


def test_the_form_for_many_channels_answers_as_the_one_for_one(
    empresa: Empresa, sucursal: Sucursal
) -> None:
    crear_lista(empresa, sucursal=sucursal, canal_venta=CanalVenta.TIENDA)
    crear_lista(empresa, canal_venta=CanalVenta.MAYORISTA)
    crear_lista(empresa, canal_venta=CanalVenta.MAYORISTA, desde=date(2024, 1, 1))
    assert set(listas_vigentes(empresa_id=empresa.pk, sucursal_id=sucursal.pk, fecha=FECHA)) == {
        "TIENDA",
        "MAYORISTA",
    }
    crear_lista(empresa)
    todas = listas_vigentes(empresa_id=empresa.pk, sucursal_id=sucursal.pk, fecha=FECHA)
    assert todas == {
        canal: vigente(empresa.pk, canal, sucursal.pk, FECHA) for canal in CanalVenta.values
    }
    assert len({lista.pk for lista in todas.values()}) == 3
