"""A list's rules in firing order, and what is done to one in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.errores import ErrorDominio
from core.texto.numeros import numero_de_fila
from gestion_precios.listas.avisos import Aviso
from gestion_precios.listas.orden_reglas import mover_regla
from gestion_precios.models import ListaPrecio, ReglaPrecio
from gestion_precios.models.consultas import esperar_turno
from gestion_precios.motor.frases_regla import frase_de_regla
from gestion_precios.paginas.cabeza import CAMBIAR_REGLA, contexto_de_lista, lista_o_404
from gestion_precios.paginas.partes import guardar_de_nuevo, hecho, partes, ultima_version
from gestion_precios.personas.permisos import VER_LISTAS, con_permiso

CON_NOMBRES = ("aplica_articulo", "aplica_grupo", "aplica_linea", "aplica_combinacion")


@dataclass(frozen=True)
class ReglaVista:
    """A rule as the page shows it, with its neighbours in firing order."""

    regla: ReglaPrecio
    frase: str
    avisos: Sequence[Aviso]
    anterior: ReglaPrecio | None
    siguiente: ReglaPrecio | None


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def lista_precio(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The list and its rules."""
    contexto = contexto_de_reglas(request, lista_o_404(request, lista_id))
    return render(request, "precios/reglas/reglas.html", contexto)


@require_POST
@con_permiso(CAMBIAR_REGLA)
def regla_orden(request: HttpRequest, lista_id: int, regla_id: int) -> HttpResponse:
    """Put a rule before (`antes_de`) or after (`despues_de`) the one it was beside on the page."""
    lista = lista_o_404(request, lista_id)
    despues = "despues_de" in request.POST
    vecina = numero_de_fila(request.POST.get("despues_de" if despues else "antes_de", ""))
    if vecina is None:
        raise Http404
    try:
        mover_regla(lista_id=lista.pk, regla_id=regla_id, junto_a=vecina, despues=despues)
    except ErrorDominio as error:
        return _redibujar(request, lista, str(error.detail), "aviso", status=422)
    return _redibujar(request, lista, _("Orden cambiado."))


@require_POST
@con_permiso(CAMBIAR_REGLA)
def regla_estado(request: HttpRequest, lista_id: int, regla_id: int) -> HttpResponse:
    """Switch a rule on (`activa=1`) or off."""
    lista = lista_o_404(request, lista_id)
    activa = request.POST.get("activa") == "1"
    with transaction.atomic():
        regla = lista.reglas.select_for_update().filter(pk=regla_id).first()
        if regla is not None and regla.activa is not activa:
            regla.activa = activa
            regla.save(update_fields=["activa"])
    if regla is None:
        return _redibujar(request, lista, frase_de_ausente(lista, regla_id), "aviso", status=422)
    frase = _("«%(regla)s» vuelve a aplicarse.") if activa else _("«%(regla)s» ya no se aplica.")
    return _redibujar(request, lista, frase % {"regla": regla.nombre_regla})


@require_POST
@con_permiso("gestion_precios.delete_reglaprecio")
def regla_baja(request: HttpRequest, lista_id: int, regla_id: int) -> HttpResponse:
    """Remove a rule; the answer offers to undo it."""
    lista = lista_o_404(request, lista_id)
    regla = lista.reglas.filter(pk=regla_id).first()
    if regla is None:
        return _redibujar(request, lista, frase_de_ausente(lista, regla_id), "aviso", status=422)
    regla.delete()
    quitada = {"id": regla_id, "nombre": regla.nombre_regla}
    return _redibujar(request, lista, _("Regla quitada."), quitada=quitada)


@require_POST
@con_permiso("gestion_precios.add_reglaprecio")
def regla_restauracion(request: HttpRequest, lista_id: int, regla_id: int) -> HttpResponse:
    """Put a removed rule back as it was and where it was."""
    lista = lista_o_404(request, lista_id)
    ultima = ultima_version(ReglaPrecio, lista, regla_id)
    try:
        devuelta = _devolver(ultima.instance)
    except ValidationError as error:
        frase = _("No se puede devolver la regla: %(motivo)s") % {"motivo": error.messages[0]}
        return _redibujar(request, lista, frase, "peligro", status=422)
    if not devuelta:
        return _redibujar(request, lista, _("La regla ya está."), "info")
    return _redibujar(request, lista, _("Regla devuelta a su lugar."), enfocar=regla_id)


@transaction.atomic
def _devolver(regla: ReglaPrecio) -> bool:
    """Save a removed rule again; False when it is there already."""
    esperar_turno(ListaPrecio.objects, regla.lista_precio_id)
    if ReglaPrecio.objects.filter(pk=regla.pk).exists():
        return False
    guardar_de_nuevo(regla)
    return True


def contexto_de_reglas(request: HttpRequest, lista: ListaPrecio, **extra: Any) -> dict[str, Any]:
    """The head, and the rules as they fire."""
    contexto = contexto_de_lista(request, lista, "reglas")
    reglas = list(lista.reglas.select_related(*CON_NOMBRES))
    contexto["reglas"] = [
        ReglaVista(
            regla,
            frase_de_regla(regla, lista.empresa.moneda),
            contexto["cabeza"].avisos_de(regla.pk),
            reglas[lugar - 1] if lugar else None,
            reglas[lugar + 1] if lugar + 1 < len(reglas) else None,
        )
        for lugar, regla in enumerate(reglas)
    ]
    return contexto | extra


def frase_de_ausente(lista: ListaPrecio, regla_id: int) -> str:
    """What to say of a rule that is no longer there; 404 when it never was in this list."""
    ultima = ultima_version(ReglaPrecio, lista, regla_id)
    return _("«%(regla)s» ya no está: alguien la quitó mientras tanto.") % {
        "regla": ultima.nombre_regla
    }


def _redibujar(
    request: HttpRequest,
    lista: ListaPrecio,
    frase: str,
    nivel: str = "exito",
    *,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """The rules and the head as they are now, and what happened."""
    contexto = contexto_de_reglas(request, lista_o_404(request, lista.pk), **extra)
    respuesta = partes(request, contexto, "reglas_lista", "lista_cabeza", status=status)
    return hecho(request, lista, respuesta, frase, nivel, ya_dicho="quitada" in extra)
