"""What the group shares says what was done to it; by whom, only of the people one may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from core.tests.autorizacion.matriz_admin import TABLAS, letra, url_de
from core.tests.autorizacion.mundo_admin import RASTRO, Mundo, clave_en_url, crear_mundo
from sales.tests.mesa import entrar

DE_LAS_VERSIONES = ("ListaPrecio", "PrecioArticulo", "ReglaPrecio", "CombinacionProducto")
CON_ENTRADAS = [
    etiqueta
    for etiqueta in TABLAS
    if letra(etiqueta, "todo_a") != "N" and etiqueta.split(".")[1] not in DE_LAS_VERSIONES
]
A_LA_VISTA = "Ana de Asunción"


@pytest.fixture
def mundo(db: None) -> Mundo:
    mundo = crear_mundo()
    User.objects.filter(pk=mundo.mesa.tomador.pk).update(first_name=A_LA_VISTA)
    return mundo


def _pagina(mundo: Mundo, persona: str, etiqueta: str) -> str:
    url = url_de(etiqueta, "history", clave_en_url(mundo.filas[etiqueta]))
    return entrar(mundo.personas[persona]).get(url).content.decode()


def _anotar(fila: Any, autor: User) -> None:
    LogEntry.objects.create(
        user=autor,
        content_type=ContentType.objects.get_for_model(fila, for_concrete_model=False),
        object_id=str(fila.pk),
        object_repr="x",
        action_flag=CHANGE,
        change_message="[]",
    )


@pytest.mark.parametrize("etiqueta", CON_ENTRADAS)
def test_a_rows_history_names_who_one_may_see(mundo: Mundo, etiqueta: str) -> None:
    for autor in (mundo.mesa.ajeno, mundo.mesa.tomador):
        _anotar(mundo.filas[etiqueta], autor)
    pagina = _pagina(mundo, "todo_a", etiqueta)
    assert A_LA_VISTA in pagina
    assert "<td>—</td>" in pagina
    assert RASTRO not in pagina
    assert RASTRO in _pagina(mundo, "superusuario", etiqueta)


@pytest.mark.parametrize("nombre", DE_LAS_VERSIONES)
def test_versions_name_who_one_may_see(mundo: Mundo, nombre: str) -> None:
    fila = mundo.filas[f"gestion_precios.{nombre}"]
    ajeno, propio = mundo.mesa.ajeno, mundo.mesa.tomador
    User.objects.filter(pk=ajeno.pk).update(username="beatriz-de-lejos")
    User.objects.filter(pk=propio.pk).update(username="carmen-de-cerca")
    for autor in (ajeno, propio):
        fila._history_user = User.objects.get(pk=autor.pk)
        fila.save()
    rutas = [url_de(f"gestion_precios.{nombre}", "history", fila.pk)]
    if nombre != "ListaPrecio":
        rutas.append(url_de(f"gestion_precios.Historical{nombre}", "changelist"))
        User.objects.filter(pk=propio.pk).update(first_name="carmen-de-cerca")
        User.objects.filter(pk=ajeno.pk).update(first_name="beatriz-de-lejos")
    for ruta in rutas:
        for persona, ve in (("todo_a", False), ("superusuario", True)):
            pagina = entrar(mundo.personas[persona]).get(ruta).content.decode()
            assert "carmen-de-cerca" in pagina
            assert ("beatriz-de-lejos" in pagina) is ve, (ruta, persona)


def test_ones_own_deeds_are_ones_own_whatever_branch_one_has(mundo: Mundo) -> None:
    quien = mundo.personas["todo_a"]
    assert quien is not None
    fila = mundo.filas["sales.Canal"]
    quien.perfiles.all().delete()
    _anotar(fila, quien)
    tabla = _pagina(mundo, "todo_a", "sales.Canal").split("<table", 1)[1]
    assert f"<td>{quien.username}" in tabla
