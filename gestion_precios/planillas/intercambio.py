"""Price lists to and from spreadsheets: all of a file's rows, or none, after a look at them."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Event
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult
from tablib import Dataset

from core.errores import ErrorDominio
from core.planillas.libro import XLSX
from core.planillas.separado import CSV
from gestion_precios.models import Articulo, Importacion, ListaPrecio
from gestion_precios.models.versiones import agrupar
from gestion_precios.planillas.archivo import (
    FilaLeida,
    Planilla,
    escribir_csv,
    escribir_xlsx,
    leer_planilla,
)
from gestion_precios.planillas.celdas import Celda, visto
from gestion_precios.planillas.hechas import YaImportada, cuentas_de, hecha_con, hecha_desde
from gestion_precios.planillas.recursos import COLUMNAS_LEIDAS, PreciosDeLista

FIRMA_SAL = "gestion_precios.intercambio"
FIRMA_EDAD_MAXIMA = timedelta(hours=1)
TIPOS = {
    RowResult.IMPORT_TYPE_NEW: "nuevo",
    RowResult.IMPORT_TYPE_UPDATE: "cambia",
    RowResult.IMPORT_TYPE_DELETE: "quita",
    RowResult.IMPORT_TYPE_SKIP: "igual",
    RowResult.IMPORT_TYPE_INVALID: "error",
}
Usuario = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Falla:
    """What is wrong with one cell: its column, what it says, and what to do."""

    columna: str
    visto: str
    frase: str


@dataclass(frozen=True, slots=True)
class FilaPrevia:
    """One row of the file: `tipo` is nuevo, cambia, igual, quita or error."""

    fila: int
    tipo: str
    articulo_id: int | None
    codigo: str
    descripcion: str
    antes: Decimal | None
    despues: Decimal | None
    fallas: tuple[Falla, ...] = ()

    @property
    def variacion(self) -> Decimal | None:
        """How much the price moves, in percent with one decimal."""
        if not self.antes or self.despues is None:
            return None
        return ((self.despues - self.antes) * 100 / self.antes).quantize(Decimal("0.1"))

    @property
    def flecha(self) -> str:
        """A plus where the price rises; a fall brings its own sign."""
        return "+" if (self.variacion or 0) > 0 else ""


@dataclass(frozen=True)
class VistaPrevia:
    """What importing a file would do; `firma` confirms it, and is empty when there is nothing to.

    `intactos`: prices of the list that the file does not name, and that stay. `sin_leer`: rows
    that were not looked at, because so many before them are wrong. `leida`: the file as it was
    read.
    """

    lista: ListaPrecio
    archivo: str
    filas: tuple[FilaPrevia, ...]
    intactos: int
    leida: Planilla = field(default_factory=lambda: Planilla([]))
    firma: str = ""
    sin_leer: int = 0

    @property
    def cuentas(self) -> dict[str, int]:
        """How many rows of each kind."""
        contadas = Counter(fila.tipo for fila in self.filas)
        return {tipo: contadas[tipo] for tipo in TIPOS.values()}

    @property
    def con_errores(self) -> bool:
        """Whether any row is wrong: then nothing can be imported."""
        return any(fila.tipo == "error" for fila in self.filas)

    @property
    def con_cambios(self) -> bool:
        """Whether any row would change something."""
        return any(fila.tipo in {"nuevo", "cambia", "quita"} for fila in self.filas)


class PreciosCambiados(ErrorDominio):
    """Somebody changed the prices after the preview: look again before importing."""


def exportar_precios(lista: ListaPrecio, formato: str = "xlsx") -> tuple[str, bytes, str]:
    """(file name, content, content type) of all the list's prices, by article code."""
    datos = PreciosDeLista(lista=lista).export()
    nombre = f"precios-{slugify(lista.nombre) or lista.pk}-{_hoy()}.{formato}"
    if formato == "csv":
        return nombre, escribir_csv(datos), CSV
    return nombre, escribir_xlsx(datos), XLSX


def previsualizar(
    lista: ListaPrecio,
    contenido: bytes,
    usuario: Usuario,
    archivo: str = "",
    partida: Event | None = None,
    hoja: str = "",
) -> VistaPrevia:
    """What the file would do to the list, row by row; nothing is written.

    `partida` is set when the client leaves: the look ends with it, wherever it is. `hoja`: the
    sheet that somebody chose of several.
    """
    planilla = leer_planilla(contenido, partida, usuario.pk, hoja)
    recurso = PreciosDeLista(lista=lista, partida=partida)
    vista = _probar(recurso, planilla, archivo)
    if vista.con_errores or not vista.con_cambios:
        return vista
    return _con_firma(vista, usuario)


def importar(lista: ListaPrecio, firma: str, usuario: Usuario) -> Importacion:
    """Do what the preview of this `firma` showed, in one transaction, or raise ErrorDominio.

    YaImportada: it was done before, by this confirmation or by another one of the same file.
    PreciosCambiados: it would no longer do the same.
    """
    sobre = _abrir_firma(lista, firma, usuario)
    try:
        with agrupar():
            # One import of a list at a time.
            ListaPrecio.objects.select_for_update(of=("self",)).get(pk=lista.pk)
            return _importar(lista, sobre, usuario)
    except IntegrityError as error:
        raise _cambiados() from error


def _importar(lista: ListaPrecio, sobre: dict[str, Any], usuario: Usuario) -> Importacion:
    """Inside the transaction, the list locked."""
    _exigir_por_hacer(lista, hecha_con(lista, sobre["id"]))
    filas = [_fila_firmada(*fila) for fila in sobre["filas"]]
    recurso = PreciosDeLista(lista=lista, usuario=usuario, motivo=sobre["archivo"])
    resultado = _correr(recurso, filas, en_serio=True)
    hecho = _vista(recurso, resultado, Planilla(filas), sobre["archivo"])
    if _huella(hecho) != sobre["huella"]:
        # Somebody's other tab, perhaps, with the same file.
        _exigir_por_hacer(lista, hecha_desde(lista, sobre["huella"], _vista_en(sobre)))
        raise _cambiados()
    return Importacion.objects.create(
        id=uuid.UUID(sobre["id"]),
        lista=lista,
        usuario_id=usuario.pk,
        archivo=sobre["archivo"],
        huella=sobre["huella"],
        **cuentas_de(hecho.cuentas),
    )


def _exigir_por_hacer(lista: ListaPrecio, hecha: Importacion | None) -> None:
    if hecha is not None:
        raise YaImportada(lista, hecha)


def revisar_de_nuevo(lista: ListaPrecio, firma: str, usuario: Usuario) -> VistaPrevia:
    """Preview a file that was previewed before against the prices of now."""
    sobre = _abrir_firma(lista, firma, usuario)
    filas = [_fila_firmada(*fila) for fila in sobre["filas"]]
    vista = _probar(PreciosDeLista(lista=lista), Planilla(filas), sobre["archivo"])
    return _con_firma(vista, usuario) if vista.con_cambios and not vista.con_errores else vista


def _probar(recurso: PreciosDeLista, planilla: Planilla, archivo: str) -> VistaPrevia:
    resultado = _correr(recurso, planilla.filas, en_serio=False)
    return _vista(recurso, resultado, planilla, archivo)


def _correr(recurso: PreciosDeLista, filas: Sequence[FilaLeida], *, en_serio: bool) -> Result:
    leidas = recurso.leer([fila.celdas for fila in filas], [fila.numero for fila in filas])
    datos = Dataset(headers=COLUMNAS_LEIDAS)
    for fila in filas[:leidas]:
        datos.append([fila.celdas.get(columna) for columna in COLUMNAS_LEIDAS])
    propias = {"en_serio": en_serio}
    if en_serio:
        resultado = recurso.import_data(
            datos, use_transactions=True, rollback_on_validation_errors=True, **propias
        )
    else:
        # A transaction would keep SQLite's writers waiting for a look that writes nothing.
        resultado = recurso.import_data_inner(
            datos,
            dry_run=True,
            raise_errors=False,
            using_transactions=False,
            collect_failed_rows=False,
            **propias,
        )
    propios = [
        *resultado.base_errors,
        *(e for _n, errores in resultado.row_errors() for e in errores),
    ]
    if propios:
        # Not a mistake in the file: ours, or the database's.
        raise propios[0].error
    return resultado


def _vista(
    recurso: PreciosDeLista,
    resultado: Result,
    planilla: Planilla,
    archivo: str,
) -> VistaPrevia:
    filas, articulos = planilla.filas, recurso.articulos
    leidas = filas[: len(articulos)]
    previas = tuple(
        _fila_previa(recurso, *de_la_fila)
        for de_la_fila in zip(leidas, resultado.rows, articulos, strict=True)
    )
    nombrados = {previa.articulo_id for previa in previas}
    intactos = sum(articulo_id not in nombrados for articulo_id in recurso.antes)
    sin_leer = len(filas) - len(leidas)
    return VistaPrevia(recurso.lista, archivo, previas, intactos, planilla, sin_leer=sin_leer)


def _fila_previa(
    recurso: PreciosDeLista, leida: FilaLeida, fila: RowResult, articulo: Articulo | None
) -> FilaPrevia:
    recurso.exigir_presente()
    tipo = TIPOS[fila.import_type]
    despues = fila.instance.precio_base if fila.instance and tipo != "quita" else None
    return FilaPrevia(
        fila=leida.numero,
        tipo=tipo,
        articulo_id=articulo.pk if articulo else None,
        codigo=str(articulo.codigo) if articulo else visto(leida.celdas.get("codigo")),
        descripcion=articulo.descripcion if articulo else "",
        antes=recurso.antes.get(articulo.pk) if articulo else None,
        despues=despues,
        fallas=tuple(_fallas(fila.validation_error, leida.celdas)),
    )


def _fallas(error: ValidationError | None, celdas: dict[str, Celda]) -> Iterator[Falla]:
    for campo, errores in error.error_dict.items() if error else ():
        columna = "codigo" if campo in {"articulo", NON_FIELD_ERRORS} else campo
        for uno in errores:
            yield Falla(columna, visto(celdas.get(columna)), _frase(uno))


def _frase(error: ValidationError) -> str:
    """What Django says of any number, said of a price."""
    if error.code == "min_value":
        return _("El precio tiene que ser mayor que cero.")
    if error.code in {"max_digits", "max_whole_digits"}:
        return _("El precio es demasiado grande.")
    return " ".join(error.messages)


# --- Between the preview and the confirmation ----------------------------------------------------
# The rows travel in the page, signed: any process can confirm them, and nothing is left to clean.
def _con_firma(vista: VistaPrevia, usuario: Usuario) -> VistaPrevia:
    sobre = {
        "id": str(uuid.uuid4()),
        "vista_en": timezone.now().timestamp(),
        "lista": vista.lista.pk,
        "usuario": usuario.pk,
        "archivo": vista.archivo[:80],
        "huella": _huella(vista),
        "filas": [[fila.fila, fila.codigo, _texto(fila.despues)] for fila in vista.filas],
    }
    firma = signing.dumps(sobre, salt=FIRMA_SAL, compress=True)
    return replace(vista, firma=firma)


def _abrir_firma(lista: ListaPrecio, firma: str, usuario: Usuario) -> dict[str, Any]:
    try:
        sobre: dict[str, Any] = signing.loads(firma, salt=FIRMA_SAL)
    except signing.BadSignature as error:
        raise _vencida() from error
    if (sobre["lista"], sobre["usuario"]) != (lista.pk, usuario.pk):
        raise ErrorDominio(
            _("La vista previa es de otra lista o de otro usuario."), codigo="vista_ajena"
        )
    # What was done stays done, however old its preview.
    if timezone.now() - _vista_en(sobre) > FIRMA_EDAD_MAXIMA and not hecha_con(lista, sobre["id"]):
        raise _vencida()
    return sobre


def _vista_en(sobre: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(sobre["vista_en"], UTC)


def _vencida() -> ErrorDominio:
    return ErrorDominio(
        _("La vista previa venció. Volver a subir el archivo."), codigo="vista_vencida"
    )


def _fila_firmada(numero: int, codigo: str, precio: str) -> FilaLeida:
    celdas: dict[str, Celda] = {"codigo": codigo}
    celdas |= {"precio_base": Decimal(precio)} if precio else {"quitar": "sí"}
    return FilaLeida(numero, celdas)


def _huella(vista: VistaPrevia) -> str:
    """What the preview says will happen, in one word."""
    hechos = [[f.tipo, f.articulo_id, _texto(f.antes), _texto(f.despues)] for f in vista.filas]
    return hashlib.sha256(json.dumps(hechos).encode()).hexdigest()


def _texto(precio: Decimal | None) -> str:
    return "" if precio is None else f"{precio.normalize():f}"


def _cambiados() -> PreciosCambiados:
    return PreciosCambiados(
        _(
            "Los precios cambiaron después de la vista previa: no se importó nada."
            " Revisar de nuevo."
        ),
        codigo="precios_cambiados",
        estado=409,
    )


def _hoy() -> str:
    return f"{timezone.localdate():%Y-%m-%d}"
