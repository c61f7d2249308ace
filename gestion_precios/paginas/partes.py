"""Answers of a list's pages: the part that changed, and what changes with it out of band."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.web.htmx import avisar
from core.web.listas import solo_la_lista
from gestion_precios.models import ListaPrecio, PrecioArticulo, ReglaPrecio

NIVELES = {
    "exito": messages.success,
    "info": messages.info,
    "aviso": messages.warning,
    "peligro": messages.error,
}


def partes(
    request: HttpRequest,
    contexto: Mapping[str, Any],
    *plantillas: str,
    status: int = 200,
    de_tabla: bool = False,
) -> HttpResponse:
    """Fragments of `templates/partials/` in one answer: the first is swapped where it was asked
    for, the others where they already are. `de_tabla`: the first is a row of a table."""
    primero, *otros = [
        render_to_string(
            f"partials/{plantilla}.html", {**contexto, "fuera_de_banda": bool(lugar)}, request
        )
        for lugar, plantilla in enumerate(plantillas)
    ]
    # Beside a row, the browser's parser drops forms.
    funda = "<template>%s</template>" if de_tabla else "%s"
    return HttpResponse("\n".join([primero, *(funda % otro for otro in otros)]), status=status)


def hecho(
    request: HttpRequest,
    lista: ListaPrecio,
    respuesta: HttpResponse,
    frase: str,
    nivel: str = "exito",
    *,
    vista: str = "lista_precio",
    ya_dicho: bool = False,
) -> HttpResponse:
    """Say what happened: a toast beside the fragments (unless they say it themselves), or a
    message on the page to go back to."""
    if solo_la_lista(request):
        return respuesta if ya_dicho else avisar(respuesta, frase, nivel)
    NIVELES[nivel](request, frase)
    return redirect(vista, lista.pk)


@transaction.atomic
def guardar(form: ModelForm) -> Any:
    """The saved row, or None when the form is not valid: of equal forms sent at once, one is."""
    # Again: it was dressed, and so judged, before the transaction.
    form.full_clean()
    return form.save() if form.is_valid() else None


def ultima_version(modelo: type[Any], lista: ListaPrecio, clave: int) -> Any:
    """The last version of a list's row, which may be gone by now; 404 if it never was in it."""
    ultima = modelo.historia.filter(id=clave, lista_precio_id=lista.pk).first()
    if ultima is None:
        raise Http404
    return ultima


def guardar_de_nuevo(fila: PrecioArticulo | ReglaPrecio) -> None:
    """Save a removed row again, as it was; ValidationError when it no longer may be."""
    # The fields first: the model's own rules look at what they point to.
    fila.clean_fields()
    fila.clean()
    fila.save(force_insert=True)


def quien_cambio(fila: Any) -> str:
    """Who made the last change of a row with history, for a sentence's subject."""
    ultima = fila.historia.select_related("history_user").first() if fila else None
    usuario = ultima.history_user if ultima else None
    return (usuario.get_full_name() or usuario.get_username()) if usuario else _("Alguien")


def frase_de_lista_ajena(lista: ListaPrecio) -> str:
    """A sentence: somebody changed the list meanwhile, who, and what it says now."""
    inicio, fin = lista.fecha_inicio_vigencia, lista.fecha_fin_vigencia
    dias = _("desde el %(desde)s, sin fin") if fin is None else _("del %(desde)s al %(hasta)s")
    return _(
        "%(quien)s la cambió mientras tanto: «%(lista)s», %(dias)s. Guardar otra vez deja lo de"
        " este formulario."
    ) % {
        "quien": quien_cambio(lista),
        "lista": lista.nombre,
        "dias": dias % {"desde": f"{inicio:%d/%m/%Y}", "hasta": f"{fin:%d/%m/%Y}" if fin else ""},
    }
