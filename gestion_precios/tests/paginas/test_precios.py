"""A list's prices and combinations on their pages: in place, by two people, and undone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    Moneda,
    PrecioArticulo,
)
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.paginas.formularios import huella_de
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)
from sales.tests.mesa import HX, Mesa, aviso, entrar, texto

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista(mesa: Mesa) -> ListaPrecio:
    return crear_lista(mesa.asuncion.empresa, nombre="General")


@pytest.fixture
def precio(lista: ListaPrecio, mesa: Mesa) -> PrecioArticulo:
    return crear_precio_lista(lista, mesa.articulo, 10_000)


def url(lista: ListaPrecio, *partes: object) -> str:
    return "/".join(("", "precios", str(lista.pk), *map(str, partes), ""))


def cambio(precio: PrecioArticulo, nuevo: str, antes: str = "10000") -> dict[str, str]:
    return {f"p{precio.pk}-precio_base": nuevo, "antes": antes}


def test_prices_are_searched_and_paged(jefa: Client, lista: ListaPrecio) -> None:
    for n in range(51):
        crear_precio_lista(lista, crear_articulo(f"Galletita Ñandú {n}"), 1_000 + n)
    crear_precio_lista(lista, crear_articulo("Yerba"), 5)
    html = jefa.get(url(lista, "precios")).content.decode()
    assert html.count('id="precio_fila-') == 50
    assert "Página 1 de 2" in html
    trozo = texto(jefa.get(url(lista, "precios") + "?q=yer", headers=HX).content)
    assert trozo.startswith('<section id="precios_lista"')
    assert trozo.count('id="precio_fila-') == 1
    todas = jefa.get(url(lista, "precios") + "?q=nandu+galle&pagina=2").content.decode()
    assert todas.count('id="precio_fila-') == 1
    ninguna = jefa.get(url(lista, "precios") + "?q=zzz").content.decode()
    assert "Ningún artículo de la lista coincide" in ninguna


def test_a_page_of_fifty_costs_as_many_queries_as_one_of_two(
    jefa: Client, lista: ListaPrecio
) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            jefa.get(url(lista, "precios"))
        return len(hechas)

    crear_precio_lista(lista, crear_articulo(), 5)
    consultas()  # what each process asks once
    crear_precio_lista(lista, crear_articulo(), 5)
    dos = consultas()
    for _ in range(48):
        crear_precio_lista(lista, crear_articulo(), 5)
    assert consultas() == dos


def test_a_list_without_prices_says_what_to_do(jefa: Client, lista: ListaPrecio) -> None:
    assert "Sin precios todavía" in jefa.get(url(lista, "precios")).content.decode()


@pytest.mark.parametrize(
    "escrito",
    ["12500", "12.500", "12500,00", "12.500.-", " 12 500 ", "12\u00a0500", "Gs. 12.500", "₲12500"],
)
def test_a_price_is_changed_as_people_write_it(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo, escrito: str
) -> None:
    version = reglamento_de(lista).version
    respuesta = jefa.post(url(lista, "precios", precio.pk), cambio(precio, escrito), headers=HX)
    assert respuesta.status_code == 200
    html = texto(respuesta.content)
    assert html.startswith(f'<tr id="precio_fila-{precio.pk}">')
    assert 'value="12.500"' in html
    assert "Guardado" in html
    precio.refresh_from_db()
    assert precio.precio_base == 12_500
    assert reglamento_de(lista).version != version
    assert [v.precio_base for v in precio.historia.all()] == [12_500, 10_000]


def test_a_price_in_soles_has_its_centimos_and_is_read_as_it_is_shown(
    jefa: Client, lista: ListaPrecio
) -> None:
    Empresa.objects.filter(pk=lista.empresa_id).update(moneda=Moneda.PEN)
    precio = crear_precio_lista(lista, crear_articulo(), 2000)
    for nuevo, visto in (("1234.5", "1.234,50"), ("1.234,50", "1.234,50"), ("99", "99,00")):
        html = jefa.get(url(lista, "precios")).content.decode()
        (antes,) = re.findall('name="antes" value="(.*?)"', html)
        ruta = url(lista, "precios", precio.pk)
        html = jefa.post(ruta, cambio(precio, nuevo, antes), headers=HX).content.decode()
        assert f'value="{visto}"' in html
        assert f'value="{visto}"' in jefa.get(url(lista, "precios")).content.decode()


def test_a_price_just_saved_is_changed_again(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    ruta = url(lista, "precios", precio.pk)
    html = jefa.post(ruta, cambio(precio, "12500,00"), headers=HX).content.decode()
    (antes,) = re.findall('name="antes" value="(.*?)"', html)
    assert jefa.post(ruta, cambio(precio, "9.500", antes), headers=HX).status_code == 200
    precio.refresh_from_db()
    assert precio.precio_base == 9_500


@pytest.mark.parametrize(
    "escrito",
    ["", "0", "-1", "0,5", "abc", "NaN", "1e9", "9" * 30, "1\x002.", "1.2.3", "0.500", "US$ 5"],
)
def test_a_bad_price_stays_written_and_is_not_kept(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo, escrito: str
) -> None:
    respuesta = jefa.post(url(lista, "precios", precio.pk), cambio(precio, escrito), headers=HX)
    assert respuesta.status_code == 422
    html = texto(respuesta.content)
    assert "is-invalid" in html
    assert 'role="alert"' in html
    assert 'name="antes" value="10000"' in html
    precio.refresh_from_db()
    assert precio.precio_base == 10_000


def test_a_price_changed_by_somebody_meanwhile_is_told(
    jefa: Client, mesa: Mesa, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    ruta = url(lista, "precios", precio.pk)
    entrar(mesa.admin).post(ruta, cambio(precio, "11.000"), headers=HX)
    respuesta = jefa.post(ruta, cambio(precio, "12.000"), headers=HX)
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert "admin lo cambió a Gs. 11.000. Guardar otra vez deja el suyo." in html
    assert 'value="12.000"' in html
    assert 'name="antes" value="11000"' in html
    jefa.post(ruta, cambio(precio, "12.000", "11000"), headers=HX)
    precio.refresh_from_db()
    assert precio.precio_base == 12_000


def test_the_same_price_again_is_no_change(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    jefa.post(url(lista, "precios", precio.pk), cambio(precio, "10.000"), headers=HX)
    assert precio.historia.count() == 1


def test_an_article_is_added_with_table_and_head(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    nuevo = crear_articulo("Azúcar")
    campos = {"articulo": str(nuevo.pk), "precio_base": "7.050"}
    respuesta = jefa.post(url(lista, "precios"), campos, headers=HX)
    html = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert html.count('id="precio_fila-') == 2
    assert html.count('hx-swap-oob="true"') == 2
    assert aviso(respuesta) == ("exito", "Azúcar agregado.")
    assert lista.precios.get(articulo=nuevo).precio_base == 7_050


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"precio_base": "100"}, "Elegir el artículo de la búsqueda."),
        ({"articulo": "999999", "precio_base": "100"}, ""),
        ({"articulo": "1" * 40, "precio_base": "100"}, ""),
        ({"articulo": "{yerba}", "precio_base": ""}, "Escribir el precio."),
        (
            {"articulo": "{yerba}", "precio_base": "10,50"},
            "«10,50» lleva decimales: escribir un número entero.",
        ),
        ({"articulo": "{puesto}", "precio_base": "10"}, "Ese artículo ya está en la lista"),
        ({"articulo": "{en_soles}", "precio_base": "10"}, "tiene precios en otra moneda"),
    ],
)
def test_what_may_not_be_added_comes_back_as_the_form(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo, campos: dict[str, str], frase: str
) -> None:
    en_soles = crear_articulo("Laptop")
    crear_precio_lista(crear_lista(crear_empresa("Lima", moneda=Moneda.PEN)), en_soles)
    claves = {
        "{yerba}": str(crear_articulo("Yerba").pk),
        "{puesto}": str(precio.articulo_id),
        "{en_soles}": str(en_soles.pk),
    }
    campos = {campo: claves.get(valor, valor) for campo, valor in campos.items()}
    respuesta = jefa.post(url(lista, "precios"), campos, headers=HX)
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert html.startswith('<section id="precio_alta"')
    assert frase in html
    assert "is-invalid" in html
    assert lista.precios.count() == 1


def test_an_article_taken_out_comes_back(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    respuesta = jefa.post(url(lista, "precios", precio.pk, "baja"), headers=HX)
    assert f'id="precio_fila-{precio.pk}" class="quitada"' in respuesta.content.decode()
    assert lista.precios.count() == 0
    vuelta = url(lista, "precios", precio.pk, "restauracion")
    assert f'hx-post="{vuelta}"' in respuesta.content.decode()
    for _ in range(2):
        assert 'value="10.000"' in jefa.post(vuelta, headers=HX).content.decode()
    assert lista.precios.get().pk == precio.pk


def test_an_article_written_and_not_chosen_counts_if_there_is_one(
    jefa: Client, lista: ListaPrecio
) -> None:
    azucar, sal = (crear_articulo(nombre) for nombre in ("Azúcar rubia", "Sal gruesa"))
    crear_articulo("Sal fina")
    ruta = url(lista, "precios")
    for escrito, estado in (("azucar", 302), (str(sal.codigo), 302), ("sal", 422), ("zzz", 422)):
        respuesta = jefa.post(ruta, {"articulo": "", "q": escrito, "precio_base": "10"})
        assert (escrito, respuesta.status_code) == (escrito, estado)
    html = texto(respuesta.content)
    assert "Elegir el artículo de la búsqueda." in html
    assert 'value="zzz"' in html
    assert set(lista.precios.values_list("articulo", flat=True)) == {azucar.pk, sal.pk}


def test_a_row_brings_the_head_as_it_is_by_now(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    ruta = url(lista, "precios", precio.pk)
    for hecho, campos, cuantos in (
        (ruta, cambio(precio, "12.000"), 1),
        (f"{ruta}baja/", {}, 0),
        (f"{ruta}restauracion/", {}, 1),
    ):
        html = texto(jefa.post(hecho, campos, headers=HX).content)
        # What is not of a table comes in a sheath, or the browser drops its forms.
        assert re.search('</tr> <template> ?<div id="lista_cabeza" hx-swap-oob="true">', html)
        assert f'Precios <span class="cuantos">{cuantos}</span>' in html
        assert reglamento_de(ListaPrecio.objects.con_versiones().get()).version in html


def test_an_article_added_to_a_search_leaves_the_search(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    campos = {"articulo": str(crear_articulo("Azúcar").pk), "precio_base": "10"}
    pagina = {"HX-Current-URL": f"http://testserver{url(lista, 'precios')}?q=azucar"}
    html = texto(jefa.post(url(lista, "precios"), campos, headers=HX | pagina).content)
    assert html.count('id="precio_fila-') == 1
    assert 'Precios <span class="cuantos">2</span>' in html


def test_a_price_that_somebody_took_out_is_told_where_it_was(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    ruta, campos = url(lista, "precios", precio.pk), cambio(precio, "12.000")
    precio.delete()
    for hecho in (ruta, f"{ruta}baja/"):
        respuesta = jefa.post(hecho, campos, headers=HX)
        assert respuesta.status_code == 422
        assert aviso(respuesta)[1] == "Alguien lo quitó de la lista mientras tanto."
        assert jefa.post(hecho, campos)["Location"] == url(lista, "precios")
    assert jefa.post(url(lista, "precios", 999_999), campos).status_code == 404


def test_an_article_that_is_gone_does_not_come_back(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    vuelta = url(lista, "precios", precio.pk, "restauracion")
    Articulo.objects.filter(pk=precio.articulo_id).delete()
    respuesta = jefa.post(vuelta, headers=HX)
    assert respuesta.status_code == 422
    assert "un artículo que ya no está" in respuesta.content.decode()
    assert lista.precios.count() == 0


def test_two_people_adding_one_article_at_once(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when the other's row arrives between the check and the insertion.
    monkeypatch.setattr(PrecioArticulo, "validate_unique", lambda *_a, **_k: None)
    campos = {"articulo": str(precio.articulo_id), "precio_base": "10"}
    respuesta = jefa.post(url(lista, "precios"), campos, headers=HX)
    assert respuesta.status_code == 422
    assert "Ese artículo ya está en la lista" in respuesta.content.decode()


def test_the_picker_tells_the_price_in_the_list(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    crear_articulo("Yerba con menta")
    html = texto(jefa.get(url(lista, "articulos") + "?q=yerba", headers=HX).content)
    assert html.startswith('<div id="articulos_de_lista" class="opciones" data-q="yerba" hidden>')
    assert html.count('role="option"') == 2
    assert '<span class="opcion-precio num">10.000</span>' in html
    assert "no está en la lista" in html
    nada = jefa.get(url(lista, "articulos") + "?q=%00zzz", headers=HX)
    assert "Ningún artículo coincide" in nada.content.decode()


def test_without_htmx_each_deed_goes_back_to_the_page(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    ruta = url(lista, "precios", precio.pk)
    for hecho, campos in ((ruta, cambio(precio, "12.000")), (f"{ruta}baja/", {})):
        assert jefa.post(hecho, campos)["Location"] == url(lista, "precios")
    assert jefa.post(f"{ruta}restauracion/")["Location"] == url(lista, "precios")
    assert lista.precios.get().precio_base == 12_000


@pytest.fixture
def par() -> list[Articulo]:
    return [crear_articulo("Teclado"), crear_articulo("Mouse")]


def combo_con(articulos: list[Articulo], **campos: Any) -> dict[str, Any]:
    return {"nombre": "Escritorio", "articulos": [str(a.pk) for a in articulos]} | campos


def test_a_combination_is_added_and_changed(
    jefa: Client, lista: ListaPrecio, par: list[Articulo]
) -> None:
    respuesta = jefa.post(url(lista, "combinaciones"), combo_con(par), headers=HX)
    assert respuesta.status_code == 200
    assert 'Combinaciones <span class="cuantos">1</span>' in texto(respuesta.content)
    combo = lista.combinaciones.get()
    tercero = crear_articulo("Pantalla")
    ruta = url(lista, "combinaciones", combo.pk)
    assert jefa.get(ruta, headers=HX).content.decode().count('name="articulos"') == 3
    campos = combo_con([*par, tercero], nombre="Completo", huella=huella_de(combo))
    version = reglamento_de(lista).version
    assert jefa.post(ruta, campos, headers=HX).status_code == 200
    combo.refresh_from_db()
    assert (combo.nombre, combo.articulos.count()) == ("Completo", 3)
    assert reglamento_de(lista).version != version


@pytest.mark.parametrize("cuantos", [0, 1])
def test_a_combination_is_of_two_or_more(
    jefa: Client, lista: ListaPrecio, par: list[Articulo], cuantos: int
) -> None:
    respuesta = jefa.post(url(lista, "combinaciones"), combo_con(par[:cuantos]), headers=HX)
    assert respuesta.status_code == 422
    html = respuesta.content.decode()
    assert html.count(f'value="{par[0].pk}"') == cuantos
    assert 'class="buscador-error"' in html
    assert lista.combinaciones.count() == 0


def test_a_combination_changed_or_removed_meanwhile_is_told(
    jefa: Client, lista: ListaPrecio, par: list[Articulo]
) -> None:
    combo = crear_combinacion(lista, par, "Escritorio")
    ruta, campos = url(lista, "combinaciones", combo.pk), combo_con(par, huella=huella_de(combo))
    combo.articulos.add(crear_articulo("Pantalla"))
    respuesta = jefa.post(ruta, campos, headers=HX)
    assert respuesta.status_code == 422
    assert "Alguien la cambió mientras tanto." in respuesta.content.decode()
    assert combo.articulos.count() == 3
    combo.delete()
    respuesta = jefa.post(ruta, campos, headers=HX)
    assert respuesta.status_code == 422
    assert "Guardar la agrega de nuevo." in respuesta.content.decode()
    assert respuesta.content.decode().count('name="articulos" value="') == 3


def test_a_combination_in_use_stays_and_another_can_be_undone(
    jefa: Client, lista: ListaPrecio, par: list[Articulo]
) -> None:
    usada, libre = (crear_combinacion(lista, par, nombre) for nombre in ("Usada", "Libre"))
    crear_regla(lista, combinacion=usada)
    respuesta = jefa.post(url(lista, "combinaciones", usada.pk, "baja"), headers=HX)
    assert respuesta.status_code == 422
    assert aviso(respuesta) == ("aviso", "La usa 1 regla: quitarla o cambiarla primero.")
    respuesta = jefa.post(url(lista, "combinaciones", libre.pk, "baja"), headers=HX)
    assert respuesta.status_code == 200
    assert "Se quitó «Libre»." in respuesta.content.decode()
    assert [c.nombre for c in CombinacionProducto.objects.all()] == ["Usada"]
    jefa.post(url(lista, "combinaciones"), combo_con(par, nombre="Libre"), headers=HX)
    assert lista.combinaciones.get(nombre="Libre").articulos.count() == 2


def test_the_log_names_who_and_from_what_to_what(
    jefa: Client, lista: ListaPrecio, precio: PrecioArticulo
) -> None:
    jefa.post(url(lista, "precios", precio.pk), cambio(precio, "12.000"), headers=HX)
    html = texto(jefa.get(url(lista, "historia")).content)
    assert "sofia" in html
    assert "Precio base: <del>10.000</del> → <ins>12.000</ins>" in html
    assert Decimal(12_000) == lista.precios.get().precio_base
