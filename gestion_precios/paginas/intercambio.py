"""A list's prices to a spreadsheet and back, with a look before anything changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.acceso.usuarios import usuario_de
from core.entrada.partida import partida_de
from core.errores import ErrorDominio
from core.web.errores_http import REINTENTAR_EN
from gestion_precios.models import ListaPrecio
from gestion_precios.moneda import SIMBOLOS, decimales
from gestion_precios.paginas.cabeza import (
    CAMBIAR_PRECIO,
    contexto_de_lista,
    lista_o_404,
)
from gestion_precios.personas.permisos import con_permiso, exigir_permiso
from gestion_precios.planillas.hechas import YaImportada, que_hizo
from gestion_precios.planillas.intercambio import (
    FilaPrevia,
    PreciosCambiados,
    VistaPrevia,
    exportar_precios,
    importar,
    previsualizar,
    revisar_de_nuevo,
)
from gestion_precios.planillas.lectura.limites import BYTES_MAXIMOS, FILAS_MAXIMAS

# What an import may do besides changing a price.
PERMISOS_DE_IMPORTAR = (
    "gestion_precios.add_precioarticulo",
    "gestion_precios.delete_precioarticulo",
)
# Rows drawn of each kind; the counts tell the rest.
DIBUJADAS = 200
VARIACION_RARA = 50


@dataclass(frozen=True)
class FilaVista:
    """A row as the preview draws it: `rara` when the price moves more than prices do."""

    fila: FilaPrevia
    rara: bool


@dataclass(frozen=True)
class Grupo:
    """The rows of one kind, the largest moves first, and how many are not drawn."""

    tipo: str
    filas: list[FilaVista]
    total: int

    @property
    def ocultas(self) -> int:
        """How many rows are counted and not drawn."""
        return self.total - len(self.filas)


@never_cache
@require_GET
@con_permiso(CAMBIAR_PRECIO)
def exportacion(request: HttpRequest, lista_id: int, formato: str = "xlsx") -> HttpResponse:
    """All the list's prices as a file."""
    nombre, contenido, tipo = exportar_precios(lista_o_404(request, lista_id), formato)
    respuesta = HttpResponse(contenido, content_type=tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return respuesta


# Kept by the browser, or it could not go back to a preview without sending the file once more.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "POST"])
@con_permiso(CAMBIAR_PRECIO)
def importacion(request: HttpRequest, lista_id: int) -> HttpResponse:
    """Upload a file, see what it would change, and confirm it."""
    for permiso in PERMISOS_DE_IMPORTAR:
        exigir_permiso(request.user, permiso)
    lista = lista_o_404(request, lista_id)
    if request.method != "POST":
        return _pagina(request, lista, None)
    if "firma" in request.POST:
        return _confirmar(request, lista, request.POST["firma"])
    return _mirar(request, lista, request.FILES.get("archivo"))


def _mirar(request: HttpRequest, lista: ListaPrecio, archivo: UploadedFile | None) -> HttpResponse:
    try:
        if archivo is None:
            raise ErrorDominio(
                _("Elegir un archivo XLSX o CSV con precios."), codigo="falta", campo="archivo"
            )
        contenido = archivo.read(BYTES_MAXIMOS + 1)
        vista = previsualizar(
            lista,
            contenido,
            usuario_de(request),
            archivo.name or "",
            partida_de(request),
            request.POST.get("hoja", ""),
        )
        if vista.con_errores and not request.accepts("text/html"):
            raise _con_errores(vista.cuentas["error"])
    except ErrorDominio as error:
        return _rehusar(request, lista, error)
    return _pagina(request, lista, vista)


def _con_errores(cuantas: int) -> ErrorDominio:
    """What a program is told where a person sees the rows."""
    frase = ngettext(
        "Hay %(cuantas)d fila con errores: no se puede importar.",
        "Hay %(cuantas)d filas con errores: no se puede importar.",
        cuantas,
    )
    return ErrorDominio(frase % {"cuantas": cuantas}, codigo="filas_con_errores", campo="archivo")


def _confirmar(request: HttpRequest, lista: ListaPrecio, firma: str) -> HttpResponse:
    usuario = usuario_de(request)
    try:
        hecha = importar(lista, firma, usuario)
        messages.success(request, _("Importado: %(que)s.") % {"que": que_hizo(hecha)})
    except YaImportada as error:
        messages.info(request, error.detail)
    except PreciosCambiados as error:
        vista = revisar_de_nuevo(lista, firma, usuario)
        return _pagina(request, lista, vista, error=error.detail, status=409)
    except ErrorDominio as error:
        return _rehusar(request, lista, error)
    return redirect("lista_importacion", lista.pk)


def _rehusar(request: HttpRequest, lista: ListaPrecio, error: ErrorDominio) -> HttpResponse:
    """Refuse a file: in its place on the page for people, by code for programs."""
    if not request.accepts("text/html"):
        raise error
    status = 422 if error.estado == 400 else error.estado
    hojas = (error.errores or {}).get("hojas", ())
    return _pagina(request, lista, None, error=error.detail, status=status, hojas=hojas)


def _pagina(
    request: HttpRequest,
    lista: ListaPrecio,
    vista: VistaPrevia | None,
    *,
    error: str = "",
    status: int = 200,
    hojas: Sequence[str] = (),
) -> HttpResponse:
    contexto = contexto_de_lista(request, lista, "importacion") | {
        "vista": vista,
        "error": error,
        "hojas": hojas,
        "grupos": _grupos(vista) if vista else [],
        "filas_maximas": FILAS_MAXIMAS,
        "simbolo": SIMBOLOS[lista.empresa.moneda],
        "ejemplos": _("1234,5 o 1.234,50")
        if decimales(lista.empresa.moneda)
        else _("1234 o 1.234"),
        "megas_maximos": BYTES_MAXIMOS // (1024 * 1024),
    }
    estado = 422 if error and status == 200 else status
    respuesta = render(request, "precios/planilla/importacion.html", contexto, status=estado)
    if estado == 503:
        respuesta["Retry-After"] = REINTENTAR_EN
    return respuesta


def _grupos(vista: VistaPrevia) -> list[Grupo]:
    """Errors alone when there are any; otherwise what would change."""
    tipos = ("error",) if vista.con_errores else ("cambia", "quita", "nuevo")
    return [grupo for tipo in tipos if (grupo := _grupo(vista, tipo)).total]


def _grupo(vista: VistaPrevia, tipo: str) -> Grupo:
    filas = [fila for fila in vista.filas if fila.tipo == tipo]
    if tipo == "cambia":
        filas.sort(key=_movimiento, reverse=True)
    vistas = [FilaVista(fila, _movimiento(fila) >= VARIACION_RARA) for fila in filas[:DIBUJADAS]]
    return Grupo(tipo, vistas, len(filas))


def _movimiento(fila: FilaPrevia) -> Decimal:
    return abs(fila.variacion or Decimal(0))
