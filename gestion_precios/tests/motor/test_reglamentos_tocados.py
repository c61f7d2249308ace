"""Every way of changing a row of a list is in the next quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.tests.corrida.compartir import Compartir
from gestion_precios.demo.carga import cargar_demo
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    VersionPrecios,
    versiones,
)
from gestion_precios.models.versiones import ARTICULOS, agrupar
from gestion_precios.motor import reglamentos
from gestion_precios.tests.cambios import CAMBIOS, Cambio, nuevo_precio, por_fixture
from gestion_precios.tests.fabricas import DESDE, crear_empresa, crear_lista
from gestion_precios.tests.mundo import AL_PRINCIPIO, Mundo, crear_mundo


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


@contextmanager
def deshecho() -> Iterator[None]:
    """Everything done inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("cambio", "esperado"), CAMBIOS.values(), ids=CAMBIOS)
def test_the_next_quote_sees_the_change(
    mundo: Mundo, cambio: Cambio, esperado: tuple[int | None, ...] | str
) -> None:
    assert mundo.precios() == AL_PRINCIPIO
    for canal in ("TIENDA", "ECOMMERCE"):
        mundo.cotizar(canal, explicar=True)
    cambio(mundo)
    assert mundo.precios() == esperado
    quedan = [mundo.cotizar(canal, explicar=True) for canal in ("TIENDA", "ECOMMERCE")]
    reglamentos.olvidar()
    assert quedan == [mundo.cotizar(canal, explicar=True) for canal in ("TIENDA", "ECOMMERCE")]


@pytest.mark.parametrize(
    "que",
    [
        "price: save",
        "rule: query set delete",
        "combination: clear",
        "article: update",
        "cascade: list",
    ],
)
def test_a_change_undone_leaves_the_price_as_it_was(mundo: Mundo, que: str) -> None:
    cambio, esperado = CAMBIOS[que]
    assert mundo.precios() == AL_PRINCIPIO
    with deshecho():
        cambio(mundo)
        assert mundo.precios() == esperado
    assert mundo.precios() == AL_PRINCIPIO


def test_a_quote_inside_a_group_sees_what_the_group_still_owes(mundo: Mundo) -> None:
    assert mundo.precios() == AL_PRINCIPIO
    with agrupar():
        mundo.general.delete()
        assert mundo.precios() == (9_000, 19_000, None)
        with deshecho():
            mundo.precio.delete()
            assert mundo.precios() == (None, 19_000, None)
        assert mundo.precios() == (9_000, 19_000, None)
    assert mundo.precios() == (9_000, 19_000, None)


def test_a_quote_undone_inside_a_group_does_not_take_its_mark_along(mundo: Mundo) -> None:
    assert mundo.precios() == AL_PRINCIPIO
    with agrupar():
        PrecioArticulo.objects.filter(pk=mundo.precio.pk).update(precio_base=20_000)
        with deshecho():
            assert mundo.precios() == (17_100, 17_100, None)
    assert mundo.precios() == (17_100, 17_100, None)


def test_a_group_writes_each_mark_once(mundo: Mundo, django_assert_num_queries: Any) -> None:
    filas = list(PrecioArticulo.objects.filter(lista_precio=mundo.lista))
    # Savepoint in and out around two histories' worth of saves, and one new version.
    with django_assert_num_queries(2 + len(filas) * 3 + 1), agrupar():
        for fila in filas:
            fila.save()


def test_a_failed_group_marks_nothing(mundo: Mundo) -> None:
    antes = dict(VersionPrecios.objects.values_list("clave", "version"))
    with pytest.raises(IntegrityError), agrupar():
        PrecioArticulo.objects.bulk_create([nuevo_precio(mundo), nuevo_precio(mundo)])
    assert dict(VersionPrecios.objects.values_list("clave", "version")) == antes
    assert mundo.precios() == AL_PRINCIPIO


def test_another_lists_change_leaves_this_rulebook_alone(mundo: Mundo) -> None:
    antes = mundo.cotizar()
    mundo.ajena.delete()
    PrecioArticulo.objects.filter(lista_precio=mundo.otra).update(precio_base=1)
    assert mundo.cotizar() == antes


# --- every list has a version ---------------------------------------------------------------------


def nueva_lista(empresa: Empresa, **valores: Any) -> ListaPrecio:
    return ListaPrecio(
        empresa=empresa, nombre="Nueva", fecha_inicio_vigencia=DESDE, activa=False, **valores
    )


@pytest.mark.parametrize(
    "crear",
    [
        crear_lista,
        lambda empresa: por_fixture(nueva_lista(empresa, pk=987)),
        lambda empresa: ListaPrecio.objects.get_or_create(
            empresa=empresa, nombre="Nueva", defaults={"fecha_inicio_vigencia": DESDE}
        ),
        lambda empresa: empresa.listas.create(nombre="Nueva", fecha_inicio_vigencia=DESDE),
        lambda empresa: ListaPrecio.objects.bulk_create([nueva_lista(empresa)]),
        lambda empresa: ListaPrecio.objects.bulk_create(
            [nueva_lista(empresa), nueva_lista(empresa)], ignore_conflicts=True
        ),
        lambda empresa: ListaPrecio.objects.bulk_create(
            [nueva_lista(empresa, pk=987)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["nombre"],
        ),
    ],
    ids=["save", "fixture", "get_or_create", "related", "bulk", "bulk that ignores", "bulk upsert"],
)
def test_a_list_has_its_mark_from_the_start(db: None, crear: Callable[[Empresa], Any]) -> None:
    crear(crear_empresa())
    assert ListaPrecio.objects.exists()
    assert not ListaPrecio.objects.sin_version().exists()


def test_a_deleted_list_takes_its_mark_along(mundo: Mundo) -> None:
    clave = mundo.lista.pk
    mundo.lista.delete()
    assert not VersionPrecios.objects.filter(clave=clave).exists()


@pytest.mark.parametrize("de_a_muchas", [False, True], ids=["save", "bulk_create"])
def test_a_list_that_takes_the_id_of_a_deleted_one_is_another(
    mundo: Mundo, de_a_muchas: bool
) -> None:
    assert mundo.precios() == AL_PRINCIPIO
    clave = mundo.lista.pk
    mundo.lista.delete()
    lista = nueva_lista(mundo.empresa, pk=clave)
    lista.activa = True
    if de_a_muchas:
        ListaPrecio.objects.bulk_create([lista])
    else:
        lista.save()
    PrecioArticulo.objects.bulk_create(
        [nuevo_precio(mundo, articulo=mundo.yerba, lista_precio=lista)]
    )
    assert mundo.precios() == (1_000, None, None)


def test_the_demo_written_over_itself_is_quoted_as_written(db: None) -> None:
    nueva_lista(crear_empresa(), pk=987).save()
    for _vez in range(2):
        cargar_demo(escala=1, semilla=1, forzar=False)
        lista = ListaPrecio.objects.con_versiones().get(pk=1)
        primera = reglamentos.reglamento_de(lista)
        assert (primera.renglones[1].base, len(primera.reglas)) == (2_000_000_000, 4)
    assert not ListaPrecio.objects.sin_version().exists()
    claves = set(VersionPrecios.objects.values_list("clave", flat=True))
    assert claves == {ARTICULOS, *ListaPrecio.objects.values_list("pk", flat=True)}


# --- the row and its version, together or not at all ---------------------------------------------

EN_TRANSACCION = (
    "price: save",
    "price: create",
    "price: delete",
    "price: fixture",
    "price: update",
    "price: query set delete",
    "price: bulk_create",
    "price: bulk_update",
    "price: save into another list",
    "combination: add",
    "combination: remove",
    "combination: clear",
    "combination: clear from the article",
    "article: save of the cost",
    "article: update",
    "article: bulk_update",
    "article: bulk_create that updates",
    "article: delete",
    "article: query set delete",
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("que", EN_TRANSACCION)
def test_without_its_mark_the_change_is_not_made(monkeypatch: pytest.MonkeyPatch, que: str) -> None:
    mundo = crear_mundo()
    antes = foto()

    def fallar(claves: Iterable[int]) -> None:
        if {*claves}:
            raise IntegrityError

    monkeypatch.setattr(versiones, "_escribir", fallar)
    with pytest.raises(IntegrityError):
        CAMBIOS[que][0](mundo)
    assert foto() == antes


def foto() -> list[Any]:
    filas = (Articulo, CombinacionProducto, PrecioArticulo, ReglaPrecio)
    miembros = CombinacionProducto.articulos.through.objects.order_by("pk").values_list()
    return [list(m._default_manager.order_by("pk").values_list()) for m in filas] + [list(miembros)]
