"""Going back to a version asks for what changing the row asks for, and moves nothing unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from simple_history.admin import SimpleHistoryAdmin

from core.tests.autorizacion.matriz_admin import formulario_de_version, url_de
from core.tests.autorizacion.mundo_admin import Mundo, crear_mundo
from core.tests.corrida.compartir import Compartir
from gestion_precios.admin.historia import ConHistoria
from gestion_precios.models import PrecioArticulo
from sales.tests.mesa import entrar

PRECIO = "gestion_precios.PrecioArticulo"
CON_HISTORIA = ("ListaPrecio", "PrecioArticulo", "ReglaPrecio", "CombinacionProducto")


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


def _volver(mundo: Mundo, quien: User | None, etiqueta: str) -> int:
    """The status of sending the first version of company A's row as it is."""
    fila = mundo.filas[etiqueta]
    version = fila.historia.first()
    datos = formulario_de_version(mundo, etiqueta)
    url = url_de(etiqueta, "simple_history", fila.pk, version.pk)
    return int(entrar(quien).post(url, datos).status_code)


def _con_permisos(mundo: Mundo, *codigos: str) -> User:
    persona = mundo.personas["planta"]
    assert persona is not None
    persona.user_permissions.set(Permission.objects.filter(codename__in=codigos))
    return persona


@pytest.mark.parametrize("nombre", CON_HISTORIA)
def test_who_may_only_see_writes_nothing(mundo: Mundo, nombre: str) -> None:
    etiqueta = f"gestion_precios.{nombre}"
    fila = mundo.filas[etiqueta]
    versiones = fila.historia.count()
    persona = _con_permisos(mundo, f"view_{nombre.lower()}")
    # The page itself they may read.
    url = url_de(etiqueta, "simple_history", fila.pk, fila.historia.first().pk)
    assert entrar(persona).get(url).status_code == 200
    assert _volver(mundo, persona, etiqueta) == 403
    assert fila.historia.count() == versiones
    persona = _con_permisos(mundo, f"change_{nombre.lower()}")
    assert _volver(mundo, persona, etiqueta) == 302
    assert fila.historia.count() == versiones + 1


def test_a_deleted_row_comes_back_with_the_permission_to_add_it(mundo: Mundo) -> None:
    precio: PrecioArticulo = mundo.filas[PRECIO]
    clave, version = precio.pk, precio.historia.first()
    datos = formulario_de_version(mundo, PRECIO)
    url = url_de(PRECIO, "simple_history", clave, version.pk)
    precio.delete()
    for codigo, estado in (
        ("view_precioarticulo", 403),
        ("change_precioarticulo", 403),
        ("add_precioarticulo", 302),
    ):
        persona = _con_permisos(mundo, "view_precioarticulo", codigo)
        assert entrar(persona).get(url).status_code == 200
        assert entrar(persona).post(url, datos).status_code == estado, codigo
        assert PrecioArticulo.objects.filter(pk=clave).exists() is (estado == 302)


def test_a_row_that_went_to_another_company_is_not_pulled_back(mundo: Mundo) -> None:
    precio: PrecioArticulo = mundo.filas[PRECIO]
    version = precio.historia.first()
    datos = formulario_de_version(mundo, PRECIO)
    ajena = mundo.ajenas["gestion_precios.ListaPrecio"]
    # Its list there has no price of this article yet.
    ajena.precios.all().delete()
    PrecioArticulo.objects.filter(pk=precio.pk).update(lista_precio=ajena)
    navegador = entrar(mundo.personas["todo_a"])
    url = url_de(PRECIO, "simple_history", precio.pk, version.pk)
    assert navegador.get(url).status_code == 404
    assert navegador.post(url, datos).status_code == 404
    assert navegador.get(url_de(PRECIO, "history", precio.pk)).status_code == 404
    precio.refresh_from_db()
    assert precio.lista_precio_id == ajena.pk
    assert entrar(mundo.personas["superusuario"]).get(url).status_code == 200


def test_every_page_with_versions_asks_so() -> None:
    con_versiones = {
        modelo._meta.object_name: type(pagina)
        for modelo, pagina in admin.site._registry.items()
        if isinstance(pagina, SimpleHistoryAdmin)
    }
    assert set(con_versiones) == set(CON_HISTORIA)
    for clase in con_versiones.values():
        assert issubclass(clase, ConHistoria), clase
        for nombre in ("history_form_view", "history_view", "exigir_version"):
            assert getattr(clase, nombre) is getattr(ConHistoria, nombre), (clase, nombre)
