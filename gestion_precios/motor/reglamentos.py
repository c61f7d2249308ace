"""A list's rulebook, read in two queries, compiled, and kept while its versions stay the same."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from threading import Lock
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import BigIntegerField, F
from django.db.models.functions import Cast, Round

from gestion_precios.models import ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.models.consultas import anotacion_de_versiones
from gestion_precios.models.versiones import ARTICULOS, VersionPrecios
from gestion_precios.moneda import decimales
from gestion_precios.motor.reglas import MICROS, Regla, Reglamento, Renglon
from gestion_precios.motor.respuestas import ReglaConsiderada

# Prices and rules that one process keeps compiled; some 100 MB.
FILAS_EN_MEMORIA: Final = 400_000
INTENTOS: Final = 3
POR_CENTESIMO: Final = MICROS // 100
DIGITOS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Versiones(NamedTuple):
    """The versions of a list's rulebook; None where it has none."""

    lista: int | None
    articulos: int | None


class FilaDeRegla(NamedTuple):
    """A row of a list's rules: its versions, a rule, and one member of the rule's combination."""

    version: int | None
    version_articulos: int | None
    id: int | None
    nombre: str
    prioridad: int
    tipo: str
    valor: Decimal
    condicion: str
    umbral: Decimal
    articulo_id: int | None
    articulo: str
    grupo_id: int | None
    linea_id: int | None
    combinacion_id: int | None
    miembro_id: int | None
    miembro: str
    bajo_costo: bool
    activa: bool


# Where each field of a row is read from.
_COLUMNAS: Final[Mapping[str, str]] = {
    "version": "version",
    "version_articulos": "version_articulos",
    "id": "reglas__id",
    "nombre": "reglas__nombre_regla",
    "prioridad": "reglas__prioridad",
    "tipo": "reglas__tipo_regla",
    "valor": "reglas__valor_regla",
    "condicion": "reglas__condicion",
    "umbral": "reglas__condicion_valor",
    "articulo_id": "reglas__aplica_articulo_id",
    "articulo": "reglas__aplica_articulo__descripcion",
    "grupo_id": "reglas__aplica_grupo_id",
    "linea_id": "reglas__aplica_linea_id",
    "combinacion_id": "reglas__aplica_combinacion_id",
    "miembro_id": "reglas__aplica_combinacion__articulos__id",
    "miembro": "reglas__aplica_combinacion__articulos__descripcion",
    "bajo_costo": "reglas__permite_venta_bajo_costo",
    "activa": "reglas__activa",
}


@dataclass(frozen=True, slots=True)
class Compilado:
    """A rulebook, the names of the articles that its rules name, and what each rule, in its place,
    says to the articles that it is not for: most of a trace, always the same."""

    reglamento: Reglamento
    nombres: Mapping[int, str]
    ajenas: list[ReglaConsiderada] = field(default_factory=list, repr=False, compare=False)


def reglamento_de(lista: ListaPrecio) -> Reglamento:
    """The list's rulebook as of when the list was read; see `compilado_de`."""
    return compilado_de(lista).reglamento


def compilado_de(lista: ListaPrecio) -> Compilado:
    """The list's compiled rulebook: no query when this process has it, two otherwise.

    The list comes from `con_versiones()`; one that does not costs a query more.
    """
    if not hasattr(lista, "version"):
        lista = ListaPrecio.objects.con_versiones().get(pk=lista.pk)
    # Annotations, no fields.
    versiones = Versiones(lista.version, lista.version_articulos)  # type: ignore[attr-defined]
    version = _version(lista, versiones)
    conocido = _memoria.buscar(lista.pk, version) if version else None
    return conocido or _compilar(lista, versiones)


def reglas_de(lista_id: int) -> tuple[Regla, ...]:
    """The list's rules as they are now, in firing order, without its articles. One query."""
    return _reglas(lista_id)[0]


def olvidar() -> None:
    """Forget every rulebook of this process: the next quote reads its own."""
    _memoria.vaciar()


def _compilar(lista: ListaPrecio, versiones: Versiones) -> Compilado:
    """Read until nothing changed meanwhile; if it always does, keep the writers waiting."""
    for _intento in range(INTENTOS):
        compilado, despues = _leer(lista, versiones)
        if despues == versiones:
            break
        versiones = despues
    else:
        with transaction.atomic():
            propias = VersionPrecios.objects.filter(clave__in=(ARTICULOS, lista.pk))
            halladas = dict(
                propias.order_by("clave").select_for_update().values_list("clave", "version")
            )
            versiones = Versiones(halladas.get(lista.pk), halladas.get(ARTICULOS))
            compilado, _iguales = _leer(lista, versiones)
    if None not in versiones:
        _memoria.guardar(lista.pk, compilado)
    return compilado


def _leer(lista: ListaPrecio, versiones: Versiones) -> tuple[Compilado, Versiones]:
    """The rulebook, under these versions, and the versions found after reading it."""
    renglones = _renglones(lista.pk)
    reglas, nombres, despues = _reglas(lista.pk)
    # Without versions nobody could tell another rulebook from this one: each has its own version.
    version = _version(lista, versiones) or f"lista:{lista.pk}:~{_base36(secrets.randbits(62))}"
    reglamento = Reglamento(version, decimales(lista.empresa.moneda), renglones, reglas)
    return Compilado(reglamento, nombres), despues


def _renglones(lista_id: int) -> dict[int, Renglon]:
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
        articulo: Renglon(articulo, base * POR_CENTESIMO, costo * POR_CENTESIMO, grupo, linea)
        for articulo, base, costo, grupo, linea in columnas
    }


def _reglas(lista_id: int) -> tuple[tuple[Regla, ...], dict[int, str], Versiones]:
    """Rules in firing order, the names they need, and the list's versions, in one statement."""
    versiones = Versiones(None, None)
    reglas: list[Regla] = []
    nombres: dict[int, str] = {}
    for regla_id, iguales in groupby(_filas_de_reglas(lista_id), key=attrgetter("id")):
        filas = list(iguales)
        una = filas[0]
        versiones = Versiones(una.version, una.version_articulos)
        if regla_id is None:
            continue
        nombres |= {fila.miembro_id: fila.miembro for fila in filas if fila.miembro_id is not None}
        if una.articulo_id is not None:
            nombres[una.articulo_id] = una.articulo
        reglas.append(_regla(regla_id, una, [fila.miembro_id for fila in filas]))
    return tuple(reglas), nombres, versiones


def _filas_de_reglas(lista_id: int) -> Iterator[FilaDeRegla]:
    """A list without rules has one row: its versions."""
    columnas = [_COLUMNAS[campo] for campo in FilaDeRegla._fields]
    filas = (
        ListaPrecio.objects.filter(pk=lista_id)
        .annotate(**anotacion_de_versiones())
        .order_by("reglas__prioridad", "reglas__id")
        .values_list(*columnas)
    )
    return map(FilaDeRegla._make, filas)


def _regla(regla_id: int, fila: FilaDeRegla, miembros: Iterable[int | None]) -> Regla:
    """A rule from one of its rows, and the members of its combination."""
    es_porcentaje = fila.tipo == ReglaPrecio.Tipo.PORCENTAJE
    combo = frozenset(miembro for miembro in miembros if miembro is not None)
    return Regla(
        id=regla_id,
        nombre=fila.nombre,
        prioridad=fila.prioridad,
        es_porcentaje=es_porcentaje,
        valor=int(fila.valor.scaleb(2)) if es_porcentaje else _micros(fila.valor),
        por_monto=fila.condicion == ReglaPrecio.Condicion.MONTO_MINIMO,
        umbral=_micros(fila.umbral),
        articulo_id=fila.articulo_id,
        grupo_id=fila.grupo_id,
        linea_id=fila.linea_id,
        combo=None if fila.combinacion_id is None else combo,
        bajo_costo=fila.bajo_costo,
        activa=fila.activa,
    )


def _centesimos(campo: str) -> Cast:
    return Cast(Round(F(campo) * 100), BigIntegerField())


def _micros(monto: Decimal) -> int:
    return int(monto.scaleb(6))


def _version(lista: ListaPrecio, versiones: Versiones) -> str | None:
    """The rulebook's version: the list, both versions, and the currency. Same text, same quote."""
    if versiones.lista is None or versiones.articulos is None:
        return None
    propia, de_articulos = _base36(versiones.lista), _base36(versiones.articulos)
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
    return len(compilado.reglamento.renglones) + len(compilado.reglamento.reglas)


_memoria: Final = _Memoria()
