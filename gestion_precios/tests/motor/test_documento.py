"""docs/precios.md tells the truth: each of its rows goes through the engine."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings

from gestion_precios.demo.principal import cargar_principal
from gestion_precios.models import ListaPrecio, Sucursal
from gestion_precios.moneda import decimales
from gestion_precios.motor.explicacion import CodigoLista, frase_de
from gestion_precios.motor.faltantes import Faltante, Tipo, faltantes
from gestion_precios.motor.reglamentos import compilado_de
from gestion_precios.motor.reglas import (
    MICROS,
    Codigo,
    Paso,
    Precio,
    Regla,
    Reglamento,
    Renglon,
    cotizar,
)
from gestion_precios.motor.vigencia import eleccion
from gestion_precios.tests.documento import Ejemplo, Fila, ejemplo, micros, tablas
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_sucursal

LIMA, AREQUIPA = "Lista E-commerce Lima", "Lista Tienda Arequipa"
EJEMPLOS = [ejemplo(LIMA, "PEN"), ejemplo(AREQUIPA, "PEN"), ejemplo("A list in guaraníes", "PYG")]
PRECIOS = [(ejemplo, fila) for ejemplo in EJEMPLOS for fila in ejemplo.precios]
TRAZAS = [(ejemplo, fila) for ejemplo in EJEMPLOS for fila in ejemplo.trazas]


def _nombre(valor: object) -> str:
    if isinstance(valor, Ejemplo):
        return valor.moneda
    if isinstance(valor, dict):
        return "|".join(str(v) for v in valor.values())
    return ""


def unico(base: int, costo: int, moneda: str, reglas: list[Regla]) -> Precio:
    """The price of the one article of a list."""
    reglamento = Reglamento("v", decimales(moneda), {1: Renglon(1, base, costo)}, reglas)
    return cotizar(reglamento, [(1, 1)])[1]


@pytest.mark.parametrize(("ejemplo", "fila"), PRECIOS, ids=_nombre)
def test_worked_prices(ejemplo: Ejemplo, fila: Fila) -> None:
    precio, cantidad = ejemplo.precio(fila)
    corrientes = [precio.base, *(paso.despues for paso in precio.aplicadas)]
    assert corrientes == [micros(monto) for monto in fila["running"].split(" → ")]
    assert precio.final == micros(fila["price"])
    assert precio.final * cantidad == micros(fila["total"])
    assert (
        fila["flag"]
        == {
            (False, False): "–",
            (True, False): "below cost allowed",
            (False, True): "raised to cost",
        }[precio.autorizado_bajo_costo, precio.ajustado_a_costo]
    )


@pytest.mark.parametrize(("ejemplo", "fila"), TRAZAS, ids=_nombre)
def test_worked_traces(ejemplo: Ejemplo, fila: Fila) -> None:
    precio, _ = ejemplo.precio(fila, explicar=True)
    pasos: dict[str, Paso] = {
        str(paso.regla.id) if paso.regla else "–": paso for paso in precio.traza or ()
    }
    paso = pasos[fila["rule"]]
    assert paso.codigo == fila["code"]
    for medida, texto in ((paso.medido, fila["measured"]), (paso.umbral, fila["asks"])):
        assert medida == (None if texto == "–" else micros(texto))
    frase = frase_de(paso, nombres=ejemplo.nombres, moneda=ejemplo.moneda, ver_costos=True)
    assert frase == fila["sentence"]


@pytest.mark.parametrize("fila", tablas("One rule, rounded half up to a micro")[0], ids=_nombre)
def test_a_rule_is_rounded_to_a_micro(fila: Fila) -> None:
    cuanto, unidad = fila["takes off"].split(" ", 1)
    porcentaje = unidad == "%"
    valor = int(Decimal(cuanto) * 100) if porcentaje else micros(cuanto)
    regla = Regla(id=1, nombre="", prioridad=1, es_porcentaje=porcentaje, valor=valor)
    assert regla.aplicar(micros(fila["running price"])) == micros(fila["after"])
    (paso,) = unico(micros(fila["running price"]), 0, "PEN", [regla]).aplicadas
    assert paso.despues == micros(fila["after"])


@pytest.mark.parametrize(
    "fila", tablas("The unit price, rounded half up to the currency")[0], ids=_nombre
)
def test_the_unit_price_is_rounded_to_the_currency(fila: Fila) -> None:
    precio = unico(micros(fila["running price"]), 0, fila["currency"], [])
    assert precio.final == micros(fila["unit price"])
    assert precio.final * 3 == micros(fila["of 3"])
    assert len(fila["unit price"].partition(".")[2]) == decimales(fila["currency"])


@pytest.mark.parametrize("fila", tablas("The floor, rounded up to the currency")[0], ids=_nombre)
def test_the_floor_is_rounded_up(fila: Fila) -> None:
    base, costo = micros(fila["rounded price"]), micros(fila["cost"])
    precio = unico(base, costo, fila["currency"], [])
    assert precio.final == micros(fila["unit price"])
    assert precio.ajustado_a_costo is (base < costo)


FALTAN = [
    (dict(clave), list(filas))
    for clave, filas in groupby(
        tablas("What is missing for the next discount")[0],
        key=lambda fila: (("list", fila["list"]), ("cart", fila["cart"])),
    )
]


@pytest.mark.parametrize(("pregunta", "filas"), FALTAN, ids=lambda valor: str(valor)[:60])
def test_what_is_missing_for_the_next_discount(pregunta: Fila, filas: list[Fila]) -> None:
    [suyo] = [ejemplo for ejemplo in EJEMPLOS if ejemplo.reglamento.version == pregunta["list"]]
    halladas = faltantes(suyo.reglamento, suyo.carrito(pregunta))
    escritas = [fila for fila in filas if fila["rule"] != "–"]
    assert [_falta(falta, suyo) for falta in halladas] == [
        (
            int(fila["rule"]),
            fila["kind"],
            fila["lacks"],
            micros(fila["costs"]),
            [micros(monto) for monto in fila["price"].split(" → ")],
        )
        for fila in escritas
    ]


def _falta(falta: Faltante, suyo: Ejemplo) -> tuple[object, ...]:
    candidata = falta.candidata
    lacks = {
        Tipo.COMBO: " + ".join(suyo.nombres[miembro] for miembro in candidata.miembros),
        Tipo.CANTIDAD: str(candidata.faltan),
        Tipo.MONTO: str(candidata.faltan // MICROS),
    }[candidata.tipo]
    precio = [falta.antes, falta.despues]
    return candidata.regla.id, str(candidata.tipo), lacks, candidata.costo, precio


@pytest.mark.parametrize("fila", tablas("Who decides what")[0], ids=_nombre)
def test_who_decides_is_where_the_document_says(fila: Fila) -> None:
    texto = (Path(settings.BASE_DIR) / fila["module"]).read_text(encoding="utf-8")
    assert re.search(rf"^(def|class|export (function|class)) {fila['who']}\b", texto, re.MULTILINE)


def test_each_code_of_a_trace_is_told() -> None:
    assert [fila["code"] for fila in tablas("The trace")[0]] == list(Codigo)


@pytest.mark.django_db
@pytest.mark.parametrize(("titulo", "lista_id"), [(LIMA, 1), (AREQUIPA, 2)])
def test_the_demo_is_as_the_document_has_it(titulo: str, lista_id: int) -> None:
    cargar_principal()
    lista = ListaPrecio.objects.get(pk=lista_id)
    assert lista.nombre == titulo
    suyo, escrito = compilado_de(lista).reglamento, ejemplo(titulo, "PEN").reglamento
    assert suyo.reglas == escrito.reglas
    assert suyo.unidad == escrito.unidad == MICROS // 100

    def sin_clases(reglamento: Reglamento) -> list[Renglon]:
        return sorted(
            (
                replace(renglon, grupo_id=None, linea_id=None)
                for renglon in reglamento.renglones.values()
            ),
            key=lambda renglon: renglon.articulo_id,
        )

    assert sin_clases(suyo) == sin_clases(escrito)


def _listas() -> dict[str, Sucursal]:
    empresa = crear_empresa()
    sucursales = {nombre: crear_sucursal(empresa, nombre) for nombre in ("Lima", "Cusco")}
    for fila in tablas("Lists of the example")[0]:
        crear_lista(
            empresa,
            sucursal=sucursales.get(fila["branch"]),
            nombre=fila["list"],
            canal_venta=fila["channel"],
            desde=date.fromisoformat(fila["from"]),
            hasta=None if fila["to"] == "–" else date.fromisoformat(fila["to"]),
            activa=fila["state"] == "active",
        )
    return sucursales


@pytest.mark.django_db
@pytest.mark.parametrize("fila", tablas("Which one holds")[0], ids=_nombre)
def test_the_list_in_force(fila: Fila) -> None:
    sucursales = _listas()
    sucursal = sucursales.get(fila["branch"])
    elegidas = eleccion(
        empresa_id=sucursales["Lima"].empresa_id,
        canal_venta=fila["channel"],
        sucursal_id=sucursal.pk if sucursal else None,
        fecha=date.fromisoformat(fila["date"]),
        todas=True,
    )
    assert fila["list"] == (elegidas.elegida.nombre if elegidas.elegida else "–")
    demas = {f"{c.lista.nombre} {c.codigo}" for c in elegidas.consideradas}
    demas -= {f"{fila['list']} {CodigoLista.ELEGIDA}"}
    assert demas == set(fila["the others"].split(" · ")) - {"–"}
