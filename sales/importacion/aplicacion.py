"""Writing what an import's plan says, and putting back what there was before."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from core.datos.conjuntos import ids_en
from core.errores import ErrorDominio
from gestion_precios.models import Articulo, GrupoArticulo, LineaArticulo, VersionPrecios
from gestion_precios.models.consultas import esperar_turno
from gestion_precios.models.versiones import ARTICULOS, agrupar
from sales.catalogo.programacion import programar_catalogo
from sales.importacion.campos import Tipo
from sales.importacion.plan import CAMBIA, NUEVA, FilaPlan, Plan, en_json
from sales.models import Cliente, Precios

MODELOS: Final[dict[str, type[models.Model]]] = {
    Tipo.CLIENTES: Cliente,
    Tipo.ARTICULOS: Articulo,
    Tipo.PRECIOS: Precios,
}
POR_SENTENCIA: Final = 500
# {kind of row: {key: {field: value it was born with}}}, and {key: {field: [before, after]}}.
Deshacer = dict[str, Any]
Avisar = Callable[[int], None]


class Cambiaron(Exception):
    """The rows would do something else than what was shown."""


@dataclass(frozen=True, slots=True)
class _Cambiado:
    """One row of ours, and the values that an import put in the place of others."""

    clave: int
    valores: dict[str, list[Any]]


def aplicar(tipo: str, plan: Plan, avisar: Avisar) -> bytes:
    """Write the plan inside the caller's transaction; what `deshacer` needs to take it back.

    `avisar` hears how many rows are written.
    """
    modelo = MODELOS[tipo]
    nuevas = list(plan.de_clase(NUEVA))
    cambiadas = list(plan.de_clase(CAMBIA))
    with agrupar():
        for clase in (plan.lineas, plan.grupos):
            _crear(clase, _callar)
        _poner_clases(plan)
        _crear([fila.objeto for fila in nuevas if fila.objeto], avisar)
        _exigir_como_se_vieron(modelo, cambiadas)
        _cambiar(modelo, cambiadas, lambda hechas: avisar(len(nuevas) + hechas))
    programar_catalogo()
    return _guardado(plan, nuevas, cambiadas)


def deshacer(tipo: str, guardado: bytes) -> None:
    """Put everything back inside the caller's transaction.

    ErrorDominio when a row was changed since (`cambio_despues`) or is used (`en_uso`): then nothing
    is undone.
    """
    dicho: Deshacer = json.loads(zlib.decompress(guardado))
    modelo = MODELOS[tipo]
    cambiados = [_Cambiado(int(clave), valores) for clave, valores in dicho["cambiados"].items()]
    with agrupar():
        # As an import does, and in the same order: neither waits for the other for ever.
        esperar_turno(VersionPrecios.objects, ARTICULOS)
        _exigir_como_nacieron(modelo, dicho["creados"])
        _reponer(modelo, cambiados)
        _borrar(modelo, _claves(dicho["creados"]))
        for clase in (LineaArticulo, GrupoArticulo):
            nacidas = dicho[clase.__name__]
            _exigir_como_nacieron(clase, nacidas)
            _borrar(clase, _claves(nacidas))
    programar_catalogo()


# --- Writing -------------------------------------------------------------------------------------
def _crear(filas: Sequence[models.Model], avisar: Avisar) -> None:
    if not filas:
        return
    gestor = type(filas[0])._default_manager
    for desde in range(0, len(filas), POR_SENTENCIA):
        gestor.bulk_create(filas[desde : desde + POR_SENTENCIA])
        avisar(min(desde + POR_SENTENCIA, len(filas)))


def _poner_clases(plan: Plan) -> None:
    """Lines and groups have keys only now."""
    for fila in plan.filas:
        if isinstance(fila.objeto, Articulo):
            for cambio in fila.cambios:
                if cambio.campo in {"linea", "grupo"}:
                    setattr(fila.objeto, cambio.campo, cambio.despues)


def _exigir_como_se_vieron(modelo: type[models.Model], filas: Sequence[FilaPlan]) -> None:
    """Lock the rows that change; Cambiaron unless each still has the values that were shown."""
    for tramo in _tramos(filas):
        claves = [fila.objeto.pk for fila in tramo if fila.objeto]
        ahora = _tomadas(modelo, claves)
        for fila in tramo:
            suya = ahora.get(fila.objeto.pk) if fila.objeto else None
            if suya is None or not all(
                _sigue(suya, cambio.campo, en_json(cambio.antes)) for cambio in fila.cambios
            ):
                raise Cambiaron


def _cambiar(modelo: type[models.Model], filas: Sequence[FilaPlan], avisar: Avisar) -> None:
    """Write each row's own fields and no other: somebody may have changed those meanwhile."""
    por_campos: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
    for fila in filas:
        if fila.objeto is not None:
            campos = {_columna(modelo, cambio.campo) for cambio in fila.cambios}
            por_campos[tuple(sorted(campos))].append(fila.objeto)
    hechas = 0
    for columnas, objetos in por_campos.items():
        for tramo in _tramos(objetos):
            _sobrescribir(modelo, tramo, columnas)
            hechas += len(tramo)
            avisar(hechas)


def _sobrescribir(
    modelo: type[models.Model], objetos: Sequence[models.Model], campos: Sequence[str]
) -> None:
    modelo._default_manager.bulk_update(objetos, campos)


def _columna(modelo: type[models.Model], campo: str) -> str:
    return str(modelo._meta.get_field(campo.removesuffix("_id")).name)


# --- What undoing needs --------------------------------------------------------------------------
def _guardado(plan: Plan, nuevas: Sequence[FilaPlan], cambiadas: Sequence[FilaPlan]) -> bytes:
    dicho: Deshacer = {
        "creados": _nacidos([fila.objeto for fila in nuevas if fila.objeto]),
        LineaArticulo.__name__: _nacidos(plan.lineas),
        GrupoArticulo.__name__: _nacidos(plan.grupos),
        "cambiados": {
            str(fila.objeto.pk): {
                cambio.campo: [en_json(cambio.antes), en_json(cambio.despues)]
                for cambio in fila.cambios
            }
            for fila in cambiadas
            if fila.objeto
        },
    }
    return zlib.compress(json.dumps(dicho).encode())


def _nacidos(objetos: Sequence[models.Model]) -> dict[str, dict[str, Any]]:
    """What each new row was born with; what the database makes of that is left out."""
    return {
        str(objeto.pk): {
            campo.name: en_json(getattr(objeto, campo.attname))
            for campo in objeto._meta.concrete_fields
            if not (campo.primary_key or campo.generated)
        }
        for objeto in objetos
    }


def _claves(nacidos: dict[str, Any]) -> list[int]:
    return [int(clave) for clave in nacidos]


# --- Undoing -------------------------------------------------------------------------------------
def _reponer(modelo: type[models.Model], cambiados: Sequence[_Cambiado]) -> None:
    """Put the values from before back, where they still are what the import left."""
    ahora = _tomadas(modelo, [cambiado.clave for cambiado in cambiados])
    for cambiado in cambiados:
        fila = ahora.get(cambiado.clave)
        if fila is None or not all(_sigue(fila, c, v[1]) for c, v in cambiado.valores.items()):
            raise _cambio_despues(fila or cambiado.clave)
        for campo, (antes, _despues) in cambiado.valores.items():
            setattr(fila, _atributo(modelo, campo), _valor(modelo, campo, antes))
    campos = sorted({_columna(modelo, campo) for uno in cambiados for campo in uno.valores})
    try:
        with transaction.atomic():
            for tramo in _tramos(list(ahora.values())):
                _sobrescribir(modelo, tramo, campos)
    except IntegrityError as error:
        raise _ocupado() from error
    if modelo is Cliente:
        _exigir_numeros_propios(ahora)


def _exigir_como_nacieron(modelo: type[models.Model], nacidos: dict[str, Any]) -> None:
    """Refuse to take away a row that somebody changed since, or that is gone."""
    ahora = _tomadas(modelo, _claves(nacidos))
    for clave, valores in nacidos.items():
        fila = ahora.get(int(clave))
        if fila is None or not all(_sigue(fila, c, v) for c, v in valores.items()):
            raise _cambio_despues(fila or clave)


def _exigir_numeros_propios(repuestos: Mapping[int, Any]) -> None:
    """Refuse to give back a tax number that another active client took meanwhile."""
    activos = [cliente for cliente in repuestos.values() if cliente.activo]
    otros: dict[str, list[Cliente]] = defaultdict(list)
    for tramo in _tramos([cliente.ruc for cliente in activos]):
        for otro in Cliente.objects.filter(ruc__in=tramo, activo=True).defer("busqueda"):
            otros[otro.ruc].append(otro)
    for cliente in activos:
        for otro in otros[cliente.ruc]:
            if otro.pk not in repuestos and not (cliente.codigo and otro.codigo):
                raise _ocupado()


def _tomadas(modelo: type[models.Model], claves: Sequence[int]) -> dict[int, Any]:
    """These rows as they are now, locked."""
    filas = modelo._default_manager.select_for_update().filter(pk__in=ids_en(claves))
    return {fila.pk: fila for fila in filas.order_by("pk")}


def _cambio_despues(que: object) -> ErrorDominio:
    return ErrorDominio(
        _("«%(que)s» cambió después de la importación: no se deshizo nada.") % {"que": que},
        codigo="cambio_despues",
        estado=409,
    )


def _ocupado() -> ErrorDominio:
    return ErrorDominio(
        _("Un código o un RUC de antes ya es de otro: no se deshizo nada."),
        codigo="cambio_despues",
        estado=409,
    )


def _sigue(fila: models.Model, campo: str, despues: Any) -> bool:
    modelo = type(fila)
    return bool(getattr(fila, _atributo(modelo, campo)) == _valor(modelo, campo, despues))


def _atributo(modelo: type[models.Model], campo: str) -> str:
    concreto: Any = modelo._meta.get_field(campo.removesuffix("_id"))
    return str(concreto.attname)


def _valor(modelo: type[models.Model], campo: str, dicho: Any) -> Any:
    """The value of a field as JSON kept it."""
    concreto: Any = modelo._meta.get_field(campo.removesuffix("_id"))
    if dicho is None or concreto.is_relation:
        return dicho
    valor = concreto.to_python(dicho)
    return Decimal(valor) if isinstance(concreto, models.DecimalField) else valor


def _borrar(modelo: type[models.Model], claves: Sequence[int]) -> None:
    """Delete these rows if nothing refers to them; what would go along refers to them too."""
    for tramo in _tramos(claves):
        filas = modelo._default_manager.filter(pk__in=ids_en(tramo))
        collector = Collector(using=filas.db)
        try:
            collector.collect(filas)
        except (ProtectedError, RestrictedError) as error:
            raise _en_uso(error.args[1]) from error
        ajenas = [
            fila for otro, suyas in collector.data.items() if otro is not modelo for fila in suyas
        ]
        ajenas += [
            fila
            for rapidas in collector.fast_deletes
            for fila in rapidas[:1]
            if rapidas.model is not modelo
        ]
        if ajenas:
            raise _en_uso(ajenas)
        filas.delete()


def _en_uso(filas: Any) -> ErrorDominio:
    una = next(iter(filas))
    return ErrorDominio(
        _("Lo importado ya se usa (%(que)s): no se deshizo nada.")
        % {"que": una._meta.verbose_name},
        codigo="en_uso",
        estado=409,
    )


def _tramos(filas: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for desde in range(0, len(filas), POR_SENTENCIA):
        yield filas[desde : desde + POR_SENTENCIA]


def _callar(_hechas: int) -> None:
    """Do nothing: lines and groups are not counted."""
