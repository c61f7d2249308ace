"""A text is one article's code, SKU or barcode: refused on saving, reported for what exists."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from gestion_precios.articulos.busqueda import buscar_articulos, el_articulo
from gestion_precios.articulos.choques import choques
from gestion_precios.models import Articulo
from gestion_precios.tests.fabricas import crear_articulo

pytestmark = pytest.mark.django_db
UPC, EAN = "036000291452", "0036000291452"
ANTES = "0007_version_de_precios"


def nuevo(**campos: Any) -> Articulo:
    """An article that is not saved."""
    return Articulo(**{"codigo": 900, "sku": "NUEVO", "descripcion": "Nuevo"} | campos)


@pytest.mark.parametrize(
    ("campos", "campo", "de_que"),
    [
        ({"codigo": 77}, "codigo", "«77» ya es el SKU"),
        ({"sku": "0005"}, "sku", "«0005» ya es el código"),
        ({"sku": "36000291452"}, "sku", "«36000291452» ya es el código de barras"),
        ({"sku": "077"}, "sku", "«077» ya es el SKU"),
        ({"codigo_barras": EAN}, "codigo_barras", "«0036000291452» ya es el código de barras"),
    ],
)
def test_a_code_of_another_is_refused(campos: dict[str, Any], campo: str, de_que: str) -> None:
    crear_articulo("Yerba", codigo=5, sku="77", codigo_barras=UPC)
    with pytest.raises(ValidationError) as error:
        nuevo(**campos).full_clean()
    sentencia = f"{de_que} de «5 · Yerba»: al buscarlo no se sabría cuál es."
    assert error.value.message_dict == {campo: [sentencia]}
    assert error.value.error_dict[campo][0].code == "codigo_de_otro"


def test_its_own_codes_may_be_alike_and_what_clashed_before_may_be_edited() -> None:
    crear_articulo("Yerba", codigo=5, sku="5")
    viejo = crear_articulo("Azúcar", codigo=6, sku="05")
    viejo.full_clean()
    viejo.descripcion = "Azúcar blanca"
    viejo.full_clean()
    viejo.sku = "005"
    viejo.full_clean()
    viejo.codigo_barras = UPC
    viejo.full_clean()
    viejo.codigo = 5
    with pytest.raises(ValidationError) as error:
        viejo.full_clean()
    assert list(error.value.message_dict) == ["codigo"]


def test_the_database_takes_a_barcode_once_with_its_zeros_or_without() -> None:
    crear_articulo("Yerba", codigo_barras=UPC)
    with pytest.raises(IntegrityError), transaction.atomic():
        crear_articulo("Otra", codigo_barras=EAN)
    crear_articulo("Sin código", codigo_barras=None)
    crear_articulo("Tampoco", codigo_barras=None)
    assert Articulo.objects.count() == 3


@pytest.mark.parametrize(("guardado", "leido"), [(UPC, EAN), ("0012345678905", "012345678905")])
def test_a_scanner_reads_it_with_one_zero_more_or_less(guardado: str, leido: str) -> None:
    articulo = crear_articulo("Yerba", codigo_barras=guardado)
    crear_articulo("Agua 500")
    for texto in (guardado, leido, guardado.zfill(14)):
        assert [fila["id"] for fila in buscar_articulos(texto).filas] == [articulo.pk]
        assert el_articulo(texto) == articulo.pk


def test_what_clashes_is_found_by_code_then_by_sku_then_by_barcode() -> None:
    barras = crear_articulo("Aceite", codigo=1, sku="A", codigo_barras="00012348")
    sku = crear_articulo("Banana", codigo=2, sku="012348")
    codigo = crear_articulo("Coco", codigo=12348, sku="C")
    assert [fila["id"] for fila in buscar_articulos("012348").filas] == [
        codigo.pk,
        sku.pk,
        barras.pk,
    ]
    assert el_articulo("12348") is None
    assert choques() == {"12348": {barras.pk, sku.pk, codigo.pk}}


def test_what_clashes_is_reported(admin_client: Client, admin_user: User) -> None:
    crear_articulo("Tranquilo", codigo=9)
    assert [m.id for m in run_checks(databases=["default"])] == []
    crear_articulo("Uno", codigo=5, sku="A")
    crear_articulo("Dos", codigo=6, sku="005")
    (aviso,) = run_checks(databases=["default"])
    assert (aviso.id, aviso.msg) == (
        "gestion_precios.W001",
        "Each of these names more than one article: 5.",
    )
    pagina = admin_client.get("/admin/gestion_precios/articulo/", {"codigos": "chocan"})
    assert [a.descripcion for a in pagina.context["cl"].result_list] == ["Uno", "Dos"]
    pagina = admin_client.get("/admin/gestion_precios/articulo/", {"q": "0009"})
    assert [a.descripcion for a in pagina.context["cl"].result_list] == ["Tranquilo"]


def test_with_many_clashes_the_first_are_named() -> None:
    for i in range(1, 13):
        crear_articulo(f"Uno {i}", codigo=i, sku=f"U{i}")
        crear_articulo(f"Otro {i}", codigo=100 + i, sku=str(i))
    (aviso,) = run_checks(databases=["default"])
    assert aviso.msg.endswith(": 1, 10, 11, 12, 2, 3, 4, 5, 6, 7, ….")


@pytest.mark.django_db(transaction=True)
def test_the_migration_names_the_articles_that_share_a_barcode_and_changes_nothing() -> None:
    de_antes = MigrationExecutor(connection).migrate([("gestion_precios", ANTES)]).apps
    articulos = de_antes.get_model("gestion_precios", "Articulo").objects
    try:
        for codigo, barras in ((1, UPC), (2, EAN), (3, None), (4, "7840001000018"), (5, None)):
            articulos.create(codigo=codigo, sku=f"S{codigo}", codigo_barras=barras)
        al_dia = MigrationExecutor(connection)
        with pytest.raises(Exception, match=r"Códigos: 1 y 2\.$"):
            al_dia.migrate(al_dia.loader.graph.leaf_nodes())
        assert list(articulos.order_by("codigo").values_list("codigo_barras", flat=True)) == [
            UPC,
            EAN,
            None,
            "7840001000018",
            None,
        ]
    finally:
        articulos.all().delete()
        al_dia = MigrationExecutor(connection)
        al_dia.migrate(al_dia.loader.graph.leaf_nodes())
    crear_articulo("Guaraná Maçã")
    assert len(buscar_articulos("maca").filas) == 1
