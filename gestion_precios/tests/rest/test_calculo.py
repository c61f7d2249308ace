"""`calcular-precio/`, `lista-vigente/`, `cotizar/`: the demo's facts to the cent, by REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token

from core.tests.corrida.compartir import Compartir
from gestion_precios.tests.fabricas import crear_articulo, crear_lista, crear_precio_lista
from gestion_precios.tests.principal import (
    AREQUIPA,
    LAPTOP,
    LIMA,
    MOUSE,
    SILLA,
    TECLADO,
    Principal,
    crear_principal,
)

LISTA_LIMA = {
    "id": 1,
    "nombre": "Lista E-commerce Lima",
    "canal_venta": "ECOMMERCE",
    "sucursal": LIMA,
}
LISTA_AREQUIPA = {
    "id": 2,
    "nombre": "Lista Tienda Arequipa",
    "canal_venta": "TIENDA",
    "sucursal": AREQUIPA,
}
DE_LIMA = {"empresa_id": 1, "canal_venta": "ECOMMERCE", "sucursal_id": LIMA}
DE_AREQUIPA = {"empresa_id": 1, "canal_venta": "TIENDA", "sucursal_id": AREQUIPA}
# As `curl -G --data-urlencode …` of the customer's document sends them.
CURL_CALCULAR = (
    "/api/calcular-precio/?empresa_id=1&canal_venta=ECOMMERCE&sucursal_id=1&articulo_id=2"
    "&cantidad=3&monto_pedido=540.00&cart_items=2%2C3"
)
CURL_LISTA = "/api/lista-vigente/?empresa_id=1&canal_venta=TIENDA&sucursal_id=2"
COMBO = {"id": 4, "nombre": "Combo teclado + mouse: S/ 25 menos"}
POR_TRES = {"id": 2, "nombre": "S/ 10 menos desde 3 mouses"}


@pytest.fixture(scope="module")
def nueva_casa(compartir: Compartir) -> Callable[[], Principal]:
    return compartir(crear_principal)


@pytest.fixture
def casa(db: None, nueva_casa: Callable[[], Principal]) -> Principal:
    return nueva_casa()


def calcular(casa: Principal, usuario: Any = None, **parametros: Any) -> Any:
    url = f"/api/calcular-precio/?{urlencode(DE_LIMA | parametros)}"
    return casa.pedir(url, usuario=usuario)


def test_the_documents_first_example_with_a_token(casa: Principal) -> None:
    clave = Token.objects.create(user=casa.admin).key
    respuesta = Client().get(CURL_CALCULAR, headers={"Authorization": f"Token {clave}"})
    assert respuesta.status_code == 200
    assert respuesta.json() == {
        "lista_precio_aplicada": LISTA_LIMA,
        "precio_base": "120.00",
        "precio_final": "85.00",
        "cantidad": 3,
        "total": "255.00",
        "reglas_aplicadas": [
            COMBO | {"antes": "120.00", "despues": "95.00"},
            POR_TRES | {"antes": "95.00", "despues": "85.00"},
        ],
        "autorizado_bajo_costo": False,
        "ajustado_a_costo": False,
        "moneda": "PEN",
    }


def test_the_documents_second_example_with_a_token(casa: Principal) -> None:
    clave = Token.objects.create(user=casa.admin).key
    respuesta = Client().get(CURL_LISTA, headers={"Authorization": f"Token {clave}"})
    assert respuesta.status_code == 200
    assert respuesta.json() == {
        "id": 2,
        "empresa": 1,
        "sucursal": AREQUIPA,
        "nombre": "Lista Tienda Arequipa",
        "canal_venta": "TIENDA",
        "fecha_inicio_vigencia": "2025-01-01",
        "fecha_fin_vigencia": None,
        "activa": True,
    }


@pytest.mark.parametrize("url", [CURL_CALCULAR, CURL_LISTA])
def test_the_documents_examples_without_a_token(casa: Principal, url: str) -> None:
    respuesta = Client().get(url)
    assert respuesta.status_code == 401
    assert respuesta["WWW-Authenticate"] == "Token"
    assert respuesta.json() == {
        "detail": "Las credenciales de autenticación no se proveyeron.",
        "codigo": "not_authenticated",
    }


def test_a_price_below_cost_without_permission_is_the_cost(casa: Principal) -> None:
    resultado = calcular(casa, articulo_id=LAPTOP, cantidad=1).json()
    assert (resultado["precio_base"], resultado["precio_final"]) == ("2000.00", "1500.00")
    assert resultado["reglas_aplicadas"] == [
        {"id": 1, "nombre": "30 % en laptop", "antes": "2000.00", "despues": "1400.00"}
    ]
    assert (resultado["ajustado_a_costo"], resultado["autorizado_bajo_costo"]) == (True, False)


def test_a_price_below_cost_with_permission_stays(casa: Principal) -> None:
    resultado = calcular(casa, articulo_id=LAPTOP, cantidad=1, **DE_AREQUIPA).json()
    assert (resultado["precio_base"], resultado["precio_final"]) == ("2100.00", "1260.00")
    assert (resultado["ajustado_a_costo"], resultado["autorizado_bajo_costo"]) == (False, True)
    assert resultado["lista_precio_aplicada"] == LISTA_AREQUIPA


def test_the_trace_explains_and_changes_nothing(casa: Principal) -> None:
    pregunta = {"articulo_id": MOUSE, "cantidad": 2}
    simple, explicado = (
        calcular(casa, **pregunta).json(),
        calcular(casa, **pregunta, explicar=1).json(),
    )
    traza = explicado.pop("traza")
    assert explicado == simple
    assert [(r["nombre"], r["codigo"], r["aplicada"]) for r in traza["reglas"]] == [
        (COMBO["nombre"], "COMBO_INCOMPLETO", False),
        ("30 % en laptop", "FUERA_DE_ALCANCE", False),
        (POR_TRES["nombre"], "CANTIDAD", False),
        ("10 % desde S/ 5.000", "MONTO", False),
    ]
    por_tres = traza["reglas"][2]
    assert (por_tres["medido"], por_tres["umbral"]) == ("2", "3")
    assert [(lista["id"], lista["codigo"]) for lista in traza["listas"]] == [(1, "ELEGIDA")]
    assert traza["avisos"] == []


def test_a_running_price_keeps_every_digit(casa: Principal) -> None:
    casa.pedir(
        "/api/reglas-precio/",
        {
            "lista_precio": 2,
            "nombre_regla": "fina",
            "tipo_regla": "PORCENTAJE",
            "valor_regla": "0.33",
            "prioridad": 1,
        },
    )
    resultado = calcular(casa, articulo_id=LAPTOP, cantidad=1, **DE_AREQUIPA).json()
    assert [(r["antes"], r["despues"]) for r in resultado["reglas_aplicadas"]] == [
        ("2100.00", "2093.07"),
        ("2093.07", "1255.842"),
    ]
    assert resultado["precio_final"] == "1255.84"


def test_costs_are_told_only_to_who_may_see_them(casa: Principal) -> None:
    pregunta = {"articulo_id": LAPTOP, "cantidad": 1, "explicar": "true"}
    visto, callado = (
        calcular(casa, usuario, **pregunta).json()["traza"]["reglas"][-1]
        for usuario in (casa.supervisor, casa.tomador)
    )
    assert (visto["codigo"], callado["codigo"]) == ("PISO_COSTO", "PISO_COSTO")
    assert (visto["id"], visto["medido"], visto["umbral"]) == (None, "1400", "1500")
    assert (callado["medido"], callado["umbral"]) == (None, None)
    assert "1.500" not in callado["frase"]


def test_an_article_without_a_price_says_which_lists_have_it(casa: Principal) -> None:
    respuesta = calcular(casa, articulo_id=SILLA, cantidad=1)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "ARTICULO_SIN_PRECIO")
    assert respuesta.json()["campo"] == "articulo_id"


@pytest.mark.parametrize("url", ["calcular-precio/?articulo_id=1&cantidad=1&", "lista-vigente/?"])
def test_without_a_list_in_force(casa: Principal, url: str) -> None:
    respuesta = casa.pedir(f"/api/{url}empresa_id=1&canal_venta=MAYORISTA")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "SIN_LISTA_VIGENTE")
    assert respuesta.json()["detail"].startswith("No hay una lista de precios vigente")


def test_a_date_decides_the_list(casa: Principal) -> None:
    respuesta = casa.pedir(f"{CURL_LISTA}&fecha=2024-12-31")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "SIN_LISTA_VIGENTE")
    assert casa.pedir(f"{CURL_LISTA}&fecha=2025-01-01").json()["id"] == 2


@pytest.mark.parametrize(
    ("parametros", "codigo", "campo"),
    [
        ({"empresa_id": 999}, "empresa_ajena", "empresa_id"),
        ({"sucursal_id": 999}, "sucursal_ajena", "sucursal_id"),
    ],
)
def test_what_is_out_of_reach_does_not_exist(
    casa: Principal, parametros: dict[str, Any], codigo: str, campo: str
) -> None:
    respuesta = calcular(casa, articulo_id=1, cantidad=1, **parametros)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, codigo)
    assert respuesta.json()["campo"] == campo


def test_another_companys_prices_are_as_if_it_did_not_exist(casa: Principal) -> None:
    ajena = casa.sucursal_ajena
    contextos = [
        {"empresa_id": ajena.empresa_id, "canal_venta": "TIENDA"},
        {"empresa_id": 1, "canal_venta": "TIENDA", "sucursal_id": ajena.pk},
    ]
    for contexto in contextos:
        carrito = contexto | {"lineas": [{"articulo_id": 1, "cantidad": 1}]}
        consulta = urlencode(contexto)
        for respuesta in (
            casa.pedir(f"/api/lista-vigente/?{consulta}"),
            casa.pedir(f"/api/calcular-precio/?{consulta}&articulo_id=1&cantidad=1"),
            casa.pedir("/api/cotizar/", carrito),
        ):
            assert respuesta.status_code == 404
            assert respuesta.json()["codigo"] in {"empresa_ajena", "sucursal_ajena"}


def cotizar(casa: Principal, lineas: list[tuple[int, int]], **campos: Any) -> Any:
    pedidas = [{"articulo_id": articulo, "cantidad": n} for articulo, n in lineas]
    return casa.pedir("/api/cotizar/", DE_LIMA | {"lineas": pedidas} | campos)


def test_a_cart_is_priced_together_and_in_its_order(casa: Principal) -> None:
    respuesta = cotizar(casa, [(TECLADO, 1), (MOUSE, 2), (MOUSE, 1), (LAPTOP, 1)])
    cotizacion = respuesta.json()
    assert respuesta.status_code == 200
    assert [(x["precio_final"], x["cantidad"], x["total"]) for x in cotizacion["lineas"]] == [
        ("155.00", 1, "155.00"),
        ("85.00", 2, "170.00"),
        ("85.00", 1, "85.00"),
        ("1500.00", 1, "1500.00"),
    ]
    assert (cotizacion["total"], cotizacion["moneda"]) == ("1910.00", "PEN")
    assert cotizacion["lista_precio_aplicada"] == LISTA_LIMA
    assert cotizacion["version"].startswith("lista:1:")


def test_one_line_is_the_single_price(casa: Principal) -> None:
    suelto = calcular(casa, articulo_id=MOUSE, cantidad=3).json()
    assert cotizar(casa, [(MOUSE, 3)]).json()["lineas"] == [suelto]


def test_an_unpriced_line_says_so_in_its_place_and_leaves_no_total(casa: Principal) -> None:
    cotizacion = cotizar(casa, [(MOUSE, 1), (SILLA, 1)], explicar=True).json()
    assert cotizacion["total"] is None
    assert cotizacion["lineas"][0]["precio_final"] == "120.00"
    sin_precio = cotizacion["lineas"][1]
    assert (sin_precio["articulo_id"], sin_precio["codigo"]) == (SILLA, "ARTICULO_SIN_PRECIO")
    assert sin_precio["traza"]["reglas"] == []


def test_guaranies_have_no_decimals(casa: Principal) -> None:
    lista = crear_lista(casa.sucursal_ajena.empresa, canal_venta="TIENDA", nombre="Tienda")
    crear_precio_lista(lista, crear_articulo("Arroz"), 12_500)
    carrito = {
        "empresa_id": lista.empresa_id,
        "canal_venta": "TIENDA",
        "sucursal_id": None,
        "fecha": None,
        "lineas": [{"articulo_id": lista.precios.get().articulo_id, "cantidad": 3}],
    }
    cotizacion = casa.pedir("/api/cotizar/", carrito, usuario=casa.ajeno).json()
    assert (cotizacion["total"], cotizacion["moneda"]) == ("37500", "PYG")


def test_two_hundred_lines_cost_the_queries_of_one(casa: Principal) -> None:
    articulos = [crear_articulo(f"Artículo {n}") for n in range(200)]
    for articulo in articulos:
        crear_precio_lista(casa.lista_ajena, articulo)
    cuentas = []
    for cuantos in (1, 200):
        carrito = {
            "empresa_id": casa.lista_ajena.empresa_id,
            "canal_venta": "TIENDA",
            "lineas": [{"articulo_id": a.pk, "cantidad": 1} for a in articulos[:cuantos]],
        }
        casa.pedir("/api/cotizar/", carrito, usuario=casa.ajeno)
        with CaptureQueriesContext(connection) as consultas:
            respuesta = casa.pedir("/api/cotizar/", carrito, usuario=casa.ajeno)
        assert len(respuesta.json()["lineas"]) == cuantos
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]
