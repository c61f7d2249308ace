"""What the admin's lists export: their filters' rows, and the columns that one may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User

from core.planillas.inerte import como_era
from core.tests.autorizacion.mundo_admin import Mundo, crear_mundo
from core.tests.corrida.compartir import Compartir
from core.tests.planillas.leidas import MALOS, bajar, columna, del_csv, del_libro
from sales.tests.fabricas import crear_articulo, crear_cliente
from sales.tests.mesa import entrar

ARTICULOS = "/admin/gestion_precios/articulo/"
CLIENTES = "/admin/sales/cliente/"


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


def _quien_ve(tabla: str, *otros: str) -> User:
    quien = User.objects.create_user("lectora", is_staff=True)
    for permiso in (f"view_{tabla}", *otros):
        quien.user_permissions.add(*Permission.objects.filter(codename=permiso))
    return quien


def test_the_cost_is_for_those_who_may_see_costs(mundo: Mundo) -> None:
    crear_articulo("Aceite", codigo=77_001, ultimo_costo=4_500)
    quien = _quien_ve("articulo")
    [fila] = del_libro(bajar(entrar(quien), f"{ARTICULOS}exportacion.xlsx?q=77001"))
    assert (fila["Código"], fila["Descripción"], fila["Activo"]) == (77_001, "Aceite", "sí")
    assert "Último costo" not in fila
    quien.user_permissions.add(*Permission.objects.filter(codename="ver_costos"))
    [fila] = del_libro(bajar(entrar(quien), f"{ARTICULOS}exportacion.xlsx?q=77001"))
    assert fila["Último costo"] == 4_500


def test_the_lists_filters_and_order_decide_the_rows(mundo: Mundo) -> None:
    for nombre, activo in (("Zeta uno", True), ("Zeta dos", False), ("Zeta tres", True)):
        crear_cliente(canal=mundo.mesa.canal, nombrefantasia=nombre, activo=activo)
    quien = entrar(_quien_ve("cliente"))
    url = f"{CLIENTES}exportacion.xlsx"
    titulo = "Nombre de fantasía"
    assert columna(quien, f"{url}?q=zeta&o=0", titulo) == ["Zeta dos", "Zeta tres", "Zeta uno"]
    assert columna(quien, f"{url}?q=zeta&activo__exact=0", titulo) == ["Zeta dos"]
    for mala in ("?nada=1", "?ruc__startswith=8", "?activo__exact=quizas", "?e=1"):
        assert quien.get(url + mala).status_code == 400, mala
    pagina = quien.get(f"{CLIENTES}?q=zeta").content.decode()
    assert f'href="{CLIENTES}exportacion.csv?q=zeta"' in pagina


def test_no_text_is_a_formula(mundo: Mundo) -> None:
    for malo in MALOS:
        crear_cliente(canal=mundo.mesa.canal, nombrefactura=malo, nombrefantasia=malo)
    filas = del_csv(bajar(entrar(_quien_ve("cliente")), f"{CLIENTES}exportacion.csv"))
    for titulo in ("Razón social", "Nombre de fantasía"):
        dichos = {fila[titulo] for fila in filas}
        assert {*MALOS} <= {como_era(dicho) for dicho in dichos}
        assert not dichos & {*MALOS}
