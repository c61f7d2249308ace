"""Writing what an import's plan says, and putting back what there was before."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from core.datos.conjuntos import ids_en
from core.errores import ErrorDominio
from gestion_precios.models import Articulo, GrupoArticulo, LineaArticulo
from gestion_precios.models.versiones import agrupar
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
# {kind of row: [keys]}, and {key: {field: [before, after]}}.
Deshacer = dict[str, Any]
Avisar = Callable[[int], None]


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
        _reponer(modelo, cambiados)
        _borrar(modelo, dicho["creados"])
        _borrar(LineaArticulo, dicho["lineas"])
        _borrar(GrupoArticulo, dicho["grupos"])
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


def _cambiar(modelo: type[models.Model], filas: Sequence[FilaPlan], avisar: Avisar) -> None:
    """Each batch its own fields: most imports change one or two."""
    campos = sorted({_columna(modelo, cambio.campo) for fila in filas for cambio in fila.cambios})
    objetos = [fila.objeto for fila in filas if fila.objeto is not None]
    for desde in range(0, len(objetos), POR_SENTENCIA):
        tramo = objetos[desde : desde + POR_SENTENCIA]
        _sobrescribir(modelo, tramo, campos)
        avisar(desde + len(tramo))


def _sobrescribir(
    modelo: type[models.Model], objetos: Sequence[models.Model], campos: Sequence[str]
) -> None:
    modelo._default_manager.bulk_update(objetos, campos)


def _columna(modelo: type[models.Model], campo: str) -> str:
    return str(modelo._meta.get_field(campo.removesuffix("_id")).name)


# --- What undoing needs --------------------------------------------------------------------------
def _guardado(plan: Plan, nuevas: Sequence[FilaPlan], cambiadas: Sequence[FilaPlan]) -> bytes:
    dicho: Deshacer = {
        "creados": [fila.objeto.pk for fila in nuevas if fila.objeto],
        "lineas": [linea.pk for linea in plan.lineas],
        "grupos": [grupo.pk for grupo in plan.grupos],
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


# --- Undoing -------------------------------------------------------------------------------------
def _reponer(modelo: type[models.Model], cambiados: Sequence[_Cambiado]) -> None:
    """Put the values from before back, where they still are what the import left."""
    claves = [cambiado.clave for cambiado in cambiados]
    filas = modelo._default_manager.select_for_update().filter(pk__in=ids_en(claves))
    ahora = {fila.pk: fila for fila in filas}
    for cambiado in cambiados:
        fila = ahora.get(cambiado.clave)
        if fila is None or not all(_sigue(fila, c, v[1]) for c, v in cambiado.valores.items()):
            raise ErrorDominio(
                _("«%(que)s» cambió después de la importación: no se deshizo nada.")
                % {"que": fila or cambiado.clave},
                codigo="cambio_despues",
                estado=409,
            )
        for campo, (antes, _despues) in cambiado.valores.items():
            setattr(fila, _atributo(modelo, campo), _valor(modelo, campo, antes))
    campos = sorted({_columna(modelo, campo) for uno in cambiados for campo in uno.valores})
    for tramo in _tramos(list(ahora.values())):
        _sobrescribir(modelo, tramo, campos)


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
