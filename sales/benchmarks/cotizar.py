"""W3: a cart of 50 lines over 5,000 prices and 200 rules.

`POST /api/cotizar/` through HTTP, to one real uvicorn worker, against the usual way in process: a
query for each thing that a price needs; and with its trace. Then the engine by itself, its trace,
and the queries.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final, TypeVar

from django.contrib.auth.models import User
from django.db import connection
from rest_framework.authtoken.models import Token

from gestion_precios.models import ListaPrecio, Sucursal
from gestion_precios.motor.reglamentos import olvidar, reglamento_de
from gestion_precios.motor.reglas import cotizar
from gestion_precios.services import PrecioService
from sales.benchmarks._catalogo import redis_propio
from sales.benchmarks._precios import Carrito, carritos, cotizar_uno_a_uno, montar_lista
from sales.benchmarks._servidor import servidor
from sales.benchmarks._taller import base_de_pruebas
from sales.models import Perfil
from sales.personas.grupos import crear_grupos, dar_rol
from sales.personas.roles import Rol

LINEAS: Final = 50
CARRITOS: Final = 150
DE_UNO_EN_UNO: Final = 5
VUELTAS: Final = 15
META_HTTP: Final = 100
CARRITOS_POR_SEGUNDO: Final = 5_000
TRAZA: Final = 3.0
FRIAS, TIBIAS = 4, 2
Pregunta = dict[str, Any]
T = TypeVar("T")
Pedir = Callable[[Pregunta], bytes]


def main() -> int:
    """Measure, print figures, ratios and goals; 0 if every goal is met."""
    with base_de_pruebas(), redis_propio() as carpeta:
        crear_grupos()
        lista = montar_lista()
        sucursal = Sucursal.objects.get()
        pregunta = {
            "empresa_id": lista.empresa_id,
            "canal_venta": lista.canal_venta,
            "sucursal_id": sucursal.pk,
        }
        print(f"W3, cart of {LINEAS} lines, 5,000 prices, 200 rules on {connection.vendor}")
        muestras = carritos(CARRITOS, LINEAS)
        with servidor(carpeta) as puerto, _cliente(puerto, sucursal) as pedir:
            metas = [_por_http(pedir, pregunta, muestras)]
        metas += [_motor(lista, muestras), _consultas(pregunta)]
    return 0 if all(metas) else 1


@contextmanager
def _cliente(puerto: int, sucursal: Sucursal) -> Iterator[Pedir]:
    """Asks `POST /api/cotizar/` as a supervisor, over one connection kept open."""
    usuario = User.objects.create_user("medidor")
    dar_rol(usuario, Rol.SUPERVISOR)
    Perfil.objects.create(usuario=usuario, sucursal=sucursal)
    cabeceras = {
        "Authorization": f"Token {Token.objects.create(user=usuario).key}",
        "Content-Type": "application/json",
    }
    conexion = http.client.HTTPConnection("127.0.0.1", puerto)

    def pedir(pregunta: Pregunta) -> bytes:
        conexion.request("POST", "/api/cotizar/", json.dumps(pregunta), cabeceras)
        respuesta = conexion.getresponse()
        cuerpo = respuesta.read()
        if respuesta.status != 200:
            raise AssertionError(cuerpo.decode())
        return cuerpo

    try:
        yield pedir
    finally:
        conexion.close()


def _por_http(pedir: Pedir, pregunta: Pregunta, muestras: list[Carrito]) -> bool:
    """Carts a second through HTTP, with and without trace, against one at a time by the ORM.

    By turns: whatever else the machine does slows all of them down.
    """
    preguntas = [pregunta | {"lineas": _lineas(carrito)} for carrito in muestras]
    turno = len(preguntas) // DE_UNO_EN_UNO
    de_a_uno, sin_traza, con_traza = [], [], []
    for vuelta, carrito in enumerate(muestras[:DE_UNO_EN_UNO]):
        segundos, precios = _segundos(partial(cotizar_uno_a_uno, **pregunta, carrito=carrito))
        de_a_uno.append(segundos)
        _comprobar(pedir(preguntas[vuelta]), precios)
        suyas = preguntas[vuelta * turno :][:turno]
        sin_traza += [_segundos(partial(pedir, p))[0] for p in suyas]
        con_traza += [_segundos(partial(pedir, p | {"explicar": True}))[0] for p in suyas]
    orm, solo, explicado = map(median, (de_a_uno, sin_traza, con_traza))
    consultas = _cuantas(partial(cotizar_uno_a_uno, **pregunta, carrito=muestras[0]))
    print(f"  article by article, ORM  {1 / orm:10,.1f} carts/s  {consultas:,} queries")
    print(f"  POST /api/cotizar/       {1 / solo:10,.1f} carts/s")
    print(f"    with its trace         {1 / explicado:10,.1f} carts/s")
    rapido = _meta("through HTTP / by the ORM", orm / solo, minimo=META_HTTP)
    return _meta("trace on / off, HTTP", explicado / solo, maximo=TRAZA) and rapido


def _comprobar(respuesta: bytes, precios: list[Decimal]) -> None:
    lineas = json.loads(respuesta)["lineas"]
    if [Decimal(linea["precio_final"]) for linea in lineas] != precios:
        raise AssertionError("Both ways must give the same prices.")


def _segundos(hacer: Callable[[], T]) -> tuple[float, T]:
    """How long it takes, and what it gives."""
    empieza = perf_counter()
    hecho = hacer()
    return perf_counter() - empieza, hecho


def _lineas(carrito: Carrito) -> list[dict[str, int]]:
    return [{"articulo_id": articulo, "cantidad": cantidad} for articulo, cantidad in carrito]


def _motor(lista: ListaPrecio, muestras: list[Carrito]) -> bool:
    """The engine by itself, without and with a trace of the 200 rules of each line."""
    reglamento = reglamento_de(lista)

    def ritmo(*, explicar: bool) -> float:
        # The processor's time: it waits for nobody, whatever else the machine does.
        empieza = process_time()
        for carrito in muestras:
            cotizar(reglamento, carrito, explicar=explicar)
        return len(muestras) / (process_time() - empieza)

    ritmo(explicar=False)
    pares = [(ritmo(explicar=False), ritmo(explicar=True)) for _ in range(VUELTAS)]
    solo, explicado = (max(ritmos) for ritmos in zip(*pares, strict=True))
    precios = [p for carrito in muestras for p in cotizar(reglamento, carrito).values()]
    disparos = sum(len(precio.aplicadas) for precio in precios) / len(precios)
    print(f"  the engine alone         {solo:10,.1f} carts/s  {disparos:.1f} rules fired a line")
    print(f"    with its trace         {explicado:10,.1f} carts/s")
    rapido = _meta("the engine alone, carts/s", solo, minimo=CARRITOS_POR_SEGUNDO)
    return _meta("trace on / off, engine", solo / explicado, maximo=TRAZA) and rapido


def _consultas(pregunta: Pregunta) -> bool:
    """Queries of a quote, of one line and of two hundred, cold and warm."""
    cuentas: dict[str, set[int]] = {"cold": set(), "warm": set()}
    for lineas in (1, 200):
        [carrito] = carritos(1, lineas)
        olvidar()
        for estado in cuentas:
            cuentas[estado].add(
                _cuantas(partial(PrecioService.cotizar, **pregunta, lineas=carrito))
            )
    frias, tibias = (max(cuenta) for cuenta in cuentas.values())
    iguales = all(len(cuenta) == 1 for cuenta in cuentas.values())
    print(f"  queries of 1 and of 200 lines: {'the same' if iguales else 'different'}")
    cumplen = [
        _meta("queries, cold", frias, maximo=FRIAS),
        _meta("queries, warm", tibias, maximo=TIBIAS),
    ]
    return iguales and all(cumplen)


def _cuantas(hacer: Callable[[], object]) -> int:
    """How many queries it makes."""
    hechas = itertools.count()

    def contar(ejecutar: Callable[..., Any], *argumentos: Any) -> Any:
        next(hechas)
        return ejecutar(*argumentos)

    with connection.execute_wrapper(contar):
        hacer()
    return next(hechas)


def _meta(
    que: str, medido: float, *, minimo: float | None = None, maximo: float | None = None
) -> bool:
    bien = (minimo is None or medido >= minimo) and (maximo is None or medido <= maximo)
    meta = f"≥ {minimo:,}" if minimo is not None else f"≤ {maximo:,}"
    print(f"  {que:<26} {medido:8,.1f}  ({meta}) {'ok' if bien else 'MISSED'}")
    return bien


if __name__ == "__main__":
    sys.exit(main())
