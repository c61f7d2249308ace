"""Rows poured without `save()`: no column forgotten, every character kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, models, transaction

from sales.lotes import escritura
from sales.lotes.insercion_masiva import insertar, reservar_ids
from sales.models import Canal, Orders, OrdersDetail, ResultadoPedido
from sales.tests.fabricas import crear_canal


@pytest.mark.parametrize(
    ("modelo", "campos", "fijos"),
    [
        (Orders, escritura.CAMPOS_PEDIDO, escritura.FIJOS_PEDIDO),
        (OrdersDetail, escritura.CAMPOS_LINEA, escritura.FIJOS_LINEA),
        (ResultadoPedido, escritura.CAMPOS_RESULTADO, {}),
    ],
)
def test_a_field_that_is_not_written_may_be_null(
    modelo: type[models.Model], campos: tuple[str, ...], fijos: dict[str, str]
) -> None:
    callados = [
        campo.name
        for campo in modelo._meta.concrete_fields
        if campo.name not in {*campos, *fijos} and not (campo.null or campo.primary_key)
    ]
    assert callados == []


NOMBRES = ["ñandú 😀", "tab\ty\nsalto\r", "\\N", "\\", "'; DROP TABLE x; --", '"', "%s %(x)s", ""]


@pytest.mark.django_db
def test_every_character_arrives() -> None:
    insertar(Canal, ("nombre",), [(nombre,) for nombre in NOMBRES], {"canal_venta": "TIENDA"})
    filas = Canal.objects.order_by("id").values_list("nombre", "canal_venta")
    assert list(filas) == [(nombre, "TIENDA") for nombre in NOMBRES]


@pytest.mark.django_db
def test_reserved_ids_are_free_and_stay_so() -> None:
    canal = crear_canal()
    with transaction.atomic():
        ids = list(reservar_ids(Canal, 3))
        assert min(ids) > canal.pk
        insertar(Canal, ("id", "nombre", "canal_venta"), [(id_, "x", "TODOS") for id_ in ids])
    assert crear_canal().pk > max(ids)
    assert list(Canal.objects.filter(nombre="x").order_by("id").values_list("id", flat=True)) == ids


@pytest.mark.django_db
def test_a_row_that_breaks_a_rule_takes_the_others_with_it() -> None:
    canal = crear_canal()
    with pytest.raises(IntegrityError), transaction.atomic():
        insertar(
            Canal,
            ("id", "nombre", "canal_venta"),
            [(canal.pk + 1, "nuevo", "TODOS"), (canal.pk, "repetido", "TODOS")],
        )
    assert list(Canal.objects.values_list("id", flat=True)) == [canal.pk]
