"""Many writers of the pricing API at once: one wins, the others are told, nothing breaks."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import User

from core.tests.base_real import a_la_vez
from gestion_precios.models import ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.tests.principal import Principal, crear_principal

pytestmark = pytest.mark.usefixtures("base_real")
VECES = 8
LISTA = {
    "empresa": 1,
    "nombre": "Nueva",
    "canal_venta": "MAYORISTA",
    "fecha_inicio_vigencia": "2025-01-01",
}
PRECIO = {"lista_precio": 1, "articulo": 4, "precio_base": "5"}
REGLA = {
    "lista_precio": 1,
    "nombre_regla": "Nueva",
    "tipo_regla": "PORCENTAJE",
    "valor_regla": "10",
}
ARTICULO = {"codigo": 900, "sku": "X-900", "descripcion": "Nuevo"}


@pytest.fixture
def casa() -> Principal:
    return crear_principal()


def _estados(casa: Principal, url: str, cuerpo: Any, metodo: str = "") -> Counter[int]:
    def pedir(_numero: int) -> int:
        usuario = User.objects.get(pk=casa.admin.pk)
        return int(casa.pedir(url, cuerpo, metodo, usuario).status_code)

    return Counter(a_la_vez(VECES, pedir))


@pytest.mark.parametrize(
    ("ruta", "cuerpo"),
    [
        ("listas-precio", LISTA),
        ("precios-articulo", PRECIO),
        ("reglas-precio", REGLA),
        ("articulos", ARTICULO),
    ],
)
def test_of_equal_rows_sent_at_once_one_is_written(
    casa: Principal, ruta: str, cuerpo: dict[str, Any]
) -> None:
    estados = _estados(casa, f"/api/{ruta}/", cuerpo)
    assert estados[201] == 1
    assert set(estados) <= {201, 400, 409}
    assert ListaPrecio.objects.filter(nombre="Nueva").count() <= 1
    assert ReglaPrecio.objects.filter(nombre_regla="Nueva").count() <= 1
    assert PrecioArticulo.objects.filter(lista_precio=1, articulo=4).count() <= 1


def test_a_row_is_deleted_once(casa: Principal) -> None:
    estados = _estados(casa, "/api/precios-articulo/1/", None, "delete")
    assert estados == {204: 1, 404: VECES - 1}


def test_changes_of_different_fields_all_stay(casa: Principal) -> None:
    campos = [
        {"nombre_regla": "Otra"},
        {"prioridad": 77},
        {"valor_regla": "33"},
        {"permite_venta_bajo_costo": True},
    ]

    def cambiar(numero: int) -> int:
        usuario = User.objects.get(pk=casa.admin.pk)
        url = "/api/reglas-precio/1/"
        return int(casa.pedir(url, campos[numero], "patch", usuario).status_code)

    assert a_la_vez(len(campos), cambiar) == [200] * len(campos)
    regla = ReglaPrecio.objects.get(pk=1)
    assert (regla.nombre_regla, regla.prioridad) == ("Otra", 77)
    assert (int(regla.valor_regla), regla.permite_venta_bajo_costo) == (33, True)
