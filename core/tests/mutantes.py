"""A rule of who may do what, taken out, and who must notice it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from core.tests.autorizacion.matriz_admin import de_la_tabla, de_las_paginas
from core.tests.autorizacion.mundo_admin import crear_mundo
from core.tests.autorizacion.recorrido import sorpresas_de, sorpresas_entre
from core.tests.autorizacion.test_autorizacion import REGLAS
from sales.tests.mesa import crear_mesa, entrar
from sales.tests.personas import test_derechos

Detector = Callable[[], bool]


class Mutante(NamedTuple):
    """A rule taken out: of what, its name, what stands in for it, and who notices."""

    de: Any
    nombre: str
    en_su_lugar: Any
    detector: Detector

    def __str__(self) -> str:
        return f"{getattr(self.de, '__name__', self.de)}.{self.nombre}"


def cambiar(monkeypatch: pytest.MonkeyPatch, mutante: Mutante) -> None:
    """Put the other in its place, wherever the rule is known: modules import from one another."""
    original = vars(mutante.de)[mutante.nombre]
    for lugar in _lugares(mutante, original):
        if vars(lugar).get(mutante.nombre) is original:
            monkeypatch.setattr(lugar, mutante.nombre, mutante.en_su_lugar)


def _lugares(mutante: Mutante, original: Any) -> Iterator[Any]:
    yield mutante.de
    # A name that the module itself imported is changed there alone.
    if getattr(original, "__module__", "") == getattr(mutante.de, "__name__", None):
        yield from (modulo for modulo in list(sys.modules.values()) if modulo is not mutante.de)


def en_el_admin(persona: str, *tablas: str) -> Detector:
    """The admin's table, for one person and these tables; without any, the pages beside."""

    def mirar() -> bool:
        mundo = crear_mundo()
        navegador = entrar(mundo.personas[persona])
        todo = [de_la_tabla(mundo, navegador, tabla, persona) for tabla in tablas]
        todo += [] if tablas else [de_las_paginas(mundo, navegador, persona)]
        return any(o.dado != o.dicho for parte in todo for o in parte)

    return mirar


def en_la_mesa(persona: str, metodo: str, ruta: str) -> Detector:
    """A row of the desk's and the API's table, for one person."""

    def mirar() -> bool:
        reglas = [r for r in REGLAS if (r.metodo, r.ruta) == (metodo, ruta)]
        assert reglas, ruta
        return any(True for _ in sorpresas_entre(crear_mesa(), reglas, [persona]))

    return mirar


def con_la_credencial(credencial: str) -> Detector:
    """The whole of that table, with what gives no rights."""
    return lambda: any(True for _ in sorpresas_de(crear_mesa(), REGLAS, credencial))


def la_prueba(prueba: Callable[..., None], *args: Any) -> Detector:
    """A test of what statuses do not tell: what a page says, what a form takes."""

    def mirar() -> bool:
        nombres = prueba.__code__.co_varnames[: prueba.__code__.co_argcount]
        mundo = crear_mundo() if "mundo" in nombres else None
        mesa = mundo.mesa if mundo else crear_mesa()
        hechos: dict[str, Any] = {"mundo": mundo, "mesa": mesa}
        if {"navegador", "encargada"} & set(nombres):
            hechos["encargada"] = test_derechos.crear_encargada(mesa)
            hechos["navegador"] = entrar(hechos["encargada"])
        restantes = iter(args)
        with pytest.MonkeyPatch.context() as hechos["monkeypatch"]:
            try:
                prueba(*[hechos[n] if n in hechos else next(restantes) for n in nombres])
            except AssertionError:
                return True
        return False

    return mirar


def si(*_args: Any, **_kwargs: Any) -> bool:
    """Allow it."""
    return True


def nada(*_args: Any, **_kwargs: Any) -> None:
    """Ask for nothing."""


def tal_cual(filas: Any, *_args: Any) -> Any:
    """Every row there is."""
    return filas


def la_de_arriba(clase: type[Any], nombre: str) -> Callable[..., Any]:
    """What the class would do without its own."""

    def heredada(self: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(super(clase, self), nombre)(*args, **kwargs)

    return heredada


def con_permiso_basta(nombre: str) -> Callable[..., bool]:
    """What the model's own permission says, and nothing else."""

    def basta(pagina: Any, request: Any, obj: Any = None) -> bool:
        meta = pagina.opts
        accion = nombre.split("_")[1]
        return bool(request.user.has_perm(f"{meta.app_label}.{accion}_{meta.model_name}"))

    return basta
