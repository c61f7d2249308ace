"""Asking for a rebuild of the catalogue when its data changes: many changes, one rebuild.

Articles, price lists' rows and rules are noticed whatever way they change, through the versions of
their rulebooks. The rest is noticed row by row, through model signals: `bulk_create`,
`bulk_update` and `QuerySet.update` send none, so whoever uses them on these calls
`programar_catalogo()`, and what slips through waits for the beat (five minutes).
"""

from __future__ import annotations

import logging
from typing import Any, Final

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from redis.exceptions import RedisError

from core.datos.cola import publicar
from gestion_precios.models import Empresa, ListaPrecio, Sucursal
from gestion_precios.signals import precios_cambiados
from sales.catalogo import deposito
from sales.catalogo.memoria import memoria
from sales.models import Canal, Cliente, Precios

registro = logging.getLogger(__name__)
TAREA: Final = "sales.tasks.save_sales_data"
# Long enough to gather the rows of one edit, short enough to go unnoticed.
ESPERA: Final = 3
# When the worker never got to it, another change may ask again.
PEDIDO_VENCE: Final = 60
# What the sections are made of, beside the rulebooks.
FUENTES: Final[tuple[type[models.Model], ...]] = (
    Canal,
    Cliente,
    Empresa,
    ListaPrecio,
    Precios,
    Sucursal,
)


def conectar() -> None:
    """Listen to everything the catalogue is made of."""
    precios_cambiados.connect(_al_cambiar, dispatch_uid="catalogo:precios")
    for fuente in FUENTES:
        for senal in (post_save, post_delete):
            senal.connect(_al_cambiar, sender=fuente, dispatch_uid=f"catalogo:{fuente.__name__}")


def programar_catalogo() -> None:
    """Have the catalogue rebuilt soon after this transaction commits; without Redis, by reading."""
    memoria.olvidar()
    transaction.on_commit(_pedir, robust=True)


def _al_cambiar(**_kwargs: Any) -> None:
    programar_catalogo()


def _pedir() -> None:
    memoria.olvidar()
    try:
        if deposito.anotar_cambio(vence=PEDIDO_VENCE) and not publicar(TAREA, countdown=ESPERA):
            deposito.olvidar_pedido()
    except deposito.SinRedis:
        pass  # said a moment ago, when it was tried
    except RedisError as error:
        registro.warning("catalogo_sin_redis", extra={"error": type(error).__name__})
