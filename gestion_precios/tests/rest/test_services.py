"""PrecioService: the demo's facts, the shape of its answers, and what they cost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gestion_precios.demo.principal import LAPTOP, MOUSE, SILLA, TECLADO, cargar_principal
from gestion_precios.models import ListaPrecio
from gestion_precios.motor.respuestas import ReglaConsiderada
from gestion_precios.services import PrecioService
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
)
from gestion_precios.tests.hechos import (
    DE_AREQUIPA,
    DE_LIMA,
    HECHOS,
    LISTA_LIMA,
    Hecho,
)
from gestion_precios.tests.mundo import con_precio

pytestmark = pytest.mark.django_db
FECHA = date(2025, 6, 16)
UN_DIA = timedelta(days=1)
CLAVES = {
    "lista_precio_aplicada",
    "precio_base",
    "precio_final",
    "cantidad",
    "total",
    "reglas_aplicadas",
    "autorizado_bajo_costo",
    "ajustado_a_costo",
    "moneda",
}
calcular, cotizar = PrecioService.calcular_precio_final, PrecioService.cotizar


@pytest.fixture
def demo(db: None) -> None:
    cargar_principal()


# --- the demo's facts -----------------------------------------------------------------------------


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("hecho", HECHOS.values(), ids=HECHOS)
def test_the_demos_facts_to_the_cent(hecho: Hecho) -> None:
    respuesta = calcular(**hecho.pregunta)
    dicho = dict(respuesta)
    assert {clave: dicho[clave] for clave in hecho.respuesta()} == hecho.respuesta()
    assert set(respuesta) == CLAVES
    pasos = [(paso["id"], str(paso["despues"])) for paso in respuesta["reglas_aplicadas"]]
    assert tuple(pasos) == hecho.reglas


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("hecho", HECHOS.values(), ids=HECHOS)
def test_explaining_changes_nothing_else(hecho: Hecho) -> None:
    for ver_costos in (False, True):
        explicada = calcular(**hecho.pregunta, explicar=True, ver_costos=ver_costos)
        assert len(explicada.pop("traza")["reglas"]) >= len(hecho.reglas)
        assert explicada == calcular(**hecho.pregunta)


@pytest.mark.usefixtures("demo")
def test_a_carts_facts_to_the_cent() -> None:
    respuesta = cotizar(**DE_LIMA, lineas=[(MOUSE, 3), (TECLADO, 1), (LAPTOP, 1)])
    assert [str(linea["precio_final"]) for linea in con_precio(respuesta)] == [
        "85.00",
        "155.00",
        "1500.00",
    ]
    assert respuesta | {"lineas": None, "version": None} == {
        "lineas": None,
        "total": Decimal("1910.00"),
        "moneda": "PEN",
        "lista_precio_aplicada": LISTA_LIMA,
        "version": None,
    }
    # 3 laptops, 4 mouses and a keyboard: an order of 6,660, 10 % off.
    grande = cotizar(**DE_LIMA, lineas=[(MOUSE, 4), (TECLADO, 1), (LAPTOP, 3)])
    assert [str(linea["total"]) for linea in con_precio(grande)] == ["320.00", "139.50", "4500.00"]


@pytest.mark.usefixtures("demo")
def test_an_articles_lines_add_up_and_each_answers_for_itself() -> None:
    respuesta = cotizar(**DE_LIMA, lineas=[(MOUSE, 1), (TECLADO, 1), (MOUSE, 2)])
    assert [(linea["cantidad"], str(linea["total"])) for linea in con_precio(respuesta)] == [
        (1, "85.00"),
        (1, "155.00"),
        (2, "170.00"),
    ]
    assert respuesta["total"] == Decimal("410.00")


@pytest.mark.usefixtures("demo")
def test_an_empty_cart_is_worth_nothing() -> None:
    respuesta = cotizar(**DE_LIMA, lineas=[])
    assert (respuesta["lineas"], str(respuesta["total"])) == ([], "0.00")


@pytest.mark.usefixtures("demo")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    articulo=st.sampled_from([LAPTOP, MOUSE, TECLADO]),
    cantidad=st.integers(1, 1_000_000),
    explicar=st.booleans(),
)
def test_a_single_price_is_a_cart_of_one(articulo: int, cantidad: int, explicar: bool) -> None:
    sola = calcular(**DE_LIMA, articulo_id=articulo, cantidad=cantidad, explicar=explicar)
    carrito = cotizar(**DE_LIMA, lineas=[(articulo, cantidad)], explicar=explicar)
    assert carrito["lineas"] == [sola]
    assert carrito["total"] == sola["total"] == sola["precio_final"] * cantidad


def test_guaranies_have_no_decimals_and_a_running_price_keeps_its_own() -> None:
    lista = crear_lista(crear_empresa())
    articulo = crear_articulo()
    crear_precio_lista(lista, articulo, 9_999)
    crear_regla(lista, valor="12.5")
    respuesta = calcular(lista.empresa_id, "TIENDA", articulo.pk, 3)
    assert str(respuesta["precio_base"]) == "9999"
    [paso] = respuesta["reglas_aplicadas"]
    assert (str(paso["antes"]), str(paso["despues"])) == ("9999", "8749.125")
    assert (str(respuesta["precio_final"]), str(respuesta["total"])) == ("8749", "26247")


def test_the_orders_amount_is_taken_to_the_last_micro() -> None:
    lista = crear_lista(crear_empresa(moneda="USD"))
    articulo = crear_articulo()
    crear_precio_lista(lista, articulo, "10.00")
    crear_regla(lista, condicion="MONTO_MINIMO", condicion_valor="99.99")
    finales = [
        calcular(lista.empresa_id, "TIENDA", articulo.pk, 1, monto_pedido=Decimal(monto))
        for monto in ("99.989999", "99.99", "1e9", "0")
    ]
    assert [str(f["precio_final"]) for f in finales] == ["10.00", "9.00", "9.00", "10.00"]


# --- the trace ------------------------------------------------------------------------------------


def _medidas(paso: ReglaConsiderada) -> tuple[Decimal | None, ...]:
    return paso["medido"], paso["umbral"], paso["antes"], paso["despues"]


def traza_de(**pregunta: Any) -> list[tuple[Any, ...]]:
    traza = calcular(**pregunta, explicar=True, ver_costos=True)["traza"]
    return [
        (
            paso["id"],
            paso["codigo"],
            paso["aplicada"],
            *(None if medida is None else str(medida) for medida in _medidas(paso)),
        )
        for paso in traza["reglas"]
    ]


@pytest.mark.usefixtures("demo")
def test_each_rule_says_what_it_measured_and_what_it_asks_for() -> None:
    assert traza_de(**DE_LIMA, articulo_id=MOUSE, cantidad=1) == [
        (4, "COMBO_INCOMPLETO", False, "1", "2", "120.00", "120.00"),
        (1, "FUERA_DE_ALCANCE", False, None, None, None, None),
        (2, "CANTIDAD", False, "1", "3", "120.00", "120.00"),
        (3, "MONTO", False, "120", "5000", "120.00", "120.00"),
    ]
    assert traza_de(**DE_LIMA, articulo_id=LAPTOP, cantidad=1) == [
        (4, "NO_ES_PARTE_DEL_COMBO", False, None, None, None, None),
        (1, "APLICADA", True, "1", "1", "2000.00", "1400.00"),
        (2, "FUERA_DE_ALCANCE", False, None, None, None, None),
        (3, "MONTO", False, "2000", "5000", "1400.00", "1400.00"),
        (None, "PISO_COSTO", True, "1400", "1500", "1400.00", "1500.00"),
    ]


@pytest.mark.usefixtures("demo")
def test_a_rule_that_is_off_says_so() -> None:
    lista = ListaPrecio.objects.get(pk=2)
    crear_regla(lista, nombre="Apagada", activa=False)
    [paso] = calcular(**DE_AREQUIPA, articulo_id=SILLA, cantidad=1, explicar=True)["traza"][
        "reglas"
    ][1:]
    assert (paso["nombre"], paso["codigo"], paso["aplicada"]) == ("Apagada", "INACTIVA", False)
    assert paso["frase"] == "La regla está inactiva."


@pytest.mark.usefixtures("demo")
def test_the_sentences_name_what_is_missing() -> None:
    reglas = calcular(**DE_LIMA, articulo_id=MOUSE, cantidad=1, explicar=True)["traza"]["reglas"]
    assert [paso["frase"] for paso in reglas] == [
        "Falta Teclado en el carrito.",
        "Es solo para Laptop.",
        "Pide 3 unidades y hay 1: faltan 2 unidades.",
        "Pide un pedido de S/ 5.000,00 y va en S/ 120,00: faltan S/ 4.880,00.",
    ]


@pytest.mark.usefixtures("demo")
def test_the_cost_is_told_only_to_who_may_see_it() -> None:
    for pregunta in (DE_LIMA, DE_AREQUIPA):
        datos = {**pregunta, "articulo_id": LAPTOP, "cantidad": 1, "explicar": True}
        piso = calcular(**datos)["traza"]["reglas"][-1]
        assert (piso["codigo"], piso["medido"], piso["umbral"]) == ("PISO_COSTO", None, None)
        assert "1.500" not in piso["frase"]
        con_costos = calcular(**datos, ver_costos=True)["traza"]["reglas"][-1]
        assert con_costos["umbral"] == 1500
        assert "S/ 1.500,00" in con_costos["frase"]


def test_every_list_considered_says_why_it_was_or_was_not_chosen() -> None:
    empresa = crear_empresa()
    sucursal = crear_sucursal(empresa)
    canal: dict[str, Any] = {"canal_venta": "TIENDA"}
    elegida = crear_lista(empresa, sucursal=sucursal, nombre="Junio", desde=FECHA, **canal)
    solapada = crear_lista(empresa, sucursal=sucursal, nombre="Mayo", **canal)
    futura = crear_lista(empresa, nombre="Julio", desde=FECHA + UN_DIA, **canal)
    vencida = crear_lista(empresa, sucursal=sucursal, nombre="Abril", hasta=FECHA - UN_DIA)
    inactiva = crear_lista(empresa, sucursal=sucursal, nombre="Apagada", activa=False)
    general = crear_lista(empresa, nombre="General")
    # Neither another channel's, nor another branch's, nor another company's are considered.
    crear_lista(empresa, canal_venta="ECOMMERCE")
    crear_lista(empresa, sucursal=crear_sucursal(empresa, "Otra"))
    crear_lista(crear_empresa("Otra"))
    articulo = crear_articulo()
    crear_precio_lista(elegida, articulo)
    traza = calcular(empresa.pk, "TIENDA", articulo.pk, 1, sucursal.pk, fecha=FECHA, explicar=True)[
        "traza"
    ]
    assert [
        (lista["id"], lista["nivel"], lista["codigo"], lista["elegida"])
        for lista in traza["listas"]
    ] == [
        (elegida.pk, 1, "ELEGIDA", True),
        (solapada.pk, 1, "SOLAPADA", False),
        (inactiva.pk, 2, "INACTIVA", False),
        (vencida.pk, 2, "VENCIDA", False),
        (futura.pk, 3, "FUTURA", False),
        (general.pk, 4, "MENOS_ESPECIFICA", False),
    ]
    assert traza["listas"][1] == {
        "id": solapada.pk,
        "nombre": "Mayo",
        "canal_venta": "TIENDA",
        "sucursal": sucursal.pk,
        "nivel": 1,
        "elegida": False,
        "codigo": "SOLAPADA",
        "frase": "Se solapa con «Junio», que es más nueva.",
    }
    assert traza["avisos"] == [
        {
            "codigo": "LISTAS_SOLAPADAS",
            "frase": ("«Junio» se solapa con «Mayo»: vale la más nueva. Separar sus fechas."),
        }
    ]


def test_lists_of_other_levels_are_no_overlap() -> None:
    empresa = crear_empresa()
    articulo = crear_articulo()
    crear_precio_lista(crear_lista(empresa, canal_venta="TIENDA"), articulo)
    crear_lista(empresa)
    traza = calcular(empresa.pk, "TIENDA", articulo.pk, 1, explicar=True)["traza"]
    assert traza["avisos"] == []


def test_at_2330_in_asuncion_the_trace_counts_days_as_the_company_does() -> None:
    # 23:30 of the 16th in Asunción is 02:30 of the 17th in UTC.
    instante = datetime(2026, 6, 17, 2, 30, tzinfo=UTC)
    empresa, articulo = crear_empresa(), crear_articulo()
    hoy = crear_lista(empresa, desde=date(2026, 6, 16), hasta=date(2026, 6, 16), nombre="Hoy")
    crear_lista(empresa, desde=date(2026, 6, 17), nombre="Mañana")
    crear_lista(empresa, hasta=date(2026, 6, 15), nombre="Ayer")
    crear_precio_lista(hoy, articulo)
    with patch("django.utils.timezone.now", return_value=instante):
        respuesta = calcular(empresa.pk, "TIENDA", articulo.pk, 1, explicar=True)
    assert {lista["nombre"]: lista["codigo"] for lista in respuesta["traza"]["listas"]} == {
        "Hoy": "ELEGIDA",
        "Mañana": "FUTURA",
        "Ayer": "VENCIDA",
    }


@pytest.mark.usefixtures("demo")
def test_the_same_version_is_the_same_quote() -> None:
    datos: dict[str, Any] = {**DE_LIMA, "lineas": [(MOUSE, 3), (TECLADO, 1)]}
    antes = cotizar(**datos)
    assert cotizar(**datos) == antes
    crear_regla(ListaPrecio.objects.get(pk=1), prioridad=1)
    despues = cotizar(**datos)
    assert despues["version"] != antes["version"]
    assert despues["total"] != antes["total"]
