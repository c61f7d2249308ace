import logging
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from gestion_precios.listas.vencimientos import anotar_vencidas, por_vencer
from gestion_precios.models import CanalVenta, Empresa, ListaPrecio
from gestion_precios.tasks import revisar_vencimientos
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_sucursal

pytestmark = pytest.mark.django_db

# 23:30 of the 15th in Asunción (UTC−3): the 16th in UTC.
ANOCHE = datetime(2025, 6, 16, 2, 30, tzinfo=UTC)


@pytest.fixture
def empresa() -> Empresa:
    return crear_empresa()


def a_las(momento: datetime) -> AbstractContextManager[Any]:
    return patch.object(timezone, "now", return_value=momento)


def test_lists_in_their_last_days_the_soonest_first_with_what_follows(empresa: Empresa) -> None:
    sucursal = crear_sucursal(empresa)
    general = crear_lista(empresa, nombre="General", hasta=date(2025, 6, 22))
    tienda = crear_lista(
        empresa, sucursal=sucursal, canal_venta=CanalVenta.TIENDA, hasta=date(2025, 6, 15)
    )
    crear_lista(empresa, canal_venta=CanalVenta.MAYORISTA, hasta=date(2025, 6, 23))
    crear_lista(empresa, canal_venta=CanalVenta.PREVENTA, hasta=date(2025, 6, 14))
    crear_lista(empresa, canal_venta=CanalVenta.ECOMMERCE, hasta=date(2025, 6, 15), activa=False)
    with a_las(ANOCHE):
        vencen = por_vencer([empresa])
    assert [(v.lista, v.dias, v.sigue) for v in vencen] == [
        (tienda, 0, general),
        (general, 7, None),
    ]


def test_the_next_list_of_the_same_channel_is_what_follows(empresa: Empresa) -> None:
    crear_lista(empresa)
    actual = crear_lista(empresa, canal_venta=CanalVenta.TIENDA, hasta=date(2025, 6, 18))
    proxima = crear_lista(empresa, canal_venta=CanalVenta.TIENDA, desde=date(2025, 6, 19))
    with a_las(ANOCHE):
        [vencimiento] = por_vencer([empresa])
    assert (vencimiento.lista, vencimiento.sigue) == (actual, proxima)


def test_expired_lists_are_marked_once_on_their_companys_own_day(empresa: Empresa) -> None:
    ayer = crear_lista(empresa, canal_venta=CanalVenta.TIENDA, hasta=date(2025, 6, 14))
    hoy = crear_lista(empresa, canal_venta=CanalVenta.MAYORISTA, hasta=date(2025, 6, 15))
    lejos = crear_empresa("Tokio S.A.", zona_horaria="Asia/Tokyo")
    alla = crear_lista(lejos, hasta=date(2025, 6, 15))
    with a_las(ANOCHE):
        assert anotar_vencidas() == [ayer.pk, alla.pk]
        assert anotar_vencidas() == []
    anotadas = dict(ListaPrecio.objects.values_list("pk", "vencida_en"))
    assert anotadas == {ayer.pk: ANOCHE, hoy.pk: None, alla.pk: ANOCHE}


def test_an_extended_list_is_no_longer_marked(empresa: Empresa) -> None:
    lista = crear_lista(empresa, hasta=date(2025, 6, 14))
    with a_las(ANOCHE):
        anotar_vencidas()
        lista.refresh_from_db()
        lista.fecha_fin_vigencia = None
        lista.save()
        assert anotar_vencidas() == []
    lista.refresh_from_db()
    assert lista.vencida_en is None


def test_the_beats_work_reports_both(empresa: Empresa, caplog: pytest.LogCaptureFixture) -> None:
    ayer = crear_lista(empresa, canal_venta=CanalVenta.TIENDA, hasta=date(2025, 6, 14))
    general = crear_lista(empresa, hasta=date(2025, 6, 20))
    with a_las(ANOCHE), caplog.at_level(logging.INFO, "gestion_precios"):
        revisar_vencimientos()
        revisar_vencimientos()
    dichos = [(r.levelname, r.message, r.__dict__["lista"]) for r in caplog.records]
    aviso = ("WARNING", "lista_por_vencer", general.pk)
    assert dichos == [("WARNING", "lista_vencida", ayer.pk), aviso, aviso]
