"""A product is an article: changed by either name, the next quote sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gestion_precios.motor import reglamentos
from gestion_precios.tests.cambios import Cambio, guardar, por_fixture
from gestion_precios.tests.mundo import AL_PRINCIPIO, Mundo, crear_mundo
from sales.models import Producto


def yerba(mundo: Mundo, **valores: Any) -> Producto:
    """The article by its other name, with these values not saved yet."""
    producto = Producto.objects.get(pk=mundo.yerba.pk)
    for campo, valor in valores.items():
        setattr(producto, campo, valor)
    return producto


CAMBIOS: dict[str, tuple[Cambio, tuple[int | None, ...]]] = {
    "save": (lambda m: guardar(yerba(m), ultimo_costo=9_500), (9_500, 17_100, None)),
    "delete": (lambda m: yerba(m).delete(), (None, 17_100, None)),
    "fixture": (lambda m: por_fixture(yerba(m, ultimo_costo=9_500)), (9_500, 17_100, None)),
    "update": (
        lambda m: Producto.objects.filter(pk=m.yerba.pk).update(ultimo_costo=9_500),
        (9_500, 17_100, None),
    ),
    "query set delete": (
        lambda m: Producto.objects.filter(pk=m.yerba.pk).delete(),
        (None, 17_100, None),
    ),
    "bulk_create that updates": (
        lambda m: Producto.objects.bulk_create(
            [yerba(m, ultimo_costo=Decimal(9_500))],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["ultimo_costo"],
        ),
        (9_500, 17_100, None),
    ),
    "bulk_update": (
        lambda m: Producto.objects.bulk_update(
            [yerba(m, ultimo_costo=Decimal(9_500))], ["ultimo_costo"]
        ),
        (9_500, 17_100, None),
    ),
    "update_or_create": (
        lambda m: Producto.objects.update_or_create(
            codigo=m.yerba.codigo, defaults={"ultimo_costo": 9_500}
        ),
        (9_500, 17_100, None),
    ),
    "group": (lambda m: m.grupo.articulos.add(yerba(m)), (4_050, 17_100, None)),
    "remove from its combinations": (
        lambda m: yerba(m).combinaciones.remove(m.combo),
        (9_000, 17_100, None),
    ),
    "clear its combinations": (
        lambda m: yerba(m).combinaciones.clear(),
        (9_000, 17_100, None),
    ),
    "remove from a combination": (
        lambda m: m.combo.articulos.remove(yerba(m)),
        (9_000, 17_100, None),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("cambio", "esperado"), CAMBIOS.values(), ids=CAMBIOS)
def test_the_next_quote_sees_the_change(cambio: Cambio, esperado: tuple[int | None, ...]) -> None:
    mundo = crear_mundo()
    assert mundo.precios() == AL_PRINCIPIO
    cambio(mundo)
    assert mundo.precios() == esperado
    queda = mundo.cotizar(explicar=True)
    reglamentos.olvidar()
    assert mundo.cotizar(explicar=True) == queda
