"""Nothing of another company is on an admin page, or in a list to choose from, or taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import ForeignKey, ManyToManyField
from django.test import Client, RequestFactory
from django.urls import reverse

from core.administracion.filas import filas_visibles
from core.tests.autorizacion.matriz_admin import (
    TABLAS,
    campos_con_busqueda,
    letra,
    pagina_de,
    pedir,
    url_de,
)
from core.tests.autorizacion.mundo_admin import RASTRO, Mundo, crear_mundo
from core.tests.corrida.compartir import Compartir
from gestion_precios.models import Articulo, ListaPrecio, ReglaPrecio
from gestion_precios.tests.fabricas import crear_articulo, crear_lista
from sales.tests.mesa import entrar

VISTAS = ("change", "delete", "history")


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


def _paginas(mundo: Mundo, navegador: Client, persona: str) -> Iterator[tuple[str, str]]:
    """Each page that this person opens, with what it says."""
    for etiqueta in TABLAS:
        if letra(etiqueta, persona) == "N":
            continue
        fila = mundo.filas[etiqueta]
        urls = [url_de(etiqueta, "changelist"), url_de(etiqueta, "add")]
        urls += [url_de(etiqueta, vista, fila.pk) for vista in VISTAS]
        for url in urls:
            respuesta = navegador.get(url)
            if respuesta.status_code == 200:
                yield url, respuesta.content.decode()
    for modelo, campo, tabla in campos_con_busqueda():
        if letra(tabla, persona) != "N":
            url = reverse("admin:autocomplete")
            datos = {"app_label": modelo._meta.app_label, "model_name": modelo._meta.model_name}
            respuesta = navegador.get(url, datos | {"field_name": campo, "term": ""})
            yield f"{modelo._meta.label}.{campo}", respuesta.content.decode()


def test_no_page_says_anything_of_another_company(mundo: Mundo) -> None:
    dichas = dict(_paginas(mundo, entrar(mundo.personas["todo_a"]), "todo_a"))
    assert [url for url, texto in dichas.items() if RASTRO in texto] == []
    # Those that would, to who sees everything: lists, their filters, forms' choices, searches.
    todas = dict(_paginas(mundo, entrar(mundo.personas["superusuario"]), "superusuario"))
    con_rastro = {url for url, texto in todas.items() if RASTRO in texto}
    assert {url_de("auth.User", "changelist"), url_de("sales.Orders", "changelist")} <= con_rastro


def test_a_row_of_another_company_is_not_there(mundo: Mundo) -> None:
    navegador = entrar(mundo.personas["todo_a"])
    sorpresas = []
    for etiqueta, ajena in mundo.ajenas.items():
        for vista in VISTAS:
            estado = navegador.get(url_de(etiqueta, vista, ajena.pk)).status_code
            solo_lectura = vista == "delete" and letra(etiqueta, "todo_a") in "VC"
            if estado != (403 if solo_lectura else 404):
                sorpresas.append((etiqueta, vista, estado))
        lista = navegador.get(url_de(etiqueta, "changelist"), {"all": ""})
        if ajena.pk in {fila.pk for fila in lista.context["cl"].result_list}:
            sorpresas.append((etiqueta, "changelist", 200))
    assert sorpresas == []
    assert len(mundo.ajenas) == 18


def test_without_permission_not_even_whether_there_is_such_a_row(mundo: Mundo) -> None:
    navegador = entrar(mundo.personas["planta"])
    for etiqueta, ajena in mundo.ajenas.items():
        for clave in (ajena.pk, mundo.filas[etiqueta].pk):
            estados = {navegador.get(url_de(etiqueta, v, clave)).status_code for v in VISTAS}
            assert estados == {403}, etiqueta


def test_no_field_takes_a_row_of_another_company(mundo: Mundo) -> None:
    """Whatever the page shows: what every form would take if it were posted."""
    request: Any = RequestFactory().get("/")
    request.user = mundo.personas["todo_a"]
    request.resolver_match = type("R", (), {"kwargs": {"object_id": 1}})()
    tomados, vistos = [], 0
    for pagina in admin.site._registry.values():
        inlines = [inline(pagina.model, admin.site) for inline in pagina.inlines]
        for p in (pagina, *inlines):
            for campo in p.model._meta.get_fields():
                if not isinstance(campo, ForeignKey | ManyToManyField):
                    continue
                elegible: Any = p.formfield_for_dbfield(campo, request)
                vistos += 1
                de_mas = elegible.queryset.exclude(
                    pk__in=filas_visibles(
                        elegible.queryset.model._default_manager.all(), request.user
                    )
                )
                if de_mas.exists():
                    tomados.append(f"{type(p).__name__}.{campo.name}")
    assert tomados == []
    assert vistos > 60


def test_a_list_is_not_made_for_another_company(mundo: Mundo) -> None:
    datos = {
        "nombre": "Nueva",
        "empresa": mundo.mesa.ajena.empresa_id,
        "canal_venta": "TIENDA",
        "fecha_inicio_vigencia": "2030-01-01",
    }
    navegador = entrar(mundo.personas["todo_a"])
    assert navegador.post(url_de("gestion_precios.ListaPrecio", "add"), datos).status_code == 200
    assert not ListaPrecio.objects.filter(nombre="Nueva").exists()
    datos["empresa"] = mundo.mesa.asuncion.empresa_id
    assert navegador.post(url_de("gestion_precios.ListaPrecio", "add"), datos).status_code == 302


def test_an_order_typed_in_without_a_branch_is_a_superusers(mundo: Mundo) -> None:
    for persona, pedida in (("todo_a", True), ("superusuario", False)):
        pagina = entrar(mundo.personas[persona]).get(url_de("sales.Orders", "add"))
        assert pagina.context["adminform"].form.fields["sucursal"].required is pedida


def test_a_history_of_another_company_is_not_there_even_once_deleted(mundo: Mundo) -> None:
    regla: ReglaPrecio = mundo.ajenas["gestion_precios.ReglaPrecio"]
    version = regla.historia.first()
    clave = regla.pk
    navegador = entrar(mundo.personas["todo_a"])
    raiz = entrar(mundo.personas["superusuario"])
    vistas = (("history", clave), ("simple_history", clave, version.pk))
    for _ in range(2):
        for vista, *args in vistas:
            url = url_de("gestion_precios.ReglaPrecio", vista, *args)
            assert navegador.get(url).status_code == 404
            assert raiz.get(url).status_code == 200
        ReglaPrecio.objects.filter(pk=clave).delete()


@pytest.mark.parametrize("clave", ["x", "²", "9" * 19, "9" * 40, "-1"])
def test_a_history_of_nothing_is_not_an_error(mundo: Mundo, clave: str) -> None:
    raiz = entrar(mundo.personas["superusuario"])
    fila = mundo.filas["gestion_precios.ListaPrecio"]
    for args in ((clave,), (clave, 1), (fila.pk, clave)):
        vista = "history" if len(args) == 1 else "simple_history"
        assert raiz.get(url_de("gestion_precios.ListaPrecio", vista, *args)).status_code == 404


def test_what_would_take_others_rows_along_stays_and_names_none(mundo: Mundo) -> None:
    articulo = crear_articulo("Compartido")
    for empresa in (mundo.mesa.asuncion.empresa, mundo.mesa.ajena.empresa):
        lista = crear_lista(empresa, nombre=f"{RASTRO} {empresa.pk}", activa=False)
        lista.precios.create(articulo=articulo, precio_base=5)
    url = url_de("gestion_precios.Articulo", "delete", articulo.pk)
    navegador = entrar(mundo.personas["todo_a"])
    pagina = navegador.get(url).content.decode()
    assert "fila que no está a su alcance" in pagina
    assert RASTRO not in pagina
    assert navegador.post(url, {"post": "yes"}).status_code == 200
    assert Articulo.objects.filter(pk=articulo.pk).exists()
    assert pedir(
        entrar(mundo.personas["superusuario"]), "post", url, {"post": "yes"}
    ).status_code == (302)


def test_a_combination_of_others_keeps_an_article_too(mundo: Mundo) -> None:
    articulo = crear_articulo("En un combo ajeno")
    mundo.ajenas["gestion_precios.CombinacionProducto"].articulos.add(articulo)
    url = url_de("gestion_precios.Articulo", "delete", articulo.pk)
    assert entrar(mundo.personas["todo_a"]).post(url, {"post": "yes"}).status_code == 200
    assert Articulo.objects.filter(pk=articulo.pk).exists()


def test_a_taker_with_the_key_sees_their_own_orders_as_at_the_desk(mundo: Mundo) -> None:
    mesa = mundo.mesa
    mesa.tomador.is_staff = True
    mesa.tomador.save()
    mesa.pedido(mesa.colega)
    mesa.lote(mesa.colega)
    navegador = entrar(mesa.tomador)
    for etiqueta in ("sales.Orders", "sales.LotePedidos"):
        filas = navegador.get(url_de(etiqueta, "changelist")).context["cl"].result_list
        assert {fila.usuario_id for fila in filas} == {mesa.tomador.pk}
    for etiqueta in ("sales.OrdersDetail", "sales.ResultadoPedido"):
        cuantas = navegador.get(url_de(etiqueta, "changelist")).context["cl"].result_count
        assert cuantas == 1
    assert pagina_de("sales.Orders").model.objects.count() == 3


@pytest.mark.parametrize(("persona", "lo_lleva"), [("todo_a", False), ("superusuario", True)])
def test_a_lote_leads_to_its_row_of_results_who_may_read_it(
    mundo: Mundo, persona: str, lo_lleva: bool
) -> None:
    ruta = url_de("sales.LotePedidos", "change", mundo.filas["sales.LotePedidos"].pk)
    pagina = entrar(mundo.personas[persona]).get(ruta).content.decode()
    filas = url_de("django_celery_results.TaskResult", "changelist")
    assert (f"{filas}?task_id__exact=" in pagina) is lo_lleva
