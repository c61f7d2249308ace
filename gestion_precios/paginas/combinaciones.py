"""A list's combinations: the articles that, bought together, fire a rule."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gestion_precios.models import ListaPrecio
from gestion_precios.paginas.cabeza import CAMBIAR_COMBINACION, contexto_de_lista, lista_o_404
from gestion_precios.paginas.formulario_lateral import FormularioLateral
from gestion_precios.paginas.formularios import FormularioCombinacion, huella_de
from gestion_precios.paginas.partes import guardar, hecho, partes, quien_cambio
from gestion_precios.personas.permisos import VER_LISTAS, con_permiso, exigir_permiso

AGREGAR_COMBINACION = "gestion_precios.add_combinacionproducto"
VISTA = "combinaciones"


def _contexto(request: HttpRequest, lista: ListaPrecio, **extra: Any) -> dict[str, Any]:
    filas = lista.combinaciones.prefetch_related("articulos", "reglas")
    return contexto_de_lista(request, lista, VISTA) | {"combinaciones": filas} | extra


LATERAL = FormularioLateral(
    parte="combinacion_formulario",
    filas="combinaciones_lista",
    pagina="precios/combinaciones.html",
    contexto=_contexto,
    vista=VISTA,
)


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(VER_LISTAS)
def combinaciones(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The list's combinations; POST adds one."""
    lista = lista_o_404(request, lista_id)
    if request.method == "POST":
        exigir_permiso(request.user, AGREGAR_COMBINACION)
        form = FormularioCombinacion(request.POST, lista=lista)
        fila = guardar(form)
        if fila is None:
            return LATERAL.mostrar(request, lista, form, status=422)
        return LATERAL.guardada(request, lista, fila, _("Combinación agregada."))
    return render(request, LATERAL.pagina, _contexto(request, lista))


@never_cache
@require_GET
@con_permiso(AGREGAR_COMBINACION)
def combinacion_nueva(request: HttpRequest, lista_id: int) -> HttpResponse:
    """An empty form."""
    lista = lista_o_404(request, lista_id)
    return LATERAL.mostrar(request, lista, FormularioCombinacion(lista=lista))


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(CAMBIAR_COMBINACION)
def combinacion(request: HttpRequest, lista_id: int, combinacion_id: int) -> HttpResponse:
    """The combination's form, or its new content."""
    lista = lista_o_404(request, lista_id)
    if request.method == "GET":
        fila = get_object_or_404(lista.combinaciones, pk=combinacion_id)
        return LATERAL.mostrar(request, lista, FormularioCombinacion(lista=lista, instance=fila))
    with transaction.atomic():
        actual = (
            lista.combinaciones.select_for_update(of=("self",)).filter(pk=combinacion_id).first()
        )
        if actual is None:
            form = FormularioCombinacion(request.POST, lista=lista)
            form.add_error(
                None,
                _("Alguien quitó esta combinación mientras tanto. Guardar la agrega de nuevo."),
            )
            return LATERAL.mostrar(request, lista, form, status=422)
        huella = huella_de(actual)
        form = FormularioCombinacion(request.POST, lista=lista, instance=actual)
        if request.POST.get("huella") != huella:
            frase = _(
                "%(quien)s la cambió mientras tanto. Guardar otra vez deja lo de este formulario."
            )
            form.add_error(None, frase % {"quien": quien_cambio(actual)})
        if form.is_valid():
            return LATERAL.guardada(request, lista, form.save(), _("Combinación guardada."))
    return LATERAL.mostrar(request, lista, form, status=422, huella=huella)


@require_POST
@con_permiso("gestion_precios.delete_combinacionproducto")
def combinacion_baja(request: HttpRequest, lista_id: int, combinacion_id: int) -> HttpResponse:
    """Remove a combination that no rule uses; the answer offers to undo it."""
    lista = lista_o_404(request, lista_id)
    quitada = None
    frase, nivel, status = _("Esa combinación ya no está."), "info", 200
    with transaction.atomic():
        fila = lista.combinaciones.select_for_update(of=("self",)).filter(pk=combinacion_id).first()
        usos = fila.reglas.count() if fila else 0
        if fila and usos:
            frase = ngettext(
                "La usa %(n)d regla: quitarla o cambiarla primero.",
                "La usan %(n)d reglas: quitarlas o cambiarlas primero.",
                usos,
            ) % {"n": usos}
            nivel, status = "aviso", 422
        elif fila:
            miembros = list(fila.articulos.values_list("pk", flat=True))
            quitada = {"nombre": fila.nombre, "articulos": miembros}
            fila.delete()
            frase, nivel = _("Combinación quitada."), "exito"
    contexto = _contexto(request, lista_o_404(request, lista.pk), quitada=quitada)
    respuesta = partes(request, contexto, "combinaciones_lista", "lista_cabeza", status=status)
    return hecho(request, lista, respuesta, frase, nivel, vista=VISTA, ya_dicho=quitada is not None)
