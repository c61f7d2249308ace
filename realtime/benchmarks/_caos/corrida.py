"""One run on a desk: clients send, processes die, everything comes back, all is counted."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connections
from django.utils import timezone

from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.navegante import Navegante
from realtime.benchmarks._caos import lectura
from realtime.benchmarks._caos.cargas import Carga, Cargador
from realtime.benchmarks._caos.clientes import USUARIOS, Clientes
from realtime.benchmarks._caos.control import Cuenta, Falta, Recibo, revisar
from realtime.benchmarks._caos.fallas import (
    CLASES,
    CLASES_POSTGRESQL,
    CLASES_POSTGRESQL_PROPIO,
    Clase,
    Golpe,
    Verdugo,
    planear,
)
from realtime.benchmarks._caos.postgres import ServidorPostgres, cortes

# A run that never ends says so; how fast it ends is a figure.
ESPERA_FINAL: Final = 300.0


@dataclass(frozen=True)
class Medida:
    """What a run is asked to do."""

    lotes: int
    fallas: int
    segundos: float
    semilla: int = 7


@dataclass(frozen=True)
class Resultado:
    """What came of a run."""

    cuenta: Cuenta
    hechas: Counter[Clase]
    respuestas: Counter[int]
    acusados: int
    # Lotes that took more than one attempt.
    retomados: int
    # Seconds from the end of the last fault until the desk was ready, until what it had
    # acknowledged by then was done, and until what clients sent later was done too.
    lista: float
    desagote: float
    todo: float


def correr(mesa: Mesa, medida: Medida, servidor: ServidorPostgres | None = None) -> Resultado:
    """The whole run on a desk without orders, and the count."""
    azar = random.Random(medida.semilla)
    navegantes = [Navegante(mesa, usuario).entrar() for usuario in USUARIOS]
    cargas = Cargador(navegantes[0].gart, azar).cargas(medida.lotes, medida.segundos)
    clases, golpes = _fallas_posibles(mesa, servidor)
    plan = planear(azar, clases, medida.fallas, medida.segundos)
    verdugo = Verdugo(mesa, hay_trabajo=_en_curso, golpes=golpes)
    clientes = Clientes(navegantes)
    try:
        clientes.empezar(cargas, medida.segundos)
        verdugo.cumplir(plan)
        fin, fin_en = time.monotonic(), timezone.now()
        mesa.esperar_lista()
        lista = time.monotonic() - fin
        clientes.esperar()
        _esperar_desagote()
        todo = time.monotonic() - fin
        recibos = clientes.recibos(lectura.lotes_guardados())
    finally:
        verdugo.soltar()
        clientes.cerrar()
    return Resultado(
        cuenta=_contar(cargas, clientes, recibos),
        hechas=verdugo.hechas,
        respuestas=clientes.estados,
        acusados=len(clientes.acusados),
        retomados=lectura.retomados(),
        lista=lista,
        desagote=todo if lectura.abiertos() else lectura.desagote(fin_en),
        todo=todo,
    )


def _fallas_posibles(
    mesa: Mesa, servidor: ServidorPostgres | None
) -> tuple[list[Clase], dict[tuple[str, str], Golpe]]:
    clases = list(CLASES)
    golpes: dict[tuple[str, str], Golpe] = {}
    if mesa.base:
        clases += CLASES_POSTGRESQL
        golpes |= cortes(mesa.entorno["DATABASE_URL"])
    if servidor is not None:
        clases += CLASES_POSTGRESQL_PROPIO
        golpes |= servidor.golpes()
    return clases, golpes


def _en_curso() -> bool:
    """Whether a lote is in a worker's hands; a database that is down cannot tell."""
    try:
        return lectura.en_curso()
    except DatabaseError:
        connections[ALIAS].close()
        return False


def _esperar_desagote() -> None:
    limite = time.monotonic() + ESPERA_FINAL
    while time.monotonic() < limite:
        try:
            if not lectura.abiertos():
                return
        except DatabaseError:
            connections[ALIAS].close()
        time.sleep(0.1)


def _contar(
    cargas: Sequence[Carga], clientes: Clientes, recibos: Mapping[UUID, Sequence[Recibo]]
) -> Cuenta:
    enviados = [carga.lote._replace(acusado=carga.lote.id in clientes.acusados) for carga in cargas]
    cuenta = revisar(enviados, lectura.guardados(recibos))
    for queja in clientes.quejas:
        cuenta.anotar(Falta.RESPUESTA, queja)
    if de_mas := lectura.tarjetas_de_mas():
        cuenta.anotar(Falta.TABLERO, f"{de_mas} cards of no order in review")
    return cuenta
