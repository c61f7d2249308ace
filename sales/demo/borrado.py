"""Taking all of the demo away, and nothing else; refused while something real hangs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import PROTECT, RESTRICT, Q
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
    Cambio,
    Canal,
    Cliente,
    Contador,
    ImportacionDatos,
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
    LogEntry: "user",
    ImportacionDatos: "usuario",
    Precios: "articuloobj",
    PrecioArticulo: "lista_precio",
    ReglaPrecio: "lista_precio",
    CombinacionProducto: "lista_precio",
}
CON_HISTORIA: Final = (Orders, ReglaPrecio, CombinacionProducto, PrecioArticulo, ListaPrecio)


def filas_de_la_demo() -> dict[Modelo, models.QuerySet[Any]]:
    """The demo's rows of each table, those that point at others first."""
    articulos = articulos_de_la_demo()
    return {
        Orders: Orders.objects.filter(de_la_demo()),
        LotePedidos: LotePedidos.objects.filter(de_la_demo()),
        Cliente: clientes_de_la_demo(),
        Canal: canales_de_la_demo(),
        ListaPrecio: listas_de_la_demo(),
        Articulo: articulos,
        LineaArticulo: _solo_con(LineaArticulo, articulos),
        GrupoArticulo: _solo_con(GrupoArticulo, articulos),
        Sucursal: sucursales_de_la_demo(),
        Empresa: empresas_de_la_demo(),
        User: gente_de_la_demo(),
    }


def _solo_con(modelo: Modelo, articulos: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The lines, or groups, that have articles of the demo and no other ones."""
    campo = "linea" if modelo is LineaArticulo else "grupo"
    claves = list(articulos.values_list("pk", flat=True))
    de_otros = Articulo.objects.exclude(pk__in=claves).exclude(**{campo: None})
    suyas = Articulo.objects.filter(pk__in=claves).values(campo)
    return modelo._base_manager.filter(pk__in=suyas).exclude(pk__in=de_otros.values(campo))


def lo_que_cuelga(propias: Filas) -> list[str]:
    """What is not the demo's but needs it: so many of which table, and of what."""
    frases = []
    for modelo, filas in propias.items():
        for relacion in _relaciones(modelo):
            ajenas = _ajenas(relacion, filas, propias)
            cuantas = ajenas.count() if ajenas is not None else 0
            if cuantas:
                plural = relacion.related_model._meta.verbose_name_plural
                frases.append(f"{cuantas} {plural} → {modelo._meta.verbose_name}")
    return sorted({*frases, *_importado_de_verdad(propias)})


def _relaciones(modelo: Modelo) -> list[Any]:
    """What points at the table, also what it cannot be asked for by name (`related_name="+"`)."""
    campos: list[Any] = modelo._meta.get_fields(include_hidden=True)
    return [campo for campo in campos if campo.auto_created and not campo.concrete]


def _ajenas(
    relacion: Any, filas: models.QuerySet[Any], propias: Filas
) -> models.QuerySet[Any] | None:
    """The real rows that point at these through a relation; None: nobody's loss.

    Who printed a real order, and which list a real line's price came from, may be forgotten.
    """
    modelo = relacion.related_model._meta.concrete_model
    deshacer = getattr(relacion, "on_delete", None)
    if deshacer in (models.SET_NULL, models.DO_NOTHING):
        return None
    apuntan: models.QuerySet[Any] = modelo._base_manager.filter(
        **{f"{relacion.field.name}__in": filas}
    )
    if modelo in propias:
        return apuntan.exclude(pk__in=propias[modelo].values("pk"))
    if modelo in VAN_CON:
        campo = modelo._meta.get_field(VAN_CON[modelo])
        duenio = campo.related_model._meta.concrete_model
        return apuntan.exclude(**{f"{campo.name}__in": propias[duenio].values("pk")})
    if modelo is Cambio:
        return apuntan.exclude(_cambios(propias))
    return apuntan if deshacer in (PROTECT, RESTRICT) else None


def _cambios(propias: Filas) -> Q:
    """The changes of the demo's orders, and at its branches those of orders that are gone."""
    de_ellos = Q(pedido__in=propias[Orders].values("pk"))
    return de_ellos | Q(pedido=None, sucursal__in=propias[Sucursal].values("pk"))


def _importado_de_verdad(propias: Filas) -> list[str]:
    """The demo people's imports, of each kind of which there are rows that are not the demo's."""
    hechas = ImportacionDatos.objects.filter(
        de_la_demo(), estado=ImportacionDatos.Estado.HECHA
    ).values_list("tipo", flat=True)
    articulos = Articulo.objects.exclude(pk__in=propias[Articulo].values("pk"))
    reales = {
        ImportacionDatos.Tipo.ARTICULOS: articulos,
        ImportacionDatos.Tipo.CLIENTES: Cliente.objects.exclude(
            pk__in=propias[Cliente].values("pk")
        ),
        ImportacionDatos.Tipo.PRECIOS: Precios.objects.filter(
            articuloobj__in=articulos.values("pk")
        ),
    }
    tipos = [tipo for tipo in hechas.order_by() if reales[ImportacionDatos.Tipo(tipo)].exists()]
    plural = ImportacionDatos._meta.verbose_name_plural
    return [f"{len(tipos)} {plural} → {User._meta.verbose_name}"] if tipos else []


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
    Cambio.objects.filter(_cambios(propias)).delete()
    _borrar_historia(claves)
    _borrar_anexos(claves)
    for modelo, suyas in claves.items():
        _por_claves(modelo, "pk", suyas)
    _borrar_historia(claves)
    if not Orders.objects.exists():
        Contador.objects.all().delete()
    programar_catalogo()
    olvidar_demo()
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
