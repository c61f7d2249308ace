"""Everybody × every admin page × every admin action, in one table. What has no row fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from core.administracion.filas import _reglas
from core.administracion.filas_por_empresa import FilasPropias, FiltroDeRelacion, PaginaPropia
from core.tests.autorizacion.matriz_admin import (
    ACCIONES,
    DE_PASO,
    DE_PLANTA,
    LETRAS,
    PAGINAS,
    PEDIDOS,
    PERSONAS,
    TABLAS,
    pagina_de,
    sorpresas,
)
from core.tests.autorizacion.mundo_admin import Mundo, crear_mundo
from core.tests.autorizacion.rutas import RUTAS
from core.tests.corrida.compartir import Compartir
from sales.tests.mesa import entrar

REGISTRO = dict(sorted(admin.site._registry.items(), key=lambda par: par[0]._meta.label))
SOLO_DE_SUPERUSUARIOS = {
    "authtoken.TokenProxy",
    "axes.AccessAttempt",
    "axes.AccessFailureLog",
    "axes.AccessLog",
    "django_celery_results.TaskResult",
}


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_gets_what_of_the_admin(mundo: Mundo, persona: str) -> None:
    assert [str(sorpresa) for sorpresa in sorpresas(mundo, persona)] == []


@pytest.mark.parametrize("fin", ["is_active", "is_staff"])
def test_a_session_that_lost_its_user_gets_what_a_stranger_gets(mundo: Mundo, fin: str) -> None:
    raiz = mundo.personas["superusuario"]
    assert raiz is not None
    navegador = entrar(raiz)
    User.objects.filter(pk=raiz.pk).update(**{fin: False})
    assert [str(s) for s in sorpresas(mundo, "anonimo", navegador)] == []


def test_every_table_has_its_row_and_every_row_its_reason() -> None:
    assert set(TABLAS) == {modelo._meta.label for modelo in REGISTRO}
    malas = [e for e, t in TABLAS.items() if len(t.letras.split()) != len(DE_PLANTA) or not t.razon]
    assert malas == []
    assert {len(estados) for estados, _ in LETRAS.values()} == {len(PEDIDOS)}
    assert [p.nombre for p in PAGINAS if len(p.estados) != len(DE_PLANTA) or not p.razon] == []


def test_every_admin_url_has_its_row() -> None:
    usuales = {
        f"{etiqueta.lower().replace('.', '_')}_{vista}"
        for etiqueta in TABLAS
        for vista, _metodo, _datos in PEDIDOS.values()
    }
    conocidas = usuales | {pagina.nombre for pagina in PAGINAS} | {"autocomplete"}
    faltan = [
        ruta
        for ruta, patron in RUTAS.items()
        if ruta.startswith("admin/")
        and patron.name not in conocidas
        and not ruta.endswith(tuple(DE_PASO))
    ]
    assert faltan == []


def test_every_action_has_its_row() -> None:
    request = RequestFactory().get("/")
    request.user = User(username="raiz", is_superuser=True, is_staff=True)
    propias = {
        (modelo._meta.label, accion)
        for modelo, pagina in REGISTRO.items()
        for accion in pagina.get_actions(request)
    }
    assert {par for par in propias if par[1] != "delete_selected"} == set(ACCIONES)
    con_borrado = {tabla for tabla, accion in propias if accion == "delete_selected"}
    de_la_tabla = {
        e for e, t in TABLAS.items() if t.letras[-1] in "TPBD" and e != "authtoken.TokenProxy"
    }
    assert con_borrado == de_la_tabla


def test_every_page_and_inline_keeps_to_ones_own_rows() -> None:
    sueltas = [
        clase.__name__
        for pagina in REGISTRO.values()
        for clase in (type(pagina), *pagina.inlines)
        if not issubclass(clase, FilasPropias)
    ]
    assert sueltas == []
    assert [str(p) for p in REGISTRO.values() if not isinstance(p, PaginaPropia)] == []
    # Its label is read from every row there is.
    assert [str(p) for p in REGISTRO.values() if p.raw_id_fields] == []


def test_every_table_says_whose_rows_it_has() -> None:
    sin_regla = {
        modelo._meta.label
        for modelo in REGISTRO
        if modelo not in _reglas and modelo._meta.concrete_model not in _reglas
    }
    assert sin_regla == SOLO_DE_SUPERUSUARIOS


def test_every_filter_by_another_table_keeps_to_ones_own_rows() -> None:
    campo = pagina_de("gestion_precios.ListaPrecio").model._meta.get_field("empresa")
    conocidos: Any = admin.FieldListFilter
    primero = next(clase for prueba, clase in conocidos._field_list_filters if prueba(campo))
    assert primero is FiltroDeRelacion
    propios = [
        filtro
        for pagina in REGISTRO.values()
        for filtro in pagina.list_filter
        if isinstance(filtro, tuple)
    ]
    assert propios == []
