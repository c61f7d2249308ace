"""The simulator: a cart in some place, day and channel, its prices and the reason of each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.datos.buscador import Fila
from core.datos.conjuntos import ids_en
from core.web.htmx import fragmento
from core.web.listas import solo_la_lista
from gestion_precios.articulos.busqueda import buscar_articulos, en_listas
from gestion_precios.constantes import CanalVenta
from gestion_precios.models import ListaPrecio, PrecioArticulo
from gestion_precios.moneda import formato
from gestion_precios.paginas.simulador.comparacion import comparar
from gestion_precios.paginas.simulador.ejemplo import ejemplo_de
from gestion_precios.paginas.simulador.pregunta import Pregunta, leer_pregunta
from gestion_precios.paginas.simulador.respuesta import responder
from gestion_precios.personas.permisos import VER_LISTAS, con_permiso, ve_costos
from gestion_precios.services import PrecioService

CAMPOS_CON_ERROR = ("empresa", "canal", "fecha", "otro_canal", "otra_fecha")
PARTES = (
    "simulador_carrito",
    "simulador_historia",
    "simulador_sucursal",
    "simulador_otra_sucursal",
)


class Opcion(NamedTuple):
    """An article as the picker shows it: ids as text, free of thousands dots."""

    id: str
    codigo: str
    descripcion: str
    marca: str
    barras: str
    precio: str


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def simulador(request: HttpRequest) -> HttpResponse:
    """The page; HTMX gets its parts. What the URL has wrong is said beside each field: 400, or
    422 for HTMX, which swaps no other refusal."""
    pregunta = leer_pregunta(request.user, request.GET)
    respuesta = responder(pregunta, ver_costos=ve_costos(request.user))
    contexto = {
        "pregunta": pregunta,
        "respuesta": respuesta,
        "comparacion": comparar(respuesta),
        "canales": CanalVenta.choices,
        "ejemplo": None if respuesta.filas else ejemplo_de(pregunta),
    }
    if solo_la_lista(request):
        return _partes(request, contexto, status=422 if respuesta.errores else 200)
    status = 400 if respuesta.errores else 200
    return render(request, "precios/simulador/simulador.html", contexto, status=status)


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def simulador_articulos(request: HttpRequest) -> HttpResponse:
    """Articles that match `q`, of the list in force unless `todos`, with their list price."""
    consulta = request.GET.get("q", "")
    pregunta = leer_pregunta(request.user, request.GET)
    contexto: dict[str, Any] = {"q": consulta.replace("\x00", "")}
    if pregunta.errores:
        contexto["motivo"] = _("Corregir primero lo marcado arriba.")
        return fragmento(request, "simulador_articulos", contexto, status=422)
    lista = _lista(pregunta)
    en_lista = lista is not None and "todos" not in request.GET
    hallazgo = buscar_articulos(
        consulta, entre=en_listas([lista.pk]) if lista and en_lista else None
    )
    contexto |= {
        "filas": _opciones(hallazgo.filas, lista),
        "hay_mas": hallazgo.hay_mas,
        "cercanas": hallazgo.cercanas,
        "en_lista": en_lista,
    }
    return fragmento(request, "simulador_articulos", contexto)


def _partes(request: HttpRequest, contexto: dict[str, Any], *, status: int) -> HttpResponse:
    """The cart, and out of band the story, the branches and each field's error."""
    contexto = contexto | {"parcial": True}
    errores = contexto["respuesta"].errores
    partes = [render_to_string(f"partials/{nombre}.html", contexto, request) for nombre in PARTES]
    for campo in CAMPOS_CON_ERROR:
        suyo = contexto | {"campo": campo, "motivo": errores.get(campo, "")}
        partes.append(render_to_string("partials/simulador_error.html", suyo, request))
    response = HttpResponse("\n".join(partes), status=status)
    if _solo_mira(request):
        # To look at another line is not a step to go back to.
        response["HX-Replace-Url"] = request.get_full_path()
    return response


def _solo_mira(request: HttpRequest) -> bool:
    """Whether the browser has this very question open, but for the line looked at."""
    abierta = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query, mutable=True)
    pedida = request.GET.copy()
    for consulta in (abierta, pedida):
        consulta.pop("ver", None)
    return bool(abierta == pedida)


def _lista(pregunta: Pregunta) -> ListaPrecio | None:
    if pregunta.empresa is None:
        return None
    return PrecioService.obtener_lista_vigente(
        pregunta.empresa.pk,
        pregunta.canal,
        pregunta.sucursal.pk if pregunta.sucursal else None,
        pregunta.fecha,
    )


def _opciones(filas: list[Fila], lista: ListaPrecio | None) -> list[Opcion]:
    precios = _precios(filas, lista)
    return [
        Opcion(
            id=str(fila["id"]),
            codigo=str(fila["codigo"]),
            descripcion=fila["descripcion"],
            marca=fila["prod_marca"],
            barras=fila["codigo_barras"] or "",
            precio=formato(precios[fila["id"]], lista.empresa.moneda)
            if lista and fila["id"] in precios
            else _("Fuera de la lista"),
        )
        for fila in filas
    ]


def _precios(filas: list[Fila], lista: ListaPrecio | None) -> dict[int, Decimal]:
    if lista is None or not filas:
        return {}
    precios = PrecioArticulo.objects.filter(
        lista_precio=lista, articulo_id__in=ids_en([fila["id"] for fila in filas])
    )
    return dict(precios.values_list("articulo_id", "precio_base"))
