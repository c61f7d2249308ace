from datetime import date

import pytest
from django.core.exceptions import ValidationError

from gestion_precios.listas.mover_fechas import Vigencia, mover_listas
from gestion_precios.models import ListaPrecio
from gestion_precios.tests.fabricas import crear_empresa, crear_lista

pytestmark = pytest.mark.django_db

ENERO = Vigencia(date(2025, 1, 1), date(2025, 1, 31))
FEBRERO = Vigencia(date(2025, 2, 1), date(2025, 2, 28))


@pytest.fixture
def listas() -> list[ListaPrecio]:
    empresa = crear_empresa()
    return [
        crear_lista(empresa, nombre=nombre, desde=inicio, hasta=fin)
        for nombre, (inicio, fin) in (("Enero", ENERO), ("Febrero", FEBRERO))
    ]


def vigencias() -> list[tuple[date, date | None]]:
    filas = ListaPrecio.objects.order_by("pk")
    return list(filas.values_list("fecha_inicio_vigencia", "fecha_fin_vigencia"))


def test_two_lists_change_places(listas: list[ListaPrecio]) -> None:
    una, otra = listas
    movidas = mover_listas(
        listas=ListaPrecio.objects.all(), vigencias={una.pk: FEBRERO, otra.pk: ENERO}
    )
    assert movidas == [una, otra]
    assert vigencias() == [FEBRERO, ENERO]
    assert una.historia.count() == 2


def test_a_border_between_neighbours_moves_in_one_stroke(listas: list[ListaPrecio]) -> None:
    una, otra = listas
    nuevas = {
        una.pk: Vigencia(ENERO.inicio, date(2025, 2, 10)),
        otra.pk: Vigencia(date(2025, 2, 11), None),
    }
    mover_listas(listas=ListaPrecio.objects.all(), vigencias=nuevas)
    assert vigencias() == list(nuevas.values())


def test_ending_up_overlapped_moves_nothing_and_names_both(listas: list[ListaPrecio]) -> None:
    una, otra = listas
    with pytest.raises(ValidationError) as negado:
        mover_listas(
            listas=ListaPrecio.objects.all(),
            vigencias={una.pk: Vigencia(ENERO.inicio, FEBRERO.inicio), otra.pk: FEBRERO},
        )
    regla = "ya rige para los mismos clientes en esas fechas."
    assert negado.value.message_dict == {
        str(una.pk): [f"«Febrero» {regla}"],
        str(otra.pk): [f"«Enero» {regla}"],
    }
    assert vigencias() == [ENERO, FEBRERO]


def test_inverted_dates_and_lists_out_of_reach_are_refused(listas: list[ListaPrecio]) -> None:
    una, otra = listas
    with pytest.raises(ValidationError, match="termina antes de empezar"):
        mover_listas(
            listas=ListaPrecio.objects.all(),
            vigencias={una.pk: Vigencia(ENERO.inicio, date(2024, 12, 31))},
        )
    with pytest.raises(ValidationError) as negado:
        mover_listas(
            listas=ListaPrecio.objects.filter(pk=una.pk),
            vigencias={una.pk: FEBRERO, otra.pk: ENERO},
        )
    assert negado.value.message_dict == {str(otra.pk): ["La lista no existe."]}
    assert vigencias() == [ENERO, FEBRERO]
