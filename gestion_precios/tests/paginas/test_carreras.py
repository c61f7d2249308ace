"""Many people on one page of prices at once: what is refused one by one is refused then too."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from core.tests.base_real import a_la_vez
from gestion_precios.models import ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.tests.fabricas import crear_lista, crear_precio_lista
from sales.tests.mesa import HX, Mesa, entrar

pytestmark = pytest.mark.usefixtures("base_real")
VECES = 8
REGLA = {
    "nombre_regla": "Nueva",
    "efecto": "DESCUENTO",
    "valor_regla": "5",
    "tipo_regla": "PORCENTAJE",
    "condicion": "SIEMPRE",
    "prioridad": "10",
    "activa": "on",
}


@pytest.fixture
def lista(mesa: Mesa) -> ListaPrecio:
    return crear_lista(mesa.asuncion.empresa, nombre="General")


def estados(mesa: Mesa, url: str, datos: dict[str, Any]) -> Counter[int]:
    """What so many equal forms sent at once are answered."""
    clientes: list[Client] = [entrar(mesa.supervisor) for _vez in range(VECES)]
    return Counter(
        a_la_vez(VECES, lambda n: int(clientes[n].post(url, datos, headers=HX).status_code))
    )


def test_of_lists_that_overlap_one_is_created(mesa: Mesa) -> None:
    datos = {
        "nombre": "Nueva",
        "empresa": mesa.asuncion.empresa_id,
        "canal_venta": "MAYORISTA",
        "fecha_inicio_vigencia": "2030-01-01",
    }
    assert estados(mesa, "/precios/nueva/", datos) == {302: 1, 422: VECES - 1}
    assert ListaPrecio.objects.filter(nombre="Nueva").count() == 1


def test_of_switched_off_lists_that_overlap_one_is_switched_on(
    mesa: Mesa, lista: ListaPrecio
) -> None:
    apagadas = [crear_lista(lista.empresa, canal_venta="TIENDA", activa=False) for _n in range(4)]
    clientes = [entrar(mesa.supervisor) for _lista in apagadas]

    def encender(numero: int) -> int:
        url = f"/precios/{apagadas[numero].pk}/estado/"
        return int(clientes[numero].post(url, {"activa": "1"}, headers=HX).status_code)

    assert Counter(a_la_vez(len(apagadas), encender)) == {200: 1, 422: 3}


def test_a_rule_sent_twice_is_one(mesa: Mesa, lista: ListaPrecio) -> None:
    assert estados(mesa, f"/precios/{lista.pk}/reglas/", REGLA) == {200: 1, 422: VECES - 1}
    assert ReglaPrecio.objects.filter(nombre_regla="Nueva").count() == 1


def test_what_was_removed_comes_back_once(mesa: Mesa, lista: ListaPrecio) -> None:
    jefa, raiz = entrar(mesa.supervisor), f"/precios/{lista.pk}"
    precio = crear_precio_lista(lista, mesa.articulo)
    jefa.post(f"{raiz}/reglas/", REGLA, headers=HX)
    regla = ReglaPrecio.objects.get()
    for url in (f"{raiz}/precios/{precio.pk}", f"{raiz}/reglas/{regla.pk}"):
        assert jefa.post(f"{url}/baja/", headers=HX).status_code == 200
        assert estados(mesa, f"{url}/restauracion/", {}) == {200: VECES}
    assert PrecioArticulo.historia.filter(id=precio.pk, history_type="+").count() == 2
    assert ReglaPrecio.historia.filter(id=regla.pk, history_type="+").count() == 2
