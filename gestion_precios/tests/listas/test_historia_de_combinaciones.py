"""The history of combinations: each deed is one version, whole, whoever does it and wherever."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gestion_precios.demo.carga import cargar_demo
from gestion_precios.listas.duplicado import duplicar_lista
from gestion_precios.listas.historial import Entrada, entradas_de, versiones_de
from gestion_precios.models import Articulo, CombinacionProducto, ListaPrecio
from gestion_precios.motor.vigencia import UN_DIA
from gestion_precios.paginas.formularios import huella_de
from gestion_precios.tests.fabricas import crear_articulo, crear_combinacion, crear_lista
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import HX, Mesa, entrar

# Real transactions: what belongs to one is decided by where they end.
pytestmark = pytest.mark.django_db(transaction=True)
Version = tuple[str, str, list[str]]


@pytest.fixture
def admin(mesa: Mesa) -> Client:
    return entrar(crear_usuario("jefa", Rol.ADMIN))


@pytest.fixture
def lista(mesa: Mesa) -> ListaPrecio:
    return crear_lista(mesa.asuncion.empresa, nombre="General")


@pytest.fixture
def tres(mesa: Mesa) -> list[Articulo]:
    return [crear_articulo(nombre) for nombre in ("Yerba", "Azúcar", "Café")]


@pytest.fixture
def combo(lista: ListaPrecio, tres: list[Articulo]) -> CombinacionProducto:
    """Yerba and sugar, made in one transaction, as it is in memory long afterwards."""
    with transaction.atomic():
        return crear_combinacion(lista, tres[:2], "Mate dulce")


def versiones(combo_id: int) -> list[Version]:
    """Kind, name and articles of each, the oldest first."""
    filas = CombinacionProducto.historia.filter(id=combo_id).order_by("history_id")
    return [
        (
            fila.history_type,
            fila.nombre,
            sorted(fila.articulos.values_list("articulo__descripcion", flat=True)),
        )
        for fila in filas
    ]


def registro(lista: ListaPrecio) -> list[Entrada]:
    """What the list's log says of its combinations."""
    return [e for e in entradas_de(versiones_de(lista), "PYG") if e.clase == "combinacion"]


def cambios(entrada: Entrada) -> list[tuple[str, str, str]]:
    return [(c.campo, c.antes, c.despues) for c in entrada.cambios]


ALTA: Version = ("+", "Mate dulce", ["Azúcar", "Yerba"])

# --- versions -------------------------------------------------------------------------------------


def test_made_with_its_articles_in_one_transaction_it_has_one_version(
    combo: CombinacionProducto,
) -> None:
    assert versiones(combo.pk) == [ALTA]


def test_another_transaction_is_another_version_though_the_object_is_the_same(
    combo: CombinacionProducto, tres: list[Articulo]
) -> None:
    # Takes one away and adds another.
    combo.articulos.set([tres[0], tres[2]])
    with transaction.atomic():
        combo.nombre = "Desayuno"
        combo.save()
        combo.articulos.add(tres[1])
    combo.articulos.clear()
    assert versiones(combo.pk) == [
        ALTA,
        ("~", "Mate dulce", ["Café", "Yerba"]),
        ("~", "Desayuno", ["Azúcar", "Café", "Yerba"]),
        ("~", "Desayuno", []),
    ]


def test_from_an_article_each_combination_has_its_version(
    combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    yerba, azucar, cafe = tres
    with transaction.atomic():
        otro = crear_combinacion(lista, [yerba, cafe], "Otro")
    cafe.combinaciones.add(combo)
    azucar.combinaciones.set([otro])
    yerba.combinaciones.clear()
    assert versiones(combo.pk) == [
        ALTA,
        ("~", "Mate dulce", ["Azúcar", "Café", "Yerba"]),
        ("~", "Mate dulce", ["Café", "Yerba"]),
        ("~", "Mate dulce", ["Café"]),
    ]
    assert versiones(otro.pk)[1:] == [
        ("~", "Otro", ["Azúcar", "Café", "Yerba"]),
        ("~", "Otro", ["Azúcar", "Café"]),
    ]


def test_a_step_undone_takes_its_version_and_the_next_one_has_its_own(
    combo: CombinacionProducto, tres: list[Articulo]
) -> None:
    with transaction.atomic():
        with transaction.atomic():
            combo.articulos.clear()
            transaction.set_rollback(True)
        combo.articulos.add(tres[2])
    assert versiones(combo.pk) == [ALTA, ("~", "Mate dulce", ["Azúcar", "Café", "Yerba"])]


# --- the log --------------------------------------------------------------------------------------


def test_what_came_changed_and_went_with_its_articles(
    combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    with transaction.atomic():
        combo.nombre = "Desayuno"
        combo.save()
        combo.articulos.set([tres[0], tres[2]])
    combo.delete()
    baja, cambio, alta = registro(lista)
    assert [(e.hecho, e.nombre, e.frase) for e in (baja, cambio, alta)] == [
        ("quitada", "Desayuno", "Café, Yerba"),
        ("cambiada", "Desayuno", ""),
        ("agregada", "Mate dulce", "Azúcar, Yerba"),
    ]
    assert cambios(cambio) == [
        ("Nombre", "Mate dulce", "Desayuno"),
        ("Artículos", "Azúcar, Yerba", "Café, Yerba"),
    ]
    assert baja.cambios == alta.cambios == ()


def test_only_the_name_changed(combo: CombinacionProducto, lista: ListaPrecio) -> None:
    combo.nombre = "Desayuno"
    combo.save()
    assert cambios(registro(lista)[0]) == [("Nombre", "Mate dulce", "Desayuno")]


def test_an_article_that_is_gone_says_so(
    combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    combo.articulos.set([tres[0], tres[2]])
    tres[2].delete()
    cambio, alta = registro(lista)
    assert cambios(cambio) == [("Artículos", "Azúcar, Yerba", "Yerba, uno que ya no está")]
    assert alta.frase == "Azúcar, Yerba"


def test_the_first_change_of_one_from_before_there_was_history_says_what_it_left(
    combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    CombinacionProducto.historia.all().delete()
    combo.articulos.set([tres[0], tres[2]])
    [cambio] = registro(lista)
    assert (cambio.hecho, cambio.frase, cambio.cambios) == ("cambiada", "Café, Yerba", ())
    CombinacionProducto.historia.all().delete()
    combo.delete()
    [baja] = registro(lista)
    assert (baja.hecho, baja.frase) == ("quitada", "")


def test_a_fixed_number_of_queries(
    combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            entradas_de(list(versiones_de(lista)), "PYG")
        return len(capturadas)

    combo.articulos.set([tres[0], tres[2]])
    # Which; the list's; the combinations', those before, what was in them; the articles.
    assert consultas() == 6
    for n in range(5):
        crear_combinacion(lista, [crear_articulo(f"A{n}"), tres[0]], f"C{n}")
    assert consultas() == 6


# --- wherever it is done --------------------------------------------------------------------------


def campos(nombre: str, *articulos: Articulo, **otros: Any) -> dict[str, Any]:
    return {"nombre": nombre, "articulos": [str(a.pk) for a in articulos]} | otros


def test_on_its_page(jefa: Client, lista: ListaPrecio, tres: list[Articulo]) -> None:
    yerba, azucar, cafe = tres
    ruta = f"/precios/{lista.pk}/combinaciones/"
    jefa.post(ruta, campos("Mate dulce", yerba, azucar), headers=HX)
    combo = lista.combinaciones.get()
    datos = campos("Desayuno", yerba, cafe, huella=huella_de(combo))
    jefa.post(f"{ruta}{combo.pk}/", datos, headers=HX)
    assert versiones(combo.pk) == [ALTA, ("~", "Desayuno", ["Café", "Yerba"])]
    html = re.sub(r"\s+", " ", jefa.get(f"/precios/{lista.pk}/historia/").content.decode())
    assert html.count("Combinación «") == 2
    assert "Artículos: <del>Azúcar, Yerba</del> → <ins>Café, Yerba</ins>" in html
    assert '<td data-rotulo="Cambios"> Azúcar, Yerba </td>' in html
    assert html.count('data-rotulo="Quién">sofia') == 2
    # Who was faster is known now.
    respuesta = jefa.post(f"{ruta}{combo.pk}/", datos, headers=HX)
    assert respuesta.status_code == 422
    assert "sofia la cambió mientras tanto." in respuesta.content.decode()


def test_removed_and_undone(jefa: Client, combo: CombinacionProducto, lista: ListaPrecio) -> None:
    ruta = f"/precios/{lista.pk}/combinaciones/"
    quedaban = list(combo.articulos.all())
    jefa.post(f"{ruta}{combo.pk}/baja/", headers=HX)
    jefa.post(ruta, campos("Mate dulce", *quedaban), headers=HX)
    assert [(e.hecho, str(e.quien), e.frase) for e in registro(lista)] == [
        ("agregada", "sofia", "Azúcar, Yerba"),
        ("quitada", "sofia", "Azúcar, Yerba"),
        ("agregada", "None", "Azúcar, Yerba"),
    ]


def test_by_rest(jefa: Client, lista: ListaPrecio, tres: list[Articulo]) -> None:
    yerba, azucar, cafe = (articulo.pk for articulo in tres)
    datos = {"lista_precio": lista.pk, "nombre": "Mate dulce", "articulos": [yerba, azucar]}
    ruta = "/api/combinaciones/"
    combo_id = jefa.post(ruta, datos, content_type="application/json").json()["id"]
    jefa.patch(f"{ruta}{combo_id}/", {"articulos": [cafe]}, content_type="application/json")
    assert versiones(combo_id) == [ALTA, ("~", "Mate dulce", ["Café"])]
    assert {str(entrada.quien) for entrada in registro(lista)} == {"sofia"}


def test_duplicating_the_list(
    combo: CombinacionProducto, lista: ListaPrecio, django_user_model: type[User]
) -> None:
    nueva = duplicar_lista(
        original=lista,
        nombre="Otra",
        inicio=lista.fecha_inicio_vigencia + UN_DIA,
        fin=None,
        usuario=django_user_model.objects.get(username="sofia"),
        cerrar_original=True,
    )
    assert versiones(nueva.combinaciones.get().pk) == [ALTA]
    assert [str(entrada.quien) for entrada in registro(nueva)] == ["sofia"]


def test_the_demo_has_its_own_and_nothing_from_before(combo: CombinacionProducto) -> None:
    cargar_demo(escala=1, semilla=1, forzar=True)
    combos = CombinacionProducto.objects.prefetch_related("articulos")
    assert [versiones(c.pk) for c in combos] == [
        [("+", c.nombre, sorted(a.descripcion for a in c.articulos.all()))] for c in combos
    ]
    assert CombinacionProducto.historia.count() == combos.count()
    miembros = CombinacionProducto.historia.model.articulos
    assert miembros.count() == CombinacionProducto.articulos.through.objects.count()


# --- Django's admin -------------------------------------------------------------------------------


def en_admin(vista: str, *args: object, modelo: Any = CombinacionProducto) -> str:
    return reverse(f"admin:gestion_precios_{modelo._meta.model_name}_{vista}", args=args)


def test_in_the_admin(admin: Client, lista: ListaPrecio, tres: list[Articulo]) -> None:
    yerba, azucar, cafe = tres
    admin.post(en_admin("add"), campos("Mate dulce", yerba, azucar, lista_precio=lista.pk))
    combo = lista.combinaciones.get()
    admin.post(en_admin("change", combo.pk), campos("Desayuno", yerba, cafe))
    assert versiones(combo.pk) == [ALTA, ("~", "Desayuno", ["Café", "Yerba"])]
    assert {str(entrada.quien) for entrada in registro(lista)} == {"jefa"}
    html = admin.get(en_admin("history", combo.pk)).content.decode()
    assert "<strong>Artículos:</strong>" in html
    assert not re.search(r'\sstyle="|<style|<script>', html)


def test_in_the_admin_of_its_list(
    admin: Client, combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    yerba, _azucar, cafe = tres
    filas = [campos("Desayuno", yerba, cafe, id=combo.pk), campos("Otra", *tres)]
    datos: dict[str, Any] = {
        "empresa": lista.empresa_id,
        "nombre": lista.nombre,
        "canal_venta": lista.canal_venta,
        "fecha_inicio_vigencia": "2020-01-01",
        "activa": "on",
        "combinaciones-TOTAL_FORMS": 2,
        "combinaciones-INITIAL_FORMS": 1,
    }
    datos |= {f"{p}-{n}_FORMS": 0 for p in ("precios", "reglas") for n in ("TOTAL", "INITIAL")}
    datos |= {f"combinaciones-{n}-{c}": v for n, fila in enumerate(filas) for c, v in fila.items()}
    ruta = en_admin("change", lista.pk, modelo=ListaPrecio)
    assert admin.post(ruta, datos).status_code == 302
    assert versiones(combo.pk) == [ALTA, ("~", "Desayuno", ["Café", "Yerba"])]
    otra = lista.combinaciones.get(nombre="Otra")
    assert versiones(otra.pk) == [("+", "Otra", ["Azúcar", "Café", "Yerba"])]


def test_an_old_version_has_its_articles_and_can_be_gone_back_to(
    admin: Client, combo: CombinacionProducto, tres: list[Articulo]
) -> None:
    vieja = combo.historia.get()
    combo.articulos.set([tres[2]])
    ruta = en_admin("simple_history", combo.pk, vieja.pk)
    formulario = admin.get(ruta).context["adminform"].form
    assert sorted(formulario["articulos"].value()) == sorted(a.pk for a in tres[:2])
    admin.post(ruta, campos("Mate dulce", *tres[:2]))
    assert versiones(combo.pk) == [
        ALTA,
        ("~", "Mate dulce", ["Café"]),
        ("~", "Mate dulce", ["Azúcar", "Yerba"]),
    ]


def test_the_lists_page_leads_to_all_its_versions(
    admin: Client, combo: CombinacionProducto, lista: ListaPrecio, tres: list[Articulo]
) -> None:
    modelo = CombinacionProducto.historia.model
    ruta = en_admin("changelist", modelo=modelo)
    assert f"{ruta}?lista_precio__id__exact={lista.pk}" in (
        admin.get(en_admin("change", lista.pk, modelo=ListaPrecio)).content.decode()
    )

    def pagina() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as consultas:
            respuesta = admin.get(ruta, {"lista_precio__id__exact": lista.pk})
        html = re.sub(r"<[^>]+>", " ", respuesta.content.decode())
        return re.sub(r"\s+", " ", html), len(consultas)

    pagina()
    texto, pocas = pagina()
    yerba, azucar, _cafe = tres
    assert f"Creación Mate dulce {yerba.codigo} · Yerba, {azucar.codigo} · Azúcar" in texto
    combo.articulos.clear()
    combo.articulos.set([tres[2]])
    tres[2].delete()
    texto, muchas = pagina()
    assert muchas == pocas
    assert "Cambio Mate dulce uno que ya no está" in texto
    assert "Cambio Mate dulce —" in texto
    assert "Historical" not in texto
