"""What the catalogue's models refuse: in their forms (`full_clean`) and in the database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from gestion_precios.models import (
    Articulo,
    CanalVenta,
    Empresa,
    ListaPrecio,
    Moneda,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
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
from gestion_precios.tests.migraciones import migracion

pytestmark = pytest.mark.django_db
ENERO, JUNIO, JULIO = date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1)


def nueva_lista(empresa: Empresa, **campos: Any) -> ListaPrecio:
    return ListaPrecio(
        **{"empresa": empresa, "nombre": "Nueva", "fecha_inicio_vigencia": ENERO} | campos
    )


@pytest.mark.parametrize(
    "fechas",
    [
        {},
        {"fecha_fin_vigencia": ENERO},
        {"fecha_inicio_vigencia": date(2024, 1, 1), "fecha_fin_vigencia": ENERO},
        {"fecha_inicio_vigencia": JUNIO},
        {"fecha_inicio_vigencia": date(2024, 1, 1)},
    ],
    ids=["same", "first day", "ends on the first day", "last day", "around"],
)
def test_two_lists_of_one_level_cannot_share_a_day(fechas: dict[str, date]) -> None:
    empresa = crear_empresa()
    crear_lista(empresa, desde=ENERO, hasta=JUNIO, nombre="Primera")
    with pytest.raises(ValidationError, match="«Primera» ya rige"):
        nueva_lista(empresa, **fechas).full_clean()


def test_neighbours_other_levels_and_inactive_ones_are_no_overlap() -> None:
    empresa = crear_empresa()
    sucursal = crear_sucursal(empresa)
    crear_lista(empresa, desde=ENERO, hasta=JUNIO)
    otra = crear_empresa("Otra")
    for lista in (
        nueva_lista(empresa, fecha_inicio_vigencia=JULIO),
        nueva_lista(empresa, canal_venta=CanalVenta.TIENDA),
        nueva_lista(empresa, sucursal=sucursal),
        nueva_lista(empresa, activa=False),
        nueva_lista(otra),
    ):
        lista.full_clean()
    ListaPrecio.objects.get().full_clean()


def test_an_inactive_list_is_in_nobodys_way() -> None:
    empresa = crear_empresa()
    crear_lista(empresa, activa=False)
    nueva_lista(empresa).full_clean()


def test_a_list_cannot_end_before_it_begins_nor_be_of_a_foreign_branch() -> None:
    empresa = crear_empresa()
    with pytest.raises(ValidationError, match="termina antes de empezar"):
        nueva_lista(empresa, fecha_inicio_vigencia=JULIO, fecha_fin_vigencia=JUNIO).full_clean()
    ajena = crear_sucursal(crear_empresa("Otra"))
    with pytest.raises(ValidationError, match="de otra empresa"):
        nueva_lista(empresa, sucursal=ajena).full_clean()


def test_a_company_needs_a_timezone_that_exists() -> None:
    Empresa(nombre="X", zona_horaria="America/Asuncion").full_clean()
    with pytest.raises(ValidationError, match="zona horaria"):
        Empresa(nombre="X", zona_horaria="Asuncion").full_clean()


@pytest.mark.parametrize(
    ("moneda", "zona", "pais"),
    [
        ("PYG", "America/Asuncion", "PY"),
        ("PEN", "America/Lima", "PE"),
        # The currency's country goes before the clock's.
        ("PEN", "America/Asuncion", "PE"),
        ("PYG", "America/Lima", "PY"),
        ("USD", "America/Guayaquil", "EC"),
        ("USD", "America/Argentina/Buenos_Aires", "AR"),
        # A country whose numbers nobody here checks, and a clock of none.
        ("USD", "America/New_York", "PY"),
        ("USD", "UTC", "PY"),
    ],
)
def test_a_companys_country_is_its_currencys_or_its_clocks(
    moneda: str, zona: str, pais: str
) -> None:
    datos = {"nombre": "X", "moneda": moneda, "zona_horaria": zona}
    escrita = Empresa(**datos)
    escrita.full_clean()
    assert escrita.pais == pais
    assert Empresa.objects.create(**datos).pais == pais
    assert Empresa.objects.create(**datos, pais="MX").pais == "MX"


def test_the_migration_says_the_country_of_the_companies_there_are() -> None:
    soles, dolares = crear_empresa(moneda=Moneda.PEN), crear_empresa(moneda=Moneda.USD)
    Empresa.objects.update(pais="")
    migracion("gestion_precios", "pais_de_empresa").decir_paises(apps, None)
    soles.refresh_from_db()
    dolares.refresh_from_db()
    assert (soles.pais, dolares.pais) == ("PE", "PY")


@pytest.mark.parametrize("precio", ["0", "0.009", "-5", "10000000000000"])
def test_prices_out_of_bounds_are_refused(precio: str) -> None:
    lista, articulo = crear_lista(crear_empresa(moneda=Moneda.USD)), crear_articulo()
    with pytest.raises(ValidationError):
        PrecioArticulo(
            lista_precio=lista, articulo=articulo, precio_base=Decimal(precio)
        ).full_clean()


@pytest.mark.parametrize("precio", ["0", "-1"])
def test_the_database_refuses_a_price_below_a_cent(precio: str) -> None:
    lista, articulo = crear_lista(crear_empresa()), crear_articulo()
    with pytest.raises(IntegrityError), transaction.atomic():
        crear_precio_lista(lista, articulo, precio)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL stores NaN")
def test_the_database_refuses_nan_which_is_above_any_number() -> None:
    precio = crear_precio_lista(crear_lista(crear_empresa()), crear_articulo())
    for sentencia in (
        "UPDATE gestion_precios_precioarticulo SET precio_base = 'NaN'",
        "UPDATE gestion_precios_articulo SET ultimo_costo = 'NaN'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentencia)
    precio.refresh_from_db()
    assert precio.precio_base == 10_000


def test_guaranies_have_no_cents_in_a_list() -> None:
    lista, articulo = crear_lista(crear_empresa()), crear_articulo()
    precio = PrecioArticulo(lista_precio=lista, articulo=articulo, precio_base=Decimal("100.50"))
    with pytest.raises(ValidationError, match="decimales"):
        precio.full_clean()


def test_an_article_has_one_currency() -> None:
    articulo = crear_articulo()
    crear_precio_lista(crear_lista(crear_empresa()), articulo)
    en_dolares = crear_lista(crear_empresa("US", moneda=Moneda.USD))
    precio = PrecioArticulo(lista_precio=en_dolares, articulo=articulo, precio_base=Decimal(9))
    with pytest.raises(ValidationError, match="otra moneda"):
        precio.full_clean()


def test_one_price_per_article_and_list() -> None:
    lista, articulo = crear_lista(crear_empresa()), crear_articulo()
    crear_precio_lista(lista, articulo)
    with pytest.raises(IntegrityError), transaction.atomic():
        crear_precio_lista(lista, articulo)


def test_two_articles_may_lack_a_barcode_but_not_share_one() -> None:
    for numero, sin_codigo in ((90, ""), (91, None)):
        articulo = Articulo(
            codigo=numero, sku=f"X{numero}", descripcion="X", codigo_barras=sin_codigo
        )
        articulo.full_clean()
        articulo.save()
        assert articulo.codigo_barras is None
    crear_articulo(codigo_barras="4006381333931")
    with pytest.raises(ValidationError, match="Código de barras"):
        Articulo(codigo=99, sku="Y", descripcion="Y", codigo_barras="4006381333931").full_clean()


@pytest.mark.parametrize("campos", [{"tasa_iva": 7}, {"ultimo_costo": Decimal(-1)}])
def test_the_database_refuses_unknown_rates_and_negative_costs(campos: dict[str, Any]) -> None:
    articulo = crear_articulo()
    with pytest.raises(IntegrityError), transaction.atomic():
        Articulo.objects.filter(pk=articulo.pk).update(**campos)


def test_branches_of_a_company_have_different_names() -> None:
    sucursal = crear_sucursal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sucursal.objects.create(empresa=sucursal.empresa, nombre=sucursal.nombre)


def test_an_equal_rule_is_refused_and_one_of_another_name_is_not() -> None:
    lista = crear_lista(crear_empresa())
    regla = crear_regla(lista)
    regla.full_clean()
    regla.pk = None
    with pytest.raises(ValidationError, match="Ya hay una regla igual"):
        regla.full_clean()
    regla.nombre_regla = "Otra"
    regla.full_clean()


@pytest.mark.parametrize(
    ("campos", "motivo"),
    [
        ({"valor_regla": Decimal("100.01")}, "100 %"),
        ({"condicion_valor": Decimal(-1)}, "mayor"),
        ({"prioridad": 2_000_000}, "menor"),
        ({"tipo_regla": "MONTO_FIJO", "valor_regla": Decimal("5.50")}, "esos decimales"),
        ({"condicion": "MONTO_MINIMO", "condicion_valor": Decimal("0.10")}, "esos decimales"),
        ({"condicion_valor": Decimal("2.5")}, "número entero"),
    ],
)
def test_rules_out_of_range_are_refused(campos: dict[str, Any], motivo: str) -> None:
    regla = crear_regla(crear_lista(crear_empresa()))
    for campo, valor in campos.items():
        setattr(regla, campo, valor)
    with pytest.raises(ValidationError, match=motivo):
        regla.full_clean()


def test_a_rules_combination_is_of_its_own_list() -> None:
    empresa = crear_empresa()
    lista, otra = crear_lista(empresa), crear_lista(empresa, canal_venta=CanalVenta.TIENDA)
    regla = crear_regla(lista, combinacion=crear_combinacion(otra, [crear_articulo()]))
    with pytest.raises(ValidationError, match="de otra lista"):
        regla.full_clean()


def test_a_surcharge_and_a_fixed_amount_over_a_hundred_are_rules_too() -> None:
    lista = crear_lista(crear_empresa())
    crear_regla(lista, valor=-20).full_clean()
    crear_regla(lista, tipo=ReglaPrecio.Tipo.MONTO_FIJO, valor=5_000).full_clean()


@pytest.mark.parametrize("caracter", ["\u202e", "\u200b", "\x07", "\u2028"])
def test_names_hold_no_character_that_nobody_sees(caracter: str) -> None:
    lista = crear_lista(crear_empresa())
    lista.nombre = f"Lista{caracter}vieja"
    with pytest.raises(ValidationError) as malo:
        lista.full_clean()
    assert list(malo.value.message_dict) == ["nombre"]
