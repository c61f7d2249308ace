"""A list's prices: searched, changed in place, added, removed and put back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlsplit

import django_filters
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.rest.filtros import FiltroPalabras
from core.web.htmx import Peticion, fragmento
from core.web.listas import filtrar, solo_la_lista
from gestion_precios.articulos.busqueda import buscar_articulos
from gestion_precios.models import Articulo, ListaPrecio, PrecioArticulo
from gestion_precios.models.consultas import esperar_turno
from gestion_precios.moneda import formato
from gestion_precios.paginas.cabeza import (
    CAMBIAR_PRECIO,
    contexto_de_lista,
    lista_o_404,
    permisos_de,
)
from gestion_precios.paginas.formularios import YA_ESTA, FormularioPrecio
from gestion_precios.paginas.partes import (
    guardar_de_nuevo,
    hecho,
    partes,
    quien_cambio,
    ultima_version,
)
from gestion_precios.personas.permisos import VER_LISTAS, con_permiso, exigir_permiso

AGREGAR_PRECIO = "gestion_precios.add_precioarticulo"
VISTA = "precios_de_lista"


class FiltroPrecios(django_filters.FilterSet):
    """Prices by their article: its name, brand, code, SKU or barcode."""

    q = FiltroPalabras("articulo__busqueda", normalizado=True)

    class Meta:
        model = PrecioArticulo
        fields: tuple[str, ...] = ()


@never_cache
@require_http_methods(["GET", "POST"])
@con_permiso(VER_LISTAS)
def precios_de_lista(request: HttpRequest, lista_id: int) -> HttpResponse:
    """A page of the list's prices; POST adds an article."""
    lista = lista_o_404(request, lista_id)
    if request.method == "POST":
        return _agregar(request, lista)
    if solo_la_lista(request):
        return fragmento(request, "precios_lista", _tabla(request, lista))
    return render(request, "precios/precios.html", _pagina(request, lista))


@require_POST
@con_permiso(CAMBIAR_PRECIO)
def precio(request: HttpRequest, lista_id: int, precio_id: int) -> HttpResponse:
    """A new price for an article; refused when somebody changed it meanwhile."""
    lista = lista_o_404(request, lista_id)
    with transaction.atomic():
        actual = _filas(lista).select_for_update(of=("self",)).filter(pk=precio_id).first()
        if actual is None:
            return _sin_la_fila(request, lista, precio_id)
        antes = actual.precio_base
        form = FormularioPrecio(request.POST, lista=lista, instance=actual, prefix=_prefijo(actual))
        if request.POST.get("antes") != _visto(antes):
            frase = _("%(quien)s lo cambió a %(precio)s. Guardar otra vez deja el suyo.")
            precio_ajeno = formato(antes, lista.empresa.moneda)
            form.add_error(
                "precio_base", frase % {"quien": quien_cambio(actual), "precio": precio_ajeno}
            )
        if form.is_valid() and form.cleaned_data["precio_base"] != antes:
            form.save()
    if not form.is_valid():
        return _fila(request, lista, actual, form=form, antes=antes, status=422)
    return _fila(request, lista, actual, guardado=True)


@require_POST
@con_permiso("gestion_precios.delete_precioarticulo")
def precio_baja(request: HttpRequest, lista_id: int, precio_id: int) -> HttpResponse:
    """Take an article out of the list; the answer offers to undo it."""
    lista = lista_o_404(request, lista_id)
    fila = _filas(lista).filter(pk=precio_id).first()
    if fila is None:
        return _sin_la_fila(request, lista, precio_id)
    fila.delete()
    quitado = {"id": precio_id, "nombre": fila.articulo.descripcion}
    respuesta = _con_cabeza(request, lista, {"quitado": quitado})
    frase = _("Artículo quitado de la lista.")
    return hecho(request, lista, respuesta, frase, vista=VISTA, ya_dicho=True)


@require_POST
@con_permiso(AGREGAR_PRECIO)
def precio_restauracion(request: HttpRequest, lista_id: int, precio_id: int) -> HttpResponse:
    """Put a removed article back with its price."""
    lista = lista_o_404(request, lista_id)
    ultima = ultima_version(PrecioArticulo, lista, precio_id)
    try:
        fila = _devolver(lista, ultima.instance)
    except ValidationError as error:
        return _sin_la_fila(request, lista, precio_id, error.messages[0])
    return _fila(request, lista, fila, enfocar=True)


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def articulos_de_lista(request: HttpRequest, lista_id: int) -> HttpResponse:
    """Articles that match `q`, for the pickers of the list's forms, with their price in it."""
    lista = lista_o_404(request, lista_id)
    consulta = request.GET.get("q", "")
    hallazgo = buscar_articulos(consulta)
    suyos = dict(
        lista.precios.filter(articulo__in=[fila["id"] for fila in hallazgo.filas])
        .order_by()
        .values_list("articulo_id", "precio_base")
    )
    filas = [fila | {"precio": suyos.get(fila["id"])} for fila in hallazgo.filas]
    contexto = {
        "q": consulta,
        "filas": filas,
        "hay_mas": hallazgo.hay_mas,
        "cercanas": hallazgo.cercanas,
        "moneda": lista.empresa.moneda,
    }
    return fragmento(request, "articulos_de_lista", contexto)


@transaction.atomic
def _devolver(lista: ListaPrecio, precio: PrecioArticulo) -> PrecioArticulo:
    """The article's price in the list: what it has by now, else this one, saved again."""
    esperar_turno(ListaPrecio.objects, lista.pk)
    fila = _filas(lista).filter(articulo_id=precio.articulo_id).first()
    if fila is not None:
        return fila
    guardar_de_nuevo(precio)
    return _filas(lista).get(pk=precio.pk)


def _agregar(request: HttpRequest, lista: ListaPrecio) -> HttpResponse:
    exigir_permiso(request.user, AGREGAR_PRECIO)
    form = FormularioPrecio(request.POST, lista=lista)
    nuevo = _guardar_nuevo(form) if form.is_valid() else None
    if nuevo is None:
        extra = {"form": form.vestir(), "lista": lista, "puede": permisos_de(request)}
        if solo_la_lista(request):
            return partes(request, extra, "precio_alta", status=422)
        return render(request, "precios/precios.html", _pagina(request, lista) | extra, status=422)
    # The table as it is looked at: its search and its page.
    request.GET = QueryDict(urlsplit(cast(Peticion, request).htmx.current_url or "").query)
    contexto = _pagina(request, lista_o_404(request, lista.pk)) | {"otro": True}
    respuesta = partes(request, contexto, "precio_alta", "precios_lista", "lista_cabeza")
    frase = _("%(articulo)s agregado.") % {"articulo": nuevo.articulo.descripcion}
    return hecho(request, lista, respuesta, frase, vista=VISTA)


def _guardar_nuevo(form: FormularioPrecio) -> PrecioArticulo | None:
    """The new price; None, with the form saying it, when somebody added the article just now."""
    try:
        with transaction.atomic():
            nuevo: PrecioArticulo = form.save()
    except IntegrityError:
        form.add_error("articulo", YA_ESTA)
        return None
    return nuevo


def _pagina(request: HttpRequest, lista: ListaPrecio) -> dict[str, Any]:
    comun = contexto_de_lista(request, lista, "precios")
    return comun | _tabla(request, lista) | {"form": FormularioPrecio(lista=lista)}


def _tabla(request: HttpRequest, lista: ListaPrecio) -> dict[str, Any]:
    """A page of prices, each with its one-field form."""
    hallados = filtrar(request, FiltroPrecios, _filas(lista))
    return {
        "lista": lista,
        "moneda": lista.empresa.moneda,
        "puede": permisos_de(request),
        "precios": hallados,
        "filas": [_con_form(lista, fila) for fila in hallados.pagina],
    }


def _fila(
    request: HttpRequest,
    lista: ListaPrecio,
    fila: PrecioArticulo,
    *,
    form: FormularioPrecio | None = None,
    antes: Decimal | None = None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """Draw one price's row again; without HTMX, the page it is in."""
    vista = _con_form(lista, fila, form)
    if antes is not None:
        vista["antes"] = _visto(antes)
    if not solo_la_lista(request):
        frase = _("Precio guardado.") if form is None else str(form.errors["precio_base"][0])
        nivel = "exito" if form is None else "peligro"
        return hecho(request, lista, HttpResponse(), frase, nivel, vista=VISTA)
    return _con_cabeza(request, lista, {"fila": vista, **extra}, status=status)


def _con_cabeza(
    request: HttpRequest, lista: ListaPrecio, contexto: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A row, and the head as it is now: how many there are, the version, the warnings."""
    comun = contexto_de_lista(request, lista_o_404(request, lista.pk), "precios")
    return partes(
        request, comun | contexto, "precio_fila", "lista_cabeza", status=status, de_tabla=True
    )


def _con_form(
    lista: ListaPrecio, fila: PrecioArticulo, form: FormularioPrecio | None = None
) -> dict[str, Any]:
    propio = form or FormularioPrecio(lista=lista, instance=fila, prefix=_prefijo(fila))
    return {"precio": fila, "form": propio.vestir(), "antes": _visto(fila.precio_base)}


def _visto(precio: Decimal) -> str:
    """A price as the row's form sends it back: the same from the database and just written."""
    return f"{precio.normalize():f}"


def _prefijo(fila: PrecioArticulo) -> str:
    return f"p{fila.pk}"


def _filas(lista: ListaPrecio) -> QuerySet[PrecioArticulo]:
    return lista.precios.select_related("articulo").order_by("articulo__codigo")


def _sin_la_fila(
    request: HttpRequest, lista: ListaPrecio, precio_id: int, frase: str = ""
) -> HttpResponse:
    """Somebody took it out meanwhile (or it cannot come back, and why): say so where it was."""
    ultima = ultima_version(PrecioArticulo, lista, precio_id)
    articulo = Articulo.objects.filter(pk=ultima.articulo_id).first()
    quitado = {
        "id": precio_id,
        "nombre": articulo.descripcion if articulo else _("un artículo que ya no está"),
    }
    frase = frase or _("Alguien lo quitó de la lista mientras tanto.")
    respuesta = _con_cabeza(request, lista, {"quitado": quitado}, status=422)
    return hecho(request, lista, respuesta, frase, "aviso", vista=VISTA)
