"""The demo's life: weeks of lotes through the desk's own reception and ingest, moved in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from core.lz import comprimir
from core.web.demostracion import anotar_demo
from gestion_precios.models import Sucursal
from sales.demo.agenda import DIAS, agenda
from sales.demo.cartera import Cartera
from sales.demo.gente import Persona, crear_gente, demo_sin_estrenar
from sales.demo.hechos import vivir_los_pedidos
from sales.lotes.bandeja import recibir_lote
from sales.lotes.ingesta import save_orders_clients
from sales.models import LotePedidos, Orders
from sales.signals import demo_vivida

SEMILLA: Final = 1
ZONA: Final = ZoneInfo("America/Asuncion")
# What came broken on the line, of how many lotes one.
ROTO, UNO_DE_CADA = "esto-no-es-un-lote", 70


class Vivido(NamedTuple):
    """What a demo lived through."""

    lotes: int
    pedidos: int


def vivir(ahora: datetime, *, semilla: int = SEMILLA, dias: int = DIAS) -> Vivido:
    """Fill a desk without orders with weeks of them, in one transaction: all of it or nothing.

    Raises ErrorDominio in produccion, without the demo's branches, and where there are orders.
    """
    _exigir_vacia()
    with transaction.atomic():
        azar = Random(f"{semilla}:vida")  # noqa: S311 - demo data, not secrets
        gente = crear_gente()
        entradas = agenda(ahora.astimezone(ZONA), azar, dias)
        lotes = _recibir(entradas, gente, azar)
        _volver_atras(lotes)
        vivir_los_pedidos(ahora, azar)
        demo_vivida.send(None, ahora=ahora, azar=azar)
        anotar_demo()
        _contar_de_nuevo()
    return Vivido(len(lotes), Orders.objects.count())


def _contar_de_nuevo() -> None:
    """Have PostgreSQL look at tables that filled in one go; by itself it does so minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def esta_vacia() -> bool:
    """Whether the desk has the demo's catalogue and nothing that anybody did with it."""
    return demo_sin_estrenar() and not (LotePedidos.objects.exists() or Orders.objects.exists())


def _exigir_vacia() -> None:
    if settings.PRODUCCION:
        raise ErrorDominio(
            _("En producción no se cargan datos de demostración."), codigo="en_produccion"
        )
    if LotePedidos.objects.exists() or Orders.objects.exists():
        raise ErrorDominio(_("Ya hay pedidos: la demostración no se mezcla."), codigo="no_vacia")
    if not demo_sin_estrenar():
        raise ErrorDominio(
            _("Falta el catálogo de demostración, o hay gente que no es de ella."),
            codigo="sin_demo",
        )


def _recibir(
    entradas: list[tuple[datetime, int]], gente: dict[Persona, User], azar: Random
) -> dict[UUID, datetime]:
    """Every lote received and saved, with the moment it arrived at."""
    carteras = _carteras(gente, azar)
    personas, partes = list(gente), [persona.parte for persona in gente]
    lotes = {}
    for llegada, cuantos in entradas:
        (persona,) = azar.choices(personas, partes)
        cartera = carteras[persona.sucursal]
        texto = comprimir(cartera.pedidos(cuantos, llegada))
        if azar.randrange(UNO_DE_CADA) == 0:
            texto = ROTO
        lotes[_un_lote(gente[persona], cartera.sucursal, texto, llegada, azar)] = llegada
    return lotes


def _carteras(gente: dict[Persona, User], azar: Random) -> dict[str, Cartera]:
    nombres = sorted({persona.sucursal for persona in gente})
    sucursales = Sucursal.objects.select_related("empresa").filter(nombre__in=nombres)
    return {sucursal.nombre: Cartera(sucursal, azar) for sucursal in sucursales.order_by("pk")}


def _un_lote(
    usuario: User, sucursal: Sucursal, texto: str, llegada: datetime, azar: Random
) -> UUID:
    lote_id = UUID(int=azar.getrandbits(128), version=4)
    recibir_lote(
        usuario=usuario, sucursal=sucursal, lote_id=lote_id, pedidos=texto, codificacion="base64"
    )
    # Before it is saved: an order's day, its prices and its clock hang on the arrival.
    LotePedidos.objects.filter(pk=lote_id).update(recibido_en=llegada)
    save_orders_clients(lote_id)
    return lote_id


def _volver_atras(lotes: dict[UUID, datetime]) -> None:
    """The lotes' own times, a few seconds after each arrival."""
    filas = LotePedidos.objects.sin_contenido().in_bulk(list(lotes))
    for pk, lote in filas.items():
        llegada = lotes[pk]
        lote.encolado_en = llegada + timedelta(milliseconds=40)
        lote.iniciado_en = llegada + timedelta(milliseconds=300)
        lote.terminado_en = lote.latido_en = llegada + timedelta(seconds=1 + pk.int % 4)
    LotePedidos.objects.bulk_update(
        filas.values(), ["encolado_en", "iniciado_en", "terminado_en", "latido_en"], batch_size=100
    )
