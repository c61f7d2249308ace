"""Price lists and the log of one, as files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.planillas.inerte import como_era
from core.tests.planillas.leidas import MALOS, bajar, columna, del_csv, del_libro
from gestion_precios.listas import tablas
from gestion_precios.models import ListaPrecio, Moneda
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.django_db
LISTAS = "/precios/exportacion.xlsx"


def test_a_list_says_what_the_page_says(mesa: Mesa, jefa: Client) -> None:
    lista = crear_lista(mesa.asuncion.empresa, sucursal=mesa.asuncion, nombre="Tienda")
    crear_precio_lista(lista, mesa.articulo)
    crear_regla(lista)
    [fila] = del_libro(bajar(jefa, LISTAS))
    assert (fila["Lista"], fila["Sucursal"]) == ("Tienda", "Asunción")
    assert (fila["Estado"], fila["Activa"], fila["Moneda"]) == ("En vigor", "sí", "PYG")
    assert (fila["Desde"].date(), fila["Hasta"]) == (date(2020, 1, 1), None)
    assert (fila["Precios"], fila["Reglas"], fila["Combinaciones"]) == (1, 1, 0)


def test_the_filters_of_the_page_decide_the_lists(mesa: Mesa, jefa: Client) -> None:
    empresa = mesa.asuncion.empresa
    crear_lista(empresa, nombre="Zeta general", desde=date(2019, 1, 1))
    crear_lista(empresa, nombre="Zeta vieja", hasta=date(2020, 2, 1), sucursal=mesa.asuncion)
    crear_lista(crear_empresa("Ajena"), nombre="Zeta de otros")
    casos = {
        "?q=zeta": ["Zeta general", "Zeta vieja"],
        "?q=zeta+gene": ["Zeta general"],
        "?q=zeta&estado=VENCIDA": ["Zeta vieja"],
        f"?q=zeta&sucursal={mesa.asuncion.pk}": ["Zeta vieja"],
        "?q=zeta&sucursal=0": ["Zeta general"],
        "?q=zeta&canal=TIENDA": [],
    }
    for consulta, nombres in casos.items():
        assert sorted(columna(jefa, LISTAS + consulta, "Lista")) == nombres, consulta
    for consulta in ("?estado=RARA", "?empresa=999", "?lista=1", "?sucursal=x"):
        assert jefa.get(LISTAS + consulta).status_code == 400
    html = jefa.get("/precios/?q=zeta+gene&estado=").content.decode()
    assert 'href="/precios/exportacion.csv?q=zeta+gene"' in html


def test_the_log_has_a_row_for_each_field_with_numbers_as_numbers(mesa: Mesa) -> None:
    lima = crear_lista(crear_empresa("Lima", moneda=Moneda.PEN), nombre="Lima")
    precio = crear_precio_lista(lima, mesa.articulo, "12.50")
    precio.precio_base += 1
    precio.save()
    quien = entrar(mesa.admin)
    cambio, alta, lista = _sin_detalles(del_libro(bajar(quien, _historia(lima))))
    assert cambio == ("Precio", mesa.articulo.descripcion, "cambiado", "Precio base", 12.5, 13.5)
    assert alta == ("Precio", mesa.articulo.descripcion, "agregado", "Precio base", None, 12.5)
    assert lista[:3] == ("La lista", "Lima", "agregada")
    filas = del_csv(bajar(quien, _historia(lima, "csv")))
    assert (filas[0]["Antes"], filas[0]["Después"]) == ("12,50", "13,50")
    assert jefes_ven(mesa, lima) == [200, 404, 404]


def _historia(lista: ListaPrecio, formato: str = "xlsx") -> str:
    return f"/precios/{lista.pk}/historia/exportacion.{formato}"


def _sin_detalles(filas: list[dict[str, object]]) -> list[tuple[object, ...]]:
    titulos = ("Qué", "Nombre", "Hecho", "Dato", "Antes", "Después")
    return [tuple(fila[titulo] for titulo in titulos) for fila in filas]


def jefes_ven(mesa: Mesa, lista: ListaPrecio) -> list[int]:
    """What the admin, a supervisor and a taker of another company get."""
    quienes = (mesa.admin, mesa.supervisor, mesa.tomador)
    return [entrar(quien).get(_historia(lista)).status_code for quien in quienes]


def test_no_text_of_a_list_or_of_its_log_is_a_formula(mesa: Mesa, jefa: Client) -> None:
    # What a name may have: control signs and blanks alone are refused elsewhere.
    inicio = date(2020, 1, 1)
    for n, malo in enumerate(MALOS):
        dia = inicio + timedelta(days=n)
        lista = crear_lista(mesa.asuncion.empresa, nombre=malo, desde=dia, hasta=dia)
        crear_regla(lista, nombre=malo)
        crear_precio_lista(lista, crear_articulo(malo))
        filas = del_csv(bajar(jefa, _historia(lista, "csv")))
        assert {como_era(fila["Nombre"]) for fila in filas} == {malo}
        assert all(fila["Nombre"] != malo for fila in filas)
        assert {fila["Nombre"] for fila in del_libro(bajar(jefa, _historia(lista)))} == {malo}
    nombres = [fila["Lista"] for fila in del_csv(bajar(jefa, "/precios/exportacion.csv"))]
    assert {*MALOS} <= {*map(como_era, nombres)}
    assert not {*nombres} & {*MALOS}


def test_the_log_takes_the_same_queries_for_each_stretch(
    mesa: Mesa, jefa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tablas, "TRAMO", 5)
    lista = crear_lista(mesa.asuncion.empresa)
    url = _historia(lista)

    def cuantas() -> int:
        bajar(jefa, url)
        with CaptureQueriesContext(connection) as consultas:
            bajar(jefa, url)
        return len(consultas)

    for n in range(10):
        crear_precio_lista(lista, crear_articulo(f"A{n}"))
    antes = cuantas()
    for n in range(20):
        crear_precio_lista(lista, crear_articulo(f"B{n}"))
    # A stretch of new prices: their versions, and the articles that they name.
    assert cuantas() - antes == 4 * 2
    assert len(columna(jefa, url, "Nombre")) == 30 + len(_de_la_lista(jefa, url))


def _de_la_lista(jefa: Client, url: str) -> list[str]:
    return [que for que in columna(jefa, url, "Qué") if que == "La lista"]


def test_a_list_of_today_is_of_its_companys_today(mesa: Mesa, jefa: Client) -> None:
    manana = timezone.localdate() + timedelta(days=2)
    crear_lista(mesa.asuncion.empresa, nombre="Zeta nueva", desde=manana)
    assert columna(jefa, f"{LISTAS}?q=zeta", "Estado") == ["Futura"]
