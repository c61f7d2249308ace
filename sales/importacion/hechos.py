"""What a person does with an import: bring a file, say its columns, confirm, discard, undo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from core.texto.numeros import numero_de_fila
from gestion_precios.models import Empresa, Moneda
from gestion_precios.personas.permisos import VER_COSTOS
from gestion_precios.planillas.lectura.limites import DE_DATOS
from gestion_precios.planillas.rechazos import rechazo
from sales.importacion.aplicacion import deshacer
from sales.importacion.campos import Tipo
from sales.importacion.columnas import limpio, recordar
from sales.importacion.trabajo import entregar
from sales.models import Canal, ImportacionDatos
from sales.personas.permisos import sucursales_habituales

Estado = ImportacionDatos.Estado
PERMISOS: Final[dict[str, tuple[str, ...]]] = {
    Tipo.CLIENTES: ("sales.add_cliente", "sales.change_cliente"),
    # An import shows the costs that it changes.
    Tipo.ARTICULOS: (
        "gestion_precios.add_articulo",
        "gestion_precios.change_articulo",
        VER_COSTOS,
    ),
    Tipo.PRECIOS: ("sales.add_precios", "sales.change_precios"),
}
LARGO_NOMBRE: Final = 120
PEGADO: Final = "pegado.csv"


def tipos_para(usuario: Any) -> list[Tipo]:
    """The kinds that the person may import."""
    return [tipo for tipo in Tipo if usuario.has_perms(PERMISOS[tipo])]


def visibles_para(usuario: Any) -> QuerySet[ImportacionDatos]:
    """The imports of the kinds that the person may import, without their megabytes."""
    propias = ImportacionDatos.objects.filter(tipo__in=tipos_para(usuario))
    return propias.defer("contenido", "tabla", "deshacer").select_related("usuario", "deshecha_por")


def monedas_de_la_casa() -> list[str]:
    """The currencies of the companies that there are."""
    hay = Empresa.objects.order_by("moneda").values_list("moneda", flat=True).distinct()
    return list(hay) or [Moneda.PYG.value]


def monedas_para(usuario: Any) -> list[str]:
    """The house's currencies, those of the person's own companies first."""
    propias = {sucursal.empresa.moneda for sucursal in sucursales_habituales(usuario)}
    return sorted(monedas_de_la_casa(), key=lambda moneda: (moneda not in propias, moneda))


def recibir(
    *, usuario: User, tipo: Tipo, archivo: str, contenido: bytes, opciones: Mapping[str, Any]
) -> ImportacionDatos:
    """Keep a file and hand it to a worker. ErrorDominio for an empty or too large one."""
    if not contenido.strip():
        raise ErrorDominio(
            _("Elegir un archivo XLSX o CSV, o pegar las filas."), codigo="falta", campo="archivo"
        )
    if len(contenido) > DE_DATOS.bytes:
        raise rechazo("grande", maximo=DE_DATOS.bytes // 2**20)
    with transaction.atomic():
        importacion = ImportacionDatos.objects.create(
            usuario=usuario,
            tipo=tipo,
            archivo=(archivo or PEGADO)[-LARGO_NOMBRE:],
            contenido=contenido,
            opciones=dict(opciones),
        )
        entregar(importacion)
    return importacion


def elegir_columnas(
    clave: UUID, mapeo: Mapping[str, str], opciones: Mapping[str, Any]
) -> ImportacionDatos:
    """Say which column is what, and have the rows looked at again; remembered for the next file."""
    with transaction.atomic():
        importacion = _en_estado(clave, Estado.REVISADA)
        titulos = [columna["titulo"] for columna in importacion.resumen["columnas"]]
        importacion.mapeo = limpio(importacion.tipo, mapeo, len(titulos))
        importacion.opciones |= dict(opciones)
        recordar(importacion.tipo, titulos, importacion.mapeo)
        return _a_la_cola(importacion, Estado.POR_REVISAR, "mapeo", "opciones")


def confirmar(clave: UUID, huella: str, *, sin_las_malas: bool) -> ImportacionDatos:
    """Have written what the preview of this `huella` showed.

    `sin_las_malas`: the person agrees to leave the wrong rows out.
    """
    with transaction.atomic():
        importacion = _en_estado(clave, Estado.REVISADA)
        cuentas = importacion.resumen["cuentas"]
        if importacion.huella != huella or not huella:
            raise ErrorDominio(
                _("La vista previa cambió: revisar de nuevo."), codigo="vista_vencida", estado=409
            )
        if cuentas["error"] and not sin_las_malas:
            raise ErrorDominio(
                _("Hay filas con error: corregirlas, o aceptar que queden afuera."),
                codigo="filas_con_errores",
                campo="sin_las_malas",
            )
        if not cuentas["nueva"] + cuentas["cambia"]:
            raise ErrorDominio(_("No hay nada que guardar."), codigo="sin_cambios")
        importacion.opciones["sin_las_malas"] = sin_las_malas
        return _a_la_cola(importacion, Estado.POR_GUARDAR, "opciones")


def descartar(clave: UUID) -> ImportacionDatos:
    """Forget a file that was looked at."""
    with transaction.atomic():
        importacion = _en_estado(clave, Estado.REVISADA, Estado.FALLIDA)
        importacion.estado = Estado.DESCARTADA
        importacion.tabla = None
        importacion.save(update_fields=["estado", "tabla"])
        return importacion


def deshacer_importacion(clave: UUID, usuario: User) -> ImportacionDatos:
    """Put back what there was before the import, whole or not at all."""
    with transaction.atomic():
        importacion = _en_estado(clave, Estado.HECHA)
        deshacer(importacion.tipo, bytes(importacion.deshacer or b""))
        importacion.estado = Estado.DESHECHA
        importacion.deshecha_en, importacion.deshecha_por = timezone.now(), usuario
        importacion.deshacer = None
        importacion.save(update_fields=["estado", "deshecha_en", "deshecha_por", "deshacer"])
        return importacion


def leer_opciones(datos: Mapping[str, Any]) -> dict[str, Any]:
    """From the form: the currency, channel and first day of rows that do not say them; the sheet.

    Raises ErrorDominio, naming the field.
    """
    monedas = monedas_de_la_casa()
    moneda = datos.get("moneda") or monedas[0]
    if moneda not in monedas:
        raise ErrorDominio(_("Elegir una moneda de la lista."), codigo="invalido", campo="moneda")
    return {
        "moneda": moneda,
        "canal": _leer_canal(str(datos.get("canal", ""))),
        "fecha": _leer_fecha(str(datos.get("fecha", ""))),
        "hoja": str(datos.get("hoja", ""))[:LARGO_NOMBRE].strip(),
    }


def _leer_canal(dicho: str) -> int | None:
    if not dicho:
        return None
    canal = Canal.objects.filter(pk=numero_de_fila(dicho) or 0).first()
    if canal is None:
        raise ErrorDominio(_("Elegir un canal de la lista."), codigo="invalido", campo="canal")
    return canal.pk


def _leer_fecha(dicha: str) -> str:
    """The day in ISO 8601; today when none was said."""
    try:
        return (date.fromisoformat(dicha) if dicha else timezone.localdate()).isoformat()
    except ValueError as error:
        raise ErrorDominio(
            _("Escribir la fecha como 31/12/2026."), codigo="invalido", campo="fecha"
        ) from error


def _en_estado(clave: UUID, *estados: str) -> ImportacionDatos:
    """The import, locked, in one of these states; ErrorDominio says in which it is."""
    importacion = ImportacionDatos.objects.select_for_update(of=("self",)).get(pk=clave)
    if importacion.estado not in estados:
        raise ErrorDominio(
            _("La importación ya está en otro punto: %(estado)s.")
            % {"estado": importacion.get_estado_display()},
            codigo="otro_estado",
            estado=409,
        )
    return importacion


def _a_la_cola(importacion: ImportacionDatos, estado: str, *campos: str) -> ImportacionDatos:
    importacion.estado = estado
    importacion.tomada_en, importacion.intentos = None, 0
    importacion.save(update_fields=["estado", "tomada_en", "intentos", *campos])
    entregar(importacion)
    return importacion
