"""A list's head: making one, changing it, duplicating it, moving its dates, switching it off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.acceso.usuarios import usuario_de
from core.web.listas import solo_la_lista
from gestion_precios.listas.duplicado import duplicar_lista
from gestion_precios.listas.mover_fechas import Vigencia, mover_listas
from gestion_precios.models import ListaPrecio
from gestion_precios.paginas.cabeza import (
    AGREGAR_LISTA,
    CAMBIAR_LISTA,
    contexto_de_lista,
    lista_o_404,
)
from gestion_precios.paginas.filtro_listas import empresas_de, sucursales_de
from gestion_precios.paginas.formularios import (
    FormularioDuplicado,
    FormularioLista,
    FormularioVigencia,
    huella_de,
)
from gestion_precios.paginas.partes import frase_de_lista_ajena, guardar, hecho, partes
from gestion_precios.personas.permisos import con_permiso, exigir_permiso


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(AGREGAR_LISTA)
def lista_nueva(request: HttpRequest) -> HttpResponse:
    """A new, empty list."""
    form = _formulario(request, ListaPrecio())
    if request.method == "POST" and (lista := guardar(form)):
        messages.success(request, _("Lista creada. Ahora, sus precios."))
        return redirect("precios_de_lista", lista.pk)
    return _pagina(
        request,
        form.vestir(),
        titulo=_("Lista nueva"),
        nota=_("Los precios y las reglas se cargan después. Para partir de otra, duplicarla."),
        accion=_("Crear la lista"),
        volver=reverse("precios"),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(CAMBIAR_LISTA)
def lista_datos(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The list's name, place, channel and dates."""
    lista = lista_o_404(request, lista_id)
    nombre, huella = lista.nombre, huella_de(lista)
    if request.method == "GET":
        form = _formulario(request, lista)
    else:
        form, huella = _cambiar(request, lista)
        if form.is_valid():
            messages.success(request, _("Lista guardada."))
            return redirect("lista_precio", lista_id)
    return _pagina(
        request,
        form.vestir(),
        titulo=_("Editar «%(lista)s»") % {"lista": nombre},
        nota="",
        accion=_("Guardar"),
        volver=reverse("lista_precio", args=[lista_id]),
        huella=huella,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(AGREGAR_LISTA)
def lista_duplicado(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The list again with other dates."""
    lista = lista_o_404(request, lista_id)
    form = FormularioDuplicado(_enviado(request), original=lista)
    if request.method == "POST" and form.is_valid():
        nueva = _duplicar(request, lista, form)
        if nueva:
            messages.success(request, _("Lista duplicada, con sus precios y reglas."))
            return redirect("lista_precio", nueva.pk)
    return _pagina(
        request,
        form.vestir(),
        titulo=_("Duplicar «%(lista)s»") % {"lista": lista.nombre},
        nota=_("Con sus precios, combinaciones y reglas, para otras fechas."),
        accion=_("Duplicar"),
        volver=reverse("lista_precio", args=[lista_id]),
    )


@require_POST
@con_permiso(CAMBIAR_LISTA)
def lista_estado(request: HttpRequest, lista_id: int) -> HttpResponse:
    """Switch a list on (`activa=1`) or off; on, it may not overlap another."""
    lista = lista_o_404(request, lista_id)
    activa = request.POST.get("activa") == "1"
    frase = _("La lista vuelve a estar activa.") if activa else _("Lista desactivada: no rige más.")
    nivel, status = "exito", 200
    with transaction.atomic():
        fila = ListaPrecio.objects.select_for_update().get(pk=lista.pk)
        fila.activa = activa
        try:
            fila.full_clean()
        except ValidationError as error:
            frase, nivel, status = error.messages[0], "peligro", 422
        else:
            fila.save(update_fields=["activa"])
    contexto = contexto_de_lista(request, lista_o_404(request, lista_id), _parte(request))
    respuesta = partes(request, contexto, "lista_cabeza", status=status)
    return hecho(request, lista, respuesta, frase, nivel)


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(CAMBIAR_LISTA)
def lista_mover_fechas(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The dates of the list and of its neighbours, moved in one stroke."""
    lista = lista_o_404(request, lista_id)
    vecinas = ListaPrecio.objects.filter(
        empresa=lista.empresa_id,
        sucursal=lista.sucursal_id,
        canal_venta=lista.canal_venta,
        activa=True,
    ).order_by("fecha_inicio_vigencia", "pk")
    datos = _enviado(request)
    forms = [FormularioVigencia(datos, lista=vecina) for vecina in vecinas]
    if datos is not None and _mover(forms, vecinas):
        messages.success(request, _("Fechas guardadas."))
        return redirect("lista_precio", lista_id)
    contexto = {"lista": lista, "forms": [form.vestir() for form in forms]}
    estado = 200 if datos is None else 422
    return render(request, "precios/listas/mover_fechas.html", contexto, status=estado)


@transaction.atomic
def _mover(forms: Sequence[FormularioVigencia], listas: QuerySet[ListaPrecio]) -> bool:
    """Whether the lists took the forms' dates; if not, the forms say why."""
    actuales = {actual.pk: actual for actual in listas.select_for_update()}
    for form in forms:
        actual = actuales.get(form.lista.pk)
        if actual and form.data.get(form.add_prefix("huella")) != huella_de(actual):
            form.add_error(None, frase_de_lista_ajena(actual))
            form.lista = actual
    if any(form.errors for form in forms):
        return False
    vigencias = {
        form.lista.pk: Vigencia(form.cleaned_data["inicio"], form.cleaned_data["fin"])
        for form in forms
    }
    try:
        mover_listas(listas=listas, vigencias=vigencias)
    except ValidationError as error:
        for form in forms:
            for frase in error.message_dict.get(str(form.lista.pk), ()):
                form.add_error(None, frase)
        return False
    return True


def _enviado(request: HttpRequest) -> QueryDict | None:
    """What the form brought; an empty one is still sent."""
    return request.POST if request.method == "POST" else None


@transaction.atomic
def _cambiar(request: HttpRequest, lista: ListaPrecio) -> tuple[FormularioLista, str]:
    """The form, saved if it may be, and what the list held before."""
    actual = ListaPrecio.objects.select_for_update().get(pk=lista.pk)
    huella, frase = huella_de(actual), frase_de_lista_ajena(actual)
    form = _formulario(request, actual)
    if request.POST.get("huella") != huella:
        form.add_error(None, frase)
    if form.is_valid():
        form.save()
    return form, huella


def _formulario(request: HttpRequest, lista: ListaPrecio) -> FormularioLista:
    return FormularioLista(
        _enviado(request),
        instance=lista,
        empresas=empresas_de(request),
        sucursales=sucursales_de(request),
    )


def _duplicar(
    request: HttpRequest, lista: ListaPrecio, form: FormularioDuplicado
) -> ListaPrecio | None:
    datos = form.cleaned_data
    if datos["cerrar_original"]:
        exigir_permiso(request.user, CAMBIAR_LISTA)
    try:
        return duplicar_lista(
            original=lista,
            nombre=datos["nombre"],
            inicio=datos["fecha_inicio_vigencia"],
            fin=datos["fecha_fin_vigencia"],
            usuario=usuario_de(request),
            ajuste=datos["ajuste"],
            cerrar_original=datos["cerrar_original"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _pagina(request: HttpRequest, form: Any, **contexto: Any) -> HttpResponse:
    estado = 422 if form.is_bound else 200
    return render(request, "precios/formulario.html", {"form": form} | contexto, status=estado)


def _parte(request: HttpRequest) -> str:
    """Which part of the list's page the head is drawn on."""
    parte = request.POST.get("parte", "")
    conocida = parte in {"reglas", "precios", "combinaciones", "historia"}
    return parte if conocida and solo_la_lista(request) else "reglas"
