"""Taking all of the demo away, and nothing else; refused while something real hangs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _
from django_celery_results.models import TaskResult

from core.errores import ErrorDominio
from core.web.demostracion import olvidar_demo
from gestion_precios.demo.propias import (
    articulos_de_la_demo,
    empresas_de_la_demo,
    listas_de_la_demo,
    sucursales_de_la_demo,
)
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from sales.catalogo.programacion import programar_catalogo
from sales.demo.carga import canales_de_la_demo, clientes_de_la_demo
from sales.demo.gente import de_la_demo, gente_de_la_demo
from sales.models import (
    Canal,
    Cliente,
    Contador,
    LotePedidos,
    Orders,
    OrdersDetail,
    Perfil,
    Precios,
    ResultadoPedido,
)
from sales.signals import demo_por_borrar

Modelo = type[models.Model]
Filas = Mapping[Modelo, models.QuerySet[Any]]
# What goes with somebody: it is the demo's if that one is.
VAN_CON: Final[Mapping[Modelo, str]] = {
    OrdersDetail: "orderobj",
    ResultadoPedido: "loteobj",
    Perfil: "usuario",
    Precios: "articuloobj",
    PrecioArticulo: "lista_precio",
    ReglaPrecio: "lista_precio",
    CombinacionProducto: "lista_precio",
}
CON_HISTORIA: Final = (Orders, ReglaPrecio, CombinacionProducto, PrecioArticulo, ListaPrecio)


def filas_de_la_demo() -> dict[Modelo, models.QuerySet[Any]]:
    """The demo's rows of each table, those that point at others first."""
    return {
        Orders: Orders.objects.filter(de_la_demo()),
        LotePedidos: LotePedidos.objects.filter(de_la_demo()),
        Cliente: clientes_de_la_demo(),
        Canal: canales_de_la_demo(),
        ListaPrecio: listas_de_la_demo(),
        Articulo: articulos_de_la_demo(),
        Sucursal: sucursales_de_la_demo(),
        Empresa: empresas_de_la_demo(),
        User: gente_de_la_demo(),
    }


def lo_que_cuelga(propias: Filas) -> list[str]:
    """What is not the demo's but needs it: so many of which table, and of what."""
    frases = []
    for modelo, filas in propias.items():
        for relacion in modelo._meta.related_objects:
            ajenas = _ajenas(relacion, filas, propias)
            cuantas = ajenas.count() if ajenas is not None else 0
            if cuantas:
                plural = relacion.related_model._meta.verbose_name_plural
                frases.append(f"{cuantas} {plural} → {modelo._meta.verbose_name}")
    return sorted(set(frases))


def _ajenas(
    relacion: Any, filas: models.QuerySet[Any], propias: Filas
) -> models.QuerySet[Any] | None:
    """The real rows that point at these through a relation; None: nobody's loss."""
    modelo = relacion.related_model._meta.concrete_model
    apuntan: models.QuerySet[Any] = modelo._base_manager.filter(
        **{f"{relacion.field.name}__in": filas}
    )
    if modelo in propias:
        return apuntan.exclude(pk__in=propias[modelo].values("pk"))
    if modelo in VAN_CON:
        campo = modelo._meta.get_field(VAN_CON[modelo])
        duenio = campo.related_model._meta.concrete_model
        return apuntan.exclude(**{f"{campo.name}__in": propias[duenio].values("pk")})
    return None


@transaction.atomic
def borrar_demo() -> dict[str, int]:
    """Delete it and say how many rows of which table; ErrorDominio `demo_en_uso` lists what hangs.

    Without any demo, nothing is deleted.
    """
    propias = filas_de_la_demo()
    cuelga = lo_que_cuelga(propias)
    if cuelga:
        raise ErrorDominio(
            _("Hay datos reales que dependen de la demostración: {que}.").format(
                que="; ".join(cuelga)
            ),
            codigo="demo_en_uso",
            estado=409,
        )
    claves = {modelo: list(filas.values_list("pk", flat=True)) for modelo, filas in propias.items()}
    demo_por_borrar.send(None, pedidos=Orders.objects.filter(pk__in=claves[Orders]))
    _borrar_historia(claves)
    _borrar_anexos(claves)
    for modelo, suyas in claves.items():
        _por_claves(modelo, "pk", suyas)
    _borrar_historia(claves)
    _borrar_lo_vacio()
    programar_catalogo()
    transaction.on_commit(olvidar_demo)
    return {str(m._meta.verbose_name_plural): len(suyas) for m, suyas in claves.items() if suyas}


def _borrar_anexos(claves: Mapping[Modelo, list[Any]]) -> None:
    TaskResult.objects.filter(task_id__in=[str(pk) for pk in claves[LotePedidos]]).delete()
    for modelo, campo in VAN_CON.items():
        relacion: Any = modelo._meta.get_field(campo)
        _por_claves(modelo, f"{campo}_id", claves[relacion.related_model._meta.concrete_model])


def _borrar_historia(claves: Mapping[Modelo, list[Any]]) -> None:
    """What the demo's rows were, and that they were deleted."""
    # Each combination's articles first: they point at its history.
    _por_claves(
        CombinacionProducto.historia.model.articulos.model,
        "history__lista_precio_id",
        claves[ListaPrecio],
    )
    for modelo in CON_HISTORIA:
        historia: Any = modelo.historia.model
        if modelo in claves:
            _por_claves(historia, "id", claves[modelo])
        else:
            _por_claves(historia, "lista_precio_id", claves[ListaPrecio])


def _por_claves(modelo: Modelo, campo: str, claves: list[Any], tanda: int = 500) -> None:
    for desde in range(0, len(claves), tanda):
        condicion = {f"{campo}__in": claves[desde : desde + tanda]}
        modelo._base_manager.filter(**condicion).delete()


def _borrar_lo_vacio() -> None:
    """Lines and groups that no article is in any more, and the numbering that begins again."""
    LineaArticulo.objects.filter(articulos=None).delete()
    GrupoArticulo.objects.filter(articulos=None).delete()
    if not Orders.objects.exists():
        Contador.objects.all().delete()
