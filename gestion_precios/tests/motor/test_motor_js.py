"""The desk's engine (static/js/motor/motor.js) gives what reglas.py gives, to the last digit."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.tests.node import ruta_node
from gestion_precios.motor import pisos
from gestion_precios.motor.pisos import piso_de
from gestion_precios.motor.reglas import (
    MICROS,
    Codigo,
    Precio,
    Regla,
    Reglamento,
    Renglon,
    cotizar,
)
from sales.catalogo.reglas import regla_enviada

GUION = Path(__file__).with_name("motor.mjs")
repetible = settings(derandomize=True, deadline=None, max_examples=600, database=None)

ARTICULOS = range(1, 7)
clase = st.sampled_from([None, None, 1, 2])
# In hundredths: catalogue's numbers have at most twelve digits and two decimals. Halves abound.
montos = st.integers(1, 200).map(lambda n: n * 50) | st.integers(1, 99_999_999_999)
porcentajes = st.integers(-4, 50).map(lambda n: n * 250) | st.integers(-30_000, 20_000)


def renglones() -> st.SearchStrategy[dict[int, Renglon]]:
    """Some of the articles; bases may have cents that their currency has not."""

    @st.composite
    def renglon(draw: st.DrawFn, articulo_id: int) -> Renglon:
        base = draw(montos) * (MICROS // 100)
        costo = draw(st.just(0) | st.integers(base // 2, base * 2))
        return Renglon(articulo_id, base, costo, draw(clase), draw(clase))

    siempre, a_veces = ARTICULOS[:4], ARTICULOS[4:]
    return st.fixed_dictionaries(
        {n: renglon(n) for n in siempre}, optional={n: renglon(n) for n in a_veces}
    )


@st.composite
def reglas(draw: st.DrawFn, regla_id: int) -> Regla:
    """Any rule that a list can hold, and some that it should not."""
    porcentaje = draw(st.booleans())
    por_monto = draw(st.booleans())
    monto = montos.map(lambda n: n * (MICROS // 100))
    unidades = st.integers(0, 12).map(lambda n: n * MICROS) | st.integers(0, 5 * MICROS)
    combo = st.frozensets(st.sampled_from(ARTICULOS), max_size=3)
    return Regla(
        id=regla_id,
        nombre="Regla",
        prioridad=10,
        es_porcentaje=porcentaje,
        valor=draw(porcentajes) if porcentaje else draw(montos) * (MICROS // 100),
        por_monto=por_monto,
        umbral=draw(st.just(0) | (monto if por_monto else unidades)),
        articulo_id=draw(st.sampled_from([None] * 6 + [*ARTICULOS])),
        grupo_id=draw(clase),
        linea_id=draw(clase),
        combo=draw(st.none() | st.none() | combo),
        bajo_costo=draw(st.booleans()),
        activa=draw(st.sampled_from([True, True, True, False])),
    )


def _para_todos(regla: Regla) -> Regla:
    """The rule for any article and amount, down to the cost."""
    return replace(
        regla,
        umbral=0,
        activa=True,
        bajo_costo=False,
        articulo_id=None,
        grupo_id=None,
        linea_id=None,
        combo=None,
    )


@st.composite
def casos(draw: st.DrawFn) -> tuple[Reglamento, list[tuple[int, int]], int]:
    decimales = draw(st.sampled_from([0, 2]))
    suyas = [draw(reglas(n)) for n in range(1, 1 + draw(st.integers(0, 12)))]
    # What is drawn depends on what else is loaded: every second list stacks whatever it draws.
    if draw(st.booleans()):
        suyas = [_para_todos(regla) for regla in suyas]
    reglamento = Reglamento("v", decimales, draw(renglones()), suyas)
    cantidad = st.integers(1, 12) | st.integers(1, 1_000_000)
    linea = st.tuples(st.sampled_from(ARTICULOS), cantidad)
    lineas = draw(st.lists(linea, min_size=1, max_size=8))
    return reglamento, lineas, draw(st.just(0) | montos) * (MICROS // 100)


def numero(micros: int) -> float:
    """As the catalogue's JSON carries an amount."""
    return float(Decimal(micros).scaleb(-6))


def caso_de(reglamento: Reglamento, lineas: list[tuple[int, int]], aparte: int) -> dict[str, Any]:
    return {
        "lista": {
            "version": reglamento.version,
            "decimales": reglamento.decimales,
            "reglas": [regla_enviada(regla) for regla in reglamento.reglas if regla.activa],
        },
        "renglones": [
            {
                "articulo": renglon.articulo_id,
                "base": numero(renglon.base),
                # What the catalogue tells of the cost is enough.
                "piso": (piso := piso_de(reglamento, renglon)) and numero(piso),
                "grupo": renglon.grupo_id,
                "linea": renglon.linea_id,
            }
            for renglon in reglamento.renglones.values()
        ],
        "lineas": lineas,
        "aparte": str(aparte),
    }


def esperado(precio: Precio) -> dict[str, Any]:
    """The Python engine's answer in the same words, but for what only it is asked."""
    fuera = {Codigo.FUERA_DE_ALCANCE, Codigo.NO_ES_PARTE_DEL_COMBO, Codigo.INACTIVA}
    return {
        "articulo": precio.articulo_id,
        "base": str(precio.base),
        "final": str(precio.final),
        "ajustado": precio.ajustado_a_costo,
        "provisional": False,
        "aplicadas": [
            [paso.regla.id, str(paso.antes), str(paso.despues)]
            for paso in precio.aplicadas
            if paso.regla
        ],
        "juicios": [
            [paso.regla.id, str(paso.codigo), str(paso.medido), str(paso.umbral), [*paso.faltan]]
            for paso in precio.traza or ()
            if paso.regla and paso.codigo not in fuera
        ],
    }


@contextmanager
def motor() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [ruta_node(), str(GUION)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as proceso:
        yield proceso
        proceso.communicate()


def test_the_browser_s_engine_is_this_one() -> None:
    probados = rebajados = con_piso = 0
    with motor() as proceso:
        assert proceso.stdin is not None
        assert proceso.stdout is not None
        entrada, salida = proceso.stdin, proceso.stdout

        @repetible
        @given(casos())
        def igual(caso: tuple[Reglamento, list[tuple[int, int]], int]) -> None:
            nonlocal probados, rebajados, con_piso
            reglamento, lineas, aparte = caso
            entrada.write(json.dumps(caso_de(reglamento, lineas, aparte)) + "\n")
            entrada.flush()
            precios = cotizar(reglamento, lineas, aparte=aparte, explicar=True)
            assert json.loads(salida.readline()) == [esperado(p) for p in precios.values()]
            probados += len(precios)
            rebajados += sum(len(precio.aplicadas) > 1 for precio in precios.values())
            con_piso += sum(precio.ajustado_a_costo for precio in precios.values())

        igual()
    # The cases are worth something: rules stack, and floors are met.
    assert min(probados, rebajados, con_piso) > 100, (probados, rebajados, con_piso)


def _rebajada(umbral: int) -> Reglamento:
    """An article of 100 that costs 80, and 30 % off from so many on."""
    regla = Regla(1, "Regla", 1, es_porcentaje=True, valor=3_000, umbral=umbral)
    return Reglamento("v", 0, {1: Renglon(1, 100 * MICROS, 80 * MICROS)}, [regla])


def test_where_only_the_server_has_the_floor_the_browser_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No cart is tried: all that might be raised is the server's alone.
    monkeypatch.setattr(pisos, "CARRITOS", 0)
    iguales = distintos = 0
    with motor() as proceso:
        assert proceso.stdin is not None
        assert proceso.stdout is not None
        entrada, salida = proceso.stdin, proceso.stdout

        @settings(repetible, max_examples=300)
        @given(casos())
        # One raised, one not, whatever is drawn.
        @example((_rebajada(0), [(1, 1)], 0))
        @example((_rebajada(5 * MICROS), [(1, 1)], 0))
        def avisa(caso: tuple[Reglamento, list[tuple[int, int]], int]) -> None:
            nonlocal iguales, distintos
            reglamento, lineas, aparte = caso
            datos = caso_de(reglamento, lineas, aparte)
            assert [renglon for renglon in datos["renglones"] if renglon["piso"]] == []
            entrada.write(json.dumps(datos) + "\n")
            entrada.flush()
            propios = cotizar(reglamento, lineas, aparte=aparte, explicar=True)
            for dicho in json.loads(salida.readline()):
                propio = esperado(propios[dicho["articulo"]])
                avisado = dicho.pop("provisional")
                if not propio["ajustado"]:
                    iguales += avisado
                    assert dicho | {"provisional": False} == propio
                    continue
                # It is lower than the server's, all else is the same, and the browser knows it.
                distintos += 1
                assert avisado
                assert int(dicho.pop("final")) < int(propio["final"])
                assert dicho.items() <= (propio | {"ajustado": False}).items()

        avisa()
    assert min(iguales, distintos) > 0
