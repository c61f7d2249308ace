"""One table of limits: Python and the browser read the same text."""

import pytest

from core.limites_pedido import LIMITES, TABLA, LimitesIlegibles, leer_tabla


def test_the_table_as_it_is() -> None:
    assert leer_tabla(TABLA.read_text(encoding="utf-8")) == LIMITES
    assert LIMITES == {
        "cantidad_minima": 1,
        "cantidad_maxima": 1_000_000,
        "precio_enteros": 10,
        "total_linea_cifras": 13,
        "lineas_por_pedido": 1_000,
        "pedidos_por_lote": 20_000,
        "piezas_por_lote": 500_000,
        "observacion_caracteres": 500,
        "doc_tipo_caracteres": 80,
        "dias_atras": 366,
        "dias_adelante": 1,
        "espera_segundos": 20,
        "linea_octetos_por_segundo": 2_000,
    }


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "export const LIMITES = {};",
        'export const LIMITES = {\n  "a": 1,\n};',
        'export const LIMITES = {\n  "a": "1"\n};',
        'export const LIMITES = {\n  "a": true\n};',
        'export const LIMITES = {\n  "a": 0\n};',
        "export const LIMITES = {\n  a: 1\n};",
        'const LIMITES = {\n  "a": 1\n};',
    ],
)
def test_a_table_that_both_languages_would_not_read_alike_stops_the_boot(texto: str) -> None:
    with pytest.raises(LimitesIlegibles):
        leer_tabla(texto)
