"""A price means the same in the page of prices, in the admin and in a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from core.tests.corrida.compartir import Compartir
from core.texto.cifras import CifraIlegible
from core.texto.frases_de_cifra import frase_de_cifra
from gestion_precios.models import PrecioArticulo
from gestion_precios.moneda import ESCRITOS, decimales, leer_importe
from gestion_precios.planillas.celdas import leer_precio
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
)
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import HX, entrar, texto

VECTORES = Path(settings.BASE_DIR) / "static" / "js" / "tests" / "vectores" / "cifras.json"
CASOS = [c for c in json.loads(VECTORES.read_text("utf-8")) if "moneda" in c]
ANTES = Decimal(777)
Precios = dict[str, PrecioArticulo]


def crear_precios() -> Precios:
    """A price of each currency, and who may change them."""
    crear_usuario("jefa", Rol.ADMIN)
    listas = {moneda: crear_lista(crear_empresa(moneda=moneda)) for moneda in ESCRITOS}
    return {
        moneda: crear_precio_lista(lista, crear_articulo(), ANTES)
        for moneda, lista in listas.items()
    }


@pytest.fixture(scope="module")
def nuevos_precios(compartir: Compartir) -> Callable[[], Precios]:
    return compartir(crear_precios)


@pytest.fixture
def precios(db: None, nuevos_precios: Callable[[], Precios]) -> Precios:
    return nuevos_precios()


@pytest.fixture
def navegador(precios: Precios) -> Client:
    return entrar(User.objects.get(username="jefa"))


def esperado(caso: dict[str, Any]) -> tuple[Decimal, str]:
    """What the list has afterwards, and what is said of a text that is no price."""
    moneda = caso["moneda"]
    try:
        vale = leer_importe(caso["texto"], moneda)
    except CifraIlegible as error:
        if error.motivo == "vacio":
            return ANTES, ""
        return ANTES, frase_de_cifra(caso["texto"], error, decimales(moneda))
    return (vale, "") if 0 < vale < 10**12 else (ANTES, "")


def comprobar(precio: PrecioArticulo, caso: dict[str, Any], respuesta: Any) -> None:
    queda, frase = esperado(caso)
    precio.refresh_from_db()
    assert precio.precio_base == queda
    assert frase in unescape(texto(respuesta.content))


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: f"{c['texto']!r}-{c['moneda']}")
def test_the_page_of_prices_and_the_admin(
    precios: Precios, navegador: Client, caso: dict[str, Any]
) -> None:
    precio = precios[caso["moneda"]]
    pagina = f"/precios/{precio.lista_precio_id}/precios/{precio.pk}/"
    datos = {f"p{precio.pk}-precio_base": caso["texto"], "antes": str(ANTES)}
    comprobar(precio, caso, navegador.post(pagina, datos, headers=HX))
    PrecioArticulo.objects.filter(pk=precio.pk).update(precio_base=ANTES)
    admin = reverse("admin:gestion_precios_precioarticulo_change", args=[precio.pk])
    fila = {"lista_precio": precio.lista_precio_id, "articulo": precio.articulo_id}
    respuesta = navegador.post(admin, fila | {"precio_base": caso["texto"]}, follow=True)
    comprobar(precio, caso, respuesta)


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: f"{c['texto']!r}-{c['moneda']}")
def test_a_cell_of_text(caso: dict[str, Any]) -> None:
    try:
        hallado = str(leer_precio(caso["texto"], caso["moneda"]))
    except ValueError as error:
        hallado = str(error)
    try:
        vale = str(leer_importe(caso["texto"], caso["moneda"]))
    except CifraIlegible as error:
        vale = frase_de_cifra(caso["texto"], error, decimales(caso["moneda"]))
    assert hallado == vale
