"""Bad parameters and bad bodies of the pricing API: always 4xx, a sentence, a code and a field."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from core.tests.corrida.compartir import Compartir
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.tests.principal import Principal, crear_principal

CALCULO = {
    "empresa_id": "1",
    "canal_venta": "ECOMMERCE",
    "sucursal_id": "1",
    "articulo_id": "2",
    "cantidad": "3",
}
INVISIBLES = ("a\u202eb", "a\u200bb", "\ufeffa", "a\u2066b\u2069", "a\x07b", "a\u2028b", "a\tb")
MUCHOS = ",".join(str(n) for n in range(1, 10_001))


@pytest.fixture(scope="module")
def nueva_casa(compartir: Compartir) -> Callable[[], Principal]:
    return compartir(crear_principal)


@pytest.fixture
def casa(db: None, nueva_casa: Callable[[], Principal]) -> Principal:
    return nueva_casa()


def consulta(**cambios: str | None) -> str:
    """The good question with some parameters changed (None: without it), as they were written."""
    datos = {k: v for k, v in (CALCULO | cambios).items() if v is not None}
    return "&".join(f"{nombre}={valor}" for nombre, valor in datos.items())


def exigir(respuesta: Any, codigo: str, campo: str | None, estado: int = 400) -> None:
    cuerpo = respuesta.json()
    assert (respuesta.status_code, cuerpo["codigo"], cuerpo.get("campo")) == (
        estado,
        codigo,
        campo,
    ), cuerpo
    assert cuerpo["detail"].lstrip("«")[0].isupper()
    assert cuerpo["detail"].endswith((".", "YYYY-MM-DD."))
    # Nothing that came in is echoed at length.
    assert len(respuesta.content) < 1_000


MALAS_CONSULTAS = [
    ("", "required", "empresa_id"),
    (consulta(empresa_id=None), "required", "empresa_id"),
    (consulta(canal_venta=None), "required", "canal_venta"),
    (consulta(articulo_id=None), "required", "articulo_id"),
    (consulta(cantidad=None), "required", "cantidad"),
    *[
        (consulta(**{campo: valor}), codigo, campo)
        for campo in ("empresa_id", "sucursal_id", "articulo_id", "cantidad")
        for valor, codigo in (
            ("", "invalid"),
            ("abc", "invalid"),
            ("9" * 5_000, "invalid"),
            (str(2**63), "max_value"),
            ("-3", "min_value"),
            ("0", "min_value"),
            ("-0", "min_value"),
            ("1.5", "invalid"),
            ("1.0", "invalid"),
            ("NaN", "invalid"),
            ("1e3", "invalid"),
            ("1e999999999", "invalid"),
            ("2,a", "invalid"),
            ("%00", "invalid"),
            ("1%00", "invalid"),
            ("1_000", "invalid"),
            ("+1", "invalid"),
            (quote("٣"), "invalid"),
            (quote("1\u200b"), "invalid"),
            (quote("𝟙"), "invalid"),
            ("null", "invalid"),
            ("true", "invalid"),
            ("0x1", "invalid"),
            ("1%20", "invalid"),
            ("1%0A", "invalid"),
            ("%FF", "invalid"),
        )
    ],
    (consulta(cantidad="1000001"), "max_value", "cantidad"),
    *[
        (consulta(canal_venta=canal), "invalid_choice", "canal_venta")
        for canal in ("", "MARTE", "ecommerce", "%00", "TIENDA%20", "x" * 5_000, "TIENDA,TODOS")
    ],
    *[
        (consulta(monto_pedido=monto), codigo, "monto_pedido")
        for monto, codigo in (
            ("", "invalid"),
            ("abc", "invalid"),
            ("-1", "min_value"),
            ("-0", "invalid"),
            ("NaN", "invalid"),
            ("Infinity", "invalid"),
            ("-Infinity", "invalid"),
            ("sNaN", "invalid"),
            ("1e999999999", "invalid"),
            ("1e2", "invalid"),
            ("540,00", "invalid"),
            ("1.234,50", "invalid"),
            ("1.234.567", "invalid"),
            ("540.001", "max_decimal_places"),
            ("1" + "0" * 12, "max_whole_digits"),
            ("9" * 5_000, "invalid"),
            (".5", "invalid"),
            ("5.", "invalid"),
            ("1_0", "invalid"),
            ("%00", "invalid"),
        )
    ],
    *[
        (consulta(cart_items=articulos), codigo, "cart_items")
        for articulos, codigo in (
            ("", "invalid"),
            ("2,a", "invalid"),
            ("2,,3", "invalid"),
            (",", "invalid"),
            ("2,", "invalid"),
            ("0", "invalid"),
            ("-3", "invalid"),
            ("2;3", "invalid"),
            ("[2,3]", "invalid"),
            ("2, 3", "invalid"),
            ("2,1.5", "invalid"),
            ("2,NaN", "invalid"),
            ("2,%00", "invalid"),
            (str(2**63), "invalid"),
            ("9" * 5_000, "invalid"),
            (MUCHOS, "too_many"),
            ("," * 10_000, "too_many"),
        )
    ],
    *[
        (consulta(fecha=fecha), "invalid", "fecha")
        for fecha in (
            *("", "hoy", "2025-02-30", "2025-13-01", "0000-01-01", "20250101", "2025-W01-1"),
            *("16/06/2025", "2025-6-1", "2025-06-16T00:00:00", "10000-01-01", "%00", "9" * 5_000),
        )
    ],
    *[
        (consulta(explicar=valor), "invalid_choice", "explicar")
        for valor in ("", "si", "2", "True", "yes", "%00")
    ],
    (consulta() + "&cantidad=3", "repetido", "cantidad"),
    (consulta() + "&cart_items=2&cart_items=3", "repetido", "cart_items"),
    (consulta() + "&empresa_id=2", "repetido", "empresa_id"),
    (consulta() + "&monto=5", "parametro_desconocido", "monto"),
    (consulta(sucursal_id=None) + "&sucursal=1", "parametro_desconocido", "sucursal"),
    (consulta() + "&ver_costos=1", "parametro_desconocido", "ver_costos"),
    (consulta() + "&cart_items[]=2", "parametro_desconocido", "cart_items[]"),
]


@pytest.mark.parametrize(("url", "codigo", "campo"), MALAS_CONSULTAS, ids=lambda v: str(v)[:60])
def test_a_bad_question_is_refused_by_its_field(
    casa: Principal, url: str, codigo: str, campo: str
) -> None:
    exigir(casa.pedir(f"/api/calcular-precio/?{url}"), codigo, campo)


def test_the_good_question_is_answered(casa: Principal) -> None:
    assert casa.pedir(f"/api/calcular-precio/?{consulta()}").status_code == 200
    todo = "&monto_pedido=540.00&cart_items=2,3&fecha=2025-06-16&explicar=0&format=json"
    assert casa.pedir(f"/api/calcular-precio/?{consulta()}{todo}").status_code == 200


@pytest.mark.parametrize(
    ("url", "codigo", "campo"),
    [
        ("", "required", "empresa_id"),
        ("empresa_id=1", "required", "canal_venta"),
        ("empresa_id=x&canal_venta=TIENDA", "invalid", "empresa_id"),
        ("empresa_id=1&canal_venta=tienda", "invalid_choice", "canal_venta"),
        ("empresa_id=1&canal_venta=TIENDA&sucursal_id=", "invalid", "sucursal_id"),
        ("empresa_id=1&canal_venta=TIENDA&fecha=ayer", "invalid", "fecha"),
        ("empresa_id=1&canal_venta=TIENDA&canal_venta=TODOS", "repetido", "canal_venta"),
        ("empresa_id=1&canal_venta=TIENDA&articulo_id=1", "parametro_desconocido", "articulo_id"),
    ],
)
def test_a_bad_question_for_the_list_is_refused(
    casa: Principal, url: str, codigo: str, campo: str
) -> None:
    exigir(casa.pedir(f"/api/lista-vigente/?{url}"), codigo, campo)


CARRITO: dict[str, Any] = {
    "empresa_id": 1,
    "canal_venta": "ECOMMERCE",
    "sucursal_id": 1,
    "lineas": [{"articulo_id": 2, "cantidad": 3}],
}
LINEA = {"articulo_id": 2, "cantidad": 3}
MALOS_CARRITOS: list[tuple[Any, str, str | None]] = [
    ({}, "required", "empresa_id"),
    ([], "invalid", None),
    ("x", "invalid", None),
    (b"{", "json_invalido", None),
    (b'{"empresa_id": NaN}', "json_invalido", None),
    (b'{"empresa_id": 1, "empresa_id": 2}', "json_invalido", None),
    (b"[" * 100_000, "json_profundo", None),
    (CARRITO | {"lineas": []}, "empty", "lineas"),
    (CARRITO | {"lineas": {}}, "not_a_list", "lineas"),
    (CARRITO | {"lineas": None}, "null", "lineas"),
    (CARRITO | {"lineas": [LINEA] * 1_001}, "max_length", "lineas"),
    (CARRITO | {"lineas": [LINEA] * 101, "explicar": True}, "max_length", "lineas"),
    (CARRITO | {"lineas": [LINEA, 5]}, "invalid", "lineas.1"),
    (CARRITO | {"lineas": [LINEA, {"articulo_id": 2}]}, "required", "lineas.1.cantidad"),
    (CARRITO | {"lineas": [LINEA | {"precio": 1}]}, "desconocido", "lineas.0.precio"),
    *[
        (CARRITO | {"lineas": [LINEA | {"cantidad": n}]}, codigo, "lineas.0.cantidad")
        for n, codigo in (
            (0, "min_value"),
            (-1, "min_value"),
            (1.5, "invalid"),
            (1.0, "invalid"),
            (True, "invalid"),
            (None, "null"),
            ("", "invalid"),
            ("3 ", "invalid"),
            (10**9, "max_value"),
            ([3], "invalid"),
        )
    ],
    (CARRITO | {"explicar": 1}, "invalid", "explicar"),
    (CARRITO | {"explicar": "true"}, "invalid", "explicar"),
    (CARRITO | {"fecha": "16/06/2025"}, "invalid", "fecha"),
    (CARRITO | {"sucursal_id": "x"}, "invalid", "sucursal_id"),
    (CARRITO | {"sucursal": 1}, "desconocido", "sucursal"),
    (CARRITO | {"canal_venta": ["TIENDA"]}, "invalid_choice", "canal_venta"),
]


@pytest.mark.parametrize(("cuerpo", "codigo", "campo"), MALOS_CARRITOS)
def test_a_bad_cart_is_refused_by_its_field(
    casa: Principal, cuerpo: Any, codigo: str, campo: str | None
) -> None:
    respuesta = casa.pedir("/api/cotizar/", cuerpo)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (400, codigo)
    assert respuesta.json().get("campo") == campo


def test_a_thousand_lines_are_a_cart(casa: Principal) -> None:
    respuesta = casa.pedir("/api/cotizar/", CARRITO | {"lineas": [LINEA] * 1_000})
    assert respuesta.json()["total"] == "297000.00"


def test_a_form_is_not_a_cart(casa: Principal) -> None:
    respuesta = casa.pedir("/api/cotizar/")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (405, "method_not_allowed")


LISTA = {"empresa": 1, "nombre": "Nueva", "fecha_inicio_vigencia": "2025-01-01"}
PRECIO = {"lista_precio": 2, "articulo": 2, "precio_base": "5"}
REGLA = {
    "lista_precio": 1,
    "nombre_regla": "Nueva",
    "tipo_regla": "PORCENTAJE",
    "valor_regla": "10",
}
COMBO = {"lista_precio": 1, "nombre": "Nueva", "articulos": [1, 2]}
ARTICULO: dict[str, Any] = {"codigo": 900, "sku": "X-900", "descripcion": "Nuevo"}
EMPRESA = {"nombre": "Nueva S.A."}
SUCURSAL = {"empresa": 1, "nombre": "Cusco"}
DE_ADMINS = {"articulos", "empresas", "sucursales", "lineas-articulo", "grupos-articulo"}
AJENA = -1  # replaced by a key of the other company's
REPETIDA = REGLA | {
    "nombre_regla": "30 % en laptop",
    "valor_regla": "30",
    "condicion_valor": "1",
    "aplica_articulo": 1,
}
MALAS_FILAS: list[tuple[str, Any, str, str]] = [
    *[
        ("precios-articulo", PRECIO | {"precio_base": valor}, codigo, "precio_base")
        for valor, codigo in (
            ("-0", "invalid"),
            (-0.0, "invalid"),
            (0, "min_value"),
            ("0", "min_value"),
            ("0.009", "max_decimal_places"),
            ("1.234", "max_decimal_places"),
            ("1,5", "invalid"),
            ("1.234,50", "invalid"),
            ("-5", "min_value"),
            ("NaN", "invalid"),
            ("1e3", "invalid"),
            ("1" + "0" * 12, "max_whole_digits"),
            ("9" * 5_000, "invalid"),
            ("", "invalid"),
            (None, "null"),
            (True, "invalid"),
            ([5], "invalid"),
            ({}, "invalid"),
            ("٣", "invalid"),
        )
    ],
    ("precios-articulo", PRECIO | {"lista_precio": AJENA}, "does_not_exist", "lista_precio"),
    ("precios-articulo", PRECIO | {"lista_precio": 2**63}, "does_not_exist", "lista_precio"),
    ("precios-articulo", PRECIO | {"lista_precio": "x"}, "invalid", "lista_precio"),
    ("precios-articulo", PRECIO | {"lista_precio": None}, "null", "lista_precio"),
    ("precios-articulo", PRECIO | {"lista_precio": True}, "invalid", "lista_precio"),
    ("precios-articulo", PRECIO | {"articulo": 999}, "does_not_exist", "articulo"),
    ("precios-articulo", PRECIO | {"articulo": 1.5}, "invalid", "articulo"),
    ("precios-articulo", PRECIO | {"articulo": 1}, "unique_together", "articulo"),
    ("precios-articulo", PRECIO | {"articulo": 5}, "invalid", "articulo"),
    ("precios-articulo", PRECIO | {"precio": "5"}, "desconocido", "precio"),
    ("listas-precio", LISTA | {"empresa": AJENA}, "does_not_exist", "empresa"),
    ("listas-precio", LISTA | {"sucursal": AJENA}, "does_not_exist", "sucursal"),
    (
        "listas-precio",
        LISTA | {"fecha_fin_vigencia": "2024-12-31"},
        "invalid",
        "fecha_fin_vigencia",
    ),
    (
        "listas-precio",
        LISTA | {"sucursal": 1, "canal_venta": "ECOMMERCE"},
        "listas_solapadas",
        "fecha_inicio_vigencia",
    ),
    ("listas-precio", LISTA | {"fecha_inicio_vigencia": "x"}, "invalid", "fecha_inicio_vigencia"),
    (
        "listas-precio",
        LISTA | {"fecha_inicio_vigencia": "20250101"},
        "invalid",
        "fecha_inicio_vigencia",
    ),
    ("listas-precio", LISTA | {"fecha_inicio_vigencia": 5}, "invalid", "fecha_inicio_vigencia"),
    ("listas-precio", LISTA | {"fecha_fin_vigencia": ""}, "invalid", "fecha_fin_vigencia"),
    ("listas-precio", LISTA | {"canal_venta": "MARTE"}, "invalid_choice", "canal_venta"),
    ("listas-precio", LISTA | {"canal_venta": None}, "null", "canal_venta"),
    ("listas-precio", LISTA | {"activa": "no"}, "invalid", "activa"),
    ("listas-precio", LISTA | {"activa": 0}, "invalid", "activa"),
    ("listas-precio", LISTA | {"activa": None}, "null", "activa"),
    ("listas-precio", LISTA | {"activo": False}, "desconocido", "activo"),
    ("listas-precio", LISTA | {"vencida_en": None}, "desconocido", "vencida_en"),
    ("listas-precio", LISTA | {"nombre": ""}, "blank", "nombre"),
    ("listas-precio", LISTA | {"nombre": "  "}, "blank", "nombre"),
    ("listas-precio", LISTA | {"nombre": "x" * 121}, "max_length", "nombre"),
    ("listas-precio", LISTA | {"nombre": 5}, "invalid", "nombre"),
    ("listas-precio", LISTA | {"nombre": "a\x00"}, "null_characters_not_allowed", "nombre"),
    ("listas-precio", LISTA | {"nombre": "\ud800"}, "surrogate_characters_not_allowed", "nombre"),
    *[("listas-precio", LISTA | {"nombre": texto}, "invisible", "nombre") for texto in INVISIBLES],
    ("reglas-precio", REGLA | {"valor_regla": "100.01"}, "invalid", "valor_regla"),
    ("reglas-precio", REGLA | {"valor_regla": "1.001"}, "max_decimal_places", "valor_regla"),
    ("reglas-precio", REGLA | {"valor_regla": "10 %"}, "invalid", "valor_regla"),
    ("reglas-precio", REGLA | {"condicion_valor": "-1"}, "min_value", "condicion_valor"),
    ("reglas-precio", REGLA | {"condicion_valor": "1.5"}, "invalid", "condicion_valor"),
    ("reglas-precio", REGLA | {"condicion": "SIEMPRE"}, "invalid_choice", "condicion"),
    ("reglas-precio", REGLA | {"tipo_regla": "porcentaje"}, "invalid_choice", "tipo_regla"),
    ("reglas-precio", REGLA | {"prioridad": 1.5}, "invalid", "prioridad"),
    ("reglas-precio", REGLA | {"prioridad": 10**7}, "max_value", "prioridad"),
    (
        "reglas-precio",
        REGLA | {"aplica_combinacion": AJENA},
        "does_not_exist",
        "aplica_combinacion",
    ),
    (
        "reglas-precio",
        REGLA | {"lista_precio": 2, "aplica_combinacion": 1},
        "invalid",
        "aplica_combinacion",
    ),
    ("reglas-precio", REGLA | {"aplica_articulo": 999}, "does_not_exist", "aplica_articulo"),
    ("reglas-precio", REGLA | {"aplica_grupo": "-1"}, "does_not_exist", "aplica_grupo"),
    ("reglas-precio", REGLA | {"aplica_linea": ""}, "incorrect_type", "aplica_linea"),
    ("reglas-precio", REPETIDA, "regla_repetida", "nombre_regla"),
    ("combinaciones", COMBO | {"articulos": []}, "empty", "articulos"),
    ("combinaciones", COMBO | {"articulos": None}, "null", "articulos"),
    ("combinaciones", COMBO | {"articulos": "1,2"}, "not_a_list", "articulos"),
    ("combinaciones", COMBO | {"articulos": [1, 1]}, "repeated", "articulos"),
    ("combinaciones", COMBO | {"articulos": [1, 999]}, "does_not_exist", "articulos"),
    ("combinaciones", COMBO | {"articulos": [1, "x"]}, "invalid", "articulos"),
    ("combinaciones", COMBO | {"articulos": [1, None]}, "null", "articulos"),
    ("combinaciones", COMBO | {"articulos": [2**63]}, "max_value", "articulos"),
    ("combinaciones", COMBO | {"articulos": list(range(1, 102))}, "too_many", "articulos"),
    ("combinaciones", COMBO | {"lista_precio": AJENA}, "does_not_exist", "lista_precio"),
    ("articulos", ARTICULO | {"codigo": 1}, "unique", "codigo"),
    ("articulos", ARTICULO | {"codigo": 0}, "min_value", "codigo"),
    ("articulos", ARTICULO | {"codigo": 2**31}, "max_value", "codigo"),
    ("articulos", ARTICULO | {"sku": "TEC-LAP-001"}, "unique", "sku"),
    ("articulos", ARTICULO | {"tasa_iva": 7}, "invalid_choice", "tasa_iva"),
    ("articulos", ARTICULO | {"codigo_barras": "123"}, "ean_largo", "codigo_barras"),
    ("articulos", ARTICULO | {"ultimo_costo": "-1"}, "min_value", "ultimo_costo"),
    ("articulos", ARTICULO | {"linea": 999}, "does_not_exist", "linea"),
    ("articulos", ARTICULO | {"busqueda": "x"}, "desconocido", "busqueda"),
    ("empresas", EMPRESA | {"moneda": "ARS"}, "invalid_choice", "moneda"),
    ("empresas", EMPRESA | {"zona_horaria": "Marte/Olympus"}, "invalid", "zona_horaria"),
    ("empresas", EMPRESA | {"pais": "US"}, "invalid_choice", "pais"),
    ("empresas", EMPRESA | {"pais": ""}, "invalid_choice", "pais"),
    ("sucursales", SUCURSAL | {"nombre": "Sucursal Lima"}, "unique_together", "nombre"),
    ("lineas-articulo", {"nombre": "a\u202eb"}, "invisible", "nombre"),
    ("grupos-articulo", {}, "required", "nombre"),
]


def cuenta() -> list[int]:
    modelos = (
        *(Empresa, Sucursal, Articulo, ListaPrecio),
        *(PrecioArticulo, ReglaPrecio, CombinacionProducto),
    )
    return [modelo._default_manager.count() for modelo in modelos]


@pytest.mark.parametrize(
    ("ruta", "cuerpo", "codigo", "campo"), MALAS_FILAS, ids=lambda v: ascii(v)[:50]
)
def test_a_bad_row_is_refused_by_its_field_and_not_written(
    casa: Principal, ruta: str, cuerpo: dict[str, Any], codigo: str, campo: str
) -> None:
    ajenas = {
        "empresa": casa.sucursal_ajena.empresa_id,
        "sucursal": casa.sucursal_ajena.pk,
        "lista_precio": casa.lista_ajena.pk,
        "aplica_combinacion": casa.lista_ajena.combinaciones.get().pk,
    }
    cuerpo = {k: ajenas[k] if v == AJENA and k in ajenas else v for k, v in cuerpo.items()}
    antes = cuenta()
    usuario = casa.admin if ruta in DE_ADMINS else casa.supervisor
    exigir(casa.pedir(f"/api/{ruta}/", cuerpo, usuario=usuario), codigo, campo)
    assert cuenta() == antes


def test_the_good_rows_are_written(casa: Principal) -> None:
    filas: dict[str, dict[str, Any]] = {
        "listas-precio": LISTA,
        "precios-articulo": PRECIO,
        "reglas-precio": REGLA,
        "combinaciones": COMBO,
        "articulos": ARTICULO,
        "empresas": EMPRESA,
        "sucursales": SUCURSAL,
    }
    for ruta, cuerpo in filas.items():
        respuesta = casa.pedir(f"/api/{ruta}/", cuerpo, usuario=casa.admin)
        assert respuesta.status_code == 201, respuesta.content
        assert respuesta.json().items() >= (cuerpo | _como_sale(cuerpo)).items()


def _como_sale(cuerpo: dict[str, Any]) -> dict[str, str]:
    importes = {"precio_base": "5.00", "valor_regla": "10.00"}
    return {campo: valor for campo, valor in importes.items() if campo in cuerpo}


@pytest.mark.parametrize(
    ("ruta", "filtro", "codigo", "campo"),
    [
        ("articulos", "ordering=password", "invalid_choice", "ordering"),
        ("articulos", "ordering=ultimo_costo", "invalid_choice", "ordering"),
        ("articulos", "ordering=linea__nombre", "invalid_choice", "ordering"),
        ("listas-precio", "ordering=-empresa__sucursales", "invalid_choice", "ordering"),
        ("listas-precio", "empresa=abc", "invalid", "empresa"),
        ("listas-precio", f"empresa={2**63}", "max_value", "empresa"),
        ("listas-precio", "empresa=-1", "min_value", "empresa"),
        ("listas-precio", "canal_venta=MARTE", "invalid_choice", "canal_venta"),
        ("listas-precio", "activa=si", "invalid_choice", "activa"),
        ("listas-precio", "vigente_en=ayer", "invalid", "vigente_en"),
        ("articulos", "q=" + "x" * 101, "max_length", "q"),
        ("articulos", "q=%00", "null_characters_not_allowed", "q"),
        ("articulos", "tasa_iva=7", "invalid_choice", "tasa_iva"),
        ("reglas-precio", "tipo_regla=X", "invalid_choice", "tipo_regla"),
        ("articulos", "por_pagina=0", "invalid", "por_pagina"),
        ("articulos", "por_pagina=" + "9" * 40, "invalid", "por_pagina"),
    ],
)
def test_a_bad_filter_is_refused_by_its_name(
    casa: Principal, ruta: str, filtro: str, codigo: str, campo: str
) -> None:
    exigir(casa.pedir(f"/api/{ruta}/?{filtro}"), codigo, campo)


@pytest.mark.parametrize(
    "pagina", ["", "0", "-1", "2", "abc", "1.5", "NaN", "%00", "1" + "0" * 40, "9" * 5_000]
)
def test_a_page_that_is_not_there(casa: Principal, pagina: str) -> None:
    exigir(casa.pedir(f"/api/articulos/?pagina={pagina}"), "not_found", "pagina", estado=404)


@pytest.mark.parametrize(
    "clave", ["0", "-1", "abc", "1.5", "9" * 40, "9" * 5_000, str(2**63), "%00"]
)
@pytest.mark.parametrize("ruta", ["articulos", "listas-precio", "reglas-precio"])
def test_a_key_that_is_no_row(casa: Principal, ruta: str, clave: str) -> None:
    respuesta = casa.pedir(f"/api/{ruta}/{clave}/")
    assert respuesta.status_code == 404
    assert set(json.loads(respuesta.content)) == {"detail", "codigo"}
