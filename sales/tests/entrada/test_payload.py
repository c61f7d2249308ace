"""What a lote may contain: every refusal by its code, its line and its field."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entrada.presupuesto_json import piezas
from sales.lotes.fallos import LINEAS_DE_UN_LOTE, PIEZAS_DE_UNA_LINEA, texto_del_fallo
from sales.payload import (
    LoteInvalido,
    PedidoLeido,
    PedidoRechazado,
    huella_de,
    leer_pedido,
    leer_pedidos,
)
from sales.payload.montos import MontoInvalido, en_minimos

HOY = date(2026, 11, 21)
LINEA = {"articulo_id": 7, "cantidad": 3, "precio_unitario": 12500}
IVA = {"gravada_10": 34091, "iva_10": 3409, "gravada_5": 0, "iva_5": 0, "exenta": 0}


def leer(valor: Any, *, clave: str = "17", decimales: int = 0) -> PedidoLeido:
    return leer_pedido(clave, valor, decimales=decimales, hoy=HOY)


def rechazo(valor: Any, **opciones: Any) -> PedidoRechazado:
    with pytest.raises(PedidoRechazado) as refusal:
        leer(valor, **opciones)
    return refusal.value


# --- The whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("", "json_invalido"),
        ("hola", "json_invalido"),
        ('{"1": [', "json_invalido"),
        ('{"1": []} {"2": []}', "json_invalido"),
        ('\ufeff{"1": []}', "json_invalido"),
        ("{'1': []}", "json_invalido"),
        ('{"1": [{"cantidad": 01}]}', "json_invalido"),
        ('{"1": ["\n"]}', "json_invalido"),
        ('{"1": [{"cantidad": NaN}]}', "json_no_finito"),
        ('{"1": [{"cantidad": Infinity}]}', "json_no_finito"),
        ('{"1": [{"cantidad": -Infinity}]}', "json_no_finito"),
        ('{"1": [], "1": []}', "json_clave_repetida"),
        ('{"1": [{"cantidad": 1, "cantidad": 2}]}', "json_clave_repetida"),
        ('{"1": {"detalles": [], "detalles": []}}', "json_clave_repetida"),
        ('{"1": {"observacion": "a:b", "observacion": "c"}}', "json_clave_repetida"),
        ('{"1": [{"x": {"a": 1, "a": 2}}]}', "json_clave_repetida"),
        ('{"1": [], "1": ["a"]}', "json_clave_repetida"),
        ('{"1": [{"a": 1}], "1": [[2]]}', "json_clave_repetida"),
        ('{"1": [' + "9" * 101 + "]}", "json_numero_enorme"),
        ('{"1": [1.' + "9" * 99 + "]}", "json_numero_enorme"),
        ('{"1": {"iva_10": -0.' + "0" * 98 + "}}", "json_numero_enorme"),
        ('{"1": [1e99999999999999999999]}', "json_numero_enorme"),
        ("[" * 100_000, "json_profundo"),
        ('{"a":' * 100_000, "json_profundo"),
        ('{"1": ' + "[" * 100_000 + "]" * 100_000 + "}", "json_profundo"),
        ("[]", "json_no_es_objeto"),
        ("null", "json_no_es_objeto"),
        ("3", "json_no_es_objeto"),
        ('"hola"', "json_no_es_objeto"),
        ("{}", "sin_pedidos"),
    ],
)
def test_faults_of_the_whole(texto: str, codigo: str) -> None:
    with pytest.raises(LoteInvalido) as fault:
        leer_pedidos(texto)
    assert fault.value.codigo == codigo


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        pytest.param('{"1": [' + "[]," * 250_000 + "[]]}", "json_demasiadas_piezas", id="lists"),
        pytest.param(
            '{"1": [' + '{"a":1},' * 250_000 + "1]}", "json_demasiadas_piezas", id="dicts"
        ),
        pytest.param('{"1": {' + '"a":1,' * 500_000 + "}}", "json_demasiadas_piezas", id="keys"),
        pytest.param("[],[]," * 250_000, "json_demasiadas_piezas", id="no object"),
        pytest.param('"🚚' + "a" * (17 << 20) + '"', "json_extenso", id="one emoji"),
    ],
)
def test_what_would_cost_a_worker_its_memory_is_not_even_parsed(
    texto: str, codigo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sales.payload.sobre.json.loads", lambda *_a, **_k: pytest.fail("parsed"))
    with pytest.raises(LoteInvalido) as fault:
        leer_pedidos(texto)
    assert fault.value.codigo == codigo
    assert texto_del_fallo(codigo) != texto_del_fallo("no such code")


def test_the_largest_honest_lote_is_read() -> None:
    """125,000 lines, and a remark full of what looks like more."""
    pedidos: dict[str, Any] = {str(n): [LINEA] * 20 for n in range(1, 6_100)}
    pedidos["9999"] = {"observacion": "[,{" * 100, "detalles": [LINEA]}
    assert leer_pedidos(json.dumps(pedidos)) == pedidos


def test_the_sentence_says_how_many_lines_of_the_desk_fit() -> None:
    """Article, quantity, price, and the two figures of its tax."""
    linea = LINEA | {"gravada_10": 1, "iva_10": 1}
    assert piezas(json.dumps([linea] * 1_000)) == 1_000 * PIEZAS_DE_UNA_LINEA
    lote = {str(n): [linea] * 1_000 for n in range(1, LINEAS_DE_UN_LOTE // 1_000 + 1)}
    assert leer_pedidos(json.dumps(lote)) == lote
    with pytest.raises(LoteInvalido) as fault:
        leer_pedidos(json.dumps(lote | {"999": [linea] * 1_000}))
    assert "(unas 83.000 líneas)" in texto_del_fallo(fault.value.codigo)


def test_twenty_thousand_orders_fit_and_one_more_does_not() -> None:
    pedidos: dict[str, list[int]] = {str(n): [] for n in range(20_001)}
    with pytest.raises(LoteInvalido) as fault:
        leer_pedidos(json.dumps(pedidos))
    assert fault.value.codigo == "demasiados_pedidos"
    del pedidos["0"]
    assert leer_pedidos(json.dumps(pedidos)) == pedidos


def test_texts_with_colons_are_read_like_any_other() -> None:
    pedidos = {"1": {"observacion": "a las 10:30", "detalles": [LINEA]}, "2": [LINEA | IVA]}
    assert leer_pedidos(json.dumps(pedidos)) == pedidos


def test_numbers_with_decimals_are_never_floats() -> None:
    (linea,) = leer_pedidos('{"1": [{"precio_unitario": 0.1}]}')["1"]
    assert linea["precio_unitario"] == Decimal("0.1")
    assert isinstance(linea["precio_unitario"], Decimal)


# --- An order ------------------------------------------------------------------------------------


def test_the_short_form_is_a_list_of_lines() -> None:
    assert leer([LINEA, LINEA | IVA]) == PedidoLeido(
        17, "PEDIDO", HOY, "", [(7, 3, 12500, None), (7, 3, 12500, (34091, 3409, 0, 0, 0))], []
    )


def test_the_long_form_has_a_header() -> None:
    valor = {
        "doc_tipo": "NOTA",
        "doc_fecha": "2026-11-20",
        "observacion": "  Ñandutí 😀 «5:30»\ntimbre roto ",
        "detalles": [LINEA],
    }
    assert leer(valor) == PedidoLeido(
        17,
        "NOTA",
        date(2026, 11, 20),
        "Ñandutí 😀 «5:30»\ntimbre roto",
        [(7, 3, 12500, None)],
        [],
    )


def test_empty_header_fields_are_as_good_as_none() -> None:
    valor = {"doc_tipo": None, "doc_fecha": None, "observacion": None, "detalles": [LINEA]}
    assert leer(valor) == leer([LINEA])
    assert leer(valor | {"doc_tipo": " "}).doc_tipo == "PEDIDO"


@pytest.mark.parametrize(
    "clave",
    ["", "0", "-1", "+7", "07", " 7", "7 ", "7.0", "1e3", "٧", "７", "__proto__", "constructor",
     "\x00", "\ud800", "9223372036854775808", "9" * 5_000, "null", "7\n"],
)  # fmt: skip
def test_a_key_that_names_no_client(clave: str) -> None:
    error = rechazo([LINEA], clave=clave)
    assert (error.codigo, error.linea, error.campo) == ("cliente_desconocido", None, "cliente_id")


@pytest.mark.parametrize(
    ("valor", "codigo", "campo"),
    [
        (None, "tipo_incorrecto", ""),
        (3, "tipo_incorrecto", ""),
        ("texto", "tipo_incorrecto", ""),
        (True, "tipo_incorrecto", ""),
        ([], "sin_lineas", ""),
        ({}, "sin_lineas", ""),
        ({"detalles": []}, "sin_lineas", ""),
        ({"detalles": None}, "tipo_incorrecto", "detalles"),
        ({"detalles": {"0": LINEA}}, "tipo_incorrecto", "detalles"),
        ([LINEA] * 1_001, "demasiadas_lineas", ""),
        ({"doc_tipo": 1, "detalles": [LINEA]}, "tipo_incorrecto", "doc_tipo"),
        ({"doc_tipo": "x" * 81, "detalles": [LINEA]}, "texto_largo", "doc_tipo"),
        ({"doc_tipo": "a\x00", "detalles": [LINEA]}, "texto_invalido", "doc_tipo"),
        ({"observacion": ["x"], "detalles": [LINEA]}, "tipo_incorrecto", "observacion"),
        ({"observacion": "ñ" * 501, "detalles": [LINEA]}, "texto_largo", "observacion"),
        ({"observacion": "a\x00b", "detalles": [LINEA]}, "texto_invalido", "observacion"),
        ({"observacion": "\ud83d", "detalles": [LINEA]}, "texto_invalido", "observacion"),
        ({"doc_fecha": 20261121, "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "20261121", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "2026-W47-6", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "21/11/2026", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "2026-11-21T10:00", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "2026-02-30", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "0000-01-01", "detalles": [LINEA]}, "fecha_invalida", "doc_fecha"),
        ({"doc_fecha": "2026-11-23", "detalles": [LINEA]}, "fecha_futura", "doc_fecha"),
        ({"doc_fecha": "9999-12-31", "detalles": [LINEA]}, "fecha_futura", "doc_fecha"),
        ({"doc_fecha": "2025-11-19", "detalles": [LINEA]}, "fecha_antigua", "doc_fecha"),
        ({"doc_fecha": "0001-01-01", "detalles": [LINEA]}, "fecha_antigua", "doc_fecha"),
        ({"status": "1", "detalles": [LINEA]}, "campo_del_servidor", "status"),
        ({"pedido_numero": 1, "detalles": [LINEA]}, "campo_del_servidor", "pedido_numero"),
        ({"anulado_040": True, "detalles": [LINEA]}, "campo_del_servidor", "anulado_040"),
        ({"usuario": 1, "detalles": [LINEA]}, "campo_del_servidor", "usuario"),
        ({"impreso_en": None, "detalles": [LINEA]}, "campo_del_servidor", "impreso_en"),
        ({"impreso_por": 1, "detalles": [LINEA]}, "campo_del_servidor", "impreso_por"),
    ],
)  # fmt: skip
def test_faults_of_an_order(valor: Any, codigo: str, campo: str) -> None:
    error = rechazo(valor)
    assert (error.codigo, error.linea, error.campo) == (codigo, None, campo)


@pytest.mark.parametrize("fecha", ["2026-11-22", "2026-11-21", "2025-11-20"])
def test_dates_up_to_a_year_old_and_a_clock_ahead_are_taken(fecha: str) -> None:
    assert leer({"doc_fecha": fecha, "detalles": [LINEA]}).doc_fecha == date.fromisoformat(fecha)


def test_a_thousand_lines_are_taken() -> None:
    assert len(leer([LINEA] * 1_000).lineas) == 1_000


# --- A line --------------------------------------------------------------------------------------

CANTIDAD = "cantidad_fuera_de_rango"
TIPO = "tipo_incorrecto"
FALTA = "falta_campo"


@pytest.mark.parametrize(
    ("cambio", "codigo", "campo"),
    [
        ({"cantidad": 0}, CANTIDAD, "cantidad"),
        ({"cantidad": -1}, CANTIDAD, "cantidad"),
        ({"cantidad": 1_000_001}, CANTIDAD, "cantidad"),
        ({"cantidad": 10**9}, CANTIDAD, "cantidad"),
        ({"cantidad": 10**400}, CANTIDAD, "cantidad"),
        ({"cantidad": Decimal("1.5")}, TIPO, "cantidad"),
        ({"cantidad": Decimal("1.0")}, TIPO, "cantidad"),
        ({"cantidad": "3"}, TIPO, "cantidad"),
        ({"cantidad": True}, TIPO, "cantidad"),
        ({"cantidad": [3]}, TIPO, "cantidad"),
        ({"cantidad": None}, FALTA, "cantidad"),
        ({"articulo_id": None}, FALTA, "articulo_id"),
        ({"articulo_id": "7"}, TIPO, "articulo_id"),
        ({"articulo_id": False}, TIPO, "articulo_id"),
        ({"articulo_id": Decimal("7.0")}, TIPO, "articulo_id"),
        ({"articulo_id": 0}, "articulo_desconocido", "articulo_id"),
        ({"articulo_id": -7}, "articulo_desconocido", "articulo_id"),
        ({"articulo_id": 2**63}, "articulo_desconocido", "articulo_id"),
        ({"precio_unitario": None}, FALTA, "precio_unitario"),
        ({"precio_unitario": -1}, "precio_negativo", "precio_unitario"),
        ({"precio_unitario": "-1"}, "precio_negativo", "precio_unitario"),
        ({"precio_unitario": Decimal("1e30")}, "importe_excesivo", "precio_unitario"),
        ({"precio_unitario": Decimal("1e400")}, "importe_excesivo", "precio_unitario"),
        ({"precio_unitario": Decimal("1e999999999")}, "importe_excesivo", "precio_unitario"),
        ({"precio_unitario": 10**10}, "importe_excesivo", "precio_unitario"),
        ({"precio_unitario": 10**400}, "importe_excesivo", "precio_unitario"),
        ({"precio_unitario": Decimal("10.5")}, "precio_con_decimales", "precio_unitario"),
        ({"precio_unitario": "10.5"}, "precio_con_decimales", "precio_unitario"),
        ({"precio_unitario": Decimal("1e-400")}, "precio_con_decimales", "precio_unitario"),
        ({"precio_unitario": "10,5"}, TIPO, "precio_unitario"),
        ({"precio_unitario": "1.000.000"}, TIPO, "precio_unitario"),
        ({"precio_unitario": ""}, TIPO, "precio_unitario"),
        ({"precio_unitario": " 10"}, TIPO, "precio_unitario"),
        ({"precio_unitario": "10\n"}, TIPO, "precio_unitario"),
        ({"precio_unitario": "NaN"}, TIPO, "precio_unitario"),
        ({"precio_unitario": "1e3"}, TIPO, "precio_unitario"),
        ({"precio_unitario": "１０"}, TIPO, "precio_unitario"),
        ({"precio_unitario": True}, TIPO, "precio_unitario"),
        ({"precio_unitario": {}}, TIPO, "precio_unitario"),
        ({"iva_10": "mucho"}, TIPO, "iva_10"),
        ({"exenta": True}, TIPO, "exenta"),
        ({"gravada_5": []}, TIPO, "gravada_5"),
        ({"precio_sistema": 1}, "campo_del_servidor", "precio_sistema"),
        ({"cantidad_original": 1}, "campo_del_servidor", "cantidad_original"),
        ({"anulado_040_motivo": "x"}, "campo_del_servidor", "anulado_040_motivo"),
        ({"lista_precio": 1}, "campo_del_servidor", "lista_precio"),
        ({"id": 1}, "campo_del_servidor", "id"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("base", [LINEA, LINEA | IVA], ids=["short", "with taxes"])
def test_faults_of_a_line_name_it_and_its_field(
    base: dict[str, Any], cambio: dict[str, Any], codigo: str, campo: str
) -> None:
    error = rechazo([base, base | cambio, base])
    assert (error.codigo, error.linea, error.campo) == (codigo, 2, campo)


@pytest.mark.parametrize("linea", [None, 3, "x", [], [7, 3, 12500], True])
def test_a_line_that_is_no_object(linea: Any) -> None:
    for lineas in ([LINEA, linea], [LINEA, linea, LINEA]):
        error = rechazo(lineas)
        assert (error.codigo, error.linea, error.campo) == (TIPO, 2, "")


@pytest.mark.parametrize("campo", ["articulo_id", "cantidad", "precio_unitario"])
def test_a_line_without_a_field(campo: str) -> None:
    linea = {nombre: valor for nombre, valor in LINEA.items() if nombre != campo}
    error = rechazo([linea])
    assert (error.codigo, error.linea, error.campo) == (FALTA, 1, campo)


def test_unknown_fields_are_named_and_not_saved() -> None:
    pedido = leer({"detalles": [LINEA | {"nota\ud800": "x"}], "apuro": True})
    assert pedido.lineas == [(7, 3, 12500, None)]
    assert [(aviso["codigo"], aviso["linea"], aviso["campo"]) for aviso in pedido.avisos] == [
        ("campo_ignorado", None, "apuro"),
        ("campo_ignorado", 1, "nota�"),
    ]


def test_of_very_many_unknown_fields_the_first_are_named() -> None:
    """A notice takes fifty times the name it tells."""
    pedido = leer({"detalles": [LINEA | {f"x{n:06}": 1 for n in range(9_000)}] * 2, "apuro": 1})
    assert len(pedido.avisos) == 50
    assert pedido.avisos[0]["campo"] == "apuro"
    assert [aviso["campo"] for aviso in pedido.avisos[1:]] == [f"x{n:06}" for n in range(49)]
    assert rechazo([LINEA | {f"x{n}": 1 for n in range(90)} | {"precio_sistema": 1}]).campo == (
        "precio_sistema"
    )


def test_an_article_may_come_in_two_lines() -> None:
    assert leer([LINEA, LINEA]).lineas == [(7, 3, 12500, None)] * 2


def test_the_reason_says_where_what_and_what_to_do() -> None:
    error = rechazo([LINEA, LINEA | {"cantidad": 0}])
    assert error.motivo("17") == (
        "Cliente 17, línea 2, cantidad: tiene que ser de 1 a 1.000.000:"
        " corregir la cantidad o quitar la línea."
    )
    assert rechazo([], clave="17").motivo("17") == (
        "Cliente 17: el pedido no tiene líneas: cargar al menos un artículo."
    )


def test_a_reason_never_outgrows_its_column_nor_carries_what_cannot_be_stored() -> None:
    motivo = PedidoRechazado("x", "a" * 900, linea=1, campo="\ud800" * 90).motivo("\x00" * 900)
    assert len(motivo) == 500
    assert motivo.startswith("Cliente " + "�" * 40 + ", línea 1, " + "�" * 60 + ": a")


# --- Money ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valor", "decimales", "minimos"),
    [
        (0, 0, 0),
        (12500, 0, 12500),
        (Decimal("12500.00"), 0, 12500),
        (Decimal("1.25e4"), 0, 12500),
        ("12500", 0, 12500),
        ("12500.000", 0, 12500),
        ("0.0", 0, 0),
        (Decimal("-0.0"), 0, 0),
        (Decimal("0e999999999"), 2, 0),
        (12, 2, 1200),
        (Decimal("12.5"), 2, 1250),
        ("12.50", 2, 1250),
        ("0.05", 2, 5),
        (Decimal("9999999999.99"), 2, 999999999999),
        (Decimal("-3.10"), 2, -310),
    ],
)
def test_money_becomes_whole_minor_units(valor: Any, decimales: int, minimos: int) -> None:
    assert en_minimos(valor, decimales) == minimos


def test_a_price_of_ten_thousand_digits_is_answered_without_computing_it() -> None:
    with pytest.raises(MontoInvalido, match="magnitud"):
        en_minimos(Decimal("9" * 10_000), 0)
    with pytest.raises(MontoInvalido, match="decimales"):
        en_minimos(Decimal("0." + "0" * 10_000 + "1"), 2)


@given(minimos=st.integers(0, 10**12 - 1), decimales=st.sampled_from([0, 2]))
def test_every_form_of_an_amount_is_the_same_amount(minimos: int, decimales: int) -> None:
    exacto = Decimal(minimos).scaleb(-decimales)
    for valor in (exacto, f"{exacto:f}", exacto.normalize(), exacto * Decimal("1.0000")):
        assert en_minimos(valor, decimales) == minimos


@given(
    lineas=st.lists(
        st.fixed_dictionaries(
            {
                "articulo_id": st.integers(1, 2**63 - 1),
                "cantidad": st.integers(1, 1_000_000),
                "precio_unitario": st.integers(0, 10**10 - 1),
            },
            optional={"iva_10": st.integers(-5, 10**13)},
        ),
        min_size=1,
        max_size=5,
    ),
    decimales=st.sampled_from([0, 2]),
)
def test_reading_by_columns_is_reading_line_by_line(
    lineas: list[dict[str, int]], decimales: int
) -> None:
    enteras = leer(lineas, decimales=decimales)
    # A decimal sends the whole order down the careful path.
    con_coma = [
        linea | {"precio_unitario": Decimal(linea["precio_unitario"]).scaleb(0) * Decimal("1.00")}
        for linea in lineas
    ]
    assert leer(con_coma, decimales=decimales) == enteras
    assert [linea[:3] for linea in enteras.lineas] == [
        (linea["articulo_id"], linea["cantidad"], linea["precio_unitario"] * 10**decimales)
        for linea in lineas
    ]
    assert huella_de("17", enteras, decimales) == huella_de("17", leer(lineas), 0)
