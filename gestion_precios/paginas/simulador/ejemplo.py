"""A worked example for the simulator: a cart out of a company's own list and rules."""

from __future__ import annotations

from datetime import date
from math import ceil

from django.db.models import Count, Q

from gestion_precios.models import (
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.paginas.simulador.pregunta import CANTIDAD_MAXIMA, Pedida, Pregunta

ARTICULOS = 3


def ejemplo_de(pregunta: Pregunta) -> Pregunta | None:
    """A question whose answer shows something: the list in force with most rules, and what they
    are about; None when the company has no list that day."""
    empresa, fecha = pregunta.empresa, pregunta.fecha
    if empresa is None or fecha is None:
        return None
    lista = _lista_con_reglas(empresa, pregunta.sucursales, fecha)
    if lista is None:
        return None
    cantidades = _cantidades(lista)
    if not cantidades:
        return None
    lineas = tuple(Pedida(pk, str(cuantas), cuantas) for pk, cuantas in cantidades.items())
    return Pregunta(
        empresas=pregunta.empresas,
        empresa=empresa,
        sucursales=pregunta.sucursales,
        sucursal=lista.sucursal,
        canal=lista.canal_venta,
        fecha=fecha,
        lineas=lineas,
        ver=lineas[0].articulo_id,
    )


def _lista_con_reglas(
    empresa: Empresa, sucursales: list[Sucursal], fecha: date
) -> ListaPrecio | None:
    return (
        ListaPrecio.objects.filter(
            Q(sucursal=None) | Q(sucursal__in=sucursales),
            Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=fecha),
            empresa=empresa,
            activa=True,
            fecha_inicio_vigencia__lte=fecha,
        )
        .select_related("sucursal")
        .annotate(cuantas_reglas=Count("reglas", filter=Q(reglas__activa=True)))
        .order_by("-cuantas_reglas", "pk")
        .first()
    )


def _cantidades(lista: ListaPrecio) -> dict[int, int]:
    """Up to three articles of the list, each in the units that fire its rule: members of a
    combination first, then what a rule names, then any."""
    cantidades: dict[int, int] = {}
    reglas = ReglaPrecio.objects.filter(lista_precio=lista, activa=True).order_by("prioridad", "id")
    propias: dict[int, int] = {}
    for regla in reglas.exclude(aplica_articulo=None):
        propias.setdefault(regla.aplica_articulo_id or 0, _unidades(regla))
    combo = CombinacionProducto.objects.filter(reglas__in=reglas).order_by("pk").first()
    miembros = combo.articulos.order_by("pk").values_list("pk", flat=True) if combo else ()
    precios = PrecioArticulo.objects.filter(lista_precio=lista, articulo__activo=True)
    orden = [*miembros, *propias]
    con_precio = set(precios.filter(articulo__in=orden).values_list("articulo_id", flat=True))
    for pk in orden:
        if pk in con_precio:
            cantidades[pk] = propias.get(pk, 1)
    if not cantidades:
        primeros = precios.order_by("articulo__codigo").values_list("articulo_id", flat=True)
        cantidades = dict.fromkeys(primeros[:ARTICULOS], 1)
    return dict(list(cantidades.items())[:ARTICULOS])


def _unidades(regla: ReglaPrecio) -> int:
    """How many units fire the rule; one when it is about something else."""
    if regla.condicion != ReglaPrecio.Condicion.CANTIDAD_MINIMA:
        return 1
    return min(max(ceil(regla.condicion_valor), 1), CANTIDAD_MAXIMA)
