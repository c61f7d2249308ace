"""The worker's part of an import: read the file, look at its rows, write them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.datos.cola import publicar
from core.errores import ErrorDominio
from gestion_precios.models import VersionPrecios
from gestion_precios.models.consultas import esperar_turno
from gestion_precios.models.versiones import ARTICULOS
from gestion_precios.planillas.tablas import Tabla, leer_tabla
from sales.importacion.aplicacion import Cambiaron, aplicar
from sales.importacion.articulos import Articulos
from sales.importacion.campos import Tipo, faltantes, titulos_conocidos
from sales.importacion.clientes import Clientes
from sales.importacion.columnas import proponer
from sales.importacion.plan import CAMBIA, ERROR, NUEVA, Opciones, Plan, filas_de
from sales.importacion.precios import PreciosDeCanal
from sales.importacion.vista import resumir
from sales.models import Canal, ImportacionDatos

TAREA: Final = "sales.tasks.importar_datos"
# Longer than the longest import: who took it and said nothing since is dead.
ABANDONADA: Final = timedelta(minutes=5)
INTENTOS: Final = 3
AVANCE_DURA: Final = 600
PLANIFICADORES: Final[dict[str, Callable[[Opciones], Any]]] = {
    Tipo.CLIENTES: Clientes,
    Tipo.ARTICULOS: Articulos,
    Tipo.PRECIOS: PreciosDeCanal,
}
Estado = ImportacionDatos.Estado


def entregar(importacion: ImportacionDatos) -> None:
    """Hand it to a worker after this transaction; what the broker does not take is swept."""
    clave = str(importacion.pk)
    transaction.on_commit(lambda: publicar(TAREA, [clave]), robust=True)


def entregar_pendientes() -> None:
    """Hand out again what no worker has, or one took and left."""
    libres = _libres(ImportacionDatos.objects.all())
    for clave in libres.values_list("pk", flat=True):
        publicar(TAREA, [str(clave)])


def trabajar(clave: UUID) -> None:
    """Do what is due with an import: read it and look at it, or write it. One worker at a time."""
    propias = ImportacionDatos.objects.filter(pk=clave)
    if not _libres(propias).update(tomada_en=timezone.now(), intentos=F("intentos") + 1):
        return
    importacion = propias.get()
    try:
        _hacer(importacion)
    except ErrorDominio as error:
        _fallar(importacion, error.codigo, error.detail)
    except Exception:
        # The sweep hands it out again; after some tries it is given up, and says so.
        _soltar(importacion)
        raise
    finally:
        cache.delete(_clave_de_avance(clave))


def avance(clave: UUID) -> tuple[int, int] | None:
    """How many rows of how many are written, while they are."""
    dicho = cache.get(_clave_de_avance(clave))
    return tuple(dicho) if dicho else None


def planear(importacion: ImportacionDatos, tabla: Tabla) -> Plan:
    """What the rows would do, now."""
    opciones = _opciones(importacion)
    filas = filas_de(tabla.filas, importacion.mapeo)
    plan: Plan = PLANIFICADORES[importacion.tipo](opciones).planear(filas)
    return plan


def tabla_de(importacion: ImportacionDatos) -> Tabla:
    """What was read of the file."""
    return Tabla(**json.loads(zlib.decompress(importacion.tabla or b"")))


def _libres(importaciones: Any) -> Any:
    hace = timezone.now() - ABANDONADA
    return importaciones.filter(
        Q(tomada_en=None) | Q(tomada_en__lt=hace),
        estado__in=ImportacionDatos.DE_UN_TRABAJADOR,
    )


def _hacer(importacion: ImportacionDatos) -> None:
    if importacion.intentos > INTENTOS:
        raise ErrorDominio(
            _("Se intentó %(n)d veces sin terminar: dividir el archivo y volver a subirlo.")
            % {"n": INTENTOS},
            codigo="demasiados_intentos",
        )
    if importacion.estado == Estado.POR_LEER:
        _leer(importacion)
    if importacion.estado == Estado.POR_REVISAR:
        _revisar(importacion, tabla_de(importacion))
    elif importacion.estado == Estado.POR_GUARDAR:
        _guardar(importacion)


def _leer(importacion: ImportacionDatos) -> None:
    tipo, hoja = importacion.tipo, importacion.opciones.get("hoja", "")
    contenido = bytes(importacion.contenido or b"")
    tabla = leer_tabla(contenido, titulos_conocidos(tipo), hoja)
    importacion.tabla = zlib.compress(json.dumps(asdict(tabla)).encode(), 1)
    importacion.contenido = None
    importacion.mapeo = proponer(tipo, tabla.titulos, tabla.filas)
    importacion.estado = Estado.POR_REVISAR
    importacion.save(update_fields=["tabla", "contenido", "mapeo", "estado"])


def _revisar(importacion: ImportacionDatos, tabla: Tabla, aviso: str = "") -> None:
    """Look at every row; what the person sees is kept, and what they may confirm."""
    faltan = faltantes(importacion.tipo, importacion.mapeo.values())
    plan = Plan([]) if faltan else planear(importacion, tabla)
    importacion.resumen = resumir(importacion.tipo, tabla, plan, faltan) | {"aviso": aviso}
    importacion.huella = "" if faltan else plan.huella()
    importacion.estado = Estado.REVISADA
    _devolver(importacion, "resumen", "huella")


def _guardar(importacion: ImportacionDatos) -> None:
    """Write what was seen, whole, with its entry; look again if it would be something else now."""
    tabla = tabla_de(importacion)
    try:
        with transaction.atomic():
            # One import at a time: the next one plans on what this one leaves.
            esperar_turno(VersionPrecios.objects, ARTICULOS)
            plan = planear(importacion, tabla)
            con_malas = any(plan.de_clase(ERROR)) and not importacion.opciones.get("sin_las_malas")
            if con_malas or plan.huella() != importacion.huella:
                raise Cambiaron
            total = plan.cuentas()[NUEVA] + plan.cuentas()[CAMBIA]
            importacion.deshacer = aplicar(importacion.tipo, plan, _avisador(importacion, total))
            importacion.estado = Estado.HECHA
            importacion.hecha_en = timezone.now()
            importacion.tabla = None
            _devolver(importacion, "deshacer", "hecha_en", "tabla")
    except (Cambiaron, IntegrityError) as error:
        importacion.refresh_from_db()
        if isinstance(error, IntegrityError) and _plan_de_nuevo(importacion, tabla):
            raise ErrorDominio(
                _("Un código del archivo ya es de otro dato, y no se pudo ver cuál."),
                codigo="codigo_de_otro",
            ) from error
        _revisar(importacion, tabla, _("Los datos cambiaron después de la vista previa: revisar."))


def _plan_de_nuevo(importacion: ImportacionDatos, tabla: Tabla) -> bool:
    """Whether the rows would still do what was shown: then looking again would not help."""
    return planear(importacion, tabla).huella() == importacion.huella


def _devolver(importacion: ImportacionDatos, *campos: str) -> None:
    """Save what was made of it, and let go of it."""
    importacion.tomada_en, importacion.intentos = None, 0
    importacion.save(update_fields=["estado", "tomada_en", "intentos", *campos])


def _soltar(importacion: ImportacionDatos) -> None:
    ImportacionDatos.objects.filter(pk=importacion.pk).update(tomada_en=None)


def _fallar(importacion: ImportacionDatos, codigo: str, motivo: str) -> None:
    importacion.refresh_from_db()
    importacion.estado, importacion.codigo = Estado.FALLIDA, codigo
    importacion.motivo, importacion.contenido = motivo[:500], None
    _devolver(importacion, "codigo", "motivo", "contenido")


def _avisador(importacion: ImportacionDatos, total: int) -> Callable[[int], None]:
    clave = _clave_de_avance(importacion.pk)
    return lambda hechas: cache.set(clave, [hechas, total], AVANCE_DURA)


def _clave_de_avance(clave: UUID) -> str:
    return f"importacion:{clave}"


def _opciones(importacion: ImportacionDatos) -> Opciones:
    dichas = importacion.opciones
    canal = Canal.objects.filter(pk=dichas.get("canal")).first()
    return Opciones(
        moneda=dichas["moneda"],
        canal_id=canal.pk if canal else None,
        fecha=date.fromisoformat(dichas["fecha"]),
    )
