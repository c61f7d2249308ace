"""What is probably a mistake in a price list, said and not forbidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gestion_precios.models import Articulo, CanalVenta, ListaPrecio, PrecioArticulo
from gestion_precios.motor.explicacion import enumerar
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.motor.reglas import MICROS, Regla, Reglamento, Renglon, minimo_de
from gestion_precios.motor.vigencia import hoy_en, listas_entre, nivel_de

NOMBRADOS = 3


class CodigoAviso(StrEnum):
    """The kinds of warning."""

    EMPATE_NO_CONMUTA = "EMPATE_NO_CONMUTA"
    REGLA_CASI_REPETIDA = "REGLA_CASI_REPETIDA"
    REGLA_SIN_ALCANCE = "REGLA_SIN_ALCANCE"
    HUECO_DE_CANTIDAD = "HUECO_DE_CANTIDAD"
    ARTICULO_SIN_PRECIO_EN_LISTA = "ARTICULO_SIN_PRECIO_EN_LISTA"
    PUEDE_CRUZAR_COSTO = "PUEDE_CRUZAR_COSTO"


@dataclass(frozen=True, slots=True)
class Aviso:
    """A warning in words, with the rules and the articles (ids) it is about."""

    codigo: CodigoAviso
    texto: str
    reglas: tuple[int, ...] = ()
    articulos: tuple[int, ...] = ()


def avisos_de_lista(lista: ListaPrecio, *, ver_costos: bool = True) -> list[Aviso]:
    """Every warning of a list, those of its rules first; a fixed number of queries."""
    reglamento = reglamento_de(lista)
    activas = [regla for regla in reglamento.reglas if regla.activa]
    avisos = [
        *_empates(activas, reglamento),
        *_casi_repetidas(reglamento.reglas),
        *_para_ninguno(activas, reglamento),
        *_huecos(reglamento.reglas),
        *_nombrados_sin_precio(activas, reglamento),
        *_faltan_aca(lista, reglamento),
    ]
    if ver_costos:
        avisos += _cruzan_costo(reglamento)
    return avisos


def _empates(activas: list[Regla], reglamento: Reglamento) -> Iterator[Aviso]:
    """Rules of one priority, a percentage and an amount, over a common article: order decides."""
    por_prioridad = defaultdict(list)
    for regla in activas:
        por_prioridad[regla.prioridad].append(regla)
    for empatadas in por_prioridad.values():
        for una, otra in combinations(empatadas, 2):
            if una.es_porcentaje == otra.es_porcentaje:
                continue
            if any(
                una.alcanza(renglon) and otra.alcanza(renglon) for renglon in _de(una, reglamento)
            ):
                yield Aviso(
                    CodigoAviso.EMPATE_NO_CONMUTA,
                    _(
                        "«{una}» y «{otra}», un porcentaje y un monto, tienen la misma prioridad y"
                        " artículos en común: el precio depende de cuál se creó antes."
                        " Darles prioridades distintas."
                    ).format(una=una.nombre, otra=otra.nombre),
                    reglas=(una.id, otra.id),
                )


def _de(regla: Regla, reglamento: Reglamento) -> Collection[Renglon]:
    """The articles among which a rule's are."""
    if regla.articulo_id is None:
        return reglamento.renglones.values()
    renglon = reglamento.renglones.get(regla.articulo_id)
    return [renglon] if renglon else []


def _casi_repetidas(reglas: Iterable[Regla]) -> Iterator[Aviso]:
    iguales = _agrupar(reglas, lambda regla: replace(regla, id=0, nombre=""))
    for grupo in iguales:
        yield Aviso(
            CodigoAviso.REGLA_CASI_REPETIDA,
            _("{reglas} son iguales salvo el nombre: se aplican todas. Dejar una sola.").format(
                reglas=enumerar([f"«{regla.nombre}»" for regla in grupo])
            ),
            reglas=tuple(regla.id for regla in grupo),
        )


def _para_ninguno(activas: list[Regla], reglamento: Reglamento) -> Iterator[Aviso]:
    for regla in activas:
        if not any(regla.alcanza(renglon) for renglon in _de(regla, reglamento)):
            yield Aviso(
                CodigoAviso.REGLA_SIN_ALCANCE,
                _(
                    "«{regla}» no alcanza a ningún artículo de la lista: revisar a qué se aplica."
                ).format(regla=regla.nombre),
                reglas=(regla.id,),
            )


def _huecos(reglas: Iterable[Regla]) -> Iterator[Aviso]:
    """Steps by quantity over the same articles that leave quantities out."""
    por_cantidad = (r for r in reglas if not r.por_monto and r.combo is None)
    for escalera in _agrupar(por_cantidad, lambda r: (r.articulo_id, r.grupo_id, r.linea_id)):
        escalones = sorted(escalera, key=lambda regla: regla.umbral)
        activos = [regla for regla in escalones if regla.activa]
        if len(activos) > 1 and (desde := _unidades(activos[0].umbral)) > 1:
            yield _hueco(1, desde - 1, activos[0])
        for anterior, apagado, siguiente in zip(
            escalones, escalones[1:], escalones[2:], strict=False
        ):
            if anterior.activa and siguiente.activa and not apagado.activa:
                desde, hasta = _unidades(apagado.umbral), _unidades(siguiente.umbral) - 1
                yield _hueco(desde, hasta, apagado)


def _unidades(umbral: int) -> int:
    return -(-umbral // MICROS)


def _hueco(desde: int, hasta: int, regla: Regla) -> Aviso:
    return Aviso(
        CodigoAviso.HUECO_DE_CANTIDAD,
        _("De {desde} a {hasta} unidades queda un hueco en los escalones de «{regla}».").format(
            desde=desde, hasta=hasta, regla=regla.nombre
        ),
        reglas=(regla.id,),
    )


def _nombrados_sin_precio(activas: list[Regla], reglamento: Reglamento) -> Iterator[Aviso]:
    """Articles that a rule or a combination names and the list does not price."""
    for regla in activas:
        propio = () if regla.articulo_id is None else (regla.articulo_id,)
        nombrados = (regla.combo or frozenset()).union(propio)
        faltan = sorted(articulo for articulo in nombrados if articulo not in reglamento.renglones)
        if faltan:
            yield Aviso(
                CodigoAviso.ARTICULO_SIN_PRECIO_EN_LISTA,
                _("«{regla}» nombra artículos sin precio en la lista: {articulos}.").format(
                    regla=regla.nombre, articulos=_nombres(faltan)
                ),
                reglas=(regla.id,),
                articulos=tuple(faltan),
            )


def _faltan_aca(lista: ListaPrecio, reglamento: Reglamento) -> Iterator[Aviso]:
    """What less specific lists sell and this one hides: the article is looked up in one list."""
    otros = PrecioArticulo.objects.filter(
        lista_precio__in=_menos_especificas(lista), articulo__activo=True
    ).values_list("articulo_id", flat=True)
    faltan = sorted({*otros} - reglamento.renglones.keys())
    if faltan:
        yield Aviso(
            CodigoAviso.ARTICULO_SIN_PRECIO_EN_LISTA,
            ngettext(
                "{n} artículo tiene precio en una lista menos específica y no en esta,"
                " que es la que rige: {articulos}.",
                "{n} artículos tienen precio en una lista menos específica y no en esta,"
                " que es la que rige: {articulos}.",
                len(faltan),
            ).format(n=len(faltan), articulos=_nombres(faltan)),
            articulos=tuple(faltan),
        )


def _menos_especificas(lista: ListaPrecio) -> list[int]:
    """The lists that this one hides, on its first day that is not past."""
    dia = max(hoy_en(lista.empresa), lista.fecha_inicio_vigencia)
    hermanas = listas_entre(
        empresa_id=lista.empresa_id, sucursal_id=lista.sucursal_id, desde=dia, hasta=dia
    )
    return [
        otra.pk
        for otra in hermanas
        if otra.canal_venta in (lista.canal_venta, CanalVenta.TODOS)
        and nivel_de(otra) > nivel_de(lista)
    ]


def _cruzan_costo(reglamento: Reglamento) -> Iterator[Aviso]:
    """Articles that every discount together brings under their cost."""
    cruzan = [
        renglon.articulo_id
        for renglon in reglamento.renglones.values()
        if renglon.costo and minimo_de(reglamento, renglon) < renglon.costo
    ]
    if cruzan:
        yield Aviso(
            CodigoAviso.PUEDE_CRUZAR_COSTO,
            ngettext(
                "Con todos sus descuentos juntos, {n} artículo baja de su costo: {articulos}.",
                "Con todos sus descuentos juntos, {n} artículos bajan de su costo: {articulos}.",
                len(cruzan),
            ).format(n=len(cruzan), articulos=_nombres(cruzan)),
            reglas=tuple(sorted(_que_descuentan(reglamento, cruzan))),
            articulos=tuple(cruzan),
        )


def _que_descuentan(reglamento: Reglamento, articulos: list[int]) -> set[int]:
    return {
        regla.id
        for articulo in articulos
        for regla in reglamento.candidatas(reglamento.renglones[articulo])
        if regla.valor > 0
    }


def _agrupar(reglas: Iterable[Regla], clave: Callable[[Regla], object]) -> list[list[Regla]]:
    """The groups of more than one rule with the same key, in the order of their first."""
    grupos = defaultdict(list)
    for regla in reglas:
        grupos[clave(regla)].append(regla)
    return [grupo for grupo in grupos.values() if len(grupo) > 1]


def _nombres(articulos: list[int]) -> str:
    """The first ones by name, the rest counted."""
    primeros = Articulo.objects.in_bulk(articulos[:NOMBRADOS])
    dichos = [primeros[articulo].descripcion for articulo in articulos[:NOMBRADOS]]
    resto = len(articulos) - len(dichos)
    if resto:
        dichos.append(ngettext("{n} más", "{n} más", resto).format(n=resto))
    return enumerar(dichos)
