"""Prices and taxes of an order: the three policies, and what is corrected or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sales.payload import PedidoRechazado, leer_pedido
from sales.precios.valoracion import Articulo, PedidoValorado, PrecioSistema, valorar

PRECIOS = {
    10: PrecioSistema(12_500, 4, "lista:4:1"),
    5: PrecioSistema(27_350, 4, "lista:4:1"),
    1: PrecioSistema(1_000, None, "precio:9"),
    9: PrecioSistema(900, None, "precio:8"),
}
ARTICULOS = {
    **{n: Articulo(f"«{n}»", tasa, activo=True) for n, tasa in ((10, 10), (5, 5), (1, 0))},
    8: Articulo("«8 Fideos»", 10, activo=True),
    9: Articulo("«9 Galletas»", 10, activo=False),
}


def linea(
    articulo: int = 10, cantidad: int = 1, precio: Any = 12_500, **mas: Any
) -> dict[str, Any]:
    return {"articulo_id": articulo, "cantidad": cantidad, "precio_unitario": precio} | mas


def vender(
    *lineas: dict[str, Any], politica: str = "revisar", moneda: str = "PYG"
) -> PedidoValorado:
    decimales = {"PYG": 0, "PEN": 2}[moneda]
    pedido = leer_pedido("17", list(lineas), decimales=decimales, hoy=date(2026, 11, 21))
    return valorar(pedido, precios=PRECIOS, articulos=ARTICULOS, politica=politica, moneda=moneda)


def rechazo(*lineas: dict[str, Any], politica: str = "revisar") -> tuple[Any, ...]:
    with pytest.raises(PedidoRechazado) as refusal:
        vender(*lineas, politica=politica)
    error = refusal.value
    return error.codigo, error.linea, error.campo, error.detalle


def test_every_line_carries_its_price_its_taxes_and_where_the_price_is_from() -> None:
    vendido = vender(linea(10), linea(5, precio=27_350), linea(1, 3, precio=1_000))
    assert vendido.filas == [
        (10, 1, 1, 12_500, 11_364, 1_136, 0, 0, 0, 12_500, 4, "lista:4:1"),
        (5, 1, 1, 27_350, 0, 0, 26_048, 1_302, 0, 27_350, 4, "lista:4:1"),
        (1, 3, 3, 1_000, 0, 0, 0, 0, 3_000, 1_000, None, "precio:9"),
    ]
    assert (vendido.avisos, vendido.en_revision) == ([], False)


@pytest.mark.parametrize(
    ("articulo", "detalle", "codigo"),
    [
        (7, "el artículo no existe: quitar la línea.", "articulo_desconocido"),
        (9, "«9 Galletas» ya no se vende: quitar la línea.", "articulo_inactivo"),
        (
            8,
            (
                "«8 Fideos» no tiene precio para este cliente:"
                " pedir que se lo carguen, o quitar la línea."
            ),
            "sin_precio",
        ),
    ],
)
def test_what_cannot_be_sold_says_why(articulo: int, detalle: str, codigo: str) -> None:
    assert rechazo(linea(), linea(articulo)) == (codigo, 2, "articulo_id", detalle)


def test_an_agreed_price_is_kept_beside_the_systems_and_marked() -> None:
    vendido = vender(linea(), linea(precio=12_000))
    assert vendido.filas[1] == (
        *(10, 1, 1, 12_000, 10_909, 1_091, 0, 0, 0, 12_500, 4, "lista:4:1"),
    )
    assert vendido.en_revision is True
    assert vendido.avisos == [
        {
            "codigo": "precio_en_revision",
            "linea": 2,
            "campo": "precio_unitario",
            "motivo": "Se guardó Gs. 12.000; el precio del sistema es Gs. 12.500."
            " Queda en revisión.",
        }
    ]


def test_the_policy_corregir_saves_the_systems_price_and_says_so() -> None:
    vendido = vender(linea(precio=1), politica="corregir")
    assert vendido.filas == vender(linea()).filas
    assert vendido.en_revision is False
    assert vendido.avisos == [
        {
            "codigo": "precio_corregido",
            "linea": 1,
            "campo": "precio_unitario",
            "motivo": "Se envió Gs. 1 y se guardó Gs. 12.500, el precio del sistema.",
        }
    ]


def test_the_policy_rechazar_names_both_prices() -> None:
    assert rechazo(linea(), linea(precio=12_501), politica="rechazar") == (
        "precio_distinto",
        2,
        "precio_unitario",
        "el precio es Gs. 12.500 y se envió Gs. 12.501: actualizar el precio de la línea.",
    )


@pytest.mark.parametrize("politica", ["revisar", "corregir", "rechazar"])
@pytest.mark.parametrize("precio", [12_500, "12500", "12500.00"])
def test_the_systems_own_price_is_fine_with_every_policy(politica: str, precio: Any) -> None:
    vendido = vender(linea(precio=precio), politica=politica)
    assert (vendido.avisos, vendido.en_revision) == ([], False)


@pytest.mark.parametrize(
    ("dicho", "campo", "guardado"),
    [
        ({"iva_10": 1_137}, "iva_10", "1.136"),
        ({"gravada_10": 11_363, "iva_10": 1_137}, "gravada_10", "11.364"),
        ({"gravada_10": 11_364, "iva_10": 1_136, "exenta": 1}, "exenta", "0"),
        ({"iva_10": "1136.36"}, "iva_10", "1.136"),
        ({"iva_10": -1_136}, "iva_10", "1.136"),
        ({"iva_10": 10**40}, "iva_10", "1.136"),
    ],
)
def test_taxes_that_disagree_are_corrected_with_one_notice_a_line(
    dicho: dict[str, Any], campo: str, guardado: str
) -> None:
    vendido = vender(linea(**dicho))
    assert vendido.filas == vender(linea()).filas
    assert vendido.avisos == [
        {
            "codigo": "impuesto_corregido",
            "linea": 1,
            "campo": campo,
            "motivo": f"El importe enviado no corresponde: se guardó Gs. {guardado}.",
        }
    ]


@pytest.mark.parametrize(
    "dicho",
    [
        {"gravada_10": 11_364, "iva_10": 1_136, "gravada_5": 0, "iva_5": 0, "exenta": 0},
        {"gravada_10": "11364", "iva_10": "1136.00"},
        {"iva_10": 1_136, "exenta": None},
    ],
)
def test_taxes_that_agree_are_not_worth_a_word(dicho: dict[str, Any]) -> None:
    assert vender(linea(**dicho)).avisos == []


def test_a_line_beyond_thirteen_digits_is_refused() -> None:
    justa = linea(cantidad=999_999, precio=10_000_010)
    assert vender(justa).filas[0][3] == 10_000_010
    codigo, numero, campo, _ = rechazo(linea(), linea(cantidad=1_000_000, precio=10_000_000))
    assert (codigo, numero, campo) == ("importe_excesivo", 2, "cantidad")


def test_a_currency_with_decimals_is_counted_in_its_cents() -> None:
    vendido = vender(linea(10, 2, "125"), linea(10, 1, "124.99"), moneda="PEN")
    assert [fila[3:6] for fila in vendido.filas] == [
        (12_500, 22_727, 2_273),
        (12_499, 11_363, 1_136),
    ]
    assert vendido.avisos[0]["motivo"] == (
        "Se guardó S/ 124,99; el precio del sistema es S/ 125,00. Queda en revisión."
    )
