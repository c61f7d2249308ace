"""What is missing for the next discount: by the vectors that the browser's tests read, and as the
browser says it over random lists and carts."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from core.tests.node import ruta_node
from gestion_precios.motor.faltantes import Faltante, Tipo, faltantes
from gestion_precios.motor.reglas import (
    MICROS,
    Carrito,
    Regla,
    Reglamento,
    Renglon,
    armar_carrito,
    cotizar,
)
from gestion_precios.tests.casos import ARTICULOS, caso
from gestion_precios.tests.motor.test_motor_js import repetible
from sales.catalogo.reglas import regla_enviada

VECTORES = Path(settings.BASE_DIR) / "static/js/tests/vectores/faltantes.json"
GUION = Path(__file__).with_name("faltantes.mjs")
COMUN: dict[str, Any] = json.loads(VECTORES.read_text("utf-8"))
Caso = tuple[Reglamento, list[tuple[int, int]], frozenset[int], int]


def micros(texto: str) -> int:
    return int(Decimal(texto) * MICROS)


def regla_de(dada: dict[str, Any]) -> Regla:
    regla = COMUN["regla"] | dada
    return Regla(
        id=regla["id"],
        nombre=regla["nombre"],
        prioridad=10,
        es_porcentaje=regla["porcentaje"],
        valor=int(regla["valor"]),
        por_monto=regla["por_monto"],
        umbral=int(regla["umbral"]),
        articulo_id=regla["articulo"],
        grupo_id=regla["grupo"],
        linea_id=regla["linea"],
        combo=None if regla["combo"] is None else frozenset(regla["combo"]),
        bajo_costo=regla["bajo_costo"],
    )


def renglon_de(dada: dict[str, Any]) -> Renglon:
    renglon = COMUN["renglon"] | dada
    base, costo = micros(renglon["base"]), micros(renglon["costo"])
    return Renglon(renglon["articulo"], base, costo, renglon["grupo"], renglon["linea"])


def en_vector(falta: Faltante) -> dict[str, Any]:
    candidata = falta.candidata
    faltan: Any = candidata.faltan * (MICROS if candidata.tipo is Tipo.CANTIDAD else 1)
    return {
        "tipo": str(candidata.tipo),
        "regla": candidata.regla.id,
        "articulo": candidata.articulo_id,
        "faltan": [*candidata.miembros] if candidata.tipo is Tipo.COMBO else faltan,
        "costo": candidata.costo,
        "antes": falta.antes,
        "despues": falta.despues,
    }


def esperada(dicha: dict[str, Any]) -> dict[str, Any]:
    faltan = dicha["faltan"]
    montos = {campo: micros(dicha[campo]) for campo in ("costo", "antes", "despues")}
    return dicha | montos | {"faltan": faltan if isinstance(faltan, list) else micros(faltan)}


@pytest.mark.parametrize("dado", COMUN["casos"], ids=lambda dado: dado["que"])
def test_as_in_the_browser(dado: dict[str, Any]) -> None:
    renglones = {dada["articulo"]: renglon_de(dada) for dada in dado["renglones"]}
    reglas = [regla_de(dada) for dada in dado["reglas"]]
    reglamento = Reglamento("v", dado.get("decimales", 0), renglones, reglas)
    carrito = armar_carrito(reglamento, dado["lineas"])
    halladas = faltantes(
        reglamento, carrito, fijos=dado.get("fijos", ()), maximo=dado.get("maximo", 3)
    )
    assert [en_vector(falta) for falta in halladas] == [esperada(f) for f in dado["faltantes"]]


def preguntas() -> st.SearchStrategy[Caso]:
    """A list and a cart whose rules are often a unit or a cent away, some of it agreed, and how
    many discounts are asked for."""
    casos = st.builds(
        caso,
        st.integers(0, 2**32),
        cuantas_reglas=st.integers(4, 12),
        cuantas_lineas=st.integers(1, 4),
        decimales=st.sampled_from([0, 2]),
    )
    fijos = st.just(frozenset[int]()) | st.frozensets(st.sampled_from(ARTICULOS), max_size=1)
    return st.tuples(casos, fijos, st.integers(1, 4)).map(
        lambda partes: (partes[0].reglamento(), partes[0].lineas, *partes[1:])
    )


def para_el_navegador(pregunta: Caso) -> str:
    reglamento, lineas, fijos, maximo = pregunta
    unidad = reglamento.unidad
    enviado = {
        "lista": {
            "decimales": reglamento.decimales,
            "reglas": [regla_enviada(regla) for regla in reglamento.reglas if regla.activa],
        },
        "renglones": [
            {
                "articulo": renglon.articulo_id,
                "base": str(renglon.base),
                "piso": str(-(-renglon.costo // unidad) * unidad),
                "grupo": renglon.grupo_id,
                "linea": renglon.linea_id,
            }
            for renglon in reglamento.renglones.values()
        ],
        "lineas": lineas,
        "fijos": [*fijos],
        "maximo": maximo,
    }
    return json.dumps(enviado) + "\n"


def dicha(falta: Faltante) -> list[Any]:
    candidata = falta.candidata
    faltan = [*candidata.miembros] if candidata.tipo is Tipo.COMBO else str(candidata.faltan)
    montos = [str(monto) for monto in (candidata.costo, falta.antes, falta.despues)]
    return [str(candidata.tipo), candidata.regla.id, candidata.articulo_id, faltan, *montos]


def test_the_browser_says_the_same_of_any_list_and_cart() -> None:
    vistos: Counter[Tipo] = Counter()
    with subprocess.Popen(
        [ruta_node(), str(GUION)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as proceso:
        assert proceso.stdin is not None
        assert proceso.stdout is not None
        entrada, salida = proceso.stdin, proceso.stdout

        @repetible
        @given(preguntas())
        def igual(pregunta: Caso) -> None:
            reglamento, lineas, fijos, maximo = pregunta
            entrada.write(para_el_navegador(pregunta))
            entrada.flush()
            carrito = armar_carrito(reglamento, lineas)
            halladas = faltantes(reglamento, carrito, fijos=fijos, maximo=maximo)
            assert json.loads(salida.readline()) == [dicha(falta) for falta in halladas]
            vistos.update(falta.candidata.tipo for falta in halladas)

        igual()
        proceso.communicate()
    # The cases are worth something: each kind of discount is met.
    assert min(vistos[tipo] for tipo in Tipo) > 10, vistos


def logrado(lineas: list[tuple[int, int]], falta: Faltante) -> list[tuple[int, int]]:
    """The cart of who does as told."""
    candidata = falta.candidata
    if candidata.articulo_id is not None and candidata.tipo is Tipo.CANTIDAD:
        return [*lineas, (candidata.articulo_id, candidata.faltan)]
    return [*lineas, *((miembro, 1) for miembro in candidata.miembros)]


@repetible
@given(preguntas())
def test_what_is_said_to_be_missing_is_what_fires_it(pregunta: Caso) -> None:
    reglamento, lineas, fijos, maximo = pregunta
    halladas = faltantes(reglamento, armar_carrito(reglamento, lineas), fijos=fijos, maximo=maximo)
    assert len(halladas) <= maximo
    assert [f.candidata.costo for f in halladas] == sorted(f.candidata.costo for f in halladas)
    precios = cotizar(reglamento, lineas)
    for falta in halladas:
        candidata = falta.candidata
        assert falta.despues < falta.antes
        assert falta.antes in {precios[a].final for a in precios if a not in fijos}
        aparte = candidata.costo if candidata.tipo is Tipo.MONTO else 0
        nuevos = cotizar(reglamento, logrado(lineas, falta), aparte=aparte)
        rebajados = [
            precio
            for articulo, precio in nuevos.items()
            if precio.final == falta.despues
            and articulo in precios
            and precios[articulo].final == falta.antes
            and candidata.regla in [paso.regla for paso in precio.aplicadas]
        ]
        assert rebajados


def test_of_a_thousand_rules_the_nearest_are_tried() -> None:
    """The cheapest that lower nothing do not hide the others, up to so many of them."""
    en_el_piso = Renglon(1, 10 * MICROS, 10 * MICROS)
    libre = Renglon(2, 100 * MICROS)
    renglones = {1: en_el_piso, 2: libre}

    def lista(inutiles: int) -> Reglamento:
        de_piso = [_escalon(n, 1, n + 1) for n in range(1, inutiles + 1)]
        return Reglamento("v", 0, renglones, [*de_piso, _escalon(1_000, 2, 50)])

    carrito = Carrito({1: 1, 2: 1}, frozenset({1, 2}), 110 * MICROS)
    halladas = faltantes(lista(39), carrito)
    assert [falta.candidata.regla.id for falta in halladas] == [1_000]
    assert faltantes(lista(40), carrito) == []


def _escalon(regla_id: int, articulo: int, unidades: int) -> Regla:
    return Regla(
        regla_id,
        "Escalón",
        1,
        es_porcentaje=True,
        valor=1_000,
        umbral=unidades * MICROS,
        articulo_id=articulo,
    )
