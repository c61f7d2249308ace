"""The tables notice every condition of `rules.py`: flip any one and some row comes out wrong."""

from __future__ import annotations

import ast
import inspect
import sys
from itertools import product
from types import ModuleType

import pytest

from realtime import rules
from realtime.tests.fabricas import RESPUESTA
from realtime.tests.tarjetas.test_reglas import sorpresas
from realtime.tests.tarjetas.test_tabla import FILAS, Fila, al_actualizar, al_crear

FUENTE = inspect.getsource(rules)
CONTRARIOS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
# The card that a row had: none, or of a kind and shown or last seen at a status.
TARJETAS = [(None, None), *product(("encuesta", "conciliacion"), ("4", "9", "14", "77"))]


def esperado(creado: bool, fila: Fila, tarjeta: tuple[str | None, str | None]) -> tuple[str, ...]:
    """The table's answer: what is done, by which rule, a card of what kind, with a "4" or not."""
    if creado:
        caso = al_crear(fila)
        if caso is None:
            return ("nada",)
        tipo, regla = caso
        return "mostrar", regla, tipo, str(regla == "1.1+1.2")
    regla_de_salida = al_actualizar(fila)
    if regla_de_salida == "2.2" and tarjeta == ("conciliacion", fila[1]):
        return ("nada",)
    return ("retirar", regla_de_salida) if regla_de_salida else ("nada",)


def dicho(
    modulo: ModuleType, creado: bool, fila: Fila, tarjeta: tuple[str | None, str | None]
) -> tuple[str, ...]:
    respuesta, status, pedido, devuelto, caja = fila
    tipo, ultimo = tarjeta
    decision = modulo.decidir(
        modulo.Caso(
            creado=creado,
            respondido=respuesta == RESPUESTA,
            status=status,
            status_pedido=pedido,
            stock_devuelto=devuelto,
            pasado_por_caja=caja,
            tipo=modulo.Tipo(tipo) if tipo else None,
            ultimo_status=ultimo,
        )
    )
    match str(decision.accion):
        case "mostrar":
            return "mostrar", decision.regla, str(decision.tipo), str(decision.generar)
        case "retirar":
            return "retirar", decision.regla
        case _:
            return ("nada",)


def diferencias(modulo: ModuleType) -> int:
    casos = product((True, False), FILAS, TARJETAS)
    reglas = sum(dicho(modulo, *caso) != esperado(*caso) for caso in casos)
    try:
        return reglas or len(sorpresas(modulo))
    except AttributeError:
        # What takes None for text is noticed as well.
        return 1


def mutantes() -> list[tuple[str, ast.Module]]:
    """A copy of the module for each condition, with that one flipped."""
    hallados = []
    total = sum(1 for _ in ast.walk(ast.parse(FUENTE)))
    for lugar in range(total):
        arbol = ast.parse(FUENTE)
        nodo = list(ast.walk(arbol))[lugar]
        if descripcion := _voltear(nodo):
            hallados.append((descripcion, ast.fix_missing_locations(arbol)))
    return hallados


def _voltear(nodo: ast.AST) -> str:
    match nodo:
        case ast.Compare(ops=[operador]) if type(operador) in CONTRARIOS:
            nodo.ops = [CONTRARIOS[type(operador)]()]  # type: ignore[list-item]  # of its kind
        case ast.BoolOp(op=operador):
            nodo.op = CONTRARIOS[type(operador)]()  # type: ignore[assignment]  # of its kind
        case ast.If(test=prueba) | ast.IfExp(test=prueba):
            nodo.test = ast.UnaryOp(op=ast.Not(), operand=prueba)
        case ast.UnaryOp(op=ast.Not()):
            nodo.op = ast.UAdd()
        case _:
            return ""
    return f"{nodo.lineno}-{type(nodo).__name__}"


def cargar(arbol: ast.Module) -> ModuleType:
    modulo = ModuleType("reglas_mutadas")
    # Dataclasses look up their module by its name.
    sys.modules[modulo.__name__] = modulo
    exec(compile(arbol, "<mutante>", "exec"), modulo.__dict__)  # noqa: S102 - our own source
    return modulo


def test_the_rules_are_the_table() -> None:
    assert diferencias(rules) == 0


@pytest.mark.parametrize(
    ("condicion", "arbol"), mutantes(), ids=lambda valor: valor if type(valor) is str else None
)
def test_a_flipped_condition_is_noticed(condicion: str, arbol: ast.Module) -> None:
    assert diferencias(cargar(arbol)) > 0, condicion


def test_there_are_conditions_to_flip() -> None:
    assert len(mutantes()) == 48
