"""A list's rulebook, read in two queries and compiled, and kept while its marks stay the same."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from threading import Lock
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import BigIntegerField, F
from django.db.models.functions import Cast, Round

from gestion_precios.models import ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.models.consultas import anotacion_de_marcas
from gestion_precios.models.versiones import ARTICULOS, VersionPrecios
from gestion_precios.moneda import decimales
from gestion_precios.motor.reglas import MICROS, Ficha, Regla, Reglamento

# Prices and rules that one process keeps compiled; some 100 MB.
FILAS_EN_MEMORIA: Final = 400_000
INTENTOS: Final = 3
POR_CENTESIMO: Final = MICROS // 100
DIGITOS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
REGLA: Final = (
    "id",
    "nombre_regla",
    "prioridad",
    "tipo_regla",
    "valor_regla",
    "condicion",
    "condicion_valor",
    "aplica_articulo_id",
    "aplica_grupo_id",
    "aplica_linea_id",
    "aplica_combinacion_id",
    "permite_venta_bajo_costo",
    "activa",
    "aplica_articulo__descripcion",
    "aplica_combinacion__articulos__id",
    "aplica_combinacion__articulos__descripcion",
)


class Marcas(NamedTuple):
    """The marks of a list's rulebook; None where nobody has marked it."""

    lista: int | None
    articulos: int | None


@dataclass(frozen=True, slots=True)
class Compilado:
    """A rulebook, the names of the articles that its rules name, and what each rule, in its place,
    says to the articles that it is not for: most of a trace, always the same."""

    reglamento: Reglamento
    nombres: Mapping[int, str]
    ajenas: list[dict[str, Any]] = field(default_factory=list, repr=False, compare=False)


def reglamento_de(lista: ListaPrecio) -> Reglamento:
    """The list's rulebook as of when the list was read; see `compilado_de`."""
    return compilado_de(lista).reglamento


def compilado_de(lista: ListaPrecio) -> Compilado:
    """The list's compiled rulebook: no query when this process has it, two otherwise.

    The list comes from `con_marcas()`; one that does not costs a query more.
    """
    if not hasattr(lista, "marca"):
        lista = ListaPrecio.objects.con_marcas().get(pk=lista.pk)
    # Annotations, no fields.
    marcas = Marcas(lista.marca, lista.marca_articulos)  # type: ignore[attr-defined]
    version = _version(lista, marcas)
    conocido = _memoria.buscar(lista.pk, version) if version else None
    return conocido or _compilar(lista, marcas)


def reglas_de(lista_id: int) -> tuple[Regla, ...]:
    """The list's rules as they are now, in firing order, without its articles. One query."""
    return _reglas(lista_id)[0]


def olvidar() -> None:
    """Forget every rulebook of this process: the next quote reads its own."""
    _memoria.vaciar()


def _compilar(lista: ListaPrecio, marcas: Marcas) -> Compilado:
    """Read until nothing changed meanwhile; if it always does, keep the writers waiting."""
    for _intento in range(INTENTOS):
        compilado, despues = _leer(lista, marcas)
        if despues == marcas:
            break
        marcas = despues
    else:
        with transaction.atomic():
            propias = VersionPrecios.objects.filter(clave__in=(ARTICULOS, lista.pk))
            halladas = dict(
                propias.order_by("clave").select_for_update().values_list("clave", "marca")
            )
            marcas = Marcas(halladas.get(lista.pk), halladas.get(ARTICULOS))
            compilado, _iguales = _leer(lista, marcas)
    if None not in marcas:
        _memoria.guardar(lista.pk, compilado)
    return compilado


def _leer(lista: ListaPrecio, marcas: Marcas) -> tuple[Compilado, Marcas]:
    """The rulebook, under these marks, and the marks found after reading it."""
    fichas = _fichas(lista.pk)
    reglas, nombres, despues = _reglas(lista.pk)
    # Without marks nobody could tell another rulebook from this one: each has its own version.
    version = _version(lista, marcas) or f"lista:{lista.pk}:~{_base36(secrets.randbits(62))}"
    reglamento = Reglamento(version, decimales(lista.empresa.moneda), fichas, reglas)
    return Compilado(reglamento, nombres), despues


def _fichas(lista_id: int) -> dict[int, Ficha]:
    filas = PrecioArticulo.objects.filter(lista_precio_id=lista_id).order_by()
    # By the thousand: integers out of the database, a third of what Decimals take.
    columnas = filas.values_list(
        "articulo_id",
        _centesimos("precio_base"),
        _centesimos("articulo__ultimo_costo"),
        "articulo__grupo_id",
        "articulo__linea_id",
    )
    return {
        articulo: Ficha(articulo, base * POR_CENTESIMO, costo * POR_CENTESIMO, grupo, linea)
        for articulo, base, costo, grupo, linea in columnas
    }


def _reglas(lista_id: int) -> tuple[tuple[Regla, ...], dict[int, str], Marcas]:
    """Rules in firing order, the names they need, and the list's marks, in one statement."""
    filas = (
        ListaPrecio.objects.filter(pk=lista_id)
        .annotate(**anotacion_de_marcas())
        .order_by("reglas__prioridad", "reglas__id")
        .values_list("marca", "marca_articulos", *(f"reglas__{campo}" for campo in REGLA))
    )
    marcas = Marcas(None, None)
    reglas: list[Regla] = []
    nombres: dict[int, str] = {}
    for (*propias, regla_id), iguales in groupby(filas, key=lambda fila: fila[:3]):
        marcas = Marcas(*propias)
        if regla_id is None:
            continue
        grupo = [fila[2:] for fila in iguales]
        nombres |= {fila[-2]: fila[-1] for fila in grupo if fila[-2] is not None}
        if grupo[0][7] is not None:
            nombres[grupo[0][7]] = grupo[0][-3]
        reglas.append(_regla(grupo))
    return tuple(reglas), nombres, marcas


def _regla(filas: list[tuple[Any, ...]]) -> Regla:
    """A rule from its rows: one, or one for each member of its combination."""
    (pk, nombre, prioridad, tipo, valor, condicion, umbral, articulo, grupo, linea, combo) = filas[
        0
    ][:11]
    es_porcentaje = tipo == ReglaPrecio.Tipo.PORCENTAJE
    return Regla(
        id=pk,
        nombre=nombre,
        prioridad=prioridad,
        es_porcentaje=es_porcentaje,
        valor=int(valor.scaleb(2)) if es_porcentaje else _micros(valor),
        por_monto=condicion == ReglaPrecio.Condicion.MONTO_MINIMO,
        umbral=_micros(umbral),
        articulo_id=articulo,
        grupo_id=grupo,
        linea_id=linea,
        combo=None if combo is None else frozenset(f[-2] for f in filas if f[-2] is not None),
        bajo_costo=filas[0][11],
        activa=filas[0][12],
    )


def _centesimos(campo: str) -> Cast:
    return Cast(Round(F(campo) * 100), BigIntegerField())


def _micros(monto: Decimal) -> int:
    return int(monto.scaleb(6))


def _version(lista: ListaPrecio, marcas: Marcas) -> str | None:
    """The rulebook's version: the list, both marks, and the currency. Same text, same quote."""
    if marcas.lista is None or marcas.articulos is None:
        return None
    propia, de_articulos = _base36(marcas.lista), _base36(marcas.articulos)
    return f"lista:{lista.pk}:{propia}.{de_articulos}.{lista.empresa.moneda}"


def _base36(numero: int) -> str:
    cifras = ""
    while numero:
        numero, resto = divmod(numero, 36)
        cifras = DIGITOS[resto] + cifras
    return cifras or "0"


class _Memoria:
    """The newest rulebook of each list, the least used ones forgotten first."""

    def __init__(self) -> None:
        self._cerrojo = Lock()
        self._listas: OrderedDict[int, Compilado] = OrderedDict()
        self._filas = 0

    def buscar(self, lista_id: int, version: str) -> Compilado | None:
        with self._cerrojo:
            compilado = self._listas.get(lista_id)
            if compilado is None or compilado.reglamento.version != version:
                return None
            self._listas.move_to_end(lista_id)
            return compilado

    def guardar(self, lista_id: int, compilado: Compilado) -> None:
        with self._cerrojo:
            self._quitar(lista_id)
            self._listas[lista_id] = compilado
            self._filas += _filas(compilado)
            while self._filas > FILAS_EN_MEMORIA and len(self._listas) > 1:
                self._quitar(next(iter(self._listas)))

    def vaciar(self) -> None:
        with self._cerrojo:
            self._listas.clear()
            self._filas = 0

    def _quitar(self, lista_id: int) -> None:
        anterior = self._listas.pop(lista_id, None)
        if anterior is not None:
            self._filas -= _filas(anterior)


def _filas(compilado: Compilado) -> int:
    return len(compilado.reglamento.fichas) + len(compilado.reglamento.reglas)


_memoria: Final = _Memoria()
