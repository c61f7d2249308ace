"""The admin of price lists: what it edits in place, what it refuses, what it warns of."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gestion_precios.admin.en_linea import PRECIOS_EN_LINEA, REGLAS_EN_LINEA
from gestion_precios.admin.historia import AVISOS_DICHOS
from gestion_precios.models import (
    CombinacionProducto,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    VersionPrecios,
)
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
)
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import entrar

pytestmark = pytest.mark.django_db
Datos = dict[str, Any]
REGLA: Datos = {
    "nombre_regla": "Diez",
    "prioridad": 10,
    "tipo_regla": "PORCENTAJE",
    "valor_regla": "10",
    "condicion": "CANTIDAD_MINIMA",
    "condicion_valor": "0",
    "activa": "on",
}


@pytest.fixture
def navegador(db: None) -> Client:
    return entrar(crear_usuario("jefa", Rol.ADMIN))


@pytest.fixture
def lista(db: None) -> ListaPrecio:
    return crear_lista(crear_empresa(), nombre="General")


def url(modelo: Any, vista: str, *args: Any) -> str:
    meta = modelo._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{vista}", args=args)


def pagina(navegador: Client, lista: ListaPrecio) -> str:
    respuesta = navegador.get(url(ListaPrecio, "change", lista.pk))
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def texto(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def enlinea(prefijo: str, filas: list[Datos]) -> Datos:
    """An inline's fields; rows with an `id` exist."""
    viejas = sum("id" in fila for fila in filas)
    datos: Datos = {f"{prefijo}-TOTAL_FORMS": len(filas), f"{prefijo}-INITIAL_FORMS": viejas}
    for i, fila in enumerate(filas):
        datos |= {f"{prefijo}-{i}-{campo}": valor for campo, valor in fila.items()}
    return datos


def guardar(
    navegador: Client,
    lista: ListaPrecio,
    *,
    precios: list[Datos] | None = None,
    reglas: list[Datos] | None = None,
    **campos: Any,
) -> Any:
    """Save the list's page, as the browser sends it."""
    datos = {
        "empresa": lista.empresa_id,
        "nombre": lista.nombre,
        "canal_venta": lista.canal_venta,
        "fecha_inicio_vigencia": "2020-01-01",
        "activa": "on",
    }
    datos |= enlinea("precios", precios or []) | enlinea("reglas", reglas or [])
    datos |= enlinea("combinaciones", []) | campos
    return navegador.post(url(ListaPrecio, "change", lista.pk), datos, follow=True)


def test_a_new_list_starts_without_rows_and_goes_on_with_them(navegador: Client) -> None:
    respuesta = navegador.get(url(ListaPrecio, "add"))
    assert respuesta.context["inline_admin_formsets"] == []
    lista = crear_lista(crear_empresa())
    formularios = navegador.get(url(ListaPrecio, "change", lista.pk)).context
    prefijos = [f.formset.prefix for f in formularios["inline_admin_formsets"]]
    assert prefijos == ["precios", "combinaciones", "reglas"]


def test_prices_are_edited_in_place_while_they_are_few(
    navegador: Client, lista: ListaPrecio
) -> None:
    articulos = [crear_articulo() for _ in range(PRECIOS_EN_LINEA + 1)]
    for articulo in articulos[:-1]:
        crear_precio_lista(lista, articulo)
    assert f'name="precios-TOTAL_FORMS" value="{PRECIOS_EN_LINEA}"' in pagina(navegador, lista)
    crear_precio_lista(lista, articulos[-1])
    larga = pagina(navegador, lista)
    assert "precios-TOTAL_FORMS" not in larga
    assert f"Precios ({PRECIOS_EN_LINEA + 1})" in larga
    assert f'href="{reverse("lista_importacion", args=[lista.pk])}"' in larga


def test_rules_stand_in_firing_order_and_many_are_only_read(
    navegador: Client, lista: ListaPrecio
) -> None:
    for n in range(REGLAS_EN_LINEA):
        crear_regla(lista, nombre=f"Regla {n}", prioridad=500 - n)
    corta = navegador.get(url(ListaPrecio, "change", lista.pk))
    formulario = corta.context["inline_admin_formsets"][-1].formset
    assert [f.instance.prioridad for f in formulario.forms] == list(range(461, 501))
    crear_regla(lista, nombre="Primera", prioridad=1)
    larga = texto(pagina(navegador, lista))
    assert re.search(r"1 1 Primera .* 2 461 Regla 39 ", larga)


def test_a_price_and_a_rule_are_added_and_changed_and_signed(
    navegador: Client, lista: ListaPrecio
) -> None:
    articulo, otro = crear_articulo(), crear_articulo()
    viejo = crear_precio_lista(lista, articulo, 1000)
    respuesta = guardar(
        navegador,
        lista,
        precios=[{"id": viejo.pk, "precio_base": "1500"}, {"articulo": otro.pk, "precio_base": 7}],
        reglas=[REGLA | {"aplica_articulo": otro.pk}],
    )
    assert respuesta.redirect_chain
    assert dict(lista.precios.values_list("articulo", "precio_base")) == {
        articulo.pk: 1500,
        otro.pk: 7,
    }
    version = viejo.historia.first()
    assert (version.history_type, version.history_user.username) == ("~", "jefa")
    regla = lista.reglas.get()
    assert (regla.aplica_articulo, regla.valor_regla) == (otro, Decimal(10))
    assert regla.historia.get().history_user.username == "jefa"


def test_which_article_a_price_is_of_is_not_changed(navegador: Client, lista: ListaPrecio) -> None:
    precio = crear_precio_lista(lista, crear_articulo(), 1000)
    fila = {"id": precio.pk, "articulo": crear_articulo().pk, "precio_base": "1000"}
    guardar(navegador, lista, precios=[fila])
    assert lista.precios.get().articulo_id == precio.articulo_id


def rechazado(respuesta: Any, lista: ListaPrecio, frase: str) -> None:
    assert respuesta.status_code == 200
    assert not respuesta.redirect_chain
    assert frase in texto(respuesta.content.decode())


def test_one_article_has_one_price(navegador: Client, lista: ListaPrecio) -> None:
    articulo = crear_articulo("Yerba")
    filas = [{"articulo": articulo.pk, "precio_base": precio} for precio in (1000, 2000)]
    rechazado(guardar(navegador, lista, precios=filas), lista, "Yerba» está dos veces")
    viejo = crear_precio_lista(lista, articulo, 500)
    filas = [{"id": viejo.pk, "precio_base": 500}, filas[0]]
    rechazado(
        guardar(navegador, lista, precios=filas),
        lista,
        "El artículo ya tiene un precio en esta lista.",
    )
    assert lista.precios.get().precio_base == 500


@pytest.mark.parametrize(
    ("precio", "frase"),
    [
        ("100,5", "«100,5» lleva decimales: escribir un número entero."),
        ("0", "mayor o igual a 0"),
        ("-1", "mayor o igual a 0"),
        ("", "Este campo es requerido."),
    ],
)
def test_a_price_that_cannot_be_is_refused(
    navegador: Client, lista: ListaPrecio, precio: str, frase: str
) -> None:
    filas = [{"articulo": crear_articulo().pk, "precio_base": precio}]
    rechazado(guardar(navegador, lista, precios=filas), lista, frase)
    assert not lista.precios.exists()


def test_no_two_rules_are_equal_in_everything(navegador: Client, lista: ListaPrecio) -> None:
    rechazado(
        guardar(navegador, lista, reglas=[REGLA, REGLA]),
        lista,
        "«Diez» está dos veces, igual en todo",
    )
    assert not lista.reglas.exists()
    guardar(navegador, lista, reglas=[REGLA, REGLA | {"nombre_regla": "Otra"}])
    una, otra = lista.reglas.order_by("pk")
    filas = [REGLA | {"id": una.pk}, REGLA | {"id": otra.pk, "nombre_regla": "Otra"}, REGLA]
    rechazado(guardar(navegador, lista, reglas=filas), lista, "Ya hay una regla igual en todo.")
    assert lista.reglas.count() == 2


def test_a_rule_is_refused_for_what_the_model_refuses(
    navegador: Client, lista: ListaPrecio
) -> None:
    otra = crear_lista(lista.empresa, canal_venta="TIENDA")
    ajena = crear_combinacion(otra, [crear_articulo(), crear_articulo()])
    for cambio, frase in (
        ({"aplica_combinacion": ajena.pk}, "La combinación es de otra lista."),
        ({"valor_regla": "100.01"}, "Un descuento no pasa de 100 %."),
        ({"condicion_valor": "-1"}, "mayor o igual a 0"),
    ):
        rechazado(guardar(navegador, lista, reglas=[REGLA | cambio]), lista, frase)
    assert not lista.reglas.exists()


def test_a_rules_own_page_refuses_the_same(navegador: Client, lista: ListaPrecio) -> None:
    otra = crear_lista(lista.empresa, canal_venta="TIENDA")
    ajena = crear_combinacion(otra, [crear_articulo(), crear_articulo()])
    datos = REGLA | {"lista_precio": lista.pk, "aplica_combinacion": ajena.pk}
    respuesta = navegador.post(url(ReglaPrecio, "add"), datos, follow=True)
    rechazado(respuesta, lista, "La combinación es de otra lista.")


def test_two_lists_for_the_same_days_are_refused(navegador: Client, lista: ListaPrecio) -> None:
    otra = crear_lista(lista.empresa, nombre="Otra", canal_venta="TIENDA")
    respuesta = guardar(navegador, otra, canal_venta="TODOS")
    rechazado(respuesta, otra, "«General» ya rige para los mismos clientes en esas fechas.")
    respuesta = guardar(navegador, otra, fecha_fin_vigencia="2019-12-31")
    rechazado(respuesta, otra, "La lista termina antes de empezar.")


def test_a_combination_stays_in_its_list(navegador: Client, lista: ListaPrecio) -> None:
    combo = crear_combinacion(lista, [crear_articulo(), crear_articulo()])
    otra = crear_lista(lista.empresa, canal_venta="TIENDA")
    datos = {
        "nombre": "Nuevo",
        "lista_precio": otra.pk,
        "articulos": list(combo.articulos.values_list("pk", flat=True)),
    }
    navegador.post(url(CombinacionProducto, "change", combo.pk), datos)
    combo.refresh_from_db()
    assert (combo.nombre, combo.lista_precio) == ("Nuevo", lista)


def test_what_is_probably_a_mistake_is_said_after_saving_and_on_the_page(
    navegador: Client, lista: ListaPrecio
) -> None:
    articulo = crear_articulo("Yerba", ultimo_costo=950)
    crear_precio_lista(lista, articulo, 1000)
    assert (
        "Ninguno."
        not in texto(pagina(navegador, crear_lista(crear_empresa("X")))).split("Avisos")[0]
    )
    datos = REGLA | {"lista_precio": lista.pk, "aplica_articulo": articulo.pk}
    respuesta = navegador.post(url(ReglaPrecio, "add"), datos, follow=True)
    avisos = [str(m) for m in respuesta.context["messages"] if m.level_tag == "warning"]
    assert len(avisos) == 1
    assert "Yerba" in avisos[0]
    assert avisos[0] in texto(pagina(navegador, lista))


def test_many_warnings_are_the_first_and_a_count(navegador: Client, lista: ListaPrecio) -> None:
    for n in range(AVISOS_DICHOS + 3):
        crear_precio_lista(lista, crear_articulo(ultimo_costo=950), 1000)
        crear_regla(lista, nombre=f"Fija {n}", tipo=ReglaPrecio.Tipo.MONTO_FIJO, valor=n + 1)
        crear_regla(lista, nombre=f"Porcentaje {n}", valor=n + 1)
    contexto = guardar(navegador, lista).context
    avisos = [str(m) for m in contexto["messages"] if m.level_tag == "warning"]
    assert len(avisos) == AVISOS_DICHOS + 1
    assert re.fullmatch(r"Y \d+ avisos más\.", avisos[-1])


def test_marks_are_nobodys_to_edit() -> None:
    assert not admin.site.is_registered(VersionPrecios)


def test_the_prices_of_one_list_lead_to_its_spreadsheet(
    navegador: Client, lista: ListaPrecio
) -> None:
    enlace = f'href="{reverse("lista_importacion", args=[lista.pk])}"'
    prefijo = url(PrecioArticulo, "changelist")
    assert enlace in navegador.get(prefijo, {"lista_precio__id__exact": lista.pk}).content.decode()
    for otro in ({}, {"lista_precio__id__exact": "x"}, {"lista_precio__id__exact": "²"}):
        respuesta = navegador.get(prefijo, otro, follow=True)
        assert respuesta.status_code == 200
        assert "/importacion/" not in respuesta.content.decode()
    assert enlace in pagina(navegador, lista)


def test_who_changed_which_price_from_what_to_what(navegador: Client, lista: ListaPrecio) -> None:
    precio = crear_precio_lista(lista, crear_articulo("Yerba"), 1000)
    guardar(navegador, lista, precios=[{"id": precio.pk, "precio_base": "1500"}])
    modelo = PrecioArticulo.historia.model
    assert url(modelo, "changelist") in pagina(navegador, lista)
    respuesta = navegador.get(url(modelo, "changelist"), {"lista_precio__id__exact": lista.pk})
    html = respuesta.content.decode()
    assert "<title>Cambios de precios" in html
    assert re.search(r"jefa Cambio 1 · Yerba Gs\. 1\.000 Gs\. 1\.500", texto(html))
    assert navegador.get(url(modelo, "add")).status_code == 403
    assert "Historical" not in html


@pytest.mark.parametrize("vista", ["history", "change"])
def test_the_pages_of_a_list_have_no_inline_style_or_script(
    navegador: Client, lista: ListaPrecio, vista: str
) -> None:
    crear_precio_lista(lista, crear_articulo())
    crear_regla(lista, combinacion=crear_combinacion(lista, [crear_articulo()]))
    html = navegador.get(url(ListaPrecio, vista, lista.pk)).content.decode()
    assert not re.search(r'\sstyle="|\son\w+="|<style|<script>', html)


def test_a_lists_page_costs_the_same_for_any_number_of_prices(
    navegador: Client, lista: ListaPrecio
) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            pagina(navegador, lista)
        return len(capturadas)

    crear_precio_lista(lista, crear_articulo())
    crear_regla(lista, nombre="Una")
    consultas()
    pocas = consultas()
    for n in range(20):
        crear_precio_lista(lista, crear_articulo())
        crear_regla(lista, nombre=f"Otra {n}")
    consultas()
    assert consultas() == pocas


def test_an_old_version_opens_and_can_be_gone_back_to(
    navegador: Client, lista: ListaPrecio
) -> None:
    precio, regla = crear_precio_lista(lista, crear_articulo(), 1000), crear_regla(lista)
    for fila in (lista, precio, regla):
        version = fila.historia.first()
        pagina_vieja = navegador.get(url(type(fila), "simple_history", fila.pk, version.pk))
        assert pagina_vieja.status_code == 200
        html = pagina_vieja.content.decode()
        assert not re.search(r'\sstyle="|<style|<script>', html)
        assert "Historical" not in html
    vieja = precio.historia.first()
    precio.precio_base = Decimal(2000)
    precio.save()
    datos = {"lista_precio": lista.pk, "articulo": precio.articulo_id, "precio_base": "1000"}
    navegador.post(url(PrecioArticulo, "simple_history", precio.pk, vieja.pk), datos)
    assert lista.precios.get().precio_base == 1000
    assert precio.historia.first().history_user.username == "jefa"


def test_a_list_and_a_branch_stay_in_their_company(navegador: Client, lista: ListaPrecio) -> None:
    otra = crear_empresa("Otra S.A.")
    sucursal = crear_sucursal(lista.empresa)
    for fila in (lista, sucursal):
        datos = {"nombre": "Nueva", "empresa": otra.pk}
        navegador.post(url(type(fila), "change", fila.pk), datos)
        fila.refresh_from_db()
        assert fila.empresa_id != otra.pk
