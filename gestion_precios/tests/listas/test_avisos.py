from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from gestion_precios.listas.avisos import avisos_de_lista
from gestion_precios.models import (
    CanalVenta,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    ReglaPrecio,
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

pytestmark = pytest.mark.django_db
FIJO = ReglaPrecio.Tipo.MONTO_FIJO


@pytest.fixture
def lista() -> ListaPrecio:
    """A list with one article at Gs. 10.000 that costs 7.000."""
    lista = crear_lista(crear_empresa(), desde=date(2020, 1, 1))
    crear_precio_lista(lista, crear_articulo("Yerba", codigo=1, ultimo_costo=7_000), 10_000)
    return lista


def avisos(lista: ListaPrecio) -> list[tuple[str, str]]:
    return [(aviso.codigo.value, aviso.texto) for aviso in avisos_de_lista(lista)]


def test_a_sound_list_has_none(lista: ListaPrecio) -> None:
    crear_regla(lista, nombre="Diez", valor=10)
    crear_regla(lista, nombre="Quinientos", tipo=FIJO, valor=500, prioridad=20)
    assert avisos(lista) == []


def test_a_percentage_and_an_amount_of_one_priority_over_an_article_tie(
    lista: ListaPrecio,
) -> None:
    una = crear_regla(lista, nombre="Diez", valor=10)
    otra = crear_regla(lista, nombre="Quinientos", tipo=FIJO, valor=500)
    [aviso] = avisos_de_lista(lista)
    assert aviso.codigo == "EMPATE_NO_CONMUTA"
    assert aviso.texto == (
        "«Diez» y «Quinientos», un porcentaje y un monto, tienen la misma prioridad y artículos en"
        " común: el precio depende de cuál se creó antes. Darles prioridades distintas."
    )
    assert aviso.reglas == (una.pk, otra.pk)


@pytest.mark.parametrize("cambio", ["inactiva", "prioridad", "tipo", "otro_articulo"])
def test_what_commutes_or_never_meets_is_no_tie(lista: ListaPrecio, cambio: str) -> None:
    otro = crear_articulo("Fideo", codigo=2)
    crear_precio_lista(lista, otro, 5_000)
    crear_regla(
        lista, nombre="Diez", valor=10, articulo=otro if cambio == "otro_articulo" else None
    )
    crear_regla(
        lista,
        nombre="Otra",
        tipo=ReglaPrecio.Tipo.PORCENTAJE if cambio == "tipo" else FIJO,
        valor=5 if cambio == "tipo" else 500,
        prioridad=20 if cambio == "prioridad" else 10,
        activa=cambio != "inactiva",
        articulo=otro.__class__.objects.get(codigo=1) if cambio == "otro_articulo" else None,
    )
    assert avisos(lista) == []


def test_rules_equal_but_for_their_name(lista: ListaPrecio) -> None:
    for nombre in ("Octubre", "Noviembre"):
        crear_regla(lista, nombre=nombre, valor=5)
    assert avisos(lista) == [
        (
            "REGLA_CASI_REPETIDA",
            (
                "«Octubre» y «Noviembre» son iguales salvo el nombre: se aplican todas."
                " Dejar una sola."
            ),
        )
    ]


def test_a_rule_that_reaches_nobody(lista: ListaPrecio) -> None:
    crear_regla(lista, nombre="Lácteos", linea=LineaArticulo.objects.create(nombre="Lácteos"))
    crear_regla(lista, nombre="Off", grupo=GrupoArticulo.objects.create(nombre="Sin"), activa=False)
    assert avisos(lista) == [
        (
            "REGLA_SIN_ALCANCE",
            "«Lácteos» no alcanza a ningún artículo de la lista: revisar a qué se aplica.",
        )
    ]


def test_steps_that_begin_late_or_lost_their_middle_leave_holes(lista: ListaPrecio) -> None:
    for desde, activa in ((6, True), (12, False), (24, True)):
        crear_regla(lista, nombre=f"Desde {desde}", condicion_valor=desde, valor=2, activa=activa)
    assert avisos(lista) == [
        ("HUECO_DE_CANTIDAD", "De 1 a 5 unidades queda un hueco en los escalones de «Desde 6»."),
        ("HUECO_DE_CANTIDAD", "De 12 a 23 unidades queda un hueco en los escalones de «Desde 12»."),
    ]


def test_one_step_alone_and_steps_from_the_first_unit_are_no_hole(lista: ListaPrecio) -> None:
    crear_regla(lista, nombre="Docena", condicion_valor=12, valor=2)
    assert avisos(lista) == []
    crear_regla(lista, nombre="Siempre", condicion_valor=0, valor=2)
    assert avisos(lista) == []


def test_articles_that_rules_name_without_a_price(lista: ListaPrecio) -> None:
    azucar, fideo = crear_articulo("Azúcar", codigo=2), crear_articulo("Fideo", codigo=3)
    yerba = azucar.__class__.objects.get(codigo=1)
    combo = crear_combinacion(lista, [yerba, azucar, fideo])
    crear_regla(lista, nombre="Desayuno", combinacion=combo, articulo=yerba)
    crear_regla(lista, nombre="Dulce", articulo=azucar, prioridad=20)
    assert avisos(lista) == [
        (
            "REGLA_SIN_ALCANCE",
            "«Dulce» no alcanza a ningún artículo de la lista: revisar a qué se aplica.",
        ),
        (
            "ARTICULO_SIN_PRECIO_EN_LISTA",
            "«Desayuno» nombra artículos sin precio en la lista: Azúcar y Fideo.",
        ),
        (
            "ARTICULO_SIN_PRECIO_EN_LISTA",
            "«Dulce» nombra artículos sin precio en la lista: Azúcar.",
        ),
    ]


def test_what_the_general_list_sells_and_this_one_hides(lista: ListaPrecio) -> None:
    sucursal = crear_sucursal(lista.empresa)
    propia = crear_lista(lista.empresa, sucursal=sucursal, canal_venta=CanalVenta.TIENDA)
    for n in range(2, 7):
        crear_precio_lista(lista, crear_articulo(f"Fideo {n}", codigo=n, activo=n != 6), 5_000)
    assert avisos(propia) == [
        (
            "ARTICULO_SIN_PRECIO_EN_LISTA",
            (
                "5 artículos tienen precio en una lista menos específica y no en esta, que es la"
                " que rige: Yerba, Fideo 2, Fideo 3 y 2 más."
            ),
        )
    ]
    assert avisos(lista) == []


def test_discounts_that_together_cross_the_cost(lista: ListaPrecio) -> None:
    una = crear_regla(lista, nombre="Veinte", valor=20)
    otra = crear_regla(lista, nombre="Mil uno", tipo=FIJO, valor=1_001, prioridad=20)
    crear_regla(lista, nombre="Recargo", valor=Decimal(-50), prioridad=5, activa=True)
    [aviso] = avisos_de_lista(lista)
    assert aviso.texto == "Con todos sus descuentos juntos, 1 artículo baja de su costo: Yerba."
    assert aviso.reglas == (una.pk, otra.pk)
    assert avisos_de_lista(lista, ver_costos=False) == []
    otra.valor_regla = Decimal(1_000)
    otra.save()
    assert avisos(lista) == []


def test_the_queries_do_not_grow_with_the_list(
    lista: ListaPrecio, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    propia = crear_lista(lista.empresa, canal_venta=CanalVenta.TIENDA)
    for total in (1, 30):
        for _n in range(total):
            crear_precio_lista(lista, crear_articulo(), 5_000)
            crear_precio_lista(propia, crear_articulo(ultimo_costo=8_000), 5_000)
        leida = ListaPrecio.objects.con_versiones().get(pk=propia.pk)
        with django_assert_num_queries(6):
            assert len(avisos_de_lista(leida)) == 2
