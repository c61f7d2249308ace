"""What the order desk adds to the demo, and what it refuses to lose when it is reloaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import QuerySet
from django_celery_results.models import TaskResult

from gestion_precios.demo.carga import vaciar
from gestion_precios.demo.distribuidora import (
    POR_TANDA,
    CatalogoDemo,
    Fuente,
    Ofrecido,
    ajustar,
)
from gestion_precios.demo.propias import SEMILLA
from gestion_precios.models import CanalVenta, Sucursal
from gestion_precios.signals import CatalogoEnUso, catalogo_poblado, catalogo_por_reemplazar
from sales.catalogo.programacion import programar_catalogo
from sales.demo.clientes import (
    AUTOSERVICIOS,
    DESPENSAS,
    GASTRONOMIA,
    MAYORISTAS,
    ClienteDemo,
    clientes_demo,
)
from sales.demo.gente import correo
from sales.demo.peru import clientes_de_peru
from sales.models import (
    Cambio,
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
from sales.personas.grupos import dar_rol
from sales.personas.roles import Rol

CLIENTES, CLIENTES_MAXIMO = 300, 20_000
CLAVE = "carga-pedidos"
USUARIOS = (
    ("tomador", "Ramona", "Ayala Núñez", Rol.TOMADOR),
    ("supervisor", "Hugo César", "Benítez", Rol.SUPERVISOR),
    ("admin", "Lourdes", "Giménez Peña", Rol.ADMIN),
)
# channel, name, what price lists know it as, % of the reference price in its Precios
CANALES = (
    (DESPENSAS, "Despensas y kioscos", CanalVenta.PREVENTA, 102),
    (AUTOSERVICIOS, "Autoservicios", CanalVenta.TIENDA, 106),
    (MAYORISTAS, "Mayoristas", CanalVenta.MAYORISTA, 94),
    (GASTRONOMIA, "Gastronomía (pedidos web)", CanalVenta.ECOMMERCE, 108),
)
# Some branch has no list for these: every article needs a price of the channel.
SIN_LISTA = frozenset({AUTOSERVICIOS, GASTRONOMIA})


def conectar() -> None:
    """Listen to the catalogue being replaced and loaded."""
    catalogo_por_reemplazar.connect(vaciar_mesa, dispatch_uid="sales.demo")
    catalogo_poblado.connect(poblar_mesa, dispatch_uid="sales.demo")


def vaciar_mesa(sender: object, *, forzar: bool, **_kwargs: Any) -> None:
    """Wipe what hangs on the catalogue; orders and lotes only when forced to."""
    if not forzar and (Orders.objects.exists() or LotePedidos.objects.exists()):
        raise CatalogoEnUso(
            "Hay pedidos o lotes cargados: no se reemplaza el catálogo"
            " (con --forzar se borran también)."
        )
    lotes = LotePedidos.objects.values_list("pk", flat=True)
    TaskResult.objects.filter(task_id__in=[str(lote) for lote in lotes]).delete()
    vaciar(
        (
            Cambio,
            ResultadoPedido,
            OrdersDetail,
            Orders,
            LotePedidos,
            Contador,
            Perfil,
            Precios,
            Cliente,
            Canal,
        )
    )


def poblar_mesa(
    sender: object, *, demo: CatalogoDemo, **_kwargs: Any
) -> tuple[type[models.Model], ...]:
    """Add client channels, clients, their prices and the demo users."""
    Canal.objects.bulk_create(
        Canal(pk=pk, nombre=nombre, canal_venta=canal) for pk, nombre, canal, _ in CANALES
    )
    _clientes(min(CLIENTES * demo.escala, CLIENTES_MAXIMO), demo.semilla)
    Precios.objects.bulk_create(_precios(demo), batch_size=POR_TANDA)
    _usuarios(demo.asuncion)
    programar_catalogo()
    return Canal, Cliente, Precios


def canales_de_la_demo() -> QuerySet[Canal]:
    """The demo's channels, while they are called as it calls them."""
    nombres = {pk: nombre for pk, nombre, *_resto in CANALES}
    hay = Canal.objects.filter(pk__in=nombres).values_list("pk", "nombre")
    return Canal.objects.filter(pk__in=[pk for pk, nombre in hay if nombre == nombres[pk]])


def clientes_de_la_demo() -> QuerySet[Cliente]:
    """The clients that still have the demo's key and tax number, as `./dev up` loads them."""
    suyos = {(pk, fila.ruc) for pk, fila in enumerate(_filas(CLIENTES, SEMILLA), 1)}
    hay = Cliente.objects.filter(pk__lte=CLIENTES).values_list("pk", "ruc")
    return Cliente.objects.filter(pk__in=[pk for pk, ruc in hay if (pk, ruc) in suyos])


def _filas(cuantos: int, semilla: int) -> list[ClienteDemo]:
    """So many clients, the last of them Peru's; before them, those of always."""
    de_peru = clientes_de_peru()
    return [*clientes_demo(cuantos, semilla)[: -len(de_peru)], *de_peru]


def _clientes(cuantos: int, semilla: int) -> None:
    filas = _filas(cuantos, semilla)
    Cliente.objects.bulk_create(
        (
            Cliente(
                pk=pk,
                ruc=fila.ruc,
                pais=fila.pais,
                nombrefactura=fila.razon_social,
                nombrefantasia=fila.nombre_fantasia,
                canalobj_id=fila.canal,
            )
            for pk, fila in enumerate(filas, 1)
        ),
        batch_size=POR_TANDA,
    )


def _precios(demo: CatalogoDemo) -> Iterator[Precios]:
    """Prices of this year; of some articles also last year's and next year's."""
    pk = 0
    for ofrecido in demo.articulos:
        for canal, _nombre, _canal_venta, por_ciento in CANALES:
            for anio, variacion in _anios(ofrecido, canal):
                pk += 1
                yield Precios(
                    pk=pk,
                    articuloobj_id=ofrecido.pk,
                    canalobj_id=canal,
                    precio=ajustar(ofrecido.precio, por_ciento + variacion),
                    fecha_vigencia=date(demo.anio + anio, 1, 1),
                )


def _anios(ofrecido: Ofrecido, canal: int) -> Iterator[tuple[int, int]]:
    """The years (relative to this one) an article is priced for, and how its price moves, in %."""
    if ofrecido.fuente is Fuente.NINGUNA:
        return
    if ofrecido.fuente is Fuente.FUTURA:
        yield 1, 5
        return
    en_lista = ofrecido.fuente is Fuente.LISTA and canal not in SIN_LISTA
    if en_lista and ofrecido.pk % 10:
        return
    if ofrecido.pk % 5 == 0:
        yield -1, -7
    yield 0, 0
    if ofrecido.pk % 7 == 0:
        yield 1, 5


def _usuarios(sucursal: Sucursal) -> None:
    """The three demo users, all of branch Asunción; those that exist are brought up to date."""
    for nombre, nombres, apellidos, rol in USUARIOS:
        usuario, nuevo = User.objects.get_or_create(username=nombre)
        # In produccion somebody may be called admin: not for them the password everybody knows.
        if nuevo or not settings.PRODUCCION:
            usuario.first_name, usuario.last_name = nombres, apellidos
            usuario.email = correo(nombre)
            _abrir(usuario)
            dar_rol(usuario, rol)
        Perfil.objects.create(usuario=usuario, sucursal=sucursal)


def _abrir(usuario: User) -> None:
    usuario.is_active = True
    # The same password again would end their sessions.
    if not usuario.check_password(CLAVE):
        usuario.set_password(CLAVE)
    usuario.save()
