"""The search: what it finds, in which order, and the same on the server as in the browser."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.datos import buscador
from core.datos.buscador import Hallazgo
from core.tests.corrida.compartir import Compartir
from core.tests.node import ruta_node
from gestion_precios.articulos.busqueda import buscar_articulos, el_articulo
from gestion_precios.articulos.ean import LARGOS, digito_verificador
from gestion_precios.models import Articulo, Sucursal
from gestion_precios.motor.vigencia import hoy_en
from sales.catalogo.lectura import construir_gart
from sales.clientes.busqueda import buscar_clientes
from sales.models import Cliente
from sales.precios.sistema import EnVenta, en_venta
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_sucursal,
    ruc_de,
)

pytestmark = pytest.mark.django_db
GUION = Path(__file__).with_name("busqueda.mjs")
SEMILLA = 11
COSAS = (
    "Yerba mate", "Galleta", "Galletas surtidas", "Guaraná Maçã", "Pêssego em calda Crème",
    "Azúcar", "Aceite de girasol", "Fideo tallarín", "Jugo de naranja", "Leche entera",
    "Pan lactal", "Chipá", "Ka'i ladrillo", "Ka’aguy poty", "Coca-Cola", "Coca – Cola light",
    "Ñandutí", "Müsli", "Smørrebrød", "Weißbier", "Café Łódź", "Détergent œuf", "Vino Ægir",
    "Jabón Ỹvoty", "Καφές ελληνικός", "Чай чёрный", "Şeker ĞÜL", "½ kilo queso", "Nº 5 colonia",
    "Açaí", "Tereré 🧉 compuesto", "Dulce de leche", "Agua 6 x 500 ml", "Vela 2,5 cm (caja)",
)  # fmt: skip
MARCAS = ("Kurupí", "Pajarito", "São Braz", "3M", "O'Higgins", "Ñu", "")
MEDIDAS = ("500 g", "1 kg", "2 L", "12x1", "", "0,5", "x6")
GENTE = (
    "Despensa Ña Cármen", "Despensa Ña Cármen", "Autoservicio El 8", "Súper Mba'e Porã",
    "Almacén São João", "Kiosko 2.0", "Bodega D'Angelo", "Comercial Núñez & Hijos S.A.",
    "MINI MARKET ÑEMBY", "Panadería La Espiga", "Copetín al paso",
)  # fmt: skip
RAROS = (
    "",
    " ",
    ".",
    "-",
    "ñ",
    "´",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "0",
    "00",
    "🧉",
    "\u200b",
    "zzzz",
    "x",
)


@dataclass(frozen=True)
class Mundo:
    """A branch with articles, clients of two channels, and what the browser gets of them."""

    sucursal: Sucursal
    clientes: list[Cliente]
    gart: dict[str, Any]


@pytest.fixture
def mundo(mundos: Callable[[], Mundo]) -> Mundo:
    return mundos()


@pytest.fixture(scope="module")
def mundos(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


def crear_mundo() -> Mundo:
    """Names of several alphabets, codes that clash, and only some articles for sale to each."""
    azar = random.Random(SEMILLA)
    sucursal = crear_sucursal(crear_empresa())
    lista = crear_lista(sucursal.empresa)
    canales = [crear_canal("Con lista"), crear_canal("Otro")]
    for i in range(180):
        articulo = crear_articulo(
            f"{azar.choice(COSAS)} {azar.choice(MEDIDAS)}".strip(),
            codigo=1 + i * 7,
            sku=azar.choice((f"Ab-{i}", f"00{i}", f"ñ/{i}", f"SKU{i}")),
            prod_marca=azar.choice(MARCAS),
            codigo_barras=_barras(azar, i),
            activo=i % 20 != 0,
        )
        if i % 3:
            crear_precio_lista(lista, articulo, 1_000 + i)
        if i % 4 == 0:
            crear_precio(articulo, canales[1], 2_000 + i)
    for i in range(90):
        crear_cliente(
            azar.choice(GENTE),
            canal=canales[i % 2],
            ruc=ruc_de(azar.choice((80_000_000 + i // 3, 1_000 + i, f"{700_000 + i}A"))),
            nombrefactura=azar.choice(GENTE) if i % 5 else "Una S.A.",
            activo=i % 17 != 0,
        )
    clientes = [Cliente.objects.filter(canalobj=canal, activo=True)[0] for canal in canales]
    return Mundo(sucursal, clientes, construir_gart(sucursal))


def _barras(azar: random.Random, i: int) -> str | None:
    if i % 5 == 4:
        return None
    largo = (8, 12, 13, 14)[i % 4]
    base = (
        f"{i}".zfill(largo - 1)
        if i % 3 == 0
        else f"{azar.randrange(10 ** (largo - 1)):0{largo - 1}}"
    )
    return f"{base}{digito_verificador(base)}"


def preguntas_de_articulos(azar: random.Random) -> Iterator[str]:
    for articulo in Articulo.objects.order_by("pk"):
        nombre, codigos = articulo.descripcion, [str(articulo.codigo), articulo.sku]
        yield from (nombre, nombre.upper(), _torcer(azar, nombre), azar.choice(nombre.split())[:3])
        yield azar.choice(codigos)
        yield f"000{azar.choice(codigos).lower()}"
        if articulo.codigo_barras:
            barras = articulo.codigo_barras
            yield from (barras, barras.zfill(14), barras.lstrip("0"), barras[:5], barras[:8])


def preguntas_de_clientes(azar: random.Random) -> Iterator[str]:
    for cliente in Cliente.objects.order_by("pk"):
        base, dv = cliente.ruc.split("-")
        yield from (cliente.ruc, base, base + dv, f"{base}-", f"{base[:2]}.{base[2:5]}.{base[5:]}")
        yield from (cliente.nombrefantasia, _torcer(azar, cliente.nombrefantasia))
        yield f"{cliente.nombrefactura[:4]} {cliente.nombrefantasia[:3]}"


def _torcer(azar: random.Random, texto: str) -> str:
    """As hands write it: a letter off, a plural, a diminutive, words in another order."""
    palabras = texto.split()
    i = azar.randrange(len(palabras))
    palabra, donde = palabras[i], azar.randrange(len(palabras[i]))
    palabras[i] = azar.choice(
        (
            palabra[:donde] + palabra[donde + 1 :],
            palabra[:donde] + azar.choice("aeosznx") + palabra[donde:],
            palabra[:donde] + azar.choice("bvszy") + palabra[donde + 1 :],
            palabra[:donde]
            + palabra[donde + 1 : donde + 2]
            + palabra[donde]
            + palabra[donde + 2 :],
            f"{palabra}s",
            palabra.rstrip("aeo") + "itos",
        )
    )
    azar.shuffle(palabras)
    return " ".join(palabras)


def del_navegador(gart: dict[str, Any], preguntas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the browser's Worker answers to each question."""
    lineas = "".join(json.dumps(linea) + "\n" for linea in [gart, *preguntas])
    hecho = subprocess.run(
        [ruta_node(), GUION], input=lineas, capture_output=True, text=True, check=True
    )
    return [json.loads(linea) for linea in hecho.stdout.splitlines()]


def _del_servidor(q: str, vendibles: EnVenta | None) -> Hallazgo:
    if vendibles is None:
        return buscar_clientes(q)
    return buscar_articulos(q, entre=vendibles.a_alguien, primero=vendibles.al_canal)


def respuesta(hallazgo: Hallazgo) -> dict[str, Any]:
    return {
        "ids": [fila["id"] for fila in hallazgo.filas],
        "mas": hallazgo.hay_mas,
        "cercanas": hallazgo.cercanas,
    }


def preguntas_de(mundo: Mundo) -> list[dict[str, Any]]:
    azar = random.Random(SEMILLA)
    canales = [cliente.canalobj_id for cliente in mundo.clientes]
    de_articulos = (*preguntas_de_articulos(azar), *RAROS)
    return [{"q": q, "canal": str(azar.choice(canales))} for q in de_articulos] + [
        {"q": q} for q in (*preguntas_de_clientes(azar), *RAROS)
    ]


def ambas_respuestas(
    mundo: Mundo, preguntas: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Each question, what the server answers and what the browser does."""
    hoy = hoy_en(mundo.sucursal.empresa)
    canales = [cliente.canalobj_id for cliente in mundo.clientes]
    vendibles = {canal: en_venta(mundo.sucursal, hoy, canal) for canal in canales}
    servidor = [
        respuesta(_del_servidor(pregunta["q"], vendibles.get(int(pregunta.get("canal", 0)))))
        for pregunta in preguntas
    ]
    navegador = del_navegador(mundo.gart, preguntas)
    return list(zip(preguntas, servidor, navegador, strict=True))


def test_the_server_and_the_browser_answer_alike(mundo: Mundo) -> None:
    preguntas = preguntas_de(mundo)
    assert len(preguntas) >= 2_000
    respuestas = ambas_respuestas(mundo, preguntas)
    assert [todo for todo in respuestas if todo[1] != todo[2]] == []
    # Of every kind there are many.
    servidor = [uno for _pregunta, uno, _otro in respuestas]
    assert sum(uno["cercanas"] and bool(uno["ids"]) for uno in servidor) > 40
    assert sum(uno["mas"] for uno in servidor) > 40
    assert sum(not uno["ids"] for uno in servidor) > 20


def test_part_of_a_barcode_that_has_the_length_of_one_is_nobodys_code(mundo: Mundo) -> None:
    articulos = Articulo.objects.filter(activo=True, codigo_barras__isnull=False)
    todos = {a.pk: str(a.codigo_barras) for a in articulos}
    partes = {barras[:largo] for barras in todos.values() for largo in (8, 12)} - {*todos.values()}
    de_largo = [q for q in sorted(partes) if len(q) in LARGOS and q[0] != "0"]
    assert len(de_largo) > 50
    for q in de_largo:
        hallazgo = buscar_articulos(q)
        tienen = {pk for pk, barras in todos.items() if q in barras}
        assert {fila["id"] for fila in hallazgo.filas} == tienen
        assert (hallazgo.hay_mas, hallazgo.cercanas, el_articulo(q)) == (False, True, None)


def test_so_they_do_where_what_is_sold_comes_pages_later(
    mundo: Mundo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buscador, "PAGINAS", (1, 3, 7, 999))
    respuestas = ambas_respuestas(mundo, preguntas_de(mundo)[::4])
    assert [todo for todo in respuestas if todo[1] != todo[2]] == []


def comprobar_hallado(cual: Articulo | Cliente, preguntas: list[str]) -> None:
    """Each question finds it first, on the server and in the browser."""
    sucursal, cliente = crear_sucursal(crear_empresa()), crear_cliente("De la casa")
    canal = cliente.canalobj
    para = {"canal": str(canal.pk)} if isinstance(cual, Articulo) else {}
    if isinstance(cual, Articulo):
        crear_precio(cual, canal, 1_000)
    mundo = Mundo(sucursal, [cliente], construir_gart(sucursal))
    halladas = ambas_respuestas(mundo, [{"q": q} | para for q in preguntas])
    assert [(uno["ids"][:1], otro["ids"][:1]) for _q, uno, otro in halladas] == [
        ([cual.pk], [cual.pk]) for _q in preguntas
    ]


@pytest.mark.parametrize(
    ("guardado", "preguntas"),
    [
        ("Guaraná Maçã 2 L", ["maçã", "MAÇÃ", "maca", "guarana maca"]),
        ("Pêssego em calda Crème", ["pêssego em", "pessego em", "pessego creme", "CRÈME pessego"]),
        ("Gaseosa cola pack 6x500 ml", ["6x500", "6X500", "6×500", "gaseosa 6x500"]),
    ],
)
def test_an_article_is_found_however_it_is_written(guardado: str, preguntas: list[str]) -> None:
    comprobar_hallado(crear_articulo(guardado), preguntas)


@pytest.mark.parametrize(
    ("guardado", "leidos"),
    [
        ("036000291452", ["0036000291452", "00036000291452", "036000291452"]),
        ("0012345678905", ["012345678905", "00012345678905", "12345678905"]),
    ],
)
def test_a_barcode_is_one_number_in_all_its_lengths(guardado: str, leidos: list[str]) -> None:
    comprobar_hallado(crear_articulo("Con barras", codigo_barras=guardado), leidos)


@pytest.mark.parametrize(
    ("guardado", "preguntas"),
    [
        (
            "80041112-9",
            ["80041112-9", "80041112", "800411129", "80.041.112-9", "80.041.112", "80 041 112"],
        ),
        ("5257296-0", ["5.257.296-0", "52572960", "5257296", "5257296-0"]),
    ],
)
def test_a_ruc_is_found_however_it_is_written(guardado: str, preguntas: list[str]) -> None:
    comprobar_hallado(crear_cliente("Otra cosa", ruc=guardado), preguntas)


def test_what_is_searched_is_of_now_whoever_changed_it() -> None:
    uno, otro = crear_cliente("Murcielago"), crear_cliente("Bizcochero")

    def hallados(consulta: str) -> list[int]:
        return [fila["id"] for fila in buscar_clientes(consulta).filas]

    assert [hallados("murciel"), hallados("bizco")] == [[uno.pk], [otro.pk]]
    # As many letters, and all of them in the table still: each is the other's.
    for cliente, nombre in ((uno, "Bizcochero"), (otro, "Murcielago")):
        Cliente.objects.filter(pk=cliente.pk).update(nombrefantasia=nombre, nombrefactura=nombre)
    assert [hallados("murciel"), hallados("bizco")] == [[otro.pk], [uno.pk]]
    Cliente.objects.filter(pk=uno.pk).update(activo=False)
    assert hallados("bizcochero") == []


@pytest.mark.parametrize("de_a_muchos", [False, True])
def test_the_nearest_are_of_today(de_a_muchos: bool) -> None:
    articulo = crear_articulo("Murcielago")
    assert buscar_articulos("murcielaxo").filas[0]["id"] == articulo.pk
    if de_a_muchos:
        Articulo.objects.filter(pk=articulo.pk).update(descripcion="Bizcochero")
    else:
        articulo.descripcion = "Bizcochero"
        articulo.save()
    assert buscar_articulos("murcielaxo").filas == []
    assert buscar_articulos("bizcuchero").filas[0]["id"] == articulo.pk
