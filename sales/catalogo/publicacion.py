"""`save_sales_data`: the catalogue of each branch, built, compressed and published in Redis.

A rebuild reads everything and hashes each section, but compresses only those whose content Redis
does not hold yet. Without Redis it publishes nothing, which is no error: then each web process
builds what it serves.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from math import inf

from django.utils import timezone
from redis.exceptions import RedisError

from gestion_precios.models import Sucursal
from gestion_precios.motor.vigencia import hoy_en
from sales.catalogo import deposito
from sales.catalogo.lectura import Lector, fin_del_dia
from sales.catalogo.memoria import memoria
from sales.catalogo.secciones import (
    Manifiesto,
    Publicada,
    Seccion,
    comprimir_formas,
    version_de,
)

registro = logging.getLogger(__name__)
SIN_TURNO = 0


@dataclass(frozen=True, slots=True)
class Armado:
    """A branch's catalogue, built and not yet compressed."""

    version: str
    generado: str
    vence: float
    secciones: list[Seccion]


def save_sales_data(sucursal_id: int | None = None) -> dict[int, str]:
    """Build and publish the catalogue of one branch, or of all: {sucursal_id: version}."""
    turno = _tomar_turno(de_todas=sucursal_id is None)
    sucursales = Sucursal.objects.select_related("empresa").order_by("empresa", "id")
    if sucursal_id is not None:
        sucursales = sucursales.filter(pk=sucursal_id)
    lector = Lector()
    versiones = {}
    for sucursal in sucursales:
        armado = armar_catalogo(sucursal, lector)
        if turno != SIN_TURNO:
            _publicar(sucursal.pk, armado, turno)
        versiones[sucursal.pk] = armado.version
    registro.info("catalogo_reconstruido", extra={"turno": turno, "sucursales": len(versiones)})
    return versiones


def reconstruir(sucursal: Sucursal) -> Manifiesto:
    """Build a branch's catalogue for a reader who found none; without Redis, in memory."""
    generacion = memoria.generacion
    turno = _tomar_turno(de_todas=False)
    armado = armar_catalogo(sucursal, Lector())
    publicado = _publicar(sucursal.pk, armado, turno) if turno != SIN_TURNO else None
    return publicado or _guardar_en_memoria(sucursal.pk, armado, generacion)


def armar_catalogo(sucursal: Sucursal, lector: Lector) -> Armado:
    """Read a branch's sections and write them out as of today."""
    fecha = hoy_en(sucursal.empresa)
    secciones = lector.armar(sucursal, fecha)
    return Armado(
        version=version_de(secciones),
        generado=timezone.now().isoformat(),
        vence=fin_del_dia(fecha, sucursal.empresa.zona_horaria),
        secciones=secciones,
    )


def _tomar_turno(*, de_todas: bool) -> int:
    """This rebuild's number, taken before it reads anything; SIN_TURNO without Redis."""
    try:
        if de_todas:
            # What changes from here on may be missed by this rebuild: it asks for another.
            deposito.olvidar_pedido()
        return deposito.tomar_turno()
    except RedisError as error:
        return _sin_redis(error)


def _publicar(sucursal_id: int, armado: Armado, turno: int) -> Manifiesto | None:
    """Sections first, then the manifest that names them; None when Redis fails."""
    try:
        publicadas = {s.nombre: Publicada(s.sha256, _asegurar(s)) for s in armado.secciones}
        previo = deposito.leer_manifiesto(sucursal_id, gracia=inf)
        manifiesto = _manifiesto(armado, publicadas, previo, turno)
        if deposito.publicar(sucursal_id, manifiesto):
            deposito.jubilar(_reemplazadas(previo, manifiesto))
        else:
            manifiesto = deposito.leer_manifiesto(sucursal_id, gracia=inf) or manifiesto
    except RedisError as error:
        _sin_redis(error)
        return None
    memoria.recordar(sucursal_id, manifiesto)
    return manifiesto


def _reemplazadas(previo: Manifiesto | None, nuevo: Manifiesto) -> set[str]:
    antes = previo.secciones.values() if previo else ()
    return {p.sha256 for p in antes} - {p.sha256 for p in nuevo.secciones.values()}


def _asegurar(seccion: Seccion) -> int:
    """Have a section in Redis, compressed only if it is not there; the bytes of its Base64."""
    largo = deposito.guardada(seccion.sha256)
    if largo:
        return largo
    formas = comprimir_formas(seccion.texto)
    deposito.guardar(seccion.sha256, formas)
    return len(formas["base64"])


def _guardar_en_memoria(sucursal_id: int, armado: Armado, generacion: int) -> Manifiesto:
    """Keep a catalogue in this process alone, compressing what it does not hold already."""
    publicadas = {}
    for seccion in armado.secciones:
        formas = memoria.formas(seccion.sha256) or comprimir_formas(seccion.texto)
        memoria.recordar_formas(seccion.sha256, formas)
        publicadas[seccion.nombre] = Publicada(seccion.sha256, len(formas["base64"]))
    previo = memoria.anterior(sucursal_id)
    manifiesto = _manifiesto(armado, publicadas, previo, SIN_TURNO)
    memoria.recordar(sucursal_id, manifiesto, generacion=generacion)
    return manifiesto


def _manifiesto(
    armado: Armado, publicadas: dict[str, Publicada], previo: Manifiesto | None, turno: int
) -> Manifiesto:
    # The same content keeps its date: it is as old as it was.
    mismo = previo is not None and previo.version == armado.version
    return Manifiesto(
        version=armado.version,
        generado=previo.generado if previo and mismo else armado.generado,
        vence=armado.vence,
        turno=turno,
        secciones=publicadas,
    )


def _sin_redis(error: RedisError) -> int:
    registro.warning("catalogo_sin_redis", extra={"error": type(error).__name__})
    return SIN_TURNO
