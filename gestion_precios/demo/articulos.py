"""The distributor's articles, made from the assortment's families."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from random import Random
from typing import NamedTuple

from gestion_precios.articulos.ean import digito_verificador
from gestion_precios.demo.surtido import CALIDADES, EMPAQUES, FAMILIAS, MARCAS, Familia

PREFIJO_PARAGUAY = "784"
# Share of articles, in %, that carry no barcode; believable, and pickers must cope.
SIN_CODIGO = 6
COSTO = (68, 84)  # % of the price
Variante = tuple[Familia, str, str, int]


class ArticuloDemo(NamedTuple):
    """An article of the demo; price and cost in guaraníes."""

    sku: str
    marca: str
    descripcion: str
    linea: str
    grupo: str
    tasa_iva: int
    codigo_barras: str | None
    precio: int
    costo: int


def articulos_demo(cuantos: int, semilla: int) -> list[ArticuloDemo]:
    """So many articles: the same seed gives the same ones, in the same order."""
    azar = Random(f"{semilla}:articulos")  # noqa: S311 - demo data, not secrets
    barras = dict.fromkeys(sorted({marca for marcas in MARCAS.values() for marca in marcas}), 0)
    return [
        _articulo(numero, variante, calidad, empaque, barras, azar)
        for numero, (variante, calidad, empaque) in enumerate(
            islice(_combinaciones(azar), cuantos), 1
        )
    ]


def _combinaciones(azar: Random) -> Iterator[tuple[Variante, int, int]]:
    """Single units of the plain quality first, then packs and better ones; each level mixed."""
    base: list[Variante] = [
        (familia, marca, variedad, medida)
        for familia in FAMILIAS
        for marca, variedad, medida in product(
            MARCAS[familia.marcas], familia.variedades, range(len(familia.presentaciones))
        )
    ]
    for calidad, empaque in product(range(len(CALIDADES)), range(len(EMPAQUES))):
        azar.shuffle(base)
        for variante in base:
            yield variante, calidad, empaque


def _articulo(
    numero: int,
    variante: Variante,
    calidad: int,
    empaque: int,
    barras: dict[str, int],
    azar: Random,
) -> ArticuloDemo:
    familia, marca, variedad, medida = variante
    presentacion = familia.presentaciones[medida]
    nombre_calidad, recargo = CALIDADES[calidad]
    unidades, descuento = EMPAQUES[empaque]
    partes = [familia.nombre, variedad, nombre_calidad, presentacion.texto]
    if unidades > 1:
        partes.append(f"x {unidades}")
    # Brands differ in price by up to 12 %, always the same way; prices end in 50 or 00.
    centesimos = familia.precio * presentacion.por_ciento * recargo * descuento * unidades
    centesimos = centesimos * (94 + sum(marca.encode()) % 13) // 100
    precio = redondear_a_50(centesimos // 1_000_000)
    return ArticuloDemo(
        sku=f"{_siglas(familia)}-{numero:05d}",
        marca=marca,
        descripcion=" ".join(filter(None, partes)),
        linea=familia.linea,
        grupo=familia.grupo,
        tasa_iva=familia.tasa_iva,
        codigo_barras=_codigo_de_barras(marca, barras, azar),
        precio=precio,
        costo=precio * azar.randint(*COSTO) // 100,
    )


def redondear_a_50(monto: int) -> int:
    """Guaraníes as shops write them: a multiple of 50, never nothing."""
    return max(50, (monto + 25) // 50 * 50)


def _siglas(familia: Familia) -> str:
    sin_tildes = familia.grupo.upper().translate(str.maketrans("ÁÉÍÓÚÑ", "AEIOUN"))
    return sin_tildes.replace(" ", "")[:3]


def _codigo_de_barras(marca: str, barras: dict[str, int], azar: Random) -> str | None:
    """An EAN-13 of Paraguay: 784, the brand's four digits, its next item, the check digit."""
    if azar.randrange(100) < SIN_CODIGO:
        return None
    barras[marca] += 1
    empresa = 1001 + list(barras).index(marca)
    base = f"{PREFIJO_PARAGUAY}{empresa}{barras[marca]:05d}"
    return base + str(digito_verificador(base))
