"""One writer at a time; many at once are in test_carreras.py."""

import pytest
from django.db import transaction

from sales.models import Contador
from sales.models.numeracion import PEDIDOS, reservar_numeros, siguiente_numero
from sales.tests.fabricas import crear_cliente, crear_pedido

pytestmark = pytest.mark.django_db


def test_the_first_number_is_one_and_the_next_follow() -> None:
    assert [siguiente_numero(), siguiente_numero()] == [1, 2]
    assert list(reservar_numeros(3)) == [3, 4, 5]
    assert siguiente_numero() == 6
    assert Contador.objects.get().valor == 6


def test_numbers_come_back_when_the_transaction_does_not_happen() -> None:
    siguiente_numero()
    with transaction.atomic():
        reservar_numeros(100)
        transaction.set_rollback(True)
    assert siguiente_numero() == 2


def test_an_order_without_a_number_takes_the_next_one_and_one_with_a_number_keeps_it() -> None:
    cliente = crear_cliente()
    assert crear_pedido(cliente).pedido_numero == 1
    assert crear_pedido(cliente, pedido_numero=900).pedido_numero == 900
    assert crear_pedido(cliente).pedido_numero == 2


def test_a_series_goes_on_from_where_it_was_set() -> None:
    Contador.objects.create(nombre=PEDIDOS, valor=50_000)
    assert siguiente_numero() == 50_001
