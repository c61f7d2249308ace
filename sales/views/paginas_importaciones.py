"""Pages of imports: the files that came, what one would change, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.acceso.usuarios import usuario_de
from core.errores import ErrorDominio
from core.planillas.descarga import descargar
from core.web.htmx import fragmento
from core.web.listas import POR_PAGINA
from gestion_precios.planillas.lectura.limites import DE_DATOS
from sales.importacion import hechos
from sales.importacion.campos import Tipo
from sales.importacion.pantalla import ver_importacion
from sales.importacion.plantillas import plantilla
from sales.models import Canal, ImportacionDatos
from sales.personas.permisos import no_alcanza

Vista = Callable[..., HttpResponseBase]


def para_quien_importa(vista: Vista) -> Vista:
    """Sign in first, then be allowed to import something."""

    @wraps(vista)
    def con_permiso(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not hechos.tipos_para(request.user):
            raise PermissionDenied(no_alcanza())
        return vista(request, *args, **kwargs)

    return con_permiso


@never_cache
@require_http_methods(["GET", "POST"])
@para_quien_importa
def importaciones(request: HttpRequest) -> HttpResponse:
    """The imports so far, and the form that begins one."""
    if request.method != "POST":
        return _pagina(request, {})
    try:
        importacion = hechos.recibir(
            usuario=usuario_de(request),
            tipo=_tipo_pedido(request),
            opciones=hechos.leer_opciones(request.POST),
            **_lo_traido(request),
        )
    except ErrorDominio as error:
        if not request.accepts("text/html"):
            raise
        return _pagina(request, request.POST, error=error)
    return redirect("importacion", importacion.pk)


@never_cache
@require_GET
@para_quien_importa
def plantilla_de_importacion(request: HttpRequest, tipo: str) -> HttpResponseBase:
    """A file to fill in, with what there is now."""
    if tipo not in hechos.tipos_para(request.user):
        raise Http404
    return descargar(plantilla(Tipo(tipo)), "xlsx", tipo)


@never_cache
@require_GET
@para_quien_importa
def importacion(request: HttpRequest, importacion_id: UUID) -> HttpResponse:
    """One import: its columns, what it would change, and what became of it."""
    vista = ver_importacion(_importacion(request, importacion_id))
    return render(request, "importaciones/importacion.html", {"vista": vista})


@never_cache
@require_GET
@para_quien_importa
def importacion_estado(request: HttpRequest, importacion_id: UUID) -> HttpResponse:
    """The part that polls itself while a worker has the import."""
    vista = ver_importacion(_importacion(request, importacion_id))
    return fragmento(request, "importacion", {"vista": vista})


@require_POST
@para_quien_importa
def importacion_columnas(request: HttpRequest, importacion_id: UUID) -> HttpResponse:
    """Say which column is what, and look at the rows again."""
    clave = _importacion(request, importacion_id).pk
    mapeo = {
        nombre.removeprefix("columna_"): str(request.POST[nombre])
        for nombre in request.POST
        if nombre.startswith("columna_")
    }
    return _hacer(
        request,
        clave,
        lambda: hechos.elegir_columnas(clave, mapeo, hechos.leer_opciones(request.POST)),
    )


@require_POST
@para_quien_importa
def importacion_confirmacion(request: HttpRequest, importacion_id: UUID) -> HttpResponse:
    """Have written what was seen."""
    clave = _importacion(request, importacion_id).pk
    huella, sin_las_malas = request.POST.get("huella", ""), "sin_las_malas" in request.POST
    return _hacer(
        request,
        clave,
        lambda: hechos.confirmar(clave, huella, sin_las_malas=sin_las_malas),
    )


@require_POST
@para_quien_importa
def importacion_descarte(request: HttpRequest, importacion_id: UUID) -> HttpResponse:
    """Forget a file that was looked at."""
    clave = _importacion(request, importacion_id).pk
    return _hacer(request, clave, lambda: hechos.descartar(clave), _("Descartada."))


@require_POST
@para_quien_importa
def importacion_deshecho(request: HttpRequest, importacion_id: UUID) -> HttpResponse:
    """Put back what there was before."""
    clave = _importacion(request, importacion_id).pk
    return _hacer(
        request,
        clave,
        lambda: hechos.deshacer_importacion(clave, usuario_de(request)),
        _("Deshecha: todo quedó como antes de la importación."),
    )


def _hacer(
    request: HttpRequest, clave: UUID, hecho: Callable[[], object], dicho: str = ""
) -> HttpResponse:
    """Do it and go back to the import; a refusal is said there, and by code to programs."""
    try:
        hecho()
    except ErrorDominio as error:
        if not request.accepts("text/html"):
            raise
        messages.error(request, error.detail)
    else:
        if dicho:
            messages.success(request, dicho)
    return redirect("importacion", clave)


def _importacion(request: HttpRequest, clave: UUID) -> ImportacionDatos:
    return get_object_or_404(hechos.visibles_para(request.user), pk=clave)


def _tipo_pedido(request: HttpRequest) -> Tipo:
    pedido = request.POST.get("tipo", "")
    if pedido not in hechos.tipos_para(request.user):
        raise ErrorDominio(_("Elegir qué se importa."), codigo="invalido", campo="tipo")
    return Tipo(pedido)


def _lo_traido(request: HttpRequest) -> dict[str, Any]:
    """The file, or what was pasted."""
    archivo = request.FILES.get("archivo")
    if archivo is not None:
        contenido = archivo.read(DE_DATOS.bytes + 1)
        return {"archivo": archivo.name or "", "contenido": contenido}
    pegado = request.POST.get("pegado", "")
    return {"archivo": "", "contenido": pegado.encode()}


def _pagina(
    request: HttpRequest, dicho: Mapping[str, Any], error: ErrorDominio | None = None
) -> HttpResponse:
    todas = hechos.visibles_para(request.user)
    tipos = hechos.tipos_para(request.user)
    contexto = {
        "pagina": Paginator(todas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "tipos": [(tipo.value, tipo.label) for tipo in tipos],
        "elegido": dicho.get("tipo") or request.GET.get("tipo") or tipos[0].value,
        "canales": Canal.objects.all(),
        "monedas": hechos.monedas_para(request.user),
        "dicho": dicho,
        "error": error,
        "megas_maximos": DE_DATOS.bytes // 2**20,
        "filas_maximas": DE_DATOS.filas,
    }
    estado = 200 if error is None else (422 if error.estado == 400 else error.estado)
    return render(request, "importaciones/lista.html", contexto, status=estado)
