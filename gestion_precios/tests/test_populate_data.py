"""The engine's demo, fact by fact, and the distributor's catalogue beside it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import Model
from pytest_django import Settings

from gestion_precios.articulos.ean import ean_valido
from gestion_precios.demo.articulos import articulos_demo
from gestion_precios.listas.avisos import CodigoAviso, avisos_de_lista
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.moneda import redondear
from gestion_precios.motor.vigencia import hoy_en
from gestion_precios.services import PrecioService
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_precio_lista

pytestmark = pytest.mark.django_db
DISTRIBUIDORA = 2
# What nobody would leave in a demo; that a clearance crosses cost is meant.
AVISOS_DE_ERROR = {*CodigoAviso} - {
    CodigoAviso.PUEDE_CRUZAR_COSTO,
    CodigoAviso.ARTICULO_SIN_PRECIO_EN_LISTA,
}
MODELOS: tuple[type[Model], ...] = (
    Empresa,
    Sucursal,
    LineaArticulo,
    GrupoArticulo,
    Articulo,
    ListaPrecio,
    PrecioArticulo,
    CombinacionProducto,
    ReglaPrecio,
)


def poblar(**opciones: object) -> str:
    salida = StringIO()
    call_command("populate_data", stdout=salida, **opciones)
    return salida.getvalue()


def foto() -> list[object]:
    """Every row of the catalogue that the demo writes, history and timestamps apart."""
    return [list(modelo._default_manager.order_by("pk").values_list()) for modelo in MODELOS]


def test_companies_branches_and_articles_have_their_fixed_keys() -> None:
    poblar()
    assert list(Empresa.objects.order_by("pk").values_list("pk", "nombre", "moneda")) == [
        (1, "Empresa Principal S.A.", "PEN"),
        (2, "Distribuidora Mburukuja S.A.", "PYG"),
    ]
    assert list(Sucursal.objects.order_by("pk").values_list("pk", "empresa_id", "nombre")) == [
        (1, 1, "Sucursal Lima"),
        (2, 1, "Sucursal Arequipa"),
        (3, 2, "Asunción"),
        (4, 2, "Ciudad del Este"),
    ]
    primeros = Articulo.objects.filter(pk__lte=4).order_by("pk")
    campos = ("pk", "sku", "ultimo_costo", "linea__nombre", "grupo__nombre")
    assert list(primeros.values_list(*campos)) == [
        (1, "TEC-LAP-001", Decimal(1500), "Tecnología", "Laptops"),
        (2, "TEC-LAP-002", Decimal(80), "Tecnología", "Laptops"),
        (3, "TEC-LAP-003", Decimal(120), "Tecnología", "Laptops"),
        (4, "HOG-MUE-001", Decimal(200), "Hogar", "Muebles"),
    ]


def test_the_engines_lists_have_their_prices() -> None:
    poblar()
    de_lima = PrecioService.obtener_lista_vigente(1, "ECOMMERCE", 1)
    de_arequipa = PrecioService.obtener_lista_vigente(1, "TIENDA", 2)
    assert de_lima is not None
    assert de_arequipa is not None
    assert (de_lima.nombre, de_arequipa.nombre) == (
        "Lista E-commerce Lima",
        "Lista Tienda Arequipa",
    )
    assert dict(de_lima.precios.values_list("articulo_id", "precio_base")) == {
        1: 2000,
        2: 120,
        3: 180,
    }
    assert dict(de_arequipa.precios.values_list("articulo_id", "precio_base")) == {4: 300, 1: 2100}


def test_the_engines_rules_are_the_five_of_the_source() -> None:
    poblar()
    campos = (
        "lista_precio_id",
        "tipo_regla",
        "valor_regla",
        "condicion",
        "condicion_valor",
        "aplica_articulo_id",
        "prioridad",
        "permite_venta_bajo_costo",
    )
    propias = ReglaPrecio.objects.filter(lista_precio__empresa_id=1).order_by("pk")
    reglas = propias.values_list(*campos, "aplica_combinacion__nombre")
    porcentaje, fijo = ReglaPrecio.Tipo.PORCENTAJE.value, ReglaPrecio.Tipo.MONTO_FIJO.value
    cantidad = ReglaPrecio.Condicion.CANTIDAD_MINIMA.value
    monto = ReglaPrecio.Condicion.MONTO_MINIMO.value
    assert list(reglas) == [
        (1, porcentaje, 30, cantidad, 1, 1, 10, False, None),
        (1, fijo, 10, cantidad, 3, 2, 20, False, None),
        (1, porcentaje, 10, monto, 5000, None, 100, False, None),
        (1, fijo, 25, cantidad, 0, None, 5, False, "Teclado + Mouse"),
        (2, porcentaje, 40, cantidad, 1, 1, 10, True, None),
    ]
    combo = CombinacionProducto.objects.get(lista_precio__empresa_id=1)
    assert set(combo.articulos.values_list("pk", flat=True)) == {2, 3}


def test_the_distributor_has_1200_articles_of_three_rates_with_valid_barcodes() -> None:
    poblar()
    propios = Articulo.objects.filter(pk__gt=4)
    tasas = Counter(propios.values_list("tasa_iva", flat=True))
    codigos = [c for c in propios.values_list("codigo_barras", flat=True) if c]
    assert propios.count() == 1200
    assert set(tasas) == {10, 5, 0}
    assert min(tasas.values()) > 20
    assert len(set(codigos)) == len(codigos) > 1000
    for codigo in codigos:
        ean_valido(codigo)
        assert (len(codigo), codigo[:3]) == (13, "784")
    for articulo in propios[:200]:
        articulo.full_clean()


def test_its_lists_cover_branch_company_past_future_and_switched_off() -> None:
    poblar()
    anio = hoy_en(Empresa.objects.get(pk=DISTRIBUIDORA)).year
    en_vigor = {
        (sucursal, canal): lista.nombre
        for sucursal in (3, 4)
        for canal in ("PREVENTA", "TIENDA", "MAYORISTA", "ECOMMERCE")
        if (lista := PrecioService.obtener_lista_vigente(DISTRIBUIDORA, canal, sucursal))
    }
    assert en_vigor == {
        (3, "PREVENTA"): "Preventa Asunción",
        (4, "PREVENTA"): "Preventa Ciudad del Este",
        (3, "TIENDA"): "Tienda Asunción",
        (3, "MAYORISTA"): f"Mayorista {anio}",
        (4, "MAYORISTA"): f"Mayorista {anio}",
    }
    for fecha, nombre in (
        (date(anio - 1, 6, 16), f"Preventa Asunción {anio - 1}"),
        (date(anio, 6, 16), "Preventa Asunción"),
    ):
        lista = PrecioService.obtener_lista_vigente(DISTRIBUIDORA, "PREVENTA", 3, fecha)
        assert lista is not None
        assert lista.nombre == nombre
    proxima = PrecioService.obtener_lista_vigente(
        DISTRIBUIDORA, "MAYORISTA", 4, date(anio + 1, 1, 1)
    )
    assert proxima is not None
    assert proxima.nombre == f"Mayorista {anio + 1}"
    assert ListaPrecio.objects.filter(activa=False).count() == 1


def test_its_lists_have_rules_of_every_kind() -> None:
    poblar()
    anio = hoy_en(Empresa.objects.get(pk=DISTRIBUIDORA)).year
    reglas = ReglaPrecio.objects.filter(lista_precio__empresa_id=DISTRIBUIDORA)
    assert sorted(reglas.values_list("pk", flat=True)) == list(range(6, 17))
    assert Counter(reglas.values_list("lista_precio__nombre", flat=True)) == {
        "Preventa Asunción": 3,
        "Preventa Ciudad del Este": 3,
        "Tienda Asunción": 1,
        f"Mayorista {anio}": 2,
        f"Mayorista {anio + 1}": 2,
    }
    for lista in ListaPrecio.objects.filter(empresa_id=DISTRIBUIDORA):
        assert [a.texto for a in avisos_de_lista(lista) if a.codigo in AVISOS_DE_ERROR] == []
    for combo in CombinacionProducto.objects.filter(lista_precio__empresa_id=DISTRIBUIDORA):
        assert (
            combo.articulos.filter(precios_de_lista__lista_precio=combo.lista_precio).count() == 2
        )


def test_its_clearance_sells_below_cost() -> None:
    poblar()
    chipa = Articulo.objects.filter(
        grupo__nombre="Panificados", precios_de_lista__lista_precio__nombre="Tienda Asunción"
    ).order_by("pk")[0]
    suelta, media_docena = (
        PrecioService.calcular_precio_final(DISTRIBUIDORA, "TIENDA", chipa.pk, n, sucursal_id=3)
        for n in (1, 6)
    )
    assert suelta["precio_final"] == suelta["precio_base"]
    assert media_docena["precio_final"] == redondear(suelta["precio_base"] * 65 / 100, "PYG")
    assert media_docena["precio_final"] < chipa.ultimo_costo
    assert media_docena["autorizado_bajo_costo"] is True


def test_all_of_it_passes_its_own_validation() -> None:
    poblar()
    for lista in ListaPrecio.objects.all():
        lista.full_clean()
    for precio in PrecioArticulo.objects.select_related("lista_precio__empresa")[::50]:
        precio.full_clean()
    for regla in ReglaPrecio.objects.all():
        regla.full_clean()


def test_the_same_seed_gives_the_same_rows_and_another_one_others() -> None:
    poblar(semilla=7)
    primera = foto()
    poblar(semilla=7)
    assert foto() == primera
    poblar(semilla=8)
    assert foto() != primera


def test_rows_come_and_go_but_the_next_one_still_finds_a_free_key() -> None:
    poblar()
    ultima = PrecioArticulo.objects.order_by("pk").last()
    assert ultima is not None
    empresa = crear_empresa("Otra")
    lista = crear_lista(empresa)
    precio = crear_precio_lista(lista, Articulo.objects.get(pk=1100))
    assert empresa.pk > 2
    assert lista.pk > 9
    assert precio.pk > ultima.pk


def test_the_scale_multiplies_the_articles() -> None:
    poblar(escala=3)
    assert Articulo.objects.count() == 4 + 3600


def test_the_assortment_reaches_fifty_thousand_different_articles() -> None:
    articulos = articulos_demo(50_000, 1)
    assert len({(a.marca, a.descripcion) for a in articulos}) == 50_000
    assert len({a.sku for a in articulos}) == 50_000
    codigos = [a.codigo_barras for a in articulos if a.codigo_barras]
    assert len(set(codigos)) == len(codigos)
    assert all(a.precio % 50 == 0 and 0 < a.costo < a.precio for a in articulos)


@pytest.mark.parametrize("escala", ["0", "-1", "1.5", "mil", "10000000"])
def test_a_scale_that_is_no_whole_number_is_refused(escala: str) -> None:
    with pytest.raises(CommandError, match="número entero"):
        call_command("populate_data", "--escala", escala)


def test_what_was_there_before_is_gone() -> None:
    crear_precio_lista(crear_lista(crear_empresa("Vieja")), Articulo.objects.create(codigo=1))
    poblar()
    assert not Empresa.objects.filter(nombre="Vieja").exists()
    assert ListaPrecio.historia.count() == ListaPrecio.objects.count()


def test_only_into_an_empty_database_when_asked_so() -> None:
    crear_empresa("Vieja")
    assert "no se toca nada" in poblar(si_vacia=True)
    assert Empresa.objects.get().nombre == "Vieja"


def test_in_production_it_is_refused_unless_forced(settings: Settings) -> None:
    settings.PRODUCCION = True
    with pytest.raises(CommandError, match="En producción no se reemplaza el catálogo"):
        poblar()
    assert not Empresa.objects.exists()
    poblar(forzar=True)
    assert Empresa.objects.count() == 2


def test_an_article_of_the_demo_is_refused_in_a_list_of_another_currency() -> None:
    poblar()
    lista = ListaPrecio.objects.get(nombre="Preventa Asunción")
    precio = PrecioArticulo(lista_precio=lista, articulo_id=1, precio_base=Decimal(9000))
    with pytest.raises(ValidationError, match="precios en otra moneda"):
        precio.full_clean()
