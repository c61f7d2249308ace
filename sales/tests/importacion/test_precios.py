"""Files of channel prices: of which article, channel and day each row is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sales.importacion.campos import Tipo
from sales.models import Precios
from sales.tests.fabricas import crear_articulo, crear_canal
from sales.tests.importacion.bancos import confirmada, csv, fallas, revisada
from sales.tests.mesa import Mesa


def _todos() -> list[tuple[int, str, date, Decimal]]:
    filas = Precios.objects.order_by("articuloobj__codigo", "canalobj__nombre", "fecha_vigencia")
    return [
        (p.articuloobj.codigo, p.canalobj.nombre, p.fecha_vigencia, p.precio)
        for p in filas.select_related("articuloobj", "canalobj")
    ]


def test_prices_are_added_changed_and_left(mesa: Mesa) -> None:
    crear_articulo(codigo=7, sku="A-7")
    crear_articulo(codigo=8, sku="B-8")
    crear_canal("Mayoristas")
    uno = csv(
        "Código;Canal;Precio;Vigente desde",
        "7;Despensas;10.000;01/01/2026",
        "8;mayoristas;Gs. 900;2026-01-01",
    )
    assert confirmada(revisada(mesa.admin, Tipo.PRECIOS, uno)).estado == "HECHA"
    dos = csv(
        "Item Code;Price List;Rate;Valid From",
        "A-7;Despensas;10500;2026-01-01",
        "B-8;Mayoristas;900;2026-01-01",
        "B-8;Mayoristas;950;2026-06-01",
    )
    importacion = confirmada(revisada(mesa.admin, Tipo.PRECIOS, dos))
    assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 1, "nueva": 1, "igual": 1}
    assert _todos() == [
        (7, "Despensas", date(2026, 1, 1), Decimal(10_500)),
        (8, "Mayoristas", date(2026, 1, 1), Decimal(900)),
        (8, "Mayoristas", date(2026, 6, 1), Decimal(950)),
    ]


def test_channel_and_day_may_be_chosen_for_all(mesa: Mesa) -> None:
    crear_articulo(codigo=7)
    importacion = confirmada(
        revisada(
            mesa.admin,
            Tipo.PRECIOS,
            csv("Código;Precio", "7;10.000"),
            canal=mesa.canal.pk,
            fecha="2026-03-01",
        )
    )
    assert importacion.estado == "HECHA"
    assert _todos() == [(7, "Despensas", date(2026, 3, 1), Decimal(10_000))]


def test_amounts_are_read_in_the_currency_that_was_chosen(mesa: Mesa) -> None:
    crear_articulo(codigo=7)
    contenido = csv("Código;Precio", "7;12,50")
    en_guaranies = revisada(mesa.admin, Tipo.PRECIOS, contenido, canal=mesa.canal.pk)
    assert [f[1] for f in fallas(en_guaranies)] == ["Precio, IVA incluido"]
    en_soles = confirmada(
        revisada(mesa.admin, Tipo.PRECIOS, contenido, canal=mesa.canal.pk, moneda="PEN")
    )
    assert en_soles.estado == "HECHA"
    assert [fila[3] for fila in _todos()] == [Decimal("12.50")]


def test_wrong_rows_say_which_cell_and_what_to_do(mesa: Mesa) -> None:
    crear_articulo(codigo=7)
    contenido = csv(
        "Código;Canal;Precio;Desde",
        "7;Despensas;1.000;01/01/2026",
        "7;Despensas;2.000;1/1/2026",
        "9999;Despensas;1.000;01/01/2026",
        "7;Kioscos;1.000;01/01/2026",
        "7;Despensas;0;02/01/2026",
        "7;Despensas;;03/01/2026",
        "7;Despensas;-5;04/01/2026",
        "7;Despensas;1.000;31/02/2026",
        ";Despensas;1.000;01/01/2026",
    )
    importacion = revisada(mesa.admin, Tipo.PRECIOS, contenido)
    assert fallas(importacion) == [
        (3, "Código (número)", "7", "Ya está en la fila 2."),
        (4, "Código (número)", "9999", "No hay un artículo con ese código."),
        (5, "Canal", "Kioscos", "El canal es uno de estos: Despensas."),
        (6, "Precio, IVA incluido", "0", "El precio tiene que ser mayor que cero."),
        (7, "Precio, IVA incluido", "", "Falta el precio."),
        (8, "Precio, IVA incluido", "-5", "El precio tiene que ser mayor que cero."),
        (9, "Vigente desde", "31/02/2026", "Escribir la fecha como 31/12/2026."),
        (10, "Código (número)", "", "Falta el código: no se sabe qué artículo es."),
    ]
