"""Which field each column of a file is: as other programs and people call it."""

from __future__ import annotations

import pytest

from gestion_precios.planillas.tablas import FilaCruda
from sales.importacion.campos import Tipo, faltantes
from sales.importacion.columnas import Mapeo, limpio, proponer, recordar

ARTICULOS, CLIENTES, PRECIOS = Tipo.ARTICULOS, Tipo.CLIENTES, Tipo.PRECIOS
# After the public formats of each program's own export.
CASOS = [
    (
        "a Spanish list",
        ARTICULOS,
        ["Cód.", "Descripción", "Marca", "Familia", "IVA", "EAN", "UxB", "Stock"],
        [
            "codigo",
            "descripcion",
            "prod_marca",
            "linea",
            "tasa_iva",
            "codigo_barras",
            "unidades_por_caja",
            "",
        ],
    ),
    (
        "Odoo, product.template, titles",
        ARTICULOS,
        [
            "External ID",
            "Internal Reference",
            "Name",
            "Sales Price",
            "Cost",
            "Barcode",
            "Product Category",
            "Customer Taxes",
        ],
        ["", "sku", "descripcion", "", "ultimo_costo", "codigo_barras", "linea", "tasa_iva"],
    ),
    (
        "Odoo, product.template, technical names",
        ARTICULOS,
        [
            "id",
            "default_code",
            "name",
            "list_price",
            "standard_price",
            "barcode",
            "categ_id",
            "taxes_id",
            "active",
        ],
        [
            "",
            "sku",
            "descripcion",
            "",
            "ultimo_costo",
            "codigo_barras",
            "linea",
            "tasa_iva",
            "activo",
        ],
    ),
    (
        "ERPNext, Item",
        ARTICULOS,
        [
            "ID",
            "Item Code",
            "Item Name",
            "Item Group",
            "Brand",
            "Valuation Rate",
            "Barcode (Barcodes)",
            "Disabled",
        ],
        [
            "",
            "sku",
            "descripcion",
            "linea",
            "prod_marca",
            "ultimo_costo",
            "codigo_barras",
            "inactivo",
        ],
    ),
    (
        "Odoo, res.partner, titles",
        CLIENTES,
        ["External ID", "Complete Name", "Reference", "Tax ID", "Phone", "City", "Tags"],
        ["", "nombrefactura", "codigo", "ruc", "telefono", "zona", "canal"],
    ),
    (
        "ERPNext, Customer",
        CLIENTES,
        ["ID", "Customer Name", "Customer Group", "Territory", "Tax ID", "Mobile No", "Disabled"],
        ["codigo", "nombrefactura", "canal", "zona", "ruc", "telefono", "inactivo"],
    ),
    (
        "a Spanish list of clients, the check digit apart",
        CLIENTES,
        ["Nro. RUC", "DV", "Razón Social", "Nombre de Fantasía", "Teléfono", "Día de visita"],
        ["ruc", "dv", "nombrefactura", "nombrefantasia", "telefono", "dia_visita"],
    ),
    (
        "Odoo, pricelist items",
        PRECIOS,
        ["Pricelist", "Internal Reference", "Fixed Price", "Start Date"],
        ["canal", "sku", "precio", "fecha_vigencia"],
    ),
    (
        "ERPNext, Item Price",
        PRECIOS,
        ["Item Code", "Price List", "Rate", "Valid From"],
        ["sku", "canal", "precio", "fecha_vigencia"],
    ),
]


def _mapeo(nombres: list[str]) -> Mapeo:
    return {str(i): nombre for i, nombre in enumerate(nombres) if nombre}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tipo", "titulos", "nombres"), [c[1:] for c in CASOS], ids=[c[0] for c in CASOS]
)
def test_columns_are_known_as_programs_call_them(
    tipo: Tipo, titulos: list[str], nombres: list[str]
) -> None:
    assert proponer(tipo, titulos, []) == _mapeo(nombres)


@pytest.mark.django_db
def test_codes_with_letters_are_the_sku() -> None:
    titulos = ["Código", "Descripción"]
    de_cifras: list[FilaCruda] = [(2, ["1003", "Yerba"], ""), (3, [["n", "1004"], "Azúcar"], "")]
    assert proponer(ARTICULOS, titulos, de_cifras) == {"0": "codigo", "1": "descripcion"}
    con_letras: list[FilaCruda] = [*de_cifras, (4, ["A-5", "Arroz"], "")]
    assert proponer(ARTICULOS, titulos, con_letras) == {"0": "sku", "1": "descripcion"}
    # A client's code is a text anyway.
    assert proponer(CLIENTES, ["Código", "RUC"], con_letras) == {"0": "codigo", "1": "ruc"}


@pytest.mark.django_db
def test_what_somebody_chose_is_remembered_for_the_same_titles() -> None:
    titulos = ["Cosa", "Otra"]
    assert proponer(CLIENTES, titulos, []) == {}
    recordar(CLIENTES, titulos, {"0": "ruc", "1": "zona"})
    recordar(CLIENTES, titulos, {"0": "codigo", "1": "zona"})
    assert proponer(CLIENTES, ["COSA ", "otra"], []) == {"0": "codigo", "1": "zona"}
    assert proponer(CLIENTES, ["Otra", "Cosa"], []) == {}
    assert proponer(ARTICULOS, titulos, []) == {}


def test_a_choice_keeps_what_there_is_and_each_field_once() -> None:
    dicho = {"0": "ruc", "1": "ruc", "2": "precio", "3": "zona", "9": "codigo", "x": "canal"}
    assert limpio(CLIENTES, dicho, 4) == {"0": "ruc", "3": "zona"}


def test_what_the_columns_lack_is_said() -> None:
    assert faltantes(CLIENTES, ["zona"]) == ["Código o RUC o documento"]
    assert faltantes(CLIENTES, ["ruc"]) == []
    assert faltantes(PRECIOS, ["canal"]) == [
        "Código (número) o SKU o código con letras o Código de barras",
        "Precio, IVA incluido",
    ]
    assert faltantes(PRECIOS, ["sku", "precio"]) == []
