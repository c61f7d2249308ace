"""A list's page: its rules read, added, changed, reordered, switched off, removed, put back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client

from gestion_precios.models import ListaPrecio, ReglaPrecio
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.paginas.formularios import huella_de
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)
from sales.tests.mesa import HX, Mesa, aviso, entrar, texto

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista(mesa: Mesa) -> ListaPrecio:
    lista = crear_lista(mesa.asuncion.empresa, nombre="General")
    crear_precio_lista(lista, mesa.articulo, 10_000)
    return lista


def frases(html: bytes) -> list[str]:
    return re.findall(r'<p class="regla-frase">([^<]*)</p>', html.decode())


def datos(**campos: str) -> dict[str, str]:
    """A rule's form as filled in: 10 % off everything."""
    return {
        "efecto": "DESCUENTO",
        "valor_regla": "10",
        "tipo_regla": "PORCENTAJE",
        "condicion": "SIEMPRE",
        "condicion_valor": "",
        "nombre_regla": "Diez",
        "prioridad": "10",
        "activa": "on",
    } | campos


def url(lista: ListaPrecio, *partes: object) -> str:
    return "/".join(("", "precios", str(lista.pk), *map(str, partes), ""))


def test_rules_are_read_in_firing_order(jefa: Client, lista: ListaPrecio) -> None:
    crear_regla(lista, nombre="Segunda", prioridad=20, condicion_valor=6)
    crear_regla(lista, nombre="Primera", valor=5, prioridad=5)
    html = jefa.get(url(lista)).content
    assert frases(html) == ["5 % a todo", "10 % a todo, desde 6 unidades"]
    assert reglamento_de(lista).version in html.decode()


def test_a_rule_is_added_and_head_and_rules_come_with_it(jefa: Client, lista: ListaPrecio) -> None:
    campos = datos(condicion="MONTO_MINIMO", condicion_valor="5.000")
    respuesta = jefa.post(url(lista, "reglas"), campos, headers=HX)
    assert respuesta.status_code == 200
    assert re.findall(
        r'^<(?:aside|section|div) id="(\w+)"', respuesta.content.decode(), re.MULTILINE
    ) == [
        "regla_formulario",
        "reglas_lista",
        "lista_cabeza",
    ]
    assert respuesta.content.decode().count('hx-swap-oob="true"') == 2
    assert frases(respuesta.content) == ["10 % a todo, desde Gs. 5.000 de pedido"]
    assert aviso(respuesta) == ("exito", "Regla agregada.")
    regla = lista.reglas.get()
    assert (regla.condicion, regla.condicion_valor) == ("MONTO_MINIMO", Decimal(5000))
    assert regla.historia.get().history_user.username == "sofia"


def test_a_swap_leaves_what_a_fresh_page_has(jefa: Client, lista: ListaPrecio) -> None:
    crear_regla(lista, nombre="Una")
    regla = crear_regla(lista, nombre="Otra", valor=5, prioridad=20)
    orden = {"antes_de": str(lista.reglas.earliest("pk").pk)}
    trozo = texto(jefa.post(url(lista, "reglas", regla.pk, "orden"), orden, headers=HX).content)
    reglas, cabeza = trozo.split('<div id="lista_cabeza" hx-swap-oob="true">')
    fresca = re.sub(r'value="\w{64}"', "", texto(jefa.get(url(lista)).content))
    for parte in (reglas, '<div id="lista_cabeza">' + cabeza):
        assert re.sub(r'value="\w{64}"', "", parte).strip() in fresca


def test_surcharges_and_scopes_go_to_the_models_fields(
    jefa: Client, mesa: Mesa, lista: ListaPrecio
) -> None:
    campos = datos(
        efecto="RECARGO",
        tipo_regla="MONTO_FIJO",
        valor_regla="1.500",
        aplica_articulo=str(mesa.articulo.pk),
    )
    assert jefa.post(url(lista, "reglas"), campos)["Location"] == url(lista)
    regla = lista.reglas.get()
    assert (regla.valor_regla, regla.aplica_articulo_id) == (Decimal(-1500), mesa.articulo.pk)
    html = jefa.get(url(lista, "reglas", regla.pk), headers=HX).content.decode()
    assert '<option value="RECARGO" selected>' in html
    assert '<option value="SIEMPRE" selected>' in html
    assert 'value="1.500"' in html
    assert f'value="{mesa.articulo.descripcion}"' in html


@pytest.mark.parametrize(
    ("campos", "campo", "frase"),
    [
        ({"valor_regla": "100,01"}, "valor_regla", "Un descuento no pasa de 100 %."),
        ({"valor_regla": "0"}, "valor_regla", ""),
        ({"valor_regla": ""}, "valor_regla", ""),
        ({"condicion": "CANTIDAD_MINIMA"}, "condicion_valor", "Escribir desde cuánto."),
        ({"condicion": "MONTO_MINIMO", "condicion_valor": "-1"}, "condicion_valor", ""),
        ({"nombre_regla": " "}, "nombre_regla", ""),
        ({"prioridad": "1000001"}, "prioridad", ""),
        ({"aplica_articulo": "999999"}, "aplica_articulo", ""),
        ({"aplica_articulo": "9" * 30}, "aplica_articulo", ""),
        ({"aplica_articulo": "x\x00"}, "aplica_articulo", ""),
        ({"tipo_regla": "OTRO"}, "tipo_regla", ""),
    ],
)
def test_what_may_not_be_comes_back_as_the_form(
    jefa: Client, lista: ListaPrecio, campos: dict[str, str], campo: str, frase: str
) -> None:
    respuesta = jefa.post(url(lista, "reglas"), datos(**campos), headers=HX)
    assert respuesta.status_code == 422
    html = texto(respuesta.content)
    assert html.startswith('<aside id="regla_formulario"')
    assert "is-invalid" in html
    assert frase in html
    assert 'value="Diez"' in html or campo == "nombre_regla"
    assert lista.reglas.count() == 0


def test_an_equal_rule_is_refused(jefa: Client, lista: ListaPrecio) -> None:
    crear_regla(lista, nombre="Diez")
    respuesta = jefa.post(url(lista, "reglas"), datos(), headers=HX)
    assert respuesta.status_code == 422
    assert "Ya hay una regla igual en todo." in respuesta.content.decode()


def test_another_lists_combination_cannot_be_chosen(jefa: Client, lista: ListaPrecio) -> None:
    otra = crear_lista(lista.empresa, canal_venta="TIENDA")
    ajena = crear_combinacion(otra, [crear_articulo(), crear_articulo()])
    campos = datos(aplica_combinacion=str(ajena.pk))
    assert jefa.post(url(lista, "reglas"), campos, headers=HX).status_code == 422


def test_a_rule_is_changed(jefa: Client, lista: ListaPrecio) -> None:
    regla = crear_regla(lista, nombre="Diez")
    campos = datos(valor_regla="12,5", huella=huella_de(regla))
    respuesta = jefa.post(url(lista, "reglas", regla.pk), campos, headers=HX)
    assert frases(respuesta.content) == ["12,5 % a todo"]
    assert re.search(rf'id="regla-{regla.pk}-editar"[^>]* autofocus', respuesta.content.decode())


def test_what_somebody_changed_meanwhile_is_said_and_nothing_is_lost(
    jefa: Client, mesa: Mesa, lista: ListaPrecio
) -> None:
    regla = crear_regla(lista, nombre="Diez")
    campos = datos(valor_regla="30", huella=huella_de(regla))
    de_la_admin = datos(valor_regla="20", huella=huella_de(regla))
    entrar(mesa.admin).post(url(lista, "reglas", regla.pk), de_la_admin)
    respuesta = jefa.post(url(lista, "reglas", regla.pk), campos, headers=HX)
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert "admin la cambió mientras tanto; ahora dice: «20 % a todo»." in html
    assert 'value="30"' in html
    regla.refresh_from_db()
    assert regla.valor_regla == 20
    nueva = re.search(r'name="huella" value="(\w+)"', html)
    assert nueva is not None
    jefa.post(url(lista, "reglas", regla.pk), campos | {"huella": nueva[1]}, headers=HX)
    regla.refresh_from_db()
    assert regla.valor_regla == 30


def test_a_rule_for_an_article_that_was_not_chosen_is_not_for_everything(
    jefa: Client, lista: ListaPrecio
) -> None:
    for nombre in ("Yerba fina", "Yerba gruesa"):
        crear_articulo(nombre)
    campos = datos(aplica_articulo="", q="yerba")
    respuesta = jefa.post(url(lista, "reglas"), campos, headers=HX)
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert "Elegir el artículo de la búsqueda." in html
    assert 'value="yerba"' in html
    jefa.post(url(lista, "reglas"), campos | {"q": "yerba fina"}, headers=HX)
    assert list(lista.reglas.values_list("aplica_articulo__descripcion", flat=True)) == [
        "Yerba fina"
    ]


def test_a_rule_moved_or_switched_off_beside_its_form_stays_so(
    jefa: Client, lista: ListaPrecio
) -> None:
    regla, otra = crear_regla(lista, nombre="Diez"), crear_regla(lista, valor=5, prioridad=20)
    ruta = url(lista, "reglas", regla.pk)
    html = jefa.get(ruta, headers=HX).content.decode()
    vistos = dict(re.findall(r'name="(initial-\w+|huella)" value="(\w+)"', html))
    jefa.post(f"{ruta}orden/", {"despues_de": str(otra.pk)}, headers=HX)
    jefa.post(f"{ruta}estado/", {"activa": "0"}, headers=HX)
    malo = jefa.post(ruta, datos(valor_regla="120") | vistos, headers=HX)
    assert malo.status_code == 422
    assert vistos == dict(
        re.findall(r'name="(initial-\w+|huella)" value="(\w+)"', malo.content.decode())
    )
    assert jefa.post(ruta, datos(valor_regla="12") | vistos, headers=HX).status_code == 200
    regla.refresh_from_db()
    assert (int(regla.valor_regla), regla.prioridad, regla.activa) == (12, 20, False)
    jefa.post(ruta, datos(prioridad="7") | vistos | {"huella": huella_de(regla)}, headers=HX)
    regla.refresh_from_db()
    assert (regla.prioridad, regla.activa) == (7, False)


def test_a_rule_that_somebody_removed_becomes_a_new_one(jefa: Client, lista: ListaPrecio) -> None:
    regla = crear_regla(lista, nombre="Diez")
    campos = datos(valor_regla="30", huella=huella_de(regla))
    clave = regla.pk
    regla.delete()
    respuesta = jefa.post(url(lista, "reglas", clave), campos, headers=HX)
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert "«Diez» ya no está: alguien la quitó mientras tanto. Guardar la agrega de nuevo." in html
    assert f'hx-post="{url(lista, "reglas")}"' in html
    assert 'value="30"' in html


def test_a_rule_goes_up_and_down(jefa: Client, lista: ListaPrecio) -> None:
    uno, dos = (crear_regla(lista, nombre=f"R{n}", valor=n, prioridad=10) for n in (1, 2))
    subir = {"antes_de": str(uno.pk)}
    respuesta = jefa.post(url(lista, "reglas", dos.pk, "orden"), subir, headers=HX)
    assert frases(respuesta.content) == ["2 % a todo", "1 % a todo"]
    assert aviso(respuesta) == ("exito", "Orden cambiado.")
    bajar = {"despues_de": str(uno.pk)}
    respuesta = jefa.post(url(lista, "reglas", dos.pk, "orden"), bajar, headers=HX)
    assert frases(respuesta.content) == ["1 % a todo", "2 % a todo"]


def test_an_order_beside_one_that_is_gone_shows_the_rules_as_they_are(
    jefa: Client, lista: ListaPrecio
) -> None:
    regla, otra = crear_regla(lista), crear_regla(lista, nombre="Otra", valor=5)
    campos = {"antes_de": str(otra.pk)}
    otra.delete()
    respuesta = jefa.post(url(lista, "reglas", regla.pk, "orden"), campos, headers=HX)
    assert respuesta.status_code == 422
    assert frases(respuesta.content) == ["10 % a todo"]
    assert aviso(respuesta)[0] == "aviso"
    for malo in ("", "x", "9" * 40):
        campos = {"antes_de": malo}
        assert jefa.post(url(lista, "reglas", regla.pk, "orden"), campos).status_code == 404


def test_a_rule_is_switched_off_and_on(jefa: Client, lista: ListaPrecio) -> None:
    regla = crear_regla(lista, nombre="Diez")
    version = reglamento_de(lista).version
    respuesta = jefa.post(url(lista, "reglas", regla.pk, "estado"), {"activa": "0"}, headers=HX)
    assert aviso(respuesta) == ("exito", "«Diez» ya no se aplica.")
    assert "Apagada" in respuesta.content.decode()
    assert reglamento_de(lista).version != version
    respuesta = jefa.post(url(lista, "reglas", regla.pk, "estado"), {"activa": "1"}, headers=HX)
    assert aviso(respuesta) == ("exito", "«Diez» vuelve a aplicarse.")
    assert [v.activa for v in regla.historia.all()] == [True, False, True]


def test_a_removed_rule_comes_back_as_it_was_and_where_it_was(
    jefa: Client, lista: ListaPrecio
) -> None:
    regla = crear_regla(lista, nombre="Diez", prioridad=5)
    crear_regla(lista, nombre="Otra", valor=1, prioridad=20)
    respuesta = jefa.post(url(lista, "reglas", regla.pk, "baja"), headers=HX)
    assert frases(respuesta.content) == ["1 % a todo"]
    vuelta = url(lista, "reglas", regla.pk, "restauracion")
    assert f'hx-post="{vuelta}"' in respuesta.content.decode()
    respuesta = jefa.post(vuelta, headers=HX)
    assert frases(respuesta.content) == ["10 % a todo", "1 % a todo"]
    vuelta_a_la_base = ReglaPrecio.objects.get(pk=regla.pk)
    assert huella_de(vuelta_a_la_base) == huella_de(regla)
    assert aviso(jefa.post(vuelta, headers=HX)) == ("info", "La regla ya está.")


def test_a_rule_whose_combination_is_gone_does_not_come_back(
    jefa: Client, lista: ListaPrecio
) -> None:
    combo = crear_combinacion(lista, [crear_articulo(), crear_articulo()])
    regla = crear_regla(lista, combinacion=combo)
    clave = regla.pk
    combo.delete()
    respuesta = jefa.post(url(lista, "reglas", clave, "restauracion"), headers=HX)
    assert respuesta.status_code == 422
    assert aviso(respuesta)[1].startswith("No se puede devolver la regla: ")


def test_deeds_on_a_rule_that_is_gone_say_so_and_on_one_that_never_was_404(
    jefa: Client, lista: ListaPrecio
) -> None:
    otra = crear_lista(lista.empresa, canal_venta="TIENDA")
    ajena, regla = crear_regla(otra), crear_regla(lista, nombre="Diez")
    clave = regla.pk
    regla.delete()
    for hecho in ("estado", "baja"):
        respuesta = jefa.post(url(lista, "reglas", clave, hecho), headers=HX)
        assert respuesta.status_code == 422
        assert aviso(respuesta)[1] == "«Diez» ya no está: alguien la quitó mientras tanto."
        assert jefa.post(url(lista, "reglas", ajena.pk, hecho)).status_code == 404
    assert jefa.get(url(lista, "reglas", clave)).status_code == 404


def test_a_tie_is_told_beside_its_rules(jefa: Client, lista: ListaPrecio) -> None:
    una = crear_regla(lista, nombre="Por ciento")
    otra = crear_regla(lista, nombre="Fija", tipo="MONTO_FIJO", valor=500)
    html = jefa.get(url(lista)).content.decode()
    for regla in (una, otra):
        fila = html[html.index(f'id="regla-{regla.pk}"') :]
        assert 'class="regla-aviso"' in fila[: fila.index("</li>")]


def test_costs_are_not_told_to_whom_may_not_see_them(mesa: Mesa, lista: ListaPrecio) -> None:
    mesa.articulo.ultimo_costo = Decimal(9_500)
    mesa.articulo.save()
    crear_regla(lista)
    frase = "baja de su costo"
    assert frase in entrar(mesa.supervisor).get(url(lista)).content.decode()
    assert frase not in entrar(mesa.tomador).get(url(lista)).content.decode()


def test_names_are_never_markup(jefa: Client, lista: ListaPrecio) -> None:
    malo = "<img src=x onerror=alert(1)>"
    regla = crear_regla(lista, nombre=malo, articulo=crear_articulo(malo))
    for partes in ((), ("reglas", regla.pk), ("historia",)):
        assert malo not in jefa.get(url(lista, *partes)).content.decode()
