"""A list again with other dates: everything of it, and nothing of the original but its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from gestion_precios.listas.duplicado import duplicar_lista
from gestion_precios.models import CanalVenta, ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.motor.reglas import cotizar
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)

pytestmark = pytest.mark.django_db
INICIO, FIN = date(2030, 1, 1), date(2030, 12, 31)


@pytest.fixture
def original() -> ListaPrecio:
    """Two prices, a combination of them with its rule, and two rules of equal priority."""
    lista = crear_lista(crear_empresa(), canal_venta=CanalVenta.TIENDA, nombre="Tienda")
    yerba, azucar = crear_articulo("Yerba"), crear_articulo("Azúcar")
    crear_precio_lista(lista, yerba, 10_000)
    crear_precio_lista(lista, azucar, 7_050)
    combo = crear_combinacion(lista, [yerba, azucar], "Mate dulce")
    crear_regla(lista, nombre="Combo", combinacion=combo, prioridad=5)
    crear_regla(lista, nombre="Fija", tipo=ReglaPrecio.Tipo.MONTO_FIJO, valor=500)
    crear_regla(lista, nombre="Por ciento")
    return lista


def duplicar(original: ListaPrecio, **campos: Any) -> ListaPrecio:
    usuario = User.objects.get_or_create(username="sofia")[0]
    propios: dict[str, Any] = {"nombre": "Tienda 2030", "inicio": INICIO, "fin": FIN}
    return duplicar_lista(original=original, usuario=usuario, **propios | campos)


def test_prices_combinations_and_rules_come_along(original: ListaPrecio) -> None:
    nueva = duplicar(original, cerrar_original=True)
    assert (nueva.nombre, nueva.canal_venta, nueva.sucursal) == ("Tienda 2030", "TIENDA", None)
    assert (nueva.fecha_inicio_vigencia, nueva.fecha_fin_vigencia) == (INICIO, FIN)
    for lista in (original, nueva):
        assert lista.precios.count() == 2
        assert [c.articulos.count() for c in lista.combinaciones.all()] == [2]
        assert [r.nombre_regla for r in lista.reglas.all()] == ["Combo", "Fija", "Por ciento"]
    combo = nueva.reglas.get(nombre_regla="Combo").aplica_combinacion
    assert combo is not None
    assert combo.lista_precio_id == nueva.pk


def test_it_prices_as_the_original_does(original: ListaPrecio) -> None:
    nueva = duplicar(original, cerrar_original=True)
    carrito = [(articulo, 3) for articulo in original.precios.values_list("articulo_id", flat=True)]
    finales = [
        {
            articulo: precio.final
            for articulo, precio in cotizar(reglamento_de(lista), carrito).items()
        }
        for lista in (original, nueva)
    ]
    assert finales[0] == finales[1]
    assert len(finales[0]) == 2


def test_the_original_ends_the_day_before(original: ListaPrecio) -> None:
    duplicar(original, cerrar_original=True)
    original.refresh_from_db()
    assert original.fecha_fin_vigencia == date(2029, 12, 31)


def test_an_original_that_ends_earlier_stays(original: ListaPrecio) -> None:
    ListaPrecio.objects.filter(pk=original.pk).update(fecha_fin_vigencia=date(2029, 6, 30))
    original.refresh_from_db()
    duplicar(original, cerrar_original=True)
    original.refresh_from_db()
    assert original.fecha_fin_vigencia == date(2029, 6, 30)


def test_an_overlap_is_refused_and_nothing_stays(original: ListaPrecio) -> None:
    with pytest.raises(ValidationError) as error:
        duplicar(original)
    assert error.value.messages == ["«Tienda» ya rige para los mismos clientes en esas fechas."]
    assert ListaPrecio.objects.count() == 1


def test_it_may_not_start_before_the_original_when_that_is_to_end(original: ListaPrecio) -> None:
    with pytest.raises(ValidationError) as error:
        duplicar(original, inicio=date(2020, 1, 1), cerrar_original=True)
    assert error.value.message_dict == {
        "fecha_inicio_vigencia": [
            "Tiene que empezar después del 01/01/2020, cuando empieza la original."
        ]
    }


@pytest.mark.parametrize(
    ("ajuste", "precios"), [("5", [7_403, 10_500]), ("-10", [6_345, 9_000]), ("0", [7_050, 10_000])]
)
def test_prices_are_adjusted_half_up_to_the_currency(
    original: ListaPrecio, ajuste: str, precios: list[int]
) -> None:
    nueva = duplicar(original, cerrar_original=True, ajuste=Decimal(ajuste))
    assert sorted(nueva.precios.values_list("precio_base", flat=True)) == precios


def test_a_price_that_would_be_nothing_is_refused(original: ListaPrecio) -> None:
    crear_precio_lista(original, crear_articulo("Caramelo"), 4)
    with pytest.raises(ValidationError) as error:
        duplicar(original, cerrar_original=True, ajuste=Decimal(-99))
    assert list(error.value.message_dict) == ["ajuste"]
    original.refresh_from_db()
    assert original.fecha_fin_vigencia is None


def test_who_duplicated_is_in_the_history(original: ListaPrecio) -> None:
    nueva = duplicar(original, cerrar_original=True)
    for modelo in (PrecioArticulo, ReglaPrecio):
        versiones = modelo.historia.filter(lista_precio_id=nueva.pk)
        assert {(v.history_type, v.history_user.username) for v in versiones} == {("+", "sofia")}
