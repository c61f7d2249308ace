"""The form of a rule: adding one, and changing one that others may be changing too."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gestion_precios.listas.orden_reglas import siguiente_prioridad
from gestion_precios.models import ListaPrecio, ReglaPrecio
from gestion_precios.motor.frases_regla import frase_de_regla
from gestion_precios.paginas.cabeza import CAMBIAR_REGLA, lista_o_404
from gestion_precios.paginas.formulario_lateral import FormularioLateral
from gestion_precios.paginas.formularios import FormularioRegla, huella_de
from gestion_precios.paginas.partes import guardar, quien_cambio
from gestion_precios.paginas.reglas import contexto_de_reglas, frase_de_ausente
from gestion_precios.personas.permisos import con_permiso

AGREGAR_REGLA = "gestion_precios.add_reglaprecio"
LATERAL = FormularioLateral(
    parte="regla_formulario",
    filas="reglas_lista",
    pagina="precios/reglas/reglas.html",
    contexto=contexto_de_reglas,
    vista="lista_precio",
)


@never_cache
@require_GET
@con_permiso(AGREGAR_REGLA)
def regla_nueva(request: HttpRequest, lista_id: int) -> HttpResponse:
    """An empty form; the rule goes last."""
    lista = lista_o_404(request, lista_id)
    form = FormularioRegla(lista=lista, initial={"prioridad": siguiente_prioridad(lista.pk)})
    return LATERAL.mostrar(request, lista, form)


@require_POST
@con_permiso(AGREGAR_REGLA)
def reglas(request: HttpRequest, lista_id: int) -> HttpResponse:
    """Add a rule."""
    lista = lista_o_404(request, lista_id)
    form = FormularioRegla(request.POST, lista=lista)
    nueva = guardar(form)
    if nueva is None:
        return LATERAL.mostrar(request, lista, form, status=422)
    return LATERAL.guardada(request, lista, nueva, _("Regla agregada."))


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(CAMBIAR_REGLA)
def regla(request: HttpRequest, lista_id: int, regla_id: int) -> HttpResponse:
    """The rule's form, or its new content."""
    lista = lista_o_404(request, lista_id)
    if request.method == "GET":
        fila = get_object_or_404(lista.reglas, pk=regla_id)
        return LATERAL.mostrar(request, lista, FormularioRegla(lista=lista, instance=fila))
    with transaction.atomic():
        actual = lista.reglas.select_for_update().filter(pk=regla_id).first()
        if actual is None:
            return LATERAL.mostrar(request, lista, _quitada(request, lista, regla_id), status=422)
        huella, dice = huella_de(actual), frase_de_regla(actual, lista.empresa.moneda)
        form = FormularioRegla(request.POST, lista=lista, instance=actual)
        if request.POST.get("huella") != huella:
            form.add_error(None, _frase_de_cambio(actual, dice))
        if form.is_valid():
            return LATERAL.guardada(request, lista, form.save(), _("Regla guardada."))
    return LATERAL.mostrar(request, lista, form, status=422, huella=huella)


def _quitada(request: HttpRequest, lista: ListaPrecio, regla_id: int) -> FormularioRegla:
    """What was typed for a rule that is gone, as a new one's form."""
    frase = frase_de_ausente(lista, regla_id)
    form = FormularioRegla(request.POST, lista=lista)
    form.add_error(None, _("%(frase)s Guardar la agrega de nuevo.") % {"frase": frase})
    return form


def _frase_de_cambio(actual: ReglaPrecio, dice: str) -> str:
    return _(
        "%(quien)s la cambió mientras tanto; ahora dice: «%(dice)s». Guardar otra vez deja lo de"
        " este formulario."
    ) % {"quien": quien_cambio(actual), "dice": dice}
