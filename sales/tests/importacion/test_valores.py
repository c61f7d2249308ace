"""What the cells of an import say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gestion_precios.planillas.celdas import Celda, Ilegible
from sales.importacion import valores

LEIDOS: list[tuple[Callable[[Celda], Any], Celda, Any]] = [
    (valores.tasa_iva, "10", 10),
    (valores.tasa_iva, Decimal(10), 10),
    (valores.tasa_iva, "10 %", 10),
    (valores.tasa_iva, "IVA 5%", 5),
    (valores.tasa_iva, "5,00", 5),
    (valores.tasa_iva, Decimal("0.1"), 10),
    (valores.tasa_iva, Decimal("0.05"), 5),
    (valores.tasa_iva, Decimal(0), 0),
    (valores.tasa_iva, "Exenta", 0),
    (valores.tasa_iva, "Tax Exempt", 0),
    (valores.tasa_iva, "Paraguay Tax 10% - DÑ", 10),
    (valores.tasa_iva, "", None),
    (valores.si_o_no, "Sí", True),
    (valores.si_o_no, "TRUE", True),
    (valores.si_o_no, Decimal(0), False),
    (valores.si_o_no, Ilegible("La celda dice verdadero o falso.", "True"), True),
    (valores.si_o_no, "Inactivo", False),
    (valores.si_o_no, None, None),
    (valores.dia_de_visita, "Miércoles", 3),
    (valores.dia_de_visita, "mie.", 3),
    (valores.dia_de_visita, "SABADO", 6),
    (valores.dia_de_visita, "Monday", 1),
    (valores.dia_de_visita, Decimal(7), 7),
    (valores.fecha, "31/12/2026", date(2026, 12, 31)),
    (valores.fecha, "2026-12-31", date(2026, 12, 31)),
    (valores.fecha, "1.2.2026", date(2026, 2, 1)),
    (valores.fecha, Ilegible("", "2026-01-02 00:00:00"), date(2026, 1, 2)),
    (valores.fecha, "", None),
    (valores.unidades, "1.200", 1_200),
    (valores.unidades, Decimal(12), 12),
    (valores.unidades, None, None),
    (valores.texto, "  Des\u200bpensa\t Ñandutí ", "Despensa Ñandutí"),
    (valores.texto, Decimal(80009735), "80009735"),
    (valores.texto, "'=1+1", "=1+1"),
    (valores.texto, "   ", None),
]
REHUSADOS: list[tuple[Callable[[Celda], Any], Celda, str]] = [
    (valores.tasa_iva, "7", "El IVA es 10, 5 o 0 (exenta)."),
    (valores.tasa_iva, "10 y 5", "El IVA es 10, 5 o 0 (exenta)."),
    (valores.tasa_iva, "105", "El IVA es 10, 5 o 0 (exenta)."),
    (valores.si_o_no, "quizás", "Escribir «sí» o «no»."),
    (valores.dia_de_visita, "m", "Escribir el día: lunes, martes…"),
    (valores.dia_de_visita, "8", "Escribir el día: lunes, martes…"),
    (valores.fecha, "31/02/2026", "Escribir la fecha como 31/12/2026."),
    (valores.fecha, "12/31/2026", "Escribir la fecha como 31/12/2026."),
    (valores.fecha, Decimal(46_000), "Escribir la fecha como 31/12/2026."),
    (valores.unidades, "0", "Es un número de 1 a 100.000."),
    (valores.unidades, "100.001", "Es un número de 1 a 100.000."),
]


@pytest.mark.parametrize(("lector", "celda", "valor"), LEIDOS)
def test_a_cell_is_read(lector: Callable[[Celda], Any], celda: Celda, valor: Any) -> None:
    assert lector(celda) == valor


@pytest.mark.parametrize(("lector", "celda", "frase"), REHUSADOS)
def test_a_cell_is_refused_with_what_to_do(
    lector: Callable[[Celda], Any], celda: Celda, frase: str
) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the sentence is looked at below
        lector(celda)
    assert str(error.value) == frase
