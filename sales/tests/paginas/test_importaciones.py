"""The pages of imports: from a file to what it changed, for whoever may."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gestion_precios.models import Articulo, Moneda
from sales.importacion import trabajo
from sales.models import ImportacionDatos, Perfil
from sales.tests.fabricas import crear_empresa
from sales.tests.importacion.bancos import csv
from sales.tests.mesa import Mesa, entrar, texto

ARTICULOS = csv("Código;Descripción", "7;Yerba <b>mate</b>", "8;Azúcar")


def _subir(navegador: Client, contenido: bytes = ARTICULOS, **campos: Any) -> Any:
    archivo = SimpleUploadedFile("artículos.csv", contenido)
    return navegador.post("/importaciones/", {"tipo": "articulos", "archivo": archivo} | campos)


def _ultima() -> ImportacionDatos:
    return ImportacionDatos.objects.latest("creada_en")


def test_a_file_is_looked_at_confirmed_and_undone(mesa: Mesa) -> None:
    navegador = entrar(mesa.admin)
    respuesta = _subir(navegador)
    importacion = _ultima()
    pagina = f"/importaciones/{importacion.pk}/"
    assert (respuesta.status_code, respuesta["Location"]) == (302, pagina)
    leyendo = navegador.get(pagina)
    assert f'hx-get="{pagina}estado/"' in leyendo.content.decode()
    assert "Leyendo" in texto(leyendo.content)
    trabajo.trabajar(importacion.pk)
    vista = navegador.get(f"{pagina}estado/")
    assert "hx-get" not in vista.content.decode()
    assert "Yerba &lt;b&gt;mate&lt;/b&gt;" in texto(vista.content)
    importacion.refresh_from_db()
    navegador.post(f"{pagina}confirmacion/", {"huella": importacion.huella})
    trabajo.trabajar(importacion.pk)
    assert "Deshacer" in texto(navegador.get(pagina).content)
    assert Articulo.objects.filter(codigo__in=(7, 8)).count() == 2
    respuesta = navegador.post(f"{pagina}deshecho/", follow=True)
    assert "Deshecha: todo quedó como antes de la importación." in texto(respuesta.content)
    assert not Articulo.objects.filter(codigo__in=(7, 8)).exists()


def test_rows_may_be_pasted(mesa: Mesa) -> None:
    navegador = entrar(mesa.admin)
    navegador.post(
        "/importaciones/", {"tipo": "articulos", "pegado": "Código\tDescripción\n7\tYerba"}
    )
    importacion = _ultima()
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    assert importacion.archivo == "pegado.csv"
    assert importacion.resumen["cuentas"]["nueva"] == 1


def test_columns_are_told_by_hand(mesa: Mesa) -> None:
    navegador = entrar(mesa.admin)
    _subir(navegador, csv("Uno;Dos", "7;Yerba"))
    importacion = _ultima()
    trabajo.trabajar(importacion.pk)
    pagina = f"/importaciones/{importacion.pk}/"
    assert "Falta decir qué columna es: Código (número) o SKU" in texto(
        navegador.get(pagina).content
    )
    navegador.post(f"{pagina}columnas/", {"columna_0": "codigo", "columna_1": "descripcion"})
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    assert importacion.mapeo == {"0": "codigo", "1": "descripcion"}
    assert importacion.resumen["cuentas"]["nueva"] == 1


REHUSADAS: list[tuple[dict[str, Any], str, str]] = [
    ({"tipo": "articulos"}, "falta", "Elegir un archivo XLSX o CSV, o pegar las filas."),
    ({"tipo": "otra", "pegado": "x"}, "invalido", "Elegir qué se importa."),
    (
        {"tipo": "articulos", "pegado": "x", "moneda": "EUR"},
        "invalido",
        "Elegir una moneda de la lista.",
    ),
    (
        {"tipo": "articulos", "pegado": "x", "canal": "999"},
        "invalido",
        "Elegir un canal de la lista.",
    ),
    (
        {"tipo": "articulos", "pegado": "x", "canal": "9" * 5_000},
        "invalido",
        "Elegir un canal de la lista.",
    ),
    (
        {"tipo": "articulos", "pegado": "x", "fecha": "31/12/2026"},
        "invalido",
        "Escribir la fecha como 31/12/2026.",
    ),
    (
        {"tipo": "articulos", "pegado": "x", "canal": "²"},
        "invalido",
        "Elegir un canal de la lista.",
    ),
]


@pytest.mark.parametrize(("campos", "codigo", "frase"), REHUSADAS)
def test_what_cannot_be_is_said_on_the_page_and_by_code(
    mesa: Mesa, campos: dict[str, Any], codigo: str, frase: str
) -> None:
    navegador = entrar(mesa.admin)
    pagina = navegador.post("/importaciones/", campos, HTTP_ACCEPT="text/html")
    assert (pagina.status_code, frase in texto(pagina.content)) == (422, True)
    programa = navegador.post("/importaciones/", campos, HTTP_ACCEPT="application/json")
    assert (programa.status_code, programa.json()["codigo"]) == (400, codigo)
    assert ImportacionDatos.objects.count() == 0


def test_a_refused_confirmation_is_said_on_the_page(mesa: Mesa) -> None:
    navegador = entrar(mesa.admin)
    _subir(navegador)
    importacion = _ultima()
    trabajo.trabajar(importacion.pk)
    pagina = f"/importaciones/{importacion.pk}/"
    respuesta = navegador.post(
        f"{pagina}confirmacion/", {"huella": "otra"}, follow=True, HTTP_ACCEPT="text/html"
    )
    assert "La vista previa cambió: revisar de nuevo." in texto(respuesta.content)
    assert not Articulo.objects.filter(codigo=7).exists()


def test_each_person_imports_what_they_may(mesa: Mesa) -> None:
    de_clientes = Permission.objects.filter(codename__in=("add_cliente", "change_cliente"))
    mesa.supervisor.user_permissions.set(de_clientes)
    navegador = entrar(mesa.supervisor)
    pagina = navegador.get("/importaciones/").content.decode()
    assert 'value="clientes"' in pagina
    assert 'value="articulos"' not in pagina
    _subir(entrar(mesa.admin))
    assert navegador.get(f"/importaciones/{_ultima().pk}/").status_code == 404
    assert "artículos.csv" not in navegador.get("/importaciones/").content.decode()
    respuesta = navegador.post("/importaciones/", {"tipo": "articulos", "pegado": "x"})
    assert respuesta.status_code == 422


def test_amounts_are_first_in_the_currency_of_one_s_own_company(mesa: Mesa) -> None:
    crear_empresa("De Lima", moneda=Moneda.PEN)
    Perfil.objects.create(usuario=mesa.admin, sucursal=mesa.asuncion)
    pagina = entrar(mesa.admin).get("/importaciones/")
    assert pagina.context["monedas"] == ["PYG", "PEN"]
    Perfil.objects.all().delete()
    assert entrar(mesa.admin).get("/importaciones/").context["monedas"] == ["PEN", "PYG"]
