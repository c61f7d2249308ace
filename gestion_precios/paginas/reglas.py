"""A list's rules in firing order."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gestion_precios.frases_regla import frase_de_regla
from gestion_precios.models import ListaPrecio, ReglaPrecio
from gestion_precios.paginas.cabeza import lista_o_404, pagina_de_lista
from gestion_precios.permisos import VER_LISTAS, con_permiso


@dataclass(frozen=True)
class ReglaVista:
    """A rule as the page shows it."""

    regla: ReglaPrecio
    frase: str


@never_cache
@require_GET
@con_permiso(VER_LISTAS)
def lista_precio(request: HttpRequest, lista_id: int) -> HttpResponse:
    """The list and its rules."""
    lista = lista_o_404(request, lista_id)
    return pagina_de_lista(request, lista, "reglas", {"reglas": reglas_de(lista)})


def reglas_de(lista: ListaPrecio) -> list[ReglaVista]:
    """The rules in the order in which they fire."""
    reglas = lista.reglas.select_related(
        "aplica_articulo", "aplica_grupo", "aplica_linea", "aplica_combinacion"
    )
    return [ReglaVista(regla, frase_de_regla(regla, lista.empresa.moneda)) for regla in reglas]
