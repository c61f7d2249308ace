"""Files of articles: which article each row is, and what is wrong with one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gestion_precios.models import Articulo, GrupoArticulo, LineaArticulo
from sales.importacion.campos import Tipo
from sales.tests.fabricas import crear_articulo
from sales.tests.importacion.bancos import confirmada, csv, fallas, libro, revisada
from sales.tests.mesa import Mesa

BARRAS = "7840000000005"
BARRAS_DOS = "7840000000012"


@pytest.fixture(autouse=True)
def _solo_los_nuestros(mesa: Mesa) -> None:
    Articulo.objects.all().delete()


def test_new_articles_come_in_with_their_lines_and_groups(mesa: Mesa) -> None:
    LineaArticulo.objects.create(nombre="Bebidas")
    contenido = libro(
        ["Código", "SKU", "Descripción", "Marca", "Línea", "Grupo", "IVA", "EAN", "UxB", "Costo"],
        [1003, "GAS-1", "Gaseosa 2 L", "Ña", "BEBIDAS", "Gaseosas", "5 %", BARRAS, 6, 4_500],
        [1004, "", "Yerba 500 g", "", "Almacén", "", "", "", "", "Gs. 12.500"],
    )
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, contenido))
    assert (importacion.estado, importacion.resumen["lineas"]) == ("HECHA", ["Almacén"])
    assert importacion.resumen["grupos"] == ["Gaseosas"]
    gaseosa, yerba = Articulo.objects.order_by("codigo")
    assert (gaseosa.codigo, gaseosa.sku, gaseosa.prod_marca) == (1003, "GAS-1", "Ña")
    assert (str(gaseosa.linea), str(gaseosa.grupo)) == ("Bebidas", "Gaseosas")
    assert (gaseosa.tasa_iva, gaseosa.codigo_barras, gaseosa.unidades_por_caja) == (5, BARRAS, 6)
    assert (yerba.sku, yerba.tasa_iva, yerba.codigo_barras) == ("1004", 10, None)
    assert (gaseosa.ultimo_costo, yerba.ultimo_costo) == (Decimal(4_500), Decimal(12_500))
    assert sorted(LineaArticulo.objects.values_list("nombre", flat=True)) == ["Almacén", "Bebidas"]
    assert GrupoArticulo.objects.count() == 1


def test_an_article_is_known_by_code_or_sku_or_barcode(mesa: Mesa) -> None:
    por_codigo = crear_articulo(codigo=10, sku="A", descripcion="uno")
    por_sku = crear_articulo(codigo=20, sku="B-2", descripcion="dos")
    por_barras = crear_articulo(codigo=30, sku="C", descripcion="tres", codigo_barras=BARRAS)
    contenido = csv(
        "Código;SKU;Barras;Descripción",
        "0010;;;primero",
        ";b-2;;segundo",
        f";;0{BARRAS};tercero",
    )
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, contenido))
    assert importacion.resumen["cuentas"]["nueva"] == 0
    for articulo, descripcion in (
        (por_codigo, "primero"),
        (por_sku, "segundo"),
        (por_barras, "tercero"),
    ):
        articulo.refresh_from_db()
        assert articulo.descripcion == descripcion


def test_a_new_article_without_code_gets_the_next_one(mesa: Mesa) -> None:
    crear_articulo(codigo=500, sku="501")
    contenido = csv("Internal Reference;Name", "FURN-1;Mesa", "FURN-2;Silla")
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, contenido))
    assert importacion.estado == "HECHA"
    # 501 is the SKU of another: nobody could tell whose it is.
    assert list(Articulo.objects.order_by("codigo").values_list("codigo", "sku")) == [
        (500, "501"),
        (502, "FURN-1"),
        (503, "FURN-2"),
    ]


REHUSADAS = [
    (
        "nothing names it",
        "Código;Descripción",
        ";Yerba",
        "Código (número)",
        "",
        "Falta el código: no se sabe qué artículo es.",
    ),
    (
        "a code that is none",
        "Código;SKU;Descripción",
        "12,5;A;Yerba",
        "Código (número)",
        "12,5",
        "El código es un número entero, sin puntos ni comas.",
    ),
    (
        "a new one without description",
        "Código;Marca",
        "7;Ña",
        "Descripción",
        "",
        "Falta la descripción: es un artículo nuevo.",
    ),
    (
        "a rate that there is not",
        "Código;Descripción;IVA",
        "7;Yerba;7%",
        "IVA (10, 5 o 0)",
        "7%",
        "El IVA es 10, 5 o 0 (exenta).",
    ),
    (
        "a wrong barcode",
        "Código;Descripción;EAN",
        "7;Yerba;7840000000009",
        "Código de barras",
        "7840000000009",
        "El dígito verificador del código de barras no coincide.",
    ),
    (
        "a code of another's SKU",
        "Código;Descripción",
        "900;Yerba",
        "Código (número)",
        "900",
        "Ya es de «5 · De antes».",
    ),
    (
        "a barcode of another",
        "Código;Descripción;EAN",
        f"7;Yerba;{BARRAS_DOS}",
        "Código de barras",
        BARRAS_DOS,
        "Ya es de «5 · De antes».",
    ),
    (
        "a cost that may be two",
        "Código;Descripción;Costo",
        "7;Yerba;1,500",
        "Último costo",
        "1,500",
        "«1,500» puede ser 1500 o 1,5: escribir el número sin separar los miles.",
    ),
    (
        "a text that nobody sees through",
        "Código;Descripción",
        "7;" + "d" * 121,
        "Descripción",
        "d" * 40,
        "Asegúrese de que este valor tenga menos de 120 caracteres (tiene 121).",
    ),
]


@pytest.mark.parametrize(
    ("titulos", "linea", "columna", "visto", "frase"),
    [c[1:] for c in REHUSADAS],
    ids=[c[0] for c in REHUSADAS],
)
def test_a_wrong_row_says_which_cell_and_what_to_do(
    mesa: Mesa, titulos: str, linea: str, columna: str, visto: str, frase: str
) -> None:
    crear_articulo(codigo=5, sku="900", descripcion="De antes", codigo_barras=BARRAS_DOS)
    assert fallas(revisada(mesa.admin, Tipo.ARTICULOS, csv(titulos, linea))) == [
        (2, columna, visto, frase)
    ]


def test_codes_twice_in_the_file_are_refused_where_they_come_again(mesa: Mesa) -> None:
    crear_articulo(codigo=5, sku="S", descripcion="De antes")
    contenido = csv(
        "Código;SKU;EAN;Descripción",
        f"7;A;{BARRAS};Yerba",
        "7;B;;Yerba otra vez",
        "8;A;;El mismo SKU",
        f"9;;{BARRAS};El mismo código de barras",
        "5;;;De antes",
        "05;;;De antes, otra vez",
        "10;7;;SKU que es código de otro",
    )
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, contenido)
    assert fallas(importacion) == [
        (3, "Código (número)", "7", "Ya está en la fila 2."),
        (4, "SKU o código con letras", "A", "Ya es de «7 · Yerba»."),
        (5, "Código de barras", BARRAS, "Ya es de «7 · Yerba»."),
        (7, "Código (número)", "05", "Ya está en la fila 6."),
        (8, "SKU o código con letras", "7", "Ya es de «7 · Yerba»."),
    ]


def test_a_line_of_wrong_rows_alone_is_not_made(mesa: Mesa) -> None:
    importacion = revisada(
        mesa.admin, Tipo.ARTICULOS, csv("Código;Descripción;Línea;EAN", "7;Yerba;Nueva;123")
    )
    assert importacion.resumen["lineas"] == []


def test_odoo_writes_the_whole_path_of_a_category(mesa: Mesa) -> None:
    contenido = csv(
        "Internal Reference,Name,Product Category,Customer Taxes,Barcode",
        f'FURN_0096,"Cajón, chico",All / Bebidas / Gaseosas,IVA 10% (incl.),{BARRAS}',
    )
    confirmada(revisada(mesa.admin, Tipo.ARTICULOS, contenido))
    [articulo] = Articulo.objects.all()
    assert (str(articulo.linea), articulo.descripcion) == ("Gaseosas", "Cajón, chico")


def test_codes_are_given_out_after_those_of_the_file(mesa: Mesa) -> None:
    crear_articulo(codigo=50, sku="X")
    contenido = csv("Código;SKU;Descripción", ";AAA;sin código", "51;BBB;con código")
    confirmada(revisada(mesa.admin, Tipo.ARTICULOS, contenido))
    assert dict(Articulo.objects.exclude(codigo=50).values_list("sku", "codigo")) == {
        "AAA": 52,
        "BBB": 51,
    }


def test_a_line_s_name_is_as_long_as_there_is_room(mesa: Mesa) -> None:
    contenido = csv("Código;Descripción;Línea", f"7;Yerba;{'l' * 121}")
    assert fallas(revisada(mesa.admin, Tipo.ARTICULOS, contenido)) == [
        (
            2,
            "Línea",
            "l" * 40,
            "Asegúrese de que este valor tenga menos de 120 caracteres (tiene 121).",
        )
    ]


def test_guaranies_have_no_decimals_in_a_workbook_either(mesa: Mesa) -> None:
    contenido = libro(["Código", "Descripción", "Costo"], [7, "Yerba", 1500.5])
    [falla] = fallas(revisada(mesa.admin, Tipo.ARTICULOS, contenido))
    assert falla[:3] == (2, "Último costo", "1500.5")
