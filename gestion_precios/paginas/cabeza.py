"""What every page of one list shows above its part: the list, its state, its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.acceso.usuarios import usuario_de
from gestion_precios.listas.avisos import Aviso, CodigoAviso, avisos_de_lista
from gestion_precios.listas.linea_tiempo import EstadoLista, estado_de
from gestion_precios.models import CombinacionProducto, ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.motor.vigencia import hoy_en
from gestion_precios.personas.alcance import empresas_visibles
from gestion_precios.personas.permisos import ve_costos

AGREGAR_LISTA = "gestion_precios.add_listaprecio"
CAMBIAR_LISTA = "gestion_precios.change_listaprecio"
CAMBIAR_REGLA = "gestion_precios.change_reglaprecio"
CAMBIAR_PRECIO = "gestion_precios.change_precioarticulo"
CAMBIAR_COMBINACION = "gestion_precios.change_combinacionproducto"


@dataclass(frozen=True)
class Puede:
    """What this person may do with a list; what they may not is not drawn."""

    agregar_listas: bool
    cambiar: bool
    cambiar_reglas: bool
    cambiar_precios: bool
    cambiar_combinaciones: bool


def permisos_de(request: HttpRequest) -> Puede:
    """The controls this person gets."""
    tiene = usuario_de(request).has_perm
    return Puede(
        agregar_listas=tiene(AGREGAR_LISTA),
        cambiar=tiene(CAMBIAR_LISTA),
        cambiar_reglas=tiene(CAMBIAR_REGLA),
        cambiar_precios=tiene(CAMBIAR_PRECIO),
        cambiar_combinaciones=tiene(CAMBIAR_COMBINACION),
    )


@dataclass(frozen=True)
class Cabeza:
    """A list as its pages head it; `version`: that of its rulebook, what quotes were made with."""

    lista: ListaPrecio
    estado: EstadoLista
    version: str
    avisos: list[Aviso]

    @property
    def avisos_generales(self) -> list[Aviso]:
        """The list's warnings that are not about a rule in particular."""
        return [aviso for aviso in self.avisos if not _de_una_regla(aviso)]

    def avisos_de(self, regla_id: int) -> list[Aviso]:
        """The list's warnings to be read beside this rule."""
        return [aviso for aviso in self.avisos if _de_una_regla(aviso) and regla_id in aviso.reglas]


def listas_visibles(request: HttpRequest) -> QuerySet[ListaPrecio]:
    """The lists of the companies this person sees, with how much each holds."""
    return (
        ListaPrecio.objects.con_versiones()
        .filter(empresa__in=empresas_visibles(request.user))
        .select_related("sucursal")
        .annotate(
            n_precios=_cuantos(PrecioArticulo),
            n_reglas=_cuantos(ReglaPrecio),
            n_combinaciones=_cuantos(CombinacionProducto),
        )
    )


def lista_o_404(request: HttpRequest, lista_id: int) -> ListaPrecio:
    """A list of a company this person sees; another one does not exist."""
    return get_object_or_404(listas_visibles(request), pk=lista_id)


def cabeza_de(request: HttpRequest, lista: ListaPrecio) -> Cabeza:
    """What heads this list's pages."""
    return Cabeza(
        lista,
        estado_de(lista, hoy_en(lista.empresa)),
        reglamento_de(lista).version,
        avisos_de_lista(lista, ver_costos=ve_costos(request.user)),
    )


def contexto_de_lista(request: HttpRequest, lista: ListaPrecio, parte: str) -> dict[str, Any]:
    """What the head and every part of a list's page need."""
    return {
        "lista": lista,
        "moneda": lista.empresa.moneda,
        "cabeza": cabeza_de(request, lista),
        "puede": permisos_de(request),
        "parte": parte,
    }


def _de_una_regla(aviso: Aviso) -> bool:
    return aviso.codigo is not CodigoAviso.PUEDE_CRUZAR_COSTO and bool(aviso.reglas)


def _cuantos(modelo: type[Any]) -> Coalesce:
    de_la_lista = modelo.objects.filter(lista_precio=OuterRef("pk")).order_by()
    cuenta = de_la_lista.values("lista_precio").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(cuenta), 0)
