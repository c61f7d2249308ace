"""Each rule of the rooms, with an import that breaks it: what is said, in words."""

from __future__ import annotations

import pytest

from core.tests.salas.plano import Paso, archivos, casa, pasos, sala
from core.tests.salas.reglas import Sala, de_mas, en_circulo, faltas, llenas
from core.tests.salas.salas import SALAS

PEQUENAS = {
    "sales/lotes": Sala(usa=("precios",), puertas=("bandeja",)),
    "sales/precios": Sala(puertas=("sistema",)),
}
BUENOS = {
    Paso("sales/tasks.py", "sales/lotes/bandeja.py"),
    Paso("sales/lotes/ingesta.py", "sales/precios/sistema.py"),
}


def test_what_the_table_allows_is_not_remarked_on() -> None:
    assert faltas(BUENOS, PEQUENAS) == []
    assert de_mas(BUENOS, PEQUENAS) == []
    assert en_circulo(PEQUENAS) == []


def test_a_room_entered_through_the_wall() -> None:
    paso = Paso("sales/views/datos.py", "sales/lotes/ingesta.py")
    assert faltas({*BUENOS, paso}, PEQUENAS) == [
        "sales/views/datos.py enters sales/lotes through the wall: ingesta is no door of it"
    ]


def test_a_room_that_asks_one_it_may_not_ask() -> None:
    paso = Paso("sales/precios/sistema.py", "sales/lotes/bandeja.py")
    assert faltas({*BUENOS, paso}, PEQUENAS) == [
        "sales/precios/sistema.py asks sales/lotes: sales/precios does not ask that room"
    ]


def test_an_app_to_the_right_enters_by_a_door_as_well() -> None:
    paso = Paso("realtime/models.py", "sales/precios/valoracion.py")
    assert faltas({*BUENOS, paso}, PEQUENAS) == [
        "realtime/models.py enters sales/precios through the wall: valoracion is no door of it"
    ]


def test_what_nobody_does_is_no_longer_allowed() -> None:
    assert de_mas(BUENOS - {Paso("sales/tasks.py", "sales/lotes/bandeja.py")}, PEQUENAS) == [
        "sales/lotes: bandeja"
    ]
    solo = {Paso("sales/tasks.py", "sales/lotes/bandeja.py")}
    assert de_mas(solo, PEQUENAS) == ["sales/precios: sistema", "sales/lotes → precios"]


def test_rooms_in_a_circle_are_told_in_its_order() -> None:
    circulo = en_circulo({"sales/a": Sala(usa=("b",)), "sales/b": Sala(usa=("a",))})
    assert set(circulo) == {"sales/a", "sales/b"}
    assert circulo[0] == circulo[-1]


def test_a_folder_of_sixteen_modules_is_too_full() -> None:
    nombres = [f"sales/lotes/m{n}.py" for n in range(16)]
    assert llenas(nombres[:15]) == {}
    assert llenas(nombres) == {"sales/lotes": 16}


@pytest.mark.parametrize("cuarto", sorted(SALAS))
def test_each_room_has_walls(cuarto: str) -> None:
    """One import of each of its modules that is no door, by whoever stands outside, is noticed."""
    puertas = {paso.a for paso in pasos() if sala(paso.a) == cuarto != sala(paso.de)}
    fuera = f"{casa(cuarto + '/')}/apps.py"
    for archivo in archivos():
        if sala(archivo) == cuarto and archivo not in puertas:
            assert len(faltas({*pasos(), Paso(fuera, archivo)}, SALAS)) == 1


@pytest.mark.parametrize("cuarto", sorted(SALAS))
def test_each_room_asks_only_whom_the_table_says(cuarto: str) -> None:
    """Asking any other room of its app, by its own door, is noticed."""
    uno = next(archivo for archivo in archivos() if sala(archivo) == cuarto)
    for otra in SALAS:
        vecina = otra.rpartition("/")[0] == cuarto.rpartition("/")[0]
        if otra == cuarto or not vecina or otra.rpartition("/")[2] in SALAS[cuarto].usa:
            continue
        puerta = next((p.a for p in pasos() if sala(p.a) == otra != sala(p.de)), None)
        if puerta:
            dichas = faltas({*pasos(), Paso(uno, puerta)}, SALAS)
            assert dichas == [f"{uno} asks {otra}: {cuarto} does not ask that room"]
